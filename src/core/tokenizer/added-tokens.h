/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemAddedTokens: the tokens that are found in the text before the model sees it.  Immutable after finish.
 *
 * As in the reference: those that are not "normalized" are looked for in the original text, the others in the
 * normalized text; leftmost longest match; single_word, lstrip and rstrip are applied to what was found. */
#pragma once

#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/vocab.h"

G_BEGIN_DECLS

typedef struct _SemAddedTokens SemAddedTokens;

typedef struct
{
  char *content;
  gsize length;
  char *decoded; /* what decoding gives: the normalized content */
  gsize decoded_length;
  guint32 id;
  gboolean single_word, lstrip, rstrip, normalized, special;
  gboolean unmatched; /* known by name and id, but not looked for in texts */
} SemAddedToken;

typedef struct
{
  gsize start, end;
  const SemAddedToken *token; /* NULL: text between tokens */
} SemAddedMatch;

SemAddedTokens *sem_added_tokens_new (void);
void sem_added_tokens_free (SemAddedTokens *self);
/* Adds one, in the order of the file.  Its id is that of the same piece in vocab, else the next free one. */
void sem_added_tokens_add (SemAddedTokens *self,
                           const SemVocab *vocab,
                           const char *content,
                           gsize length,
                           const SemAddedToken *flags);
gboolean sem_added_tokens_read (SemAddedTokens *self, const SemVocab *vocab, const json_t *list, GError **error);
/* Builds the search structures.  Errors: those of the normalizer. */
gboolean sem_added_tokens_finish (SemAddedTokens *self, const SemNormalizer *normalizer, GError **error);

gboolean sem_added_tokens_any (const SemAddedTokens *self, gboolean normalized);
/* Cuts text at the tokens of one of the two sets; appends SemAddedMatch, none of them empty.  Tokens with rstrip may share
 * blanks; Errors: SEM_FORMAT_ERROR_LIMIT when they share too many (sem_norm_text_check_growth). */
gboolean sem_added_tokens_split (const SemAddedTokens *self,
                                 gboolean normalized,
                                 const char *text,
                                 gsize length,
                                 GArray *out,
                                 GError **error);
const SemAddedToken *sem_added_tokens_get (const SemAddedTokens *self, guint32 id);
const SemAddedToken *sem_added_tokens_find (const SemAddedTokens *self, const char *content, gsize length);
gboolean sem_added_tokens_is_special (const SemAddedTokens *self, const char *content, gsize length);
/* Highest id + 1, 0 when there is none. */
guint32 sem_added_tokens_end (const SemAddedTokens *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemAddedTokens, sem_added_tokens_free)

G_END_DECLS
