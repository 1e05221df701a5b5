"""Tests of make exercise, on posts whose kernel is a text and whose tests look for a word in it."""

import shutil
import sys
import unittest
from pathlib import Path

COMMON = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(COMMON / "posts/tests"))

from scratch_tree import FIRST, SECOND, OnScratchTree

# A test is a pattern. The image is the kernel.
MAKEFILE = """\
build/O2/tests/unit_tests: tests/unit/exercise_test.cpp kernel/main.cpp
\t@! grep broken kernel/main.cpp && mkdir -p $(@D)
\t@(echo '#!/bin/sh'; cat $< tests/unit/*) > $@ && chmod +x $@
build/O2/tests/kernel/exercise.iso: tests/kernel/exercise.cpp kernel/main.cpp
\t@mkdir -p $(@D) && cp kernel/main.cpp $@
"""

SOLUTION = """\
--- a/kernel/main.cpp
+++ b/kernel/main.cpp
@@ -1,2 +1,2 @@
 one
-two
+solved
"""


def asked(name):
    return f"What is asked for: {FIRST}/exercises/{name}/exercise.md\n"


class Exercise(OnScratchTree):
    def setUp(self):
        super().setUp()
        self.write(FIRST, "Makefile", MAKEFILE)
        self.write(FIRST, "boot/entry.asm", "")
        self.write(FIRST, "kernel/main.cpp", "one\ntwo\n")
        self.write(FIRST, "tests/unit/own_test.cpp", "false # the post's own\n")
        self.write(FIRST, "tests/kernel/own.cpp", "")
        self.write_exercise("words", "unit_test.cpp", "grep -q solved kernel/main.cpp\n")
        self.write_exercise("image", "kernel_test.cpp", "solved")
        self.write("", "judge", '#!/bin/sh\necho judged; grep -q "$(cat "$2")" "$1"\n')
        self.make_executable("", "judge")
        self.environment["POST_BUILD"] = "build/O2"
        self.environment["JUDGE"] = str(self.tree / "judge")
        self.commit()

    def write_exercise(self, name, test, text):
        self.write(FIRST, f"exercises/{name}/exercise.md", "# A title (5 minutes)\n\nDo it.\n")
        self.write(FIRST, f"exercises/{name}/{test}", text)
        self.write(FIRST, f"exercises/{name}/solution.patch", SOLUTION)

    def exercise(self, *arguments):
        return self.run_script("../scratch/exercise.py", *arguments)

    def expect(self, code, said, *arguments):
        result = self.exercise(*arguments)
        self.assertEqual(code, result.code, result.output)
        self.assertIn(said, result.output)

    def test_is_not_solved_at_first(self):
        self.expect(1, "words: not solved yet.\n", "01", "words")
        self.expect(1, f"judged\n{asked('image')}image: not solved yet.\n", "01", "image")

    def test_is_solved_by_its_solution_in_a_copy(self):
        self.expect(0, "words: solved.\n", "01", "words", "--solution")
        self.expect(0, "judged\nimage: solved.\n", "01", "image", "--solution")
        self.assertEqual("", self.status())

    def test_judges_the_post_as_it_stands(self):
        self.write(FIRST, "kernel/main.cpp", "one\nsolved\n")
        self.expect(0, "words: solved.\n", "01", "words")
        self.expect(0, "image: solved.\n", "01", "image")

    def test_judges_another_folder(self):
        shutil.copytree(self.tree / FIRST, self.tree / "mine")
        self.write("mine", "kernel/main.cpp", "one\nsolved\n")
        self.expect(0, "words: solved.\n", "01", "words", "--of", str(self.tree / "mine"))
        self.expect(1, "words: not solved yet.\n", "01", "words")

    def test_refuses_a_folder_without_a_kernel(self):
        self.expect(2, "/usr/bin is not a kernel's folder: it has no Makefile", "01", "words", "--of", "/usr/bin")
        self.expect(2, "/nowhere is not a kernel's folder", "01", "words", "--of", "/nowhere")

    def test_does_not_use_the_tests_of_the_judged_folder(self):
        shutil.copytree(self.tree / FIRST, self.tree / "mine")
        self.write("mine", "tests/unit/support.hpp", "exit 0\n")
        self.write("mine", "exercises/words/unit_test.cpp", "exit 0\n")
        self.expect(1, "words: not solved yet.\n", "01", "words", "--of", str(self.tree / "mine"))

    def test_that_does_not_build_is_not_solved(self):
        self.write(FIRST, "kernel/main.cpp", "one\nbroken and solved\n")
        self.expect(1, "broken and solved\n", "01", "words")
        said = "The test does not build with this kernel.\n"
        self.expect(1, f"{said}{asked('words')}words: not solved yet.\n", "01", "words")

    def test_that_could_not_be_judged_is_neither_solved_nor_unsolved(self):
        self.write("", "judge", "#!/bin/sh\necho 'judge: no QEMU' >&2; exit 2\n")
        result = self.exercise("01", "image", "--solution")
        self.assertEqual((2, "judge: no QEMU\nimage: no verdict.\n"), (result.code, result.output))

    def test_refuses_a_solution_that_no_longer_fits(self):
        self.write(FIRST, "kernel/main.cpp", "one\nthree\n")
        self.expect(2, "words/solution.patch does not fit", "01", "words", "--solution")

    def test_lists_what_there_is(self):
        self.write(FIRST, "exercises/image/exercise.md", "# Another (an evening)\n")
        listed = "  words               5 minutes   A title\n  image               an evening  Another\n"
        for name in ([], [""]):
            result = self.exercise("01", *name)
            self.assertEqual((0, listed), (result.code, result.output))
        self.expect(2, f'There is no exercise "nothing" in {FIRST}. There are:\n{listed}', "1", "nothing")
        self.expect(2, 'There is no exercise "../words"', "01", "../words")
        self.expect(0, f"There are no exercises in {SECOND}.\n", "02")
        self.expect(2, "There is no post", "77", "words")

    def test_refuses_a_task_without_title_or_time(self):
        self.write(FIRST, "exercises/words/exercise.md", "# A title\n")
        self.expect(2, 'exercise.md does not begin with a line "# TITLE (TIME)"', "01")


if __name__ == "__main__":
    unittest.main()
