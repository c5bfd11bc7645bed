/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean, deviation and extremes. */
#include "core/analysis/vector-statistics.h"

#include <math.h>

void
sem_vector_statistics (const double *values, gsize dim, SemVectorStatistics *out)
{
  double sum = 0.0, squares = 0.0;

  *out = (SemVectorStatistics){ 0 };
  if (dim == 0)
    return;
  out->min = out->max = values[0];
  for (gsize j = 0; j < dim; j++)
    {
      sum += values[j];
      if (values[j] < out->min)
        {
          out->min = values[j];
          out->min_at = j;
        }
      if (values[j] > out->max)
        {
          out->max = values[j];
          out->max_at = j;
        }
    }
  out->mean = sum / (double)dim;
  for (gsize j = 0; j < dim; j++)
    squares += (values[j] - out->mean) * (values[j] - out->mean);
  out->sd = sqrt (squares / (double)dim);
}
