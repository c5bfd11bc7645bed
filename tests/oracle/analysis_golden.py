#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""analysis_golden.py: writes tests/golden/analysis/*.json with NumPy, SciPy and scikit-learn (run by hand, never by the build).

Each file: rows, and what outside libraries say of them: cosine (raw and centred), dot, Euclidean distance, pair statistics
(numpy.percentile), ranks and percentiles of pairs (scipy.stats.rankdata, percentileofscore), PCA (sklearn.decomposition.PCA, svd_solver="full", sign by our rule), neighbours kept (sklearn's
NearestNeighbors in both spaces), average linkage (scipy.cluster.hierarchy) and the length of its optimal leaf order, Procrustes
(scipy.linalg.orthogonal_procrustes).  Made with NumPy 1.24, SciPy 1.10, scikit-learn 1.2."""
import json
import os

import numpy as np
import scipy.cluster.hierarchy as hierarchy
import scipy.linalg
import scipy.stats
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "analysis")
rng = np.random.Generator(np.random.PCG64(7))


def cosine(x):
    c = cosine_similarity(x)
    zero = np.linalg.norm(x, axis=1) == 0
    for i in range(len(x)):
        c[i, i] = 0.0 if zero[i] else 1.0
    return c


def pca(x, k):
    n, d = x.shape
    k = min(k, n, d)
    fit = PCA(n_components=k, svd_solver="full").fit(x)
    signs = np.array([np.sign(c[np.argmax(np.abs(c))]) for c in fit.components_])
    total = x.var(axis=0, ddof=1).sum()
    return {"k": k, "mean": fit.mean_.tolist(), "ratio": fit.explained_variance_ratio_.tolist(), "total_variance": total,
            "components": (fit.components_ * signs[:, None]).tolist(), "coordinates": (fit.transform(x) * signs).tolist()}


def kept(x, xy):
    n = len(x)
    k = min(5, n - 1)
    unit = x / np.linalg.norm(x, axis=1)[:, None]
    near = NearestNeighbors(n_neighbors=k).fit(unit).kneighbors(return_distance=False)
    close = NearestNeighbors(n_neighbors=k).fit(xy).kneighbors(return_distance=False)
    return [len(set(a) & set(b)) / k for a, b in zip(near, close)]


def shortest(z, d):
    """The least length of an order of the tree's leaves, by the plain recurrence of Bar-Joseph et al. over all pairs of ends.
    (SciPy 1.10's optimal_leaf_ordering is not always that good: "tall" is 6.86 long with it, 6.13 by this.)"""
    n = len(d)
    ends = [{(i, i): 0.0} for i in range(n)]
    for a, b in z[:, :2].astype(int):
        best = {}
        for (u, m), x in ends[a].items():
            for (k, w), y in ends[b].items():
                t = x + d[m, k] + y
                if t < best.get((u, w), np.inf):
                    best[u, w] = best[w, u] = t
        ends.append(best)
    return min(ends[-1].values())


def cluster(x):
    n = len(x)
    d = 1.0 - cosine(x)
    condensed = d[np.triu_indices(n, 1)]
    z = hierarchy.linkage(condensed, "average")
    best = hierarchy.leaves_list(hierarchy.optimal_leaf_ordering(z, condensed))
    return {"heights": z[:, 2].tolist(), "sizes": z[:, 3].astype(int).tolist(), "merges": z[:, :2].astype(int).tolist(),
            "length": float(shortest(z, d)), "scipy_length": float(sum(d[a, b] for a, b in zip(best, best[1:])))}


def ranks(values):
    """Of all pairs, row by row above the diagonal; the larger the value, the better."""
    upper = values[np.triu_indices(len(values), 1)]
    return {"rank": scipy.stats.rankdata(-upper, method="min").astype(int).tolist(),
            "percentile": [float(scipy.stats.percentileofscore(upper, value, kind="strict")) for value in upper]}


def write(name, x, with_cluster=True, with_kept=True):
    x = np.asarray(x, dtype=np.float64)
    n = len(x)
    c = cosine(x)
    upper = c[np.triu_indices(n, 1)]
    out = {"rows": x.tolist(), "cosine": c.tolist(), "cosine_centered": cosine(x - x.mean(axis=0)).tolist(), "dot": (x @ x.T).tolist(),
           "euclidean": np.sqrt(((x[:, None, :] - x[None, :, :]) ** 2).sum(axis=2)).tolist(),
           "statistics": {"mean": upper.mean(), "min": upper.min(), "max": upper.max(), "percentile_2": np.percentile(upper, 2),
                          "percentile_98": np.percentile(upper, 98)},
           "pca": pca(x, 10)}
    out["ranks"] = ranks(c)
    out["distance_ranks"] = ranks(-np.array(out["euclidean"]))
    if with_kept:
        out["neighbors_kept_by_row"] = kept(x, np.array(out["pca"]["coordinates"])[:, :2])
        out["neighbors_kept"] = float(np.mean(out["neighbors_kept_by_row"]))
    if with_cluster:
        out["cluster"] = cluster(x)
    with open(os.path.join(OUT, name + ".json"), "w") as f:
        json.dump(out, f)
        f.write("\n")


def write_procrustes():
    a = rng.standard_normal((9, 3))
    b = a @ scipy.linalg.qr(rng.standard_normal((3, 3)))[0] * 1.7 + [1, 2, 3] + rng.standard_normal((9, 3)) * 0.1
    ac, bc = a - a.mean(axis=0), b - b.mean(axis=0)
    r, _ = scipy.linalg.orthogonal_procrustes(ac, bc)
    fitted = ac @ r + b.mean(axis=0)
    with open(os.path.join(OUT, "procrustes.json"), "w") as f:
        json.dump({"from": a.tolist(), "to": b.tolist(), "rotation": r.tolist(), "fitted": fitted.tolist(),
                   "disparity": float(((fitted - b) ** 2).sum() / (bc ** 2).sum())}, f)
        f.write("\n")


def write_axes():
    """Axes of word pairs, from numbers of their own so that the other files stay as they are."""
    own = np.random.Generator(np.random.PCG64(11))
    x, pairs = own.normal(size=(9, 6)), own.normal(size=(4, 6))
    u = [(pairs[2 * i + 1] - pairs[2 * i]) / np.linalg.norm(pairs[2 * i + 1] - pairs[2 * i]) for i in range(2)]
    m = [(pairs[2 * i + 1] + pairs[2 * i]) / 2 for i in range(2)]
    out = {"rows": x.tolist(), "from": pairs[[0, 2]].tolist(), "to": pairs[[1, 3]].tolist(),
           "length": [float(np.linalg.norm(pairs[2 * i + 1] - pairs[2 * i])) for i in range(2)],
           "angle_deg": float(np.degrees(np.arccos(u[0] @ u[1]))),
           "coordinates": np.stack([(x - m[i]) @ u[i] for i in range(2)], axis=1).tolist()}
    with open(os.path.join(OUT, "axes.json"), "w", encoding="utf-8") as stream:
        json.dump(out, stream)
        stream.write("\n")


def main():
    os.makedirs(OUT, exist_ok=True)
    write("wide", rng.standard_normal((8, 24)) * 0.1 + 0.03)
    write("tall", rng.standard_normal((30, 6)) @ np.diag([3, 2, 1.5, 1, 0.5, 0.1]))
    write("square", rng.standard_normal((12, 12)))
    groups = rng.standard_normal((4, 10)) * 2
    write("groups", groups[rng.integers(0, 4, 25)] + rng.standard_normal((25, 10)) * 0.3)
    offset = rng.standard_normal((10, 5)) * 1e-3
    write("offset", offset + 100.0, with_cluster=False)
    zero = rng.standard_normal((6, 4))
    zero[3] = 0
    write("zero-row", zero, with_kept=False)
    flat = np.outer(rng.standard_normal(7), rng.standard_normal(9)) + rng.standard_normal(9)
    c = {"rows": flat.tolist(), "ratio_first": 1.0}
    with open(os.path.join(OUT, "rank-one.json"), "w") as f:
        json.dump(c, f)
        f.write("\n")
    write_procrustes()
    write_axes()


if __name__ == "__main__":
    main()
