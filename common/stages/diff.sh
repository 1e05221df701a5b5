#!/usr/bin/env bash
# usage: diff.sh [FROM [TO]] [--stat] [--file PATH]
#
# Shows what changed between two posts as they stand now, through git's pager at a terminal.
# Without TO it is the post after FROM, without FROM the one before TO, without both the newest.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
export TREE=${TREE:-$here/../..}

refuse() {
    echo "$*" >&2
    exit 2
}

# The post that stands so many places behind (or, negative, before) another.
neighbour() {
    local post=$1 distance=$2 place
    for place in "${!posts[@]}"; do
        if [[ ${posts[place]} == "$post" ]] && ((place + distance >= 0)); then
            echo "${posts[place + distance]-}"
        fi
    done
}

"$here/needs-git.sh" "make diff"
posts=$("$here/post.sh" --all)
mapfile -t posts <<<"$posts"
names=() options=() file=""
while (($# > 0)); do
    case $1 in
        --stat) options+=(--stat) ;;
        --file) file=${2:?--file needs a path}; shift ;;
        --*)    refuse "usage: diff.sh [FROM [TO]] [--stat] [--file PATH]" ;;
        *)      names+=("$1") ;;
    esac
    shift
done

from=${names[0]-} to=${names[1]-}
if [[ -n $to || -z $from ]]; then
    to=$("$here/post.sh" "$to")
fi
if [[ -n $from ]]; then
    from=$("$here/post.sh" "$from")
    to=${to:-$(neighbour "$from" 1)}
else
    from=$(neighbour "$to" -1)
fi
if [[ -z $from ]]; then
    refuse "There is no post before $to to compare with."
elif [[ -z $to ]]; then
    refuse "There is no post after $from to compare with."
fi

before=$("$here/snapshot.sh" "$from")
after=$("$here/snapshot.sh" "$to")
cd "$TREE"
if [[ -n $file ]]; then
    if ! git cat-file -e "$before:$file" 2>/dev/null && ! git cat-file -e "$after:$file" 2>/dev/null; then
        refuse "Neither $from nor $to has $file."
    fi
    options+=(-- ":(top,literal)$file")
fi
if git diff --quiet "$before" "$after" "${options[@]}"; then
    echo "${file:-Everything} is the same in $from and $to."
    exit
fi
git diff --no-relative --src-prefix="$from/" --dst-prefix="$to/" "$before" "$after" "${options[@]}"
