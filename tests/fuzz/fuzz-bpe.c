/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-bpe: a BPE model in a tokenizer.json, with any members. */
#include "fuzz-token-model.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };

  if (!fuzz_input_init (&input, data, size))
    return 0;
  fuzz_try_tokenizer (fuzz_load_model ("BPE", &input), &input);
  return 0;
}
