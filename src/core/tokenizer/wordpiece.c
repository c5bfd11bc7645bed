/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Longest match by hashing: the hashes of all prefixes of the rest of the word come out of one
 * pass, and each prefix that ends a character is looked up on the way; the last hit is the longest.
 */
#include "core/tokenizer/wordpiece.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

typedef struct
{
  SemTokModel parent;
  guint32 max_chars;
  guint64 prefix_hash;
} SemWordpiece;

static guint32
longest_match (const SemWordpiece *self, const char *text, gsize start, gsize length, gsize *end)
{
  const SemVocab *vocab = self->parent.vocab;
  gsize prefix = start > 0 ? self->parent.prefix_length : 0;
  guint64 hash = start > 0 ? self->prefix_hash : SEM_VOCAB_HASH_START;
  guint32 best = SEM_VOCAB_NONE;
  gsize limit = vocab->max_length > prefix ? vocab->max_length - prefix : 0;

  for (gsize at = start; at < length && at - start < limit;)
    {
      hash = sem_vocab_hash_byte (hash, text[at++]);
      if (at == length || ((guint8)text[at] & 0xc0) != 0x80)
        {
          guint32 id = sem_vocab_find_hashed (vocab, hash, self->parent.prefix, prefix,
                                              text + start, at - start);

          if (id != SEM_VOCAB_NONE)
            {
              best = id;
              *end = at;
            }
        }
    }
  return best;
}

static gboolean
put_unknown (const SemTokModel *self, guint keep, gsize length, GArray *out, GError **error)
{
  SemPiece piece = { self->unknown, 0, (guint32)length };

  g_array_set_size (out, keep);
  if (self->unknown == SEM_VOCAB_NONE)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY,
                   "a word is not in the vocabulary, and the vocabulary has no unknown token");
      return FALSE;
    }
  g_array_append_val (out, piece);
  return TRUE;
}

static gboolean
wordpiece_tokenize (const SemTokModel *model,
                    const char *text,
                    gsize length,
                    GArray *out,
                    GByteArray *scratch,
                    GError **error)
{
  const SemWordpiece *self = (const SemWordpiece *)model;
  guint before = out->len;

  if (length > self->max_chars && sem_utf8_count (text, length) > self->max_chars)
    return put_unknown (model, before, length, out, error);
  for (gsize start = 0, end = 0; start < length; start = end)
    {
      guint32 id = longest_match (self, text, start, length, &end);
      SemPiece piece = { id, (guint32)start, (guint32)end };

      if (id == SEM_VOCAB_NONE)
        return put_unknown (model, before, length, out, error);
      g_array_append_val (out, piece);
    }
  return TRUE;
}

static const SemTokModelClass wordpiece_class = { "WordPiece", wordpiece_tokenize, NULL };

SemTokModel *
sem_wordpiece_new (SemVocab *vocab,
                   const char *unknown,
                   const char *prefix,
                   gsize prefix_length,
                   guint32 max_chars)
{
  SemWordpiece *self = g_new0 (SemWordpiece, 1);

  self->parent.klass = &wordpiece_class;
  self->parent.vocab = vocab;
  self->parent.unknown = sem_vocab_find (vocab, unknown, strlen (unknown));
  self->parent.prefix = g_strndup (prefix, prefix_length);
  self->parent.prefix_length = prefix_length;
  self->max_chars = max_chars;
  self->prefix_hash = sem_vocab_hash (SEM_VOCAB_HASH_START, prefix, prefix_length);
  return &self->parent;
}

guint32
sem_wordpiece_get_max_chars (const SemTokModel *self)
{
  return ((const SemWordpiece *)self)->max_chars;
}
