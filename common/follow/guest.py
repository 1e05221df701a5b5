"""Boots a kernel in QEMU and types on its keyboard, where an article says that a reader does.

A wait ends when what is waited for has been printed, or when QEMU has used up its CPU time: on a
busy computer everything takes longer, and nothing else changes.
"""

import os
import re
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 60  # seconds of CPU time that QEMU may use
NET = 900  # seconds after which to give up on a QEMU that gets no CPU time to use

KEYS = {
    **{letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789"},
    **{letter.upper(): f"shift-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
    **dict(zip(" ,./;'[]\\-=`", ("spc comma dot slash semicolon apostrophe bracket_left "
        "bracket_right backslash minus equal grave_accent").split())),
    **dict(zip('!@#$%^&*()', (f"shift-{digit}" for digit in "1234567890"))),
    **dict(zip("⏎⇥⌫←→↑↓", "ret tab backspace left right up down".split())),
    '"': "shift-apostrophe", "?": "shift-slash", ":": "shift-semicolon", "_": "shift-minus",
}  # fmt: skip


def keys_of(text):
    """The keys of a line that is typed, as QEMU's command sendkey names them."""
    return [name or KEYS[character] for name, character in re.findall(r"<([\w-]+)>|(.)", text)]


def cpu_seconds(process):
    """The CPU time that a process has used. [proc(5), "/proc/pid/stat"]"""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return PATIENCE
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Guest:
    def __init__(self, image, files):
        self.log = Path(files, "serial")
        monitor = str(Path(files, "monitor"))
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-m", "128M", "-cdrom", image, "-nic", "none", "-no-reboot"]
            + ["-display", "none", "-serial", f"file:{self.log}"]
            + ["-monitor", f"unix:{monitor},server=on,wait=on"],
            stdin=subprocess.DEVNULL,
        )
        self.monitor = socket.socket(socket.AF_UNIX)
        while self.monitor.connect_ex(monitor) != 0 and self.qemu.poll() is None:
            time.sleep(0.05)

    def printed(self):
        text = self.log.read_bytes() if self.log.exists() else b""
        return text.decode("utf-8", "replace").replace("\r", "").splitlines()

    def wait_until(self, holds):
        start = time.monotonic()
        while not holds(self.printed()) and self.qemu.poll() is None:
            if cpu_seconds(self.qemu) >= PATIENCE or time.monotonic() - start > NET:
                break
            time.sleep(0.1)

    def type(self, text):
        for key in keys_of(text):
            self.monitor.sendall(f"sendkey {key} 20\n".encode())
            time.sleep(0.05)  # QEMU holds the key for 20 ms and then takes the next

    def end(self):
        self.qemu.kill()
        self.qemu.wait()
        self.monitor.close()


def run(command, folder, environment, difference):
    """Builds the kernel, boots it, and types. Returns the lines that it has printed at the end."""
    subprocess.run(["make"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
    image = next(Path(folder, "build").glob("*/kernel.iso"))
    with tempfile.TemporaryDirectory() as files:
        guest = Guest(str(image), files)
        try:
            for count, line in enumerate(command.lines):
                if line.startswith("⌨ "):
                    before = command.printed()[:count]
                    guest.wait_until(lambda printed: difference(before, printed) is None)
                    guest.type(line[2:])
            expected = command.printed()
            guest.wait_until(lambda printed: difference(expected, printed) is None)
            return guest.printed()
        finally:
            guest.end()
