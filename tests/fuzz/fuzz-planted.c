/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-planted: a reader with a mistake put there on purpose, which no file of its corpus shows;
 * the driver must find it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* "n" and a count that is believed */
  if (size >= 2 && data[0] == 'n' && data[1] > 64)
    abort ();
  return 0;
}
