/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every loader of the tokenizers on hostile bytes, and what was loaded on a text.  The first byte
 * chooses the loader, the rest is the file; the text is made of the file's own bytes. */
#include "core/tokenizer/gguf-vocab.h"
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/explain.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static SemTokenizer *
load (guint8 which, GBytes *bytes)
{
  switch (which % 5)
    {
    case 0:
      return sem_tokenizer_new_from_vocab (bytes, NULL, NULL);
    case 1:
      return sem_tokenizer_new_from_tiktoken (bytes, "gpt2", NULL);
    case 2:
      return sem_tokenizer_new_from_sentencepiece (bytes, NULL);
    case 3:
      return sem_tokenizer_new_from_merges (bytes, bytes, NULL);
    default:
      return sem_tokenizer_new_from_json (bytes, NULL);
    }
}

static void
try_text (SemTokenizer *t, const char *text, gsize length)
{
  g_autoptr (SemEncoding) enc
      = sem_tokenizer_encode (t, text, (gssize)length, SEM_ENCODE_TEMPLATE, NULL, NULL);
  g_autoptr (SemExplanation) why = NULL;
  g_autofree char *json = NULL;
  const SemToken *tokens;
  gsize n;

  if (enc == NULL)
    return;
  tokens = sem_encoding_get_tokens (enc, &n);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_nonnull (sem_encoding_get_piece (enc, i));
      if (!(tokens[i].flags & SEM_TOKEN_TEMPLATE))
        g_assert_true (tokens[i].start <= tokens[i].end && tokens[i].end <= length);
    }
  if (length < 2000)
    why = sem_tokenizer_explain (t, text, (gssize)length, NULL, NULL);
  if (why != NULL)
    json = sem_tokenizer_explain_to_json (why);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SemTokenizer) t = NULL;
  guint32 ids[64];
  g_autofree char *text = NULL, *valid = NULL;

  if (size < 1)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  t = load (data[0], bytes);
  if (t == NULL)
    return 0;
  valid = g_utf8_make_valid ((const char *)data, (gssize)MIN (size, 3000));
  try_text (t, valid, strlen (valid));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = data[i % size] % 80;
  text = sem_tokenizer_decode (t, ids, G_N_ELEMENTS (ids), FALSE);
  return 0;
}
