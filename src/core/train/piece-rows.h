/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From vectors of words to the rows of a vocabulary's pieces. */
#pragma once

#include "core/train/corpus.h"

G_BEGIN_DECLS

/* sem_cut_word: greedy longest-match-first, WordPiece's rule, into ids (known: piece -> id + 1).  word is normalised text.
 * Returns the number of ids, 0 when some character has no piece. */
gsize sem_cut_word (GHashTable *known, const char *word, guint32 *ids, gsize max_ids);

/* sem_piece_rows_new: rows for all pieces.  vectors: n_words x dim of the corpus's words, unit length.  A piece that is a word has
 * that word's vector times a / (a + its share of the corpus); other pieces are distilled.  Owned (g_free). */
float *sem_piece_rows_new (GPtrArray *pieces, const SemCorpus *corpus, const float *vectors, gsize dim);

G_END_DECLS
