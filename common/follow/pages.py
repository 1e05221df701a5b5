"""Reads a page beside the articles, such as debugging.md: its console blocks, and where they run.

A command with POST= runs in the project's folder. All others run in a fresh copy of a post's folder,
which a line of its own names:

    In a copy of `post-02-double-faults`:

The copy lasts until the next line of this kind, or the next heading. What a reader changes in it is
written as in an article: **`kernel/main.cpp`** (change), with a diff in the next line. Blocks in
other languages than `console` are only shown.
"""

import re

from article import Article, Step

COPY = re.compile(r"In a copy of `(post-\d\d-[\w-]+)`:")


class Page(Article):
    """The page in the file `path`. Its steps are the places where it runs something; the name of a
    step is the post's folder, or empty for the project's. Raises Mistake if it cannot be read."""

    def _read_line(self, number, line):
        if line.startswith("#"):
            self._begin("", number)
        elif match := COPY.fullmatch(line):
            self._begin(match[1], number)

    def _begin(self, folder, number):
        self.steps.append(Step(folder, "", number, 0, ""))

    def _add(self, action):
        if not (self.steps and self.steps[-1].name):
            commands = re.findall(r"^\$ .*", action.text, re.MULTILINE)
            if action.kind != "console" or not all("POST=" in command for command in commands):
                raise self.mistake(action.line, 'a line "In a copy of …" must name the folder')
            self.steps = self.steps or [Step("", "", action.line, 0, "")]
        super()._add(action)

    def _read_fence(self, number, language):
        return super()._read_fence(number, language if language == "console" else "text")
