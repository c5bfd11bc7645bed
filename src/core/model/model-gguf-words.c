/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for model-gguf-vocab.c while core/tokenizer/gguf-vocab.c is not in the tree (see
 * meson.build). */
#include "core/error.h"
#include "core/model/gguf.h"
#include "core/model/model-private.h"
#include "core/tokenizer/words.h"

SemTokenizer *
sem_model_gguf_open_tokenizer (const SemTensorFile *file, GError **error)
{
  const SemGgufValue *tokens = sem_gguf_find (file, "tokenizer.ggml.tokens");
  g_autoptr (SemWordList) words = sem_word_list_new ();
  gsize cursor = 0, length;
  const char *word;
  if (tokens == NULL || tokens->item_type != SEM_GGUF_STRING
      || sem_gguf_find (file, "tokenizer.ggml.model") != NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "the tokenizer inside a GGUF file is not read by this build");
      return NULL;
    }
  while ((word = sem_gguf_value_next_string (tokens, &cursor, &length)) != NULL)
    sem_word_list_add (words, word, length);
  return sem_tokenizer_new_from_words (words, error);
}
