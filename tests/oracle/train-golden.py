#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""train-golden.py OUT: what tests/core/train compares with, computed by SciPy and NumPy.

spearman.json  random and tied samples with scipy.stats.spearmanr of each
halves.json    floats with their IEEE half precision as NumPy rounds it
"""
import json
import os
import sys

import numpy as np
from scipy.stats import spearmanr

out = sys.argv[1]
rng = np.random.default_rng(20261123)
cases = []
for n, levels in ((2, 0), (3, 0), (5, 2), (10, 0), (10, 3), (50, 4), (200, 0), (353, 20), (1000, 7)):
    a = rng.standard_normal(n)
    b = 0.6 * a + rng.standard_normal(n)
    if levels:
        a, b = np.round(a * levels / 4, 0), np.round(b * levels / 4, 0)
    rho = spearmanr(a, b)[0]
    cases.append({"a": a.tolist(), "b": b.tolist(), "rho": None if np.isnan(rho) else float(rho)})
json.dump(cases, open(os.path.join(out, "spearman.json"), "w"))

values = [0.0, -0.0, 1.0, -1.0, 65504.0, 65519.0, 65520.0, 1e9, -1e9, 6.1035156e-05, 6.0975552e-05, 5.9604645e-08, 2.9802322e-08,
          2.9802326e-08, 1e-10, 0.1, 1 / 3, 2049.0, 2051.0, 1.00048828125, 1.0014648]
values += (rng.standard_normal(300) * 10.0 ** rng.integers(-8, 6, 300)).tolist()
with np.errstate(over="ignore"):
    single = np.array(values, np.float32)
    halves = single.astype(np.float16).view(np.uint16)
json.dump([[float(v), int(h)] for v, h in zip(single, halves)], open(os.path.join(out, "halves.json"), "w"))
