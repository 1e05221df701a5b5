#!/usr/bin/env bash
# Runs every check that reads the sources without running them. Each prints its messages and then a
# line with its result. `make lint` writes the compile commands that some of them need.
#
# Usage: lint.sh [CHECK...]      format, tidy, clangd, shell, floors; all of them by default
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 2
ruling_format=16 # other versions of clang-format break some lines differently
TIDY=$(common/setup/llvm.sh clang-tidy)
CLANGD=$(common/setup/llvm.sh clangd)
export CLANGD
mapfile -t posts < <(common/posts/post.sh --all)

# The files that git tracks, and new ones that it does not ignore.
files() {
    git ls-files --cached --others --exclude-standard -- "$@"
}

# Prints the post before $1, or nothing for the first.
predecessor() {
    local i
    for ((i = 1; i < ${#posts[@]}; i++)); do
        if [[ ${posts[i]} == "$1" ]]; then
            echo "${posts[i - 1]}"
        fi
    done
}

# The files of a post that differ from the post before. The others are checked there.
own_files() {
    local post=$1 before file
    shift
    before=$(predecessor "$post")
    files "${@/#/$post/}" | while read -r file; do
        if [[ -z $before ]] || ! cmp -s "$file" "$before/${file#*/}"; then
            echo "${file#*/}"
        fi
    done
}

format() {
    local formatter
    formatter=$(common/setup/llvm.sh clang-format "$ruling_format")
    files '*.cpp' '*.hpp' | tr '\n' '\0' | xargs -0 "$formatter" --dry-run -Werror
}

has_ruling_format() {
    [[ $("$(common/setup/llvm.sh clang-format "$ruling_format")" --version) == *"version $ruling_format."* ]]
}

in_parallel() {
    xargs -r -P "$(nproc)" -n 2 "$@"
}

# Checks what can run on the host. Test kernels are only compiled.
tidy() {
    local post status=0
    for post in "${posts[@]}"; do
        own_files "$post" 'kernel/*.cpp' 'tests/unit/*.cpp' |
            (cd "$post" && in_parallel "$TIDY" --quiet -p .) 2> /dev/null || status=1
    done
    return "$status"
}

# An editor must not show errors in correct files. Headers are checked on their own.
clangd_is_content() {
    local post status=0
    for post in "${posts[@]}"; do
        own_files "$post" 'kernel/*.cpp' 'kernel/*.hpp' 'tests/kernel/*.cpp' |
            (cd "$post" && in_parallel ../common/lint/clangd-check.sh) || status=1
    done
    return "$status"
}

shell() {
    files '*.sh' .ci/run | xargs shellcheck
}

floors() {
    local post status=0
    for post in "${posts[@]}"; do
        common/lint/floors.sh "$post" || status=1
    done
    return "$status"
}

passed=0 failed=0
check() {
    if "$2"; then
        echo "[ok] $1"
        passed=$((passed + 1))
    else
        echo "[failed] $1"
        failed=$((failed + 1))
    fi
}

for name in "${@:-all}"; do
    case $name in
        all | format)
            if has_ruling_format; then
                check "format: clang-format $ruling_format changes nothing" format
            else
                echo "[skipped] format: clang-format $ruling_format is not installed"
            fi ;;&
        all | shell) check "shell: shellcheck finds nothing" shell ;;&
        all | floors) check "floors: no part of a kernel includes a higher one" floors ;;&
        all | clangd) check "clangd: an editor shows no error" clangd_is_content ;;&
        all | tidy) check "tidy: clang-tidy finds nothing" tidy ;;&
    esac
done
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
