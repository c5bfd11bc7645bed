/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Show the sum": the terms behind a number.  Every list, with its rest, adds up to the number it explains.  The terms of a
 * cosine are sem_contributions() in similarity.h. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

/* One dimension's share of a PCA coordinate: product = (value - mean) loading. */
typedef struct
{
  gsize dimension;
  double value, mean, loading, product;
} SemCoordinateTerm;

typedef struct
{
  double coordinate; /* the sum of all terms */
  double rest;       /* the sum of those that are not among the top */
  gsize n_terms;     /* all of them: the dimensions */
} SemCoordinateSum;

/* sem_explain_coordinate: the n_top terms of largest magnitude of vector's (dim doubles) coordinate on a component, largest
 * first (ties: lower dimension); returns how many were written to top. */
gsize sem_explain_coordinate (const SemPca *pca,
                              gsize component,
                              const double *vector,
                              SemCoordinateTerm *top,
                              gsize n_top,
                              SemCoordinateSum *sum);

/* One token of a pooled vector. */
typedef struct
{
  guint32 id;
  const char *piece;  /* borrowed from the tokenizer */
  double weight;      /* what its row is multiplied by, the division by the number of tokens included */
  double norm;        /* of the row as the file has it */
  double cosine;      /* of the row with the pooled vector */
  gboolean has_row;
} SemPoolPiece;

/* The tokens a unit's vector is pooled from, in order; vector = sum of weight x row with mean pooling, before the scaling to
 * length 1 that some models ask for.  An array of SemPoolPiece. */
GArray *sem_explain_vector (const SemAnalysis *analysis, gsize unit);
/* The same for any tokens; vector: what they were pooled to, for norms and cosines, or NULL. */
GArray *sem_explain_pieces (const SemModel *model, const guint32 *ids, gsize n_ids, SemPooling pooling, const double *vector);

/* sem_explain_shares: what each of n_ids tokens gives to some dimensions of their pooled vector, the scaling to length 1 of some
 * models included: shares is n_ids x n_dims, and each column adds up to the vector's number.  With maximum pooling the largest
 * gives all of it. */
void sem_explain_shares (const SemModel *model,
                         const guint32 *ids,
                         gsize n_ids,
                         SemPooling pooling,
                         const gsize *dims,
                         gsize n_dims,
                         double *shares);

/* sem_explain_round: n values that add up to total, rounded so that they add up to the rounded total as well, to the last of
 * `digits` decimals; each differs from its value by less than one of them (largest remainders). */
void sem_explain_round (const double *values, gsize n, double total, int digits, double *shown);

G_END_DECLS
