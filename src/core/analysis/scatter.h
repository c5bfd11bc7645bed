/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leading eigenvectors of a large scatter matrix: what PCA of a whole vocabulary is made of. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* n x d rows, row-major without gaps. */
typedef struct
{
  const double *rows;
  gsize n, d;
} SemScatterInput;

/* sem_scatter_eigen_mixed: the k largest eigenvalues of S = sum (x - mean)(x - mean)' and their unit eigenvectors (k x d), with
 * the trace of S and the mean, to the accuracy of doubles at the cost of floats:
 *   1  S is summed by single-precision products of blocks (of rows minus a provisional mean), the blocks added as doubles;
 *   2  its leading eigenvectors V are found from a tridiagonal form that is kept;
 *   3  S V is computed in doubles by one pass over the rows, which gives the residuals R = S V - V diag (v'Sv) of step 1;
 *   4  (S1 - v'Sv I) c = r is solved with the tridiagonal form: the first-order correction of Davidson (1975), after which
 *      the error is the square of what it was;
 *   5  Rayleigh-Ritz in the span of V and the corrections.
 * Returns FALSE without an error when a correction is not small: eigenvalues too close for step 1's accuracy, or values
 * that floats cannot hold.  Then the plain way must be taken. */
gboolean sem_scatter_eigen_mixed (const SemScatterInput *input,
                                  gsize k,
                                  const double *mean,
                                  double *values,
                                  double *vectors,
                                  double *trace,
                                  GCancellable *cancellable);

G_END_DECLS
