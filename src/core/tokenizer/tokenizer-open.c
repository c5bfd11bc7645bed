/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening of a folder or of one tokenizer file. */
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/tokenizer-private.h"
#include "core/error.h"

#include <string.h>

#define MAX_FILE (1u << 30)

/* The whole file; NULL without an error when it is not there. */
static GBytes *
load_if_there (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GMappedFile) map = NULL;
  GError *local = NULL;

  map = g_mapped_file_new (path, FALSE, &local);
  if (map == NULL)
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_error_free (local);
      else
        g_propagate_error (error, local);
      return NULL;
    }
  if (g_mapped_file_get_length (map) > MAX_FILE)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT, "'%s' has more than %u bytes",
                   path, MAX_FILE);
      return NULL;
    }
  return g_mapped_file_get_bytes (map);
}

/* The layouts of a folder, in the order they are looked for. */
typedef enum
{
  LAYOUT_JSON,
  LAYOUT_VOCAB_TXT,
  LAYOUT_MERGES,
  LAYOUT_SENTENCEPIECE,
  LAYOUT_TIKTOKEN,
} Layout;

static const struct
{
  const char *first, *second;
  Layout layout;
} layouts[] = {
  { "tokenizer.json", NULL, LAYOUT_JSON },
  { "vocab.txt", "tokenizer_config.json", LAYOUT_VOCAB_TXT },
  { "vocab.json", "merges.txt", LAYOUT_MERGES },
  { "tokenizer.model", NULL, LAYOUT_SENTENCEPIECE },
  { "spiece.model", NULL, LAYOUT_SENTENCEPIECE },
  { "sentencepiece.bpe.model", NULL, LAYOUT_SENTENCEPIECE },
  { "cl100k_base.tiktoken", NULL, LAYOUT_TIKTOKEN },
  { "o200k_base.tiktoken", NULL, LAYOUT_TIKTOKEN },
  { "tokenizer.tiktoken", NULL, LAYOUT_TIKTOKEN },
};

static SemTokenizer *
read_layout (Layout layout, GBytes *first, GBytes *second, const char *name, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (first, &size);

  switch (layout)
    {
    case LAYOUT_JSON:
      return sem_tokenizer_new_from_json (first, error);
    case LAYOUT_VOCAB_TXT:
      return sem_tokenizer_new_from_vocab (first, second, error);
    case LAYOUT_MERGES:
      if (second != NULL)
        return sem_tokenizer_new_from_merges (first, second, error);
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "vocab.json has no merges.txt beside it");
      return NULL;
    case LAYOUT_SENTENCEPIECE:
      /* Llama 3 calls a tiktoken file tokenizer.model; base64 is ASCII, a protocol buffer is not.
       */
      if (size > 0 && g_ascii_isalnum (data[0]))
        return sem_tokenizer_new_from_tiktoken (first, name, error);
      return sem_tokenizer_new_from_sentencepiece (first, error);
    case LAYOUT_TIKTOKEN:
      return sem_tokenizer_new_from_tiktoken (first, name, error);
    }
  g_return_val_if_reached (NULL);
}

static SemTokenizer *
open_folder (const char *path, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      GError *local = NULL;
      g_autoptr (GBytes) first = load_if_there (path, layouts[i].first, &local), second = NULL;
      SemTokenizer *self;

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      if (first == NULL)
        continue;
      if (layouts[i].second != NULL)
        second = load_if_there (path, layouts[i].second, NULL);
      self = read_layout (layouts[i].layout, first, second, layouts[i].first, error);
      if (self == NULL)
        g_prefix_error (error, "%s: ", layouts[i].first);
      return self;
    }
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
               "'%s' has no tokenizer (tokenizer.json, vocab.txt, vocab.json, tokenizer.model or a "
               "tiktoken file)",
               path);
  return NULL;
}

static Layout
layout_of_name (const char *name)
{
  if (g_str_has_suffix (name, ".txt"))
    return LAYOUT_VOCAB_TXT;
  if (g_str_has_suffix (name, ".model"))
    return LAYOUT_SENTENCEPIECE;
  if (g_str_has_suffix (name, ".tiktoken"))
    return LAYOUT_TIKTOKEN;
  return strcmp (name, "vocab.json") == 0 ? LAYOUT_MERGES : LAYOUT_JSON;
}

SemTokenizer *
sem_tokenizer_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL, *name = NULL;
  g_autoptr (GBytes) bytes = NULL, beside = NULL;
  GError *local = NULL;
  SemTokenizer *self;
  Layout layout;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return open_folder (path, error);
  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  bytes = load_if_there (folder, name, &local);
  if (bytes == NULL)
    {
      if (local == NULL)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "'%s' does not exist", path);
      else
        g_propagate_error (error, local);
      return NULL;
    }
  layout = layout_of_name (name);
  if (layout == LAYOUT_VOCAB_TXT || layout == LAYOUT_MERGES)
    beside = load_if_there (folder,
                            layout == LAYOUT_MERGES ? "merges.txt" : "tokenizer_config.json", NULL);
  self = read_layout (layout, bytes, beside, name, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}
