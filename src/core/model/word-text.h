/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of word vectors, fed piece by piece (so that a compressed file is never whole in memory). */
#pragma once

#include "core/model/word-vectors.h"

G_BEGIN_DECLS

typedef struct _SemWordText SemWordText;

/* numbers_only: lines have no word. */
SemWordText *sem_word_text_new (gboolean numbers_only);
void sem_word_text_free (SemWordText *self);
/* sem_word_text_feed: the next bytes; the first call should bring some dozen lines (the dimension is found in them), and
 * at_end the last.  Errors: SEM_FORMAT_ERROR, naming the line. */
gboolean sem_word_text_feed (SemWordText *self, const char *bytes, gsize length, gboolean at_end, GError **error);
/* Moves what was read out.  Errors: SEM_FORMAT_ERROR_TRUNCATED when there was no row. */
gboolean sem_word_text_finish (SemWordText *self, SemWordVectors *out, GError **error);

/* sem_word_text_parse_number: a finite decimal number in [text, end); the place after it, or NULL. */
const char *sem_word_text_parse_number (const char *text, const char *end, float *value);
/* A first line of two whole numbers: the byte after the line, or NULL; counts may be negative. */
const char *sem_word_text_parse_header (const char *text, const char *end, gint64 *n, gint64 *dim);
/* Do the first lines look like a word and numbers? */
gboolean sem_word_text_sniff (const char *text, gsize length);
/* Is the first line nothing but numbers? */
gboolean sem_word_text_is_numbers (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemWordText, sem_word_text_free)

G_END_DECLS
