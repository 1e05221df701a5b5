"""Tests of what is computed from measurements, and of the tables that show it."""

import json
import sys
import unittest
from pathlib import Path

COMMON = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(COMMON / "bench"), str(COMMON / "posts")]
import figures  # noqa: E402
import machines  # noqa: E402
import ratios  # noqa: E402
from figures import Figure  # noqa: E402


def results(*runs):
    """What Google Benchmark writes about runs (name, repetition, items per second)."""
    aggregate = {"run_type": "aggregate", "run_name": "a/ours", "items_per_second": 1}
    keys = ("run_name", "repetition_index", "items_per_second")
    iterations = [{"run_type": "iteration", **dict(zip(keys, run))} for run in runs]
    return json.dumps({"benchmarks": iterations + [aggregate]})


class TimeRatios(unittest.TestCase):
    def test_are_taken_in_pairs(self):
        # The machine is twice as slow the second time, which no ratio shows.
        runs = [("a/peer", 1, 50), ("a/ours", 0, 200), ("a/ours", 1, 100), ("a/peer", 0, 100)]
        self.assertEqual(
            ratios.time_ratios("ours", results(*runs))[0],
            ("time to peer's: a", "0.50", "times (0.50 to 0.50)"),
        )

    def test_have_a_median_and_a_spread(self):
        runs = [("a/ours", number, 1) for number in range(3)]
        runs += [("a/peer", 0, 3), ("a/peer", 1, 1), ("a/peer", 2, 2)]
        row = ratios.time_ratios("ours", results(*runs))[0]
        self.assertEqual(row[1:], ("2.00", "times (1.00 to 3.00)"))

    def test_end_with_the_geometric_mean_over_all_traces(self):
        runs = [("a/ours", 0, 1), ("a/peer", 0, 2), ("b/ours", 0, 1), ("b/peer", 0, 8)]
        rows = ratios.time_ratios("ours", results(*runs, ("b/other", 0, 1)))
        self.assertEqual([row[1] for row in rows], ["2.00", "1.00", "8.00", "1.00", "4.00"])
        self.assertEqual(rows[3][0], "time to other's: geometric mean")
        self.assertEqual(rows[4][0], "time to peer's: geometric mean")

    def test_are_an_error_where_there_is_nothing_to_compare(self):
        with self.assertRaises(ValueError):
            ratios.time_ratios("ours", results(("a/peer", 0, 1)))


class InstructionRatios(unittest.TestCase):
    def test_are_means_over_the_traces_that_both_have(self):
        measured = [
            Figure("06", "size classes: a", "30", "instructions", "TLSF: 60, talc: 3,000"),
            Figure("06", "size classes: b", "80", "instructions", "TLSF: 40"),
            Figure("06", "size classes: worst single operation", "1", "instructions", "TLSF: 9"),
            Figure("06", "size classes: full of a", "1", "%", "TLSF: 9"),
            Figure("06", "linked list: a", "1", "instructions", "TLSF: 9"),
        ]
        mean = "geometric mean of"
        self.assertEqual(
            list(ratios.instruction_ratios(measured)),
            [
                (f"instructions to TLSF's: {mean} 2 traces", "1.00", "times"),
                (f"instructions to talc's: {mean} 1 traces", "0.01", "times"),
            ],
        )


class Tables(unittest.TestCase):
    FACTS = {"commit": "0123abc", "processor": 'a "quoted" one'}
    FIGURES = [
        Figure("post-01", "int3", "42", "instructions", "others: 27"),
        Figure("post-01", "time | space", "0.58", "times"),
        Figure("post-02", "size", "1,024", "bytes"),
    ]

    def test_of_markdown_are_one_for_each_post(self):
        self.assertEqual(
            figures.as_markdown(self.FACTS, self.FIGURES),
            "# Figures\n\n"
            "- commit: 0123abc\n"
            '- processor: a "quoted" one\n'
            "\n## post-01\n\n"
            "| figure | value | unit | others |\n"
            "|---|---:|---|---|\n"
            "| int3 | 42 | instructions | others: 27 |\n"
            "| time \\| space | 0.58 | times |  |\n"
            "\n## post-02\n\n"
            "| figure | value | unit | others |\n"
            "|---|---:|---|---|\n"
            "| size | 1,024 | bytes |  |\n",
        )

    def test_of_json_hold_numbers_as_numbers(self):
        table = json.loads(figures.as_json(self.FACTS, self.FIGURES))
        self.assertEqual(table["circumstances"], self.FACTS)
        self.assertEqual([row["value"] for row in table["figures"]], [42, 0.58, "1,024"])
        self.assertEqual(table["figures"][0]["peers"], "others: 27")

    def test_of_peers_are_found_by_the_names_of_figures(self):
        peers = figures.peers_by_figure()
        self.assertEqual(peers["map a page, tables there"], "x86_64: 147")
        self.assertFalse([name for name in peers if name.startswith("#")])

    def test_are_made_of_what_kernels_say(self):
        said = "a = b = 3 instructions\nfull = 99.6 % of 100 KiB\n"
        rows = [("a = b", "3", "instructions"), ("full", "99.6", "% of 100 KiB")]
        self.assertEqual(list(figures.rows_in(said)), rows)


class Machines(unittest.TestCase):
    def test_are_timed_from_one_line_to_another(self):
        lines = ["It did not crash! (too early)", "Hello from", "…", "It did not crash!"]
        seconds = machines.seconds_between(lines, machines.FIRST_LINE, machines.LAST_LINE)
        self.assertGreaterEqual(seconds, 0)

    def test_that_do_not_get_there_are_an_error(self):
        with self.assertRaises(RuntimeError):
            machines.seconds_between(["Hello from"], machines.FIRST_LINE, machines.LAST_LINE)

    def test_are_measured_three_times(self):
        seconds = iter([0.3, 0.1, 0.2])
        self.assertEqual(machines.median(lambda: next(seconds)), "200")


if __name__ == "__main__":
    unittest.main()
