#!/usr/bin/env python3
"""Tests that what a page beside the articles shows is what its commands print."""

import unittest

from scratch_series import SeriesTest

PAGE = """\
# Help

In a copy of `post-01-two`:

**`kernel/two.cpp`** (change)
```diff
-int deux = 2;
+int broken = 2;
```

```console
$ make
make: *** … Error 1
```

In a copy of `post-01-two`:

```console
$ make run
…
int deux = 2;
```

## More

```console
$ echo POST=01; ls
POST=01
docs
```

```text
$ never run
```
"""


class Pages(SeriesTest):
    def setUp(self):
        super().setUp()
        self.write("docs/help.md", PAGE)

    def test_that_show_what_is_printed_pass(self):
        code, output = self.follow()
        self.assertEqual(code, 0, output)
        self.assertIn("[ok] help.md 3 places", output)

    def test_leave_the_posts_alone(self):
        self.assert_follows()
        self.assertFalse((self.project / "post-01-two/build").exists())

    def test_can_be_followed_without_the_articles(self):
        code, output = self.follow("help")
        self.assertEqual(code, 0, output)
        self.assertNotIn("01-second.md", output)

    def test_that_show_something_else_fail(self):
        self.replace("docs/help.md", "int deux = 2;\n```\n\n##", "int deux = 3;\n```\n\n##")
        self.assert_fails("help.md:18: ", '"int deux = 3;"')

    def test_whose_change_finds_no_place_fail(self):
        self.replace("docs/help.md", "-int deux = 2;", "-int dos = 2;")
        self.assert_fails("help.md:5: ", "kernel/two.cpp", "the place of this change is not found")

    def test_that_name_a_folder_that_is_not_there_fail(self):
        self.write("docs/help.md", PAGE.replace("of `post-01-two`", "of `post-01-three`", 1))
        self.assert_fails("help.md:3: there is no folder post-01-three")

    def test_that_name_no_folder_fail(self):
        self.replace("docs/help.md", "$ echo POST=01; ls", "$ ls")
        self.assert_fails("help.md:26: ", "must name the folder")

    def test_are_not_posts(self):
        for arguments in (["help", "--list"], ["help", "--folder", str(self.project / "mine")]):
            with self.subTest(arguments):
                code, output = self.follow(*arguments)
                self.assertEqual(code, 1)
                self.assertIn("there is no article for post help", output)


class Readmes(SeriesTest):
    def test_whose_links_lead_nowhere_fail(self):
        self.write("README.md", "# Series\n\nSee [it](docs/nothing.md).\n")
        self.assert_fails("../README.md:3: the link to docs/nothing.md leads nowhere")

    def test_that_name_a_command_that_make_does_not_know_fail(self):
        self.write("README.md", "# Series\n\nType `make coffee`.\n")
        self.assert_fails("../README.md:3: make knows no target coffee")


if __name__ == "__main__":
    unittest.main()
