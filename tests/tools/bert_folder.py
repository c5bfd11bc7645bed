# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a model folder in the Hugging Face layout, shaped like bert-base-uncased: 30 522 pieces, of which a few dozen are words with
the ids that they have in the real vocabulary and the others are unused; vectors of 16 float32 from a formula, so that a test
can compute what the program must show without any library.
"""
import json
import math
import os
import sys

import make_model

N_PIECES = 30522
DIMENSION = 16
# Ids of bert-base-uncased, as its published vocabulary numbers them.
PIECES = {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102, "[MASK]": 103, "earth": 3011, "is": 2003, "a": 1037, "planet": 4774,
          "in": 1999, "the": 1996, "solar": 5943, "system": 2291, ".": 1012, "sun": 3103, "star": 2732, "moon": 4231, "##s": 2015}


def vector(token):
    """16 numbers in -1..1 that float32 holds exactly: multiples of 1/1024."""
    state, values = token * 2654435761 % 2**32, []
    for _ in range(DIMENSION):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(((state >> 16) % 2049 - 1024) / 1024)
    return values


def cosine(a, b):
    u, v = vector(a), vector(b)
    return sum(x * y for x, y in zip(u, v)) / (math.hypot(*u) * math.hypot(*v))


def make(folder):
    os.makedirs(folder, exist_ok=True)
    pieces = {number: piece for piece, number in PIECES.items()}
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as stream:
        stream.writelines(pieces.get(number, f"[unused{number}]") + "\n" for number in range(N_PIECES))
    with open(os.path.join(folder, "tokenizer_config.json"), "w", encoding="utf-8") as stream:
        json.dump({"do_lower_case": True, "tokenizer_class": "BertTokenizer", "model_max_length": 512, "unk_token": "[UNK]",
                   "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "mask_token": "[MASK]"}, stream)
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as stream:
        json.dump({"architectures": ["BertModel"], "model_type": "bert", "hidden_size": DIMENSION, "vocab_size": N_PIECES}, stream)
    data, _ = make_model.encode([value for number in range(N_PIECES) for value in vector(number)], "F32")
    make_model.write_weights(folder, "F32", [N_PIECES, DIMENSION], data)
    return folder


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: bert_folder.py FOLDER")
    make(sys.argv[1])
