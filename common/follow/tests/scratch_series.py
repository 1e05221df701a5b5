"""A series of two small posts in a folder, for tests: its "kernel" is a Makefile that prints."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import follow

MAKEFILE = """\
all:
\t@mkdir -p build && cat kernel/*.cpp > build/kernel && ! grep -q broken build/kernel
run: all
\t@echo "  link" && cat build/kernel
"""

FIRST = """\
# The first

## Begin

> **Step `begin`** · 5 minutes · boots

**`Makefile`** (new)
```make
{makefile}```

**`kernel/main.cpp`** (new)
```cpp
int one = 1;
```

```console
$ make run
  link
int one = 1;
```
"""

SECOND = """\
# The second

## Two

> **Step `two`** · 10 minutes · boots

There is 1 file<!-- kernel/main.cpp: int one = 1 --> file. A line goes in front, and one comes behind.

**`kernel/main.cpp`** (change)
```diff
+// numbers
 int one = 1;
```

**`kernel/two.cpp`** (new, for now)
```cpp
int two = 3;
```

```console
$ make run
  link
…
int two = …;
```

## Mend it

> **Step `mend`** · 1 minute · compiles

**`kernel/two.cpp`** (change)
```diff
-int two = 3;
+int two = 2;
+int deux = 2;
```

- **`tests/`** (given): a file of the post.
"""


class SeriesTest(unittest.TestCase):
    """`project` holds docs/ and the posts 01 and 02, and the articles lead from one to the other."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = Path(folder.name)
        self.write("docs/00-first.md", FIRST.format(makefile=MAKEFILE))
        self.write("docs/01-second.md", SECOND)
        self.write("post-01-two/Makefile", MAKEFILE)
        self.write("post-01-two/kernel/main.cpp", "// numbers\nint one = 1;\n")
        self.write("post-01-two/kernel/two.cpp", "int two = 2;\nint deux = 2;\n")
        self.write("post-01-two/tests/test.txt", "a test\n")
        self.write("post-01-two/experiments/broken.patch", "no article makes this file\n")

    def write(self, name, text):
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, name, old, new):
        text = (self.project / name).read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        self.write(name, text.replace(old, new))

    def follow(self, *arguments):
        """Returns the exit code and all that was printed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                code = follow.main(list(arguments), self.project)
            except SystemExit as end:
                code = end.code
        return code, output.getvalue()

    def assert_follows(self):
        code, output = self.follow()
        self.assertEqual(code, 0, output)

    def assert_fails(self, *words):
        code, output = self.follow()
        self.assertEqual(code, 1, output)
        for word in words:
            self.assertIn(word, output)
