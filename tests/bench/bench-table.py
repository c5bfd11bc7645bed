#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-table.py [--clear]: all figures of the benchmarks that ran before it in one table, beside their bars.

With --clear, which runs first, it empties the file the others add to (SEMBLANCE_BENCH_TABLE)."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from figures import format_row

path = os.environ["SEMBLANCE_BENCH_TABLE"]
if sys.argv[1:] == ["--clear"]:
    open(path, "w", encoding="utf-8").close()
else:
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            print(format_row(json.loads(line)))
