/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clustered orders of an analysis' units, made once and kept with it: a tenth of a second at 600 units, so a worker makes
 * them and the pictures take what is there.  Thread: any. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/order.h"
#include "core/analysis/view-options.h"

G_BEGIN_DECLS

/* The order of the n units from first on among themselves, by the analysis' metric (a distance d counts as 1 - d); borrowed.
 * get: NULL when it has not been made yet; make: makes and keeps it.  Errors: CANCELLED; SEM_NUMERIC_ERROR_SHAPE. */
const SemOrder *sem_clustered_get (const SemAnalysis *analysis, gsize first, gsize n);
const SemOrder *sem_clustered_make (const SemAnalysis *analysis,
                                    gsize first,
                                    gsize n,
                                    GCancellable *cancellable,
                                    GError **error);

/* All that a heatmap with these options shows: of the whole text, or of each of two texts.  are_made is TRUE when none is. */
gboolean sem_clustered_are_made (const SemAnalysis *analysis, const SemViewOptions *options);
gboolean sem_clustered_make_all (const SemAnalysis *analysis,
                                 const SemViewOptions *options,
                                 GCancellable *cancellable,
                                 GError **error);

/* What an analysis has of them: for analysis.c alone. */
typedef struct _SemClusteredStore SemClusteredStore;
SemClusteredStore *sem_clustered_store_new (void);
void sem_clustered_store_free (SemClusteredStore *self);
SemClusteredStore *sem_analysis_get_clustered_store (const SemAnalysis *self);

G_END_DECLS
