#!/usr/bin/env bash
# usage: state.sh run|test|bench|lint|debug|all
#
# What of a group is on this machine, in the table's order, one line for each package:
#     ok|missing|old  groups  package  proof  what it is for
# This runs before every `make run`, so it starts no program but the compiler.
set -euo pipefail

table=${PACKAGES_TABLE:-$(dirname "$0")/packages}
compiler=${CXX:-g++}

# The groups that one group stands on. A window is wanted only where one can be seen.
groups_within() {
    local window=""
    if [[ -n ${DISPLAY-}${WAYLAND_DISPLAY-} ]]; then
        window=window
    fi
    case $1 in
        run)   echo "run $window" ;;
        debug) echo "run debug $window" ;;
        test)  echo "run test" ;;
        bench) echo "run test bench" ;;
        lint)  echo "lint" ;;
        all)   echo "run test bench lint debug $window" ;;
        *)     echo "state.sh: no group \"$1\"; there are: run test bench lint debug all" >&2
               exit 2 ;;
    esac
}

# Is one of the groups "a,b" among those wanted?
is_wanted() {
    local group
    for group in ${1//,/ }; do
        if [[ " $2 " == *" $group "* ]]; then
            return 0
        fi
    done
    return 1
}

is_there() {
    local pattern file
    for pattern in ${1//,/ }; do
        if [[ $pattern != */* ]]; then
            if command -v "$pattern" >/dev/null; then
                return 0
            fi
            continue
        fi
        for file in $pattern; do # -e looks through a link, so one that dangles proves nothing
            if [[ -e $file ]]; then
                return 0
            fi
        done
    done
    return 1
}

# CXX may carry options or a wrapper in front, as in "ccache g++-13".
compiler_state() {
    local words major oldest=12
    read -ra words <<<"$compiler"
    if ! command -v "${words[0]}" >/dev/null || ! major=$("${words[@]}" -dumpversion 2>/dev/null); then
        echo missing
        return
    fi
    if [[ $("${words[@]}" --version) == *clang* ]]; then
        oldest=14
    fi
    if ((${major%%.*} < oldest)); then
        echo old
    else
        echo ok
    fi
}

# "g++-13" comes from the package g++-13, "clang++-15" from clang-15.
compiler_package() {
    if [[ $compiler =~ (clang|g)"++"(-[0-9]+)? ]]; then
        local family=${BASH_REMATCH[1]/#g/g++}
        echo "$family${BASH_REMATCH[2]}"
    else
        echo g++
    fi
}

wanted=$(groups_within "${1-}")
while IFS=' |' read -r groups package proof purpose; do
    if [[ -z $groups || $groups == "#"* ]] || ! is_wanted "$groups" "$wanted"; then
        continue
    fi
    state=missing
    if [[ $proof == CXX ]]; then
        state=$(compiler_state)
        package=$(compiler_package)
        proof=${compiler%% *}
    elif is_there "$proof"; then
        state=ok
    fi
    echo "$state $groups $package $proof $purpose"
done <"$table"
