"""Tests of the figures: those in docs/, and how they are drawn and checked."""

import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import figures  # noqa: E402
from canvas import COLORS, WIDTH  # noqa: E402
from kinds import Mistake  # noqa: E402

ALT = "A byte has eight bits."


class Docs(unittest.TestCase):
    def test_each_drawing_is_what_its_source_gives(self):
        self.assertEqual([], list(figures.stale(figures.DOCS / "figures")))

    def test_each_alt_text_says_what_its_figure_shows(self):
        self.assertEqual([], list(figures.wrong_alt_texts(figures.pages(figures.DOCS.parent))))


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def source(self, kind, *statements, alt=ALT):
        path = self.folder / "byte.fig"
        path.write_text(f"title: One byte\nalt: {alt}\nkind: {kind}\n\n" + "\n".join(statements))
        return path

    def drawn(self, kind, *statements):
        return figures.Source(self.source(kind, *statements)).svg()

    def texts(self, kind, *statements):
        root = xml.fromstring(self.drawn(kind, *statements))
        return [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]

    def assert_mistake(self, message, kind, *statements):
        with self.assertRaises(Mistake) as caught:
            self.drawn(kind, *statements)
        self.assertIn(message, str(caught.exception))


class Drawing(Scratch):
    BYTE = ("row 7-0", "field 7 cpu | P", "field 6-0 memory | number")

    def test_bits_stand_with_the_high_one_at_the_left(self):
        root = xml.fromstring(self.drawn("bits", *self.BYTE))
        left = {text.text: float(text.get("x"))
                for text in root.iter("{http://www.w3.org/2000/svg}text")}
        self.assertLess(left["7"], left["6"])
        self.assertLess(left["6"], left["0"])
        self.assertLess(left["P"], left["number"])

    def test_says_what_it_shows_in_words(self):
        root = xml.fromstring(self.drawn("bits", *self.BYTE))
        self.assertEqual("One byte", root.findtext("{http://www.w3.org/2000/svg}title"))
        self.assertEqual(ALT, root.findtext("{http://www.w3.org/2000/svg}desc"))

    def test_has_colors_for_light_and_for_dark_paper(self):
        light, dark = self.drawn("bits", *self.BYTE).split("prefers-color-scheme:dark")
        for papers in COLORS.values():
            self.assertIn(papers[0][1], light)
            self.assertIn(papers[1][1], dark)
        self.assertNotIn("background", light + dark)

    def test_each_kind_draws_its_texts(self):
        self.assertEqual(["0x100", "stack", "grows down", "RSP", "guard"],
                         self.texts("memory", "at | 0x100", "block memory 2 | stack | grows down",
                                    "to | RSP", "block none 1 | guard"))
        self.assertEqual(["CPU", "1", "0"],
                         self.texts("boxes", "box cpu cpu 0 0 6 2 | CPU",
                                    "cells t tables 10 0 6 | 1 | 0", "arrow cpu.r t.1.l"))
        self.assertEqual(["CPU", "chip", "ack", "waits"],
                         self.texts("sequence", "lane cpu cpu | CPU", "lane chip none | chip",
                                    "send cpu chip | ack", "do chip none | waits"))
        self.assertEqual(["line", "1", None, "stop"],
                         self.texts("wave", "track | line", "value none 2 | 1", "track |",
                                    "level 1 2 | stop"))

    def test_breaks_long_notes(self):
        texts = self.texts("bits", *self.BYTE, "note | " + "many words " * 20)
        self.assertGreater(len(texts), 8)

    def test_needs_no_more_width_than_a_telephone_has(self):
        self.assertIn(f'viewBox="0 0 {WIDTH} ', self.drawn("bits", *self.BYTE))
        self.assertLessEqual(WIDTH, 360)


class Mistakes(Scratch):
    def test_name_file_and_line(self):
        self.assert_mistake('byte.fig:6: "circle" is no statement of this kind', "boxes",
                            "box a cpu 0 0 6 2 | A", "circle 1 2")

    def test_of_a_statement(self):
        self.assert_mistake('byte.fig:5: "box" has 3 words behind it instead of 6', "boxes",
                            "box a cpu 0")
        self.assert_mistake("byte.fig:5: cannot read this statement", "boxes",
                            "box a cpu 0 x 6 2 | A")
        self.assert_mistake('byte.fig:5: there is no color "red"', "boxes", "box a red 0 0 6 2 | A")
        self.assert_mistake('"b.l" is no side of a box', "boxes", "box a cpu 0 0 6 2 | A",
                            "arrow a.r b.l")
        self.assert_mistake("bits 8-0 are not in the row", "bits", "row 7-0", "field 8-0 cpu | x")
        self.assert_mistake('there is no lane "b"', "sequence", "lane a cpu | A", "send a b | x")
        self.assert_mistake("byte.fig:5: bits 0 are not in the row", "bits", "field 0 cpu | x")
        self.assert_mistake("byte.fig:5: cannot read this statement", "wave", "level 1 2 | x")

    def test_of_the_header(self):
        self.assert_mistake('there is no kind "circles"', "circles")
        path = self.folder / "empty.fig"
        path.write_text("title: nothing\n")
        with self.assertRaisesRegex(Mistake, r'empty.fig:1: there is no "alt: …"'):
            figures.Source(path)

    def test_a_text_that_is_cut_off(self):
        self.assert_mistake("does not fit on the figure", "boxes", "text 0 1 | " + "x" * 60)

    def test_a_text_on_another(self):
        self.assert_mistake('"over" lies on "under"', "boxes", "text 0 1 | over",
                            "text 2 1.3 | under")

    def test_a_text_on_a_line(self):
        self.assert_mistake('"too wide" lies on a line', "boxes", "box a cpu 0 0 6 2 | too wide")
        self.assert_mistake('"crossed" lies on a line', "boxes", "text 5 1 | crossed",
                            "arrow 0,1 20,1")

    def test_an_alt_text_that_markdown_would_change(self):
        for alt in ("the table [0]", "a `b`", "a *b*"):
            with self.assertRaisesRegex(Mistake, "byte.fig:1: the alt text"):
                figures.Source(self.source("bits", alt=alt))


class Checks(Scratch):
    def setUp(self):
        super().setUp()
        self.source("bits", *Drawing.BYTE)
        figures.draw(self.folder)
        self.page = self.folder / "01-article.md"

    def faults(self, text):
        self.page.write_text(text)
        return list(figures.wrong_alt_texts([self.page]))

    def test_a_drawing_that_was_edited_or_is_missing(self):
        drawing = self.folder / "byte.svg"
        self.assertEqual([], list(figures.stale(self.folder)))
        drawing.write_text(drawing.read_text().replace("number", "numeral"))
        self.assertRegex("\n".join(figures.stale(self.folder)),
                         "byte.svg: is not what byte.fig gives")
        drawing.unlink()
        self.assertEqual(1, len(list(figures.stale(self.folder))))

    def test_a_drawing_without_a_source(self):
        (self.folder / "byte.fig").unlink()
        self.assertRegex("\n".join(figures.stale(self.folder)), "byte.svg: has no source byte.fig")

    def test_an_alt_text_is_the_figures_own_however_its_lines_are_broken(self):
        self.assertEqual([], self.faults(f"![{ALT}](byte.svg)"))
        self.assertEqual([], self.faults("![A byte\nhas eight  bits.](byte.svg)"))

    def test_another_alt_text_is_named_with_its_line(self):
        faults = self.faults("# Bytes\n\n![A byte\nhas nine bits.](byte.svg)\n")
        self.assertEqual(1, len(faults))
        self.assertTrue(faults[0].startswith(f"{self.page}:3: the alt text of byte.svg"), faults[0])
        self.assertIn(ALT, faults[0])

    def test_an_image_without_a_source(self):
        self.assertRegex(self.faults("![x](bite.svg)")[0], ":1: there is no figure bite.svg")

    def test_what_only_looks_like_an_image(self):
        self.assertEqual([], self.faults("`![x](y.svg)`\n```\n![x](y.svg)\n```\n"))

    def test_the_alt_text_of_a_picture_quotes_the_screen(self):
        (self.folder / "screen.png").touch()
        (self.folder / "screen.txt").write_text("Hello!\n  rip 0x… cs 0x10\nDone.\n")
        for alt in ("The screen: Hello! rip 0x… cs 0x10 Done.", "It says: Hello! … Done."):
            self.assertEqual([], self.faults(f"![{alt}](screen.png)"), alt)
        for alt in ("The screen", "Hello! rip", "It says: Hello! Done.", "It says: Hello! …"
                    " Gone.", "It says: Done. … Hello!", "It says: Hello!"):
            self.assertEqual(1, len(self.faults(f"![{alt}](screen.png)")), alt)


if __name__ == "__main__":
    unittest.main()
