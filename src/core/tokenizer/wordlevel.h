/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WordLevel: a pre-token is in the vocabulary, or it is the unknown token. */
#pragma once

#include "core/tokenizer/model.h"

G_BEGIN_DECLS

/* Takes the vocabulary. */
SemTokModel *sem_wordlevel_new (SemVocab *vocab, const char *unknown);

G_END_DECLS
