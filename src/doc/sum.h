/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemSum: the sum behind one cosine, opened: dot product, norms, angle, the dimensions that contribute most, and what
 * all others add, so that it adds up on screen. */
#pragma once

#include "core/analysis/analysis.h"
#include "doc/document.h"

G_BEGIN_DECLS

#define SEM_SUM_MAX_TOP 24

typedef struct
{
  gsize a, b;        /* units */
  gsize dim;
  gboolean centered; /* the mean of all units was subtracted first */
  SemCosine cosine;
  SemRank rank;      /* among the pairs shown; n_pairs is 0 for a unit with itself */
  SemContribution top[SEM_SUM_MAX_TOP];
  gsize n_top;
  double rest; /* what the other dim - n_top dimensions add to the dot product */
} SemSum;

/* The one unit to speak about when there is no pair: pointed at, or alone selected; with vectors. */
gboolean sem_sum_get_unit (SemDocument *document, gsize *unit);

/* sem_sum_compute: FALSE when the analysis has no vectors or a unit is out of range.  The rank is among the pairs that view shows
 * (NULL: all).  Cost: O(n^2) for the rank, O(d), O(n d) when centred. */
gboolean sem_sum_compute (SemAnalysis *analysis,
                          const SemViewOptions *view,
                          gsize a,
                          gsize b,
                          gsize n_top,
                          SemSum *out);

G_END_DECLS
