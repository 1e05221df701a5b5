"""Carrying the uncommitted change of one file into the next post's copy, by a three-way merge.

What was carried is noted, so that the next time only what came after it is carried: otherwise a
conflict that was resolved by hand would come back. A note is void once either copy was committed
in another state than it had at the time, and when the later copy is as committed: the change has
then been taken back.
"""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from git import git
from posts import tree

MARKER = re.compile(rb"^(<<<<<<<|>>>>>>>) post-[0-9]", re.MULTILINE)
NONE = "none"  # the state of a file that does not exist


class Conflict(Exception):
    """The change must be carried by hand. The text names the file and the reason."""


def folder_of_notes():
    return tree() / git("rev-parse", "--git-dir").rstrip("\n") / "ripple"


@dataclass
class Carry:
    """One file on its way from a post to the next, and its states: "mode:blob" or "none"."""

    source: str  # post-01-…/PATH
    target: str  # post-02-…/PATH
    source_committed: str
    target_committed: str
    theirs: str  # the source as it stands
    ours: str  # the target as it stands
    keep: bool  # whether the target stays as it is, whatever has changed

    def carry(self):
        """Returns what was done, or "" if nothing was. Throws Conflict."""
        for path in (self.source, self.target):
            if (tree() / path).is_file() and MARKER.search((tree() / path).read_bytes()):
                raise Conflict(f"{path}: the markers of an earlier conflict are still in it")
        base = self.last_carried()
        if self.theirs == base:
            return ""
        if self.ours == self.theirs:
            return self.done("")
        if self.keep:
            return self.done("kept as it is")
        if self.ours == base:
            return self.replace()
        if self.ours == NONE:
            return ""  # the later post has deleted the file
        if self.theirs == NONE:
            raise Conflict(f"{self.target}: has changes of its own, and {self.source} was deleted")
        if "120000:" in self.ours + self.theirs:
            raise Conflict(f"{self.target}: differs from {self.source}, and one of them is a link")
        return self.merge(base)

    @property
    def note(self):
        return folder_of_notes() / self.target

    def last_carried(self):
        """The state of the source that the target last received: by default the committed one."""
        if self.note.is_file():
            source_then, target_then, carried, *keep = self.note.read_text().split()
            same = (source_then, target_then) == (self.source_committed, self.target_committed)
            if same and (keep or self.ours != self.target_committed):
                return carried
            self.note.unlink()
        return self.source_committed

    def done(self, what):
        """Notes what was carried."""
        self.note.parent.mkdir(parents=True, exist_ok=True)
        states = [self.source_committed, self.target_committed, self.theirs]
        self.note.write_text(" ".join(states + ["keep"] * self.keep) + "\n")
        return f"{self.target}: {what}" if what else ""

    def replace(self):
        source, target = tree() / self.source, tree() / self.target
        target.unlink(missing_ok=True)
        if self.theirs == NONE:
            remove_empty_folders(target.parent)
            return self.done("removed")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target, follow_symlinks=False)
        return self.done(f"now as in {self.source.partition('/')[0]}")

    def merge(self, base):
        """Merges into the target. Two files that were both made new have an empty ancestor."""
        before = (tree() / self.target).read_bytes()
        with tempfile.NamedTemporaryFile() as ancestor:
            if base != NONE:
                blob = ["git", "cat-file", "blob", base.partition(":")[2]]
                subprocess.run(blob, cwd=tree(), stdout=ancestor, check=True)
            labels = ["-L", self.target, "-L", "before", "-L", self.source]
            files = [self.target, ancestor.name, self.source]
            command = ["git", "merge-file", *labels, *files]
            conflicts = subprocess.run(command, cwd=tree(), stderr=subprocess.DEVNULL).returncode
        if conflicts > 127:
            raise Conflict(
                f"{self.target}: differs from {self.source} and cannot be merged line by line"
            )
        mode_changed = base != NONE and self.theirs[:6] != base[:6]
        if mode_changed:
            shutil.copymode(tree() / self.source, tree() / self.target)
        self.done("")
        if conflicts:
            raise Conflict(f"{self.target}: its own changes overlap those of {self.source}")
        changed = mode_changed or (tree() / self.target).read_bytes() != before
        return f"{self.target}: merged" if changed else ""


def remove_empty_folders(folder):
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
