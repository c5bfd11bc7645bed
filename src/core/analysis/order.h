/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders of the units in a heatmap: by similarity to one of them, and clustered. */
#pragma once

#include "core/analysis/matrix.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_ORDER_OPTIMAL_MAX 600 /* units; above it the leaves of the dendrogram stand as they were merged */

/* One merge of the dendrogram, as in SciPy's linkage: clusters below n are units, n + i is the i-th merge. */
typedef struct
{
  guint32 left, right; /* left < right */
  guint32 size;        /* units in it */
  double height;       /* average of 1 - similarity between the two */
} SemMerge;

typedef struct
{
  gsize n;
  guint32 *units;    /* n: the unit at each place */
  guint32 *places;   /* n: the place of each unit */
  SemMerge *merges;  /* n - 1, lowest first; NULL when not clustered */
  gboolean optimal;  /* the leaves are in optimal order */
} SemOrder;
void sem_order_free (SemOrder *self);
SemOrder *sem_order_copy (const SemOrder *self);

/* As they were typed. */
SemOrder *sem_order_typed (gsize n);
/* unit first, then the others, most similar first; ties by lower index. */
SemOrder *sem_order_by_unit (const SemMatrix *similarity, gsize unit);
/* sem_order_clustered: average linkage on 1 - similarity (nearest-neighbour chain, Murtagh 1983), leaves ordered so that the
 * sum of distances between neighbours is smallest (Bar-Joseph, Gifford, Jaakkola 2001), turned so that the first unit
 * was typed before the last.  The same tree as scipy.cluster.hierarchy (1.10),
 * and an order as short as its, or shorter: SciPy's optimal_leaf_ordering sometimes misses the optimum.
 * Cost: O(n^2) memory and linkage, O(n^3) worst for the order.  Errors: CANCELLED.  Thread: any. */
SemOrder *sem_order_clustered (const SemMatrix *similarity, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemOrder, sem_order_free)

G_END_DECLS
