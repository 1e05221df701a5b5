#!/usr/bin/env bash
# usage: setup.sh run|test|bench|lint|debug|systems|compare
#
# Makes sure that this machine has the packages of one group of the table `packages`. If none is
# missing it prints nothing. Otherwise it names those that are, asks if there is a terminal, and
# installs them with apt-get.
set -euo pipefail

here=$(dirname "$0")

say() {
    echo "$*" >&2
}

# The lines that begin with a word, without that word.
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
    say "$proof is too old: the kernels are C++23 and need g++ 12 or clang++ 16, or newer."
    say "Name a newer one, which is installed if it is missing: make CXX=$newer …"
    exit 1
}

say_what_to_bring() {
    local package proof kind
    say "There is no apt-get here: please install them with your system's package manager."
    say "These are their names on Debian, and what each must provide:"
    while read -r _ package proof _; do
        kind="command"
        if [[ $proof == */* ]]; then
            kind="file"
        fi
        printf '    %-20s the %s %s\n' "$package" "$kind" "${proof//,/ or }" >&2
    done <<<"$1"
}

# Each word of CXX before the options must be a command that exists or that a package provides.
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

# Whether only the window is missing. That is no reason to stop: the terminal shows the screen then.
is_only_the_window() {
    local groups
    while read -r groups _; do
        [[ $groups == window ]] || return 1
    done <<<"$1"
}

give_up() {
    if is_only_the_window "$missing"; then
        say "Continuing without a window."
        exit 0
    fi
    exit 1
}

# Asks at a terminal. Without one it does not ask: a script that calls this has agreed already.
agreed() {
    local answer
    if [[ ${CI-} == true || ! -t 0 || ! -t 2 ]]; then
        return 0
    fi
    read -r -p "Install them now? [Y/n] " answer && [[ $answer =~ ^([Yy]([Ee][Ss])?)?$ ]]
}

# If a source of packages cannot be reached, another may still have them all. Both steps are one
# call of sudo, so that it asks for the password once.
install() {
    local become_root=(env DEBIAN_FRONTEND=noninteractive)
    if [[ $(id -u) != 0 ]]; then
        become_root=(sudo "${become_root[@]}")
    fi
    "${become_root[@]}" bash -c '
        apt-get update || echo "apt-get update failed; continuing with the old lists."
        apt-get install -y --no-install-recommends "$@"' install "$@" >&2
}

# Sets `missing`. Ends the program if a compiler is too old: no package would replace it.
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

say "These packages are missing for \"$1\":"
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
