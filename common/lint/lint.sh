#!/usr/bin/env bash
# The checks that read the sources without running them. Each prints what it found and then one line
# with its verdict.
#
# usage: lint.sh [CHECK...]      format, shell, layers, spelling, clangd, tidy; all of them by default
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 2
ruling_format=16 # versions of clang-format differ in how they break some lines
TIDY=$(common/setup/llvm.sh clang-tidy)
CLANGD=$(common/setup/llvm.sh clangd)
export CLANGD
mapfile -t posts < <(common/posts/post.sh --all)

# Tracked and new files, without those that .gitignore names.
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

# The files in which a post differs from the post before: the others have been checked there.
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

# Not on the kernels' tests: they cannot run on the host, and only the compilers check them.
tidy() {
    local post status=0
    for post in "${posts[@]}"; do
        own_files "$post" 'kernel/*.cpp' 'tests/unit/*.cpp' |
            (cd "$post" && in_parallel "$TIDY" --quiet -p .) 2> /dev/null || status=1
    done
    return "$status"
}

# An editor must not underline code that is right, and this includes headers opened on their own.
clangd_accepts() {
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

layers() {
    local post status=0
    for post in "${posts[@]}"; do
        common/lint/layers.py "$post" || status=1
    done
    return "$status"
}

spelling() {
    files '*.md' '*.cpp' '*.hpp' '*.asm' '*.ld' '*.py' '*.sh' '*.mk' '*.yml' '*Makefile' |
        tr '\n' '\0' | xargs -0 common/lint/spelling.py
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
        all | layers) check "layers: no part of a kernel includes one above it" layers ;;&
        all | spelling) check "spelling: no word is misspelled or doubled" spelling ;;&
        all | clangd) check "clangd: an editor shows no error" clangd_accepts ;;&
        all | tidy) check "tidy: clang-tidy finds nothing" tidy ;;&
    esac
done
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
