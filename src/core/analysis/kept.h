/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many true neighbours a plane keeps: the arithmetic behind sem_analysis_neighbors_kept(), on plain matrices. */
#pragma once

#include "core/analysis/similarity.h"

G_BEGIN_DECLS

#define SEM_KEPT_NEIGHBORS 5

/* The k rows nearest to `row` by a similarity matrix, nearest first, itself left out, ties by lower index; how many. */
gsize sem_nearest_rows (const SemMatrix *similarity, SemMetric metric, gsize row, gsize *out, gsize k);
/* See analysis.h.  coordinates: n x at least max (x, y) + 1.  Cost: O(n^2). */
double sem_neighbors_kept (const SemMatrix *similarity,
                           SemMetric metric,
                           const SemMatrix *coordinates,
                           gsize x,
                           gsize y,
                           gsize *k,
                           double *per_row);
/* The share of one row alone; NAN for n < 3.  Cost: O(n). */
double sem_row_neighbors_kept (const SemMatrix *similarity,
                               SemMetric metric,
                               const SemMatrix *coordinates,
                               gsize x,
                               gsize y,
                               gsize row,
                               gsize *k);

G_END_DECLS
