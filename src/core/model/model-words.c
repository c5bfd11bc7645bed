/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models made of words: files of word vectors, the Embedding Projector's two TSV files, and an
 * array with a word list. */
#include "core/error.h"
#include "core/model/model-private.h"
#include "core/model/npy.h"
#include "core/model/word-text.h"
#include "core/model/word-vectors.h"
#include "core/tokenizer/words.h"

#include <string.h>

/* A file beside path whose name is path's with one ending for another, or a fixed name; NULL when
 * none is there. */
static char *
find_sibling (const char *path, const char *const *endings, const char *const *names)
{
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  const char *dot = strrchr (base, '.');
  g_autofree char *stem = g_strndup (base, dot != NULL ? (gsize)(dot - base) : strlen (base));
  for (gsize i = 0; endings[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (stem, endings[i], NULL);
      g_autofree char *candidate = g_build_filename (folder, name, NULL);
      if (!g_str_equal (candidate, path) && g_file_test (candidate, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&candidate);
    }
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *candidate = g_build_filename (folder, names[i], NULL);
      if (!g_str_equal (candidate, path) && g_file_test (candidate, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&candidate);
    }
  return NULL;
}

/* "tensors.tsv" -> "metadata.tsv", "demo_vectors.tsv" -> "demo_metadata.tsv". */
static char *
find_metadata (const char *path)
{
  static const char *const words[] = { "tensors", "tensor", "vectors", "vecs", "embeddings" };
  static const char *const endings[] = { "_metadata.tsv", ".metadata.tsv", "-metadata.tsv", NULL };
  static const char *const names[] = { "metadata.tsv", "meta.tsv", NULL };
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *place = strstr (base, words[i]);
      if (place == NULL)
        continue;
      g_autofree char *name = g_strdup_printf ("%.*smetadata%s", (int)(place - base), base,
                                               place + strlen (words[i]));
      g_autofree char *candidate = g_build_filename (folder, name, NULL);
      if (g_file_test (candidate, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&candidate);
    }
  return find_sibling (path, endings, names);
}

static gboolean
take_words (const SemModelRequest *request,
            SemWordVectors *vectors,
            SemModelParts *parts,
            GError **error)
{
  gsize n = sem_rows_get_n (vectors->rows);
  parts->tokenizer = sem_tokenizer_new_from_words (vectors->words, error);
  if (parts->tokenizer == NULL)
    return FALSE;
  g_autofree char *size = sem_model_format_size (vectors->n_file_bytes);
  parts->rows = g_steal_pointer (&vectors->rows);
  parts->hash = g_steal_pointer (&vectors->hash);
  parts->read_unseen = vectors->read_unseen;
  parts->unseen_data = vectors->unseen_data;
  sem_model_parts_add_fact (parts, "format", "%s", vectors->format);
  sem_model_parts_add_fact (parts, "path", "%s", request->path);
  sem_model_parts_add_fact (parts, "dtype", "%s",
                            sem_dtype_get_name (sem_rows_get_dtype (parts->rows)));
  sem_model_parts_add_fact (parts, "shape", "%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT, n,
                            sem_rows_get_dim (parts->rows));
  sem_model_parts_add_fact (parts, "vocabulary", "%" G_GSIZE_FORMAT " words", n);
  if (vectors->n_announced > 0 && vectors->n_announced != n)
    sem_model_parts_add_fact (parts, "header",
                              "announces %" G_GUINT64_FORMAT " rows, the file has %" G_GSIZE_FORMAT,
                              vectors->n_announced, n);
  if (parts->read_unseen != NULL)
    sem_model_parts_add_fact (parts, "unseen words", "get the mean of their character n-grams");
  sem_model_parts_add_tokenizer_facts (parts);
  sem_model_parts_add_fact (parts, "size", "%s", size);
  sem_model_parts_add_fact (parts, "hash", "%s", parts->hash);
  return TRUE;
}

static SemWordReadOptions
make_options (const SemModelRequest *request)
{
  return (SemWordReadOptions){ request->options->progress, request->options->progress_data,
                               request->cancellable };
}

gboolean
sem_model_words_open (const SemModelRequest *request,
                      const char *name,
                      GBytes *bytes,
                      SemModelParts *parts,
                      GError **error)
{
  g_auto (SemWordVectors) vectors = { 0 };
  SemWordReadOptions options = make_options (request);
  return sem_word_vectors_read (name, bytes, &options, &vectors, error)
         && take_words (request, &vectors, parts, error);
}

/* The projector's metadata has a header line only when it has several columns. */
static gboolean
attach_words (const char *path, SemWordVectors *vectors, GError **error)
{
  g_autoptr (GBytes) bytes = sem_file_map (path, error);
  if (bytes == NULL)
    return FALSE;
  gsize n = sem_rows_get_n (vectors->rows);
  /* The reader of the numbers made an empty list of its own. */
  g_clear_pointer (&vectors->words, sem_word_list_unref);
  vectors->words = sem_word_list_read (bytes, TRUE, FALSE);
  if (sem_word_list_get_n (vectors->words) == n + 1)
    {
      sem_word_list_unref (vectors->words);
      vectors->words = sem_word_list_read (bytes, TRUE, TRUE);
    }
  if (sem_word_list_get_n (vectors->words) == n)
    return TRUE;
  g_autofree char *name = g_path_get_basename (path);
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "%s has %" G_GSIZE_FORMAT " words for %" G_GSIZE_FORMAT " vectors", name,
               sem_word_list_get_n (vectors->words), n);
  return FALSE;
}

gboolean
sem_model_is_projector (const char *path, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  if (!g_str_has_suffix (path, ".tsv") || length == 0 || !sem_word_text_is_numbers (text, length))
    return FALSE;
  g_autofree char *metadata = find_metadata (path);
  return metadata != NULL;
}

gboolean
sem_model_projector_open (const SemModelRequest *request,
                          GBytes *bytes,
                          SemModelParts *parts,
                          GError **error)
{
  g_auto (SemWordVectors) vectors = { 0 };
  SemWordReadOptions options = make_options (request);
  g_autofree char *metadata = find_metadata (request->path),
                  *name = g_path_get_basename (request->path);
  if (!sem_word_vectors_read_numbers (bytes, &options, &vectors, error)
      || !attach_words (metadata, &vectors, error))
    return FALSE;
  vectors.format = "TSV vectors and metadata";
  vectors.n_file_bytes = g_bytes_get_size (bytes);
  vectors.hash = sem_model_hash (name, bytes, g_bytes_get_size (bytes));
  return take_words (request, &vectors, parts, error);
}

gboolean
sem_model_npy_open (const SemModelRequest *request,
                    GBytes *bytes,
                    SemModelParts *parts,
                    GError **error)
{
  static const char *const endings[]
      = { ".txt", ".words", ".words.txt", ".vocab", ".vocab.txt", ".tsv", NULL };
  static const char *const names[]
      = { "words.txt", "vocab.txt", "vocabulary.txt", "labels.txt", "metadata.tsv", NULL };
  g_auto (SemWordVectors) vectors = { 0 };
  g_autoptr (SemTensorFile) file = sem_npy_open (bytes, error);
  if (file == NULL)
    return FALSE;
  vectors.rows = sem_rows_new_tensor (file, sem_tensor_file_get (file, 0), NULL, error);
  if (vectors.rows == NULL)
    return FALSE;
  g_autofree char *words = find_sibling (request->path, endings, names);
  if (words == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "no word list beside the array; put one word a line into a file of the same "
                   "name ending in .txt");
      return FALSE;
    }
  if (!attach_words (words, &vectors, error))
    return FALSE;
  g_autofree char *name = g_path_get_basename (request->path);
  vectors.format = sem_npy_format.title;
  vectors.n_file_bytes = g_bytes_get_size (bytes);
  vectors.hash = sem_model_hash (name, bytes, sem_tensor_file_get_header_size (file));
  return take_words (request, &vectors, parts, error);
}
