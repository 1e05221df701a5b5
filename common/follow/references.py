"""Checks what a text refers to: links, glossary terms, commands of make."""

import re

LINK = re.compile(r"!?\[([^\]\n]*(?:\n[^\]\n]+)?)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *(`{3,})[^\n]*\n.*?^ *\1$", re.MULTILINE | re.DOTALL)
NOT_PROSE = (
    r"(?m)^(?:#|\*\*`|- \*\*`|> \*\*Step).*$",
    r"`[^`\n]+`",
    r"<[^>]*>",
    r"!\[[^\]]*\]",
    r'\[[^\]"]+, "[^\]]*\](?!\()',  # a source: [Intel SDM vol. 3A, "Segment Selectors"]
)
TERM = re.compile(r"^### (.+)$", re.MULTILINE)


def without(pattern, text):
    """The text with all that matches replaced by blanks, so that each line keeps its number."""
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def anchor_of(heading):
    """The anchor of a heading, as code hosts make it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower().strip()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors_in(text):
    return {anchor_of(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}


def broken_links(path, text):
    """(line, message) for each link of the file at `path` to a file or heading that is not there."""
    for match in LINK.finditer(without(FENCED, text)):
        target = match[2]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists():
            yield line_of(text, match.start()), f"the link to {target} leads nowhere"
        elif anchor and anchor not in anchors_in(file.read_text(encoding="utf-8")):
            yield line_of(text, match.start()), f"there is no heading #{anchor} in {file.name}"


def words_of(term):
    """The forms in which a term appears in a text: "page table (PT)" is also "page tables"."""
    name = re.sub(r" *\(.*\)", "", term)
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?:e?s)?(?![\w-])", re.IGNORECASE)


def terms_not_linked(text, glossary):
    """(line, message) for each term of the glossary whose first use in a text does not link to it."""
    prose = without(FENCED, text)
    for pattern in NOT_PROSE:
        prose = without(pattern, prose)
    links = [(match.span(1), match[2]) for match in LINK.finditer(prose)]
    targets = without(r"\]\([^)\s]+\)", prose)
    for heading in TERM.findall(glossary):
        found = words_of(heading).search(targets)
        if not found:
            continue
        wanted = "glossary.md#" + anchor_of(heading)
        if not any(
            start <= found.start() < end and target == wanted for (start, end), target in links
        ):
            yield line_of(text, found.start()), f'the first "{found[0]}" does not link to {wanted}'


def commands_of_make(text):
    """(line, words) for each command of make in a text's running words: `make run POST=03`."""
    for match in re.finditer(r"`make((?: [^`]+)?)`", without(FENCED, text)):
        yield line_of(text, match.start()), match[1].split()


def unknown_targets(text, makefiles):
    known = set(re.findall(r"^([\w-]+)(?:[ \w-]*):(?!=)", "\n".join(makefiles), re.MULTILINE))
    for line, words in commands_of_make(text):
        for word in words:
            if re.fullmatch(r"[a-z][\w-]*", word) and word not in known:
                yield line, f"make knows no target {word}"
