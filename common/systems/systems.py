#!/usr/bin/env python3
"""Tries the README's commands on systems that are not this one.

usage: systems.py [--long] [RELEASE...]     as root; bookworm, trixie and sid by default
       systems.py [--long] here             on this machine, as the code host's workflow does

For each release of Debian, debootstrap makes a minimal system with make in a folder. This system
is kept and updated before every run. A run works in a copy, which gets a clean clone of the last
commit and has to install everything else itself.

Prints a table of the commands and their results. The logs are in SYSTEMS_FOLDER, with the systems.
The long form also updates the README's table of systems: it has a row for each one that passed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from steps import long_steps, short_steps

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("SYSTEMS_FOLDER", "/var/tmp/writing-an-os-systems"))
MIRROR = os.environ.get("SYSTEMS_MIRROR", "http://deb.debian.org/debian")
TITLES = {
    "bookworm": "Debian 12 (bookworm)",
    "trixie": "Debian 13 (trixie)",
    "sid": "Debian sid",
}
RELEASES = list(TITLES)
CLONE = "root/series"  # inside a system
TOOLS = ["g++", "clang", "nasm", "grub-common", "qemu-system-x86", "bochs"]

# /dev, /proc and apt's cache of packages are mounted in a separate mount namespace. When the
# command ends they are gone, so removing the folder cannot remove anything outside it.
ENTER = """
mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" &&
mount --bind "$2" "$1/var/cache/apt/archives" && exec chroot "$1" sh -c "$3"
"""
ENVIRONMENT = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}


def posts():
    return sorted(path.parent.name[5:7] for path in PROJECT.glob("post-[0-9][0-9]-*/Makefile"))


def call(command, log, **options):
    """Runs a command with its output in a log. Returns whether it exited with 0."""
    with open(log, "wb") as output:
        return (
            subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
            ).returncode
            == 0
        )


class Here:
    """This machine, with the tree as it stands."""

    release = "here"

    def __init__(self):
        self.logs = FOLDER / "logs" / self.release
        self.logs.mkdir(parents=True, exist_ok=True)

    def prepare(self):
        """Returns what went wrong, or None."""

    def run(self, command, log):
        return call(["sh", "-c", command], log, cwd=PROJECT)

    def clean_up(self):
        pass


class Debian(Here):
    """A release of Debian in a folder."""

    def __init__(self, release):
        self.release = release
        super().__init__()
        self.base = FOLDER / release
        self.copy = FOLDER / f"{release}.run"
        self.archives = FOLDER / f"{release}.packages"

    def enter(self, root, command, log):
        unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        return call(
            unshare + ["sh", "-c", ENTER, "sh", str(root), str(self.archives), command],
            log,
            env=ENVIRONMENT,
        )

    def make(self):
        """Makes the system unless it exists. Returns whether it does now."""
        if (self.base / "made").exists():
            return True
        shutil.rmtree(self.base, ignore_errors=True)
        bootstrap = ["debootstrap", "--variant=minbase", "--include=make", self.release]
        if not call(bootstrap + [str(self.base), MIRROR], self.logs / "debootstrap.log"):
            return False
        # A mirror may be weeks behind the archive. Its packages are good enough for a trial.
        (self.base / "etc/apt/apt.conf.d/90mirror").write_text('Acquire::Check-Valid-Until "no";\n')
        (self.base / "made").touch()
        return True

    def prepare(self):
        self.archives.mkdir(parents=True, exist_ok=True)
        if not self.make():
            return f"debootstrap failed: {self.logs}/debootstrap.log"
        refresh = "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade"
        if not self.enter(self.base, refresh, self.logs / "refresh.log"):
            return f"the system could not be updated: {self.logs}/refresh.log"
        self.clean_up()
        subprocess.run(["cp", "-a", str(self.base), str(self.copy)], check=True)
        clone = ["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(self.copy / CLONE)]
        subprocess.run(clone, check=True)
        return None

    def run(self, command, log):
        return self.enter(self.copy, f"cd /{CLONE} && {command}", log)

    def clean_up(self):
        shutil.rmtree(self.copy, ignore_errors=True)


def try_out(system, steps):
    """Runs every step. Returns (step's name, result in words, seconds) for each."""
    rows = []
    for number, step in enumerate(steps, start=1):
        log = system.logs / f"{number:02}.log"
        start = time.monotonic()
        passed = system.run(step.command, log) and step.says in log.read_text(errors="replace")
        seconds = round(time.monotonic() - start)
        result = "passed" if passed else f"FAILED, see {log}"
        print(f"{system.release}: {step.name}: {result} ({seconds} s)", flush=True)
        rows.append((step.name, result, seconds))
    return rows


def versions(system):
    """The versions of the tools, as `make doctor` prints them."""
    log = system.logs / "doctor.log"
    system.run("make doctor", log)
    found = dict(re.findall(r"^  ok +(\S+) +(\S+)", log.read_text(errors="replace"), re.MULTILINE))
    return ", ".join(f"{tool} {found[tool]}" for tool in TOOLS if tool in found)


def table(results):
    """The results as Markdown: release, tools, command, result, seconds."""
    lines = ["| system | tools | command | result | seconds |", "|---|---|---|---|---:|"]
    for release, tools, rows in results:
        for name, result, seconds in rows:
            lines.append(f"| {release} | {tools} | {name} | {result} | {seconds} |")
            release, tools = "", ""  # said once
    return "\n".join(lines) + "\n"


def state_in_readme(name, tools, rows):
    """Updates the README's row for a system. It has one only if every command passed."""
    readme = PROJECT / "README.md"
    head, rows_there, tail = re.split(
        r"(?<=\|---\|---\|\n)((?:\| Debian .*\n)*)(?=<!-- systems -->)", readme.read_text()
    )
    kept = [row for row in rows_there.splitlines() if TITLES[name] not in row]
    if all(result == "passed" for _, result, _ in rows):
        kept.append(f"| {TITLES[name]} | {tools} |")
    readme.write_text(head + "".join(row + "\n" for row in sorted(kept)) + tail)


def main(arguments):
    is_long = "--long" in arguments
    names = [name for name in arguments if name != "--long"] or RELEASES
    unknown = [name for name in names if name not in [*RELEASES, "here"]]
    if unknown:
        sys.exit(f"Unknown system {unknown[0]}. The systems are: {' '.join(RELEASES)} here")
    if names != ["here"] and os.geteuid() != 0:
        sys.exit("make systems must be run as root: it sets up other systems and enters them.")
    results = []
    for name in names:
        system = Here() if name == "here" else Debian(name)
        try:
            trouble = system.prepare()
            if trouble:
                results.append((name, "", [("set up the system", f"FAILED, {trouble}", 0)]))
                continue
            steps = short_steps(posts()) + (long_steps(posts(), name) if is_long else [])
            rows = try_out(system, steps)
            tools = versions(system)
            results.append((name, tools, rows))
            if is_long and name in TITLES:
                state_in_readme(name, tools, rows)
        finally:
            system.clean_up()
    text = table(results)
    (FOLDER / "systems.md").write_text(text)
    print(f"\n{text}\nThe same table: {FOLDER}/systems.md")
    return 1 if "FAILED" in text else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
