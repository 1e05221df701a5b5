"""Tests of how code lines are counted."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lines  # noqa: E402


class CodeOf(unittest.TestCase):
    def test_cpp_has_neither_comments_nor_blank_lines(self):
        text = "// about\n\nint a; // why\n/* and\nmore */\nint b;  \n  \n  return /* it */ 2;\n"
        self.assertEqual(lines.code_of(text, ".cpp"), ["int a;", "int b;", "  return  2;"])

    def test_a_string_hides_no_comment(self):
        for code in ('print("http://x");', "c = '\"';", 'R"(a // b)";', r'"\"//";', "1'000;"):
            self.assertEqual(lines.code_of(f"{code} // it's said", ".hpp"), [code])

    def test_other_languages_have_their_own_comments(self):
        self.assertEqual(lines.code_of("mov al, ';' ; it's\n; no\n", ".asm"), ["mov al, ';'"])
        self.assertEqual(lines.code_of("# no\nset timeout=0 # s\n", ".cfg"), ["set timeout=0"])
        self.assertEqual(lines.code_of("a = b; /* no */\n/* no\n no */\n", ".ld"), ["a = b;"])


class Changes(unittest.TestCase):
    def test_are_counted_file_by_file(self):
        before = {"same.cpp": ["a"], "kernel/b c.cpp": ["1", "2", "3"], "boot/old.asm": ["o"]}
        after = {"same.cpp": ["a"], "kernel/b c.cpp": ["1", "3", "4", "5"], "new.hpp": ["o"]}
        self.assertEqual(
            lines.changes(before, after),
            {"kernel/b c.cpp": (2, 1), "boot/old.asm": (0, 1), "new.hpp": (1, 0)},
        )

    def test_are_none_between_the_same(self):
        self.assertEqual(lines.changes({"a.cpp": ["a"]}, {"a.cpp": ["a"]}), {})


class Kernel(unittest.TestCase):
    def test_is_what_lies_in_kernel_and_boot(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in ("boot/a.asm", "kernel/cpu/b.hpp", "kernel/b~", "tests/c.cpp", "run.sh"):
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("code\n")
            kernel = {"boot/a.asm": ["code"], "kernel/cpu/b.hpp": ["code"]}
            self.assertEqual(kernel, lines.kernel_of(Path(folder)))


class Tables(unittest.TestCase):
    FIRST = {"boot/a.asm": ["1"], "kernel/cpu/b.hpp": ["2"] * 12}
    SECOND = {"boot/a.asm": ["9"], "kernel/cpu/b.hpp": ["2"] * 13, "kernel/heap/c.hpp": ["3"] * 11}

    def test_have_a_column_for_each_post(self):
        by_post = {
            "01": lines.rows("01", None, self.FIRST),
            "02": lines.rows("02", self.FIRST, self.SECOND),
        }
        self.assertEqual(
            lines.summary(by_post),
            [
                "code lines                            01      02",
                "boot                                   1       1",
                "kernel/cpu                            12      13",
                "kernel/heap                                   11",
                "the whole kernel                      13      25",
                "added to the post before                      13",
                "  at most                                    230",
                "deleted from the post before                   1",
                "files of 11 lines or fewer             1       2",
                "  at most                              5       5",
            ],
        )

    def test_have_a_row_for_each_file(self):
        table = [line.split() for line in lines.file_by_file(self.FIRST, self.SECOND)]
        self.assertIn(["boot/a.asm", "1", "1", "1"], table)
        self.assertIn(["kernel/heap/c.hpp", "11", "11", "0"], table)
        self.assertEqual(table[-1], ["all", "files", "25", "13", "1"])


if __name__ == "__main__":
    unittest.main()
