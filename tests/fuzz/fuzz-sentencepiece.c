/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-sentencepiece: sentencepiece's .model of any bytes. */
#include "core/tokenizer/tokenizer-files.h"
#include "fuzz-tokenizer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };
  g_autoptr (GBytes) bytes = NULL;

  if (!fuzz_input_init (&input, data, size))
    return 0;
  bytes = g_bytes_new (input.file, input.size);
  fuzz_try_tokenizer (sem_tokenizer_new_from_sentencepiece (bytes, NULL), &input);
  return 0;
}
