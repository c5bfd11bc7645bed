#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-numbers.py SEMBLANCE-CLI: the numerical bars of DESIGN.md 9 as ratios, measured alternately with the peers.

Cosine matrix, neighbours and analyses come from `semblance-cli bench`; exact PCA is compared with scikit-learn's default solver
on the same shape when scikit-learn is there.  Prints a table; exit status 1 when a bar is missed."""
import json
import statistics
import subprocess
import sys
import time

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
        value = case.get("ratio", case["ms_99"])
        bar = case.get("bar")
        if bar is not None:
            missed += value > bar
        print(f"{case['name']:24} {case['ms']:9.2f} ms  {value:8.2f} {'x ' + case['baseline'] if 'ratio' in case else 'ms (99 %)'}"
              + (f"  bar {bar}" + ("  MISSED" if value > bar else "") if bar is not None else ""))
    try:
        peer = time_sklearn()
    except ImportError as trouble:
        print(f"pca-30522x768: not compared with scikit-learn: {trouble}")
        return 1 if missed else 0
    ours = bench("pca-30522x768")[0]["ms"]
    missed += ours / peer > 0.5
    print(f"{'pca-30522x768':24} {ours:9.2f} ms  {ours / peer:8.2f} x scikit-learn's default ({peer:.0f} ms)  bar 0.5"
          + ("  MISSED" if ours / peer > 0.5 else ""))
    return 1 if missed else 0


sys.exit(main())
