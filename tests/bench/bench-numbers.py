#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-numbers.py SEMBLANCE-CLI: the numerical bars of DESIGN.md 9 as ratios, measured alternately with the peers.

Cosine matrix, neighbours and analyses come from `semblance-cli bench`; exact PCA is compared with scikit-learn's default solver
on the same shape when scikit-learn is there.  Prints a table; exit status 1 when a bar is missed."""
import json
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from figures import row

CLI = sys.argv[1]


def bench(*names):
    out = subprocess.run([CLI, "bench", "--format=json", *names], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)["benchmarks"]


def time_sklearn():
    import numpy as np
    from sklearn.decomposition import PCA
    x = np.random.default_rng(1).standard_normal((30522, 768)) * 0.05
    times = []
    for _ in range(4):
        start = time.perf_counter()
        PCA(n_components=2).fit(x)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def main():
    missed = 0
    for case in bench():
        note = f"{case['ms']:.2f} ms"
        if "ratio" in case:
            note += f", {case['cpu_ratio']:.2f} of its processor time"
            missed += not row(case["name"], case["ratio"], "x " + case["baseline"], case.get("bar"), note)
        else:
            missed += not row(case["name"] + ": 99 %", case["ms_99"], "ms", case.get("bar"), "median " + note)
    try:
        peer = time_sklearn()
    except ImportError as trouble:
        print(f"pca-30522x768: not compared with scikit-learn: {trouble}")
        return 1 if missed else 0
    ours = bench("pca-30522x768")[0]["ms"]
    missed += not row("pca-30522x768", ours / peer, "x scikit-learn's default", 0.5, f"{ours:.0f} ms, {peer:.0f} ms")
    return 1 if missed else 0


sys.exit(main())
