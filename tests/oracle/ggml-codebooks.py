#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The codebooks of ggml's IQ1, IQ2 and IQ3 types, and blocks of them with the values they stand for.

Needs the Python package gguf, which Debian has from release 14 (python3-gguf); here it is the outside oracle.
  ggml-codebooks.py table   prints src/core/model/ggml-codebooks.c: the rows of each codebook, packed by this script
  ggml-codebooks.py blocks  prints tests/golden/model/ggml-iq-blocks.json: three blocks a type, one of them all ones"""
import json
import sys

import numpy as np
from gguf import GGMLQuantizationType, quants

BOOKS = (('iq2_xxs', 'IQ2_XXS', 2, 8), ('iq2_xs', 'IQ2_XS', 2, 8), ('iq2_s', 'IQ2_S', 2, 8),
         ('iq3_xxs', 'IQ3_XXS', 3, 4), ('iq3_s', 'IQ3_S', 3, 4), ('iq1', 'IQ1_S', 2, 8))
TYPES = {'IQ2_XXS': 66, 'IQ2_XS': 74, 'IQ2_S': 82, 'IQ3_XXS': 98, 'IQ3_S': 110, 'IQ1_S': 50, 'IQ1_M': 56}
HEAD = '''/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codebooks of ggml's IQ1, IQ2 and IQ3 types: constants of the format, printed by
 * tests/oracle/ggml-codebooks.py.  A row is one u16: element j of eight is bits 2j and 2j + 1, of
 * four (IQ3) bits 3j to 3j + 2. */
/* clang-format off */
#include "core/model/ggml-codebooks.h"
'''


def rows_of(name, bits):
    book = getattr(quants, name)
    book.init_grid()
    codes = np.searchsorted(np.array(book.grid_map, np.float32), book.grid.reshape(book.grid_shape))
    return [int(sum(int(c) << (bits * j) for j, c in enumerate(row))) for row in codes]


def print_table():
    print(HEAD, end='')
    for c_name, name, bits, _ in BOOKS:
        rows = rows_of(name, bits)
        print(f'\nconst guint16 sem_ggml_{c_name}_codes[{len(rows)}] = {{')
        for i in range(0, len(rows), 12):
            print('  ' + ', '.join(f'0x{r:04x}' for r in rows[i:i + 12]) + ',')
        print('};')


def print_blocks():
    random = np.random.default_rng(20261123)
    cases = []
    for name, size in TYPES.items():
        for which in range(3):
            block = np.full(size, 255, np.uint8) if which == 2 else random.integers(0, 256, size, dtype=np.uint8)
            # The scale must be a number: half floats with all exponent bits set are not.
            if name == 'IQ1_M':
                block[[55]] &= 0x3f if which < 2 else 0xaf
            else:
                block[1] &= 0xbb
            values = quants.dequantize(block.reshape(1, -1), GGMLQuantizationType[name])
            assert np.isfinite(values).all()
            cases.append({'type': name, 'block': block.tobytes().hex(), 'values': [float(v) for v in values.ravel()]})
    print(json.dumps(cases))


{'table': print_table, 'blocks': print_blocks}[sys.argv[1]]()
