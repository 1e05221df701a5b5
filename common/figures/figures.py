#!/usr/bin/env python3
"""Draws the figures of the articles.

usage: figures.py             draws docs/figures/NAME.svg from each docs/figures/NAME.fig
       figures.py --check     says which drawing is not its source's, and which alt text in docs/
                              is not its figure's; fails if there is one

A source is a few lines: its title, its alt text, its kind, and the statements of that kind, which
kinds.py describes.

    title: One byte
    alt: A byte has eight bits, 7 to 0.
    kind: bits

    row 7-0
    field 7-0 memory | a byte

The alt text carries what the figure shows, for those who do not see it. It has no character that
means something in Markdown, such as a bracket.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from canvas import Canvas, Mistake  # noqa: E402
from kinds import KINDS  # noqa: E402

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEADER = ("title", "alt", "kind")
IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^ *(`{3,})[^\n]*\n.*?^ *\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


class Statement:
    def __init__(self, line):
        words, *self.texts = [part.strip() for part in re.split(r"\s*\|\s?", line)]
        self.word, *self.rest = words.split()

    def __getitem__(self, index):
        if index >= len(self.rest):
            raise Mistake(f'"{self.word}" needs more words')
        return self.rest[index]

    def words(self, count):
        if len(self.rest) != count:
            raise Mistake(f'"{self.word}" has {len(self.rest)} words behind it instead of {count}')
        return self.rest

    def text(self, index=0):
        return self.texts[index] if index < len(self.texts) else ""

    def unknown(self):
        return Mistake(f'"{self.word}" is no statement of this kind')


class Source:
    """The contents of a .fig file: a header, and the statements to go through, once or more often.
    Raises Mistake, with the file and the line."""

    def __init__(self, path):
        self.path = path
        self.header, self.statements = {}, []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            key, colon, value = line.partition(": ")
            if not self.statements and colon and key in HEADER:
                self.header[key] = value.strip()
            else:
                self.statements.append(Statement(line))
                self.statements[-1].line = number
        for key in HEADER:
            if not self.header.get(key):
                raise Mistake(f'{path}:1: there is no "{key}: …"')
        if re.search(r"[\[\]`*<>\\]", self.header["alt"]):
            raise Mistake(f"{path}:1: the alt text has a character that Markdown would take away")
        if self.header["kind"] not in KINDS:
            raise Mistake(f'{path}:1: there is no kind "{self.header["kind"]}", only '
                          + ", ".join(KINDS))

    def __iter__(self):
        for statement in self.statements:
            self.at = statement.line
            yield statement

    def svg(self):
        canvas = Canvas(self.header["title"], self.header["alt"])
        self.at = 1
        try:
            KINDS[self.header["kind"]](canvas, self)
        except Mistake as mistake:
            raise Mistake(f"{self.path}:{self.at}: {mistake}") from mistake
        except (LookupError, ValueError) as error:
            raise Mistake(f"{self.path}:{self.at}: cannot read this statement ({error})") from error
        faults = list(canvas.faults())
        if faults:
            raise Mistake("\n".join(f"{self.path}: {fault}" for fault in faults))
        return canvas.svg(self.path.name)


def sources(folder):
    return sorted(folder.glob("*.fig"))


def draw(folder):
    for path in sources(folder):
        path.with_suffix(".svg").write_text(Source(path).svg(), encoding="utf-8")


def stale(folder):
    """A line for each drawing that is not what its source gives."""
    for path in sources(folder):
        drawing = path.with_suffix(".svg")
        try:
            expected = Source(path).svg()
        except Mistake as mistake:
            yield str(mistake)
            continue
        if not drawing.exists() or drawing.read_text(encoding="utf-8") != expected:
            yield f"{drawing}: is not what {path.name} gives: run make figures"
    for drawing in sorted(folder.glob("*.svg")):
        if not drawing.with_suffix(".fig").exists():
            yield f"{drawing}: has no source {drawing.stem}.fig"


def images(page):
    """Each image of a Markdown page that is a file: its line, its alt text on one line, its file."""
    text = page.read_text(encoding="utf-8")
    text = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    for image in IMAGE.finditer(text):
        if "://" in image[2]:
            continue
        line = text.count("\n", 0, image.start()) + 1
        yield line, " ".join(image[1].split()), page.parent / image[2]


def quotes(alt, screen):
    """Whether the alt text, up to its first colon a description, quotes a screen's text. An "…" in
    it may stand for any text, even for one that the screen's text leaves open."""
    _, colon, quoted = alt.partition(": ")
    parts = ["".join(part.split()) for part in quoted.split("…")]
    return bool(colon) and re.fullmatch(".*".join(map(re.escape, parts)), "".join(screen.split()))


def wrong_alt_texts(pages):
    """A line for each alt text that does not say what its figure shows."""
    for page in pages:
        for line, alt, file in images(page):
            if file.suffix == ".svg" and file.with_suffix(".fig").exists():
                expected = Source(file.with_suffix(".fig")).header["alt"]
                if alt != expected:
                    yield (f"{page}:{line}: the alt text of {file.name} is not the figure's. "
                           f"It should be:\n{expected}\nand not:\n{alt}")
            elif file.suffix == ".png" and file.with_suffix(".txt").exists():
                if not quotes(alt, file.with_suffix(".txt").read_text(encoding="utf-8")):
                    yield (f"{page}:{line}: the alt text of {file.name} does not quote "
                           f"{file.stem}.txt: a few words, a colon, and then the screen's text, "
                           "with … for what is left out")
            else:
                yield f"{page}:{line}: there is no figure {file.name}, or it has no source"


def pages(root):
    return sorted([root / "README.md", *root.glob("docs/**/*.md"), *root.glob("post-*/README.md")])


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    try:
        if "--check" in sys.argv:
            faults = [*stale(DOCS / "figures"), *wrong_alt_texts(pages(DOCS.parent))]
            sys.exit("\n".join(faults) or 0)
        draw(DOCS / "figures")
    except Mistake as mistake:
        sys.exit(str(mistake))
