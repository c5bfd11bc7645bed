/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-vocab-txt: BERT's vocab.txt, and the tokenizer_config.json beside it when the file has a
 * NUL: what stands after it. */
#include "fuzz-tokenizer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };
  g_autoptr (GBytes) vocab = NULL, config = NULL;
  const guint8 *nul;

  if (!fuzz_input_init (&input, data, size))
    return 0;
  nul = input.size > 0 ? memchr (input.file, 0, input.size) : NULL;
  if (nul != NULL)
    config = g_bytes_new (nul + 1, (gsize)(input.file + input.size - nul - 1));
  vocab = g_bytes_new (input.file, nul != NULL ? (gsize)(nul - input.file) : input.size);
  fuzz_try_tokenizer (sem_tokenizer_new_from_vocab (vocab, config, NULL), &input);
  return 0;
}
