/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the targets of the tokenizers share: an input is the length of a text in one byte, the text,
 * then the file; and what has to be true of every tokenizer that was made from it. */
#pragma once

#include "core/tokenizer/explain.h"
#include "core/tokenizer/tokenizer-private.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  char *text; /* UTF-8, owned */
  const guint8 *file;
  gsize size;
} FuzzInput;

/* FALSE when there is not even a length. */
static inline gboolean
fuzz_input_init (FuzzInput *self, const guint8 *data, gsize size)
{
  gsize n;

  if (size == 0)
    return FALSE;
  n = MIN (data[0], size - 1);
  self->text = g_utf8_make_valid ((const char *)data + 1, (gssize)n);
  self->file = data + 1 + n;
  self->size = size - 1 - n;
  return TRUE;
}

static inline void
fuzz_input_clear (FuzzInput *self)
{
  g_free (self->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FuzzInput, fuzz_input_clear)

/* Spans inside the text, in order; a piece for every token. */
static inline void
fuzz_check_tokens (const SemEncoding *encoding, gsize length)
{
  gsize n;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_assert_nonnull (sem_encoding_get_piece (encoding, i));
      if (!(tokens[i].flags & SEM_TOKEN_TEMPLATE))
        g_assert_true (tokens[i].start <= tokens[i].end && tokens[i].end <= length);
    }
}

static inline void
fuzz_check_equal (const SemEncoding *a, const SemEncoding *b)
{
  g_assert_cmpuint (a->n_tokens, ==, b->n_tokens);
  for (gsize i = 0; i < a->n_tokens; i++)
    {
      g_assert_cmpuint (a->tokens[i].id, ==, b->tokens[i].id);
      g_assert_cmpuint (a->tokens[i].start, ==, b->tokens[i].start);
      g_assert_cmpuint (a->tokens[i].end, ==, b->tokens[i].end);
      g_assert_cmpuint (a->tokens[i].flags, ==, b->tokens[i].flags);
      g_assert_cmpstr (sem_encoding_get_piece (a, i), ==, sem_encoding_get_piece (b, i));
    }
}

static inline void
fuzz_try_explaining (SemTokenizer *tokenizer, const char *text, gsize length)
{
  g_autoptr (SemExplanation) why
      = sem_tokenizer_explain (tokenizer, text, (gssize)length, NULL, NULL);
  g_autofree char *json = why != NULL ? sem_tokenizer_explain_to_json (why) : NULL;

  if (json != NULL)
    {
      json_t *root = json_loads (json, 0, NULL);

      g_assert_nonnull (root);
      json_decref (root);
    }
}

/* A text three times: the general path, the fast one, and the fast one again out of its cache. */
static inline void
fuzz_try_text (SemTokenizer *tokenizer, const char *text)
{
  static const guint flags[3]
      = { SEM_ENCODE_TEMPLATE | SEM_ENCODE_GENERAL, SEM_ENCODE_TEMPLATE, SEM_ENCODE_TEMPLATE };
  g_autoptr (SemEncoding) first = NULL;
  gsize length = strlen (text);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (SemEncoding) encoding
          = sem_tokenizer_encode (tokenizer, text, (gssize)length, flags[i], NULL, NULL);

      if (encoding != NULL)
        fuzz_check_tokens (encoding, length);
      if (i == 0)
        first = g_steal_pointer (&encoding);
      else if (first != NULL && encoding != NULL)
        fuzz_check_equal (first, encoding);
      else
        g_assert_true (first == NULL && encoding == NULL);
    }
  if (first != NULL && length < 2000)
    fuzz_try_explaining (tokenizer, text, length);
}

static inline void
fuzz_try_decoding (SemTokenizer *tokenizer, const guint8 *data, gsize size)
{
  gsize limit = sem_tokenizer_get_vocab_size (tokenizer) + 3;
  guint32 ids[64];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint8 byte = size > 0 ? data[i % size] : (guint8)i;
      g_autoptr (GBytes) bytes = NULL;

      ids[i] = (guint32)(byte % limit);
      bytes = sem_tokenizer_dup_piece_bytes (tokenizer, ids[i]);
    }
  g_free (sem_tokenizer_decode (tokenizer, ids, G_N_ELEMENTS (ids), FALSE));
  g_free (sem_tokenizer_decode (tokenizer, ids, G_N_ELEMENTS (ids), TRUE));
}

/* Everything about one tokenizer (consumed; NULL is fine): the input's text, the file's own bytes
 * as a text, decoding. */
static inline void
fuzz_try_tokenizer (SemTokenizer *tokenizer, const FuzzInput *input)
{
  g_autofree char *own = NULL;

  if (tokenizer == NULL)
    return;
  own = g_utf8_make_valid ((const char *)input->file, (gssize)MIN (input->size, 1000));
  fuzz_try_text (tokenizer, input->text);
  fuzz_try_text (tokenizer, own);
  fuzz_try_decoding (tokenizer, input->file, input->size);
  sem_tokenizer_unref (tokenizer);
}
