#!/usr/bin/env bash
# Boots a kernel in QEMU with gdb attached, and stops at the beginning of kernel_main.
#
# Usage: debug.sh KERNEL [more gdb arguments]      uses KERNEL.iso and KERNEL.elf
set -euo pipefail

kernel=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
files=$(mktemp -d)
qemu=""
trap '[[ -z $qemu ]] || kill "$qemu" 2> /dev/null || true; rm -rf "$files"' EXIT
trap 'exit 129' HUP
trap 'exit 143' TERM

# Starts the machine and returns when gdb can attach to it, or fails if it has ended. It has a session
# of its own, so that Ctrl-C in gdb stops the kernel and not the machine.
start() {
    setsid qemu-system-x86_64 -m 128M -cdrom "$kernel.iso" -nic none -no-reboot -no-shutdown \
        -display "$1" -serial "file:$files/serial" \
        -S -gdb "unix:$files/gdb,server=on,wait=off" < /dev/null 2> "$files/errors" &
    qemu=$!
    until [[ -S $files/gdb ]]; do
        kill -0 "$qemu" 2> /dev/null || return 1
        sleep 0.05
    done
}

if [[ -z ${DISPLAY-}${WAYLAND_DISPLAY-} ]]; then
    start none || true
elif ! start gtk; then
    echo "No window could be opened on the display ${WAYLAND_DISPLAY:-$DISPLAY}, so the kernel's"
    echo "screen is not shown. gdb's command \"serial\" prints what the kernel has written."
    start none || true
fi
if ! kill -0 "$qemu" 2> /dev/null; then
    cat "$files/errors" >&2
    exit 1
fi

# hbreak sets a breakpoint in the CPU, because the kernel's code is not loaded yet. The kernel is
# optimised; make debug OPTIMIZE=-O0 builds one that is easier to step through.
# gdb starts in the post's folder, because the debug information names the sources relative to it.
# gdb's default limit for an answer, two seconds, is too short on a busy computer.
cd "${kernel%/build/*}"
gdb -q -iex "set pagination off" -iex "set remotetimeout 600" -x "$here/kernel_commands.py" \
    -ex "set serial-file $files/serial" \
    -ex "target remote $files/gdb" \
    -ex "hbreak kernel_main" -ex "continue" -ex "delete 1" "$@" "$kernel.elf"
