/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs that are shown. */
#include "core/analysis/shown.h"

gsize
sem_shown_first (SemAnalysis *analysis, const SemViewOptions *view)
{
  gsize n = sem_analysis_get_n (analysis), n_first;

  if (view == NULL || view->shape != SEM_SHAPE_AGAINST)
    return 0;
  n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis),
                                           MAX (view->first_text, 1));
  return n_first < n ? n_first : 0;
}

void
sem_shown_rank (SemAnalysis *analysis, const SemViewOptions *view, gsize a, gsize b, SemRank *out)
{
  const SemMatrix *values = sem_analysis_get_similarity (analysis);
  const SemMetric metric = sem_analysis_get_options (analysis)->metric;
  const gsize n_first = sem_shown_first (analysis, view);

  if (n_first > 0 && MIN (a, b) < n_first && MAX (a, b) >= n_first)
    sem_similarity_rank_against (values, metric, n_first, MIN (a, b), MAX (a, b), out);
  else
    sem_similarity_rank (values, metric, a, b, out);
}
