/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-merges: vocab.json, a NUL, merges.txt. */
#include "core/tokenizer/tokenizer-files.h"
#include "fuzz-tokenizer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };
  g_autoptr (GBytes) vocab = NULL, merges = NULL;
  const guint8 *nul;
  gsize n;

  if (!fuzz_input_init (&input, data, size))
    return 0;
  nul = input.size > 0 ? memchr (input.file, 0, input.size) : NULL;
  n = nul != NULL ? (gsize)(nul - input.file) : input.size;
  vocab = g_bytes_new (input.file, n);
  merges = g_bytes_new (nul != NULL ? nul + 1 : input.file, nul != NULL ? input.size - n - 1 : 0);
  fuzz_try_tokenizer (sem_tokenizer_new_from_merges (vocab, merges, NULL), &input);
  return 0;
}
