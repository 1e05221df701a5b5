#!/usr/bin/env python3
"""Follows the articles of the posts as a reader does, and ends with each post's folder.

usage: follow.py [POST...]                     every step of these posts' articles, or of all
       follow.py PAGE...                       what these pages of docs/ run: debugging
       follow.py POST --folder DIR [--step NAME]  leaves the tree behind the last step, or this one
       follow.py [POST...] --list              the steps, with minutes and written lines

The articles of post NN are docs/NN-*.md, in the order of their names. The first of post 00, the
prologue, begins with an empty folder; that of post 01 with what the prologue has made; that of each
later post with the folder of the post before. Pages are all other texts in docs/; see pages.py.
"""

import argparse
import concurrent.futures
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "posts"))

import references
import transcript
from article import Article, Mistake
from lines import COMMENT, code_in, code_of
from pages import Page
from tree import CannotBeDone, Tree

PROJECT = Path(__file__).resolve().parents[2]
MOST_WRITTEN = 150  # code lines between two runs
LEAST_WRITTEN = 2 / 3  # of the code lines that a post adds
KERNEL = ("boot", "kernel")


class Refused(Exception):
    """What was asked for cannot be done; the message is for the person who asked."""


def code_lines(action, lines):
    """How many of the lines that an action writes are code lines of the kernel."""
    suffix = Path(action.path).suffix
    if action.path.split("/")[0] not in KERNEL or suffix not in COMMENT:
        return 0
    return len(code_of("\n".join(lines), suffix))


def kernel_code(folder):
    return code_in(Path(folder), *KERNEL)


def lines_added(before, after):
    """Code lines of `after` that are not in `before`, file by file."""
    return sum(
        (Counter(lines) - Counter(before.get(path, []))).total() for path, lines in after.items()
    )


def files_of(folder):
    """The files of a folder, without what was built, experiments and exercises: name → path."""
    files = {path.relative_to(folder): path for path in sorted(Path(folder).rglob("*"))}
    return {
        name.as_posix(): path
        for name, path in files.items()
        if path.is_file()
        and not {"build", "__pycache__"} & set(name.parts)
        and name.parts[0] not in ("experiments", "exercises")
    }


def lines_of(path):
    """The lines of a file with their ends, then "(end)". The lists of different files differ."""
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    return [*text.splitlines(keepends=True), "(end)"]


def differences(made, wanted):
    """In words, how a folder differs from the one that it should have become."""
    made, wanted = files_of(made), files_of(wanted)
    for name in sorted(made.keys() | wanted.keys()):
        if name not in made:
            yield f"{name} is missing"
        elif name not in wanted:
            yield f"{name} is not in the post"
        elif made[name].read_bytes() != wanted[name].read_bytes():
            left, right = lines_of(made[name]), lines_of(wanted[name])
            number = next((i for i, pair in enumerate(zip(left, right)) if pair[0] != pair[1]), 0)
            yield f"{name}:{number + 1} is {left[number]!r}, but in the post {right[number]!r}"
        elif os.access(made[name], os.X_OK) != os.access(wanted[name], os.X_OK):
            yield f"{name} is executable in one and not in the other"


class Series:
    """The articles and the posts of a project."""

    def __init__(self, project):
        self.project = Path(project)
        self.docs = self.project / "docs"

    def posts(self):
        """The numbers of the posts that have an article."""
        return sorted({path.name[:2] for path in self.docs.glob("[0-9][0-9]-*.md")})

    def pages(self):
        """The names of the pages beside the articles."""
        return sorted(path.stem for path in self.docs.glob("*.md") if not path.name[:2].isdigit())

    def articles(self, post):
        return [Article(path) for path in sorted(self.docs.glob(f"{post}-*.md"))]

    def folder(self, post):
        found = sorted(self.project.glob(f"post-{post}-*"))
        if not found:
            raise Refused(f"there is no post {post}")
        return found[0]

    def begin(self, post, folder):
        """Fills an empty folder with what the first article of a post begins with."""
        if post == "01":
            Follower(self, "00", folder).type(self.articles("00"))
        elif post > "01":
            before = self.folder(f"{int(post) - 1:02}")
            for name, path in files_of(before).items():
                Path(folder, name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, Path(folder, name))


def do(tree, article, action):
    try:
        return tree.do(action)
    except CannotBeDone as error:
        place = f"{action.path}: " if action.path and action.path not in str(error) else ""
        raise article.mistake(action.line, f"{place}{error}") from error


def environment():
    """The variables for the commands of a text: those of a reader without a display."""
    result = {**os.environ, "CI": "true", "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DISPLAY", "WAYLAND_DISPLAY", "POST"):
        result.pop(name, None)
    return result


def run_commands(text, action, project, folder, variables):
    """Runs the console block `action` of a text: in the project's folder if a command has POST=."""
    try:
        for command in transcript.commands_in(action.text):
            of_project = "POST=" in command.words
            transcript.check(command, project if of_project else folder, variables)
            yield command
    except transcript.Differs as error:
        raise text.mistake(action.line, str(error)) from error


class Follower:
    """Does in a folder what the articles of a post say. Raises Mistake."""

    def __init__(self, series, post, folder):
        self.series, self.post, self.folder = series, post, Path(folder)
        self.given = series.folder(max(post, "01"))
        self.tree = Tree(folder, self.given)
        self.environment = environment()
        self.given_lines = 0
        self.written_since_run = 0

    def type(self, articles, until=None):
        """Does what the articles say to files, up to the step of this name, and nothing else."""
        for article in articles:
            for step in article.steps:
                for action in step.actions:
                    self.written_since_run = 0
                    if action.kind not in ("console", "aside"):
                        self.write(article, action)
                if step.name == until:
                    return

    def follow(self, article, say):
        """Does all that one article says. Those before it are typed only, and not run."""
        before = kernel_code(self.folder)
        articles = self.series.articles(self.post)
        names = [each.name for each in articles]
        self.type(articles[: names.index(article.name)])
        for step in article.steps:
            self.do_step(article, step)
            say(f"[ok] {article.name} {step.name}")
        if article.name == names[-1]:
            self.check_end(article, before)

    def do_step(self, article, step):
        booted = False
        for action in step.actions:
            if action.kind == "console":
                booted |= self.console(article, action)
            elif action.kind == "aside":
                self.aside(article, action)
            else:
                self.write(article, action)
        built = subprocess.run(
            ["make"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if (built.returncode == 0) != (step.promise != "fails to build"):
            raise article.mistake(
                step.line, f"the step {step.promise}, it says, but make says:\n{built.stdout}"
            )
        if step.promise == "boots" and not booted:
            raise article.mistake(step.line, "the step boots, it says, but no console block shows it")

    def write(self, article, action):
        if action.kind == "given":
            before = kernel_code(self.folder)
            do(self.tree, article, action)
            self.given_lines += lines_added(before, kernel_code(self.folder))
            return
        self.written_since_run += code_lines(action, do(self.tree, article, action))
        if self.written_since_run > MOST_WRITTEN:
            raise article.mistake(
                action.line,
                f"{self.written_since_run} code lines are written since the last run, "
                f"more than {MOST_WRITTEN}",
            )

    def console(self, article, action):
        """Runs the commands of a block. Returns whether one of them boots this tree's kernel."""
        booted = False
        for command in run_commands(
            article, action, self.series.project, self.folder, self.environment
        ):
            if command.words.startswith("make") and "POST=" not in command.words:
                self.written_since_run = 0
                booted |= "run" in command.words.split()
        return booted

    def aside(self, article, action):
        command = "g++ -std=c++2b -Wall -Wextra -Ikernel -fsyntax-only -x c++ -"
        compiled = subprocess.run(
            command.split(), cwd=self.folder, input=action.text, capture_output=True, text=True
        )
        if (compiled.returncode == 0) == ("does not compile" in action.marks):
            raise article.mistake(action.line, f"the compiler says:\n{compiled.stderr or 'nothing'}")

    def check_end(self, article, before):
        """The prologue has no folder to end with: post 01 shows whether it fits."""
        last = len(article.lines)
        if self.post == "00":
            wanted = kernel_code(self.folder)
        else:
            wanted = kernel_code(self.given)
            for difference in differences(self.folder, self.given):
                raise article.mistake(last, f"at the end {difference}")
        added = lines_added(before, wanted)
        if added and 1 - self.given_lines / added < LEAST_WRITTEN:
            raise article.mistake(
                last, f"{self.given_lines} of {added} code lines are given, more than a third"
            )


def follow_page(series, name):
    """Runs what a page shows. Returns the lines about it, and the mistakes."""
    said = []
    try:
        page = Page(series.docs / f"{name}.md")
        places = [step for step in page.steps if step.actions]
        for place in places:
            with tempfile.TemporaryDirectory() as scratch:
                run_place(series, page, place, Path(scratch, place.name or "nothing"))
        said += [f"[ok] {page.name} {len(places)} places"] if places else []
    except Mistake as mistake:
        said.append(f"[failed] {mistake}")
    return said


def run_place(series, page, place, folder):
    if place.name:
        if not (series.project / place.name).is_dir():
            raise page.mistake(place.line, f"there is no folder {place.name}")
        for name, path in files_of(series.project / place.name).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)
    tree = Tree(folder, folder)
    for action in place.actions:
        if action.kind != "console":
            do(tree, page, action)
            continue
        for _ in run_commands(page, action, series.project, folder, environment()):
            pass


def check_references(series):
    """The mistakes in the links, terms and commands of all texts in docs/ and in the READMEs."""
    makefiles = [
        path.read_text()
        for pattern in ("Makefile", "post-*/Makefile", "post-*/tests/tests.mk")
        for path in series.project.glob(pattern)
    ]
    glossary = series.docs / "glossary.md"
    terms = glossary.read_text(encoding="utf-8") if glossary.exists() else ""
    readmes = [*series.project.glob("README.md"), *series.project.glob("*/README.md")]
    for path in sorted({*series.docs.glob("*.md"), *readmes}):
        text = path.read_text(encoding="utf-8")
        found = list(references.broken_links(path, text))
        if path.parent in (series.docs, series.project):
            found += references.unknown_targets(text, makefiles)
        if path.name[:2].isdigit():
            found += references.terms_not_linked(text, terms)
        for line, message in sorted(found):
            yield Mistake(os.path.relpath(path, series.docs), line, message)


def list_steps(series, posts):
    """The time line: each article with its minutes and written lines, and so each of its steps."""
    rows = []
    for post in posts:
        for article in series.articles(post):
            steps = [(each, sum(map(written_lines, each.actions))) for each in article.steps]
            rows.append((sum(each.minutes for each, _ in steps), sum(lines for _, lines in steps)))
            print_row(article.name, *rows[-1], article.title)
            for step, lines in steps:
                print_row(f"  {step.name}", step.minutes, lines, step.title)
    print_row("all", sum(minutes for minutes, _ in rows), sum(lines for _, lines in rows), "")


def print_row(name, minutes, lines, title):
    print(f"{name:30}{minutes:4} min {lines:5} lines  {title}".rstrip())


def written_lines(action):
    if action.kind == "change":
        return code_lines(action, [line[1:] for line in action.text.splitlines() if line[:1] == "+"])
    return code_lines(action, action.text.splitlines()) if action.kind in ("new", "next part") else 0


def leave_tree(series, post, step, folder):
    """Types a post's articles into a folder that is not there yet, up to a step."""
    names = [each.name for article in series.articles(post) for each in article.steps]
    if step and step not in names:
        raise Refused(f"post {post} has no step {step}. Its steps: {' '.join(names)}")
    if Path(folder).exists():
        raise Refused(f"{folder} exists. Name a folder that does not: nothing there is overwritten.")
    Path(folder).mkdir(parents=True)
    series.begin(post, folder)
    Follower(series, post, folder).type(series.articles(post), step)
    print(f"{folder} is the tree {'behind the step ' + step if step else 'at the end'}.")


def follow_article(series, post, article):
    """Returns the lines about each step, and the mistakes."""
    said = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            series.begin(post, folder)
            Follower(series, post, folder).follow(article, said.append)
        except Mistake as mistake:
            said.append(f"[failed] {mistake}")
    return said


def jobs(series, names):
    """For each article and page of these posts and pages, a function that follows it."""
    for name in names:
        if name in series.pages():
            yield functools.partial(follow_page, series, name)
        else:
            for article in series.articles(name):
                yield functools.partial(follow_article, series, name, article)


def follow_all(series, names):
    """Follows articles and pages, several at a time. Returns the exit code.

    More at a time than there are CPUs: a kernel that rests is watched for seconds.
    """
    said = [f"[failed] {mistake}" for mistake in check_references(series)]
    said = said or ["[ok] links, terms and commands"]
    print("\n".join(said))
    with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        for lines in pool.map(lambda job: job(), jobs(series, names)):
            print("".join(line + "\n" for line in lines), end="", flush=True)
            said += lines
    failed = sum(line.startswith("[failed]") for line in said)
    print(f"{len(said) - failed} passed, {failed} failed")
    return 1 if failed else 0


def main(arguments, project=PROJECT):
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1], add_help=False)
    parser.add_argument("posts", nargs="*")
    parser.add_argument("--step")
    parser.add_argument("--folder")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    series = Series(project)
    known, pages = series.posts(), series.pages()
    posts = [name[5:7] if name.startswith("post-") else name.zfill(2) for name in options.posts]
    try:
        for post in posts:
            if post not in known and (post not in pages or options.list or options.folder):
                raise Refused(f"there is no article for post {post}. There are: {' '.join(known)}")
        if options.list:
            list_steps(series, posts or known)
        elif options.step or options.folder:
            if len(posts) != 1 or not options.folder:
                raise Refused("say which post, and into which folder: POST=03 STEP=eoi DIR=my-kernel")
            leave_tree(series, posts[0], options.step, options.folder)
        else:
            return follow_all(series, posts or known + pages)
    except (Refused, Mistake) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
