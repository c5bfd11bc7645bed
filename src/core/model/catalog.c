/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of models found, and what a header tells about each. */
#include "core/model/catalog.h"

#include "core/model/catalog-private.h"
#include "core/model/embedding-choice.h"
#include "core/model/gguf.h"
#include "core/model/json-file.h"
#include "core/model/model-private.h"
#include "core/model/word-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_NAMES 5000
#define MAX_ENTRIES 2000
#define HEADER_LOOKED_AT 64

void
sem_catalog_entry_free (SemCatalogEntry *entry)
{
  g_free (entry->name);
  g_free (entry->path);
  g_free (entry->format);
  g_free (entry->kind);
  g_free (entry->dtype);
  g_free (entry->problem);
  g_free (entry);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
sem_catalog_list_folder (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && names->len < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_strings);
  return names;
}

static guint64
get_file_size (const char *path)
{
  GStatBuf status;
  return g_stat (path, &status) == 0 && status.st_size > 0 ? (guint64)status.st_size : 0;
}

static guint64
add_up_weights (const char *folder)
{
  static const char *const suffixes[] = { ".safetensors", ".gguf", ".bin", ".pt", ".npy" };
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (folder);
  guint64 sum = 0;
  for (guint i = 0; i < names->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (suffixes); j++)
      if (g_str_has_suffix (g_ptr_array_index (names, i), suffixes[j]))
        {
          g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
          sum += get_file_size (path);
        }
  return sum;
}

static gboolean
describe_tensors (SemCatalogEntry *entry, SemTensorSet *set, GError **error)
{
  g_auto (SemEmbeddingChoice) choice = { 0 };
  SemTensorFile *file;
  if (!sem_embedding_choose (set, NULL, 0, &choice, error))
    return FALSE;
  const SemTensor *tensor = sem_tensor_set_find (set, choice.name, &file, error);
  if (tensor == NULL)
    return FALSE;
  entry->format = g_strdup (sem_tensor_file_get_format (file)->title);
  entry->dtype = g_strdup (sem_dtype_get_name (tensor->dtype));
  if (tensor->n_dims == 2)
    {
      entry->n_rows = tensor->shape[0];
      entry->dim = tensor->shape[1];
    }
  if (sem_tensor_file_get_format (file) == &sem_gguf_format)
    entry->kind = g_strdup (sem_tensor_file_get_metadata (file, "general.architecture"));
  return TRUE;
}

static gboolean
describe_folder (SemCatalogEntry *entry, GError **error)
{
  g_autofree char *weights = NULL,
                  *config_path = g_build_filename (entry->path, "config.json", NULL);
  gboolean is_index = FALSE;
  g_autoptr (json_t) config = sem_json_file_load (config_path, NULL);
  if (config != NULL)
    entry->kind = g_strdup (sem_json_object_get_text (config, "model_type"));
  entry->n_bytes = add_up_weights (entry->path);
  if (!sem_model_folder_find_tensors (entry->path, &weights, &is_index, error))
    return FALSE;
  g_autoptr (SemTensorSet) set = is_index ? sem_tensor_set_open_index (weights, error)
                                          : sem_tensor_set_open_file (weights, error);
  return set != NULL && describe_tensors (entry, set, error);
}

/* Of text and binary vectors only the first line is looked at. */
static gboolean
describe_word_vectors (SemCatalogEntry *entry, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gint64 n, dim;
  entry->format = g_strdup ("word vectors");
  if (length >= HEADER_LOOKED_AT
      && sem_word_text_parse_header (text, text + HEADER_LOOKED_AT, &n, &dim) != NULL && n > 0
      && dim > 0)
    {
      entry->n_rows = (guint64)n;
      entry->dim = (guint64)dim;
    }
  return TRUE;
}

static gboolean
describe_file (SemCatalogEntry *entry, GError **error)
{
  g_autofree char *name = g_path_get_basename (entry->path);
  g_autoptr (GBytes) bytes = sem_file_map (entry->path, error);
  if (bytes == NULL)
    return FALSE;
  entry->n_bytes = g_bytes_get_size (bytes);
  if (sem_tensor_format_guess (name, bytes) == NULL)
    return describe_word_vectors (entry, bytes);
  g_autoptr (SemTensorSet) set = sem_tensor_set_open_file (entry->path, error);
  return set != NULL && describe_tensors (entry, set, error);
}

SemCatalogEntry *
sem_catalog_describe (const char *path, const char *name, const char *source)
{
  SemCatalogEntry *entry = g_new0 (SemCatalogEntry, 1);
  g_autoptr (GError) error = NULL;
  entry->path = g_strdup (path);
  entry->name = g_utf8_make_valid (name, -1);
  entry->source = source;
  gboolean good = g_file_test (path, G_FILE_TEST_IS_DIR) ? describe_folder (entry, &error)
                                                         : describe_file (entry, &error);
  if (!good)
    entry->problem = g_utf8_make_valid (error->message, -1);
  return entry;
}

void
sem_catalog_scan_add (SemCatalogScan *scan, const char *path, const char *name, const char *source)
{
  if (g_cancellable_is_cancelled (scan->cancellable) || scan->entries->len >= MAX_ENTRIES
      || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  char *canonical = g_canonicalize_filename (path, NULL);
  if (g_hash_table_add (scan->seen, canonical))
    g_ptr_array_add (scan->entries, sem_catalog_describe (path, name, source));
}

GPtrArray *
sem_catalog_scan (GCancellable *cancellable, GError **error)
{
  static void (*const places[]) (SemCatalogScan *)
      = { sem_catalog_scan_own, sem_catalog_scan_hugging_face, sem_catalog_scan_ollama,
          sem_catalog_scan_lm_studio, sem_catalog_scan_gguf_folders };
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sem_catalog_entry_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SemCatalogScan scan = { entries, seen, cancellable };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      places[i](&scan);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&entries);
}

char *
sem_catalog_find_path (const char *name)
{
  g_autoptr (GPtrArray) entries = sem_catalog_scan (NULL, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const SemCatalogEntry *entry = g_ptr_array_index (entries, i);
      if (entry->problem == NULL && g_str_equal (entry->name, name))
        return g_strdup (entry->path);
    }
  return NULL;
}
