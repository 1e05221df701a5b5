"""Reads an article: its steps, and in each step what a reader does, in the order of the text.

A step begins, below its heading, with the line

    > **Step `eoi`** · 10 minutes · boots

Its last word is what `make` makes of the tree at the end of the step: it `compiles`, it `boots`,
which a console block then shows, or it `fails to build`. What a reader does is written like this:

    **`kernel/file.hpp`** (new)          the file's text, or its first part, in a code block
    **`kernel/file.hpp`** (next part)    more of it; one empty line lies between two parts
    **`kernel/file.hpp`** (change)       a diff: lines that stay begin with a blank, and lead to the
                                         one place that is meant; "…" lies between two places
    **`kernel/file.hpp`** (as it is)     a quotation; a line "…" stands for any lines between
    **`kernel/file.hpp`** (removed)
    **`example.cpp`** (aside)            compiles, but is not part of the kernel
    - **`kernel/file.hpp`** (given): one to three sentences

A word may follow in the brackets: "for now" declares a version that a later step replaces,
"executable" a program, and "does not compile" an aside that shows a mistake. A code block of the
language `console` holds commands, each after "$ ", and what they print; see transcript.py. A
number of the code has its place after it: 20 KiB<!-- boot/stacks.asm: kernel_stack_size equ 20 -->.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

STEP = re.compile(r"> \*\*Step `([a-z0-9-]+)`\*\* · (\d+) minutes? · (.+)")
FILE = re.compile(r"(- )?\*\*`([^`]+)`\*\* \(([a-z, ]+)\)(.*)")
FENCE = re.compile(r"(`{3,})(\w*)$")
NUMBER = re.compile(r"(\d[\w,.]*)(?:`|%| ?\w+)?<!-- ([\w./-]+): (.*?) -->")
PROMISES = ("compiles", "boots", "fails to build")
WITH_CODE = ("new", "next part", "change", "as it is", "aside")
WITHOUT_CODE = ("removed", "given")
MARKS = {"for now", "executable", "does not compile"}


class Mistake(Exception):
    """Something in an article does not hold. Says which article, which line, and what differs."""

    def __init__(self, article, line, message):
        super().__init__(f"{article}:{line}: {message}")


@dataclass(frozen=True)
class Action:
    """What a reader does with one file; or, by its kind, a "console" block or a "number"."""

    line: int
    kind: str
    path: str = ""
    text: str = ""
    marks: frozenset = frozenset()


@dataclass
class Step:
    name: str
    title: str
    line: int
    minutes: int
    promise: str
    actions: list = field(default_factory=list)


class Article:
    """The article in the file `path`. Raises Mistake if it cannot be read."""

    def __init__(self, path):
        self.path = Path(path)
        self.name = self.path.name
        self.title = ""
        self.steps = []
        self.prose = []  # (number, line) without the code blocks
        self.lines = self.path.read_text(encoding="utf-8").split("\n")
        self._heading = ""
        self._read()

    def mistake(self, line, message):
        return Mistake(self.name, line, message)

    def _read(self):
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if fence := FENCE.fullmatch(line.strip()):
                number = self._read_fence(number, fence[2])
            elif match := FILE.fullmatch(line):
                self.prose.append((number + 1, line))
                number = self._read_file(number, match)
            else:
                self.prose.append((number + 1, line))
                self._read_line(number + 1, line)
            number += 1

    def _read_line(self, number, line):
        if line.startswith("#"):
            self._heading = line.lstrip("# ")
            self.title = self.title or self._heading
        elif match := STEP.fullmatch(line):
            self._begin_step(number, *match.groups())
        elif line.startswith("> **Step"):
            raise self.mistake(number, "a step reads: > **Step `name`** · 10 minutes · boots")
        if line.count("<!-- ") != len(NUMBER.findall(line)):
            raise self.mistake(number, "a number with its place reads: 20 KiB<!-- file: text -->")
        for value, path, text in NUMBER.findall(line):
            self._add(Action(number, "number", path, f"{value}\0{text}"))

    def _begin_step(self, line, name, minutes, promise):
        if promise not in PROMISES:
            raise self.mistake(line, f'a step {", ".join(PROMISES)}, but this one "{promise}"')
        if any(step.name == name for step in self.steps):
            raise self.mistake(line, f"there are two steps `{name}`")
        self.steps.append(Step(name, self._heading, line, int(minutes), promise))

    def _add(self, action):
        if not self.steps:
            raise self.mistake(action.line, "this stands before the first step")
        self.steps[-1].actions.append(action)

    def _fenced(self, number):
        """The text of the code block that begins in this line, and the number of its last line."""
        first = self.lines[number]
        indent = len(first) - len(first.lstrip())
        fence = FENCE.fullmatch(first.strip())[1]
        for last in range(number + 1, len(self.lines)):
            if self.lines[last].strip() == fence:
                return "".join(
                    line[min(indent, len(line) - len(line.lstrip())) :] + "\n"
                    for line in self.lines[number + 1 : last]
                ), last
        raise self.mistake(number + 1, "this code block does not end")

    def _read_file(self, number, match):
        in_list, path, words, rest = match.groups()
        kind, *marks = words.split(", ")
        line = number + 1
        if kind not in WITH_CODE + WITHOUT_CODE or not MARKS.issuperset(marks):
            raise self.mistake(line, f'nothing can be done with a file that is "{words}"')
        if kind == "given" and not (in_list and re.match(": [^ ]", rest)):
            raise self.mistake(line, 'a given file is an item of a list, with ": " and a sentence')
        text, last = "", number
        if kind in WITH_CODE:
            if not FENCE.fullmatch("".join(self.lines[number + 1 : number + 2]).strip()):
                raise self.mistake(line, "no code block begins in the next line")
            text, last = self._fenced(number + 1)
        self._add(Action(line, kind, path, text, frozenset(marks)))
        return last

    def _read_fence(self, number, language):
        text, last = self._fenced(number)
        if language == "console":
            self._add(Action(number + 1, "console", text=text))
        elif language not in ("", "text"):
            raise self.mistake(number + 1, "this code block does not say which file it belongs to")
        return last
