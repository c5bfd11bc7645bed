#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""comparison_golden.py: writes tests/golden/analysis/comparison.json with NumPy, SciPy and scikit-learn (run by hand, never by the build).

Two models' vectors of the same words (multiples of 1/1024, which F32 files hold exactly), and what outside libraries say of them
together: cosines (sklearn), their difference, its mean and largest magnitude, Pearson's correlation of the pairs (scipy.stats), the
pairs by the size of their difference, the first two principal components of each (sklearn, sign by our rule), the second plane
turned onto the first (scipy.linalg.orthogonal_procrustes, with scale) and what is left (scipy.spatial.procrustes).
Made with NumPy 1.24, SciPy 1.10, scikit-learn 1.2."""
import json
import os

import numpy as np
import scipy.linalg
import scipy.spatial
import scipy.stats
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "analysis", "comparison.json")
WORDS = "earth planet moon sun bread cheese king queen dog".split()


def plane(x):
    fit = PCA(n_components=2, svd_solver="full").fit(x)
    return fit.transform(x) * [np.sign(c[np.argmax(np.abs(c))]) for c in fit.components_]


def main():
    rng = np.random.Generator(np.random.PCG64(11))
    groups = np.array([0, 0, 0, 0, 1, 1, 2, 2, 3])
    a = np.round((rng.standard_normal((4, 12)) * 1.2)[groups] * 1024 + rng.standard_normal((9, 12)) * 700) / 1024
    b = np.round((rng.standard_normal((4, 7)) * 0.8)[groups] * 1024 + rng.standard_normal((9, 7)) * 900) / 1024
    first, second = cosine_similarity(a), cosine_similarity(b)
    np.fill_diagonal(first, 1.0)
    np.fill_diagonal(second, 1.0)
    difference = second - first
    upper = np.triu_indices(len(WORDS), 1)
    order = sorted(zip(*upper), key=lambda p: -abs(difference[p]))
    p, q = plane(a), plane(b)
    r, s = scipy.linalg.orthogonal_procrustes(q, p)
    with open(OUT, "w", encoding="utf-8") as stream:
        json.dump({"words": WORDS, "a": a.tolist(), "b": b.tolist(), "difference": difference.tolist(),
                   "mean": np.abs(difference[upper]).mean(), "largest": np.abs(difference[upper]).max(),
                   "correlation": scipy.stats.pearsonr(first[upper], second[upper])[0],
                   "order": [[int(i), int(j)] for i, j in order], "plane_b": q.tolist(),
                   "aligned": (q @ r * s / (q ** 2).sum()).tolist(), "mirrored": bool(np.linalg.det(r) < 0),
                   "angle_deg": float(np.degrees(np.arctan2(r[0, 1], r[0, 0]))), "residual": scipy.spatial.procrustes(p, q)[2]}, stream)
        stream.write("\n")


if __name__ == "__main__":
    main()
