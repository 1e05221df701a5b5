#!/usr/bin/env bash
# usage: file-state.sh committed|current PATH
#
# Prints a file's state as "mode:blob", or "none": in the last commit, or now. The blob is in
# git's store afterwards. PATH is relative to the current directory.
set -euo pipefail

committed() {
    local mode blob
    if read -r mode _ blob _ < <(git ls-tree HEAD -- "$1"); then
        echo "$mode:$blob"
    else
        echo none
    fi
}

current() {
    local mode=100644
    if [[ -L $1 ]]; then
        echo "120000:$(readlink -n "$1" | git hash-object -w --stdin)"
    elif [[ -f $1 ]]; then
        if [[ -x $1 ]]; then
            mode=100755
        fi
        echo "$mode:$(git hash-object -w -- "$1")"
    else
        echo none
    fi
}

case $1 in
    committed) committed "$2" ;;
    current)   current "$2" ;;
esac
