# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: percentiles, reading SEMBLANCE_TRACE, and the table of all figures beside their bars.

row() prints a figure and, when SEMBLANCE_BENCH_TABLE names a file, appends it there; bench-table.py prints that file at the end.
"""
import json
import os


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def frames(path, offset=0, causes=("key",)):
    """The trace's frames that answer such an input, after so many bytes."""
    with open(path, encoding="utf-8") as stream:
        stream.seek(offset)
        lines = [json.loads(line) for line in stream if line.endswith("\n") and line.strip()]
    return [line for line in lines if line.get("event") == "frame" and line.get("cause") in causes]


def row(name, value, unit, bar=None, note=""):
    """unit: "ms", or "x PEER" for a ratio; bar: the most it may be.  Returns whether the bar is met."""
    met = bar is None or value <= bar
    print(format_row([name, value, unit, bar, note, os.getloadavg()[0]]), flush=True)
    path = os.environ.get("SEMBLANCE_BENCH_TABLE")
    if path:
        with open(path, "a", encoding="utf-8") as stream:
            stream.write(json.dumps([name, value, unit, bar, note, os.getloadavg()[0]]) + "\n")
    return met


def format_row(figure):
    name, value, unit, bar, note, load = figure
    verdict = "" if bar is None else f"bar {bar:<5g} " + ("met   " if value <= bar else "MISSED")
    return f"{name:44} {value:9.2f} {unit:28} {verdict:16} {note} (load {load:.0f})"
