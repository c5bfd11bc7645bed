/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the metadata of a GGUF file to the arrays that the tokenizer wants. */
#include "core/error.h"
#include "core/model/gguf.h"
#include "core/model/model-private.h"
#include "core/tokenizer/gguf-vocab.h"
#include "core/tokenizer/words.h"

#define PREFIX "tokenizer.ggml."

/* What the borrowed pointers of a SemGgufVocab point to. */
typedef struct
{
  char *model, *pre, *name;
  GPtrArray *pieces, *merges;
  float *scores;
  gint32 *types;
} Owned;

static void
clear_owned (Owned *owned)
{
  g_free (owned->model);
  g_free (owned->pre);
  g_free (owned->name);
  g_clear_pointer (&owned->pieces, g_ptr_array_unref);
  g_clear_pointer (&owned->merges, g_ptr_array_unref);
  g_free (owned->scores);
  g_free (owned->types);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Owned, clear_owned)

static const SemGgufValue *
find (const SemTensorFile *file, const char *key)
{
  g_autofree char *whole = g_strconcat (PREFIX, key, NULL);
  return sem_gguf_find (file, whole);
}

static char *
dup_string (const SemGgufValue *value)
{
  gsize length;
  const char *text = sem_gguf_value_get_string (value, &length);
  return text != NULL && g_utf8_validate_len (text, length, NULL) ? g_strndup (text, length) : NULL;
}

static gint64
get_integer (const SemTensorFile *file, const char *key)
{
  gint64 value;
  return sem_gguf_value_get_integer (find (file, key), &value) ? value : -1;
}

/* Pieces with bytes that are no UTF-8 get U+FFFD in their place: they can never be found in a text.
 */
static GPtrArray *
dup_strings (const SemGgufValue *value)
{
  GPtrArray *strings = g_ptr_array_new_with_free_func (g_free);
  gsize cursor = 0, length;
  const char *text;
  while ((text = sem_gguf_value_next_string (value, &cursor, &length)) != NULL)
    g_ptr_array_add (strings, g_utf8_make_valid (text, (gssize)length));
  return strings;
}

static gboolean
check_array (const SemGgufValue *value, const char *key, gsize n, GError **error)
{
  if (value->type == SEM_GGUF_ARRAY && value->item_type != SEM_GGUF_STRING && value->n == n)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               PREFIX "%s: expected %" G_GSIZE_FORMAT " numbers, found %" G_GUINT64_FORMAT " items",
               key, n, value->n);
  return FALSE;
}

static gboolean
read_numbers (const SemTensorFile *file, gsize n, Owned *owned, GError **error)
{
  const SemGgufValue *scores = find (file, "scores"), *types = find (file, "token_type");
  if (scores != NULL)
    {
      if (!check_array (scores, "scores", n, error))
        return FALSE;
      owned->scores = g_new (float, n);
      for (gsize i = 0; i < n; i++)
        owned->scores[i] = (float)sem_gguf_value_get_number (scores, i);
    }
  if (types != NULL)
    {
      if (!check_array (types, "token_type", n, error))
        return FALSE;
      owned->types = g_new (gint32, n);
      for (gsize i = 0; i < n; i++)
        owned->types[i] = (gint32)CLAMP (sem_gguf_value_get_number (types, i), 0.0, 100.0);
    }
  return TRUE;
}

static void
fill_vocab (const SemTensorFile *file, const Owned *owned, SemGgufVocab *vocab)
{
  const SemGgufValue *charsmap = find (file, "precompiled_charsmap");
  sem_gguf_vocab_init (vocab);
  vocab->model = owned->model;
  vocab->pre = owned->pre;
  vocab->name = owned->name;
  vocab->n_pieces = owned->pieces->len;
  vocab->pieces = (const char *const *)owned->pieces->pdata;
  vocab->scores = owned->scores;
  vocab->types = owned->types;
  vocab->n_merges = owned->merges != NULL ? owned->merges->len : 0;
  vocab->merges = owned->merges != NULL ? (const char *const *)owned->merges->pdata : NULL;
  vocab->bos = get_integer (file, "bos_token_id");
  vocab->eos = get_integer (file, "eos_token_id");
  vocab->unk = get_integer (file, "unknown_token_id");
  vocab->sep = get_integer (file, "separator_token_id");
  if (vocab->sep < 0)
    vocab->sep = get_integer (file, "seperator_token_id");
  vocab->pad = get_integer (file, "padding_token_id");
  vocab->mask = get_integer (file, "mask_token_id");
  vocab->add_bos = (int)CLAMP (get_integer (file, "add_bos_token"), -1, 1);
  vocab->add_eos = (int)CLAMP (get_integer (file, "add_eos_token"), -1, 1);
  vocab->add_sep = (int)CLAMP (get_integer (file, "add_sep_token"), -1, 1);
  vocab->add_space_prefix = (int)CLAMP (get_integer (file, "add_space_prefix"), -1, 1);
  vocab->remove_extra_whitespaces
      = (int)CLAMP (get_integer (file, "remove_extra_whitespaces"), -1, 1);
  if (charsmap != NULL && charsmap->type == SEM_GGUF_ARRAY
      && (charsmap->item_type == SEM_GGUF_U8 || charsmap->item_type == SEM_GGUF_I8))
    {
      vocab->charsmap = charsmap->data;
      vocab->charsmap_length = (gsize)charsmap->n;
    }
}

/* A list of tokens without a scheme: then they are words. */
static SemTokenizer *
open_word_list (const SemGgufValue *tokens, GError **error)
{
  g_autoptr (SemWordList) words = sem_word_list_new ();
  gsize cursor = 0, length;
  const char *word;
  while ((word = sem_gguf_value_next_string (tokens, &cursor, &length)) != NULL)
    sem_word_list_add (words, word, length);
  return sem_tokenizer_new_from_words (words, error);
}

SemTokenizer *
sem_model_gguf_open_tokenizer (const SemTensorFile *file, GError **error)
{
  g_auto (Owned) owned = { 0 };
  SemGgufVocab vocab;
  const SemGgufValue *tokens = find (file, "tokens"), *merges = find (file, "merges");
  if (tokens == NULL || tokens->type != SEM_GGUF_ARRAY || tokens->item_type != SEM_GGUF_STRING)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "the file has no tokenizer (" PREFIX "tokens)");
      return NULL;
    }
  owned.model = dup_string (find (file, "model"));
  if (owned.model == NULL)
    return open_word_list (tokens, error);
  owned.pre = dup_string (find (file, "pre"));
  owned.name = dup_string (sem_gguf_find (file, "general.name"));
  owned.pieces = dup_strings (tokens);
  if (merges != NULL)
    owned.merges = dup_strings (merges);
  if (!read_numbers (file, owned.pieces->len, &owned, error))
    return NULL;
  fill_vocab (file, &owned, &vocab);
  return sem_tokenizer_new_from_gguf_vocab (&vocab, error);
}
