/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing tensors and writing a small safetensors header (format: safetensors 0.4, "Format"
 * section of its README). */
#include "fetch/tensors.h"

#include "core/error.h"
#include "core/model/embedding-choice.h"

#include <string.h>

/* Small tensors that belong to the embedding: model2vec's weights and mapping, ALBERT's projection.
 */
static const char *const companions[] = {
  "weights",
  "mapping",
  "encoder.embedding_hidden_mapping_in.weight",
  "encoder.embedding_hidden_mapping_in.bias",
  "albert.encoder.embedding_hidden_mapping_in.weight",
  "albert.encoder.embedding_hidden_mapping_in.bias",
};

char *
sem_fetch_choose_tensor (json_t *object, const char *tensor, GError **error)
{
  const char *key, *best = NULL;
  guint best_rank = G_MAXUINT;
  gsize n = 0;
  json_t *value;
  json_object_foreach (object, key, value)
  {
    if (tensor != NULL && strcmp (key, tensor) == 0)
      return g_strdup (key);
    if (strcmp (key, "__metadata__") == 0)
      continue;
    n++;
    guint rank = sem_embedding_rank_name (key);
    /* Of two names of one rank the first in order of the alphabet, whatever the file's order. */
    if (rank < best_rank || (rank == best_rank && best != NULL && strcmp (key, best) < 0))
      {
        best = key;
        best_rank = rank;
      }
  }
  if (tensor == NULL && best != NULL)
    return g_strdup (best);
  if (tensor != NULL)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                 "no tensor '%s' among its %" G_GSIZE_FORMAT, tensor, n);
  else
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                 "none of its %" G_GSIZE_FORMAT
                 " tensors has the name of a token embedding; choose one with --tensor",
                 n);
  return NULL;
}

static gboolean
read_offsets (json_t *entry,
              const char *name,
              guint64 data_size,
              guint64 *start,
              guint64 *length,
              GError **error)
{
  json_t *offsets = json_object_get (entry, "data_offsets");
  json_t *first = json_array_get (offsets, 0), *last = json_array_get (offsets, 1);
  if (!json_is_string (json_object_get (entry, "dtype"))
      || !json_is_array (json_object_get (entry, "shape")) || !json_is_integer (first)
      || !json_is_integer (last) || json_integer_value (first) < 0
      || json_integer_value (last) < json_integer_value (first)
      || (guint64)json_integer_value (last) > data_size)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "tensor '%s': dtype, shape and two offsets inside the file's data are needed",
                   name);
      return FALSE;
    }
  *start = (guint64)json_integer_value (first);
  *length = (guint64)(json_integer_value (last) - json_integer_value (first));
  return TRUE;
}

/* Adds one tensor to the plan and its entry to the local header, whose offsets start anew. */
static gboolean
add_tensor (json_t *header,
            const char *name,
            guint64 data_start,
            guint64 data_size,
            json_t *local,
            guint64 *position,
            SemFetchPlan *plan,
            GError **error)
{
  json_t *entry = json_object_get (header, name);
  guint64 start, length;
  if (!read_offsets (entry, name, data_size, &start, &length, error))
    return FALSE;
  SemRemoteTensor *tensor = g_new0 (SemRemoteTensor, 1);
  tensor->name = g_strdup (name);
  tensor->start = data_start + start;
  tensor->length = length;
  g_ptr_array_add (plan->tensors, tensor);
  json_object_set_new (local, name,
                       json_pack ("{s:O, s:O, s:[I,I]}", "dtype", json_object_get (entry, "dtype"),
                                  "shape", json_object_get (entry, "shape"), "data_offsets",
                                  (json_int_t)*position, (json_int_t)(*position + length)));
  *position += length;
  return TRUE;
}

gboolean
sem_fetch_select_tensors (json_t *header,
                          const char *tensor,
                          guint64 data_start,
                          guint64 data_size,
                          SemFetchPlan *plan,
                          GError **error)
{
  g_autofree char *name = sem_fetch_choose_tensor (header, tensor, error);
  if (name == NULL)
    return FALSE;
  guint64 position = 0;
  json_t *local
      = json_pack ("{s:{s:s, s:s, s:s, s:s}}", "__metadata__", "format", "pt", "source", plan->repo,
                   "commit", plan->commit, "fetched_by", "semblance-fetch: only the embedding");
  gboolean ok = add_tensor (header, name, data_start, data_size, local, &position, plan, error);
  for (gsize i = 0; ok && i < G_N_ELEMENTS (companions); i++)
    if (strcmp (companions[i], name) != 0 && json_object_get (header, companions[i]) != NULL)
      ok = add_tensor (header, companions[i], data_start, data_size, local, &position, plan, error);
  if (ok)
    {
      char *text = json_dumps (local, JSON_COMPACT);
      gsize length = strlen (text), padded = (length + 7) / 8 * 8;
      guint8 *bytes = g_malloc (8 + padded);
      guint64 prefix = GUINT64_TO_LE ((guint64)padded);
      memcpy (bytes, &prefix, 8);
      memcpy (bytes + 8, text, length);
      memset (bytes + 8 + length, ' ', padded - length);
      plan->local_header = g_bytes_new_take (bytes, 8 + padded);
      free (text);
    }
  json_decref (local);
  return ok;
}
