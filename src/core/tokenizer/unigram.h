/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unigram: each piece has a log probability; a pre-token is cut so that the sum is highest (Viterbi). */
#pragma once

#include "core/tokenizer/model.h"

G_BEGIN_DECLS

/* Takes the vocabulary and the scores, one per id.  unknown: an id, or SEM_VOCAB_NONE. */
SemTokModel *sem_unigram_new (
    SemVocab *vocab, double *scores, guint32 unknown, gboolean byte_fallback);
/* sem_unigram_set_sentencepiece: as sentencepiece itself computes, sums of a path in single precision; unknown_score is
 * that of one unknown character. */
void sem_unigram_set_sentencepiece (SemTokModel *self, float unknown_score);
SemTokModel *sem_unigram_new_from_json (const json_t *node, SemJsonRange vocab, GError **error);
/* sem_unigram_trace: the lattice of one pre-token, SemExplainEdge appended to edges. */
void sem_unigram_trace (const SemTokModel *self, const char *text, gsize length, GArray *edges);

G_END_DECLS
