/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neighbours by similarity against neighbours in the plane. */
#include "core/analysis/kept.h"

#include <math.h>

/* The k largest keys but for skip, largest first, ties by lower index, by insertion: k is small. */
static gsize
find_largest (const double *keys, gsize n, gsize skip, gsize *out, gsize k)
{
  gsize found = 0;
  for (gsize i = 0; i < n && k > 0; i++)
    {
      if (i == skip || (found == k && !(keys[i] > keys[out[found - 1]])))
        continue;
      gsize at = found < k ? found++ : found - 1;
      for (; at > 0 && keys[i] > keys[out[at - 1]]; at--)
        out[at] = out[at - 1];
      out[at] = i;
    }
  return found;
}

gsize
sem_nearest_rows (const SemMatrix *similarity, SemMetric metric, gsize row, gsize *out, gsize k)
{
  gsize n = sem_matrix_get_n_rows (similarity);
  const double *values = sem_matrix_get_row (similarity, row);
  if (metric != SEM_METRIC_EUCLIDEAN)
    return find_largest (values, n, row, out, k);
  g_autofree double *keys = g_new (double, n);
  for (gsize j = 0; j < n; j++)
    keys[j] = -values[j];
  return find_largest (keys, n, row, out, k);
}

/* The rows nearest in the plane. */
static void
find_close (const SemMatrix *coordinates,
            gsize x,
            gsize y,
            gsize row,
            double *keys,
            gsize *out,
            gsize k)
{
  gsize n = sem_matrix_get_n_rows (coordinates);
  const double *here = sem_matrix_get_row (coordinates, row);
  for (gsize j = 0; j < n; j++)
    {
      const double *there = sem_matrix_get_row (coordinates, j);
      double dx = here[x] - there[x], dy = here[y] - there[y];
      keys[j] = -(dx * dx + dy * dy);
    }
  find_largest (keys, n, row, out, k);
}

/* How many of a row's n_near nearest are among its n_near nearest in the plane. */
static gsize
count_kept (const SemMatrix *similarity,
            SemMetric metric,
            const SemMatrix *coordinates,
            gsize x,
            gsize y,
            gsize row,
            gsize n_near,
            double *keys)
{
  gsize near[SEM_KEPT_NEIGHBORS], close[SEM_KEPT_NEIGHBORS], kept = 0;
  sem_nearest_rows (similarity, metric, row, near, n_near);
  find_close (coordinates, x, y, row, keys, close, n_near);
  for (gsize a = 0; a < n_near; a++)
    for (gsize b = 0; b < n_near; b++)
      kept += near[a] == close[b];
  return kept;
}

double
sem_row_neighbors_kept (const SemMatrix *similarity,
                        SemMetric metric,
                        const SemMatrix *coordinates,
                        gsize x,
                        gsize y,
                        gsize row,
                        gsize *k)
{
  gsize n = sem_matrix_get_n_rows (similarity), n_near = MIN (SEM_KEPT_NEIGHBORS, n - (n > 0));
  if (k != NULL)
    *k = n_near;
  if (n < 3)
    return NAN;
  g_return_val_if_fail (row < n && x < sem_matrix_get_n_cols (coordinates)
                            && y < sem_matrix_get_n_cols (coordinates),
                        NAN);
  g_autofree double *keys = g_new (double, n);
  return (double)count_kept (similarity, metric, coordinates, x, y, row, n_near, keys)
         / (double)n_near;
}

double
sem_neighbors_kept (const SemMatrix *similarity,
                    SemMetric metric,
                    const SemMatrix *coordinates,
                    gsize x,
                    gsize y,
                    gsize *k,
                    double *per_row)
{
  gsize n = sem_matrix_get_n_rows (similarity), n_near = MIN (SEM_KEPT_NEIGHBORS, n - (n > 0));
  if (k != NULL)
    *k = n_near;
  if (n < 3)
    return NAN;
  g_return_val_if_fail (
      x < sem_matrix_get_n_cols (coordinates) && y < sem_matrix_get_n_cols (coordinates), NAN);
  g_autofree double *keys = g_new (double, n);
  gsize total = 0;
  for (gsize i = 0; i < n; i++)
    {
      gsize kept = count_kept (similarity, metric, coordinates, x, y, i, n_near, keys);
      if (per_row != NULL)
        per_row[i] = (double)kept / (double)n_near;
      total += kept;
    }
  return (double)total / (double)(n * n_near);
}
