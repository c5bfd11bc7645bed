#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-tokenizer-seeds.py: writes the seeds of the tokenizers' fuzz targets into corpus/ beside it (run by hand)."""
import base64
import json
import os
import struct

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
TEXT = "Unaffable ab  abc 12 caf\u00e9 e\u0301 \u5730 it's\n"


def put(target, name, data, text=TEXT):
    folder = os.path.join(HERE, target)
    os.makedirs(folder, exist_ok=True)
    text = text.encode()[:255]
    data = data if isinstance(data, bytes) else data.encode()
    with open(os.path.join(folder, name), "wb") as out:
        out.write(bytes([len(text)]) + text + data)


def compact(node):
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def members(node):
    return compact(node)[1:-1]


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def sentencepiece(pieces, trainer=b"", normalizer=b""):
    out = b"".join(field(1, field(1, p.encode()) + field(2, float(s)) + field(3, t)) for p, s, t in pieces)
    return out + field(2, trainer) + field(3, normalizer)


def gguf_string(s):
    return struct.pack("<Q", len(s.encode())) + s.encode()


def gguf_value(value):
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + gguf_string(value)
    kinds = {str: 8, float: 6, int: 5}
    kind = kinds[type(value[0])]
    pack = {8: gguf_string, 6: lambda v: struct.pack("<f", v), 5: lambda v: struct.pack("<i", v)}[kind]
    return struct.pack("<IIQ", 9, kind, len(value)) + b"".join(map(pack, value))


def gguf(values):
    out = b"GGUF" + struct.pack("<IQQ", 3, 0, len(values))
    for key, value in values.items():
        out += gguf_string("tokenizer.ggml." + key) + gguf_value(value)
    return out


def models():
    pieces = ["[UNK]", "un", "##aff", "##able", "ab", "##c", "\u5730", "12", "c", "##af", "##e", "##\u00e9"]
    for around in range(10):
        put("wordpiece", f"around-{around}", bytes([around]) + members({"unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 8, "vocab": {p: i for i, p in enumerate(pieces)}}).encode())
        put("wordlevel", f"around-{around}", bytes([around]) + members({"unk_token": "<unk>", "vocab": {"<unk>": 0, "ab": 1,
            "\u2581ab": 2, "abc": 3, "\u0120ab": 4, "it": 5}}).encode())
        letters = ["a", "b", "c", "e", "f", "\u0120", "\u2581", "\u00c3", "\u00a9", "i", "t", "<unk>", "ab", "abc", "\u0120ab", "\u2581ab",
                   "\u00c3\u00a9", "it", "<0xC3>", "<0xA9>"]
        bpe = {"vocab": {p: i for i, p in enumerate(letters)}, "merges": ["a b", ["ab", "c"], "\u0120 ab", "\u2581 ab", "\u00c3 \u00a9", "i t"],
               "unk_token": "<unk>", "byte_fallback": around % 2 == 0, "fuse_unk": around % 3 == 0, "ignore_merges": around == 3}
        put("bpe", f"around-{around}", bytes([around]) + members(bpe).encode())
        scored = [["<unk>", 0.0], ["\u2581", -2.0], ["a", -1.0], ["b", -1.25], ["ab", -1.5], ["\u2581ab", -1.75], ["c", -3], ["it", -1e-3],
                  ["<0xC3>", -9], ["<0xA9>", -9], ["\u0120ab", -2]]
        put("unigram", f"around-{around}", bytes([around]) + members({"unk_id": 0, "vocab": scored, "byte_fallback": around == 6}).encode())
    put("bpe", "suffix", b"\0" + members({"vocab": {"a": 0, "b</w>": 1, "ab</w>": 2, "-c": 3, "a-c": 4, "ac": 5}, "merges": ["a b</w>", "a -c"],
        "end_of_word_suffix": "</w>", "continuing_subword_prefix": "-"}).encode(), "abac")


def whole_files():
    model = {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0, "ab": 1}}
    steps = {
        "normalizers": [[{"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}, {"type": "Lowercase"}],
                        [{"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Strip", "strip_left": True, "strip_right": True}],
                        [{"type": "Nmt"}, {"type": "Prepend", "prepend": "_"}, {"type": "NFD"}, {"type": "NFC"}, {"type": "ByteLevel"}],
                        [{"type": "Precompiled", "precompiled_charsmap": base64.b64encode(struct.pack("<I8I", 32, *([1 << 10] * 8)) + b"x\0").decode()}]],
        "pretokenizers": [[{"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": "MergedWithNext"},
                           {"type": "Metaspace"}, {"type": "UnicodeScripts"}],
                          [{"type": "Split", "pattern": {"Regex": "(?i:'s|'t)|\\p{L}+|\\s+(?!\\S)|\\d{1,3}"}, "behavior": "MergedWithPrevious"},
                           {"type": "ByteLevel", "use_regex": False}],
                          [{"type": "CharDelimiterSplit", "delimiter": "b"}, {"type": "FixedLength", "length": 2}],
                          [{"type": "WhitespaceSplit"}, {"type": "Split", "pattern": {"String": "a"}, "behavior": "Contiguous", "invert": True}]],
        "decoders": [[{"type": "CTC"}, {"type": "ByteFallback"}, {"type": "Fuse"}], [{"type": "WordPiece"}, {"type": "Metaspace"}],
                     [{"type": "Strip", "content": "a", "start": 1, "stop": 1}, {"type": "BPEDecoder"}],
                     [{"type": "Replace", "pattern": {"String": "_"}, "content": " "}, {"type": "ByteLevel"}]],
    }
    for i in range(4):
        put("tokenizer-json", f"steps-{i}", compact({"normalizer": {"type": "Sequence", "normalizers": steps["normalizers"][i]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": steps["pretokenizers"][i]},
            "decoder": {"type": "Sequence", "decoders": steps["decoders"][i]}, "model": model}))
    put("tokenizer-json", "bert", compact({"added_tokens": [
        {"id": 0, "content": "[UNK]", "special": True, "normalized": False}, {"id": 1, "content": "[CLS]", "special": True},
        {"id": 99, "content": "[NEW]", "special": False, "normalized": False, "lstrip": True, "single_word": True}],
        "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 1], "sep": ["[UNK]", 0]},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "[CLS]": 1, "un": 2, "##aff": 3, "##able": 4}}}))
    put("tokenizer-json", "template", compact({"post_processor": {"type": "Sequence", "processors": [{"type": "ByteLevel"},
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "a", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 1}}],
         "pair": [], "special_tokens": {"a": {"id": "a", "ids": [0], "tokens": ["a"]}}}]}, "model": model}))
    put("vocab-txt", "plain", "[UNK]\n[CLS]\r\n[SEP]\nun\n##aff\n##able\nab\n##c\n[MASK]")
    put("vocab-txt", "config", "[UNK]\nUn\n##aff\n" + "\0" + compact({"do_lower_case": False, "strip_accents": True,
        "cls_token": {"content": "Un"}, "sep_token": "[UNK]"}))
    put("merges", "gpt2", compact({"a": 0, "b": 1, "ab": 2, "\u0120": 3, "\u0120ab": 4, "<|endoftext|>": 5}) + "\0#version: 0.2\na b\n\u0120 ab\n")
    put("merges", "roberta", compact({"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4, "<mask>": 5}) + "\0a b")
    put("merges", "clip", compact({"a": 0, "b": 1, "a</w>": 2, "b</w>": 3, "ab</w>": 4, "<|startoftext|>": 5, "<|endoftext|>": 6})
        + "\0a b</w>\r\n")
    ranks = "".join(f"{base64.b64encode(p).decode()} {i}\n" for i, p in enumerate(
        [b"a", b"b", b"c", b" ", b"\n", b"\xc3", b"\xa9", b"1", b"2", b"ab", b"abc", b" ab", b"\xc3\xa9", b"12"]))
    for i in range(4):
        put("tiktoken", f"ranks-{i}", ranks + "\n" * i)


def binary_files():
    pieces = [("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("\u2581", -3, 1), ("a", -2, 1), ("b", -2, 1), ("ab", -1, 1), ("\u2581ab", -1.5, 1),
              ("12", 0, 4), ("ab\u2581", -1.2, 1)] + [(f"<0x{i:02X}>", 0, 6) for i in (0xc3, 0xa9, 0x41)]
    for kind in (1, 2):
        put("sentencepiece", f"kind-{kind}", sentencepiece(pieces, field(3, kind)))
        put("sentencepiece", f"fallback-{kind}", sentencepiece(pieces, field(3, kind) + field(35, 1), field(3, 0) + field(4, 0) + field(5, 0)))
        put("sentencepiece", f"suffix-{kind}", sentencepiece(pieces, field(3, kind) + field(24, 1)))
        put("sentencepiece", f"unused-{kind}", sentencepiece([(p, s, 5 if p in ("ab", "b") else t) for p, s, t in pieces], field(3, kind)))
    put("sentencepiece", "map", sentencepiece(pieces, field(3, 1), field(2, struct.pack("<I8I", 32, *([1 << 10] * 8)) + b"x\0")))
    tokens = ["<unk>", "<s>", "</s>", "\u2581", "a", "b", "ab", "\u2581ab", "<0xC3>", "<0xA9>"]
    base = {"tokens": tokens, "scores": [float(-i) for i in range(len(tokens))], "token_type": [2, 3, 3, 1, 1, 1, 1, 4, 6, 6]}
    put("gguf-vocab", "llama", gguf({"model": "llama", **base, "bos_token_id": 1, "eos_token_id": 2, "add_bos_token": True}))
    put("gguf-vocab", "t5", gguf({"model": "t5", **base, "add_space_prefix": True, "remove_extra_whitespaces": True}))
    letters = ["a", "b", "c", "\u0120", "ab", "abc", "\u0120ab", "\u00c3", "\u00a9", "<|x|>"]
    for i, pre in enumerate(("gpt-2", "llama-bpe", "qwen2", "default", "deepseek-coder", "bloom", "gpt-4o",
                               "kimi-k2", "afmoe", "superbpe", "youtu", "granite-embed-multi-97m", "jais-2", "deepseek-llm", "gemma4",
                               "whitespace")):
        put("gguf-vocab", f"bpe-{i}", gguf({"model": "gpt2", "pre": pre, "tokens": letters, "token_type": [1] * 9 + [3],
                                            "merges": ["a b", "ab c", "\u0120 ab"]}))
    put("gguf-vocab", "bert", gguf({"model": "bert", "tokens": ["[UNK]", "[CLS]", "[SEP]", "\u2581un", "aff", "\u2581!"], "unknown_token_id": 0,
                                    "bos_token_id": 1, "seperator_token_id": 2}))
    put("gguf-vocab", "words", gguf({"tokens": ["ab", "abc", "it's"]}))


models()
whole_files()
binary_files()
