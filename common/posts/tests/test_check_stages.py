"""Tests of make check-stages."""

import shutil
import unittest

from scratch_tree import FIRST, SECOND, THIRD, OnScratchTree


class CheckStages(OnScratchTree):
    def setUp(self):
        super().setUp()
        self.write_everywhere("kernel/main.cpp", "one\n")
        self.write_everywhere("kernel/old.hpp", "old\n")

    def list(self, lines):
        """Gives post 02 this list, and post 03 all of post 02 except for what is its own."""
        self.write(SECOND, "README.md", f"# Post\n\n## What changed\n\n{lines}\n## Run\n")
        shutil.rmtree(self.tree / THIRD)
        shutil.copytree(self.tree / SECOND, self.tree / THIRD)
        self.write(THIRD, "README.md", "another\n")

    def check(self):
        return self.run_main("check_stages")

    def expect_no_fault(self):
        result = self.check()
        self.assertEqual(0, result.code, result.output)

    def expect_fault(self, text):
        result = self.check()
        self.assertEqual(1, result.code)
        self.assertIn(f"{SECOND}: {text}", result.output)
        self.assertNotIn("post-03", result.output)

    def test_accepts_posts_that_are_the_same(self):
        said = "3 posts, 12 files: every difference is listed, everything listed differs.\n"
        result = self.run_script("check_stages.py")
        self.assertEqual((0, said), (result.code, result.output))

    def test_accepts_changed_new_and_removed_files_that_are_listed_so(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.write(SECOND, "kernel/gdt.hpp", "gdt\n")
        self.remove(SECOND, "kernel/old.hpp")
        self.list(
            "- `kernel/main.cpp`: calls more\n"
            "- `kernel/gdt.hpp` (new): the table\n"
            "* `kernel/old.hpp` (removed): no longer used\n"
        )
        self.expect_no_fault()

    def test_names_a_file_that_differs_but_is_not_listed(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.write(SECOND, "kernel/new.cpp", "new\n")
        self.remove(SECOND, "kernel/old.hpp")
        self.list("")
        for name, state in (("main.cpp", "changed"), ("new.cpp", "new"), ("old.hpp", "removed")):
            said = 'differs but is not listed under "What changed"'
            self.expect_fault(f"kernel/{name} {said} ({state})")

    def test_sees_a_changed_mode(self):
        self.make_executable(SECOND, "kernel/main.cpp")
        self.list("")
        self.expect_fault("kernel/main.cpp differs but is not listed")

    def test_takes_a_renamed_file_for_one_removed_and_one_new(self):
        self.write(SECOND, "kernel/new.hpp", "old\n")
        self.remove(SECOND, "kernel/old.hpp")
        self.list("- `kernel/new.hpp` (new): clearer\n- `kernel/old.hpp` (removed): renamed\n")
        self.expect_no_fault()

    def test_names_a_listed_file_that_is_the_same(self):
        self.list("- `kernel/main.cpp`: it was to be changed\n")
        self.expect_fault(
            f'kernel/main.cpp is listed under "What changed" but is the same as in {FIRST}'
        )

    def test_names_a_wrong_tag(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.write(SECOND, "kernel/new.cpp", "new\n")
        self.list("- `kernel/main.cpp` (new): calls more\n- `kernel/new.cpp`: the table\n")
        self.expect_fault("kernel/main.cpp is listed as new but is changed")
        self.expect_fault("kernel/new.cpp is listed as changed but is new")

    def test_wants_a_reason(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        for end in ("", ":", ":  ", ", and more"):
            self.list(f"- `kernel/main.cpp`{end}\n")
            self.expect_fault("kernel/main.cpp is listed without a reason")

    def test_names_a_file_that_is_listed_twice(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.list("- `kernel/main.cpp`: once\n- `kernel/main.cpp`: again\n")
        self.expect_fault("kernel/main.cpp is listed twice")

    def test_takes_a_folder_that_is_new_as_a_whole(self):
        self.write(SECOND, "heap/a.hpp", "a\n")
        self.write(SECOND, "heap/deep/b.hpp", "b\n")
        self.list("- `heap/` (new): allocators\n")
        self.expect_no_fault()

    def test_refuses_a_folder_that_is_not_new_as_a_whole(self):
        self.write(SECOND, "kernel/new.cpp", "new\n")
        self.list("- `kernel/` (new): much\n")
        self.expect_fault("kernel/: a folder may only be listed as (new)")

    def test_refuses_a_new_folder_that_is_not_listed_as_new(self):
        self.write(SECOND, "heap/a.hpp", "a\n")
        self.list("- `heap/`: allocators\n")
        self.expect_fault("heap/: a folder may only be listed as (new)")

    def test_refuses_a_folder_that_does_not_exist(self):
        self.list("- `heap/` (new): allocators\n")
        self.expect_fault('heap/ is listed under "What changed" but does not exist')

    def test_reads_only_the_list_under_its_heading(self):
        self.write(SECOND, "kernel/main.cpp", "two\n")
        self.list("Prose about `kernel/old.hpp`.\n\n## Other\n\n- `kernel/main.cpp`: not here\n")
        self.expect_fault("kernel/main.cpp differs but is not listed")

    def test_leaves_out_what_is_each_posts_own_and_build_output(self):
        self.write(SECOND, "README.md", "anything\n")
        self.write(SECOND, "experiments/no-ist.patch", "patch\n")
        self.write(SECOND, "exercises/count/exercise.md", "Count.\n")
        self.write(SECOND, "build/main.o", "object\n")
        self.expect_no_fault()

    def test_leaves_out_only_the_posts_own_readme(self):
        self.write(SECOND, "kernel/README.md", "anything\n")
        self.list("")
        self.expect_fault("kernel/README.md differs but is not listed")

    def test_names_a_post_without_a_readme(self):
        self.remove(SECOND, "README.md")
        self.expect_fault("has no README.md")

    def test_works_with_one_post(self):
        shutil.rmtree(self.tree / SECOND)
        shutil.rmtree(self.tree / THIRD)
        result = self.check()
        self.assertEqual(0, result.code)
        self.assertIn("1 post, 4 files:", result.output)

    def test_fails_without_any_post(self):
        for post in (FIRST, SECOND, THIRD):
            shutil.rmtree(self.tree / post)
        self.assertNotEqual(0, self.run_script("check_stages.py").code)


if __name__ == "__main__":
    unittest.main()
