#!/usr/bin/env python3
"""Finds misspelled and doubled words in texts and comments.

usage: spelling.py FILE...      *.md as texts, other files for their comments

A word is right if hunspell's British dictionary knows it, if it is in words.txt beside this file, or
if it is a name in the code of one of the files.
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMENTS = {
    **dict.fromkeys((".cpp", ".hpp", ".ld"), re.compile(r"//(.*)|/\*(.*?)\*/")),
    ".asm": re.compile(r";(.*)"),
    **dict.fromkeys((".py", ".sh", ".mk", ".yml", ""), re.compile(r"(?:^|\s)#(?!!)(.*)")),
}
WORD = re.compile(r"(?<![\w/.:<-])[A-Za-z]+(?:['’][a-z]+)?(?![\w/<-]|\.[a-z]|::|\()")
DOUBLED = {".md": re.compile(r"\b([a-z]{2,})[ \n]\1\b")}
DOUBLED_IN_COMMENT = re.compile(r"\b([a-z]{2,}) \1\b")  # side by side in one line
RIGHT_DOUBLED = {"that", "had"}
# What is in a text but is not text: code, links' targets, names between angle brackets.
NOT_TEXT = re.compile(r"`[^`\n]+`|\]\([^)]*\)|<[^>\n]*>|https?://\S+|\[[A-Z][^\]]*\bvol\..*?\]")
FENCE = re.compile(r"^ *(`{3,})(?!`).*?^ *\1 *$", re.MULTILINE | re.DOTALL)


def blank(match):
    """As many lines as before, and nothing in them that touches the words around."""
    return "\n" * match[0].count("\n") or " . "


def text_of(path, content):
    """The text in a file, line by line, and the rest of it, the code."""
    if path.suffix == ".md":
        code = "\n".join(match[0] for match in FENCE.finditer(content))
        return NOT_TEXT.sub(blank, FENCE.sub(blank, content)), code
    comment = COMMENTS[path.suffix if path.suffix in COMMENTS else ""]
    lines, code = [], []
    for line in content.splitlines():
        found = comment.search(line)
        code.append(line[: found.start()] if found else line)
        lines.append(next((group for group in found.groups() if group), "") if found else "")
    return NOT_TEXT.sub(blank, "\n".join(lines)), "\n".join(code)


def misspelled(words):
    """Those of the words that neither hunspell nor words.txt knows."""
    known = {line.strip() for line in (HERE / "words.txt").read_text().splitlines()}
    found = subprocess.run(
        ["hunspell", "-l", "-d", "en_GB", "-i", "UTF-8"],
        input="\n".join(sorted(words - known)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return set(found.stdout.split())


def check(paths):
    """Yields "file:line: message" for each mistake."""
    texts, names = {}, set()
    for path in paths:
        texts[path], code = text_of(path, path.read_text(encoding="utf-8"))
        names |= set(re.findall(r"[A-Za-z]+", code))
    words = {word.replace("’", "'") for text in texts.values() for word in WORD.findall(text)}
    plain = {word for word in words if not re.search(r"[a-z][A-Z]|^[A-Z]{2,}", word)}
    wrong = misspelled(plain - names)
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            for word in WORD.findall(line):
                if word.replace("’", "'") in wrong:
                    yield f'{path}:{number}: "{word}" is misspelled, or missing in {HERE.name}/words.txt'
        for match in DOUBLED.get(path.suffix, DOUBLED_IN_COMMENT).finditer(text):
            if match[1] not in RIGHT_DOUBLED:
                line = text.count("\n", 0, match.start()) + 1
                yield f'{path}:{line}: "{match[1]} {match[1]}": is one too many?'


def main(names):
    mistakes = list(check([Path(name) for name in names]))
    print("\n".join(mistakes), end="\n" if mistakes else "")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
