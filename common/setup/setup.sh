#!/usr/bin/env bash
# usage: setup.sh run|test|bench|lint|debug|systems|compare
#
# Makes sure that this machine has the packages of a group of the table. If some are missing, it
# names them, asks if a person is there to answer, and installs them with apt-get.
set -euo pipefail

here=$(dirname "$0")

say() {
    echo "$*" >&2
}

# Prints the lines of $2 that begin with the word $1, without that word.
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
    say "$proof is too old. The kernels are C++23 and need g++ 12, clang++ 16, or newer."
    say "Name a newer compiler, as in make CXX=$newer …; it is installed if necessary."
    exit 1
}

say_what_to_bring() {
    local package proof kind
    say "There is no apt-get here. Install these with your system's package manager: Debian's names,"
    say "and what each must contain:"
    while read -r _ package proof _; do
        kind="command"
        if [[ $proof == */* ]]; then
            kind="file"
        fi
        printf '    %-20s the %s %s\n' "$package" "$kind" "${proof//,/ or }" >&2
    done <<<"$1"
}

# Every command in CXX, up to its options, must exist or be a package that can be installed.
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

# Without a window the machine's screen is shown in the terminal, so the run can go on.
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

# Asks a person at a terminal. Pipes, scripts and CI machines agree by starting this script.
agreed() {
    local answer
    if [[ ${CI-} == true || ! -t 0 || ! -t 2 ]]; then
        return 0
    fi
    read -r -p "Install them now? [Y/n] " answer && [[ $answer =~ ^([Yy]([Ee][Ss])?)?$ ]]
}

# Goes on if one source of packages cannot be reached, since others may have the packages. Both steps
# are in one call of sudo, so that it asks for the password once.
install() {
    local become_root=(env DEBIAN_FRONTEND=noninteractive)
    if [[ $(id -u) != 0 ]]; then
        become_root=(sudo "${become_root[@]}")
    fi
    "${become_root[@]}" bash -c '
        apt-get update || echo "apt-get update failed; going on with the known packages."
        apt-get install -y --no-install-recommends "$@"' install "$@" >&2
}

# Sets `missing`. Ends the script if the compiler is too old, which no package can change.
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
