/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WordPiece: the longest piece that starts the word, then the longest "##" piece that goes on, to its end; a word
 * that cannot be covered, or is longer than a limit in characters, is one unknown token. */
#pragma once

#include "core/tokenizer/model.h"

G_BEGIN_DECLS

/* Takes the vocabulary.  unknown is the piece's name ("[UNK]"); prefix "##". */
SemTokModel *sem_wordpiece_new (SemVocab *vocab,
                                const char *unknown,
                                const char *prefix,
                                gsize prefix_length,
                                guint32 max_chars);
guint32 sem_wordpiece_get_max_chars (const SemTokModel *self);

G_END_DECLS
