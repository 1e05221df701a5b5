#!/usr/bin/env bash
# usage: llvm.sh NAME [OLDEST]
#
# Prints the command for one of LLVM's tools ("clang++", "clang-tidy") in version OLDEST (16) or
# newer: the distribution's default if that is new enough, otherwise the first numbered one that is,
# such as clang++-16. If there is none, it prints nothing and fails.
set -euo pipefail

name=$1 oldest=${2:-16}
for command in "$name" "$name"-{16..39}; do
    command -v "$command" >/dev/null || continue
    if [[ $("$command" --version 2>&1) =~ version\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= oldest)); then
        echo "$command"
        exit
    fi
done
exit 1
