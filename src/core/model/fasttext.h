/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fastText's own model file (version 12, not quantised):
 *   1. i32 magic 793712314, i32 version
 *   2. i32 dim, ws, epoch, minCount, neg, wordNgrams, loss, model, bucket, minn, maxn, lrUpdateRate; f64 t
 *   3. i32 size, i32 words, i32 labels, i64 tokens, i64 pruned; size times: NUL-terminated word, i64 count, i8 type
 *   4. u8 quantised (0), i64 rows, i64 columns, rows x columns f32: words first, then the n-gram buckets
 *   5. the output matrix, which is not read
 * The vector of a word is the mean of its own row (when it is in the list) and those of its character n-grams
 * (Bojanowski et al. 2017); n-grams of "<word>", FNV-1a hash modulo bucket. */
#pragma once

#include "core/model/word-vectors.h"

G_BEGIN_DECLS

gboolean sem_fasttext_sniff (const guint8 *head, gsize length);
/* Errors: SEM_FORMAT_ERROR. */
gboolean sem_fasttext_read (GBytes *bytes, const SemWordReadOptions *options, SemWordVectors *out, GError **error);

G_END_DECLS
