/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recomputes one cosine from the vectors, as a person would with a pencil. */
#include "doc/sum.h"

#include "core/analysis/shown.h"

/* row minus the mean of all rows, into out (dim doubles). */
static void
subtract_mean (const SemMatrix *rows, gsize row, double *out)
{
  gsize n = sem_matrix_get_n_rows (rows), dim = sem_matrix_get_n_cols (rows);
  const double *values = sem_matrix_get_row (rows, row);

  for (gsize j = 0; j < dim; j++)
    out[j] = 0.0;
  for (gsize i = 0; i < n; i++)
    {
      const double *other = sem_matrix_get_row (rows, i);

      for (gsize j = 0; j < dim; j++)
        out[j] += other[j];
    }
  for (gsize j = 0; j < dim; j++)
    out[j] = values[j] - out[j] / (double)n;
}

gboolean
sem_sum_compute (SemAnalysis *analysis,
                 const SemViewOptions *view,
                 gsize a,
                 gsize b,
                 gsize n_top,
                 SemSum *out)
{
  const SemMatrix *rows;
  const double *x, *y;
  g_autofree double *centered = NULL;
  double top_sum = 0.0;

  if (!sem_analysis_has_vectors (analysis) || a >= sem_analysis_get_n (analysis)
      || b >= sem_analysis_get_n (analysis))
    return FALSE;
  rows = sem_analysis_get_vectors (analysis);
  *out = (SemSum){ .a = a,
                   .b = b,
                   .dim = sem_matrix_get_n_cols (rows),
                   .centered = sem_analysis_get_options (analysis)->centered };
  x = sem_matrix_get_row (rows, a);
  y = sem_matrix_get_row (rows, b);
  if (out->centered)
    {
      centered = g_new (double, 2 * out->dim);
      subtract_mean (rows, a, centered);
      subtract_mean (rows, b, centered + out->dim);
      x = centered;
      y = centered + out->dim;
    }
  sem_cosine (x, y, out->dim, &out->cosine);
  if (a != b)
    sem_shown_rank (analysis, view, a, b, &out->rank);
  out->n_top = sem_contributions (x, y, out->dim, out->top, MIN (n_top, SEM_SUM_MAX_TOP));
  for (gsize i = 0; i < out->n_top; i++)
    top_sum += out->top[i].product;
  out->rest = out->cosine.dot - top_sum;
  return TRUE;
}

gboolean
sem_sum_get_unit (SemDocument *document, gsize *unit)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemFocus focus;
  gsize a, b;

  if (analysis == NULL || !sem_analysis_has_vectors (analysis))
    return FALSE;
  sem_document_get_focus (document, &focus);
  if (focus.hover.kind != SEM_ITEM_DIMENSION && sem_document_get_pair (document, &a, &b) && a != b)
    return FALSE;
  if (focus.hover.kind != SEM_ITEM_NONE && focus.hover.unit < sem_analysis_get_n (analysis))
    *unit = focus.hover.unit;
  else if (focus.n_selected == 1)
    *unit = focus.selected[0];
  else
    return FALSE;
  return *unit < sem_analysis_get_n (analysis);
}
