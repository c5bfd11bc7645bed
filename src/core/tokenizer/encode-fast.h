/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fast paths of the encoder: pipelines that are known as a whole, cut and looked up word by word in the original
 * text, with a cache of words.  They give exactly what the general path gives; tests compare the two. */
#pragma once

#include "core/tokenizer/encode-private.h"

G_BEGIN_DECLS

/* sem_encode_fast: tokenizes [start, end) of the original text, free of added tokens of the first set.  *done says
 * whether a fast path took it; FALSE is returned only with an error. */
gboolean sem_encode_fast (SemEncoder *e, gsize start, gsize end, gboolean *done, GError **error);

/* The pieces of one pre-token of a normalized text, from the cache when they are there. */
gboolean sem_encode_word (SemEncoder *e, const SemNormText *text, gsize start, gsize end, GError **error);
/* Keeps the pieces of a word when they are few and follow each other without a gap. */
void sem_word_remember (SemWordEntry *entry, const SemWordKey *key, const GArray *pieces, gsize length);
/* The general path over [start, end) of the original text. */
gboolean sem_encode_general (SemEncoder *e, gsize start, gsize end, GError **error);
/* Notes that the token just added shows these bytes instead of its piece. */
void sem_encoder_add_note (SemEncoder *e, const char *bytes, gsize length);
void sem_encoder_add_added (
    SemEncoder *e, const SemAddedToken *token, SemSpan span, const char *value, gsize length);

/* Which fast path a tokenizer takes, found out once when it is made. */
void sem_encode_fast_prepare (SemTokenizer *tokenizer);

G_END_DECLS
