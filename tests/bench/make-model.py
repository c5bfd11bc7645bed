#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-model.py FOLDER ROWS DIM DTYPE: a model folder with so many seeded random vectors, F32 or BF16, for the benchmarks.

Every token is a word of its own, "w17".  Needs NumPy; rows are written in blocks, so that 128256 x 4096 fits any machine.
"""
import json
import os
import struct
import sys

import numpy as np

BLOCK = 4096


def main():
    folder, n, d, dtype = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.makedirs(folder, exist_ok=True)
    vocab = {"[UNK]": 0, **{f"w{i}": i for i in range(1, n)}}
    tokenizer = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
                 "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": None, "decoder": None,
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                           "max_input_chars_per_word": 100, "vocab": vocab}}
    for name, content in (("tokenizer.json", tokenizer), ("config.json", {"hidden_size": d, "vocab_size": n})):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
            json.dump(content, stream)
    size = 4 if dtype == "F32" else 2
    header = json.dumps({"embeddings.weight": {"dtype": dtype, "shape": [n, d], "data_offsets": [0, n * d * size]}}).encode()
    header += b" " * (-len(header) % 8)
    random = np.random.default_rng(7)
    with open(os.path.join(folder, "model.safetensors"), "wb") as stream:
        stream.write(struct.pack("<Q", len(header)) + header)
        for first in range(0, n, BLOCK):
            rows = random.standard_normal((min(BLOCK, n - first), d), dtype=np.float32) * np.float32(0.02)
            stream.write(rows.tobytes() if dtype == "F32" else (rows.view("<u4") >> 16).astype("<u2").tobytes())


if __name__ == "__main__":
    main()
