/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From tensors to the parts of a model: the matrix, model2vec's weights and mapping, and what is
 * said about them. */
#include "core/error.h"
#include "core/model/embedding-choice.h"
#include "core/model/model-private.h"

#include <string.h>

/* The one-dimensional tensor that stands beside a static embedding, or NULL. */
static const SemTensor *
find_side_tensor (SemTensorSet *set, const char *matrix, const char *name)
{
  if (!g_str_equal (matrix, "embeddings") && !g_str_has_suffix (matrix, "embedding.weight"))
    return NULL;
  SemTensorFile *file;
  const SemTensor *tensor
      = sem_tensor_set_has (set, name) ? sem_tensor_set_find (set, name, &file, NULL) : NULL;
  gboolean usable = tensor != NULL && tensor->n_dims == 1 && tensor->n_elements > 0
                    && tensor->n_elements <= G_MAXINT32 && sem_dtype_is_readable (tensor->dtype);
  return usable ? tensor : NULL;
}

static void
take_weights (SemModelParts *parts, const SemTensor *tensor)
{
  parts->n_weights = (gsize)tensor->n_elements;
  parts->weights = g_new (double, parts->n_weights);
  sem_dtype_to_f64 (tensor->dtype, tensor->data, parts->n_weights, parts->weights);
}

static gboolean
take_mapping (SemModelParts *parts, const SemTensor *tensor, GError **error)
{
  gsize n = (gsize)tensor->n_elements, n_rows = sem_rows_get_n (parts->rows);
  g_autofree double *values = g_new (double, n);
  g_autofree guint32 *mapping = g_new (guint32, n);
  sem_dtype_to_f64 (tensor->dtype, tensor->data, n, values);
  for (gsize i = 0; i < n; i++)
    {
      if (!(values[i] >= 0) || values[i] >= (double)n_rows)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                       "tensor 'mapping': entry %" G_GSIZE_FORMAT
                       " is %.0f, the matrix has %" G_GSIZE_FORMAT " rows",
                       i, values[i], n_rows);
          return FALSE;
        }
      mapping[i] = (guint32)values[i];
    }
  parts->mapping = g_steal_pointer (&mapping);
  parts->n_mapping = n;
  return TRUE;
}

/* FP8 checkpoints keep factors beside a tensor; "_scale_inv" is DeepSeek's name for the same
 * multiplier. */
static const SemTensor *
find_scales (SemTensorSet *set, const char *matrix)
{
  static const char *const suffixes[] = { "_scale", "_scale_inv", ".scale" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (matrix, suffixes[i], NULL);
      SemTensorFile *file;
      if (sem_tensor_set_has (set, name))
        return sem_tensor_set_find (set, name, &file, NULL);
    }
  return NULL;
}

static void
add_vocabulary_fact (SemModelParts *parts)
{
  gsize n_tokens = sem_tokenizer_get_vocab_size (parts->tokenizer);
  gsize n_rows = parts->mapping != NULL ? parts->n_mapping : sem_rows_get_n (parts->rows);
  if (n_tokens > n_rows)
    sem_model_parts_add_fact (parts, "vocabulary",
                              "%" G_GSIZE_FORMAT " tokens, %" G_GSIZE_FORMAT
                              " of them without a vector",
                              n_tokens, n_tokens - n_rows);
  else if (n_tokens < n_rows)
    sem_model_parts_add_fact (parts, "vocabulary",
                              "%" G_GSIZE_FORMAT " tokens, %" G_GSIZE_FORMAT
                              " rows more than tokens",
                              n_tokens, n_rows - n_tokens);
  else
    sem_model_parts_add_fact (parts, "vocabulary", "%" G_GSIZE_FORMAT " tokens", n_tokens);
}

static void
add_matrix_facts (SemModelParts *parts,
                  SemTensorSet *set,
                  const SemTensor *tensor,
                  SemTensorFile *file,
                  const SemEmbeddingChoice *choice)
{
  g_autofree char *size = sem_model_format_size (tensor->n_bytes);
  gsize n_files = sem_tensor_set_get_n_files (set);
  const char *format = sem_tensor_file_get_format (file)->title;
  if (n_files > 1)
    sem_model_parts_add_fact (parts, "format", "%s in %" G_GSIZE_FORMAT " files", format, n_files);
  else
    sem_model_parts_add_fact (parts, "format", "%s", format);
  sem_model_parts_add_fact (parts, "tensor", "%s", tensor->name);
  sem_model_parts_add_fact (parts, "dtype", "%s", sem_dtype_get_name (tensor->dtype));
  sem_model_parts_add_fact (parts, "shape", "%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT,
                            sem_rows_get_n (parts->rows), sem_rows_get_dim (parts->rows));
  sem_model_parts_add_fact (parts, "matrix size", "%s", size);
  sem_model_parts_add_fact (parts, "choice", "%s", choice->why);
  if (parts->weights != NULL)
    sem_model_parts_add_fact (parts, "weights", "one per token, used when vectors are pooled");
  if (parts->mapping != NULL)
    sem_model_parts_add_fact (parts, "mapping",
                              "%" G_GSIZE_FORMAT " tokens share %" G_GSIZE_FORMAT " rows",
                              parts->n_mapping, sem_rows_get_n (parts->rows));
  add_vocabulary_fact (parts);
}

gboolean
sem_model_parts_take_tensors (SemModelParts *parts,
                              SemTensorSet *set,
                              const char *wanted,
                              GError **error)
{
  g_auto (SemEmbeddingChoice) choice = { 0 };
  SemTensorFile *file;
  if (!sem_embedding_choose (set, wanted, sem_tokenizer_get_vocab_size (parts->tokenizer), &choice,
                             error))
    return FALSE;
  const SemTensor *tensor = sem_tensor_set_find (set, choice.name, &file, error);
  if (tensor == NULL)
    return FALSE;
  parts->rows = sem_rows_new_tensor (file, tensor, find_scales (set, choice.name), error);
  if (parts->rows == NULL)
    return FALSE;
  const SemTensor *mapping = find_side_tensor (set, choice.name, "mapping");
  const SemTensor *weights = find_side_tensor (set, choice.name, "weights");
  if (mapping != NULL && !take_mapping (parts, mapping, error))
    return FALSE;
  if (weights != NULL)
    take_weights (parts, weights);
  add_matrix_facts (parts, set, tensor, file, &choice);
  g_autofree char *path = sem_tensor_set_dup_path (set, choice.name);
  g_autofree char *name = g_path_get_basename (path);
  parts->hash = sem_model_hash (name, sem_tensor_file_get_bytes (file),
                                sem_tensor_file_get_header_size (file));
  g_autofree char *size
      = sem_model_format_size (g_bytes_get_size (sem_tensor_file_get_bytes (file)));
  sem_model_parts_add_fact (parts, "size", "%s (%s)", size, name);
  parts->tensor = g_strdup (tensor->name);
  parts->candidates = g_steal_pointer (&choice.candidates);
  return TRUE;
}
