/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms behind coordinates and pooled vectors. */
#include "core/analysis/explain.h"

#include <math.h>

gsize
sem_explain_coordinate (const SemPca *pca,
                        gsize component,
                        const double *vector,
                        SemCoordinateTerm *top,
                        gsize n_top,
                        SemCoordinateSum *sum)
{
  gsize dim = sem_pca_get_dim (pca), n = 0;
  const double *mean = sem_pca_get_mean (pca), *loading = sem_pca_get_component (pca, component);
  double total = 0.0, shown = 0.0;
  for (gsize j = 0; j < dim; j++)
    {
      SemCoordinateTerm term
          = { j, vector[j], mean[j], loading[j], (vector[j] - mean[j]) * loading[j] };
      total += term.product;
      if (n_top == 0 || (n == n_top && !(fabs (term.product) > fabs (top[n - 1].product))))
        continue;
      gsize at = n < n_top ? n++ : n - 1;
      for (; at > 0 && fabs (term.product) > fabs (top[at - 1].product); at--)
        top[at] = top[at - 1];
      top[at] = term;
    }
  for (gsize i = 0; i < n; i++)
    shown += top[i].product;
  *sum = (SemCoordinateSum){ total, total - shown, dim };
  return n;
}

GArray *
sem_explain_vector (const SemAnalysis *analysis, gsize unit)
{
  SemModel *model = sem_analysis_get_model (analysis);
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  SemPooling pooling = sem_analysis_get_options (analysis)->pooling;
  gsize dim = sem_model_get_dim (model), n_ids;
  const guint32 *ids = sem_units_get_ids (sem_analysis_get_units (analysis), unit, &n_ids);
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (SemPoolPiece));
  g_autofree double *row = g_new0 (double, MAX (dim, 1));
  for (gsize i = 0; i < n_ids; i++)
    {
      SemPoolPiece piece = { .id = ids[i], .piece = sem_tokenizer_get_piece (tokenizer, ids[i]) };
      SemCosine cosine = { 0 };
      piece.has_row = dim > 0 && sem_model_read_row (model, ids[i], row);
      if (sem_analysis_has_vectors (analysis))
        sem_cosine (row, sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit), dim,
                    &cosine);
      piece.norm = cosine.norm_a;
      piece.cosine = cosine.cosine;
      piece.weight = sem_model_get_token_weight (model, ids[i]);
      if (pooling == SEM_POOLING_MEAN)
        piece.weight /= (double)n_ids;
      else if ((pooling == SEM_POOLING_FIRST && i > 0)
               || (pooling == SEM_POOLING_LAST && i + 1 < n_ids))
        piece.weight = 0.0;
      g_array_append_val (pieces, piece);
    }
  return pieces;
}
