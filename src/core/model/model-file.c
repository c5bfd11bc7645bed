/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A single file as a model: a tensor file whose tokenizer is beside it. */
#include "core/error.h"
#include "core/model/gguf.h"
#include "core/model/model-private.h"
#include "core/model/npy.h"
#include "core/model/word-vectors.h"

#include <string.h>

char *
sem_model_dup_pickle_advice (const char *name)
{
  return g_strdup_printf (
      "%s is a PyTorch pickle, which can run code when it is read and is not opened; get "
      "model.safetensors from the same place, or save the model again with "
      "save_pretrained(..., safe_serialization=True)",
      name);
}

/* A bare pickle begins with its protocol number, newer torch files are zip archives of one. */
static gboolean
is_pickle (const char *name, GBytes *bytes)
{
  gsize length;
  const guint8 *head = g_bytes_get_data (bytes, &length);
  if (length >= 2 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5)
    return TRUE;
  gboolean zip = length >= 4 && memcmp (head, "PK\003\004", 4) == 0;
  return zip
         && (g_str_has_suffix (name, ".bin") || g_str_has_suffix (name, ".pt")
             || g_str_has_suffix (name, ".pth") || g_str_has_suffix (name, ".ckpt"));
}

static gboolean
open_tensor_file (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (request->path);
  g_autoptr (SemTensorSet) set = sem_tensor_set_open_file (request->path, error);
  if (set == NULL)
    return FALSE;
  parts->tokenizer = sem_tokenizer_open (folder, request->cancellable, error);
  if (parts->tokenizer == NULL)
    return FALSE;
  sem_model_parts_add_fact (parts, "path", "%s", request->path);
  if (!sem_model_parts_take_tensors (parts, set, request->options->tensor, error))
    return FALSE;
  sem_model_parts_add_tokenizer_facts (parts);
  sem_model_parts_add_fact (parts, "hash", "%s", parts->hash);
  return TRUE;
}

/* A tokenizer file alone: tokens without vectors. */
static gboolean
open_tokenizer_file (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  parts->tokenizer = sem_tokenizer_open (request->path, request->cancellable, error);
  if (parts->tokenizer == NULL)
    return FALSE;
  parts->why_no_vectors = g_strdup ("the file is a tokenizer and has no vectors");
  sem_model_parts_add_fact (parts, "path", "%s", request->path);
  sem_model_parts_add_fact (parts, "format", "tokenizer only");
  sem_model_parts_add_fact (parts, "vocabulary", "%" G_GSIZE_FORMAT " tokens",
                            sem_tokenizer_get_vocab_size (parts->tokenizer));
  sem_model_parts_add_tokenizer_facts (parts);
  return TRUE;
}

/* A format whose words are in it, or beside it. */
static gboolean
open_by_content (const SemModelRequest *request,
                 const char *name,
                 GBytes *bytes,
                 SemModelParts *parts,
                 GError **error)
{
  const SemTensorFormatClass *format = sem_tensor_format_guess (name, bytes);
  if (format == &sem_npy_format)
    return sem_model_npy_open (request, bytes, parts, error);
  if (format == &sem_gguf_format)
    return sem_model_gguf_open (request, bytes, parts, error);
  if (format != NULL)
    return open_tensor_file (request, parts, error);
  if (sem_model_is_projector (request->path, bytes))
    return sem_model_projector_open (request, bytes, parts, error);
  if (!g_str_has_suffix (name, ".json") && sem_word_vectors_sniff (name, bytes))
    return sem_model_words_open (request, name, bytes, parts, error);
  return open_tokenizer_file (request, parts, error);
}

static gboolean
refuse_archive (const char *name, GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *head = g_bytes_get_data (bytes, &length);
  if (is_pickle (name, bytes))
    {
      g_autofree char *advice = sem_model_dup_pickle_advice (name);
      g_set_error_literal (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED, advice);
      return TRUE;
    }
  if (length < 4 || memcmp (head, "PK\003\004", 4) != 0)
    return FALSE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
               "%s is a zip archive; unpack it and open the file inside", name);
  return TRUE;
}

gboolean
sem_model_file_open (const SemModelRequest *request, SemModelParts *parts, GError **error)
{
  g_autofree char *name = g_path_get_basename (request->path);
  g_autoptr (GBytes) bytes = sem_file_map (request->path, error);
  if (bytes == NULL)
    return FALSE;
  if (refuse_archive (name, bytes, error))
    return FALSE;
  if (open_by_content (request, name, bytes, parts, error))
    return TRUE;
  if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_str_has_prefix ((*error)->message, name))
    g_prefix_error (error, "%s: ", name);
  return FALSE;
}
