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


def kernel_of(post):
    """The code lines of a post's kernel: path in the post → lines."""
    return {
        path.relative_to(post).as_posix(): code_of(path.read_text(), path.suffix)
        for folder in ("boot", "kernel")
        for path in sorted((post / folder).rglob("*"))
        if path.suffix in COMMENT
    }


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


def numbered(number):
    return "" if number is None else f"{number:,}"


def summary(kernels):
    """Lines of a table with a column for each post, out of {"01": its kernel, …}."""
    names = list(kernels)
    parts = sorted({part_of(path) for kernel in kernels.values() for path in kernel})
    lines_in = {name: {part: 0 for part in parts} for name in names}
    small = dict.fromkeys(names, 0)
    for name, kernel in kernels.items():
        for path, lines in kernel.items():
            lines_in[name][part_of(path)] += len(lines)
            small[name] += len(lines) <= SMALL
    diffs = {
        name: changes(kernels[before], kernels[name]).values()
        for before, name in zip(names, names[1:])
    }
    added = {name: sum(added for added, _ in diff) for name, diff in diffs.items()}
    deleted = {name: sum(deleted for _, deleted in diff) for name, diff in diffs.items()}
    rows = [(part, {name: lines_in[name][part] or None for name in names}) for part in parts]
    rows += [
        ("the whole kernel", {name: sum(lines_in[name].values()) for name in names}),
        ("  at most", TARGET_TOTAL),
        ("added to the post before", added),
        ("  at most", TARGET_ADDED),
        ("deleted from the post before", deleted),
        (f"files of {SMALL} lines or fewer", small),
        ("  at most", dict.fromkeys(names, TARGET_SMALL)),
    ]
    head = f"{'code lines of the kernel in post':34}" + "".join(f"{name:>8}" for name in names)
    return [head] + [
        f"{title:34}" + "".join(f"{numbered(row.get(name)):>8}" for name in names)
        for title, row in rows
    ]


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
    kernels = {post[5:7]: kernel_of(tree() / post) for post in all_posts()}
    if arguments:
        [post] = named(arguments[0])
        before = [kernel for number, kernel in kernels.items() if number < post[5:7]]
        table = file_by_file(before[-1] if before else {}, kernels[post[5:7]])
    else:
        table = summary(kernels)
    print("\n".join(table))


if __name__ == "__main__":
    main(sys.argv[1:])
