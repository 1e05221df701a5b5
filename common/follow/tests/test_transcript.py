#!/usr/bin/env python3
"""Tests of what counts as the same output, and of what is typed."""

import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

import scratch_series  # finds the modules
import guest
import transcript


class Output(unittest.TestCase):
    def assert_same(self, expected, printed):
        self.assertIsNone(transcript.difference(expected.split("|"), printed.split("|")))

    def assert_different(self, expected, printed, message):
        self.assertEqual(transcript.difference(expected.split("|"), printed.split("|")), message)

    def test_may_begin_earlier_and_go_on_later(self):
        self.assert_same("two|three", "one|two|three|four")

    def test_may_have_any_lines_at_an_ellipsis(self):
        self.assert_same("one|…|four", "one|two|three|four")
        self.assert_same("…|four|…", "one|four")

    def test_may_have_any_characters_at_an_ellipsis(self):
        self.assert_same("at 0x… in …", "at 0x10 in main")

    def test_may_end_lines_with_blanks(self):
        self.assert_same("one", "one  ")

    def test_must_have_its_lines_side_by_side(self):
        self.assert_different(
            "one|three", "one|two|three", 'the article shows "three", but the command printed "two"'
        )

    def test_must_have_its_lines_in_order(self):
        self.assert_different(
            "two|…|one", "one|two", 'the article shows "one", but the command printed something else'
        )

    def test_is_not_a_pattern(self):
        self.assert_different(
            "a.c", "abc", 'the article shows "a.c", but the command printed something else'
        )

    def test_is_found_where_most_of_it_fits(self):
        self.assert_different(
            "a|b|c", "a|x|a|b|d", 'the article shows "c", but the command printed "d"'
        )


class Blocks(unittest.TestCase):
    def test_hold_commands_and_their_lines(self):
        commands = transcript.commands_in("$ make   # builds\n$ make run\none\n⌨ ls⏎\ntwo\n")
        self.assertEqual([command.words for command in commands], ["make", "make run"])
        self.assertEqual(commands[1].printed(), ["one", "…", "two"])
        self.assertEqual(commands[1].typed("⌨ "), ["ls⏎"])

    def test_begin_with_a_command(self):
        with self.assertRaises(transcript.Differs):
            transcript.commands_in("one\n")

    def test_may_type_into_gdb(self):
        command = transcript.Command("cat", ["(gdb) one", "one", "(gdb) two", "two"])
        transcript.check(command, ".", None)

    def test_show_all_that_was_printed_if_it_differs(self):
        with self.assertRaisesRegex(transcript.Differs, "    two"):
            transcript.check(transcript.Command("echo two", ["one"]), ".", None)

    def test_may_show_nothing_of_a_command_that_succeeds(self):
        transcript.check(transcript.Command("echo one"), ".", None)
        transcript.check(transcript.Command("echo one; false", ["one"]), ".", None)
        with self.assertRaisesRegex(transcript.Differs, "exit code 3:\none"):
            transcript.check(transcript.Command("echo one; exit 3"), ".", None)


class Keys(unittest.TestCase):
    def test_have_the_names_of_qemus_monitor(self):
        self.assertEqual(guest.keys_of("a B?⏎"), ["a", "spc", "shift-b", "shift-slash", "ret"])
        self.assertEqual(guest.keys_of("<ctrl-c>⇥"), ["ctrl-c", "tab"])
        self.assertEqual(guest.keys_of("a<b|"), ["a", "shift-comma", "b", "shift-backslash"])

    def test_refuses_a_character_without_a_key(self):
        command = transcript.Command("make run", ["⌨ grün⏎"])
        with self.assertRaisesRegex(transcript.Differs, 'no key gives the character "ü"'):
            transcript.check(command, ".", {})


class Guests(unittest.TestCase):
    def test_boot_the_image_of_a_command_with_its_arguments(self):
        self.assertEqual(
            guest.image_and_arguments("./run.sh a.iso -machine pc,pit=off", "."),
            ("a.iso", ["-machine", "pc,pit=off"]),
        )

    def test_boot_the_image_that_make_would_run(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "Makefile").write_text("run:\n\t@./run.sh build/$(NAME)/kernel.iso\n")
            self.assertEqual(
                guest.image_and_arguments("make run NAME=b", folder), ("build/b/kernel.iso", [])
            )

    def test_show_what_the_monitor_answers_where_it_was_asked(self):
        with tempfile.TemporaryDirectory() as files:
            here = guest.Guest.__new__(guest.Guest)
            here.log = Path(files, "serial")
            here.log.write_bytes(b"one\r\ntwo tick\r\n")
            here.answers = [(7, ["pic0: irr=01"])]
            self.assertEqual(here.printed(), ["one", "two", "pic0: irr=01", " tick"])

    def test_ask_the_monitor_again_until_it_answers_what_is_expected(self):
        with tempfile.TemporaryDirectory() as files, subprocess.Popen(["sleep", "60"]) as process:
            here = guest.Guest.__new__(guest.Guest)
            here.log, here.qemu, here.answers = Path(files, "serial"), process, []
            to_come = [["HLT=1"], ["HLT=1"], ["HLT=0"]]
            here.ask = lambda command: to_come.pop(0)
            here.ask_until(lambda printed: printed == ["HLT=0"], "info registers")
            self.assertEqual(here.printed(), ["HLT=0"])
            process.kill()

    def test_wait_no_longer_than_a_machine_at_rest_can_take(self):
        with tempfile.TemporaryDirectory() as files, subprocess.Popen(["sleep", "600"]) as process:
            here = guest.Guest.__new__(guest.Guest)
            here.log, here.qemu, here.answers = Path(files, "serial"), process, []
            with mock.patch.object(guest, "PATIENCE", 0.5), mock.patch.object(guest, "NET", 60):
                start = time.monotonic()
                here.wait_until(lambda printed: False)
                self.assertLess(time.monotonic() - start, 60)
            process.kill()

    def test_leave_out_the_echo_and_the_prompt_of_the_monitor(self):
        self.assertEqual(
            guest.answer_in("info pic\r\npic1: irr=00\r\npic0: irr=01\r\n(qemu) "),
            ["pic1: irr=00", "pic0: irr=01"],
        )
        self.assertEqual(guest.answer_in("sendkey h\r\n(qemu) "), [])


if __name__ == "__main__":
    unittest.main()
