#!/usr/bin/env bash
# Boots an image in QEMU in the way that suits the place it is started from:
#
#   a terminal on a graphical display    a window; the serial port prints to the terminal
#   a terminal alone                     the VGA screen inside the terminal
#   no terminal (a pipe, a script)       no screen; the serial port streams to standard output,
#                                        and the machine ends when the kernel has come to rest
#
# Where a window cannot be opened, the terminal is used; where the terminal cannot show a screen
# (TERM=dumb), the serial port.
#
# Usage: run.sh IMAGE.iso [further QEMU arguments]
set -euo pipefail

# Without a terminal:
idle_seconds=2      # how long the CPU must rest until the run is over
patience=60         # how many seconds of CPU time QEMU may use before, or the kernel has failed
wall_clock_net=1800 # after how many seconds to give up on a QEMU that gets no CPU time to use

image=$1
shift
machine=(qemu-system-x86_64 -m 128M -cdrom "$image" -nic none -no-reboot "$@")

files=$(mktemp -d)
qemu=""            # its process, while it runs beside this script
terminal_before="" # the terminal's settings, while QEMU has others
trap '[[ -z $qemu ]] || kill "$qemu" 2> /dev/null || true
      [[ -z $terminal_before ]] || stty "$terminal_before" || true
      rm -rf "$files"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Whether this QEMU supports a kind of display. Distributions package most of them separately.
has_display() {
    local kinds
    kinds=$(qemu-system-x86_64 -display help 2> /dev/null) || true
    grep -qx "$1" <<< "$kinds"
}

# Ends the script when the machine has ended, and returns only if no window could be opened.
in_a_window() {
    local kind=gtk code=0
    if ! has_display gtk; then
        kind=sdl
        if ! has_display sdl; then
            echo "QEMU cannot open windows here (Debian and Ubuntu: the package qemu-system-gui)."
            return
        fi
    fi
    echo "Close the window to end the machine. If it stands still and says [Paused], it has reset."
    exec 6> >(exec tee "$files/errors" >&2)
    local printer=$!
    "${machine[0]}" -display "$kind" "${machine[@]:1}" -no-shutdown -serial stdio <&0 2>&6 &
    qemu=$!
    exec 6>&-
    wait "$qemu" || code=$?
    qemu=""
    wait "$printer"
    if ((code == 0)) || ! grep -qiE "gtk init|init.* sdl" "$files/errors"; then
        exit "$code"
    fi
    echo "No window could be opened on the display ${WAYLAND_DISPLAY:-$DISPLAY}."
}

# Whether programs can place text anywhere on this terminal. With TERM=dumb, or unknown, they cannot.
has_a_screen() {
    [[ -n ${TERM:-} && $TERM != dumb ]] || return 1
    ! command -v tput > /dev/null || tput cup 0 0 > /dev/null 2>&1
}

# The frames and accents of the VGA font exist only in a UTF-8 locale. Prints the name of one.
# Prints nothing if the current locale is UTF-8, or if no UTF-8 locale is installed.
utf8_locale() {
    if command -v locale > /dev/null && [[ $(locale charmap 2> /dev/null) != UTF-8 ]]; then
        locale -a 2> /dev/null | grep -iE -m 1 '^(C|en_US|.*)\.utf-?8$' || true
    fi
}

# QEMU's own way out, Alt+2 to its monitor, fails where the terminal uses Alt itself, and its
# substitute, Esc and then 2, takes both keys within 25 ms. So Ctrl-X becomes the terminal's
# interrupt key, and all others go to the machine. QEMU switches that key off when it takes the
# terminal over, and again when it redraws: hence the loop.
let_ctrl_x_interrupt() {
    trap '' TTOU # this is not the terminal's foreground process
    while kill -0 $$ 2> /dev/null; do
        stty isig intr '^X' quit undef susp undef < /dev/tty 2> /dev/null || true
        sleep 0.2
    done
}

in_the_terminal() {
    local rows columns locale watcher code=0
    read -r rows columns < <(stty size)
    echo "This terminal becomes the machine's screen. To end the machine, press Ctrl-X."
    if ((rows > 0 && rows < 25 || columns > 0 && columns < 80)); then
        echo "The screen has 25 lines of 80 columns, and this terminal $rows of $columns. What does"
        echo "not fit will be cut off: make the terminal larger before you go on."
    fi
    printf "Press Enter to boot. "
    until read -rt 1 || (($? <= 128)); do # a second at a time: a trap waits until a read has ended
        :
    done

    locale=$(utf8_locale)
    terminal_before=$(stty -g)
    let_ctrl_x_interrupt &
    watcher=$!
    disown # bash need not report its end
    set -m # QEMU becomes a process group of its own: what interrupts it does not interrupt make
    env ${locale:+LC_ALL="$locale"} "${machine[@]}" -no-shutdown -serial null -display curses \
        2> "$files/errors" || code=$?
    kill "$watcher"
    grep -v -e "^Could not convert" -e "terminating on signal" "$files/errors" >&2 || true
    exit "$code"
}

without_a_terminal() {
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
# for idle_seconds, 1 when the machine has ended on its own, 2 when it is still busy, 3 when QEMU
# has been given next to no CPU time.
# A halted CPU rests only if QEMU sleeps: else an interrupt may be on its way, on a busy computer
# for a long time. A busy CPU may be in a timer's handler for a moment: that costs half of the rest.
wait_until_idle() {
    local looks_per_second=4 rested=0 start=$SECONDS used asleep line
    while ((rested < idle_seconds * looks_per_second)); do
        sleep 0.25
        kill -0 "$qemu" 2> /dev/null || return 1
        used=$(cpu_seconds) # nothing if a signal ends this script
        ((${used:-0} < patience)) || return 2
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
        echo "run.sh: gave up after $wall_clock_net seconds, in which QEMU was given next to no CPU time" >&2
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
fi
if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; then
    in_a_window
fi
if has_a_screen && has_display curses; then
    in_the_terminal
fi
echo "This terminal (TERM=${TERM:-}) cannot show the machine's screen. This is its serial port:"
without_a_terminal
