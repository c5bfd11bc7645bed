/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of an encoding. */
#include "core/tokenizer/tokenizer-private.h"

SemEncoding *
sem_encoding_ref (SemEncoding *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_encoding_unref (SemEncoding *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  sem_tokenizer_unref (self->tokenizer);
  for (guint i = 0; self->notes != NULL && i < self->notes->len; i++)
    g_free (g_array_index (self->notes, SemPieceNote, i).piece);
  g_clear_pointer (&self->notes, g_array_unref);
  g_free (self->word_counts);
  g_free (self->text);
  g_free (self->tokens);
  g_free (self);
}

const SemToken *
sem_encoding_get_tokens (const SemEncoding *self, gsize *n_tokens)
{
  if (n_tokens != NULL)
    *n_tokens = self->n_tokens;
  return self->tokens;
}

const char *
sem_encoding_get_text (const SemEncoding *self, gsize *length)
{
  if (length != NULL)
    *length = self->length;
  return self->text;
}

static inline guint32
begins_word (const SemToken *token)
{
  return (token->flags & (SEM_TOKEN_TEMPLATE | SEM_TOKEN_INSIDE)) == 0;
}

static guint32 *
count_words (const SemEncoding *self)
{
  guint32 *counts = g_new (guint32, self->n_tokens / SEM_WORD_STEP + 1), n = 0;

  for (gsize i = 0; i < self->n_tokens; i++)
    {
      if (i % SEM_WORD_STEP == 0)
        counts[i / SEM_WORD_STEP] = n;
      n += begins_word (&self->tokens[i]);
    }
  return counts;
}

guint32
sem_encoding_get_word (const SemEncoding *self, gsize token)
{
  SemEncoding *mutable = (SemEncoding *)self;
  guint32 *counts = g_atomic_pointer_get (&mutable->word_counts), n;

  g_return_val_if_fail (token < self->n_tokens, SEM_NO_WORD);
  if (self->tokens[token].flags & SEM_TOKEN_TEMPLATE)
    return SEM_NO_WORD;
  if (counts == NULL)
    {
      counts = count_words (self);
      if (!g_atomic_pointer_compare_and_exchange (&mutable->word_counts, NULL, counts))
        {
          g_free (counts);
          counts = g_atomic_pointer_get (&mutable->word_counts);
        }
    }
  n = counts[token / SEM_WORD_STEP];
  for (gsize i = token - token % SEM_WORD_STEP; i <= token; i++)
    n += begins_word (&self->tokens[i]);
  return n - 1;
}

SemTokenizer *
sem_encoding_get_tokenizer (const SemEncoding *self)
{
  return self->tokenizer;
}

const char *
sem_encoding_get_piece (const SemEncoding *self, gsize token)
{
  return sem_encoding_get_piece_bytes (self, token, NULL);
}

/* A note's piece, or the tokenizer's; a template may name an id that the vocabulary does not have.
 */
static const char *
find_piece (const SemEncoding *self, gsize token, gsize *length)
{
  const SemAddedToken *added;
  const char *piece;

  if (self->notes != NULL)
    {
      guint lo = 0, hi = self->notes->len;

      while (lo < hi)
        {
          guint mid = (lo + hi) / 2;

          if (g_array_index (self->notes, SemPieceNote, mid).token < token)
            lo = mid + 1;
          else
            hi = mid;
        }
      if (lo < self->notes->len && g_array_index (self->notes, SemPieceNote, lo).token == token)
        {
          *length = g_array_index (self->notes, SemPieceNote, lo).length;
          return g_array_index (self->notes, SemPieceNote, lo).piece;
        }
    }
  *length = 0;
  added = sem_added_tokens_get (self->tokenizer->added, self->tokens[token].id);
  if (added != NULL)
    {
      *length = added->length;
      return added->content;
    }
  piece = sem_vocab_get (self->tokenizer->model->vocab, self->tokens[token].id, length);
  return piece != NULL ? piece : "";
}

const char *
sem_encoding_get_piece_bytes (const SemEncoding *self, gsize token, gsize *length)
{
  gsize n;
  const char *piece;

  g_return_val_if_fail (token < self->n_tokens, NULL);
  piece = find_piece (self, token, &n);
  if (length != NULL)
    *length = n;
  return piece;
}
