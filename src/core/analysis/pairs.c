/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of one pair of vectors, and of all pairs of a similarity matrix together. */
#include "core/analysis/similarity.h"

#include "core/analysis/linalg.h"

#include <math.h>
#include <string.h>

/* --- one pair --- */

void
sem_cosine (const double *a, const double *b, gsize dim, SemCosine *out)
{
  out->dot = sem_linalg_dot (dim, a, b);
  out->norm_a = sem_linalg_norm (dim, a);
  out->norm_b = sem_linalg_norm (dim, b);
  out->cosine = 0.0;
  if (out->norm_a > 0 && out->norm_b > 0)
    out->cosine = memcmp (a, b, dim * sizeof *a) == 0
                      ? 1.0
                      : CLAMP (out->dot / out->norm_a / out->norm_b, -1.0, 1.0);
  out->angle_deg = acos (out->cosine) * (180.0 / G_PI);
}

const char *
sem_cosine_get_word (double cosine)
{
  if (cosine >= 0.5)
    return "similar";
  if (cosine >= 0.2)
    return "related";
  if (cosine > -0.2)
    return "unrelated";
  return "opposite";
}

gsize
sem_contributions (const double *a, const double *b, gsize dim, SemContribution *top, gsize n_top)
{
  gsize n = 0;
  for (gsize i = 0; i < dim && n_top > 0; i++)
    {
      double product = a[i] * b[i];
      if (n == n_top && !(fabs (product) > fabs (top[n - 1].product)))
        continue;
      gsize at = n < n_top ? n++ : n - 1;
      for (; at > 0 && fabs (product) > fabs (top[at - 1].product); at--)
        top[at] = top[at - 1];
      top[at] = (SemContribution){ i, a[i], b[i], product };
    }
  return n;
}

/* --- all pairs --- */

/* Among the pairs of rows before end_row with rows from first_col on, each above the diagonal. */
static void
rank_pair (const SemMatrix *values,
           SemMetric metric,
           gsize end_row,
           gsize first_col,
           gsize i,
           gsize j,
           SemRank *out)
{
  gsize n = sem_matrix_get_n_rows (values), larger = 0, smaller = 0;
  double value = sem_matrix_get (values, i, j);
  out->n_pairs = 0;
  for (gsize a = 0; a < end_row; a++)
    {
      const double *row = sem_matrix_get_row (values, a);
      for (gsize b = MAX (a + 1, first_col); b < n; b++)
        {
          larger += row[b] > value;
          smaller += row[b] < value;
        }
      out->n_pairs += n - MAX (a + 1, first_col);
    }
  if (metric == SEM_METRIC_EUCLIDEAN)
    {
      gsize swapped = larger;
      larger = smaller;
      smaller = swapped;
    }
  out->rank = larger + 1;
  out->percentile = out->n_pairs > 0 ? 100.0 * (double)smaller / (double)out->n_pairs : 0.0;
}

void
sem_similarity_rank (const SemMatrix *values, SemMetric metric, gsize i, gsize j, SemRank *out)
{
  rank_pair (values, metric, sem_matrix_get_n_rows (values), 0, i, j, out);
}

void
sem_similarity_rank_against (const SemMatrix *values,
                             SemMetric metric,
                             gsize n_first,
                             gsize i,
                             gsize j,
                             SemRank *out)
{
  rank_pair (values, metric, n_first, n_first, i, j, out);
}

/* Puts the k-th smallest of n values to values[k], smaller ones before it (Hoare's quickselect,
 * middle pivot). */
static void
select_nth (double *values, gsize n, gsize k)
{
  gssize low = 0, high = (gssize)n - 1, target = (gssize)k;
  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      gssize i = low, j = high;
      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              double swapped = values[i];
              values[i++] = values[j];
              values[j--] = swapped;
            }
        }
      if (target <= j)
        high = j;
      else if (target >= i)
        low = i;
      else
        return;
    }
}

/* The linear interpolation that is NumPy's default: at (n - 1) q between the order statistics
 * around it. */
static double
percentile (double *values, gsize n, double q)
{
  double at = (double)(n - 1) * q;
  gsize k = (gsize)floor (at);
  double t = at - (double)k;
  select_nth (values, n, k);
  if (k + 1 >= n || t == 0.0)
    return values[k];
  double next = values[k + 1];
  for (gsize i = k + 2; i < n; i++)
    next = MIN (next, values[i]);
  double step = next - values[k];
  return t >= 0.5 ? next - step * (1.0 - t) : values[k] + step * t;
}

void
sem_similarity_statistics (const SemMatrix *similarity, SemPairStatistics *out)
{
  gsize n = sem_matrix_get_n_rows (similarity), count = 0;
  memset (out, 0, sizeof *out);
  out->n_pairs = n * (n - (n > 0)) / 2;
  if (out->n_pairs == 0)
    return;
  g_autofree double *values = g_new (double, out->n_pairs);
  double sum = 0.0;
  for (gsize i = 0; i < n; i++)
    {
      const double *row = sem_matrix_get_row (similarity, i);
      double row_sum = 0.0;
      for (gsize j = i + 1; j < n; j++)
        {
          values[count++] = row[j];
          row_sum += row[j];
        }
      sum += row_sum;
    }
  out->min = out->max = values[0];
  for (gsize i = 1; i < count; i++)
    {
      out->min = MIN (out->min, values[i]);
      out->max = MAX (out->max, values[i]);
    }
  out->mean = sum / (double)count;
  out->percentile_2 = percentile (values, count, 0.02);
  out->percentile_98 = percentile (values, count, 0.98);
}
