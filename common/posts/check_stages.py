#!/usr/bin/env python3
"""Compares every post with the one before.

What differs must be listed under "## What changed" in the post's README.md, and what is listed must
differ. README.md, experiments/ and exercises/ are each post's own and not compared.
"""

import sys

from git import check_git
from posts import all_posts, tree
from snapshot import files_in, is_own, snapshot
from what_changed import listed_in


def differences(before, after):
    """What differs between two posts' files: path → changed, new or removed."""
    states = {}
    for path in sorted(before.keys() | after.keys()):
        if not is_own(path) and path not in before:
            states[path] = "new"
        elif not is_own(path) and path not in after:
            states[path] = "removed"
        elif not is_own(path) and before[path] != after[path]:
            states[path] = "changed"
    return states


def faults_of_folder(line, before, previous, inside):
    """What is wrong with a line for a whole folder, in which these files differ."""
    if line.state != "new" or any(path.startswith(line.path) for path in before):
        only_new = "a folder may only be listed as (new)"
        yield f"{line.path}: {only_new}, and only if {previous} does not have it"
    if not inside:
        yield f'{line.path} is listed under "What changed" but does not exist'


def faults_of(lines, before, after, previous):
    """What is wrong with a post's list, given the files of the post before and of this one."""
    states = differences(before, after)
    listed = set()
    for line in lines:
        if line.path in listed:
            yield f"{line.path} is listed twice"
        if not line.reason:
            yield f"{line.path} is listed without a reason. Write: - `{line.path}`: why"
        listed.add(line.path)
        if line.path.endswith("/"):
            inside = {path for path in states if path.startswith(line.path)}
            listed |= inside
            yield from faults_of_folder(line, before, previous, inside)
        elif line.path not in states:
            yield f'{line.path} is listed under "What changed" but is the same as in {previous}'
        elif line.state != states[line.path]:
            yield f"{line.path} is listed as {line.state} but is {states[line.path]}"
    for path, state in states.items():
        if path not in listed:
            yield f'{path} differs but is not listed under "What changed" ({state})'


def main(arguments):
    check_git("make check-stages")
    posts = all_posts()
    files = {post: files_in(snapshot(post)) for post in posts}
    faults = []
    for previous, post in zip([None] + posts, posts):
        readme = tree() / post / "README.md"
        if not readme.is_file():
            faults.append(f"{post}: has no README.md")
        elif previous:
            lines = listed_in(readme.read_text(encoding="utf-8"))
            found = faults_of(lines, files[previous], files[post], previous)
            faults += [f"{post}: {fault}" for fault in found]
    if faults:
        print("\n".join(faults))
        sys.exit(1)
    count = sum(len(those) for those in files.values())
    print(
        f"{len(posts)} post{'s' if len(posts) > 1 else ''}, {count} files: "
        "every difference is listed, everything listed differs."
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # the names of files may be any bytes
    main(sys.argv[1:])
