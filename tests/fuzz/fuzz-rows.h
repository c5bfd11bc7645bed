/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model targets do with what opened: read the first and the last row of each matrix. */
#pragma once

#include "core/model/rows.h"

#include <stdint.h>

static inline void
fuzz_read_rows (SemRows *rows)
{
  gsize n = sem_rows_get_n (rows), dim = sem_rows_get_dim (rows);
  g_autofree double *row = g_new (double, dim);
  g_autofree float *single = g_new (float, dim);
  sem_rows_read (rows, 0, row);
  sem_rows_read (rows, n - 1, row);
  sem_rows_read_f32 (rows, n - 1, 1, single);
}

static inline void
fuzz_read_tensors (SemTensorFile *file)
{
  for (gsize i = 0; file != NULL && i < sem_tensor_file_get_n (file); i++)
    {
      g_autoptr (SemRows) rows = sem_rows_new_tensor (file, sem_tensor_file_get (file, i), NULL, NULL);
      if (rows != NULL)
        fuzz_read_rows (rows);
    }
}
