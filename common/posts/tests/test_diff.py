"""Tests of make diff."""

import os
import pty
import shutil
import subprocess
import unittest

from scratch_tree import FIRST, POSTS, SECOND, THIRD, OnScratchTree


class Diff(OnScratchTree):
    def setUp(self):
        super().setUp()
        self.write_everywhere("kernel/main.cpp", "one\n")
        self.write_everywhere("kernel/same.cpp", "same\n")
        self.commit()
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.write(THIRD, "kernel/main.cpp", "three\n")

    def diff(self, *arguments):
        return self.run_script("diff.py", *arguments)

    def test_names_files_by_their_posts(self):
        result = self.diff("01", "02")
        self.assertEqual(0, result.code)
        self.assertIn(f"--- {FIRST}/kernel/main.cpp\n+++ {SECOND}/kernel/main.cpp\n", result.output)
        self.assertIn("-one\n+two\n", result.output)
        self.assertNotIn("same.cpp", result.output)

    def test_shows_new_and_removed_files_but_not_what_git_ignores(self):
        self.write(SECOND, "kernel/new.cpp", "new\n")
        self.write(SECOND, "build/main.o", "object\n")
        self.remove(SECOND, "kernel/same.cpp")
        output = self.diff("01", "02").output
        self.assertIn(f"+++ {SECOND}/kernel/new.cpp\n", output)
        self.assertIn(f"--- {FIRST}/kernel/same.cpp\n+++ /dev/null\n", output)
        self.assertNotIn("main.o", output)

    def test_says_when_there_is_nothing_to_show(self):
        self.write(SECOND, "kernel/main.cpp", "one\n")
        same = self.diff("01", "02")
        self.assertEqual(0, same.code)
        self.assertEqual(f"Everything is the same in {FIRST} and {SECOND}.\n", same.output)
        same = self.diff("01", "03", "--stat", "--file", "kernel/same.cpp")
        self.assertEqual(f"kernel/same.cpp is the same in {FIRST} and {THIRD}.\n", same.output)

    def test_and_its_like_say_once_that_they_need_a_repository(self):
        shutil.rmtree(self.tree / ".git")
        for script in ("diff.py", "ripple.py", "check_stages.py"):
            result = self.run_script(script, "01")
            self.assertEqual(2, result.code, script)
            self.assertRegex(result.output, "^make .* needs git: this folder has no .git.*\n$")

    def test_sums_up_with_stat(self):
        output = self.diff("01", "02", "--stat").output
        self.assertIn(" kernel/main.cpp | 2 +-\n", output)
        self.assertNotIn("+two", output)

    def test_shows_one_file(self):
        self.write(SECOND, "kernel/same.cpp", "other\n")
        output = self.diff("1", "2", "--file", "kernel/same.cpp").output
        self.assertIn("-same\n+other\n", output)
        self.assertNotIn("main.cpp", output)

    def test_shows_one_file_that_only_one_of_the_posts_has(self):
        self.remove(SECOND, "kernel/same.cpp")
        for posts, line in ((("1", "2"), "\n-same\n"), (("2", "3"), "\n+same\n")):
            self.assertIn(line, self.diff(*posts, "--file", "kernel/same.cpp").output)

    def test_refuses_a_file_that_neither_post_has(self):
        result = self.diff("1", "2", "--file", "kernel/mian.cpp")
        self.assertEqual(2, result.code)
        self.assertEqual(f"Neither {FIRST} nor {SECOND} has kernel/mian.cpp.\n", result.output)

    def test_fills_in_the_post_that_was_not_named(self):
        self.assertIn("-one\n+two\n", self.diff("01", "").output)
        self.assertIn("-one\n+two\n", self.diff("", "02").output)
        self.assertIn("main.cpp", self.diff("", "", "--stat").output)
        self.assertIn("-two\n+three\n", self.diff().output)

    def test_goes_backwards_too(self):
        self.assertIn("-three\n+one\n", self.diff("03", "01").output)

    def test_refuses_when_there_is_nothing_to_compare_with(self):
        for posts in (("", "01"), ("03", ""), ("01", "07")):
            self.assertEqual(2, self.diff(*posts).code)

    def test_goes_through_the_pager_in_colour_only_at_a_terminal(self):
        self.assertNotRegex(self.diff("01", "02").output, "paged:|\x1b")
        ours, its = pty.openpty()
        command = [POSTS / "diff.py", "01", "02"]
        subprocess.run(command, stdout=its, env=self.environment, check=True)
        os.close(its)
        self.assertRegex(os.read(ours, 10000).decode(), "paged:.*\x1b")
        os.close(ours)

    def test_leaves_the_readers_index_alone(self):
        self.git("add", SECOND)
        before = self.status()
        self.diff("01", "03")
        self.assertEqual(before, self.status())


if __name__ == "__main__":
    unittest.main()
