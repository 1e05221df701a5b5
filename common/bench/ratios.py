"""Measurements of one contestant as ratios to those of others.

A machine's speed drifts, and the repetitions of all contestants are run in random order. They are
compared in pairs, the first of one with the first of the other, and so on: how far these ratios lie
apart shows how much of a ratio is chance.
"""

import json
import re
from collections import defaultdict
from math import exp, log

PEERS = ("linked_list_allocator", "TLSF", "talc", "mimalloc", "jemalloc")


def seconds_per_item(text):
    """Google Benchmark's results: (trace, contestant) → repetition → seconds.

    The benchmarks must be named TRACE/CONTESTANT and count the items that they process.
    """
    seconds = defaultdict(dict)
    for run in json.loads(text)["benchmarks"]:
        if run["run_type"] == "iteration":
            trace, _, contestant = run["run_name"].rpartition("/")
            seconds[trace, contestant][run["repetition_index"]] = 1 / run["items_per_second"]
    return seconds


def row(trace, peer, ratios):
    ratios = sorted(ratios)
    median, lowest, highest = ratios[len(ratios) // 2], ratios[0], ratios[-1]
    name = f"time to {peer}'s: {trace}"
    return name, f"{median:.2f}", f"times ({lowest:.2f} to {highest:.2f})"


def time_ratios(contestant, text):
    """Rows (name, value, unit) for each trace and each peer, in the order of their names, and one
    for each peer over all traces, the spread of which is that of the repetitions."""
    seconds = seconds_per_item(text)
    by_peer = defaultdict(list)
    rows = []
    for (trace, peer), theirs in sorted(seconds.items()):
        ours = seconds.get((trace, contestant))
        if peer != contestant and ours:
            ratios = [ours[number] / theirs[number] for number in sorted(ours.keys() & theirs)]
            rows.append(row(trace, peer, ratios))
            by_peer[peer].append(ratios)
    if not rows:
        raise ValueError(f"there is nothing to compare with {contestant}")
    for peer, traces in sorted(by_peer.items()):
        means = [geometric_mean(repetition) for repetition in zip(*traces)]
        rows.append(row("geometric mean", peer, means))
    return rows


def geometric_mean(ratios):
    return exp(sum(map(log, ratios)) / len(ratios))


def instruction_ratios(figures):
    """Rows for the instructions of the kernel's allocator, as ratios to each peer's: the geometric
    mean over all traces that both were measured with. (The worst operations are not traces.)"""
    for peer in PEERS:
        ratios = []
        for figure in figures:
            theirs = re.search(peer + r": ([0-9,]+)", figure.peers)
            is_trace = re.match(r"size classes: (?!.*(worst|takes all))", figure.name)
            if theirs and is_trace and figure.unit == "instructions":
                ratios.append(float(figure.value) / int(theirs[1].replace(",", "")))
        if ratios:
            name = f"instructions to {peer}'s: geometric mean of {len(ratios)} traces"
            yield name, f"{geometric_mean(ratios):.2f}", "times"
