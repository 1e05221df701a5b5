#!/usr/bin/env bash
# usage: snapshot.sh POST        prints the name of a git tree that holds a post's folder
#
# The tree is the folder as it stands now, committed or not, without what .gitignore names. It is
# made in an index of its own, so the reader's is not touched; two of them are for `git diff`.
set -euo pipefail

cd "${TREE:-$(dirname "$0")/../..}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Tracked and new files; --remove passes over those that are tracked but gone.
git ls-files -z --cached --others --exclude-standard -- "$1" |
    GIT_INDEX_FILE=$scratch/index git update-index -z --add --remove --stdin
GIT_INDEX_FILE=$scratch/index git write-tree --prefix="$(git rev-parse --show-prefix)$1/"
