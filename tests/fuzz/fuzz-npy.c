/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-npy: headers of NumPy arrays. */
#include "core/model/npy.h"
#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (SemTensorFile) file = sem_npy_open (bytes, NULL);
  fuzz_read_tensors (file);
  return 0;
}
