"""The posts: their names, in order, and the tree that they lie in."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

def tree():
    """The folder that the posts lie in."""
    return Path(os.environ.get("TREE", HERE.parents[1]))


def refuse(message):
    """Ends the program because of what it was asked for."""
    print(message, file=sys.stderr)
    sys.exit(2)


def named(*names):
    """The posts of these names, as make's POST takes them; the newest if there is no name."""
    found = subprocess.run([HERE / "post.sh", *names], stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        sys.exit(found.returncode)
    return found.stdout.split()


def all_posts():
    return named("--all")
