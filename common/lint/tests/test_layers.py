"""Tests of the rule about the parts of a kernel."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import layers  # noqa: E402


class Include(unittest.TestCase):
    def faults(self, path, included):
        with tempfile.TemporaryDirectory() as kernel:
            file = Path(kernel, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'#include <array>\n#include "{included}"\n')
            return [fault.partition(path)[2] for fault in layers.faults_in(Path(kernel))]

    def test_of_a_lower_layer_is_allowed(self):
        self.assertEqual([], self.faults("heap/heap.cpp", "memory/page.hpp"))
        self.assertEqual([], self.faults("memory/page.hpp", "memory/frame.hpp"))

    def test_of_a_higher_layer_is_a_fault(self):
        said = ":2: memory must not include heap, which is not below it"
        self.assertEqual([said], self.faults("memory/page.hpp", "heap/heap.hpp"))

    def test_of_the_same_layer_is_a_fault(self):
        self.assertEqual(1, len(self.faults("cpu/bits.hpp", "text/print.hpp")))

    def test_of_the_top_is_allowed_only_there(self):
        self.assertEqual(1, len(self.faults("heap/heap.cpp", "shell/shell.hpp")))
        self.assertEqual([], self.faults("main.cpp", "shell/shell.hpp"))
        self.assertEqual([], self.faults("shell/shell.hpp", "heap/heap.hpp"))
        self.assertEqual([], self.faults("shell/shell.hpp", "machine_memory.hpp"))


if __name__ == "__main__":
    unittest.main()
