#!/usr/bin/env python3
"""Shows what changed between two posts as they stand now, through git's pager at a terminal.

Without TO it is the post after FROM, without FROM the one before TO, without both the newest.
"""

import argparse
import os
import sys

from git import check_git, git_succeeds
from posts import all_posts, named, refuse, tree
from snapshot import snapshot


def posts_to_compare(first, second):
    posts = all_posts()
    if first and second:
        return named(first, second)
    [post] = named(first or second or "")
    place = posts.index(post) + (1 if first else -1)
    if not 0 <= place < len(posts):
        refuse(f"There is no post {'after' if first else 'before'} {post} to compare with.")
    return (post, posts[place]) if first else (posts[place], post)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", metavar="FROM", nargs="?")
    parser.add_argument("second", metavar="TO", nargs="?")
    parser.add_argument("--stat", action="store_true", help="only how much changed in which file")
    parser.add_argument("--file", help="only this file, named by its path in the post")
    asked = parser.parse_args(arguments)
    check_git("make diff")
    before, after = posts_to_compare(asked.first, asked.second)
    trees = [snapshot(before), snapshot(after)]
    options = ["--stat"] if asked.stat else []
    if asked.file:
        if not any(git_succeeds("cat-file", "-e", f"{tree}:{asked.file}") for tree in trees):
            refuse(f"Neither {before} nor {after} has {asked.file}.")
        options += ["--", f":(top,literal){asked.file}"]
    if git_succeeds("diff", "--quiet", *trees, *options):
        print(f"{asked.file or 'Everything'} is the same in {before} and {after}.")
        return
    os.chdir(tree())
    prefixes = [f"--src-prefix={before}/", f"--dst-prefix={after}/"]
    os.execvp("git", ["git", "diff", "--no-relative", *prefixes, *trees, *options])


if __name__ == "__main__":
    main(sys.argv[1:])
