/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GGUF file as a model: its token embedding and the tokenizer it carries. */
#include "core/model/gguf.h"
#include "core/model/model-private.h"

gboolean
sem_model_gguf_open (const SemModelRequest *request,
                     GBytes *bytes,
                     SemModelParts *parts,
                     GError **error)
{
  g_autoptr (SemTensorFile) file = sem_gguf_open (bytes, error);
  if (file == NULL)
    return FALSE;
  parts->tokenizer = sem_model_gguf_open_tokenizer (file, error);
  if (parts->tokenizer == NULL)
    return FALSE;
  const char *architecture = sem_tensor_file_get_metadata (file, "general.architecture");
  const char *licence = sem_tensor_file_get_metadata (file, "general.license");
  parts->name = g_strdup (sem_tensor_file_get_metadata (file, "general.name"));
  sem_model_parts_add_fact (parts, "path", "%s", request->path);
  if (sem_tensor_file_get_n (file) == 0)
    {
      parts->why_no_vectors = g_strdup ("the file has a tokenizer but no tensors");
      sem_model_parts_add_fact (parts, "format", "GGUF, tokenizer only");
      sem_model_parts_add_fact (parts, "vocabulary", "%" G_GSIZE_FORMAT " tokens",
                                sem_tokenizer_get_vocab_size (parts->tokenizer));
    }
  else
    {
      g_autoptr (SemTensorSet) set = sem_tensor_set_new_file (request->path, file);
      if (!sem_model_parts_take_tensors (parts, set, request->options->tensor, error))
        return FALSE;
      sem_model_parts_add_fact (parts, "hash", "%s", parts->hash);
    }
  if (architecture != NULL)
    sem_model_parts_add_fact (parts, "family", "%s", architecture);
  if (licence != NULL)
    sem_model_parts_add_fact (parts, "licence", "%s", licence);
  sem_model_parts_add_tokenizer_facts (parts);
  return TRUE;
}
