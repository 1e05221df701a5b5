"""Tests that need no other system: how results become a table, and which commands are run."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import steps  # noqa: E402
import systems  # noqa: E402

README = """# Title

| system | tools |
|---|---|
| Debian 12 (bookworm) | g++ 12 |
| Debian sid | g++ 16 |
<!-- systems -->

More.
"""


class FakeSystem:
    """A system whose commands all print the same and all succeed or all fail."""

    release = "fake"

    def __init__(self, folder, succeeds=True, says=""):
        self.logs, self.succeeds, self.says = Path(folder), succeeds, says

    def run(self, command, log):
        log.write_text(self.says)
        return self.succeeds


class TryOut(unittest.TestCase):
    def result(self, step, **behaviour):
        with tempfile.TemporaryDirectory() as folder, mock.patch("builtins.print"):
            return systems.try_out(FakeSystem(folder, **behaviour), [step])[0][1]

    def test_a_command_that_succeeds_with_the_expected_output_has_passed(self):
        step = steps.Step("s", "true", "3 passed, 0 failed")
        self.assertEqual(self.result(step, says="… 3 passed, 0 failed\n"), "passed")

    def test_a_command_that_fails_has_failed_whatever_it_prints(self):
        step = steps.Step("s", "true", "hello")
        self.assertIn("FAILED, see ", self.result(step, succeeds=False, says="hello"))

    def test_a_command_without_the_expected_output_has_failed(self):
        step = steps.Step("s", "true", "hello")
        self.assertIn("FAILED, see ", self.result(step, says="bye"))


class BootAll(unittest.TestCase):
    """The command line itself, with a fake make."""

    def run_with(self, make):
        with tempfile.TemporaryDirectory() as folder:
            fake = Path(folder) / "make"
            fake.write_text(f"#!/bin/sh\n{make}\n")
            fake.chmod(0o755)
            environment = {"PATH": f"{folder}:/usr/bin:/bin"}
            command = ["sh", "-c", steps.boot_all("t", ["01", "02"]).command]
            return systems.call(command, Path(folder) / "log", cwd=folder, env=environment)

    def test_passes_when_every_kernel_is_heard(self):
        self.assertTrue(self.run_with('echo "It did not crash!"'))

    def test_fails_when_one_is_silent(self):
        self.assertFalse(self.run_with('[ "$2" = POST=02 ] || echo "It did not crash!"'))

    def test_fails_when_one_panics_after_its_words(self):
        self.assertFalse(self.run_with('echo "It did not crash!"; [ "$2" = POST=01 ]'))


class Tables(unittest.TestCase):
    ROWS = [("make run", "passed", 3), ("make test", "FAILED, see log", 60)]

    def test_name_each_system_and_its_tools_once(self):
        self.assertEqual(
            systems.table([("sid", "g++ 16", self.ROWS)]).splitlines()[2:],
            [
                "| sid | g++ 16 | make run | passed | 3 |",
                "|  |  | make test | FAILED, see log | 60 |",
            ],
        )

    def readme_after(self, name, tools, rows):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(
            systems, "PROJECT", Path(folder)
        ):
            readme = Path(folder) / "README.md"
            readme.write_text(README)
            systems.state_in_readme(name, tools, rows)
            return readme.read_text()

    def test_of_the_readme_gain_a_system_that_passed(self):
        after = self.readme_after("trixie", "g++ 14", self.ROWS[:1])
        row = "| Debian 13 (trixie) | g++ 14 |\n"
        self.assertEqual(after, README.replace("| Debian sid", row + "| Debian sid"))

    def test_of_the_readme_show_the_tools_of_the_last_time(self):
        after = self.readme_after("sid", "g++ 17", self.ROWS[:1])
        self.assertEqual(after, README.replace("g++ 16", "g++ 17"))

    def test_of_the_readme_lose_a_system_that_failed(self):
        after = self.readme_after("sid", "g++ 16", self.ROWS)
        self.assertEqual(after, README.replace("| Debian sid | g++ 16 |\n", ""))

    def test_of_the_readme_are_where_they_are_looked_for(self):
        readme = (Path(__file__).resolve().parents[3] / "README.md").read_text()
        self.assertRegex(readme, r"\|---\|---\|\n(\| Debian .*\n)*<!-- systems -->")


class Main(unittest.TestCase):
    def test_refuses_a_system_that_it_does_not_know(self):
        with self.assertRaises(SystemExit) as refused:
            systems.main(["noble"])
        self.assertIn("The systems are: bookworm trixie sid here", str(refused.exception))

    def test_refuses_without_root(self):
        with mock.patch("os.geteuid", return_value=1000), self.assertRaises(SystemExit) as refused:
            systems.main(["sid"])
        self.assertIn("must be run as root", str(refused.exception))

    def test_leaves_no_copy_of_a_system_behind_when_it_is_interrupted(self):
        for interrupted in ("prepare", "run"):
            with mock.patch.object(systems, "Debian") as debian, mock.patch(
                "os.geteuid", return_value=0
            ), self.subTest(interrupted):
                system = debian.return_value
                system.prepare.return_value = None
                getattr(system, interrupted).side_effect = KeyboardInterrupt
                self.assertRaises(KeyboardInterrupt, systems.main, ["sid"])
                system.clean_up.assert_called_once()


if __name__ == "__main__":
    unittest.main()
