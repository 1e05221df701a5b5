"""Tests of make ripple."""

import os
import unittest

from scratch_tree import FIRST, SECOND, THIRD, OnScratchTree

MAIN = "kernel/main.cpp"
SAME = "kernel/same.cpp"


def body(top, middle, bottom):
    """A file in which each post has its own last line, so that each copy differs."""
    return f"{top}\n2\n3\n4\n{middle}\n6\n7\n8\n{bottom}\n"


class Ripple(OnScratchTree):
    def setUp(self):
        super().setUp()
        self.write(FIRST, MAIN, body("1", "5", "first"))
        self.write(SECOND, MAIN, body("1", "5", "second"))
        self.write(THIRD, MAIN, body("1", "5", "third"))
        self.write_everywhere(SAME, "same\n")
        self.commit()

    def ripple(self, *arguments, code=0):
        """Returns what it says."""
        result = self.run_main("ripple", *(arguments or ["01"]))
        self.assertEqual(code, result.code, result.output)
        return result.output

    def expect_that_a_second_run_changes_nothing(self, code=0):
        before = self.status()
        self.assertIn(" 0 files changed", self.ripple(code=code))
        self.assertEqual(before, self.status())

    def expect(self, post, path, text):
        self.assertEqual(text, self.read(post, path))

    def make_conflict(self):
        """A change of post 01 that meets another one in post 02."""
        self.write(SECOND, MAIN, body("1", "five", "second"))
        self.write(THIRD, MAIN, body("1", "five", "third"))
        self.commit()
        self.write(FIRST, MAIN, body("1", "V", "first"))

    def make_conflict_and_resolve_it(self):
        self.make_conflict()
        self.ripple(code=1)
        self.write(SECOND, MAIN, body("1", "five and V", "second"))


class Changes(Ripple):
    def test_are_carried_into_every_later_post_which_keeps_what_is_its_own(self):
        self.write(FIRST, MAIN, body("one", "5", "first"))
        result = self.run_script("ripple.py", "01")
        self.expect(SECOND, MAIN, body("one", "5", "second"))
        self.expect(THIRD, MAIN, body("one", "5", "third"))
        self.assertEqual(0, result.code)
        self.assertEqual(
            f"{SECOND}/{MAIN}: merged\n{THIRD}/{MAIN}: merged\n"
            f"ripple from {FIRST}: 3 posts, 2 files changed, 0 conflicts\n",
            result.output,
        )
        self.expect_that_a_second_run_changes_nothing()

    def test_make_files_equal_that_were_equal(self):
        self.write(FIRST, SAME, "changed\n")
        self.assertIn(f"{THIRD}/{SAME}: now as in {SECOND}\n", self.ripple())
        self.expect(THIRD, SAME, "changed\n")
        self.expect_that_a_second_run_changes_nothing()

    def test_leave_earlier_posts_alone(self):
        self.write(SECOND, SAME, "changed\n")
        self.ripple("02")
        self.expect(FIRST, SAME, "same\n")
        self.expect(THIRD, SAME, "changed\n")

    def test_are_carried_when_they_are_staged_already(self):
        self.write(FIRST, SAME, "changed\n")
        self.git("add", "--all")
        self.ripple()
        self.expect(THIRD, SAME, "changed\n")

    def test_of_the_mode_are_carried(self):
        self.make_executable(FIRST, MAIN)
        self.ripple()
        self.assertTrue(self.is_executable(THIRD, MAIN))
        self.expect(THIRD, MAIN, body("1", "5", "third"))
        self.expect_that_a_second_run_changes_nothing()

    def test_of_what_is_each_posts_own_and_of_build_output_are_not_carried(self):
        self.write(FIRST, "README.md", "changed\n")
        self.write(FIRST, "experiments/no-ist.patch", "patch\n")
        self.write(FIRST, "exercises/count/exercise.md", "Count.\n")
        self.write(FIRST, "build/main.o", "object\n")
        self.ripple()
        self.expect(SECOND, "README.md", "")
        self.assertFalse(self.has(SECOND, "experiments/no-ist.patch"))
        self.assertFalse(self.has(SECOND, "exercises/count/exercise.md"))
        self.assertFalse(self.has(SECOND, "build/main.o"))

    def test_are_not_needed_nor_is_a_later_post(self):
        self.ripple()
        self.write(THIRD, MAIN, body("one", "5", "third"))
        self.ripple("03")

    def test_that_were_taken_back_are_taken_back_in_later_posts(self):
        self.write(FIRST, MAIN, body("one", "5", "first"))
        self.write(FIRST, "kernel/new.cpp", "new\n")
        self.remove(FIRST, SAME)
        self.ripple()
        self.git("checkout", "--", FIRST)
        self.remove(FIRST, "kernel/new.cpp")
        self.ripple()
        self.assertEqual("", self.status())
        self.expect_that_a_second_run_changes_nothing()

    def test_are_carried_again_when_only_the_later_posts_were_reset(self):
        self.write(FIRST, MAIN, body("one", "5", "first"))
        self.ripple()
        self.git("checkout", "--", SECOND, THIRD)
        self.ripple()
        self.expect(SECOND, MAIN, body("one", "5", "second"))
        self.expect(THIRD, MAIN, body("one", "5", "third"))

    def test_are_forgotten_once_they_are_committed(self):
        self.write(FIRST, MAIN, body("one", "5", "first"))
        self.ripple()
        self.commit()
        self.write(FIRST, MAIN, body("ONE", "5", "first"))
        self.ripple()
        self.expect(THIRD, MAIN, body("ONE", "5", "third"))

    def test_from_before_the_last_commit_are_not_carried(self):
        self.write(FIRST, MAIN, body("one", "5", "first"))
        self.ripple()
        self.write(FIRST, MAIN, body("one", "V", "first"))  # meant for post 01 alone
        self.commit()
        self.write(FIRST, MAIN, body("ONE", "V", "first"))
        self.write(SECOND, MAIN, body("one", "5", "its own"))
        self.ripple(code=1)
        self.expect(SECOND, MAIN, body("ONE", "5", "its own"))

    def test_need_a_post_that_is_named_and_committed(self):
        for arguments in ([""], ["--keep", "a"]):
            self.ripple(*arguments, code=2)
        self.assertEqual(2, self.run_script("ripple.py", "07").code)
        self.write("post-04-paging", "Makefile", "all:\n")
        self.ripple("01")
        self.write("post-05-heap", "Makefile", "all:\n")
        self.assertIn("post-04-paging is not in the last commit", self.ripple("04", code=2))


class NewFiles(Ripple):
    def test_are_added_with_their_mode(self):
        self.write(FIRST, "tools/new file.sh", "new\n")
        self.make_executable(FIRST, "tools/new file.sh")
        self.ripple()
        self.expect(THIRD, "tools/new file.sh", "new\n")
        self.assertTrue(self.is_executable(THIRD, "tools/new file.sh"))
        self.expect_that_a_second_run_changes_nothing()

    def test_may_have_any_name(self):
        self.environment["PYTHONIOENCODING"] = "utf-8:strict"
        name = os.fsdecode(b"'a'\n\"b\" \xff")
        self.write(FIRST, name, "new\n")
        self.assertEqual(0, self.run_script("ripple.py", "01").code)
        self.expect(THIRD, name, "new\n")

    def test_that_the_next_post_has_too_are_left(self):
        self.write_everywhere("kernel/new.cpp", "new\n")
        self.assertIn(" 0 files changed, 0 conflicts", self.ripple())

    def test_that_the_next_post_has_in_another_form_are_conflicts(self):
        self.write(FIRST, "kernel/new.cpp", "mine\n")
        self.write(SECOND, "kernel/new.cpp", "its own\n")
        self.assertIn(f"CONFLICT {SECOND}/kernel/new.cpp", self.ripple(code=1))
        self.assertIn("its own\n", self.read(SECOND, "kernel/new.cpp"))
        self.expect_that_a_second_run_changes_nothing(code=1)

    def test_may_change_again(self):
        self.write(FIRST, "kernel/new.cpp", "new\n")
        self.ripple()
        self.write(FIRST, "kernel/new.cpp", "newer\n")
        self.ripple()
        self.expect(THIRD, "kernel/new.cpp", "newer\n")


class DeletedFiles(Ripple):
    def test_are_deleted_with_the_folder_that_is_empty_then(self):
        self.write_everywhere("deep/er/file.cpp", "text\n")
        self.commit()
        self.remove(FIRST, "deep/er/file.cpp")
        self.ripple()
        self.assertFalse(self.has(SECOND, "deep"))
        self.assertFalse(self.has(THIRD, "deep"))
        self.expect_that_a_second_run_changes_nothing()

    def test_that_a_later_post_had_changed_are_kept(self):
        self.remove(FIRST, MAIN)
        said = f"CONFLICT {SECOND}/{MAIN}: has changes of its own, and {FIRST}/{MAIN} was deleted\n"
        self.assertIn(said, self.ripple(code=1))
        self.expect(SECOND, MAIN, body("1", "5", "second"))
        self.expect_that_a_second_run_changes_nothing(code=1)
        self.remove(SECOND, MAIN)  # one way to resolve it; now post 03 has to decide
        self.assertIn(f"CONFLICT {THIRD}/{MAIN}", self.ripple(code=1))

    def test_are_kept_where_that_is_asked_for(self):
        self.remove(FIRST, MAIN)
        self.ripple("01", "--keep", f"{SECOND}/{MAIN}")
        self.assertTrue(self.has(SECOND, MAIN))
        self.expect_that_a_second_run_changes_nothing()

    def test_that_a_later_post_has_deleted_do_not_come_back(self):
        self.remove(SECOND, MAIN)
        self.remove(THIRD, MAIN)
        self.commit()
        self.write(FIRST, MAIN, body("one", "5", "first"))
        self.ripple()
        self.assertFalse(self.has(SECOND, MAIN))


class Conflicts(Ripple):
    def test_leave_markers_and_fail(self):
        self.make_conflict()
        said = self.ripple(code=1)
        overlap = f"its own changes overlap those of {FIRST}/{MAIN}"
        self.assertIn(f"CONFLICT {SECOND}/{MAIN}: {overlap}\n", said)
        self.assertIn("then run the same command again", said)
        self.assertIn(
            f"<<<<<<< {SECOND}/{MAIN}\nfive\n=======\nV\n>>>>>>> {FIRST}/{MAIN}\n",
            self.read(SECOND, MAIN),
        )

    def test_end_a_files_way_while_others_go_on(self):
        self.make_conflict()
        self.write(FIRST, SAME, "changed\n")
        self.assertEqual(1, self.ripple(code=1).count("CONFLICT"))
        self.expect(THIRD, MAIN, body("1", "five", "third"))
        self.expect(THIRD, SAME, "changed\n")

    def test_that_are_still_there_are_named_and_not_merged_into(self):
        self.make_conflict()
        self.ripple(code=1)
        self.expect_that_a_second_run_changes_nothing(code=1)
        self.write(FIRST, MAIN, body("one", "VV", "first"))
        self.expect_that_a_second_run_changes_nothing(code=1)

    def test_are_not_carried_from_the_post_that_it_starts_from(self):
        self.make_conflict()
        self.ripple(code=1)
        self.ripple("02", code=1)
        self.expect(THIRD, MAIN, body("1", "five", "third"))

    def test_that_were_resolved_are_carried_on_and_do_not_come_back(self):
        self.make_conflict_and_resolve_it()
        self.ripple()
        self.expect(SECOND, MAIN, body("1", "five and V", "second"))
        self.expect(THIRD, MAIN, body("1", "five and V", "third"))
        self.expect_that_a_second_run_changes_nothing()

    def test_that_were_resolved_let_later_changes_through(self):
        self.make_conflict_and_resolve_it()
        self.ripple()
        self.write(FIRST, MAIN, body("one", "V", "first"))
        self.ripple()
        self.expect(THIRD, MAIN, body("one", "five and V", "third"))

    def test_that_were_resolved_stay_so_when_something_else_is_committed(self):
        self.make_conflict_and_resolve_it()
        self.write(FIRST, "README.md", "changed\n")
        self.git("commit", "--quiet", "--message", "other", f"{FIRST}/README.md")
        self.ripple()
        self.expect(THIRD, MAIN, body("1", "five and V", "third"))

    def test_come_back_when_the_file_was_reset(self):
        self.make_conflict()
        self.ripple(code=1)
        self.git("checkout", "--", SECOND)
        self.ripple(code=1)
        self.assertIn("<<<<<<<", self.read(SECOND, MAIN))

    def test_can_be_resolved_by_keeping_what_the_later_post_has(self):
        self.make_conflict()
        self.ripple(code=1)
        self.git("checkout", "--", SECOND)
        self.ripple("01", "--keep", f"{SECOND}/{MAIN}")
        self.expect_that_a_second_run_changes_nothing()
        self.expect(SECOND, MAIN, body("1", "five", "second"))

    def test_of_binary_files_leave_them_as_they_are(self):
        self.write_everywhere("font.bin", b"\0001")
        self.write(SECOND, "font.bin", b"\0002")
        self.commit()
        self.write(FIRST, "font.bin", b"\0003")
        said = f"CONFLICT {SECOND}/font.bin: differs from {FIRST}/font.bin and cannot be merged"
        self.assertIn(said, self.ripple(code=1))
        self.expect(SECOND, "font.bin", "\0002")
        self.expect_that_a_second_run_changes_nothing(code=1)
        self.write(SECOND, "font.bin", b"\0003")  # made equal by hand; the copy after it follows
        self.ripple(code=1)
        self.write(THIRD, "font.bin", b"\0003")
        self.ripple()

    def test_of_links_are_never_merged(self):
        for post, target in ((FIRST, "a"), (SECOND, "b"), (THIRD, "b")):
            os.symlink(target, self.tree / post / "differs")
        self.commit()
        self.remove(FIRST, "differs")
        os.symlink("c", self.tree / FIRST / "differs")
        os.symlink("Makefile", self.tree / FIRST / "new")
        self.assertIn("one of them is a link", self.ripple(code=1))
        self.assertEqual("b", os.readlink(self.tree / SECOND / "differs"))
        self.assertEqual("Makefile", os.readlink(self.tree / THIRD / "new"))
        self.expect_that_a_second_run_changes_nothing(code=1)


if __name__ == "__main__":
    unittest.main()
