"""Tests of make run EXPERIMENT=…, on posts whose kernel is a text."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

COMMON = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(COMMON / "posts/tests"))

from scratch_tree import FIRST, SECOND, OnScratchTree

MAKEFILE = """\
all: build/O2/kernel
build/O2/kernel: kernel/main.cpp
\t@echo compiled
\t@! grep broken $< && mkdir -p $(@D) && cp $< $@
"""

PATCH = """\
Breaks: the second line.
Shows: nothing.
Ends: halts
Prints: 2

--- a/kernel/main.cpp
+++ b/kernel/main.cpp
@@ -1,3 +1,3 @@
 one
-two
+2
 three
"""


class Experiment(OnScratchTree):
    def setUp(self):
        super().setUp()
        self.environment["POST_BUILD"] = "build/O2"
        self.write(FIRST, "Makefile", MAKEFILE)
        self.write(FIRST, "kernel/main.cpp", "one\ntwo\nthree\n")
        self.write(FIRST, "experiments/second-line.patch", PATCH)
        self.commit()

    def experiment(self, *arguments):
        return self.run_script("../scratch/experiment.py", *arguments)

    def started(self, temporary, *command):
        """Its input ends when this program does, whatever ends it: a command can wait for that."""
        return subprocess.Popen(
            [COMMON / "scratch/experiment.py", "01", "second-line", *command],
            env={**self.environment, "TMPDIR": temporary},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def patch(self, old, new):
        self.write(FIRST, "experiments/second-line.patch", PATCH.replace(old, new))

    def expect_refusal(self, code, *words):
        result = self.experiment("01", "second-line", "cat", "build/O2/kernel")
        self.assertEqual(code, result.code, result.output)
        for word in words:
            self.assertIn(word, result.output)

    def test_breaks_a_copy_and_leaves_the_post_as_it_is(self):
        result = self.experiment("01", "second-line", "cat", "build/O2/kernel")
        said = f"{FIRST}, broken: the second line.\ncompiled\none\n2\nthree\n"
        self.assertEqual((0, said), (result.code, result.output))
        self.assertEqual("", self.status())

    def test_ends_with_the_exit_code_of_the_command(self):
        self.assertEqual(7, self.experiment("01", "second-line", "bash", "-c", "exit 7").code)

    def test_that_is_terminated_ends_its_command_and_removes_the_copy(self):
        with tempfile.TemporaryDirectory() as temporary:
            with self.started(temporary, "sh", "-c", "echo started; exec cat") as process:
                self.assertTrue(any("started" in line for line in process.stdout))
                self.assertEqual(1, len(os.listdir(temporary)))
                process.terminate()
                self.assertEqual("", process.stdout.read())  # all of it: cat, too, has ended
                self.assertEqual(128 + signal.SIGTERM, process.wait())
                self.assertEqual([], os.listdir(temporary))

    def test_that_is_terminated_before_it_builds_removes_the_copy(self):
        makefile = Path(self.tree, FIRST, "Makefile")
        with tempfile.TemporaryDirectory() as temporary, open(makefile) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a build: the copy is made after it
            with self.started(temporary, "true") as process:
                open_files = Path("/proc", str(process.pid), "fd")
                while makefile.resolve() not in [file.resolve() for file in open_files.iterdir()]:
                    self.assertIsNone(process.poll())
                before = os.listdir(temporary)
                process.terminate()
                self.assertEqual(128 + signal.SIGTERM, process.wait())
                self.assertEqual((1, []), (len(before), os.listdir(temporary)))

    def test_lists_what_there_is(self):
        listed = f"  {'second-line':24}the second line.\n"
        for name in ([], [""]):
            result = self.experiment("01", *name)
            self.assertEqual((0, listed), (result.code, result.output))
        for name in ("third-line", "../second-line", "second-line.patch"):
            result = self.experiment("01", name, "true")
            self.assertEqual(2, result.code)
            self.assertIn(f'There is no experiment "{name}" in {FIRST}', result.output)
            self.assertIn(listed, result.output)

    def test_says_that_there_is_none(self):
        result = self.experiment("02")
        self.assertEqual(0, result.code)
        self.assertEqual(f"There are no experiments in {SECOND}.\n", result.output)

    def test_refuses_a_post_that_does_not_exist(self):
        self.assertEqual(2, self.experiment("77", "second-line", "true").code)

    def test_refuses_a_patch_that_no_longer_fits(self):
        self.patch("-two", "-twice")
        self.expect_refusal(2, "second-line.patch does not fit", "kernel/main.cpp:1")

    def test_refuses_a_patch_that_reaches_out_of_the_copy(self):
        self.patch("kernel/main.cpp", "../main.cpp")
        self.expect_refusal(2, "second-line.patch does not fit")

    def test_refuses_a_patch_that_does_not_say_what_it_breaks(self):
        self.patch("Breaks: ", "Breaks ")
        self.expect_refusal(2, 'second-line.patch has no line "Breaks: …"')

    def test_shows_why_the_copy_does_not_build(self):
        self.patch("+2", "+broken")
        self.expect_refusal(1, "broken", "Error 1")

    def test_builds_only_what_the_patch_changes(self):
        self.write(FIRST, "build/O2/kernel", "built before\n")
        self.patch("kernel/main.cpp", "other.txt")
        self.write(FIRST, "other.txt", "one\ntwo\nthree\n")
        result = self.experiment("01", "second-line", "cat", "build/O2/kernel")
        self.assertIn("built before", result.output)
        self.assertNotIn("compiled", result.output)


if __name__ == "__main__":
    unittest.main()
