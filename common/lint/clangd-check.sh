#!/usr/bin/env bash
# Checks files as an editor would, and fails on everything that it would underline as an error.
#
# Usage: clangd-check.sh FILE...      in the folder of compile_commands.json
set -euo pipefail

status=0
for file in "$@"; do
    # clangd also tries its refactorings and counts those that do not apply as errors, so its exit
    # code means nothing.
    log=$("${CLANGD:-clangd}" --check="$file" --log=error 2>&1) || true
    if grep -E '^E\[[^]]*\] \[[^]]*\] Line ' <<< "$log"; then
        echo "in $file"
        status=1
    fi
done
exit "$status"
