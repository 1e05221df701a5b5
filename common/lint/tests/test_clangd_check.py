"""Tests of the check with clangd, with a script in clangd's place."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "clangd-check.sh"


class ClangdCheck(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.clangd = Path(folder.name, "clangd")

    def check(self):
        """The exit code, and what is printed."""
        done = subprocess.run(
            [SCRIPT, "a.hpp"],
            env={**os.environ, "CLANGD": str(self.clangd)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def check_with(self, script):
        self.clangd.write_text(f"#!/bin/sh\n{script}\n")
        self.clangd.chmod(0o755)
        return self.check()

    def test_accepts_a_file_without_errors_whatever_the_exit_code(self):
        self.assertEqual((0, ""), self.check_with("exit 0"))
        self.assertEqual((0, ""), self.check_with("echo 'E[12:00:00.000] tweak: fails'; exit 3"))

    def test_shows_what_an_editor_would_underline(self):
        line = "E[12:00:00.000] [unknown_typename] Line 3: unknown type name 'x'"
        self.assertEqual((1, f"{line}\nin a.hpp\n"), self.check_with(f'echo "{line}"; exit 3'))

    def test_fails_when_clangd_crashes(self):
        said = "a stack trace\nclangd could not check a.hpp (exit code 139)\n"
        self.assertEqual((1, said), self.check_with("echo 'a stack trace'; kill -SEGV $$"))

    def test_fails_when_clangd_is_missing(self):
        code, said = self.check()
        self.assertEqual(1, code)
        self.assertIn("clangd could not check a.hpp (exit code 127)\n", said)


if __name__ == "__main__":
    unittest.main()
