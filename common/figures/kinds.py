"""The kinds of figures. Each function draws the statements of a source on a canvas.

A statement is a line: its words, then texts, each after a "|". " / " in a text starts a new line.
COLOR is memory, tables, code, cpu or none.

kind: bits       the bits of registers and entries, the high bit at the left
    row 63-48                   a row of the figure shows these bits
    field 47 COLOR | text       bits of that row; also 46-45
    head | text                 a line of text above the next row
    note | text                 an explanation below, broken into lines

kind: memory     what lies in memory, from high addresses, at the top, to low ones
    column | title              begins a column; one without a title needs no such line
    at | 0x100000               an address, or what points to it, at the border reached so far:
    to | RSP                    at the left; `to` with an arrow
    block COLOR LINES | text | note      `gap` in place of COLOR: it goes on; `skip`: nothing
    note | text

kind: boxes      boxes and tables with arrows between them. Positions and sizes are in characters
                 from the left, in lines from the top, as in 2.5
    box NAME COLOR X Y WIDTH HEIGHT | text
    cells NAME COLOR X Y WIDTH | text | text ...     a table: NAME.0 is its first cell
    text X Y | text             its left end; with `middle` or `small` after Y
    arrow FROM X,Y ... TO       FROM and TO are NAME.l, .r, .t or .b, the middle of a side, or
                                NAME.r+1, one line or character further on. Corners in between are
                                drawn by themselves where none is given. `line` has no head
    note | text

kind: sequence   who does what to whom, time going down
    lane NAME COLOR | text
    send FROM TO | text         an arrow from one lane to another
    do NAME COLOR | text        what a lane does; also FIRST-LAST, across several
    head | text                 a line of text, from the left
    note | text

kind: wave       signals, time going right
    track | name
    level 1 2.5 | text          a signal of 0 or 1 for 2.5 units of time
    value COLOR 2 | text        a value for 2 units of time
    note | text
"""

import re
import textwrap

from canvas import LINE, MARGIN, SMALL, WIDTH, Mistake, width_of

INNER = WIDTH - 2 * MARGIN
CHARACTER = width_of("x")
PER_LINE = int(INNER / CHARACTER)


def lines_of(text):
    return text.split(" / ") if text else []


def notes(canvas, statements):
    """Writes all notes below the figure."""
    y = canvas.bottom + LINE * 1.1
    for statement in statements:
        if statement.word == "note":
            for line in textwrap.wrap(statement.text(), PER_LINE, subsequent_indent="  "):
                canvas.text(MARGIN, y, line)
                y += LINE
            y += 4


# ---- bits ----------------------------------------------------------------------------------------

def range_of(word):
    high, _, low = word.partition("-")
    return int(high), int(low or high)


def bits(canvas, statements):
    box_height = 24
    y = MARGIN
    high, low = -1, 0   # no row yet: no bit is in it
    for statement in statements:
        if statement.word == "head":
            canvas.text(MARGIN, y + LINE / 2, statement.text())
            y += LINE + 2
        elif statement.word == "row":
            high, low = range_of(statement[0])
            y += SMALL + 4
            top = y
            y += box_height + 6
        elif statement.word == "field":
            first, last = range_of(statement[0])
            if not high >= first >= last >= low:
                raise Mistake(f"bits {statement[0]} are not in the row")
            bit = INNER / (high - low + 1)
            left, right = MARGIN + (high - first) * bit, MARGIN + (high - last + 1) * bit
            canvas.box(left, top, right - left, box_height, statement[1])
            text = statement.text()
            canvas.text((left + right) / 2, top + box_height / 2, text, "middle",
                        small=width_of(text) > right - left - 3)
            for number, x in {first: left + bit / 2, last: right - bit / 2}.items():
                if bit < width_of("00", SMALL):     # the numbers do not fit above their bits
                    x = left + width_of(str(first), SMALL) / 2 + 1 if number == first else \
                        right - width_of(str(last), SMALL) / 2 - 1
                canvas.text(x, top - SMALL / 2 - 1, str(number), "middle", small=True)
        elif statement.word != "note":
            raise statement.unknown()
    notes(canvas, statements)


# ---- memory --------------------------------------------------------------------------------------

def memory(canvas, statements):
    columns = []
    for statement in statements:
        if statement.word == "column":
            columns.append([statement])
        elif statement.word != "note":
            if not columns:
                columns.append([])
            columns[-1].append(statement)
    width = (INNER - 10 * (len(columns) - 1)) / len(columns)
    for index, column in enumerate(columns):
        memory_column(canvas, MARGIN + index * (width + 10), width, column)
    notes(canvas, statements)


def memory_column(canvas, x, width, statements):
    pointers = [s.text() + (" ->" if s.word == "to" else "")
                for s in statements if s.word in ("at", "to")]
    remarks = [line for s in statements if s.word == "block" for line in lines_of(s.text(1))]
    left = max([width_of(text) + 6 for text in pointers], default=0)
    right = max([width_of(text) + 6 for text in remarks if text], default=0)
    block = width - left - right
    y = MARGIN + LINE / 2
    for statement in statements:
        if statement.word == "column":
            canvas.text(x + width / 2, y, statement.text(), "middle")
            y += LINE
        elif statement.word == "at":
            canvas.text(x + left - 5, y, statement.text(), "end")
        elif statement.word == "to":
            canvas.text(x + left - 5 - width_of(" ->"), y, statement.text(), "end")
            canvas.line([(x + left - width_of(" ->") - 1, y), (x + left - 1, y)], arrow=True)
        elif statement.word == "block":
            color, height = statement[0], float(statement[1]) * LINE
            if color == "skip":
                pass
            elif color == "gap":
                for side in (x + left, x + left + block):
                    canvas.line([(side, y), (side, y + height)], dashed=True)
            else:
                canvas.box(x + left, y, block, height, color)
            if statement.text():
                canvas.lines_of_text(x + left + block / 2, y + height / 2,
                                     lines_of(statement.text()))
            if statement.text(1):
                canvas.lines_of_text(x + left + block + 6, y + height / 2,
                                     lines_of(statement.text(1)), "start")
            y += height
            canvas.reach(y + LINE / 2)
        else:
            raise statement.unknown()


# ---- boxes ---------------------------------------------------------------------------------------

def boxes(canvas, statements):
    places = {}     # a box's name: left, top, right, bottom

    def scaled(x, y):
        return MARGIN + float(x) * CHARACTER, MARGIN + float(y) * LINE

    def end_of(word):
        """A point of a line and the direction in which a line leaves there: h, v or none."""
        if "," in word:
            return scaled(*word.split(",")), ""
        side_of = re.fullmatch(r"(.+)\.([lrtb])([+-][0-9.]+)?", word)
        if not side_of or side_of[1] not in places:
            raise Mistake(f'"{word}" is no side of a box')
        left, top, right, bottom = places[side_of[1]]
        side, along = side_of[2], float(side_of[3] or 0)
        if side in "lr":
            return (left if side == "l" else right, (top + bottom) / 2 + along * LINE), "h"
        return ((left + right) / 2 + along * CHARACTER, top if side == "t" else bottom), "v"

    def corners(ends):
        (x1, y1), leaves = ends[0]
        (x2, y2), arrives = ends[-1]
        if len(ends) > 2 or x1 == x2 or y1 == y2:
            return [point for point, _ in ends]
        if leaves == arrives == "h":
            return [(x1, y1), ((x1 + x2) / 2, y1), ((x1 + x2) / 2, y2), (x2, y2)]
        if leaves == arrives == "v":
            return [(x1, y1), (x1, (y1 + y2) / 2), (x2, (y1 + y2) / 2), (x2, y2)]
        corner = (x2, y1) if leaves == "h" or arrives == "v" else (x1, y2)
        return [(x1, y1), corner, (x2, y2)]

    for statement in statements:
        if statement.word == "box":
            name, color, x, y, width, height = statement.words(6)
            left, top = scaled(x, y)
            width, height = float(width) * CHARACTER, float(height) * LINE
            canvas.box(left, top, width, height, color)
            canvas.lines_of_text(left + width / 2, top + height / 2, lines_of(statement.text()))
            places[name] = (left, top, left + width, top + height)
        elif statement.word == "cells":
            name, color, x, y, width = statement.words(5)
            left, top = scaled(x, y)
            width, height = float(width) * CHARACTER, 1.25 * LINE
            for index, text in enumerate(statement.texts):
                color_here, _, rest = text.partition(": ")
                plain = color_here not in ("memory", "tables", "code", "cpu", "none")
                canvas.box(left, top, width, height, color if plain else color_here)
                canvas.text(left + width / 2, top + height / 2, text if plain else rest, "middle")
                places[f"{name}.{index}"] = (left, top, left + width, top + height)
                top += height
            first = places[f"{name}.0"]
            places[name] = (first[0], first[1], first[2], top)
        elif statement.word == "text":
            x, y = scaled(statement[0], statement[1])
            canvas.lines_of_text(x, y, lines_of(statement.text()),
                                 "middle" if "middle" in statement.rest else "start",
                                 "small" in statement.rest)
        elif statement.word not in ("arrow", "line", "note"):
            raise statement.unknown()
    for statement in statements:
        if statement.word in ("arrow", "line"):
            canvas.line(corners([end_of(word) for word in statement.rest]),
                        arrow=statement.word == "arrow")
    notes(canvas, statements)


# ---- sequence ------------------------------------------------------------------------------------

def sequence(canvas, statements):
    lanes = {}
    heads = [statement for statement in statements if statement.word == "lane"]
    width = INNER / max(len(heads), 1)
    tall = max(len(lines_of(head.text())) for head in heads) * LINE + 6
    for index, head in enumerate(heads):
        x = MARGIN + (index + 0.5) * width
        lanes[head[0]] = x
        canvas.box(x - width / 2 + 3, MARGIN, width - 6, tall, head[1])
        canvas.lines_of_text(x, MARGIN + tall / 2, lines_of(head.text()))
    y = MARGIN + tall

    def lane(name):
        if name not in lanes:
            raise Mistake(f'there is no lane "{name}"')
        return lanes[name]

    def kept_inside(x, text):
        half = width_of(text) / 2
        return min(max(x, MARGIN + half), WIDTH - MARGIN - half)

    for statement in statements:
        if statement.word == "send":
            start, end = lane(statement[0]), lane(statement[1])
            for line in lines_of(statement.text()):
                y += LINE
                canvas.text(kept_inside((start + end) / 2, line), y, line, "middle")
            y += LINE * 0.75
            canvas.line([(start, y), (end, y)], arrow=True)
            y += 2
        elif statement.word == "do":
            first, _, last = statement[0].partition("-")
            start, end = sorted((lane(first), lane(last or first)))
            lines = lines_of(statement.text())
            widest = max(width_of(line) for line in lines) + 10
            middle = (start + end) / 2
            half = max(widest, end - start + 12) / 2
            middle = min(max(middle, MARGIN + half), WIDTH - MARGIN - half)
            y += LINE / 2
            height = len(lines) * LINE + 4
            canvas.box(middle - half, y, 2 * half, height, statement[1])
            canvas.lines_of_text(middle, y + height / 2, lines)
            # lifelines stop at the box: it is not always filled
            for x in lanes.values():
                if middle - half <= x <= middle + half:
                    canvas.covered.append((x, y, y + height))
            y += height
        elif statement.word == "head":
            y += LINE
            canvas.text(MARGIN, y, statement.text())
            y += LINE / 2
        elif statement.word not in ("lane", "note"):
            raise statement.unknown()
    y += LINE / 2
    for x in lanes.values():
        canvas.lifeline(x, MARGIN + tall, y)
    canvas.reach(y)
    notes(canvas, statements)


# ---- wave ----------------------------------------------------------------------------------------

def wave(canvas, statements):
    tracks = []
    for statement in statements:
        if statement.word == "track":
            tracks.append((statement, []))
        elif statement.word in ("level", "value"):
            tracks[-1][1].append(statement)
        elif statement.word != "note":
            raise statement.unknown()
    y = MARGIN
    for track, parts in tracks:
        unit = INNER / sum(float(part[1]) for part in parts)
        canvas.text(MARGIN, y + LINE / 2, track.text())
        y += LINE + 6
        height = 24
        x = MARGIN
        signal = []
        for part in parts:
            right = x + float(part[1]) * unit
            if part.word == "value":
                canvas.box(x, y, right - x, height, part[0])
                canvas.text((x + right) / 2, y + height / 2, part.text(), "middle",
                            small=width_of(part.text()) > right - x - 3)
            else:
                level = y + (0 if part[0] == "1" else height)
                if part is not parts[0]:
                    canvas.line([(x, y + height + 2), (x, y + height + 6)])
                signal += [(x, level), (right, level)]
                for index, line in enumerate(lines_of(part.text()) if part.text() else []):
                    canvas.text((x + right) / 2, y + height + 14 + index * 12, line, "middle",
                                small=True)
            x = right
        if signal:
            canvas.line(signal)
        y = canvas.bottom + LINE / 2
    notes(canvas, statements)


KINDS = {"bits": bits, "memory": memory, "boxes": boxes, "sequence": sequence, "wave": wave}
