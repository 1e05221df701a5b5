#!/usr/bin/env python3
"""The figures of every post, or of one.

How long it takes from a command to the kernel's first line, what the kernel's paths cost in
instructions, how large everything is. They are printed, and left in common/build as bench.md and
bench.json.

usage: bench.py [POST]
"""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

COMMON = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(COMMON / "posts"))
from figures import Figure, as_json, as_markdown, peers_by_figure, rows_in  # noqa: E402
from git import check_git, git  # noqa: E402
from lines import rows_of_post  # noqa: E402
from machines import boot_times, idle_cost, large_memory  # noqa: E402
from posts import all_posts, named, tree  # noqa: E402
from ratios import instruction_ratios, time_ratios  # noqa: E402

COMPILER = os.environ.get("CXX", "g++").split()
# The name of the compiler's build folders: see the Makefile.
COMPILER_NAME = os.environ.get("CXX_NAME", Path(COMPILER[-1]).name)


def output_of(*command, **environment):
    """The standard output of a command, which must succeed."""
    return subprocess.check_output(command, env={**os.environ, **environment}, text=True)


def kernel_figures(post, build):
    """What kernels report that measure themselves."""
    sources = sorted(post.glob("tests/bench/*.cpp"))
    images = [build / "tests/bench" / f"{source.stem}.iso" for source in sources]
    return rows_in(output_of(COMMON / "build" / COMPILER_NAME / "kernel_figures", *images))


def host_figures(post, build):
    """What a post measures on the host, as ratios of its own times to others'."""
    for source in sorted(post.glob("tests/bench/host/*_benchmark.cpp")):
        results = output_of(
            build / "tests" / source.stem,
            "--benchmark_repetitions=9",
            "--benchmark_min_time=0.05",
            "--benchmark_enable_random_interleaving=true",
            "--benchmark_format=json",
            # jemalloc wants room among the variables of each thread, which a library that is
            # loaded late gets only if it is asked for.
            GLIBC_TUNABLES="glibc.rtld.optional_static_tls=16384",
        )
        yield from time_ratios("ours", results)


def sizes(build):
    text, data, bss = output_of("size", build / "kernel.elf").splitlines()[-1].split()[:3]
    yield "kernel: code and constants", text, "bytes"
    yield "kernel: variables, page tables and stack", str(int(data) + int(bss)), "bytes"
    yield "kernel.iso", str((build / "kernel.iso").stat().st_size), "bytes"


def measure(name, peers):
    """Prints a post's figures as they come, and returns them."""
    post = tree() / name
    build = post / "build" / f"{COMPILER_NAME}-O2"
    figures = []

    def add(rows):
        for row, value, unit, *target in rows:
            figures.append(Figure(name, row, value, unit, *target or [peers.get(row, "")]))
            print(figures[-1], flush=True)

    print(name, flush=True)
    add(boot_times(name))
    add(kernel_figures(post, build))
    add(instruction_ratios(figures))
    add(host_figures(post, build))
    add(large_memory(build))
    add(idle_cost(build))
    add(sizes(build))
    add(rows_of_post(name))
    return figures


def circumstances():
    """What the figures depend on."""
    return {
        "commit": git("rev-parse", "--short", "HEAD").strip(),
        "tree": "with changes that are not committed" if git("status", "--porcelain") else "clean",
        "date": date.today().isoformat(),
        "processor": re.search("model name.*: (.*)", Path("/proc/cpuinfo").read_text())[1],
        "compiler": output_of(*COMPILER, "--version").splitlines()[0],
        "emulator": output_of("qemu-system-x86_64", "--version").splitlines()[0],
    }


def main(arguments):
    check_git("make bench")
    peers = peers_by_figure()
    figures = []
    for post in named(arguments[0]) if any(arguments) else all_posts():
        figures += measure(post, peers)
    facts = circumstances()
    (COMMON / "build/bench.md").write_text(as_markdown(facts, figures), encoding="utf-8")
    (COMMON / "build/bench.json").write_text(as_json(facts, figures), encoding="utf-8")
    print("The same in common/build/bench.md and bench.json.")


if __name__ == "__main__":
    main(sys.argv[1:])
