/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orthogonal Procrustes alignment: turning one cloud of points onto another, for "Refit" and for comparing models. */
#pragma once

#include "core/analysis/matrix.h"

G_BEGIN_DECLS

typedef struct
{
  gsize k;
  double *rotation; /* k x k, orthogonal (it may mirror): aligned = scale (from - mean_from) rotation + mean_to */
  double *mean_from, *mean_to; /* k */
  double scale;     /* 1 unless asked for */
  double disparity; /* sum of squares that are left, divided by those of the centred target: 0 is a perfect fit */
} SemProcrustes;
void sem_procrustes_free (SemProcrustes *self);

/* sem_procrustes_fit: the rotation, mirroring, shift and (when with_scale) scale of `from` (n x k) that brings it nearest to
 * `to` (n x k) in the sense of least squares.  Formula: Schoenemann 1966, R = U V' of the SVD of from' to, both centred.
 * Without points or extent: identity.  Errors: SEM_NUMERIC_ERROR_SHAPE, those of sem_linalg_svd().  Thread: any. */
SemProcrustes *sem_procrustes_fit (const SemMatrix *from, const SemMatrix *to, gboolean with_scale, GError **error);
/* A new n x k matrix with every row moved. */
SemMatrix *sem_procrustes_apply (const SemProcrustes *self, const SemMatrix *rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemProcrustes, sem_procrustes_free)

G_END_DECLS
