/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-gguf: metadata and tensors of any bytes, and every block type's kernel. */
#include "core/model/gguf.h"
#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (SemTensorFile) file = sem_gguf_open (bytes, NULL);
  if (file == NULL)
    return 0;
  const SemGgufValue *tokens = sem_gguf_find (file, "tokenizer.ggml.tokens");
  gsize cursor = 0, length;
  gint64 number;
  while (tokens != NULL && sem_gguf_value_next_string (tokens, &cursor, &length) != NULL)
    ;
  sem_gguf_value_get_integer (sem_gguf_find (file, "general.alignment"), &number);
  fuzz_read_tensors (file);
  return 0;
}
