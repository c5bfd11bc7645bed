/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-tiktoken: a file of ranks of any bytes; its length chooses the name, which chooses the
 * expression. */
#include "core/tokenizer/tokenizer-files.h"
#include "fuzz-tokenizer.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (FuzzInput) input = { 0 };
  static const char *const names[] = { "cl100k_base.tiktoken", "o200k_base", "gpt2", "x" };
  g_autoptr (GBytes) bytes = NULL;

  if (!fuzz_input_init (&input, data, size))
    return 0;
  bytes = g_bytes_new (input.file, input.size);
  fuzz_try_tokenizer (
      sem_tokenizer_new_from_tiktoken (bytes, names[input.size % G_N_ELEMENTS (names)], NULL),
      &input);
  return 0;
}
