#!/usr/bin/env bash
# Boots an image in QEMU in the way that suits the place it is started from:
#
#   a terminal on a graphical display    a window; the serial port prints to the terminal
#   a terminal alone                     the VGA screen inside the terminal
#   no terminal (a pipe, a script)       no screen; the serial port streams to standard output,
#                                        and the machine ends when the kernel has come to rest
#
# Usage: run.sh IMAGE.iso [further QEMU arguments]
set -euo pipefail

# Without a terminal:
idle_seconds=2     # how long the CPU must rest until the run is over
patience=60        # how many seconds of CPU time QEMU may use before, or the kernel has failed
wall_clock_net=900 # after how many seconds to give up on a QEMU that gets no CPU time to use

image=$1
shift
machine=(qemu-system-x86_64 -m 128M -cdrom "$image" -nic none -no-reboot "$@")

in_a_window() {
    echo "Close the window to end the machine. If it stands still and says [Paused], it has reset."
    exec "${machine[@]}" -no-shutdown -serial stdio
}

in_the_terminal() {
    echo "This terminal becomes the machine's screen."
    echo "To leave it: press Esc, then 2, then type quit and press Enter."
    read -rp "Press Enter to boot. "
    exec "${machine[@]}" -no-shutdown -serial null -display curses
}

without_a_terminal() {
    files=$(mktemp -d)
    trap 'kill "$qemu" 2> /dev/null || true; rm -rf "$files"' EXIT
    mkfifo "$files/monitor.in" "$files/monitor.out"
    exec 3<> "$files/monitor.in" 4<> "$files/monitor.out"
    exec 5> >(exec sed -u 's/\r$//') # line ends as a pipe's reader expects them
    local printer=$!
    "${machine[@]}" -display none -monitor "pipe:$files/monitor" -serial chardev:serial \
        -chardev "stdio,id=serial,logfile=$files/serial" < /dev/null >&5 &
    qemu=$!
    exec 5>&-

    local ending=0 code=0
    wait_until_idle || ending=$?
    if ((ending == 3)); then
        kill -KILL "$qemu" # it may be stopped: then it reads no "quit"
    fi
    echo quit >&3
    wait "$qemu" || code=$?
    wait "$printer" || true
    report "$ending" "$code"
}

# Asks QEMU's monitor again and again whether the CPU is halted. Returns 0 when it has rested
# for idle_seconds, 1 when the machine has ended by itself, 2 when it is still busy, 3 when QEMU
# has got no CPU time to become anything.
# A halted CPU rests only if QEMU sleeps: else an interrupt may be on its way, on a busy computer
# for a long time. A busy CPU may be in a timer's handler for a moment: that costs half of the rest.
wait_until_idle() {
    local looks_per_second=4 rested=0 start=$SECONDS asleep line
    while ((rested < idle_seconds * looks_per_second)); do
        sleep 0.25
        kill -0 "$qemu" 2> /dev/null || return 1
        (($(cpu_seconds) < patience)) || return 2
        ((SECONDS - start < wall_clock_net)) || return 3
        asleep=$(qemu_sleeps && echo 1 || echo 0)
        echo "info registers" >&3
        while read -r -t 2 line <&4; do
            case $line in
                *HLT=1*) rested=$((rested + asleep)) && break ;;
                *HLT=0*) rested=$((rested / 2)) && break ;;
            esac
        done
    done
}

# The CPU time that QEMU has used, in user mode and in the kernel. [proc(5), "/proc/pid/stat"]
cpu_seconds() {
    local stat fields
    stat=$(cat "/proc/$qemu/stat" 2> /dev/null)
    read -ra fields <<< "${stat##*) }" # without process number and name
    echo $(((${fields[11]:-0} + ${fields[12]:-0}) / $(getconf CLK_TCK)))
}

# Whether every thread of QEMU waits for an event (S), and none runs or waits for a CPU (R).
qemu_sleeps() {
    ! grep -qv ') S ' "/proc/$qemu/task/"*/stat 2> /dev/null
}

# Says what is wrong, if anything, and ends with the exit code that fits.
report() {
    local ending=$1 code=$2
    if ((ending == 3)); then
        echo "run.sh: gave up after $wall_clock_net seconds, in which QEMU has got next to no CPU time" >&2
    elif ((code != 0)); then
        echo "run.sh: QEMU has failed with exit code $code" >&2
    elif grep -qs "^KERNEL PANIC" "$files/serial"; then
        echo "run.sh: the kernel has panicked" >&2
    elif ((ending == 1)); then
        echo "run.sh: the machine has reset: a fault that nothing handled" >&2
    elif ((ending == 2)); then
        echo "run.sh: the kernel was still busy after $patience seconds of CPU time" >&2
    else
        exit 0
    fi
    exit 1
}

if [[ ! -t 0 || ! -t 1 ]]; then
    without_a_terminal
elif [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; then
    in_a_window
else
    in_the_terminal
fi
