#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_model.py OUT [--dtype F32|F16|BF16] [--dim 32] [--without tokenizer|weights]

Writes a small model folder in the Hugging Face layout, the same bytes every time, with the standard library alone: a lower-case
WordPiece tokenizer.json over the words below, their letters and digits ("##" pieces too), config.json, and
model.safetensors with embeddings.word_embeddings.weight (vocabulary x dim).  Words of one group share a direction, so that
"earth" is more like "planet" than like "pizza".  Prints a line of JSON: n_rows, dim, dtype.

Importable: write_model (folder, dtype, dim) returns (vocabulary, rows), rows as the values that are in the file."""
import argparse
import json
import os
import struct
import sys

GROUPS = [
    "earth planet planets mars moon sun star stars solar system galaxy orbit revolve around",
    "dog dogs cat cats horse puppy wolf animal pet",
    "king queen prince princess royal throne man woman",
    "bread cheese pizza apple butter soup food",
    "red green blue yellow black white color",
    "paris london berlin rome tokyo madrid city",
]
PLAIN = ("the a an of in is are was and or to with there all for on at it this that not be by from as has have he she they we you i "
         "likes like sees big small old new good bad one two three nine ten time day year word words model language vector")
PIECES = "##s ##ing ##ed ##er ##est ##ly ##ness ##ization ##ize ##al ##ity ##able ##un ##re token embed similar semantic distance"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def vocabulary():
    words = list(SPECIAL)
    characters = [chr(c) for c in range(33, 127) if not chr(c).isupper()] + list("äöüéèñçабвгдежзийклмнопрстуфхцчшщыьэюя中国日本人地球太阳")
    for w in characters + ["##" + c for c in characters if c.isalnum()] + PIECES.split() + PLAIN.split() + " ".join(GROUPS).split():
        if w not in words:
            words.append(w)
    return words


class Random:
    """SplitMix64: the same numbers in every Python and on every machine."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def symmetric(self):
        """Bell-shaped around 0 with variance 1: twelve uniform numbers."""
        return sum((self.next() >> 11) / 9007199254740992.0 for _ in range(12)) - 6.0


def make_rows(words, dim, seed=20260101):
    random = Random(seed)
    rows = [[random.symmetric() * 0.1 - 0.02 for _ in range(dim)] for _ in words]
    place = {w: i for i, w in enumerate(words)}
    for group in GROUPS:
        direction = [random.symmetric() * 0.12 for _ in range(dim)]
        for w in group.split():
            rows[place[w]] = [x + d for x, d in zip(rows[place[w]], direction)]
    rows[0] = [0.0] * dim  # padding: the zero vector of the tests
    return rows


def encode(values, dtype):
    """The bytes, and the values they stand for."""
    n = len(values)
    if dtype == "F16":
        data = struct.pack(f"<{n}e", *values)
        return data, list(struct.unpack(f"<{n}e", data))
    data = struct.pack(f"<{n}f", *values)
    if dtype == "F32":
        return data, list(struct.unpack(f"<{n}f", data))
    words = struct.unpack(f"<{n}I", data)
    halves = [((u + 0x7FFF + ((u >> 16) & 1)) >> 16) & 0xFFFF for u in words]
    back = struct.pack(f"<{n}I", *[h << 16 for h in halves])
    return struct.pack(f"<{n}H", *halves), list(struct.unpack(f"<{n}f", back))


def tokenizer_json(words):
    place = {w: i for i, w in enumerate(words)}
    added = [{"id": place[w], "content": w, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
              "special": True} for w in SPECIAL]
    ends = {w: {"id": w, "ids": [place[w]], "tokens": [w]} for w in ("[CLS]", "[SEP]")}
    special = [{"SpecialToken": {"id": w, "type_id": 0}} for w in ("[CLS]", "[SEP]")]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                       "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
                           "single": [special[0], {"Sequence": {"id": "A", "type_id": 0}}, special[1]],
                           "pair": [special[0], {"Sequence": {"id": "A", "type_id": 0}}, special[1],
                                    {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                           "special_tokens": ends},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": place},
    }


def write_weights(folder, dtype, shape, data):
    header = json.dumps({"__metadata__": {"format": "pt"}, "embeddings.word_embeddings.weight": {
        "dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}}).encode()
    header += b" " * (-len(header) % 8)
    with open(os.path.join(folder, "model.safetensors"), "wb") as f:
        f.write(struct.pack("<Q", len(header)) + header + data)


def write_model(folder, dtype="F32", dim=32, without=()):
    os.makedirs(folder, exist_ok=True)
    words = vocabulary()
    flat = [x for row in make_rows(words, dim) for x in row]
    data, flat = encode(flat, dtype)
    if "tokenizer" not in without:
        with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8") as f:
            json.dump(tokenizer_json(words), f, ensure_ascii=False, indent=1)
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as f:
        json.dump({"architectures": ["BertModel"], "model_type": "bert", "hidden_size": dim, "vocab_size": len(words),
                   "num_hidden_layers": 0, "pad_token_id": 0}, f, indent=1)
    if "weights" not in without:
        write_weights(folder, dtype, [len(words), dim], data)
    return words, [flat[i * dim:(i + 1) * dim] for i in range(len(words))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out")
    parser.add_argument("--dtype", default="F32", choices=["F32", "F16", "BF16"])
    parser.add_argument("--dim", type=int, default=32)
    parser.add_argument("--without", action="append", default=[], choices=["tokenizer", "weights"])
    options = parser.parse_args()
    words, _ = write_model(options.out, options.dtype, options.dim, options.without)
    print(json.dumps({"n_rows": len(words), "dim": options.dim, "dtype": options.dtype}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
