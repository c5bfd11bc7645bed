/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentencepiece's BPE, which llama.cpp calls SPM: there is no list of merges; two neighbours may be joined when the
 * result is a piece, the one with the highest score first, leftmost among equals. */
#pragma once

#include "core/tokenizer/model.h"

G_BEGIN_DECLS

/* Takes the vocabulary, the scores, one per id, and the user-defined symbols, which are cut out first and never joined
 * (NULL: none). */
SemTokModel *sem_spm_bpe_new (
    SemVocab *vocab, float *scores, SemVocab *user, guint32 unknown, gboolean byte_fallback);
/* Pieces that take part in the joining, and are taken apart again in the end, as they were joined: unused[id] is not 0.
 * Taken; one for each id. */
void sem_spm_bpe_set_unused (SemTokModel *model, guint8 *unused);

G_END_DECLS
