/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reference-counted matrix of doubles. */
#include "core/analysis/matrix.h"

#include "core/error.h"

#define MAX_BYTES (G_GUINT64_CONSTANT (64) << 30)

struct _SemMatrix
{
  gatomicrefcount ref_count;
  gsize n_rows, n_cols;
  double *data;
};

SemMatrix *
sem_matrix_new (gsize n_rows, gsize n_cols, GError **error)
{
  gsize n, bytes;
  if (!g_size_checked_mul (&n, n_rows, n_cols) || !g_size_checked_mul (&bytes, n, sizeof (double))
      || bytes > MAX_BYTES)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "a matrix of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                   " numbers is larger than the allowed 64 GiB",
                   n_rows, n_cols);
      return NULL;
    }
  SemMatrix *self = g_new0 (SemMatrix, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_rows = n_rows;
  self->n_cols = n_cols;
  self->data = g_new0 (double, MAX (n, 1));
  return self;
}

SemMatrix *
sem_matrix_ref (SemMatrix *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_matrix_unref (SemMatrix *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->data);
  g_free (self);
}

gsize
sem_matrix_get_n_rows (const SemMatrix *self)
{
  return self->n_rows;
}

gsize
sem_matrix_get_n_cols (const SemMatrix *self)
{
  return self->n_cols;
}

double *
sem_matrix_get_data (SemMatrix *self)
{
  return self->data;
}

const double *
sem_matrix_get_row (const SemMatrix *self, gsize row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);
  return self->data + row * self->n_cols;
}

double
sem_matrix_get (const SemMatrix *self, gsize row, gsize col)
{
  g_return_val_if_fail (row < self->n_rows && col < self->n_cols, 0.0);
  return self->data[row * self->n_cols + col];
}
