#!/usr/bin/env python3
"""Tests that misspelled and doubled words are found, and that code is not taken for text."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import spelling


class Spelling(unittest.TestCase):
    def mistakes(self, name, text, wrong=("teh", "wrod")):
        """What is found in a file, if these are the words that the dictionary does not know."""
        self.addCleanup(setattr, spelling, "misspelled", spelling.misspelled)
        spelling.misspelled = lambda words: words & set(wrong)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            return [each.removeprefix(f"{folder}/") for each in spelling.check([path])]

    def test_of_texts_is_checked(self):
        self.assertIn('a.md:2: "teh" is misspelled', self.mistakes("a.md", "One.\nSee teh.\n")[0])

    def test_of_comments_is_checked(self):
        self.assertIn('a.cpp:1: "teh"', self.mistakes("a.cpp", "int x; // teh\n")[0])
        self.assertIn('a.asm:1: "teh"', self.mistakes("a.asm", "nop ; teh\n")[0])
        self.assertIn('a.py:1: "teh"', self.mistakes("a.py", "# teh\n")[0])
        self.assertIn('Makefile:1: "teh"', self.mistakes("Makefile", "# teh\n")[0])

    def test_of_code_is_not_checked(self):
        self.assertEqual(self.mistakes("a.md", "`teh`\n\n```\nteh\n```\n[x](teh.md) teh.cpp\n"), [])
        self.assertEqual(self.mistakes("a.cpp", "int teh;\n"), [])

    def test_accepts_names_of_the_code(self):
        self.assertEqual(self.mistakes("a.cpp", "int teh; // teh is a number\n"), [])

    def test_finds_doubled_words(self):
        self.assertIn('a.md:1: "the the"', self.mistakes("a.md", "In the\nthe end\n")[0])
        self.assertIn('a.cpp:1: "the the"', self.mistakes("a.cpp", "// in the the end\n")[0])

    def test_accepts_words_that_may_be_doubled(self):
        self.assertEqual(self.mistakes("a.md", "All that that had had.\n"), [])

    def test_of_lines_one_below_the_other_is_not_doubled(self):
        self.assertEqual(self.mistakes("a.hpp", "int a; // bytes\nint b; // bytes\n"), [])


if __name__ == "__main__":
    unittest.main()
