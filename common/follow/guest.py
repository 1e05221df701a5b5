"""Boots a kernel in QEMU and types on its keyboard, or at QEMU's monitor, where an article says that
a reader does.

A wait ends when what is waited for has been printed, or when QEMU has computed or slept long enough:
on a busy computer, where it does neither for a while, everything takes longer, and nothing else
changes.
"""

import os
import re
import shlex
import socket
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

PATIENCE = 60  # seconds that QEMU may compute, and sleep within one wait
LOOK = 0.1  # seconds between two looks
NET = 1800  # seconds after which to give up on a QEMU that gets no CPU time to use

KEYS = {
    **{letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789"},
    **{letter.upper(): f"shift-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
    **dict(zip(" ,./;'[]\\-=`", ("spc comma dot slash semicolon apostrophe bracket_left "
        "bracket_right backslash minus equal grave_accent").split())),
    **dict(zip('!@#$%^&*()', (f"shift-{digit}" for digit in "1234567890"))),
    **dict(zip("⏎⇥⌫←→↑↓", "ret tab backspace left right up down".split())),
    '"': "shift-apostrophe", "?": "shift-slash", ":": "shift-semicolon", "_": "shift-minus",
    "{": "shift-bracket_left", "}": "shift-bracket_right", "|": "shift-backslash",
    "+": "shift-equal", "~": "shift-grave_accent", "<": "shift-comma", ">": "shift-dot",
}  # fmt: skip
TYPED = re.compile(r"(⌨|\(qemu\)) (.*)")


class UnknownKey(Exception):
    """No key of the keyboard gives this character."""


def keys_of(text):
    """The keys of a line that is typed, as QEMU's command sendkey names them. May raise UnknownKey."""
    keys = re.findall(r"<([\w-]+)>|(.)", text)
    for name, character in keys:
        if not name and character not in KEYS:
            raise UnknownKey(character)
    return [name or KEYS[character] for name, character in keys]


def image_and_arguments(command, folder, environment=None):
    """The image that a command of an article boots, and what it adds to QEMU's arguments."""
    words = shlex.split(command)
    if words[0] == "make":
        would_run = subprocess.run(
            [*words, "-n"], cwd=folder, env=environment, capture_output=True, text=True
        ).stdout
        words = shlex.split(re.search(r"^\./run\.sh .*", would_run, re.MULTILINE)[0])
    return words[1], words[2:]


def answer_in(text):
    """The lines of an answer of QEMU's monitor, which echoes the command and ends with a prompt."""
    return text.replace("\r", "").split("\n")[1:-1]


def cpu_seconds(process):
    """The CPU time that a process has used. [proc(5), "/proc/pid/stat"]"""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return PATIENCE
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asleep(process):
    """Whether all threads of a process wait for an event. [proc(5), "/proc/pid/stat"]"""
    try:
        stats = [file.read_text() for file in Path(f"/proc/{process.pid}/task").glob("*/stat")]
    except OSError:  # a thread has just ended
        return False
    return all(stat.rpartition(")")[2].split()[0] in "SI" for stat in stats)


class Guest:
    def __init__(self, image, arguments, folder, files):
        self.log = Path(files, "serial")
        self.answers = []  # (how much the kernel had printed before, what the monitor answered)
        monitor = str(Path(files, "monitor"))
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-m", "128M", "-cdrom", image, "-nic", "none", "-no-reboot"]
            + ["-display", "none", "-serial", f"file:{self.log}"]
            + ["-monitor", f"unix:{monitor},server=on,wait=off", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
        )
        self.monitor = socket.socket(socket.AF_UNIX)
        while self.monitor.connect_ex(monitor) != 0 and self.qemu.poll() is None:
            time.sleep(0.05)
        self.monitor.settimeout(NET)
        self.read_answer()  # a greeting

    def read_answer(self):
        text = b""
        while not text.endswith(b"(qemu) "):
            try:
                some = self.monitor.recv(4096)
            except OSError:
                break
            if not some:  # the machine has ended
                break
            text += some
        return answer_in(text.decode("utf-8", "replace"))

    def serial(self):
        text = self.log.read_bytes() if self.log.exists() else b""
        return text.decode("utf-8", "replace").replace("\r", "")

    def printed(self):
        """The lines of the kernel, and those of the monitor in between, where they were asked for."""
        text, lines, start = self.serial(), [], 0
        for position, answer in self.answers:
            lines += text[start:position].splitlines() + answer
            start = position
        return lines + text[start:].splitlines()

    def wait_until(self, holds, look_again=lambda: None):
        start, slept = time.monotonic(), 0
        while not holds(self.printed()) and self.qemu.poll() is None:
            if cpu_seconds(self.qemu) + slept >= PATIENCE or time.monotonic() - start > NET:
                break
            time.sleep(LOOK)
            slept += LOOK if asleep(self.qemu) else 0
            look_again()

    def type(self, text):
        for key in keys_of(text):
            self.ask(f"sendkey {key} 20")
            time.sleep(0.05)  # QEMU holds the key for 20 ms and then takes the next

    def ask(self, command):
        try:
            self.monitor.sendall(f"{command}\n".encode())
        except OSError:  # the machine has ended
            return []
        return self.read_answer()

    def ask_until(self, holds, command):
        """Asks the monitor, and again as long as it answers something else than is expected."""
        self.answers.append((len(self.serial()), self.ask(command)))

        def look_again():
            self.answers[-1] = len(self.serial()), self.ask(command)

        if self.answers[-1][1]:
            self.wait_until(holds, look_again)

    def end(self):
        self.qemu.kill()
        self.qemu.wait()
        self.monitor.close()


def holds_all(difference, expected, printed):
    return difference(expected, printed) is None


def run(command, folder, environment, difference):
    """Builds the kernel, boots it, and types. Returns the lines that were printed in the end: those
    of make, if there is nothing to boot."""
    built = subprocess.run(
        ["make"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if built.returncode != 0:
        return built.stdout.splitlines()
    image, arguments = image_and_arguments(command.words, folder, environment)
    with tempfile.TemporaryDirectory() as files:
        guest = Guest(image, arguments, folder, files)
        try:
            lines = command.printed()
            typed = [count for count, line in enumerate(command.lines) if TYPED.match(line)]
            for count, until in zip([None, *typed], [*typed, len(lines)]):
                holds = partial(holds_all, difference, lines[:until])
                if count is not None:
                    kind, words = TYPED.match(command.lines[count]).groups()
                    if kind == "⌨":
                        guest.type(words)
                    else:
                        guest.ask_until(holds, words)
                guest.wait_until(holds)
            return guest.printed()
        finally:
            guest.end()
