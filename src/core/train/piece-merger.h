/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPieceMerger: the most frequent pairs of neighbouring pieces inside words, merged one after the other. */
#pragma once

#include "core/train/corpus.h"

G_BEGIN_DECLS

typedef struct _SemPieceMerger SemPieceMerger;

/* sem_piece_merger_new: over the corpus's words that are letters and not in known; known is only read here. */
SemPieceMerger *sem_piece_merger_new (const SemCorpus *corpus, GHashTable *known);
void sem_piece_merger_free (SemPieceMerger *self);
/* The next merged piece as the vocabulary writes it ("pre", "##ing"), owned; NULL when no pair occurs twice. */
char *sem_piece_merger_next (SemPieceMerger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPieceMerger, sem_piece_merger_free)

G_END_DECLS
