/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact, centred, never standardised principal component analysis through LAPACK. */
#pragma once

#include "core/analysis/matrix.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_PCA_MAX_COMPONENTS 10

typedef struct _SemPca SemPca; /* immutable, reference-counted: the basis that a frozen map keeps */

/* sem_pca_fit: the first k <= SEM_PCA_MAX_COMPONENTS components of the n x d rows.
 * Formula: symmetric eigenproblem of the Gram matrix (n x n) or the covariance (d x d), whichever is smaller, of the
 * centred rows; variance uses n - 1 as scikit-learn does.  Sign: the loading of largest magnitude is positive (on a
 * tie the first).  Defined for n = 0, 1, 2 and identical rows: components that do not exist are zero, with ratio 0.
 * Errors: SEM_NUMERIC_ERROR_NOT_FINITE, _NO_CONVERGENCE; CANCELLED.  Cost: O(n d min (n, d)).  Thread: any. */
SemPca *sem_pca_fit (const SemMatrix *rows, gsize k, GCancellable *cancellable, GError **error);
SemPca *sem_pca_ref (SemPca *self);
void sem_pca_unref (SemPca *self);
gsize sem_pca_get_n_components (const SemPca *self); /* k, always as asked for (clamped to the maximum) */
gsize sem_pca_get_rank (const SemPca *self);         /* components with variance > 0 among them */
gsize sem_pca_get_dim (const SemPca *self);
const double *sem_pca_get_mean (const SemPca *self);                        /* d */
const double *sem_pca_get_component (const SemPca *self, gsize component);  /* d, unit length or zero */
double sem_pca_get_explained_variance_ratio (const SemPca *self, gsize component);
double sem_pca_get_total_variance (const SemPca *self);
/* sem_pca_project: n x k coordinates of any n x d rows in this basis: (x - mean) . component. */
SemMatrix *sem_pca_project (const SemPca *self, const SemMatrix *rows, GError **error);

/* sem_pca_new_from_basis: a basis as a project file keeps it; mean: dim, components: n_components x dim, ratios: n_components
 * (those of 0 do not count for the rank); all copied.  The caller has checked that they are finite. */
SemPca *sem_pca_new_from_basis (gsize dim,
                                gsize n_components,
                                const double *mean,
                                const double *components,
                                const double *ratios,
                                double total_variance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPca, sem_pca_unref)

G_END_DECLS
