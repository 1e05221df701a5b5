#!/usr/bin/env python3
"""Experiments: small patches that break a post's kernel on purpose, in post-NN/experiments.

usage: experiment.py POST                      lists them
       experiment.py POST NAME COMMAND...      breaks a copy of the post, builds it, and runs a
                                               command in it

The exit code is the command's, 1 if the copy does not build, 2 if it cannot be made.
"""

import os
import sys

import scratch
from posts import named, refuse, tree


def experiments(post):
    """Their patches, by name."""
    return {path.stem: path for path in sorted((tree() / post / "experiments").glob("*.patch"))}


def value(patch, name):
    """The value of a line "Name: value" in front of the diff."""
    for line in patch.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}: "):
            return line.partition(": ")[2]
        if line.startswith("--- "):
            break
    refuse(f'{patch} has no line "{name}: …" in front of the diff')


def list_all(post, patches):
    if not patches:
        print(f"There are no experiments in {post}.")
    for name, patch in patches.items():
        print(f"  {name:24}{value(patch, 'Breaks')}")


def main(arguments):
    if not arguments or (len(arguments) == 2 and arguments[1]):
        refuse(__doc__.split("\n\n", 1)[1].rstrip())
    [post] = named(arguments[0])
    patches = experiments(post)
    if len(arguments) == 1 or not arguments[1]:
        list_all(post, patches)
        return 0
    name, command = arguments[1], arguments[2:]
    if name not in patches:
        print(f'There is no experiment "{name}" in {post}. There are:', file=sys.stderr)
        sys.stderr.flush()
        list_all(post, patches)
        return 2
    print(f"{post}, broken: {value(patches[name], 'Breaks')}")
    with scratch.copy_of(tree() / post, "boot", "kernel") as copy:
        scratch.apply(patches[name], copy)
        return 1 if scratch.make(copy) != 0 else scratch.run(copy, *command)


if __name__ == "__main__":
    scratch.start(main)
