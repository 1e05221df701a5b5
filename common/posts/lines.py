#!/usr/bin/env python3
"""The code lines of each post's kernel, part by part, beside their targets.

usage: lines.py [POST]      with a post: file by file

A code line is a line of kernel/ or boot/ that holds something other than a comment. The lines that
a post adds and deletes are those of a diff between its code lines and those of the post before,
file by file. A line that moves to another file counts twice, as deleted and as added; a changed
comment does not count.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from posts import all_posts, named, tree

SMALL = 11  # a file of so many code lines is hardly worth a reader's step to it
TARGET_TOTAL = {"06": 4700}
TARGET_ADDED = {"02": 230, "03": 780, "04": 600, "05": 1050, "06": 1400}
TARGET_SMALL = 5

# What comments look like. A quote begins a string, in which nothing is a comment; between the
# digits of a number it begins nothing.
STRING = r'(R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])*\')'
C = re.compile(STRING + r"|//.*|/\*(?:.|\n)*?\*/")
COMMENT = {
    ".cpp": C,
    ".hpp": C,
    ".ld": C,
    ".asm": re.compile(STRING + "|;.*"),
    ".cfg": re.compile(STRING + "|#.*"),
}


def code_of(text, suffix):
    """The lines of a text that are left without comments, each without the spaces at its end."""
    stripped = COMMENT[suffix].sub(lambda match: match[1] or "", text)
    return [line.rstrip() for line in stripped.splitlines() if line.strip()]


def code_in(post, *folders):
    """The code lines of a post's files in some of its folders: path in the post → lines."""
    return {
        path.relative_to(post).as_posix(): code_of(path.read_text(), path.suffix)
        for folder in folders
        for path in sorted((post / folder).rglob("*"))
        if path.suffix in COMMENT
    }


def kernel_of(post):
    return code_in(post, "boot", "kernel")


def total(code):
    return sum(map(len, code.values()))


def changes(before, after):
    """What a kernel adds to another and deletes from it: path → (added, deleted)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, kernel in (("before", before), ("after", after)):
            (Path(folder) / name).mkdir()
            for path, lines in kernel.items():
                file = Path(folder, name, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("".join(line + "\n" for line in lines))
        command = ["git", "diff", "--no-index", "--no-renames", "--minimal", "--numstat", "-z"]
        diff = subprocess.run(
            command + ["before", "after"], cwd=folder, stdout=subprocess.PIPE, text=True
        )
    found = {}
    for added, deleted, old, new in re.findall(r"(\d+)\t(\d+)\t\0(.*?)\0(.*?)\0", diff.stdout):
        path = (new if old == "/dev/null" else old).partition("/")[2]
        found[path] = int(added), int(deleted)
    return found


def part_of(path):
    """The folder of a kernel's file, of two levels at most."""
    return "/".join(path.split("/")[:-1][:2])


def rows(number, before, kernel):
    """Rows (name, lines, target or None) about the kernel of post NN and the one before it, which
    is None for the first post."""
    parts = Counter()
    for path, lines in kernel.items():
        parts[part_of(path)] += len(lines)
    for part, lines in sorted(parts.items()):
        yield part, lines, None
    yield "the whole kernel", total(kernel), TARGET_TOTAL.get(number)
    if before is not None:
        diff = changes(before, kernel).values()
        added = sum(added for added, _ in diff)
        yield "added to the post before", added, TARGET_ADDED.get(number)
        yield "deleted from the post before", sum(deleted for _, deleted in diff), None
    small = sum(len(lines) <= SMALL for lines in kernel.values())
    yield f"files of {SMALL} lines or fewer", small, TARGET_SMALL


def rows_by_post(posts):
    """The rows of each post, and one for its tests: "01" → rows."""
    found, before = {}, None
    for post in posts:
        kernel, tests = kernel_of(tree() / post), code_in(tree() / post, "tests")
        found[post[5:7]] = [*rows(post[5:7], before, kernel), ("all of tests/", total(tests), None)]
        before = kernel
    return found


def rows_of_post(post):
    """The same for one post, as rows (name, value, unit, target) of the bench."""
    posts = all_posts()
    posts = posts[: posts.index(post) + 1]
    for name, lines, target in rows_by_post(posts)[post[5:7]]:
        unit = "files" if name.startswith("files") else "lines"
        yield f"code lines: {name}", str(lines), unit, f"at most {target:,}" if target else ""


def summary(by_post):
    """Lines of a table with a column for each post, out of rows by post."""
    cells = {}  # (name, is it a target?) → post → lines
    for number, rows_of_one in reversed(by_post.items()):  # the newest post has the most rows
        for name, lines, target in rows_of_one:
            cells.setdefault((name, False), {})[number] = lines
            if target:
                cells.setdefault((name, True), {})[number] = target
    table = [f"{'code lines':32}" + "".join(f"{number:>8}" for number in by_post)]
    for (name, is_target), row in cells.items():
        texts = (f"{row[number]:,}" if number in row else "" for number in by_post)
        title = "  at most" if is_target else name
        table.append(f"{title:32}" + "".join(f"{text:>8}" for text in texts))
    return table


def file_by_file(before, kernel):
    """Lines of a table with a row for each file of a kernel or of the one before it."""
    diff = changes(before, kernel)
    rows = [
        (path, len(kernel.get(path, [])), *diff.get(path, (0, 0)))
        for path in sorted(before.keys() | kernel.keys())
    ]
    rows.append(("all files", *(sum(row[column] for row in rows) for column in (1, 2, 3))))
    return [f"{'file':50}{'lines':>8}{'added':>8}{'deleted':>8}"] + [
        f"{path:50}{lines:8,}{added:8,}{deleted:8,}" for path, lines, added, deleted in rows
    ]


def main(arguments):
    posts = all_posts()
    if any(arguments):
        place = posts.index(named(arguments[0])[0])
        before = kernel_of(tree() / posts[place - 1]) if place > 0 else {}
        table = file_by_file(before, kernel_of(tree() / posts[place]))
    else:
        table = summary(rows_by_post(posts))
    print("\n".join(table))


if __name__ == "__main__":
    main(sys.argv[1:])
