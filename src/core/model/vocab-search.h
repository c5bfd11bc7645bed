/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for tokens in a vocabulary: by the beginning, by a part, or by id. */
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_VOCAB_SEARCH_PREFIX,
  SEM_VOCAB_SEARCH_SUBSTRING,
  SEM_VOCAB_SEARCH_ID, /* text is a number; that token and those after it */
} SemVocabSearchMode;

/* sem_vocab_search: the ids (of guint32) of at most limit tokens, exact ones first, then by id; *n_found: how many there are
 * in all.  Letters match whatever their case; continuation and blank marks are ignored unless they are typed ("##", "Ġ").
 * Errors: CANCELLED, at once also in a vocabulary of millions.
 * Cost: one pass over the vocabulary, some milliseconds for 100 000 tokens.  Thread: any. */
GArray *sem_vocab_search (SemTokenizer *tokenizer,
                          SemVocabSearchMode mode,
                          const char *text,
                          gsize limit,
                          gsize *n_found,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
