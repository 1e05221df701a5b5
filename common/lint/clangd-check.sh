#!/usr/bin/env bash
# Opens files as an editor does, and fails if it would underline something as an error.
#
# usage: clangd-check.sh FILE...      in the folder of compile_flags.txt
set -euo pipefail

status=0
for file in "$@"; do
    # From 126 on the exit code says that clangd is missing or has crashed. Below, it is no use:
    # clangd also tries its refactorings, and counts as an error each that does not apply.
    code=0
    log=$("${CLANGD:-clangd}" --check="$file" --log=error 2>&1) || code=$?
    if grep -E '^E\[[^]]*\] \[[^]]*\] Line ' <<< "$log"; then
        echo "in $file"
        status=1
    elif ((code >= 126)); then
        echo "$log"
        echo "clangd could not check $file (exit code $code)"
        status=1
    fi
done
exit "$status"
