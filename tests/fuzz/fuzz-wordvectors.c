/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-wordvectors: text, binary, gzip and fastText, told apart by content; the first byte picks
 * the name's ending. */
#include "core/model/word-vectors.h"
#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const SemWordReadOptions options;
  g_auto (SemWordVectors) vectors = { 0 };
  g_auto (SemWordVectors) numbers = { 0 };
  if (size == 0)
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data + 1, size - 1);
  if (sem_word_vectors_read (data[0] & 1 ? "a.txt" : "a.bin", bytes, &options, &vectors, NULL))
    {
      fuzz_read_rows (vectors.rows);
      g_autofree double *row = g_new (double, sem_rows_get_dim (vectors.rows));
      if (vectors.read_unseen != NULL)
        vectors.read_unseen (vectors.unseen_data, "unseen", 6, row);
      if (sem_word_list_get_n (vectors.words) != sem_rows_get_n (vectors.rows))
        g_error ("words and rows differ");
    }
  if (sem_word_vectors_read_numbers (bytes, &options, &numbers, NULL))
    fuzz_read_rows (numbers.rows);
  return 0;
}
