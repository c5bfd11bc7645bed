/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From text to everything that is shown, once, in the order of the chain. */
#include "core/analysis/analysis.h"

#include "core/analysis/clustered.h"
#include "core/analysis/kept.h"
#include "core/analysis/nearby.h"

#include <math.h>

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
  SemClusteredStore *clustered;
  SemNearby *nearby; /* NULL until made */
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
  g_clear_pointer (&self->clustered, sem_clustered_store_free);
  g_clear_pointer (&self->nearby, sem_nearby_free);
  g_free (self);
}

/* --- building --- */

/* A unit without any known token has no vector, unless the model makes one from the characters
 * (fastText). */
static gboolean
read_unseen (const SemAnalysis *self, gsize index, double *vector)
{
  gsize length;
  const SemUnit *unit = sem_units_get (self->units, index);
  const char *text = sem_encoding_get_text (self->encoding, &length);
  return unit->unknown && unit->end > unit->start
         && sem_model_read_unseen (self->model, text + unit->start, unit->end - unit->start,
                                   vector);
}

static gboolean
pool_units (SemAnalysis *self, GCancellable *cancellable, GError **error)
{
  gsize n = sem_units_get_n (self->units), dim = sem_model_get_dim (self->model);
  self->vectors = sem_matrix_new (n, dim, error);
  if (self->vectors == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      gsize n_ids;
      const guint32 *ids = sem_units_get_ids (self->units, i, &n_ids);
      double *vector = sem_matrix_get_data (self->vectors) + i * dim;
      self->zero[i] = !sem_pool_tokens (self->model, ids, n_ids, self->options.pooling, vector);
      if (self->zero[i])
        self->zero[i] = !read_unseen (self, i, vector);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return sem_model_check_files (self->model, error);
}

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
  self->clustered = sem_clustered_store_new ();
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

/* --- reading --- */

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

SemClusteredStore *
sem_analysis_get_clustered_store (const SemAnalysis *self)
{
  return self->clustered;
}

SemNearby **
sem_analysis_get_nearby_place (const SemAnalysis *self)
{
  return (SemNearby **)&self->nearby;
}

/* --- neighbours --- */

gsize
sem_analysis_nearest_units (const SemAnalysis *self, gsize unit, gsize *out, gsize k)
{
  if (self->similarity == NULL || unit >= sem_analysis_get_n (self))
    return 0;
  return sem_nearest_rows (self->similarity, self->options.metric, unit, out, k);
}

double
sem_analysis_neighbors_kept (const SemAnalysis *self, gsize x, gsize y, gsize *k, double *per_unit)
{
  if (self->coordinates == NULL)
    {
      if (k != NULL)
        *k = 0;
      return NAN;
    }
  return sem_neighbors_kept (self->similarity, self->options.metric, self->coordinates, x, y, k,
                             per_unit);
}

double
sem_analysis_unit_kept (const SemAnalysis *self, gsize unit, gsize x, gsize y, gsize *k)
{
  if (self->coordinates == NULL || unit >= sem_analysis_get_n (self))
    {
      *k = 0;
      return NAN;
    }
  return sem_row_neighbors_kept (self->similarity, self->options.metric, self->coordinates, x, y,
                                 unit, k);
}
