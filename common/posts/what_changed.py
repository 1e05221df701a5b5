"""The list under "## What changed" in a post's README.md.

    - `kernel/main.cpp`: why it changed
    - `kernel/interrupts/gdt.hpp` (new): why it is there
    - `kernel/heap/` (new): the same for a whole folder
    - `kernel/old.hpp` (removed): why it went
"""

import re
from dataclasses import dataclass

LINE = re.compile(r"^[-*] +`([^`]+)`(?: \((new|removed)\))?(?:: +(.*))?", re.MULTILINE)


@dataclass
class Listed:
    path: str
    state: str  # "changed", "new" or "removed"
    reason: str


def listed_in(readme):
    """The lines of the list in a README.md's text."""
    sections = re.split(r"^## ", readme, flags=re.MULTILINE)[1:]
    return [
        Listed(path, state or "changed", reason)
        for section in sections
        if section.partition("\n")[0].rstrip() == "What changed"
        for path, state, reason in LINE.findall(section)
    ]
