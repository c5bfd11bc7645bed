/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orthogonal Procrustes by one small singular value decomposition. */
#include "core/analysis/procrustes.h"

#include "core/analysis/linalg.h"
#include "core/error.h"

void
sem_procrustes_free (SemProcrustes *self)
{
  g_free (self->rotation);
  g_free (self->mean_from);
  g_free (self->mean_to);
  g_free (self);
}

/* A centred copy, and its mean. */
static double *
center (const SemMatrix *rows, double *mean)
{
  gsize n = sem_matrix_get_n_rows (rows), k = sem_matrix_get_n_cols (rows);
  double *copy = g_new (double, MAX (n * k, 1));
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++)
      mean[j] += sem_matrix_get (rows, i, j) / (double)n;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++)
      copy[i * k + j] = sem_matrix_get (rows, i, j) - mean[j];
  return copy;
}

static gboolean
check_shapes (const SemMatrix *from, const SemMatrix *to, GError **error)
{
  if (sem_matrix_get_n_rows (from) == sem_matrix_get_n_rows (to)
      && sem_matrix_get_n_cols (from) == sem_matrix_get_n_cols (to))
    return TRUE;
  g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
               "%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
               " points cannot be aligned with %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT,
               sem_matrix_get_n_rows (from), sem_matrix_get_n_cols (from),
               sem_matrix_get_n_rows (to), sem_matrix_get_n_cols (to));
  return FALSE;
}

SemProcrustes *
sem_procrustes_fit (const SemMatrix *from, const SemMatrix *to, gboolean with_scale, GError **error)
{
  if (!check_shapes (from, to, error))
    return NULL;
  gsize n = sem_matrix_get_n_rows (from), k = sem_matrix_get_n_cols (from);
  g_autoptr (SemProcrustes) self = g_new0 (SemProcrustes, 1);
  self->k = k;
  self->scale = 1.0;
  self->rotation = g_new0 (double, MAX (k * k, 1));
  self->mean_from = g_new0 (double, MAX (k, 1));
  self->mean_to = g_new0 (double, MAX (k, 1));
  for (gsize j = 0; j < k; j++)
    self->rotation[j * k + j] = 1.0;
  g_autofree double *x = center (from, self->mean_from);
  g_autofree double *y = center (to, self->mean_to);
  double xx = sem_linalg_dot (n * k, x, x), yy = sem_linalg_dot (n * k, y, y), fit = 0.0;
  if (n == 0 || k == 0 || xx == 0.0 || yy == 0.0)
    return g_steal_pointer (&self);

  g_autofree double *product = g_new (double, k *k);
  g_autofree double *u = g_new (double, k *k);
  g_autofree double *vt = g_new (double, k *k);
  g_autofree double *s = g_new (double, k);
  sem_linalg_gemm (TRUE, FALSE, k, k, n, 1.0, x, k, y, k, 0.0, product, k);
  if (!sem_linalg_svd (k, k, product, s, u, vt, error))
    return NULL;
  sem_linalg_gemm (FALSE, FALSE, k, k, k, 1.0, u, k, vt, k, 0.0, self->rotation, k);
  for (gsize j = 0; j < k; j++)
    fit += s[j];
  if (with_scale)
    self->scale = fit / xx;
  self->disparity = MAX ((self->scale * self->scale * xx - 2.0 * self->scale * fit + yy) / yy, 0.0);
  return g_steal_pointer (&self);
}

SemMatrix *
sem_procrustes_apply (const SemProcrustes *self, const SemMatrix *rows, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), k = self->k;
  if (sem_matrix_get_n_cols (rows) != k)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "points of %" G_GSIZE_FORMAT " dimensions cannot be moved in %" G_GSIZE_FORMAT,
                   sem_matrix_get_n_cols (rows), k);
      return NULL;
    }
  g_autoptr (SemMatrix) result = sem_matrix_new (n, k, error);
  if (result == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      const double *row = sem_matrix_get_row (rows, i);
      double *out = sem_matrix_get_data (result) + i * k;
      for (gsize j = 0; j < k; j++)
        {
          double sum = 0.0;
          for (gsize l = 0; l < k; l++)
            sum += (row[l] - self->mean_from[l]) * self->rotation[l * k + j];
          out[j] = self->scale * sum + self->mean_to[j];
        }
    }
  return g_steal_pointer (&result);
}
