#!/usr/bin/env bash
# usage: post.sh [NAME]    prints the folder of a post, named 1, 01 or post-01-exceptions; by default
#                          the newest
#        post.sh NAME...   prints the folders of several
#        post.sh --all     prints all of them, in order
#
# A post is a folder post-NN-subject with a Makefile; a folder in which only a build's files are left
# does not count. They are looked for in the folder TREE, by default in the one above common/.
#
# `make run` calls this before the set-up: it must work before Python is installed.
set -euo pipefail

refuse() {
    echo "$*" >&2
    exit 2
}

posts=()
for makefile in "${TREE:-$(dirname "$0")/../..}"/post-[0-9][0-9]-*/Makefile; do
    if [[ -f $makefile ]]; then
        folder=${makefile%/Makefile}
        posts+=("${folder##*/}")
    fi
done
if ((${#posts[@]} == 0)); then
    refuse "There is no post here: no folder post-NN-subject with a Makefile."
fi

print_post() {
    local name=${1%/} post
    for post in "${posts[@]}"; do
        # 10#: "08" would be taken for an octal number.
        if [[ $name == "$post" ]] || {
            [[ $name =~ ^(post-)?([0-9]+)$ ]] && ((10#${BASH_REMATCH[2]} == 10#${post:5:2}))
        }; then
            echo "$post"
            return
        fi
    done
    if [[ $name == *[[:space:]]* ]]; then
        refuse "This command takes one post, not several (\"$name\"). There are: ${posts[*]}"
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
