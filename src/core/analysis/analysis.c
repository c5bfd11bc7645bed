/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From text to everything that is shown, once, in the order of the chain. */
#include "core/analysis/analysis.h"

#include "core/error.h"

#include <float.h>
#include <math.h>
#include <string.h>

struct _SemAnalysis
{
  gatomicrefcount ref_count;
  SemAnalysisOptions options;
  SemModel *model;
  SemEncoding *encoding;
  SemUnits *units;
  SemMatrix *vectors, *similarity, *coordinates; /* NULL when the model has no vectors */
  SemPca *pca;
  gboolean frozen;
  SemPairStatistics statistics;
  gboolean *zero; /* n */
};

SemAnalysis *
sem_analysis_ref (SemAnalysis *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_analysis_unref (SemAnalysis *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->model, sem_model_unref);
  g_clear_pointer (&self->encoding, sem_encoding_unref);
  g_clear_pointer (&self->units, sem_units_unref);
  g_clear_pointer (&self->vectors, sem_matrix_unref);
  g_clear_pointer (&self->similarity, sem_matrix_unref);
  g_clear_pointer (&self->coordinates, sem_matrix_unref);
  g_clear_pointer (&self->pca, sem_pca_unref);
  g_free (self->zero);
  g_free (self);
}

/* --- pooling
 * ------------------------------------------------------------------------------------------------------------
 */

/* Adds one token's row to what is pooled so far.  The mean divides by the number of tokens, not by
 * the sum of the weights, as model2vec does. */
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

/* The vector of one unit; TRUE when it is all zeros. */
static gboolean
pool_unit (const SemAnalysis *self, gsize unit, double *scratch, double *out)
{
  gsize dim = sem_model_get_dim (self->model), n_ids;
  const guint32 *ids = sem_units_get_ids (self->units, unit, &n_ids);
  for (gsize i = 0; i < n_ids; i++)
    {
      double weight = sem_model_get_token_weight (self->model, ids[i]);
      sem_model_read_row (self->model, ids[i], scratch);
      for (gsize j = 0; j < dim && weight != 1.0; j++)
        scratch[j] *= weight;
      pool_row (self->options.pooling, i == 0, scratch, dim, out);
    }
  for (gsize j = 0; j < dim && n_ids > 1 && self->options.pooling == SEM_POOLING_MEAN; j++)
    out[j] /= (double)n_ids;
  if (sem_model_get_normalizes (self->model))
    normalize_row (out, dim);
  for (gsize j = 0; j < dim; j++)
    if (out[j] != 0.0)
      return FALSE;
  return TRUE;
}

static gboolean
pool_units (SemAnalysis *self, GCancellable *cancellable, GError **error)
{
  gsize n = sem_units_get_n (self->units), dim = sem_model_get_dim (self->model);
  g_autofree double *scratch = g_new (double, dim);
  self->vectors = sem_matrix_new (n, dim, error);
  if (self->vectors == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      self->zero[i] = pool_unit (self, i, scratch, sem_matrix_get_data (self->vectors) + i * dim);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* --- building
 * -----------------------------------------------------------------------------------------------------------
 */

static gboolean
compute_pictures (SemAnalysis *self, SemPca *frame, GCancellable *cancellable, GError **error)
{
  self->similarity = sem_similarity_matrix (self->vectors, self->options.metric,
                                            self->options.centered, cancellable, error);
  if (self->similarity == NULL)
    return FALSE;
  sem_similarity_statistics (self->similarity, &self->statistics);
  self->frozen = frame != NULL && sem_pca_get_dim (frame) == sem_model_get_dim (self->model);
  self->pca = self->frozen
                  ? sem_pca_ref (frame)
                  : sem_pca_fit (self->vectors, SEM_PCA_MAX_COMPONENTS, cancellable, error);
  if (self->pca == NULL)
    return FALSE;
  self->coordinates = sem_pca_project (self->pca, self->vectors, error);
  return self->coordinates != NULL;
}

SemAnalysis *
sem_analysis_new (SemModel *model,
                  const char *text,
                  gsize length,
                  const SemAnalysisOptions *options,
                  SemPca *frame,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SemAnalysis) self = g_new0 (SemAnalysis, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->model = sem_model_ref (model);
  self->options = *options;
  self->encoding = sem_tokenizer_encode (sem_model_get_tokenizer (model), text, (gssize)length,
                                         SEM_ENCODE_TEMPLATE, cancellable, error);
  if (self->encoding == NULL)
    return NULL;
  self->units = sem_units_new (self->encoding, options->unit, options->special, SEM_MAX_UNITS,
                               cancellable, error);
  if (self->units == NULL)
    return NULL;
  self->zero = g_new0 (gboolean, MAX (sem_units_get_n (self->units), 1));
  if (sem_model_get_n_rows (model) == 0)
    return g_steal_pointer (&self);
  if (!pool_units (self, cancellable, error) || !compute_pictures (self, frame, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- reading
 * ------------------------------------------------------------------------------------------------------------
 */

const SemAnalysisOptions *
sem_analysis_get_options (const SemAnalysis *self)
{
  return &self->options;
}

SemModel *
sem_analysis_get_model (const SemAnalysis *self)
{
  return self->model;
}

SemEncoding *
sem_analysis_get_encoding (const SemAnalysis *self)
{
  return self->encoding;
}

SemUnits *
sem_analysis_get_units (const SemAnalysis *self)
{
  return self->units;
}

gsize
sem_analysis_get_n (const SemAnalysis *self)
{
  return sem_units_get_n (self->units);
}

gboolean
sem_analysis_has_vectors (const SemAnalysis *self)
{
  return self->vectors != NULL;
}

const SemMatrix *
sem_analysis_get_vectors (const SemAnalysis *self)
{
  return self->vectors;
}

const SemMatrix *
sem_analysis_get_similarity (const SemAnalysis *self)
{
  return self->similarity;
}

const SemPairStatistics *
sem_analysis_get_pair_statistics (const SemAnalysis *self)
{
  return &self->statistics;
}

SemPca *
sem_analysis_get_pca (const SemAnalysis *self)
{
  return self->pca;
}

gboolean
sem_analysis_is_frozen (const SemAnalysis *self)
{
  return self->frozen;
}

const SemMatrix *
sem_analysis_get_coordinates (const SemAnalysis *self)
{
  return self->coordinates;
}

gboolean
sem_analysis_is_zero (const SemAnalysis *self, gsize unit)
{
  g_return_val_if_fail (unit < sem_units_get_n (self->units), FALSE);
  return self->zero[unit];
}

/* --- neighbours
 * ---------------------------------------------------------------------------------------------------------
 */

/* The k largest keys but for skip, largest first, ties by lower index, by insertion: k is small. */
static gsize
find_largest (const double *keys, gsize n, gsize skip, gsize *out, gsize k)
{
  gsize found = 0;
  for (gsize i = 0; i < n && k > 0; i++)
    {
      if (i == skip || (found == k && !(keys[i] > keys[out[found - 1]])))
        continue;
      gsize at = found < k ? found++ : found - 1;
      for (; at > 0 && keys[i] > keys[out[at - 1]]; at--)
        out[at] = out[at - 1];
      out[at] = i;
    }
  return found;
}

gsize
sem_analysis_nearest_units (const SemAnalysis *self, gsize unit, gsize *out, gsize k)
{
  gsize n = sem_analysis_get_n (self);
  if (self->similarity == NULL || unit >= n)
    return 0;
  const double *row = sem_matrix_get_row (self->similarity, unit);
  if (self->options.metric != SEM_METRIC_EUCLIDEAN)
    return find_largest (row, n, unit, out, k);
  g_autofree double *keys = g_new (double, n);
  for (gsize j = 0; j < n; j++)
    keys[j] = -row[j];
  return find_largest (keys, n, unit, out, k);
}

double
sem_analysis_neighbors_kept (const SemAnalysis *self, gsize x, gsize y, gsize *k, double *per_unit)
{
  gsize n = sem_analysis_get_n (self), n_near = MIN (5, n - (n > 0));
  if (k != NULL)
    *k = n_near;
  if (self->coordinates == NULL || n < 3)
    return NAN;
  gsize n_axes = sem_matrix_get_n_cols (self->coordinates);
  g_return_val_if_fail (x < n_axes && y < n_axes, NAN);
  g_autofree double *keys = g_new (double, n);
  gsize near[5], close[5];
  double sum = 0.0;
  for (gsize i = 0; i < n; i++)
    {
      const double *here = sem_matrix_get_row (self->coordinates, i);
      for (gsize j = 0; j < n; j++)
        {
          const double *there = sem_matrix_get_row (self->coordinates, j);
          double dx = here[x] - there[x], dy = here[y] - there[y];
          keys[j] = -(dx * dx + dy * dy);
        }
      sem_analysis_nearest_units (self, i, near, n_near);
      find_largest (keys, n, i, close, n_near);
      gsize kept = 0;
      for (gsize a = 0; a < n_near; a++)
        for (gsize b = 0; b < n_near; b++)
          kept += near[a] == close[b];
      if (per_unit != NULL)
        per_unit[i] = (double)kept / (double)n_near;
      sum += (double)kept / (double)n_near;
    }
  return sum / (double)n;
}
