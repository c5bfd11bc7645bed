/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder in the Hugging Face layout: a tokenizer, config.json, and weights in safetensors, whole
 * or sharded; or a sentence-transformers folder, whose first module may have a subfolder of its
 * own. */
#include "core/error.h"
#include "core/model/json-file.h"
#include "core/model/model-private.h"
#include "core/model/word-vectors.h"

#include <string.h>

#define INDEX_FILE "model.safetensors.index.json"
#define README_LOOKED_AT 16384

typedef enum
{
  WEIGHTS_NONE,
  WEIGHTS_FILE,
  WEIGHTS_INDEX,
  WEIGHTS_PICKLE,
} WeightsKind;

typedef struct
{
  WeightsKind kind;
  char *path;
} Weights;

static void
clear_weights (Weights *weights)
{
  g_free (weights->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Weights, clear_weights)

/* The first name in the alphabet that ends in suffix, or NULL. */
static char *
find_by_suffix (const char *folder, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *best = NULL;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix) && name[0] != '.'
        && (best == NULL || strcmp (name, best) < 0))
      {
        g_free (best);
        best = g_strdup (name);
      }
  return best != NULL ? g_build_filename (folder, best, NULL) : NULL;
}

static gboolean
try_file (const char *folder, const char *name, WeightsKind kind, Weights *weights)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  weights->kind = kind;
  weights->path = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
try_suffix (const char *folder, const char *suffix, WeightsKind kind, Weights *weights)
{
  g_autofree char *path = find_by_suffix (folder, suffix);
  if (path == NULL)
    return FALSE;
  weights->kind = kind;
  weights->path = g_steal_pointer (&path);
  return TRUE;
}

/* Safetensors before anything else, the usual names before others. */
static gboolean
find_weights (const char *folder, Weights *weights)
{
  return try_file (folder, "model.safetensors", WEIGHTS_FILE, weights)
         || try_file (folder, INDEX_FILE, WEIGHTS_INDEX, weights)
         || try_suffix (folder, ".safetensors.index.json", WEIGHTS_INDEX, weights)
         || try_suffix (folder, ".safetensors", WEIGHTS_FILE, weights)
         || try_suffix (folder, ".gguf", WEIGHTS_FILE, weights)
         || try_suffix (folder, ".bin.index.json", WEIGHTS_PICKLE, weights)
         || try_file (folder, "pytorch_model.bin", WEIGHTS_PICKLE, weights)
         || try_suffix (folder, ".bin", WEIGHTS_PICKLE, weights)
         || try_suffix (folder, ".pt", WEIGHTS_PICKLE, weights)
         || try_suffix (folder, ".pth", WEIGHTS_PICKLE, weights);
}

/* The subfolder of the first module in a sentence-transformers modules.json, or the folder itself.
 */
static char *
find_module_folder (const char *folder, gboolean *normalizes)
{
  g_autofree char *path = g_build_filename (folder, "modules.json", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autofree char *found = g_strdup (folder);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (path, &text, &length, NULL))
    return g_steal_pointer (&found);
  g_autoptr (json_t) modules = json_loadb (text, length, 0, NULL);
  gsize i;
  json_t *module;
  json_array_foreach (modules, i, module)
  {
    const char *type = sem_json_object_get_text (module, "type");
    const char *sub = sem_json_object_get_text (module, "path");
    if (type != NULL && g_str_has_suffix (type, ".Normalize"))
      *normalizes = TRUE;
    if (i > 0 || sub == NULL || sub[0] == '\0' || strstr (sub, "..") != NULL || sub[0] == '/')
      continue;
    g_free (found);
    found = g_build_filename (folder, sub, NULL);
  }
  return g_steal_pointer (&found);
}

gboolean
sem_model_folder_find_tensors (const char *folder, char **path, gboolean *is_index, GError **error)
{
  g_auto (Weights) weights = { 0 };
  gboolean ignored = FALSE;
  g_autofree char *module = find_module_folder (folder, &ignored);
  if (!find_weights (folder, &weights) && !g_str_equal (module, folder))
    find_weights (module, &weights);
  if (weights.kind == WEIGHTS_FILE || weights.kind == WEIGHTS_INDEX)
    {
      *path = g_steal_pointer (&weights.path);
      *is_index = weights.kind == WEIGHTS_INDEX;
      return TRUE;
    }
  g_autofree char *name = weights.path != NULL ? g_path_get_basename (weights.path) : NULL;
  g_autofree char *advice
      = name != NULL ? sem_model_dup_pickle_advice (name) : g_strdup ("there are no weights in it");
  g_set_error_literal (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING, advice);
  return FALSE;
}

/* "license:" of the YAML block at the top of a model card. */
static char *
read_licence (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "README.md", NULL);
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (path, &text, &length, NULL) || !g_str_has_prefix (text, "---"))
    return NULL;
  text[MIN (length, README_LOOKED_AT)] = '\0';
  char *end = strstr (text + 3, "\n---");
  if (end != NULL)
    *end = '\0';
  const char *line = strstr (text, "\nlicense:");
  if (line == NULL)
    return NULL;
  line += strlen ("\nlicense:");
  g_autofree char *value = g_strndup (line, strcspn (line, "\r\n"));
  g_strstrip (value);
  return value[0] != '\0' && g_utf8_validate (value, -1, NULL) ? g_steal_pointer (&value) : NULL;
}

static void
add_config_facts (SemModelParts *parts, json_t *config)
{
  const char *type = sem_json_object_get_text (config, "model_type");
  json_t *hidden = json_object_get (config, "hidden_size");
  if (type != NULL)
    sem_model_parts_add_fact (parts, "family", "%s", type);
  /* ALBERT and ELECTRA store narrow embeddings and widen them inside: what is shown is what is
   * stored. */
  if (json_is_integer (hidden) && parts->rows != NULL && json_integer_value (hidden) > 0
      && (guint64)json_integer_value (hidden) != sem_rows_get_dim (parts->rows))
    sem_model_parts_add_fact (parts, "factorised",
                              "embeddings of %" G_GSIZE_FORMAT
                              " values, widened to %" G_GINT64_FORMAT " inside the model",
                              sem_rows_get_dim (parts->rows), (gint64)json_integer_value (hidden));
}

static gboolean
read_config (const char *folder, SemModelParts *parts, json_t **config, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "config.json", NULL);
  *config = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *config = sem_json_file_load (path, error);
  if (*config == NULL)
    return FALSE;
  if (json_is_true (json_object_get (*config, "normalize")))
    parts->normalizes = TRUE;
  const char *name = sem_json_object_get_text (*config, "name");
  if (name != NULL && name[0] != '\0')
    parts->name = g_strdup (name);
  return TRUE;
}

void
sem_model_parts_add_tokenizer_facts (SemModelParts *parts)
{
  g_autoptr (GString) specials = g_string_new (NULL);
  gsize n_tokens = sem_tokenizer_get_vocab_size (parts->tokenizer), n = 0;
  for (gsize id = 0; id < n_tokens; id++)
    {
      const char *piece = sem_tokenizer_get_piece (parts->tokenizer, (guint32)id);
      if (piece == NULL || !sem_tokenizer_is_special (parts->tokenizer, (guint32)id))
        continue;
      if (++n <= SEM_MODEL_MAX_SPECIALS_LISTED)
        g_string_append_printf (specials, "%s%s", n > 1 ? " " : "", piece);
    }
  if (n > SEM_MODEL_MAX_SPECIALS_LISTED)
    g_string_append_printf (specials, " and %" G_GSIZE_FORMAT " more",
                            n - SEM_MODEL_MAX_SPECIALS_LISTED);
  sem_model_parts_add_fact (parts, "tokenizer", "%s", sem_tokenizer_get_title (parts->tokenizer));
  if (n > 0)
    sem_model_parts_add_fact (parts, "special tokens", "%s", specials->str);
}

/* Where the tokenizer is: beside the weights, else in the folder that was named. */
static gboolean
open_tokenizer (const SemModelRequest *request,
                const char *folder,
                SemModelParts *parts,
                GError **error)
{
  g_autoptr (GError) problem = NULL;
  parts->tokenizer = sem_tokenizer_open (folder, request->cancellable, &problem);
  if (parts->tokenizer == NULL && !g_str_equal (folder, request->path)
      && g_error_matches (problem, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING))
    {
      g_clear_error (&problem);
      parts->tokenizer = sem_tokenizer_open (request->path, request->cancellable, &problem);
    }
  if (parts->tokenizer != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
explain_missing (SemModelParts *parts, const Weights *weights)
{
  if (weights->kind == WEIGHTS_NONE)
    {
      parts->why_no_vectors
          = g_strdup ("the folder has a tokenizer but no weights (model.safetensors)");
      return;
    }
  g_autofree char *name = g_path_get_basename (weights->path);
  parts->why_no_vectors = sem_model_dup_pickle_advice (name);
}

static gboolean
take_weights (const SemModelRequest *request,
              const Weights *weights,
              SemModelParts *parts,
              GError **error)
{
  if (weights->kind == WEIGHTS_NONE || weights->kind == WEIGHTS_PICKLE)
    {
      explain_missing (parts, weights);
      sem_model_parts_add_fact (parts, "format", "tokenizer only");
      sem_model_parts_add_fact (parts, "vocabulary", "%" G_GSIZE_FORMAT " tokens",
                                sem_tokenizer_get_vocab_size (parts->tokenizer));
      return TRUE;
    }
  g_autoptr (SemTensorSet) set = weights->kind == WEIGHTS_INDEX
                                     ? sem_tensor_set_open_index (weights->path, error)
                                     : sem_tensor_set_open_file (weights->path, error);
  if (set == NULL)
    return FALSE;
  if (sem_model_parts_take_tensors (parts, set, request->options->tensor, error))
    return TRUE;
  g_autofree char *name = g_path_get_basename (weights->path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/* A folder that somebody keeps word vectors in: the file, or NULL. */
static char *
find_word_vectors (const char *folder, const Weights *weights)
{
  static const char *const suffixes[]
      = { "tensors.tsv", "vectors.tsv", ".vec", ".npy", ".vec.gz", ".txt.gz", ".bin.gz" };
  if (weights->kind == WEIGHTS_PICKLE && g_str_has_suffix (weights->path, ".bin"))
    {
      g_autoptr (GBytes) bytes = sem_file_map (weights->path, NULL);
      return bytes != NULL && sem_word_vectors_sniff (weights->path, bytes)
                 ? g_strdup (weights->path)
                 : NULL;
    }
  for (gsize i = 0; weights->kind == WEIGHTS_NONE && i < G_N_ELEMENTS (suffixes); i++)
    {
      char *path = find_by_suffix (folder, suffixes[i]);
      if (path != NULL)
        return path;
    }
  return NULL;
}

static gboolean
open_layout (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  g_auto (Weights) weights = { 0 };
  g_autoptr (json_t) config = NULL;
  g_autofree char *folder = find_module_folder (request->path, &parts->normalizes);
  if (!find_weights (request->path, &weights) && !g_str_equal (folder, request->path))
    find_weights (folder, &weights);
  g_autofree char *words = find_word_vectors (request->path, &weights);
  if (words != NULL || (weights.kind == WEIGHTS_FILE && g_str_has_suffix (weights.path, ".gguf")))
    {
      SemModelRequest file = *request;
      file.path = words != NULL ? words : weights.path;
      return sem_model_file_open (&file, parts, error);
    }
  if (!open_tokenizer (request, folder, parts, error)
      || !read_config (request->path, parts, &config, error))
    return FALSE;
  sem_model_parts_add_fact (parts, "path", "%s", request->path);
  if (!take_weights (request, &weights, parts, error))
    return FALSE;
  add_config_facts (parts, config);
  sem_model_parts_add_tokenizer_facts (parts);
  g_autofree char *licence = read_licence (request->path);
  if (licence != NULL)
    sem_model_parts_add_fact (parts, "licence", "%s", licence);
  if (parts->hash != NULL)
    sem_model_parts_add_fact (parts, "hash", "%s", parts->hash);
  return TRUE;
}

gboolean
sem_model_folder_open (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  if (open_layout (request, parts, error))
    return TRUE;
  if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, "%s: ", request->path);
  return FALSE;
}
