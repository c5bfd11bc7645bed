/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pooling of token vectors. */
#include "core/analysis/pool.h"

#include <math.h>
#include <string.h>

/* Adds one token's row to what is pooled so far. */
static void
pool_row (SemPooling pooling, gboolean is_first, const double *row, gsize dim, double *out)
{
  switch (pooling)
    {
    case SEM_POOLING_MEAN:
      for (gsize j = 0; j < dim; j++)
        out[j] += row[j];
      break;
    case SEM_POOLING_FIRST:
      if (is_first)
        memcpy (out, row, dim * sizeof *out);
      break;
    case SEM_POOLING_LAST:
      memcpy (out, row, dim * sizeof *out);
      break;
    case SEM_POOLING_MAX:
      for (gsize j = 0; j < dim; j++)
        out[j] = is_first ? row[j] : MAX (out[j], row[j]);
      break;
    }
}

static void
normalize_row (double *row, gsize dim)
{
  double squares = 0.0;
  for (gsize j = 0; j < dim; j++)
    squares += row[j] * row[j];
  for (gsize j = 0; j < dim && squares > 0; j++)
    row[j] /= sqrt (squares);
}

gboolean
sem_pool_tokens (const SemModel *model,
                 const guint32 *ids,
                 gsize n_ids,
                 SemPooling pooling,
                 double *vector)
{
  gsize dim = sem_model_get_dim (model);
  g_autofree double *row = g_new (double, dim);
  memset (vector, 0, dim * sizeof *vector);
  for (gsize i = 0; i < n_ids; i++)
    {
      double weight = sem_model_get_token_weight (model, ids[i]);
      sem_model_read_row (model, ids[i], row);
      for (gsize j = 0; j < dim && weight != 1.0; j++)
        row[j] *= weight;
      pool_row (pooling, i == 0, row, dim, vector);
    }
  for (gsize j = 0; j < dim && n_ids > 1 && pooling == SEM_POOLING_MEAN; j++)
    vector[j] /= (double)n_ids;
  if (sem_model_get_normalizes (model))
    normalize_row (vector, dim);
  for (gsize j = 0; j < dim; j++)
    if (vector[j] != 0.0)
      return TRUE;
  return FALSE;
}

gboolean
sem_pool_text (SemModel *model,
               const char *text,
               gssize length,
               SemPooling pooling,
               double *vector,
               GError **error)
{
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (sem_model_get_tokenizer (model), text,
                                                           length, SEM_ENCODE_DEFAULT, NULL, error);
  if (encoding == NULL)
    return FALSE;
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  g_autofree guint32 *ids = g_new (guint32, MAX (n_tokens, 1));
  for (gsize i = 0; i < n_tokens; i++)
    ids[i] = tokens[i].id;
  sem_pool_tokens (model, ids, n_tokens, pooling, vector);
  return TRUE;
}
