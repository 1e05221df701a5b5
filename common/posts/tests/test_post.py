"""Tests of the posts' names."""

import unittest

from scratch_tree import FIRST, SECOND, THIRD, OnScratchTree


class Post(OnScratchTree):
    def post(self, *names):
        return self.run_script("post.sh", *names)

    def test_answers_to_its_number_and_to_its_name(self):
        for name in ("2", "02", "post-02", SECOND, SECOND + "/"):
            self.assertEqual((0, SECOND + "\n"), (self.post(name).code, self.post(name).output))

    def test_is_the_newest_when_none_is_named(self):
        self.assertEqual(THIRD + "\n", self.post("").output)
        self.assertEqual(THIRD + "\n", self.post().output)

    def test_that_does_not_exist_is_answered_with_those_that_do(self):
        for name in ("7", "08", "double-faults", "post-02-double", "../post-02", "*"):
            result = self.post(name)
            self.assertEqual(2, result.code, name)
            self.assertIn(f"There are: {FIRST} {SECOND} {THIRD}\n", result.output)

    def test_may_be_several(self):
        self.assertEqual(f"{THIRD}\n{FIRST}\n", self.post("3", "01").output)
        self.assertEqual(2, self.post("3", "7").code)
        self.assertIn("This command takes one post", self.post("3 1").output)

    def test_is_listed_in_order(self):
        self.write("post-10-last", "Makefile", "all:\n")
        self.assertEqual([FIRST, SECOND, THIRD, "post-10-last"], self.post("--all").output.split())

    def test_is_not_counted_in_octal(self):
        self.write("post-08-eight", "Makefile", "all:\n")
        self.write("post-10-ten", "Makefile", "all:\n")
        self.assertEqual("post-08-eight\n", self.post("08").output)
        self.assertEqual("post-10-ten\n", self.post("010").output)

    def test_is_no_folder_that_only_a_build_left_behind(self):
        self.write("post-04-paging", "build/main.o", "old")
        self.assertEqual(2, self.post("4").code)

    def test_is_missed_where_there_is_none(self):
        for post in (FIRST, SECOND, THIRD):
            self.remove(post, "Makefile")
        result = self.post("--all")
        self.assertEqual(2, result.code)
        self.assertIn("There is no post here", result.output)


if __name__ == "__main__":
    unittest.main()
