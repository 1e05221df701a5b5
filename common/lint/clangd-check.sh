#!/usr/bin/env bash
# Opens files as an editor does, and fails if it would underline something as an error.
#
# usage: clangd-check.sh FILE...      in the folder of compile_flags.txt
set -euo pipefail

status=0
for file in "$@"; do
    # The exit code is no use: clangd also tries its refactorings, and counts as an error each that
    # does not apply.
    log=$("${CLANGD:-clangd}" --check="$file" --log=error 2>&1) || true
    if grep -E '^E\[[^]]*\] \[[^]]*\] Line ' <<< "$log"; then
        echo "in $file"
        status=1
    fi
done
exit "$status"
