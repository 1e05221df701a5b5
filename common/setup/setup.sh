#!/usr/bin/env bash
# usage: setup.sh run|test|bench|lint|debug|systems|compare
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

say_what_to_bring() {
    local package proof kind
    say "There is no apt-get here, so install them your system's way. Debian's names, and what"
    say "each must bring:"
    while read -r _ package proof _; do
        kind="command"
        if [[ $proof == */* ]]; then
            kind="file"
        fi
        printf '    %-20s the %s %s\n' "$package" "$kind" "${proof//,/ or }" >&2
    done <<<"$1"
}

# What CXX names, up to its options, must be here or in a package of that name.
refuse_unknown_compiler() {
    local words word
    read -ra words <<<"${CXX-}"
    for word in "${words[@]}"; do
        if [[ $word == -* ]]; then
            break
        elif ! command -v "$word" >/dev/null && [[ ! $word =~ ^(clang|g)"++"(-[0-9]+)?$ ]]; then
            say "CXX=\"$CXX\": there is no command \"$word\" here. Name a compiler, as in make CXX=clang++ …"
            exit 1
        fi
    done
}

# Without a window the machine's screen is shown in the terminal. So this is no reason to stop.
is_only_the_window() {
    local groups
    while read -r groups _; do
        [[ $groups == window ]] || return 1
    done <<<"$1"
}

give_up() {
    if is_only_the_window "$missing"; then
        say "Going on without a window."
        exit 0
    fi
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
# Both steps in one call of sudo, which so asks for the password once.
install() {
    local become_root=(env DEBIAN_FRONTEND=noninteractive)
    if [[ $(id -u) != 0 ]]; then
        become_root=(sudo "${become_root[@]}")
    fi
    "${become_root[@]}" bash -c '
        apt-get update || echo "apt-get update failed; going on with what is known."
        apt-get install -y --no-install-recommends "$@"' install "$@" >&2
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

if [[ $# != 1 || ! $1 =~ ^(run|test|bench|lint|debug|systems|compare)$ ]]; then
    say "usage: setup.sh run|test|bench|lint|debug|systems|compare"
    exit 2
fi
refuse_unknown_compiler
look "$1"
if [[ -z $missing ]]; then
    exit 0
fi

say "Missing for \"$1\":"
name_missing "$missing"
if ! command -v apt-get >/dev/null; then
    say_what_to_bring "$missing"
    give_up
fi
read -ra packages <<<"$(packages_of "$missing")"
by_hand="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
    say "There is no sudo here. As root, type: $by_hand"
    give_up
fi
if ! agreed; then
    say "Nothing was installed. As root, type: $by_hand"
    give_up
fi
install "${packages[@]}" || say "apt-get install failed."

look "$1"
if [[ -n $missing ]]; then
    say "Still missing:"
    name_missing "$missing"
    say "As root, type: $by_hand"
    give_up
fi
