#!/usr/bin/env bash
# usage: state.sh run|test|bench|lint|debug|systems|compare|all
#
# Prints which packages of a group are on this machine, one a line, in the order of the table:
#     ok|missing|old  groups  package  proof  what it is for
# This runs before every `make run` and has to be fast: if all are there, the only programs that it
# starts are compilers.
set -euo pipefail

here=$(dirname "$0")
table=${PACKAGES_TABLE:-$here/packages}
compiler=${CXX:-g++}

# A group and those that it includes. A window is only needed where there is a display.
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
        lint | systems | compare) echo "$1" ;;
        all)   echo "run test bench lint debug systems $window" ;;
        *)     echo "state.sh: no group \"$1\"; there are: run test bench lint debug systems compare all" >&2
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
    if [[ $1 == *">="* ]]; then
        "$here/llvm.sh" "${1%>=*}" "${1#*>=}" >/dev/null
        return
    fi
    for pattern in ${1//,/ }; do
        if [[ $pattern != */* ]]; then
            if command -v "$pattern" >/dev/null; then
                return 0
            fi
            continue
        fi
        for file in $pattern; do # -e follows links: a dangling one does not count
            if [[ -e $file ]]; then
                return 0
            fi
        done
    done
    return 1
}

# The major version of a package that apt would install, 0 if there is none.
version_on_offer() {
    local policy=""
    if command -v apt-cache >/dev/null; then
        policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null) || true
    fi
    if [[ $policy =~ Candidate:\ ([0-9]+:)?([0-9]+) ]]; then
        echo "${BASH_REMATCH[2]}"
    else
        echo 0
    fi
}

# What to install for "clang>=16": the default package if it is not too old, else clang-16.
package_for() {
    local package=${1%>=*} oldest=${1#*>=} version
    version=$(version_on_offer "$package")
    if ((version == 0 || version >= oldest)); then
        echo "$package"
    elif [[ $package == *-dev ]]; then
        echo "${package%-dev}-$oldest-dev"
    else
        echo "$package-$oldest"
    fi
}

# CXX may begin with a wrapper and end with options, as in "ccache g++-13 -O3".
compiler_state() {
    local words major oldest=12
    read -ra words <<<"$compiler"
    if [[ $compiler == *clang* ]]; then
        oldest=16
    fi
    if ! command -v "${words[0]}" >/dev/null || ! major=$("${words[@]}" -dumpversion 2>/dev/null); then
        major=$(version_on_offer "$(compiler_package)")
        ((major > 0)) || major=$oldest
        if ((major < oldest)); then
            echo old # as is the version that could be installed
        else
            echo missing
        fi
        return
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
    if [[ $package == *">="* && $state == missing ]]; then
        package=$(package_for "$package")
    elif [[ $proof == *">="* ]]; then
        proof=$("$here/llvm.sh" "${proof%>=*}" "${proof#*>=}")
    fi
    package=${package%>=*}
    proof=${proof%>=*}
    echo "$state $groups $package $proof $purpose"
done <"$table"
