#!/usr/bin/env python3
"""Carries the uncommitted change of a post through all later posts, one after the other.

It does so file by file. A conflict leaves git's markers in the file, and the file goes no further:
resolve it and run the same command again. README.md, experiments/ and exercises/ are each post's own
and stay where they are.
"""

import argparse
import sys

from carry import NONE, Carry, Conflict, folder_of_notes
from git import check_git, git_succeeds
from posts import all_posts, named, refuse
from snapshot import files_in, is_own, snapshot

ADVICE = """\
Edit each file named above until it is right and has no markers left,
then run the same command again. To leave a copy as it is: make ripple FROM={} KEEP=post-NN-…/PATH"""


def is_committed(post):
    return git_succeeds("rev-parse", "--verify", f"HEAD:./{post}")


def committed_files(post):
    return files_in(f"HEAD:./{post}") if is_committed(post) else {}


def paths_to_carry(committed, now, notes):
    """The paths at which a post differs from the last commit, and those that have a note from an
    earlier run: a change that was taken back since is carried too."""
    paths = committed.keys() | now.keys()
    changed = {path for path in paths if committed.get(path) != now.get(path)}
    given = {str(note.relative_to(notes)) for note in notes.rglob("*") if note.is_file()}
    return sorted(path for path in changed | given if not is_own(path))


def ripple(chain, keep):
    """Carries the change of the first post of a chain to its end. Returns how many files changed,
    and the paths that conflicts stopped."""
    changed, stopped = 0, set()
    for previous, following in zip(chain, chain[1:]):
        committed, now = committed_files(previous), files_in(snapshot(previous))
        next_committed, next_now = committed_files(following), files_in(snapshot(following))
        for path in paths_to_carry(committed, now, folder_of_notes() / following):
            if path in stopped:
                continue
            states = [files.get(path, NONE) for files in (committed, next_committed, now, next_now)]
            source, target = f"{previous}/{path}", f"{following}/{path}"
            try:
                line = Carry(source, target, *states, target in keep).carry()
            except Conflict as conflict:
                print(f"CONFLICT {conflict}")
                stopped.add(path)
            else:
                if line:
                    print(line)
                    changed += 1
    return changed, stopped


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", metavar="FROM", help="the post that was changed")
    parser.add_argument("--keep", action="append", default=[], metavar="post-NN-…/PATH")
    asked = parser.parse_args(arguments)
    if not asked.start:
        parser.error("in which post is the change? make ripple FROM=01")
    [start] = named(asked.start)
    check_git("make ripple")
    posts = all_posts()
    chain = posts[posts.index(start) :]
    for post in chain[:-1]:
        if not is_committed(post):
            refuse(f"{post} is not in the last commit, so its changes are unknown.")
    changed, stopped = ripple(chain, asked.keep)
    totals = f"{len(chain)} posts, {changed} files changed, {len(stopped)} conflicts"
    print(f"ripple from {start}: {totals}")
    if stopped:
        print(ADVICE.format(start[5:7]), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # the names of files may be any bytes
    main(sys.argv[1:])
