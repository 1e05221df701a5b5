#!/usr/bin/env bash
# Boots a kernel in QEMU with gdb attached: it stops at kernel_main, before the first line of C++.
#
# Usage: debug.sh KERNEL [further gdb arguments]      KERNEL.iso and KERNEL.elf are used
set -euo pipefail

kernel=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
files=$(mktemp -d)
trap 'kill "$qemu" 2> /dev/null || true; rm -rf "$files"' EXIT

screen=none
if [[ -n ${DISPLAY-}${WAYLAND_DISPLAY-} ]]; then
    screen=gtk
fi

# In a session of its own, so that Ctrl-C in gdb stops the kernel and not the machine.
setsid qemu-system-x86_64 -m 128M -cdrom "$kernel.iso" -nic none -no-reboot -no-shutdown \
    -display "$screen" -serial "file:$files/serial" \
    -S -gdb "unix:$files/gdb,server=on,wait=off" < /dev/null &
qemu=$!
# However long QEMU needs for that on a busy computer; if it ends, gdb says that nobody is there.
until [[ -S $files/gdb ]] || ! kill -0 "$qemu" 2> /dev/null; do
    sleep 0.05
done

# The breakpoint is the CPU's: at this time the kernel, and a breakpoint in its code, is not
# loaded yet. The kernel is built for debugging with the compiler's optimisation; make debug
# OPTIMIZE=-O0 gives a kernel that is easier to step through.
# The debug information names the sources as seen from the post's folder, so gdb starts there.
# Two seconds are gdb's own limit for an answer, and too few on a busy computer.
cd "${kernel%/build/*}"
gdb -q -iex "set pagination off" -iex "set remotetimeout 600" -x "$here/kernel_commands.py" \
    -ex "set serial-file $files/serial" \
    -ex "target remote $files/gdb" \
    -ex "hbreak kernel_main" -ex "continue" -ex "delete" "$@" "$kernel.elf"
