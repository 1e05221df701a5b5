"""Figures, and the tables that `make bench` makes of them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

TABLE_OF_PEERS = Path(__file__).with_name("peers")


@dataclass(frozen=True)
class Figure:
    post: str
    name: str
    value: str  # as it is printed
    unit: str
    peers: str = ""  # what others' code costs, or a target

    def __str__(self):
        return f"  {self.name:66} {self.value:>10} {self.unit:12}   {self.peers}".rstrip()


def peers_by_figure():
    """The table of peers: a figure's name → what is beside it."""
    rows = {}
    for line in TABLE_OF_PEERS.read_text().splitlines():
        name, bar, peers = line.partition("|")
        if bar and not line.startswith("#"):
            rows[name.strip()] = peers.strip()
    return rows


def rows_in(lines):
    """Rows (name, value, unit) in lines "NAME = VALUE UNIT"."""
    for line in lines.splitlines():
        name, _, figure = line.rpartition(" = ")
        yield name, *figure.split(" ", 1)


def as_markdown(circumstances, figures):
    """One table for each post, after a list of what the figures depend on."""
    lines = ["# Figures", ""] + [f"- {key}: {value}" for key, value in circumstances.items()]
    post = None
    for figure in figures:
        if figure.post != post:
            post = figure.post
            lines += ["", f"## {post}", "", "| figure | value | unit | others |"]
            lines.append("|---|---:|---|---|")
        cells = [figure.name, figure.value, figure.unit, figure.peers]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def as_json(circumstances, figures):
    """{"circumstances": {…}, "figures": [{"post": …, "name": …, "value": …, …}]}

    A value that is a number is written as one.
    """
    rows = [{**asdict(figure), "value": number_or_text(figure.value)} for figure in figures]
    return json.dumps({"circumstances": circumstances, "figures": rows}, indent=2) + "\n"


def number_or_text(text):
    try:
        return int(text) if text.isdecimal() else float(text)
    except ValueError:
        return text
