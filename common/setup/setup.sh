#!/usr/bin/env bash
# usage: setup.sh run|test|bench|lint|debug|systems
#
# Makes sure that this machine has what a group of the table needs, and is silent when it has.
# Else it names what is missing, asks when a person is there to answer, and installs with apt-get.
set -euo pipefail

here=$(dirname "$0")

say() {
    echo "$*" >&2
}

# The lines of a state that begin with one word, without that word.
only() {
    local state rest
    while read -r state rest; do
        if [[ $state == "$1" ]]; then
            echo "$rest"
        fi
    done <<<"$2"
}

name_missing() {
    local package purpose
    while read -r _ package _ purpose; do
        printf '    %-20s %s\n' "$package" "$purpose" >&2
    done <<<"$1"
}

packages_of() {
    local package
    while read -r _ package _; do
        printf '%s ' "$package"
    done <<<"$1"
}

refuse_old_compiler() {
    local proof newer
    read -r _ _ proof _ <<<"$1"
    newer=g++-12
    if [[ $proof == *clang* ]]; then
        newer=clang++-16
    fi
    say "$proof is too old: the kernels are C++23, which takes g++ 12 or clang++ 16, or newer."
    say "Name a newer one, and its package is installed if need be: make CXX=$newer …"
    exit 1
}

refuse_without_apt() {
    local package proof kind
    say "There is no apt-get here, so install them your system's way. Debian's names, and what"
    say "each must bring:"
    while read -r _ package proof _; do
        kind="command"
        if [[ $proof == */* ]]; then
            kind="file"
        fi
        printf '    %-20s the %s %s\n' "$package" "$kind" "${proof##*,}" >&2
    done <<<"$1"
    exit 1
}

# A person answers; a pipe, a script or a CI machine cannot, and has said yes by calling us.
agreed() {
    local answer
    if [[ ${CI-} == true || ! -t 0 || ! -t 2 ]]; then
        return 0
    fi
    read -r -p "Install them now? [Y/n] " answer && [[ $answer =~ ^([Yy]([Ee][Ss])?)?$ ]]
}

# A source of packages that cannot be reached is no reason to give up: another may have them all.
install() {
    local become_root=(env DEBIAN_FRONTEND=noninteractive)
    if [[ $(id -u) != 0 ]]; then
        become_root=(sudo "${become_root[@]}")
    fi
    "${become_root[@]}" apt-get update >&2 || say "apt-get update failed; going on with what is known."
    "${become_root[@]}" apt-get install -y --no-install-recommends "$@" >&2
}

# Sets `missing` and `old`, or ends here when a compiler is too old: no package replaces that.
look() {
    local state
    state=$("$here/state.sh" "$1")
    missing=$(only missing "$state")
    old=$(only old "$state")
    if [[ -n $old ]]; then
        refuse_old_compiler "$old"
    fi
}

if [[ $# != 1 || ! $1 =~ ^(run|test|bench|lint|debug|systems)$ ]]; then
    say "usage: setup.sh run|test|bench|lint|debug|systems"
    exit 2
fi
look "$1"
if [[ -z $missing ]]; then
    exit 0
fi

say "Missing for \"$1\":"
name_missing "$missing"
command -v apt-get >/dev/null || refuse_without_apt "$missing"
read -ra packages <<<"$(packages_of "$missing")"
by_hand="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
    say "There is no sudo here. As root, type: $by_hand"
    exit 1
fi
if ! agreed; then
    say "Nothing was installed. As root, type: $by_hand"
    exit 1
fi
install "${packages[@]}" || say "apt-get install failed."

look "$1"
if [[ -n $missing ]]; then
    say "Still missing:"
    name_missing "$missing"
    say "As root, type: $by_hand"
    exit 1
fi
