#!/usr/bin/env bash
# Every check that reads the sources without running them. Each prints a line; what a check has to
# say comes before it. `make lint` writes the compile commands that some of them need.
#
# Usage: lint.sh [CHECK...]      format, tidy, clangd, shell, floors; all of them by default
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 2
ruling_format=16 # each version of clang-format breaks some lines its own way
TIDY=$(common/setup/llvm.sh clang-tidy)
CLANGD=$(common/setup/llvm.sh clangd)
export CLANGD
mapfile -t posts < <(common/posts/post.sh --all)

# What git knows, and what it will once it is added.
files() {
    git ls-files --cached --others --exclude-standard -- "$@"
}

# The post before this one; nothing for the first.
predecessor() {
    local i
    for ((i = 1; i < ${#posts[@]}; i++)); do
        if [[ ${posts[i]} == "$1" ]]; then
            echo "${posts[i - 1]}"
        fi
    done
}

# A post's files that are not the same in the post before it: the others have been checked there.
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

# On what runs, or can run, on the host; a kernel's tests are read by the compilers alone.
tidy() {
    local post status=0
    for post in "${posts[@]}"; do
        own_files "$post" 'kernel/*.cpp' 'tests/unit/*.cpp' |
            (cd "$post" && in_parallel "$TIDY" --quiet -p .) 2> /dev/null || status=1
    done
    return "$status"
}

# An editor must show no error where there is none, headers on their own included.
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
                check "format: clang-format $ruling_format has nothing to change" format
            else
                echo "[skipped] format: clang-format $ruling_format decides, and it is not installed"
            fi ;;&
        all | shell) check "shell: shellcheck has nothing to say" shell ;;&
        all | floors) check "floors: no part of a kernel includes one above it" floors ;;&
        all | clangd) check "clangd: an editor shows no error" clangd_is_content ;;&
        all | tidy) check "tidy: clang-tidy has nothing to say" tidy ;;&
    esac
done
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
