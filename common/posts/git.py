#!/usr/bin/env python3
"""Git, on the tree that the posts lie in."""

import os
import subprocess
import sys

from posts import refuse, tree


def git(*arguments, stdin=b"", environment=None):
    """Runs a git command in the tree and returns its output. Where git fails, so do we."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=tree(),
        input=stdin,
        stdout=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    if done.returncode != 0:
        sys.exit(done.returncode)
    return os.fsdecode(done.stdout)


def git_succeeds(*arguments):
    """Whether a git command, run in the tree for its exit code alone, succeeds."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(["git", *arguments], cwd=tree(), **quiet).returncode == 0


def check_git(command):
    """Ends the program, and says why, if a command cannot use git on this tree."""
    look = subprocess.run(
        ["git", "rev-parse", "--git-dir"],
        cwd=tree(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    error = look.stderr.strip()
    if "not a git repository" in error:
        error = (
            "this folder has no .git (a downloaded archive has none). "
            "Clone the repository instead."
        )
    if look.returncode != 0:
        refuse(f"{command} needs git: {error}")


if __name__ == "__main__":
    check_git(sys.argv[1])
