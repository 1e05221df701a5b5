#!/usr/bin/env bash
# usage: doctor.sh
#
# Shows which packages of the table are on this machine, in which version, and the one command that
# installs the others. Installs nothing itself. Fails if a package is missing that `make run` or
# `make test` needs.
set -euo pipefail

here=$(dirname "$0")

# Green, red, and back; no colours unless the output is a terminal.
ok="" bad="" plain=""
if [[ -t 1 && -z ${NO_COLOR-} ]]; then
    ok=$'\e[32m' bad=$'\e[31m' plain=$'\e[0m'
fi

heading() {
    case $1 in
        run)    echo "To run the kernels" ;;
        window) echo "To see their screen in a window" ;;
        test)   echo "To test them" ;;
        bench)  echo "To measure them" ;;
        lint)   echo "To check the sources" ;;
        debug)  echo "To debug them" ;;
        systems) echo "To try the commands on other systems" ;;
    esac
}

# The first version number that a command prints; for a file, the version of its package.
version_of() {
    local text="" command
    if [[ $2 != */* ]]; then
        for command in ${2//,/ }; do # the first of those that are there
            command -v "$command" >/dev/null && break
        done
        text=$("$command" --version 2>&1 </dev/null) || true
    elif command -v dpkg-query >/dev/null; then
        text=$(dpkg-query --show "$1" 2>/dev/null) || true
        text=${text#*$'\t'} # the package's name may hold digits too
    fi
    if [[ $text =~ [0-9]+(\.[0-9]+)+ ]]; then
        echo "${BASH_REMATCH[0]}"
    else
        echo "-"
    fi
}

row() {
    local state=$1 package=$2 proof=$3 purpose=$4 version="-" colour=$bad
    if [[ $state != missing ]]; then
        version=$(version_of "$package" "$proof")
    fi
    if [[ $state == ok ]]; then
        colour=$ok
    elif [[ $state == old ]]; then
        state="too old"
    fi
    printf '  %s%-8s%s %-19s %-9s %s\n' "$colour" "$state" "$plain" "$package" "$version" "$purpose"
}

rows=$("$here/state.sh" all)
section="" absent=() old=""
while read -r state groups package proof purpose; do
    if [[ ${groups%%,*} != "$section" ]]; then
        section=${groups%%,*}
        heading "$section"
    fi
    row "$state" "$package" "$proof" "$purpose"
    case $state in
        missing) absent+=("$package") ;;
        old)     old=$proof ;;
    esac
done <<<"$rows"

echo
if [[ -n $old ]]; then
    echo "$old is too old: use g++ 12, clang++ 16 or newer, as in make CXX=g++-12 …"
fi
if ((${#absent[@]} > 0)); then
    echo "To install what is missing: sudo apt-get install --no-install-recommends ${absent[*]}"
elif [[ -z $old ]]; then
    echo "Nothing is missing."
fi

# The exit code does not depend on what only linting or debugging needs.
needed=$'\n'$("$here/state.sh" test)
[[ $needed != *$'\n'missing* && $needed != *$'\n'old* ]]
