/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simplest model: one look-up. */
#include "core/tokenizer/wordlevel.h"
#include "core/error.h"

#include <string.h>

static gboolean
wordlevel_tokenize (const SemTokModel *self,
                    const char *text,
                    gsize length,
                    GArray *out,
                    GByteArray *scratch,
                    GError **error)
{
  SemPiece piece = { sem_vocab_find (self->vocab, text, length), 0, (guint32)length };

  if (piece.id == SEM_VOCAB_NONE)
    piece.id = self->unknown;
  if (piece.id == SEM_VOCAB_NONE)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY,
                   "a word is not in the vocabulary, and the vocabulary has no unknown token");
      return FALSE;
    }
  g_array_append_val (out, piece);
  return TRUE;
}

static const SemTokModelClass wordlevel_class = { "WordLevel", wordlevel_tokenize, NULL };

SemTokModel *
sem_wordlevel_new (SemVocab *vocab, const char *unknown)
{
  SemTokModel *self = g_new0 (SemTokModel, 1);

  self->klass = &wordlevel_class;
  self->vocab = vocab;
  self->unknown = sem_vocab_find (vocab, unknown, strlen (unknown));
  self->prefix = g_strdup ("");
  return self;
}
