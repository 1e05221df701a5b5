#!/usr/bin/env bash
# usage: needs-git.sh COMMAND
#
# Ends with 2, and says why, if COMMAND cannot use git on this tree. TREE names the tree; else it
# is the one that this script lies in.
set -euo pipefail

cd "${TREE:-$(dirname "$0")/../..}"
if ! command -v git >/dev/null; then
    echo "$1 needs git, which is not installed here." >&2
    exit 2
elif ! error=$(LC_ALL=C git rev-parse --git-dir 2>&1); then
    if [[ $error == *"not a git repository"* ]]; then
        error="this folder has no .git (a downloaded archive has none). Clone the repository instead."
    fi
    echo "$1 needs git: $error" >&2
    exit 2
fi
