/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole words looked up in a list. */
#include "core/tokenizer/words.h"

#include "core/error.h"
#include "core/tokenizer/tokenizer-private.h"
#include "core/tokenizer/words-cut.h"

#include <string.h>

typedef struct
{
  SemTokModel base;
  gboolean lower; /* the list has no capital letter */
} SemWords;

/* Up to this length a lower-cased copy stays on the stack's side of things: longer words are looked
 * up as they are. */
#define MAX_FOLDED 1024

static guint32
find_word (const SemWords *self, const char *word, gsize length)
{
  guint32 id = sem_vocab_find (self->base.vocab, word, length);
  if (id != SEM_VOCAB_NONE || !self->lower || length > MAX_FOLDED)
    return id;
  g_autofree char *lower = g_utf8_strdown (word, (gssize)length);
  return sem_vocab_find (self->base.vocab, lower, strlen (lower));
}

static gboolean
words_tokenize (const SemTokModel *model,
                const char *text,
                gsize length,
                GArray *out,
                GByteArray *scratch,
                GError **error)
{
  const SemWords *self = (const SemWords *)model;
  SemPiece piece = { find_word (self, text, length), 0, (guint32)length };
  if (piece.id == SEM_VOCAB_NONE)
    piece.id = (guint32)model->vocab->n_ids;
  g_array_append_val (out, piece);
  return TRUE;
}

static void
add_token (SemEncoding *encoding, gsize start, gsize end)
{
  const SemWords *self = (const SemWords *)encoding->tokenizer->model;
  const char *word = encoding->text + start;
  SemToken token = { .start = (guint32)start, .end = (guint32)end };
  token.id = find_word (self, word, end - start);
  if (token.id == SEM_VOCAB_NONE)
    {
      SemPieceNote note = { encoding->n_tokens, g_strndup (word, end - start), end - start };
      if (encoding->notes == NULL)
        encoding->notes = g_array_new (FALSE, FALSE, sizeof (SemPieceNote));
      g_array_append_val (encoding->notes, note);
      token.id = (guint32)self->base.vocab->n_ids;
      token.flags = SEM_TOKEN_UNKNOWN;
    }
  if (encoding->n_tokens == encoding->cap_tokens)
    {
      encoding->cap_tokens = MAX (2 * encoding->cap_tokens, encoding->length / 8 + 16);
      encoding->tokens = g_renew (SemToken, encoding->tokens, encoding->cap_tokens);
    }
  encoding->tokens[encoding->n_tokens++] = token;
}

static gboolean
words_encode (SemEncoding *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) cuts = sem_words_cut (encoding->text, encoding->length, cancellable, error);
  if (cuts == NULL)
    return FALSE;
  for (guint i = 0; i < cuts->len; i++)
    {
      const SemWordCut *cut = &g_array_index (cuts, SemWordCut, i);
      add_token (encoding, cut->start, cut->end);
    }
  return TRUE;
}

static const SemTokModelClass words_class
    = { .kind = "Words", .tokenize = words_tokenize, .encode = words_encode };

static gboolean
has_capital (const char *word, gsize length)
{
  for (const char *p = word; p < word + length; p = g_utf8_next_char (p))
    if (g_unichar_isupper (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

SemTokenizer *
sem_tokenizer_new_from_words (SemWordList *words, GError **error)
{
  gsize n = sem_word_list_get_n (words);
  SemWords *model = g_new0 (SemWords, 1);
  g_auto (SemTokenizerParts) parts = { .model = &model->base };
  model->base.klass = &words_class;
  model->base.vocab = sem_vocab_new ();
  model->base.unknown = SEM_VOCAB_NONE;
  model->base.prefix = g_strdup ("");
  model->lower = TRUE;
  /* Backwards, because a piece that comes again moves to the new id: the first of equal words is to
   * be found. */
  for (gsize i = n; i-- > 0;)
    {
      gsize length;
      const char *word = sem_word_list_get (words, i, &length);
      if (i >= SEM_VOCAB_MAX_ID || !sem_vocab_add (model->base.vocab, word, length, (guint32)i))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "%" G_GSIZE_FORMAT " words, at most %u of together 1 GiB are allowed", n,
                       SEM_VOCAB_MAX_ID);
          return NULL;
        }
      model->lower = model->lower && !has_capital (word, length);
    }
  sem_vocab_index (model->base.vocab);
  parts.added = sem_added_tokens_new ();
  return sem_tokenizer_new_take (&parts, error);
}
