/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NumPy's .npy (format 1.0 to 3.0):
 *   1. 0x93 "NUMPY", u8 major, u8 minor
 *   2. length of the header: u16 (major 1) or u32 (2, 3), then a Python dictionary with 'descr', 'fortran_order', 'shape'
 *   3. the array, row-major
 * One tensor, named "array".  Little-endian numbers and single bytes only; no pickled objects. */
#pragma once

#include "core/model/tensor-file.h"

G_BEGIN_DECLS

#define SEM_NPY_TENSOR "array"

extern const SemTensorFormatClass sem_npy_format;

/* Errors: SEM_FORMAT_ERROR. */
SemTensorFile *sem_npy_open (GBytes *bytes, GError **error);

G_END_DECLS
