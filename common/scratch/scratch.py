"""A copy of a post in a folder of its own: to change, to build, to boot, and to throw away.

A patch is text in front of a diff. The lines of the text are "Name: value".
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "posts"))

from posts import refuse

NOT_COPIED = shutil.ignore_patterns("build", ".git", "__pycache__")


def start(main):
    """Runs main, and ends the program with its exit code. A signal ends the program like an
    exception, which removes the copy on its way out."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))


def build_name():
    """The build in a post's folder, as "build/g++-O2"."""
    return os.environ["POST_BUILD"]


@contextlib.contextmanager
def copy_of(folder, *built):
    """A copy of a post's folder, with the parts of its build that are named, such as "kernel". The
    files keep their times, so that make builds only what is changed in the copy."""
    with tempfile.TemporaryDirectory(prefix="scratch-") as scratch:
        copy = Path(scratch, Path(folder).resolve().name)
        with open(Path(folder, "Makefile")) as makefile:
            fcntl.flock(makefile, fcntl.LOCK_SH)  # a build of the post may be under way
            shutil.copytree(folder, copy, ignore=NOT_COPIED)
            for part in built:
                source, target = Path(folder, build_name(), part), copy / build_name() / part
                if source.is_dir():
                    shutil.copytree(source, target)
                elif source.is_file():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, target)
        yield copy


def apply(patch, copy):
    """Applies a patch. Ends the program if it does not fit exactly; its place may have moved."""
    # Without the variable, git would look for a repository around the copy.
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", str(Path(patch).resolve())],
        cwd=copy,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(copy.resolve().parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        refuse(f"{patch} does not fit this post any more:\n{done.stdout.rstrip()}")


def run(copy, *command):
    """Runs a command in a copy, with the terminal, and returns its exit code. What would end this
    program ends the command instead, so that the copy is removed after it."""
    sys.stdout.flush()
    process, early = None, []

    def pass_on(number, _):
        process.send_signal(number) if process else early.append(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGHUP, signal.SIGTERM)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches both
    process = subprocess.Popen(command, cwd=copy)
    for number in early:
        process.send_signal(number)
    code = process.wait()
    for number, handler in before.items():
        signal.signal(number, handler)
    return code if code >= 0 else 128 - code  # as a shell says that a signal has ended it


def make(copy, *arguments):
    return run(copy, "make", "--no-print-directory", *arguments)
