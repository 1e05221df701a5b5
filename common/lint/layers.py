#!/usr/bin/env python3
"""Checks that no part of a kernel includes a part that is not below it.

A part is a folder in kernel/. The parts form layers: a file may include the headers of its own part
and those of lower layers. On the top layer, where the parts are put together (main.cpp, the shell),
every file may include every other.

usage: layers.py POST      prints each include that breaks the rule, and fails if there is one
"""

import re
import sys
from pathlib import Path

LAYERS = [
    {"cpu", "text"},
    {"devices"},
    {"console"},
    {"boot", "runtime", "interrupts", "memory"},
    {"heap"},
]
TOP = len(LAYERS)
INCLUDE = re.compile(r'#include "(.*)"')


def part_of(path):
    return path.partition("/")[0]


def layer_of(part):
    return next((layer for layer, parts in enumerate(LAYERS) if part in parts), TOP)


def faults_in(kernel):
    for file in sorted(kernel.rglob("*.?pp")):
        part = part_of(file.relative_to(kernel).as_posix())
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            include = INCLUDE.match(line)
            other = part_of(include[1]) if include else part
            if other != part and layer_of(part) <= min(layer_of(other), TOP - 1):
                yield f"{file}:{number}: {part} must not include {other}, which is not below it"


if __name__ == "__main__":
    faults = list(faults_in(Path(sys.argv[1], "kernel")))
    if faults:
        sys.exit("\n".join(faults))
