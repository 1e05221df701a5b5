"""A post's files, as git sees them: in the last commit, or now."""

import os
import tempfile
from pathlib import Path

from git import git


def snapshot(post):
    """The name of a git tree that holds a post's folder as it stands, committed or not.

    Files that .gitignore names are left out. The tree is made in an index of its own: the one in
    which a reader may have staged something is not touched.
    """
    paths = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", post)
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        # --remove: a file that git knows but that is gone is not an error.
        update = ["update-index", "-z", "--add", "--remove", "--stdin"]
        git(*update, stdin=os.fsencode(paths), environment=index)
        prefix = git("rev-parse", "--show-prefix").rstrip("\n")
        return git("write-tree", f"--prefix={prefix}{post}/", environment=index).strip()


def files_in(tree):
    """The files of a git tree: path → "mode:blob"."""
    files = {}
    for line in git("ls-tree", "-r", "-z", tree).split("\0")[:-1]:
        about, _, path = line.partition("\t")
        mode, _, blob = about.split(" ")
        files[path] = f"{mode}:{blob}"
    return files


def is_own(path):
    """Whether each post has a file of its own there, which is not compared or carried."""
    return path == "README.md" or path.startswith(("experiments/", "exercises/"))
