/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Words": the tokenizer of a file of word vectors, which has none of its own.
 *
 * A text is cut at Unicode word boundaries (core/text/segment.h); what stands between words is one token a character, blanks
 * left out.  A word is looked up as it is; when no word of the list has a capital letter, in lower case too.  A word that
 * is not in the list is a token with SEM_TOKEN_UNKNOWN and the id sem_tokenizer_get_vocab_size(), which has no vector: it
 * is marked, never replaced. */
#pragma once

#include "core/model/word-list.h"
#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

/* sem_tokenizer_new_from_words: ids are the positions in the list; of equal words the first is found.
 * Errors: SEM_FORMAT_ERROR_LIMIT for more than 16 777 216 words or 1 GiB of them. */
SemTokenizer *sem_tokenizer_new_from_words (SemWordList *words, GError **error);

G_END_DECLS
