/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rank correlation. */
#include "core/train/evaluate.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  double value;
  gsize index;
} Ranked;

static int
compare_values (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;

  return x->value < y->value ? -1 : x->value > y->value;
}

static double *
make_ranks (const double *values, gsize n)
{
  g_autofree Ranked *order = g_new (Ranked, n);
  double *ranks = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    order[i] = (Ranked){ values[i], i };
  qsort (order, n, sizeof *order, compare_values);
  for (gsize first = 0, end; first < n; first = end)
    {
      end = first + 1;
      while (end < n && order[end].value <= order[first].value)
        end++;
      for (gsize i = first; i < end; i++)
        ranks[order[i].index] = 0.5 * (double)(first + end - 1);
    }
  return ranks;
}

double
sem_spearman (const double *a, const double *b, gsize n)
{
  g_autofree double *ranks_a = NULL, *ranks_b = NULL;
  double mean = 0.5 * ((double)n - 1.0), ab = 0.0, aa = 0.0, bb = 0.0;

  for (gsize i = 0; i < n; i++)
    if (isnan (a[i]) || isnan (b[i]))
      return NAN;
  if (n < 2)
    return NAN;
  ranks_a = make_ranks (a, n);
  ranks_b = make_ranks (b, n);
  for (gsize i = 0; i < n; i++)
    {
      ab += (ranks_a[i] - mean) * (ranks_b[i] - mean);
      aa += (ranks_a[i] - mean) * (ranks_a[i] - mean);
      bb += (ranks_b[i] - mean) * (ranks_b[i] - mean);
    }
  return aa > 0.0 && bb > 0.0 ? ab / sqrt (aa * bb) : NAN;
}
