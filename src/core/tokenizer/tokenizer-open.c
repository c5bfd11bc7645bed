/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening of a folder or of one tokenizer file. */
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

static SemTokenizer *
open_folder (const char *path, GError **error)
{
  g_autoptr (GBytes) first = NULL, second = NULL;
  GError *local = NULL;
  SemTokenizer *self = NULL;

  if ((first = load_if_there (path, "tokenizer.json", &local)) != NULL)
    self = sem_tokenizer_new_from_json (first, error);
  else if (local == NULL && (first = load_if_there (path, "vocab.txt", &local)) != NULL)
    {
      second = load_if_there (path, "tokenizer_config.json", NULL);
      self = sem_tokenizer_new_from_vocab (first, second, error);
    }
  else if (local == NULL)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                 "'%s' has no tokenizer (tokenizer.json or vocab.txt)", path);
  if (local != NULL)
    g_propagate_error (error, local);
  return self;
}

SemTokenizer *
sem_tokenizer_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL, *name = NULL;
  g_autoptr (GBytes) bytes = NULL, config = NULL;
  GError *local = NULL;
  SemTokenizer *self;

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
  if (g_str_has_suffix (name, ".txt"))
    {
      config = load_if_there (folder, "tokenizer_config.json", NULL);
      self = sem_tokenizer_new_from_vocab (bytes, config, error);
    }
  else
    self = sem_tokenizer_new_from_json (bytes, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", name);
  return self;
}
