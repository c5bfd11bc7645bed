/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact nearest neighbours in the whole vocabulary by cosine. */
#pragma once

#include "core/model/model.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 id;
  double cosine;
} SemNeighbor;

/* sem_neighbors_find: the k rows of the model with the largest cosine to query (dim doubles), best first, ties by lower id;
 * zero rows are left out, ids in exclude (n_exclude) too.  Returns an array of SemNeighbor.
 * Cost: one pass over the matrix (memory bandwidth); row norms are computed once per model and kept.
 * Errors: SEM_NUMERIC_ERROR_NOT_FINITE; CANCELLED; SEM_FORMAT_ERROR_MISSING for a model without vectors. */
GArray *sem_neighbors_find (SemModel *model,
                            const double *query,
                            gsize k,
                            const guint32 *exclude,
                            gsize n_exclude,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
