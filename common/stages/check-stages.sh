#!/usr/bin/env bash
# usage: check-stages.sh
#
# Holds every post against the one before: what differs must be listed under "## What changed" in
# the post's README.md, and what is listed must differ. A line of the list is one of
#     - `kernel/main.cpp`: why it changed
#     - `kernel/interrupts/gdt.hpp` (new): why it is there
#     - `kernel/heap/` (new): the same for a whole folder
#     - `kernel/old.hpp` (removed): why it went
# README.md and experiments/ are each post's own and not compared.
set -euo pipefail
shopt -s lastpipe # a loop at a pipe's end is ours: it counts our faults, and errors before it end us

here=$(cd "$(dirname "$0")" && pwd)
export TREE=${TREE:-$here/../..}
cd "$TREE"

faults=0
fault() {
    echo "$post: $*"
    faults=$((faults + 1))
}

is_own() {
    [[ $1 == README.md || $1 == experiments/* ]]
}

# Fills `paths` with all that differs, and `state` with path → changed, new or removed.
read_differences() {
    local letter path
    paths=() state=()
    git diff-tree -r -z --no-renames --name-status "$before" "$after" |
        while IFS= read -r -d '' letter && IFS= read -r -d '' path; do
            if ! is_own "$path"; then
                paths+=("$path")
                case $letter in
                    A) state[$path]=new ;;
                    D) state[$path]=removed ;;
                    *) state[$path]=changed ;;
                esac
            fi
        done
}

# One path of the list, which says of it: changed, new or removed.
check_listed() {
    local path=$1 tag=$2 real=${state[$1]-same}
    if [[ $path == */ ]]; then
        check_folder "$path" "$tag"
    elif [[ $real == same ]]; then
        fault "$path is listed under \"What changed\" but is as in $previous"
    elif [[ $real != "$tag" ]]; then
        fault "$path is listed as $tag but is $real"
    fi
    listed[$path]=yes
}

check_folder() {
    local path folder=$1 found=no
    if [[ $2 != new ]] || git rev-parse --quiet --verify "$before:${folder%/}" >/dev/null; then
        fault "$folder: a folder may be listed only as (new), and only when $previous has none"
    fi
    for path in "${paths[@]}"; do
        if [[ $path == "$folder"* ]]; then
            listed[$path]=yes
            found=yes
        fi
    done
    if [[ $found == no ]]; then
        fault "$folder is listed under \"What changed\" but is not there"
    fi
}

check_list() {
    local tag path reason
    listed=()
    awk -f "$here/what-changed.awk" "$post/README.md" |
        while IFS=$'\t' read -r tag path reason; do
            if [[ -n ${listed[$path]-} ]]; then
                fault "$path is listed twice"
            fi
            if [[ -z $reason ]]; then
                fault "$path is listed without a reason, as in: - \`$path\`: why"
            fi
            check_listed "$path" "$tag"
        done
    for path in "${paths[@]}"; do
        if [[ -z ${listed[$path]-} ]]; then
            fault "$path differs but is not listed under \"What changed\" (${state[$path]})"
        fi
    done
}

declare -a paths=()
declare -A state=() listed=()
"$here/needs-git.sh" "make check-stages"
posts=$("$here/post.sh" --all)
mapfile -t posts <<<"$posts"
previous="" before="" files=0
for post in "${posts[@]}"; do
    after=$("$here/snapshot.sh" "$post")
    files=$((files + $(git ls-tree -r --name-only "$after" | wc -l)))
    if [[ ! -f $post/README.md ]]; then
        fault "has no README.md"
    elif [[ -n $previous ]]; then
        read_differences
        check_list
    fi
    previous=$post before=$after
done
if ((faults > 0)); then
    exit 1
fi
plural=s
if ((${#posts[@]} == 1)); then
    plural=""
fi
echo "${#posts[@]} post$plural, $files files: every difference is listed, everything listed differs."
