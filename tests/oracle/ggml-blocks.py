#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two blocks of each ggml type that shared/models/gguf-quants has no sample of, with the values they stand for, worked out here
from the layout bit by bit with exact fractions.  Prints golden/model/ggml-blocks.json: type, block bytes in hexadecimal, values."""
import json
import random
import struct
from fractions import Fraction

random.seed(20260101)
IQ4 = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
FP4 = [Fraction(v, 2) * s for s in (1, -1) for v in (0, 1, 2, 3, 4, 6, 8, 12)]


def half(x):
    return struct.pack('<e', x), Fraction(struct.unpack('<e', struct.pack('<e', x))[0])


def codes(n):
    return bytes(random.randrange(256) for _ in range(n))


def nibbles(b):
    return [x & 15 for x in b] + [x >> 4 for x in b]


def iq4_nl():
    d, scale = half(random.uniform(-.01, .01))
    q = codes(16)
    return d + q, [scale * IQ4[c] for c in nibbles(q)]


def iq4_xs():
    d, scale = half(random.uniform(-.01, .01))
    steps = [random.randrange(64) for _ in range(8)]
    high = sum((s >> 4) << (2 * i) for i, s in enumerate(steps))
    low = bytes((steps[2 * i] & 15) | (steps[2 * i + 1] & 15) << 4 for i in range(4))
    groups = [codes(16) for _ in range(8)]
    values = [scale * (s - 32) * IQ4[c] for s, q in zip(steps, groups) for c in nibbles(q)]
    return d + struct.pack('<H', high) + low + b''.join(groups), values


def mxfp4(exponent):
    q = codes(16)
    scale = Fraction(2) ** (exponent - 127)
    return bytes([exponent]) + q, [scale * FP4[c] for c in nibbles(q)]


def tq2_0():
    d, scale = half(random.uniform(-.1, .1))
    trits = [random.randrange(3) for _ in range(256)]
    packed = bytes(sum(trits[h * 128 + k * 32 + j] << (2 * k) for k in range(4)) for h in range(2) for j in range(32))
    return packed + d, [scale * (t - 1) for t in trits]


def tq1_0():
    d, scale = half(random.uniform(-.1, .1))
    trits = [random.randrange(3) for _ in range(256)]

    def pack(ts):
        ts = ts + [0] * (5 - len(ts))
        number = 0
        for t in ts:
            number = number * 3 + t
        return (number * 256 + 242) // 243

    a = [pack([trits[k * 32 + j] for k in range(5)]) for j in range(32)]
    b = [pack([trits[160 + k * 16 + j] for k in range(5)]) for j in range(16)]
    c = [pack([trits[240 + k * 4 + j] for k in range(4)]) for j in range(4)]
    return bytes(a + b + c) + d, [scale * (t - 1) for t in trits]


def q8_k():
    scale = struct.unpack('<f', struct.pack('<f', random.uniform(-.1, .1)))[0]
    q = [random.randrange(-128, 128) for _ in range(256)]
    return struct.pack('<f', scale) + struct.pack('<256b', *q) + bytes(32), [Fraction(scale) * v for v in q]


def q8_1():
    d, scale = half(random.uniform(-.1, .1))
    q = [random.randrange(-128, 128) for _ in range(32)]
    return d + b'\x00\x3c' + struct.pack('<32b', *q), [scale * v for v in q]


cases = []
for name, make in (('IQ4_NL', iq4_nl), ('IQ4_XS', iq4_xs), ('TQ2_0', tq2_0), ('TQ1_0', tq1_0), ('Q8_K', q8_k), ('Q8_1', q8_1)):
    cases += [(name, *make()), (name, *make())]
cases += [('MXFP4', *mxfp4(e)) for e in (0, 1, 2, 120, 127, 131)]
print(json.dumps([{"type": t, "block": b.hex(), "values": [float(v) for v in vs]} for t, b, vs in cases]))
