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
sem_explain_pieces (const SemModel *model,
                    const guint32 *ids,
                    gsize n_ids,
                    SemPooling pooling,
                    const double *vector)
{
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  gsize dim = sem_model_get_dim (model);
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (SemPoolPiece));
  g_autofree double *row = g_new0 (double, MAX (dim, 1));
  for (gsize i = 0; i < n_ids; i++)
    {
      SemPoolPiece piece = { .id = ids[i], .piece = sem_tokenizer_get_piece (tokenizer, ids[i]) };
      SemCosine cosine = { 0 };
      piece.has_row = dim > 0 && sem_model_read_row (model, ids[i], row);
      if (vector != NULL)
        sem_cosine (row, vector, dim, &cosine);
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

GArray *
sem_explain_vector (const SemAnalysis *analysis, gsize unit)
{
  gsize n_ids;
  const guint32 *ids = sem_units_get_ids (sem_analysis_get_units (analysis), unit, &n_ids);
  const double *vector = sem_analysis_has_vectors (analysis)
                             ? sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit)
                             : NULL;
  return sem_explain_pieces (sem_analysis_get_model (analysis), ids, n_ids,
                             sem_analysis_get_options (analysis)->pooling, vector);
}

/* Of each dimension only the largest piece counts, the first of equals. */
static void
keep_largest (double *shares, gsize n_pieces, gsize n_dims)
{
  for (gsize k = 0; k < n_dims; k++)
    {
      gsize best = 0;
      for (gsize i = 1; i < n_pieces; i++)
        if (shares[i * n_dims + k] > shares[best * n_dims + k])
          best = i;
      for (gsize i = 0; i < n_pieces; i++)
        if (i != best)
          shares[i * n_dims + k] = 0.0;
    }
}

void
sem_explain_shares (const SemModel *model,
                    const guint32 *ids,
                    gsize n_ids,
                    SemPooling pooling,
                    const gsize *dims,
                    gsize n_dims,
                    double *shares)
{
  gsize dim = sem_model_get_dim (model);
  g_autofree double *row = g_new0 (double, MAX (dim, 1));
  g_autofree double *sum = g_new0 (double, MAX (dim, 1));
  g_autoptr (GArray) pieces = sem_explain_pieces (model, ids, n_ids, pooling, NULL);
  double squares = 0.0;
  for (gsize i = 0; i < n_ids; i++)
    {
      double weight = g_array_index (pieces, SemPoolPiece, i).weight;
      sem_model_read_row (model, ids[i], row);
      for (gsize k = 0; k < n_dims; k++)
        shares[i * n_dims + k] = weight * row[dims[k]];
      for (gsize j = 0; j < dim; j++)
        sum[j] = pooling != SEM_POOLING_MAX ? sum[j] + weight * row[j]
                 : i == 0                   ? weight * row[j]
                                            : MAX (sum[j], weight * row[j]);
    }
  if (pooling == SEM_POOLING_MAX && n_ids > 0)
    keep_largest (shares, n_ids, n_dims);
  for (gsize j = 0; j < dim; j++)
    squares += sum[j] * sum[j];
  for (gsize i = 0; sem_model_get_normalizes (model) && squares > 0.0 && i < n_ids * n_dims; i++)
    shares[i] /= sqrt (squares);
}

void
sem_explain_round (const double *values, gsize n, double total, int digits, double *shown)
{
  double unit = pow (10.0, -digits), left = round (total / unit);
  g_autofree double *fractions = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      double steps = floor (values[i] / unit);
      fractions[i] = values[i] / unit - steps;
      shown[i] = steps * unit;
      left -= steps;
    }
  /* What is left goes one last digit at a time to those that lost most. */
  for (; left >= 0.5 && n > 0; left -= 1.0)
    {
      gsize best = 0;
      for (gsize i = 1; i < n; i++)
        if (fractions[i] > fractions[best])
          best = i;
      if (fractions[best] < 0.0)
        break;
      shown[best] += unit;
      fractions[best] = -1.0;
    }
}
