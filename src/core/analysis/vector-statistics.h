/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of one vector's numbers as a whole. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double mean;
  double sd; /* of these numbers, not of a sample: divided by their count, as numpy.std() does */
  double min, max;
  gsize min_at, max_at; /* the first dimension that has it */
} SemVectorStatistics;

/* All zeros for dim 0.  Two passes: the sd of large, nearly equal numbers keeps its digits. */
void sem_vector_statistics (const double *values, gsize dim, SemVectorStatistics *out);

G_END_DECLS
