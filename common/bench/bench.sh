#!/usr/bin/env bash
# The figures of every post, or of one: how long it takes from a command to the kernel's first
# line, what the kernel's paths cost in instructions, how large it all is. They are printed, and left
# in common/build as bench.md and bench.json.
#
# Usage: bench.sh [POST]
set -euo pipefail

cd "$(dirname "$0")/../.."
common/posts/git.py "make bench"
runs=3
read -ra compiler <<< "${CXX:-g++}"
compiler_name=${CXX_NAME:-${compiler[-1]##*/}} # of the build folders: see the Makefile
build=build/$compiler_name-O2

row() {
    local line
    printf '%s\t%s\t%s\t%s\t%s\n' "$post" "$1" "$2" "$3" "$(peers_of "$1")" >> "$scratch/figures"
    line=$(printf '  %-66s %10s %-12s   %s' "$1" "$2" "$3" "$(peers_of "$1")")
    echo "${line%"${line##*[![:space:]]}"}"
}

# What stands beside a figure in the table of peers.
peers_of() {
    awk -F ' *[|] *' -v name="$1" '$1 == name { print $2 }' common/bench/peers
}

# Milliseconds until `make run` in a folder shows the kernel's first line.
time_to_first_line() {
    local start line
    start=$(date +%s%N)
    make --no-print-directory -s -C "$1" run < /dev/null 2>&1 | {
        while read -r line; do
            if [[ $line == *"Hello from"* ]]; then
                echo $((($(date +%s%N) - start) / 1000000))
            fi
        done
    }
}

median() {
    sort -n | sed -n "$(((runs + 1) / 2))p"
}

# What a fresh clone has of a post, in a folder of its own.
clone_of() {
    local clone
    clone=$(mktemp -d "$scratch/XXXXXX")
    git ls-files -z "$1" | xargs -0 cp --parents -t "$clone"
    echo "$clone/$1"
}

boot_times() {
    local clean=() edited=() clone i
    for ((i = 0; i < runs; i++)); do
        clone=$(clone_of "$1")
        clean+=("$(time_to_first_line "$clone")")
        echo "// an edit" >> "$clone/kernel/main.cpp"
        edited+=("$(time_to_first_line "$clone")")
    done
    row "make run to the first line, clean tree (median of $runs)" \
        "$(printf '%s\n' "${clean[@]}" | median)" ms
    row "make run to the first line, after an edit of main.cpp" \
        "$(printf '%s\n' "${edited[@]}" | median)" ms
}

# Rows for lines "NAME = VALUE UNIT".
rows() {
    local line figure
    while read -r line; do
        figure=${line##* = }
        row "${line% = *}" "${figure%% *}" "${figure#* }"
    done
}

kernel_figures() {
    local images
    images=("$1"/tests/bench/*.cpp)
    images=("${images[@]/#$1/$1\/$build}")
    common/build/"$compiler_name"/kernel_figures "${images[@]/%.cpp/.iso}" | rows
}

# The instructions of the kernel's allocator to those of its peers, over all traces that both have.
# (The worst operations are no traces.)
mean_ratios() {
    local peer
    for peer in linked_list_allocator TLSF talc mimalloc jemalloc; do
        awk -F '\t' -v peer="$peer" '
            $2 ~ /^size classes: / && $2 !~ /worst|takes all/ && $4 == "instructions" &&
            match($5, peer ": [0-9,]+") {
                theirs = substr($5, RSTART + length(peer) + 2, RLENGTH - length(peer) - 2)
                gsub(",", "", theirs)
                sum += log($3 / theirs)
                traces++
            }
            END {
                if (traces != 0) {
                    printf "instructions to %s: geometric mean of %d traces = %.2f times\n",
                        peer "\047s", traces, exp(sum / traces)
                }
            }' "$scratch/figures" | rows
    done
}

# What a post measures on the host, as ratios of its own to others. (jemalloc wants room among the
# variables of each thread, which a library that is loaded late gets only if it is asked for.)
host_figures() {
    local source program
    for source in "$1"/tests/bench/host/*_benchmark.cpp; do
        if [[ -e $source ]]; then
            program=$1/$build/tests/$(basename "$source" .cpp)
            GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384 "$program" \
                --benchmark_repetitions=9 --benchmark_min_time=0.05 \
                --benchmark_enable_random_interleaving=true --benchmark_format=json \
                > "$scratch/times.json" 2> "$scratch/said" || {
                cat "$scratch/said" >&2
                return 1
            }
            common/build/"$compiler_name"/host_ratios ours < "$scratch/times.json" | rows
        fi
    done
}

# More memory than the host may have: none of it is there before it is used.
machine_of_8_gib=(-m 8G -machine memory-backend=ram
    -object "memory-backend-ram,id=ram,size=8G,reserve=off")

# What it takes to take over the memory of a larger machine: it should not grow with it.
large_memory() {
    local image=$1/$build/tests/bench/paging.iso small=() large=() i
    if [[ ! -e $image ]]; then
        return
    fi
    row "take over the memory, 8 GiB" "$(qemu-system-x86_64 -icount shift=7,sleep=off \
        "${machine_of_8_gib[@]}" -cdrom "$image" -nic none -no-reboot -display none -serial stdio \
        -device isa-debug-exit,iobase=0xf4,iosize=4 < /dev/null |
        sed -n 's/^figure: take over the memory = \([0-9]*\) .*/\1/p')" instructions
    for ((i = 0; i < runs; i++)); do
        small+=("$(first_line_to_prompt "$1" -m 128M)")
        large+=("$(first_line_to_prompt "$1" "${machine_of_8_gib[@]}")")
    done
    row "first line to prompt, a second of ticks in it, 128 MiB (median of $runs)" \
        "$(printf '%s\n' "${small[@]}" | median)" ms
    row "first line to prompt, a second of ticks in it, 8 GiB (median of $runs)" \
        "$(printf '%s\n' "${large[@]}" | median)" ms
}

# Milliseconds from the moment at which GRUB is done until the kernel waits for keys.
first_line_to_prompt() {
    local post=$1 line serial start=0
    shift
    exec {serial}< <(exec qemu-system-x86_64 "$@" -cdrom "$post/$build/kernel.iso" -nic none \
        -no-reboot -display none -serial stdio < /dev/null 2> /dev/null)
    local machine=$!
    while read -r -u "$serial" line; do
        case $line in
        *"Hello from"*) start=$(date +%s%N) ;;
        *"Type something"* | *'Type "help"'*)
            echo $((($(date +%s%N) - start) / 1000000))
            break
            ;;
        esac
    done
    kill "$machine"
    exec {serial}<&-
}

# How much of one host CPU a machine takes whose kernel has nothing to do, in percent.
idle_cost() {
    local seconds=3 before after
    qemu-system-x86_64 -m 128M -cdrom "$1/$build/kernel.iso" -nic none -no-reboot -display none \
        -serial null < /dev/null &
    qemu=$!
    sleep 5 # until the kernel has long come to rest
    before=$(cpu_time "$qemu")
    sleep "$seconds"
    after=$(cpu_time "$qemu")
    kill "$qemu"
    wait "$qemu" 2> /dev/null || true
    qemu=""
    row "host CPU of an idle kernel" \
        "$(((after - before) * 100 / (seconds * $(getconf CLK_TCK))))" "%"
}

# The clock ticks that a process has used so far, in itself and for it in the kernel.
# [proc(5), "/proc/pid/stat"]
cpu_time() {
    local fields
    read -ra fields < "/proc/$1/stat"
    echo $((fields[13] + fields[14]))
}

sizes() {
    local text data bss
    read -r text data bss _ < <(size "$1/$build/kernel.elf" | tail -n 1)
    row "kernel: code and constants" "$text" bytes
    row "kernel: variables, page tables and stack" $((data + bss)) bytes
    row "kernel.iso" "$(stat -c %s "$1/$build/kernel.iso")" bytes
}

# Lines that are neither blank nor only a comment, folder by folder.
lines_of_code() {
    local folder
    git ls-files "$1" | grep -E '\.(cpp|hpp|asm|ld|cfg|sh)$|/Makefile$' | sed 's|/[^/]*$||' |
        sort -u | while read -r folder; do
        row "lines of code in $folder" "$(git ls-files "$folder" |
            grep -E "^$folder/[^/]*(\.(cpp|hpp|asm|ld|cfg|sh)|Makefile)$" | xargs cat |
            grep -cvE '^[[:space:]]*($|//|;|#( |!)|/?\*( |/|\*))')" ""
    done
}

# The figures once more, with what they depend on.
write_table() {
    local state="clean"
    [[ -z $(git status --porcelain) ]] || state="with changes that are not committed"
    common/build/"$compiler_name"/write_table common/build \
        "commit=$(git rev-parse --short HEAD)" "tree=$state" "date=$(date +%F)" \
        "processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "compiler=$("${compiler[@]}" --version | head -n 1)" \
        "emulator=$(qemu-system-x86_64 --version | head -n 1)" < "$scratch/figures"
    echo "The same in common/build/bench.md and bench.json."
}

scratch=$(mktemp -d)
qemu=""
trap 'rm -rf "$scratch"; [[ -z $qemu ]] || kill "$qemu" 2> /dev/null || true' EXIT
posts=$(if [[ -n ${1-} ]]; then common/posts/post.sh "$1"; else common/posts/post.sh --all; fi)
for post in $posts; do
    echo "$post"
    boot_times "$post"
    kernel_figures "$post"
    mean_ratios
    host_figures "$post"
    large_memory "$post"
    idle_cost "$post"
    sizes "$post"
    lines_of_code "$post"
done
post=common
echo "$post"
lines_of_code common
write_table
