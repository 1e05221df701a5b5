#!/usr/bin/env python3
"""Tests that an article which drifts away from its post is caught, whatever has drifted."""

import unittest

from scratch_series import SECOND, SeriesTest


class Articles(SeriesTest):
    def test_that_lead_to_the_post_pass(self):
        code, output = self.follow()
        self.assertEqual(code, 0, output)
        self.assertIn("[ok] 01-second.md mend", output)
        self.assertIn("4 passed, 0 failed", output)

    def test_that_do_not_lead_to_the_post_fail(self):
        self.write("post-01-two/kernel/two.cpp", "int two = 2;\nint deux = 3;\n")
        self.assert_fails('01-second.md:39', "kernel/two.cpp:2 is 'int deux = 2;\\n'", "'int deux = 3;\\n'")

    def test_that_differ_from_the_post_only_in_how_lines_end_fail(self):
        self.write("post-01-two/kernel/two.cpp", "int two = 2;\nint deux = 2;")
        self.assert_fails("kernel/two.cpp:2 is 'int deux = 2;\\n', but in the post 'int deux = 2;'")
        (self.project / "post-01-two/kernel/two.cpp").write_bytes(b"int two = 2;\r\nint deux = 2;\n")
        self.assert_fails("kernel/two.cpp:1 is 'int two = 2;\\n', but in the post 'int two = 2;\\r\\n'")

    def test_with_a_file_that_the_post_lacks_fail(self):
        self.replace("docs/01-second.md", "kernel/two.cpp`** (new, for now)\n```cpp\nint two = 3;\n```",
            "kernel/two.cpp`** (new, for now)\n```cpp\nint two = 3;\n```\n\n**`x`** (new)\n```\nx\n```")  # fmt: skip
        self.assert_fails("x is not in the post")

    def test_without_a_file_of_the_post_fail(self):
        self.write("post-01-two/kernel/three.cpp", "int three;\n")
        self.assert_fails("kernel/three.cpp is missing")

    def test_with_a_program_that_is_not_executable_fail(self):
        (self.project / "post-01-two/Makefile").chmod(0o755)
        self.assert_fails("Makefile is executable in one and not in the other")

    def test_whose_change_finds_no_place_fail_and_say_how_the_file_goes_on(self):
        self.replace("docs/01-second.md", " int one = 1;\n```", " int one = 2;\n```")
        self.assert_fails("01-second.md:9", "kernel/main.cpp", 'there is no line "int one = 2;"')

    def test_whose_change_finds_two_places_fail(self):
        self.replace("docs/00-first.md", "```cpp\nint one = 1;\n", "```cpp\nint one = 1;\nint one = 1;\n")
        self.assert_fails("the place of this change is found 2 times")

    def test_that_make_a_file_twice_fail(self):
        self.replace("docs/01-second.md", "kernel/two.cpp`** (new, for now)", "kernel/main.cpp`** (new)")
        self.assert_fails("01-second.md:15", "kernel/main.cpp exists already")

    def test_that_quote_what_is_not_there_fail(self):
        self.replace("docs/01-second.md", "(new, for now)\n```cpp\nint two = 3;", "(as it is)\n```cpp\nint x;")
        self.assert_fails("01-second.md:15", "there is no file kernel/two.cpp")

    def test_that_quote_with_gaps_pass(self):
        self.replace("docs/01-second.md", "## Mend it",
            "**`kernel/main.cpp`** (as it is)\n```cpp\n…\nint one = 1;\n```\n\n## Mend it")  # fmt: skip
        self.assert_follows()

    def test_with_a_number_that_is_not_the_codes_fail(self):
        self.replace("docs/01-second.md", "1 file<!--", "2 files<!--")
        self.assert_fails("01-second.md:7", "the text says 2", '"int one = 1"')

    def test_with_a_number_from_a_line_that_is_gone_fail(self):
        self.replace("docs/01-second.md", "int one = 1 -->", "int one = 7 -->")
        self.assert_fails('kernel/main.cpp does not contain "int one = 7"')

    def test_that_give_a_file_that_the_post_lacks_fail(self):
        self.replace("docs/01-second.md", "`tests/`", "`texts/`")
        self.assert_fails("there is no texts/ that could be given")

    def test_that_reach_out_of_the_folder_fail(self):
        self.replace("docs/01-second.md", "`kernel/two.cpp`** (new", "`../two.cpp`** (new")
        self.assert_fails("../two.cpp lies outside the folder")


class Steps(SeriesTest):
    def test_that_do_not_build_as_they_say_fail(self):
        self.replace("docs/01-second.md", "int two = 3;\n```", "int broken = 3;\n```")
        self.assert_fails("01-second.md:20", "make: *** [Makefile:2: all] Error 1")

    def test_that_do_not_build_where_a_reader_types_fail(self):
        self.replace("docs/01-second.md", "int two = 3;\n```", "int broken = 3;\n```")
        self.replace("docs/01-second.md", "$ make run\n  link\n", "$ make run\n⌨ a\n  link\n")
        self.assert_fails("01-second.md:20", "make: *** [Makefile:2: all] Error 1")

    def test_that_fail_to_build_as_they_say_pass(self):
        self.replace("docs/01-second.md", "10 minutes · boots", "10 minutes · fails to build")
        self.replace("docs/01-second.md", "int two = 3;\n```", "int broken = 3;\n```")
        self.replace("docs/01-second.md", "-int two = 3;", "-int broken = 3;")
        self.replace("docs/01-second.md", "$ make run\n  link\n…\nint two = …;",
            "$ make run\nmake: *** … Error 1")  # fmt: skip
        self.assert_follows()

    def test_that_build_though_they_say_they_do_not_fail(self):
        self.replace("docs/01-second.md", "1 minute · compiles", "1 minute · fails to build")
        self.assert_fails("01-second.md:29", "the step fails to build, it says")

    def test_that_print_something_else_fail_and_show_it(self):
        self.replace("docs/01-second.md", "int two = …;", "int three = …;")
        self.assert_fails("01-second.md:20", '"int three = …;"', "int two = 3;")

    def test_that_boot_without_showing_it_fail(self):
        self.replace("docs/01-second.md", "1 minute · compiles", "1 minute · boots")
        self.assert_fails("no console block shows it")

    def test_of_too_many_lines_fail(self):
        lines = "".join(f"int x{number};\n" for number in range(151))
        self.replace("docs/01-second.md", "int two = 3;\n```", f"int two = 3;\n{lines}```")
        self.assert_fails("152 code lines are written since the last run, more than 150")

    def test_that_give_too_much_fail(self):
        self.replace("docs/01-second.md", "(new, for now)\n```cpp\nint two = 3;\n```\n", "(new, for now)\n```cpp\nint x;\n```\n")
        self.replace("docs/01-second.md", "int two = …;", "int x;")
        start = self.project / "docs/01-second.md"
        text = start.read_text()
        place = text.index("**`kernel/two.cpp`** (change)")
        self.write("docs/01-second.md", text[:place] + "- **`kernel/`** (given): all.\n" + text[text.index("- **`tests/`**"):])  # fmt: skip
        self.assert_fails("code lines are given, more than a third")


class ArticlesThatCannotBeRead(SeriesTest):
    def test_name_the_line(self):
        for old, new, line, message in (
            ("· 10 minutes · boots", "· 10 minutes · flies", 5, "flies"),
            ("· 10 minutes · boots", "10 minutes", 5, "a step reads"),
            ("Step `mend`", "Step `two`", 29, "there are two steps `two`"),
            ("(new, for now)", "(newer)", 15, 'nothing can be done with a file that is "newer"'),
            ("**`kernel/two.cpp`** (new, for now)\n", "", 15, "does not say which file"),
            ("(new, for now)\n", "(new, for now)\n\n", 15, "no code block begins"),
            ("+int deux = 2;\n```", "+int deux = 2;\n", 32, "this code block does not end"),
            ("(given): a file of the post.", "(given)", 38, "a sentence"),
            ("$ make run", "make run", 20, 'begins with "$ "'),
        ):
            with self.subTest(new):
                self.write("docs/01-second.md", SECOND)
                self.replace("docs/01-second.md", old, new)
                self.assert_fails(f"01-second.md:{line}: ", message)


class Requests(SeriesTest):
    def test_for_a_step_leave_its_tree(self):
        folder = self.project / "my kernel"
        code, output = self.follow("01", "--step", "two", "--folder", str(folder))
        self.assertEqual(code, 0, output)
        self.assertEqual((folder / "kernel/two.cpp").read_text(), "int two = 3;\n")

    def test_for_a_post_leave_its_end(self):
        folder = self.project / "mine"
        code, output = self.follow("01", "--folder", str(folder))
        self.assertEqual(code, 0, output)
        self.assertTrue((folder / "tests/test.txt").exists())

    def test_for_a_folder_that_exists_change_nothing(self):
        folder = self.project / "mine"
        folder.mkdir()
        code, output = self.follow("01", "--folder", str(folder))
        self.assertEqual(code, 1)
        self.assertIn("exists", output)
        self.assertEqual(list(folder.iterdir()), [])

    def test_for_a_post_or_step_that_is_not_there_say_so(self):
        for arguments, message in (
            (["07"], "there is no article for post 07. There are: 00 01"),
            (["01", "--step", "three", "--folder", "x"], "post 01 has no step three. Its steps: two mend"),
            (["01", "--step", "two"], "into which folder"),
            (["--folder", "x"], "say which post"),
        ):
            with self.subTest(arguments):
                code, output = self.follow(*arguments)
                self.assertEqual(code, 1)
                self.assertIn(message, output)

    def test_for_a_list_show_minutes_and_lines(self):
        code, output = self.follow("--list")
        self.assertEqual(code, 0)
        self.assertRegex(output, r"01-second.md +\d+ min +\d+ lines  The second\n  two +10 min +1 lines  Two")
        self.assertRegex(output, r"all +16 min +4 lines")


if __name__ == "__main__":
    unittest.main()
