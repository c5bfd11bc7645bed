/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over pipelines that write blanks as U+2581 and leave the blank with its word: Llama's, where the text may be
 * cut before each of them, and sentencepiece's as converted today, with Metaspace alone. */
#pragma once

#include "core/tokenizer/encode-private.h"

G_BEGIN_DECLS

/* TRUE when the tokenizer is such a one. */
gboolean sem_encode_marks_fits (const SemTokenizer *tokenizer);
gboolean sem_encode_marks (SemEncoder *e, gsize start, gsize end, GError **error);
/* The same; sets tokenizer->ascii. */
gboolean sem_encode_blanks_fits (SemTokenizer *tokenizer);
gboolean sem_encode_blanks (SemEncoder *e, gsize start, gsize end, GError **error);

G_END_DECLS
