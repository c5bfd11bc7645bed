/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemWordSplitter: cuts text into words exactly as the program's own BERT normalizer and pre-tokenizer do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemWordSplitter SemWordSplitter;
typedef void (*SemWordFunc) (const char *word, gsize length, gpointer user_data);

SemWordSplitter *sem_word_splitter_new (void);
void sem_word_splitter_free (SemWordSplitter *self);

/* sem_word_splitter_split: chunk is length bytes of valid UTF-8 without ASCII blanks (a blank always ends a word, so cutting
 * there changes nothing).  func gets each word in lower case without accents; a word of more than 100 characters
 * is passed over, as WordPiece has no pieces for it. */
void sem_word_splitter_split (SemWordSplitter *self, const char *chunk, gsize length, SemWordFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemWordSplitter, sem_word_splitter_free)

G_END_DECLS
