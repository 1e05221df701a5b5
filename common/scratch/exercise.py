#!/usr/bin/env python3
"""Exercises: a task, a test that judges it, and a model solution, in post-NN/exercises/NAME.

usage: exercise.py POST                      lists them
       exercise.py POST NAME [--of FOLDER] [--solution]
                                             judges a copy of the post, or of a folder that has grown
                                             from it; with the solution, one that it is applied to

The files of an exercise are exercise.md, which begins with "# TITLE (TIME)", solution.patch, and one of
    unit_test.cpp      GoogleTest, on the host, instead of the post's own unit tests
    kernel_test.cpp    a kernel that tests itself; rings/promise.hpp says what may be promised in it
The test comes from here, and so do the post's tests/: nothing in the folder can change them.

The exit code is 0 if the exercise is solved, 1 if not, 2 if there is no verdict: no such exercise,
or no machine that could judge it.
"""

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

import scratch
from posts import named, refuse, tree

# The parts of a build that a test is linked with, or compiled with.
BUILT = ["boot", "kernel"]
BUILT_FOR_UNIT_TEST = [
    f"host/{part}"
    for part in ("kernel", "google_test.hpp", "google_test.hpp.gch", "runtime_memory_functions.o")
]
BUILT_FOR_KERNEL_TEST = ["tests/kernel/support", "tests/grub.img"]


def exercises(post):
    """Their folders, by name."""
    found = sorted((tree() / post / "exercises").glob("*/exercise.md"))
    return {path.parent.name: path.parent for path in found}


def title(folder):
    """What a task is called, and how long it takes."""
    first = (folder / "exercise.md").read_text(encoding="utf-8").partition("\n")[0]
    parts = re.fullmatch(r"# (.+) \((.+)\)", first)
    if not parts:
        refuse(f'{folder / "exercise.md"} does not begin with a line "# TITLE (TIME)"')
    return parts.groups()


def minutes(time):
    """To sort by: "5 minutes" is 5, and "an evening" longer than any number of minutes."""
    return int(time.split()[0]) if time[0].isdigit() else 24 * 60


def list_all(post, folders):
    if not folders:
        print(f"There are no exercises in {post}.")
    rows = [(name, *title(folder)) for name, folder in folders.items()]
    for name, task, time in sorted(rows, key=lambda row: minutes(row[2])):
        print(f"  {name:20}{time:12}{task}")


def unit_test(copy, folder):
    """The program that judges, once it is built; None if it cannot be built."""
    for test in (copy / "tests/unit").glob("*_test.cpp"):
        test.unlink()
    shutil.copy(folder / "unit_test.cpp", copy / "tests/unit/exercise_test.cpp")
    program = f"{scratch.build_name()}/tests/unit_tests"
    return [f"./{program}", "--gtest_brief=1"] if scratch.make(copy, program) == 0 else None


def kernel_test(copy, folder):
    """The same for a test that is a kernel: JUDGE names the program that boots and judges it."""
    test = copy / "tests/kernel/exercise.cpp"
    shutil.copy(folder / "kernel_test.cpp", test)
    image = f"{scratch.build_name()}/tests/kernel/exercise.iso"
    return [os.environ["JUDGE"], image, str(test)] if scratch.make(copy, image) == 0 else None


def is_solved(post, folder, source, with_solution):
    is_unit = (folder / "unit_test.cpp").is_file()
    built = BUILT_FOR_UNIT_TEST if is_unit else BUILT_FOR_KERNEL_TEST
    if is_unit and (source / "tests/tests.mk").is_file():
        # It takes longer to compile than any test: once, where it is found again next time.
        header = f"{scratch.build_name()}/host/google_test.hpp.gch"
        scratch.run(source, "flock", "Makefile", "make", "-s", "--no-print-directory", header)
    with scratch.copy_of(source, *BUILT, *built) as copy:
        shutil.rmtree(copy / "tests", ignore_errors=True)
        shutil.copytree(tree() / post / "tests", copy / "tests")
        if with_solution:
            scratch.apply(folder / "solution.patch", copy)
        command = (unit_test if is_unit else kernel_test)(copy, folder)
        if command is None:
            print("The test does not build with this kernel.")
            return False
        code = scratch.run(copy, *command)
        if code > 1 and not is_unit:  # a unit test may well crash: that is the kernel's fault
            refuse(f"{folder.name}: no verdict.")
        return code == 0


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1], add_help=False)
    parser.add_argument("post")
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--of", default="")
    parser.add_argument("--solution", action="store_true")
    asked = parser.parse_args(arguments)
    [post] = named(asked.post)
    folders = exercises(post)
    if not asked.name:
        list_all(post, folders)
        return 0
    if asked.name not in folders:
        print(f'There is no exercise "{asked.name}" in {post}. There are:', file=sys.stderr)
        sys.stderr.flush()
        list_all(post, folders)
        return 2
    source = Path(asked.of or tree() / post)
    for part in ("Makefile", "boot", "kernel"):
        if not (source / part).exists():
            refuse(f"{source} is not a kernel's folder: it has no {part}")
    solved = is_solved(post, folders[asked.name], source, asked.solution)
    if not solved:
        print(f"What is asked for: {post}/exercises/{asked.name}/exercise.md")
    print(f"{asked.name}: " + ("solved." if solved else "not solved yet."))
    return 0 if solved else 1


if __name__ == "__main__":
    scratch.start(main)
