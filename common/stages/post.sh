#!/usr/bin/env bash
# usage: post.sh [NAME]    prints the folder of one post: 1, 01 or post-01-exceptions; the newest
#        post.sh NAME...   prints the folders of several
#        post.sh --all     prints all of them, in order
#
# A post is a folder post-NN-subject with a Makefile: what another branch's build left behind is
# none. TREE names the tree to look into; else it is the one that this script lies in.
set -euo pipefail

tree=${TREE:-$(dirname "$0")/../..}

refuse() {
    echo "$*" >&2
    exit 2
}

all_posts() {
    local makefile
    for makefile in "$tree"/post-[0-9][0-9]-*/Makefile; do
        if [[ -f $makefile ]]; then
            makefile=${makefile%/Makefile}
            echo "${makefile##*/}"
        fi
    done
}

# Does a folder answer to this name?
answers_to() {
    local folder=$1 name=$2 number=${1#post-}
    number=${number%%-*}
    if [[ $name =~ ^(post-)?([0-9]+)$ ]]; then
        ((10#${BASH_REMATCH[2]} == 10#$number)) # "08" is no octal number
    else
        [[ $name == "$folder" ]]
    fi
}

mapfile -t posts < <(all_posts)
if ((${#posts[@]} == 0)); then
    refuse "There is no post here: no folder post-NN-subject with a Makefile."
fi

print_post() {
    local name=${1%/} post
    for post in "${posts[@]}"; do
        if answers_to "$post" "$name"; then
            echo "$post"
            return
        fi
    done
    if [[ $name == *[[:space:]]* ]]; then
        refuse "This takes one post, and \"$name\" are several. There are: ${posts[*]}"
    fi
    refuse "There is no post \"$name\". There are: ${posts[*]}"
}

case ${1-} in
    --all) printf '%s\n' "${posts[@]}" ;;
    "")    echo "${posts[-1]}" ;;
    *)     for name in "$@"; do
               print_post "$name"
           done ;;
esac
