/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safetensors (Hugging Face, format as of library 0.5):
 *   1. u64 little-endian: N, the length of the header, at most 100 000 000
 *   2. N bytes of JSON, starting with '{', padded with blanks: an object of
 *        name -> { "dtype": string, "shape": [non-negative integers], "data_offsets": [begin, end] }
 *        and optionally "__metadata__" -> object of strings
 *   3. the data; offsets count from its first byte, tensors lie one after the other without gap or overlap and fill it
 * As the reference does, a file with a gap, an overlap or bytes left over is refused. */
#pragma once

#include "core/model/tensor-file.h"

G_BEGIN_DECLS

extern const SemTensorFormatClass sem_safetensors_format;

/* Errors: SEM_FORMAT_ERROR, each naming the tensor and the field. */
SemTensorFile *sem_safetensors_open (GBytes *bytes, GError **error);

G_END_DECLS
