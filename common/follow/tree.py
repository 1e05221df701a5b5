"""A folder in which a reader types, and what the typing does to its files."""

import shutil
from pathlib import Path


class CannotBeDone(Exception):
    """An action that does not suit the tree. Says what differs, without the place in the text."""


def nearest(lines, wanted):
    """Says where the longest beginning of `wanted` is found, and how it goes on there."""
    best, place = 0, 0
    for start in range(len(lines)):
        length = 0
        while lines[start + length : start + length + 1] == wanted[length : length + 1] != []:
            length += 1
        if length > best:
            best, place = length, start + length
    if not best:
        return f': there is no line "{wanted[0]}"'
    there = f'"{lines[place]}"' if place < len(lines) else "the end of the file"
    return f': after "{wanted[best - 1]}" comes {there}, not "{wanted[best]}"'


def find_once(lines, wanted, what):
    """Where the lines `wanted` begin within `lines`."""
    places = [
        start
        for start in range(len(lines) - len(wanted) + 1)
        if lines[start : start + len(wanted)] == wanted
    ]
    if len(places) != 1:
        raise CannotBeDone(
            f"{what} is found {len(places)} times"
            if places
            else f"{what} is not found{nearest(lines, wanted)}"
        )
    return places[0]


def hunks(text):
    """The places that a diff changes: lists of (sign, line)."""
    result = [[]]
    for line in text.splitlines():
        if line == "…":
            result.append([])
        elif line and line[0] not in " +-":
            raise CannotBeDone(f'a line of a diff begins with " ", "+" or "-", not like "{line}"')
        else:
            result[-1].append((line[:1] or " ", line[1:]))
    return [hunk for hunk in result if hunk]


class Tree:
    """`folder` is worked in. Given files come from the folder `given`."""

    def __init__(self, folder, given):
        self.folder, self.given = Path(folder), Path(given)

    def path(self, name):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise CannotBeDone(f"{name} lies outside the folder")
        return self.folder / name

    def read(self, name):
        if not self.path(name).is_file():
            raise CannotBeDone(f"there is no file {name}")
        return self.path(name).read_text(encoding="utf-8")

    def do(self, action):
        """Does what an action says to a file. Returns the lines that are written."""
        actions = {
            "new": self._new,
            "next part": self._next_part,
            "change": self._change,
            "as it is": self._as_it_is,
            "removed": self._removed,
            "given": self._given,
            "number": self._number,
        }
        return actions[action.kind](action) or []

    def _new(self, action):
        path = self.path(action.path)
        if path.exists():
            raise CannotBeDone(f"{action.path} exists already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(action.text, encoding="utf-8")
        path.chmod(0o755 if "executable" in action.marks else 0o644)
        return action.text.splitlines()

    def _next_part(self, action):
        text = self.read(action.path) + "\n" + action.text
        self.path(action.path).write_text(text, encoding="utf-8")
        return action.text.splitlines()

    def _change(self, action):
        lines = self.read(action.path).splitlines()
        written = []
        for hunk in hunks(action.text):
            old = [line for sign, line in hunk if sign != "+"]
            new = [line for sign, line in hunk if sign != "-"]
            if not old or old == new:
                raise CannotBeDone("a change needs a line that is there, and one that changes")
            start = find_once(lines, old, "the place of this change")
            lines[start : start + len(old)] = new
            written += [line for sign, line in hunk if sign == "+"]
        self.path(action.path).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return written

    def _as_it_is(self, action):
        lines = self.read(action.path).splitlines()
        for part in ("\n" + action.text).split("\n…\n"):
            wanted = part.strip("\n").splitlines()
            if wanted:
                lines = lines[find_once(lines, wanted, "this quotation") + len(wanted) :]

    def _removed(self, action):
        self.read(action.path)
        self.path(action.path).unlink()

    def _given(self, action):
        source, path = self.given / action.path, self.path(action.path)
        if source.is_dir():
            shutil.rmtree(path, ignore_errors=True)
            shutil.copytree(source, path, ignore=shutil.ignore_patterns("build", "__pycache__"))
        elif source.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, path)
        else:
            raise CannotBeDone(f"there is no {action.path} that could be given")

    def _number(self, action):
        value, _, text = action.text.partition("\0")
        if text not in self.read(action.path):
            raise CannotBeDone(f'{action.path} does not contain "{text}"')
        digits = value.replace(",", "").replace("'", "")
        if digits not in text.replace(",", "").replace("'", ""):
            raise CannotBeDone(f'the text says {value}, and {action.path} "{text}"')
