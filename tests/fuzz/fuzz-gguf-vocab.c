/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-gguf-vocab: the vocabulary in a GGUF file of any bytes. */
#include "core/model/gguf.h"
#include "core/model/model-private.h"
#include "fuzz-tokenizer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };
  g_autoptr (SemTensorFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!fuzz_input_init (&input, data, size))
    return 0;
  bytes = g_bytes_new (input.file, input.size);
  file = sem_gguf_open (bytes, NULL);
  if (file != NULL)
    fuzz_try_tokenizer (sem_model_gguf_open_tokenizer (file, NULL), &input);
  return 0;
}
