#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected fastText vectors for the model that tests/core/model/test-word-vectors.c writes: row r, column c of the input matrix is
((r * 7 + c * 3) % 23 - 11) / 8.  Written from the published description (Bojanowski et al. 2017; FNV-1a over signed chars, n-grams
of "<word>" by code points).  Prints golden/model/fasttext.json."""
import json
DIM, BUCKET, MIN_N, MAX_N = 5, 97, 2, 4
WORDS = ["</s>", "planet", "earth", "größe", "地球", "a"]
UNSEEN = ["planets", "erde", "月", "größer"]


def row(r):
    return [((r * 7 + c * 3) % 23 - 11) / 8 for c in range(DIM)]


def fnv(data):
    h = 2166136261
    for b in data:
        h ^= (b - 256 if b > 127 else b) & 0xffffffff
        h = h * 16777619 & 0xffffffff
    return h


def ngrams(word):
    framed = "<" + word + ">"
    for i in range(len(framed)):
        for n in range(MIN_N, MAX_N + 1):
            if i + n <= len(framed):
                yield framed[i:i + n]


def vector(word):
    rows = [row(WORDS.index(word))] if word in WORDS else []
    if word != "</s>":
        rows += [row(len(WORDS) + fnv(g.encode()) % BUCKET) for g in ngrams(word)]
    return [sum(r[c] for r in rows) / len(rows) for c in range(DIM)]


print(json.dumps({w: vector(w) for w in WORDS + UNSEEN}, ensure_ascii=False, indent=1))
