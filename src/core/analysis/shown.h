/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pairs of an analysis the heatmap shows: all, or those of one text against another. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/view-options.h"

G_BEGIN_DECLS

/* Units of the first text when one is shown against another - rows are those before, columns those from it on - else 0; 0 too when
 * one of the two texts has no unit, or view is NULL. */
gsize sem_shown_first (SemAnalysis *analysis, const SemViewOptions *view);
/* The rank of a pair among those that are shown; of one that is not, among all.  The analysis has vectors.  Cost: O(n^2). */
void sem_shown_rank (SemAnalysis *analysis, const SemViewOptions *view, gsize a, gsize b, SemRank *out);

G_END_DECLS
