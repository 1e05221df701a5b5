"""The visual language of all figures: one font, one stroke, four colours, and what must not happen.

The font is monospaced, so the width of every text is known here, whatever font the reader has: each
character is 0.602 of the font's size wide, and no wider in any font of the list below. So a text
that is cut off, or lies on another one or on a line, is found when the figure is drawn.
"""

from html import escape

WIDTH = 360     # of every figure. At this width it is also legible on a telephone
SHOWN = 1.4     # how much larger it is shown where there is room: text is 17 pixels high then
MARGIN = 4
FONT, SMALL = 12, 10
LINE = 16       # from one line of text to the next
PADDING = 2.5     # at least, between a text and a line beside it
ARROW = 7       # the length of an arrow's head

# What the colours mean, in all figures: fill and stroke, on light and on dark paper. Whatever is
# none of the four, such as a device, is not filled.
COLORS = {
    "memory": (("#dbe9fb", "#2563a8"), ("#16324f", "#6da8ea")),
    "tables": (("#fdecc8", "#9a6206"), ("#453310", "#e0aa45")),
    "code": (("#dcf2dc", "#2c7431"), ("#17381b", "#6fc274")),
    "cpu": (("#f7dfee", "#a02f76"), ("#451a38", "#e68cc8")),
    "none": (("none", "#1b1f24"), ("none", "#e6e9ed")),
}
INK = ("#1b1f24", "#e6e9ed")


class Mistake(Exception):
    """A figure that cannot be drawn."""


def width_of(text, size=FONT):
    return len(text) * size * 0.602


def style(paper):
    ink = INK[paper]
    rules = [f"text{{fill:{ink}}}", f".line{{stroke:{ink}}}", f".head{{fill:{ink}}}"]
    for name, papers in COLORS.items():
        fill, stroke = papers[paper]
        rules.append(f".{name}{{fill:{fill};stroke:{stroke}}}")
    return "".join(rules)


def number(value):
    return f"{value:.1f}".removesuffix(".0")


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class Canvas:
    def __init__(self, title, alt):
        self.title, self.alt = title, alt
        self.drawn = []
        self.texts = []     # (left, top, right, bottom, text)
        self.lines = []     # (left, top, right, bottom)
        self.lifelines = [] # vertical lines that leave out what they meet: (x, top, bottom)
        self.covered = []   # parts of those lines: (x, top, bottom)
        self.bottom = 0

    def text(self, x, y, text, anchor="start", small=False):
        """Writes a line of text. `y` is its middle; `anchor` says which end of it `x` is."""
        size = SMALL if small else FONT
        width = width_of(text, size)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        self.texts.append((left, y - size / 2 + 1, left + width, y + size / 2 - 1, text))
        self.drawn.append(
            f'<text x="{number(x)}" y="{number(y + size * 0.35)}"'
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + (' class="small"' if small else "") + f">{escape(text, quote=False)}</text>")
        self.reach(y + size / 2)

    def lines_of_text(self, x, y, lines, anchor="middle", small=False):
        """Writes several lines around the middle `y`."""
        for index, line in enumerate(lines):
            self.text(x, y + (index - (len(lines) - 1) / 2) * LINE, line, anchor, small)

    def box(self, x, y, width, height, color):
        if color not in COLORS:
            raise Mistake(f'there is no color "{color}", only ' + ", ".join(COLORS))
        self.drawn.append(f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
                          f' height="{number(height)}" class="{color}"/>')
        self.lines += [(x, y, x + width, y), (x, y + height, x + width, y + height),
                       (x, y, x, y + height), (x + width, y, x + width, y + height)]
        self.reach(y + height)

    def line(self, points, arrow=False, dashed=False):
        path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.drawn.append(f'<path d="{path}" class="line{" dashed" if dashed else ""}"'
                          + (' marker-end="url(#head)"' if arrow else "") + "/>")
        for (x1, y1), (x2, y2) in zip(points, points[1:]):
            self.lines.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        self.reach(max(y for _, y in points))

    def lifeline(self, x, top, bottom):
        self.lifelines.append((x, top, bottom))

    def reach(self, y):
        self.bottom = max(self.bottom, y)

    def faults(self):
        """Texts that are clipped or cross something, a line about each."""
        for left, top, right, bottom, text in self.texts:
            if left < 1 or right > WIDTH - 1 or top < 0:
                yield f'"{text}" does not fit on the figure'
        for index, text in enumerate(self.texts):
            for other in self.texts[index + 1:]:
                if overlap(text, other):
                    yield f'"{text[4]}" lies on "{other[4]}"'
            padded = (text[0] - PADDING, text[1], text[2] + PADDING, text[3])
            if any(overlap(padded, line) for line in self.lines):
                yield f'"{text[4]}" lies on a line'

    def draw_lifelines(self):
        for x, top, bottom in self.lifelines:
            hidden = [(text[1] - 2, text[3] + 2) for text in self.texts
                      if text[0] - 2 < x < text[2] + 2]
            hidden += [cover[1:] for cover in self.covered if cover[0] == x]
            hidden = sorted(part for part in hidden if part[0] < bottom)
            for start, end in [*hidden, (bottom, bottom)]:
                if start > top:
                    yield (f'<path d="M{number(x)} {number(top)}V{number(start)}"'
                           ' class="line dashed"/>')
                top = max(top, end)

    def svg(self, source):
        height = round(self.bottom + MARGIN)
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{round(WIDTH * SHOWN)}" height="{round(height * SHOWN)}" role="img"'
            ' xml:space="preserve" aria-labelledby="title desc">',
            f"<!-- Drawn from {source} by make figures. -->",
            f'<title id="title">{escape(self.title, quote=False)}</title>',
            f'<desc id="desc">{escape(self.alt, quote=False)}</desc>',
            "<style>",
            f"text{{font:{FONT}px ui-monospace,'DejaVu Sans Mono',Menlo,'Liberation Mono',Consolas,"
            f"monospace;white-space:pre}}.small{{font-size:{SMALL}px}}",
            "rect,.line{stroke-width:1.25}.line{fill:none}.dashed{stroke-dasharray:3 3}",
            style(0),
            f"@media screen and (prefers-color-scheme:dark){{{style(1)}}}",
            "</style>",
            f'<defs><marker id="head" viewBox="0 0 {ARROW} {ARROW}" refX="{ARROW}"'
            f' refY="{ARROW / 2}" markerWidth="{ARROW}" markerHeight="{ARROW}" orient="auto"'
            f' markerUnits="userSpaceOnUse"><path d="M0 0.5L{ARROW} {ARROW / 2}L0'
            f' {ARROW - 0.5}z" class="head"/></marker></defs>',
            *self.draw_lifelines(), *self.drawn, "</svg>", ""])
