/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Similarity between the rows of a matrix, and everything that is said about one value of it.
 * A zero vector has cosine 0 with everything, itself included. */
#pragma once

#include "core/analysis/matrix.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_METRIC_COSINE,
  SEM_METRIC_DOT,
  SEM_METRIC_EUCLIDEAN,
} SemMetric;

/* sem_similarity_matrix: n x n, symmetric to the bit, cosine's diagonal exactly 1 (0 for a zero row) and its values clamped
 * to [-1, 1].  Everything is computed in doubles; only cosines of more than 768 rows, which no picture can show but as
 * colours, are single-precision products of the rows scaled in doubles: their error is below 5e-7 (summed 128 dimensions
 * at a time; 4.2e-7 measured at worst, for nearly parallel rows), and they cost about one cblas_ssyrk.
 * centered: subtract the mean of the rows first (all-but-the-mean, Mu & Viswanath 2018). */
SemMatrix *sem_similarity_matrix (const SemMatrix *rows,
                                  SemMetric metric,
                                  gboolean centered,
                                  GCancellable *cancellable,
                                  GError **error);
/* n x m, rows of a against rows of b (centred by the mean of both together). */
SemMatrix *sem_similarity_between (const SemMatrix *a,
                                   const SemMatrix *b,
                                   SemMetric metric,
                                   gboolean centered,
                                   GCancellable *cancellable,
                                   GError **error);

/* The sum behind one cosine: dot / (norm_a norm_b). */
typedef struct
{
  double cosine, dot, norm_a, norm_b, angle_deg;
} SemCosine;
void sem_cosine (const double *a, const double *b, gsize dim, SemCosine *out);
/* A word for a cosine, the same everywhere: "similar", "related", "unrelated", "opposite"; untranslated. */
const char *sem_cosine_get_word (double cosine);

/* One dimension's share of a dot product. */
typedef struct
{
  gsize dimension;
  double a, b, product;
} SemContribution;
/* The n_top dimensions of largest |a_i b_i|, largest first (ties: lower index); returns how many were written. */
gsize sem_contributions (const double *a, const double *b, gsize dim, SemContribution *top, gsize n_top);

/* Rank of the pair (i, j) among all n (n - 1) / 2 pairs, 1 = most similar, which is the smallest distance; equal values
 * share the better rank. */
typedef struct
{
  gsize rank, n_pairs;
  double percentile; /* share of pairs that are less similar, 0..100: scipy.stats.percentileofscore (kind="strict") */
} SemRank;
void sem_similarity_rank (const SemMatrix *values, SemMetric metric, gsize i, gsize j, SemRank *out);
/* The same among the n_first (n - n_first) pairs of one of the first n_first rows, i, with one of those after them, j. */
void sem_similarity_rank_against (const SemMatrix *values, SemMetric metric, gsize n_first, gsize i, gsize j, SemRank *out);

/* What is said of all pairs together; the diagonal is left out. */
typedef struct
{
  double mean, min, max, percentile_2, percentile_98;
  gsize n_pairs;
} SemPairStatistics;
void sem_similarity_statistics (const SemMatrix *similarity, SemPairStatistics *out);

G_END_DECLS
