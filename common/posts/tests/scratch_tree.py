"""A git repository made for one test, with a few posts in it, on which the real commands work."""

import contextlib
import importlib
import io
import os
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

POSTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(POSTS))

FIRST = "post-01-exceptions"
SECOND = "post-02-double-faults"
THIRD = "post-03-hardware-interrupts"

# Git without the user's settings, and without those of a git command that runs the tests.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_PAGER": "sed s/^/paged:/",
    "TERM": "xterm",
    "LC_ALL": "C",
}


@dataclass
class Finished:
    code: int
    output: str  # and what was said on standard error


class OnScratchTree(unittest.TestCase):
    """Three posts, each with a Makefile and an empty README.md, committed."""

    def setUp(self):
        # What a reader's folder may be called: commands that forget their quotes fail in it.
        folder = tempfile.TemporaryDirectory(prefix="-a tree's \"name\" ($1) & so; on-")
        self.addCleanup(folder.cleanup)
        self.tree = Path(folder.name)
        self.environment = {**ENVIRONMENT, "TREE": folder.name}
        self.write_everywhere("Makefile", "all:\n")
        self.write_everywhere("README.md", "")
        (self.tree / ".gitignore").write_text("build/\n")
        self.git("init", "--quiet")
        self.git("config", "user.name", "A. Reader")
        self.git("config", "user.email", "reader@example.org")
        self.commit()

    def write(self, post, path, text):
        """Writes text, or bytes."""
        file = self.tree / post / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def write_everywhere(self, path, text):
        for post in (FIRST, SECOND, THIRD):
            self.write(post, path, text)

    def remove(self, post, path):
        (self.tree / post / path).unlink()

    def make_executable(self, post, path):
        (self.tree / post / path).chmod(0o755)

    def has(self, post, path):
        return (self.tree / post / path).exists()

    def is_executable(self, post, path):
        return os.access(self.tree / post / path, os.X_OK)

    def read(self, post, path):
        return (self.tree / post / path).read_text()

    def git(self, *arguments):
        command = ["git", *arguments]
        return subprocess.check_output(command, cwd=self.tree, env=self.environment, text=True)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "a state")

    def status(self):
        """Two runs that leave the same here changed nothing in between."""
        return self.git("status", "--porcelain", "--untracked-files=all") + self.git("diff")

    def run_script(self, script, *arguments):
        """Runs a command in a process of its own, from another folder."""
        done = subprocess.run(
            [POSTS / script, *arguments],
            cwd="/",
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Finished(done.returncode, done.stdout)

    def run_main(self, module, *arguments):
        """Runs a command in this process, which takes less time."""
        output = io.StringIO()
        code = 0
        with mock.patch.dict(os.environ, self.environment, clear=True), contextlib.redirect_stdout(
            output
        ), contextlib.redirect_stderr(output):
            try:
                importlib.import_module(module).main(list(arguments))
            except SystemExit as end:
                code = end.code
        return Finished(code, output.getvalue())
