#!/usr/bin/env bash
# usage: carry.sh PREVIOUS NEXT PATH [keep]
#
# Carries the uncommitted change of one file into the next post's copy by a three-way merge, and
# prints what it did, if anything. Exits with 3 when a person must decide; `keep` decides that the
# copy stays as it is.
#
# What was carried is noted, so that the next time only what came after it is carried: else a
# conflict that was resolved by hand would come back. A note holds while both copies have the same
# committed state as then. It is void when the copy is as committed: someone took the change back.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cd "${TREE:-$here/../..}"
from=$1/$3 to=$2/$3 keep=${4-}
note=$(git rev-parse --git-dir)/ripple/$to
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What the copy was last given, if a note about it holds: else the committed state.
last_carried() {
    local noted_from noted_to carried kept
    if [[ -f $note ]] && read -r noted_from noted_to carried kept <"$note" &&
        [[ $noted_from == "$committed_from" && $noted_to == "$committed_to" ]] &&
        [[ $ours != "$committed_to" || -n $kept ]]; then
        echo "$carried"
    else
        rm -f "$note"
        echo "$committed_from"
    fi
}

remember() {
    mkdir -p "$(dirname "$note")"
    echo "$committed_from $committed_to $theirs $keep" >"$note"
}

decide() {
    echo "CONFLICT $to: $*"
    exit 3
}

has_markers() {
    [[ -f $1 ]] && grep -qE '^(<<<<<<<|>>>>>>>) post-[0-9]' "$1"
}

take_theirs() {
    if [[ $theirs == none ]]; then
        rm "$to"
        rmdir -p --ignore-fail-on-non-empty "$(dirname "$to")"
        echo "$to: removed"
    else
        mkdir -p "$(dirname "$to")"
        cp -PT --remove-destination --preserve=mode "$from" "$to"
        echo "$to: now as in $1"
    fi
}

# Two files that were both made new have an empty one for their ancestor.
merge() {
    local conflicts=0
    if [[ $base == none ]]; then
        : >"$scratch/base"
    else
        git cat-file blob "${base#*:}" >"$scratch/base"
    fi
    git merge-file -L "$to" -L "before" -L "$from" "$to" "$scratch/base" "$from" \
        2>"$scratch/error" || conflicts=$?
    if ((conflicts > 127)); then
        decide "differs from $from and cannot be merged line by line"
    fi
    if [[ $base != none && ${theirs%%:*} != "${base%%:*}" ]]; then
        chmod --reference="$from" "$to"
    fi
    remember
    if ((conflicts > 0)); then
        decide "has its own way on lines that $from changed"
    fi
    if [[ $("$here/file-state.sh" current "$to") != "$ours" ]]; then
        echo "$to: merged"
    fi
}

if has_markers "$from"; then
    echo "CONFLICT $from: the markers of an earlier conflict are still in it"
    exit 3
elif has_markers "$to"; then
    decide "the markers of an earlier conflict are still in it"
fi
committed_from=$("$here/file-state.sh" committed "$from")
committed_to=$("$here/file-state.sh" committed "$to")
theirs=$("$here/file-state.sh" current "$from")
ours=$("$here/file-state.sh" current "$to")
base=$(last_carried)
if [[ $theirs == "$base" ]]; then
    exit 0 # nothing new
elif [[ $ours == "$theirs" ]]; then
    remember
elif [[ -n $keep ]]; then
    remember
    echo "$to: kept as it is"
elif [[ $ours == "$base" ]]; then
    take_theirs "$1"
    remember
elif [[ $ours == none ]]; then
    exit 0 # this post has dropped the file
elif [[ $theirs == none ]]; then
    decide "$1 removed the file, but this copy is not the same"
elif [[ $ours$theirs == *120000:* ]]; then
    decide "differs from $from, and one of them is a link"
else
    merge
fi
