#!/usr/bin/env python3
"""Tests that a link, a term or a command which does not hold is found."""

import unittest

from scratch_series import SeriesTest


class References(SeriesTest):
    def setUp(self):
        super().setUp()
        self.write("docs/glossary.md", "# Glossary\n\n### page table (PT)\n\n### GDT\n")

    def say(self, text):
        self.replace("docs/01-second.md", "There is", text + " There is")

    def test_to_what_is_there_pass(self):
        self.say("See [the first](00-first.md#begin), [a site](https://example.org/x) and `make run`.")
        self.assert_follows()

    def test_to_a_file_that_is_not_there_fail(self):
        self.say("See [it](02-third.md).")
        self.assert_fails("01-second.md:7: the link to 02-third.md leads nowhere")

    def test_to_a_heading_that_is_not_there_fail(self):
        self.say("See [it](00-first.md#end).")
        self.assert_fails("01-second.md:7: there is no heading #end in 00-first.md")

    def test_to_a_figure_that_is_not_there_fail(self):
        self.say("![a gate](figures/gate.svg)")
        self.assert_fails("the link to figures/gate.svg leads nowhere")

    def test_to_a_command_that_make_does_not_know_fail(self):
        self.say("Type `make coffee POST=01`.")
        self.assert_fails("01-second.md:7: make knows no target coffee")

    def test_in_code_blocks_do_not_count(self):
        self.say("\n\n```text\n[it](nowhere.md) page table\n```\n\n")
        self.assert_follows()

    def test_to_terms_must_stand_at_their_first_use(self):
        self.say("All [page tables](glossary.md#page-table-pt) and page tables.")
        self.assert_follows()

    def test_to_terms_that_are_missing_fail(self):
        self.say("All page tables and [page tables](glossary.md#page-table-pt).")
        self.assert_fails('the first "page tables" does not link to glossary.md#page-table-pt')

    def test_to_terms_in_code_and_headings_are_not_needed(self):
        self.say("The file `page table` is\n\n### the page table\n\nwith UGDT.")
        self.assert_follows()

    def test_to_terms_in_the_title_of_a_source_are_not_needed(self):
        self.say('It faults [Intel SDM vol. 3A, "Page\nTables"; AMD APM, "GDT"].')
        self.assert_follows()


if __name__ == "__main__":
    unittest.main()
