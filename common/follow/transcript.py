"""Compares the console blocks of an article with what the commands print.

A block holds commands, each after "$ ", and lines that they print. The lines must come one right
after the other, but may begin anywhere. A line "…" stands for any number of lines, and "…" within a
line for what changes from run to run: an address, a time. A command without lines must succeed.

What a reader types while a command runs is where it is typed: "(gdb) " and a command for gdb,
"(qemu) " and one for QEMU's monitor, or "⌨ " and keys for the kernel. Keys are characters,
⏎ ⇥ ⌫ ← → ↑ ↓, and names in angle brackets, as QEMU's monitor calls them: ⌨ ls<ctrl-alt-f>⏎
"""

import re
import subprocess
from dataclasses import dataclass, field

import guest


class Differs(Exception):
    """Says what was expected and what came instead."""


@dataclass
class Command:
    words: str
    lines: list = field(default_factory=list)  # as they appear below it

    def typed(self, prompt):
        return [line[len(prompt) :] for line in self.lines if line.startswith(prompt)]

    def printed(self):
        """The lines that it is said to print; what is typed between them counts as "…"."""
        return ["…" if re.match(r"\((gdb|qemu)\) |⌨ ", line) else line for line in self.lines]


def commands_in(text):
    result = []
    for line in text.splitlines():
        if line.startswith("$ "):
            result.append(Command(line[2:].split("   # ")[0].rstrip()))
        elif not result:
            raise Differs(f'a console block begins with "$ " and a command, not with "{line}"')
        elif result[-1].words.endswith("\\"):
            result[-1].words += "\n" + line
        else:
            result[-1].lines.append(line)
    return result


def matches(pattern, line):
    parts = [re.escape(part) for part in pattern.rstrip().split("…")]
    return re.fullmatch(".*".join(parts), line.rstrip()) is not None


def runs_of(expected):
    """The expected lines, cut where there is a line "…"."""
    result = [[]]
    for line in expected:
        if line == "…":
            result.append([])
        else:
            result[-1].append(line)
    return [run for run in result if run]


def length_of_match(run, printed, start):
    length = 0
    while length < len(run) and start + length < len(printed):
        if not matches(run[length], printed[start + length]):
            break
        length += 1
    return length


def difference(expected, printed):
    """What differs, in words; None if the printed lines are the expected ones."""
    position = 0
    for run in runs_of(expected):
        lengths = [
            (length_of_match(run, printed, start), -start)
            for start in range(position, len(printed) + 1)
        ]
        length, start = max(lengths)
        if length < len(run):
            place = length - start
            came = f'"{printed[place]}"' if length and place < len(printed) else "something else"
            return f'the article shows "{run[length]}", but the command printed {came}'
        position = length - start
    return None


def check(command, folder, environment):
    """Runs a command of an article. Raises Differs if it does not print what is shown there."""
    if command.typed("⌨ ") or command.typed("(qemu) "):
        try:
            guest.keys_of("".join(command.typed("⌨ ")))  # before anything is booted
        except guest.UnknownKey as character:
            raise Differs(f'no key gives the character "{character}"') from None
        printed = guest.run(command, folder, environment, difference)
    else:
        typed = "".join(line + "\n" for line in command.typed("(gdb) "))
        finished = subprocess.run(
            ["bash", "-c", command.words],
            cwd=folder,
            env=environment,
            input=typed.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        text = finished.stdout.decode("utf-8", "replace").replace("\r", "")
        if typed:
            text = re.sub(r"^(\(gdb\) )+", "", text, flags=re.MULTILINE)
        printed = text.splitlines()
        if finished.returncode != 0 and not command.lines:
            raise Differs(f"it ends with exit code {finished.returncode}:\n{text}")
    differs = difference(command.printed(), printed)
    if differs:
        raise Differs(f"{differs}. All of it:\n" + "\n".join(f"    {line}" for line in printed))
