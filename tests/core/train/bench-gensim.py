#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-gensim.py SEMBLANCE-CLI TEXT [--rounds 3] [--threads 2]: the trainer's speed against gensim's, measured in one run.

Both train skip-gram with negative sampling on the same lines, already cut into words, with the same dimension, window, negatives,
thinning, minimum count, threads and one epoch; runs alternate. Speed is running words per second of training (reading and building the
vocabulary left out on both sides), by the clock and by processor time. gensim reads through corpus_file, its fast way.
Run by hand on a quiet machine; needs Debian's python3-gensim with its compiled loops.
"""
import argparse
import json
import logging
import os
import re
import resource
import statistics
import subprocess
import tempfile
import time

import gensim
from gensim.models import word2vec

assert word2vec.FAST_VERSION >= 0, "gensim without its compiled loops is no peer"
logging.disable(logging.CRITICAL)
parser = argparse.ArgumentParser()
parser.add_argument("cli")
parser.add_argument("text")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--dim", type=int, default=192)
parser.add_argument("--window", type=int, default=6)
parser.add_argument("--negatives", type=int, default=8)
args = parser.parse_args()
work = tempfile.mkdtemp()
lines = os.path.join(work, "lines")
n_words = 0
with open(args.text, encoding="utf-8") as source, open(lines, "w", encoding="utf-8") as target:
    for line in source:
        words = re.findall(r"[a-z0-9]+", line.lower())
        n_words += len(words)
        target.write(" ".join(words) + "\n")


def cpu(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def run_gensim():
    model = word2vec.Word2Vec(vector_size=args.dim, window=args.window, sg=1, hs=0, negative=args.negatives, sample=1e-4,
                              min_count=5, workers=args.threads, epochs=1, seed=1)
    model.build_vocab(corpus_file=lines)
    start, used = time.monotonic(), cpu(resource.RUSAGE_SELF)
    model.train(corpus_file=lines, total_words=model.corpus_total_words, total_examples=model.corpus_count, epochs=1)
    return n_words / (time.monotonic() - start), n_words / (cpu(resource.RUSAGE_SELF) - used)


def train(epochs):
    start, used = time.monotonic(), cpu(resource.RUSAGE_CHILDREN)
    subprocess.run([args.cli, "train", lines, "-o", os.path.join(work, "model"), "--quiet", f"--dim={args.dim}",
                    f"--window={args.window}", f"--negatives={args.negatives}", "--sample=1e-4", "--min-count=5",
                    f"--threads={args.threads}", f"--epochs={epochs}", "--vocab-size=2048"], check=True)
    return time.monotonic() - start, cpu(resource.RUSAGE_CHILDREN) - used


def run_semblance():
    # The difference between two and one epochs is training alone.
    (one, cpu_one), (two, cpu_two) = train(1), train(2)
    return n_words / (two - one), n_words / (cpu_two - cpu_one)


ours, theirs = [], []
for _ in range(args.rounds):
    theirs.append(run_gensim())
    ours.append(run_semblance())
result = {"words": n_words, "threads": args.threads, "gensim": gensim.__version__}
for i, key in enumerate(("per_second", "per_cpu_second")):
    a, b = statistics.median(r[i] for r in ours), statistics.median(r[i] for r in theirs)
    result[key] = {"semblance": round(a), "gensim": round(b), "ratio": round(a / b, 2)}
print(json.dumps(result))
