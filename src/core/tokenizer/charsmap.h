/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemCharsmap: sentencepiece's precompiled normalization map (the Precompiled normalizer).
 *
 * Layout: 1 u32 little-endian, bytes of the trie; 2 the trie, a darts-clone double array of u32 units;
 * 3 the replacements, each ended by NUL, addressed by the trie's values. */
#pragma once

#include "core/tokenizer/norm-text.h"

G_BEGIN_DECLS

typedef struct _SemCharsmap SemCharsmap;

/* Errors: SEM_FORMAT_ERROR_TRUNCATED, SEM_FORMAT_ERROR_BAD_VALUE.  The bytes are copied. */
SemCharsmap *sem_charsmap_new (const guint8 *bytes, gsize length, GError **error);
void sem_charsmap_free (SemCharsmap *self);

/* sem_charsmap_find: the replacement of the shortest prefix of chunk that the map has, as the reference takes it;
 * NULL when there is none. */
const char *sem_charsmap_find (
    const SemCharsmap *self, const char *chunk, gsize length, gsize *replacement_length);
/* sem_charsmap_find_longest: the same for the longest prefix of the text, as sentencepiece itself takes it; *consumed is
 * its length.  Entries longer than 256 bytes are not looked for. */
const char *sem_charsmap_find_longest (const SemCharsmap *self,
                                       const char *text,
                                       gsize length,
                                       gsize *consumed,
                                       gsize *replacement_length);
/* Applies the map grapheme by grapheme (those below 6 bytes whole, else character by character).  Errors:
 * SEM_FORMAT_ERROR_LIMIT, see sem_norm_text_check_growth. */
gboolean sem_charsmap_apply (const SemCharsmap *self, const SemNormText *in, SemNormText *out, GError **error);

G_END_DECLS
