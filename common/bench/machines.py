"""What is measured on a running machine, by the clock or in instructions."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from git import git
from posts import tree

RUNS = 3
FIRST_LINE = "Hello from"
LAST_LINE = "It did not crash!"  # of what a kernel does before it waits
QEMU = "qemu-system-x86_64 -nic none -no-reboot -display none".split()

# More memory than the host may have: QEMU takes none of it before it is used.
MEMORY_OF_8_GIB = "-m 8G -machine memory-backend=ram -object".split() + [
    "memory-backend-ram,id=ram,size=8G,reserve=off"
]


def median(measure):
    """The median of several runs, in whole milliseconds."""
    return str(sorted(round(1000 * measure()) for _ in range(RUNS))[RUNS // 2])


def seconds_between(lines, first, second):
    """Seconds from a line that matches `first` to one that matches `second`, as they arrive."""
    start = None
    for line in lines:
        if re.search(first, line):
            start = time.monotonic()
        if start is not None and re.search(second, line):
            return time.monotonic() - start
    raise RuntimeError(f"the machine has not printed {second!r}")


def serial_of(qemu_options):
    """Starts a machine; its standard output is its serial port."""
    return subprocess.Popen(
        QEMU + ["-serial", "stdio", *qemu_options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        errors="replace",
    )


def clone_of(post, folder):
    """Copies what a fresh clone has of a post into a folder, and returns the copy."""
    for path in git("ls-files", "-z", "--", post).split("\0")[:-1]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree() / path, folder / path, follow_symlinks=False)
    return folder / post


def seconds_to_first_line(post):
    """Seconds until `make run` in a folder shows the kernel's first line."""
    start = time.monotonic()
    first_line = None
    command = ["make", "--no-print-directory", "-s", "-C", post, "run"]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as run:
        for line in run.stdout:
            if first_line is None and FIRST_LINE in line:
                first_line = time.monotonic() - start
    if first_line is None:
        raise RuntimeError(f"make run in {post} has not come to the kernel's first line")
    return first_line


def boot_times(post):
    with tempfile.TemporaryDirectory() as scratch:
        copies = [clone_of(post, Path(scratch, str(number))) for number in range(RUNS)]
        clean, edited = iter(copies), iter(copies)
        yield (
            f"make run to the first line, clean tree (median of {RUNS})",
            median(lambda: seconds_to_first_line(next(clean))),
            "ms",
        )
        for copy in copies:
            with open(copy / "kernel/main.cpp", "a", encoding="utf-8") as main:
                main.write("// an edit\n")
        yield (
            "make run to the first line, after an edit of main.cpp",
            median(lambda: seconds_to_first_line(next(edited))),
            "ms",
        )


def seconds_to_last_line(image, memory):
    """Seconds from the kernel's first line to its last."""
    with serial_of(["-cdrom", image, *memory]) as machine:
        try:
            return seconds_between(machine.stdout, FIRST_LINE, LAST_LINE)
        finally:
            machine.kill()


def large_memory(build):
    """What it takes to take over the memory of a larger machine: it should not grow with it."""
    image = build / "tests/bench/paging.iso"
    if not image.exists():
        return
    counted = ["-icount", "shift=7,sleep=off", "-device", "isa-debug-exit,iobase=0xf4,iosize=4"]
    with serial_of(["-cdrom", image, *counted, *MEMORY_OF_8_GIB]) as machine:
        serial = machine.stdout.read()
    figure = re.search(r"^figure: take over the memory = (\d+)", serial, re.MULTILINE)
    yield "take over the memory, 8 GiB", figure[1], "instructions"
    for size, memory in (("128 MiB", ["-m", "128M"]), ("8 GiB", MEMORY_OF_8_GIB)):
        yield (
            f"from the first line to the last, {size} (median of {RUNS})",
            median(lambda options=memory: seconds_to_last_line(build / "kernel.iso", options)),
            "ms",
        )


def cpu_seconds(process):
    """What a process has used so far, in itself and for it in the host's kernel.
    [proc(5), "/proc/pid/stat"]"""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_cost(build, seconds=3):
    """How much of one host CPU a machine takes whose kernel has nothing to do."""
    command = QEMU + ["-m", "128M", "-serial", "null", "-cdrom", build / "kernel.iso"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as machine:
        time.sleep(5)  # until the kernel has long come to rest
        before = cpu_seconds(machine.pid)
        time.sleep(seconds)
        used = cpu_seconds(machine.pid) - before
        machine.kill()
    yield "host CPU of an idle kernel", str(round(100 * used / seconds)), "%"
