#!/usr/bin/env bash
# usage: ripple.sh FROM [--keep PATH]...
#
# Carries the uncommitted change of a post through all later posts, one after the other, file by
# file. A conflict leaves git's markers in the file and ends this file's way down; resolve it and
# run the same command again. --keep post-NN-…/PATH leaves that copy as it is instead.
# README.md and experiments/ are each post's own and stay where they are.
set -euo pipefail
shopt -s lastpipe # what a pipe's last part reads is ours, and errors before it end us

here=$(cd "$(dirname "$0")" && pwd)
export TREE=${TREE:-$here/../..}
cd "$TREE"

refuse() {
    echo "$*" >&2
    exit 2
}

# The paths in a post that differ from the last commit, and those that the next post was given
# before: a change that was taken back since is carried too. Each ends with a zero byte.
paths_to_carry() {
    local notes
    notes=$(git rev-parse --git-dir)/ripple/$2
    {
        git diff-tree -r -z --no-renames --name-only "HEAD:./$1" "$("$here/snapshot.sh" "$1")"
        if [[ -d $notes ]]; then
            find "$notes" -type f -printf '%P\0'
        fi
    } | sort -zu
}

carry_all() {
    local previous=$1 next=$2 paths path line code
    paths_to_carry "$previous" "$next" | mapfile -d '' paths
    for path in "${paths[@]}"; do
        if [[ $path == README.md || $path == experiments/* || -n ${stopped[$path]-} ]]; then
            continue
        fi
        code=0
        line=$("$here/carry.sh" "$previous" "$next" "$path" "${keep[$next/$path]-}") || code=$?
        if [[ -n $line ]]; then
            echo "$line"
        fi
        if ((code == 3)); then
            stopped[$path]=yes
        elif ((code != 0)); then
            exit "$code"
        elif [[ -n $line ]]; then
            changed=$((changed + 1))
        fi
    done
}

declare -A keep=() stopped=()
changed=0 from=""
while (($# > 0)); do
    case $1 in
        --keep) keep[${2:?--keep needs a path}]=keep; shift ;;
        -*)     refuse "usage: ripple.sh FROM [--keep PATH]..." ;;
        *)      from=$1 ;;
    esac
    shift
done
if [[ -z $from ]]; then
    refuse "usage: ripple.sh FROM [--keep PATH]..."
fi
from=$("$here/post.sh" "$from")
"$here/needs-git.sh" "make ripple"
posts=$("$here/post.sh" --all)
mapfile -t chain < <(sed -n "/^$from\$/,\$p" <<<"$posts")
for post in "${chain[@]::${#chain[@]}-1}"; do
    if ! git rev-parse --quiet --verify "HEAD:./$post" >/dev/null; then
        refuse "$post is not committed: what is its change, and what was there before?"
    fi
done

for ((place = 1; place < ${#chain[@]}; place++)); do
    carry_all "${chain[place - 1]}" "${chain[place]}"
done
echo "ripple from $from: ${#chain[@]} posts, $changed files changed, ${#stopped[@]} conflicts"
if ((${#stopped[@]} > 0)); then
    echo "Edit each file named above until it is right and no marker is left, then run the same" >&2
    echo "command again. To leave a copy as it is: common/stages/ripple.sh $from --keep post-NN-…/PATH" >&2
    exit 1
fi
