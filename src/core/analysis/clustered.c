/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders kept with an analysis.  They are only ever added, so that what was handed out stays as
 * long as the analysis; two threads that make the same one at once leave the first. */
#include "core/analysis/clustered.h"

typedef struct
{
  gsize first, n;
  SemOrder *order;
} Kept;

struct _SemClusteredStore
{
  GMutex mutex;
  GArray *kept; /* of Kept */
};

static void
clear_kept (gpointer data)
{
  sem_order_free (((Kept *)data)->order);
}

SemClusteredStore *
sem_clustered_store_new (void)
{
  SemClusteredStore *self = g_new0 (SemClusteredStore, 1);
  g_mutex_init (&self->mutex);
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (self->kept, clear_kept);
  return self;
}

void
sem_clustered_store_free (SemClusteredStore *self)
{
  g_array_unref (self->kept);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* The mutex is held. */
static const SemOrder *
find_kept (const SemClusteredStore *self, gsize first, gsize n)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      const Kept *kept = &g_array_index (self->kept, Kept, i);
      if (kept->first == first && kept->n == n)
        return kept->order;
    }
  return NULL;
}

const SemOrder *
sem_clustered_get (const SemAnalysis *analysis, gsize first, gsize n)
{
  SemClusteredStore *self = sem_analysis_get_clustered_store (analysis);
  g_mutex_lock (&self->mutex);
  const SemOrder *order = find_kept (self, first, n);
  g_mutex_unlock (&self->mutex);
  return order;
}

/* The part of the similarities that is asked for; distances turned round. */
static SemMatrix *
dup_similarity (const SemAnalysis *analysis, gsize first, gsize n, GError **error)
{
  SemMatrix *values = (SemMatrix *)sem_analysis_get_similarity (analysis);
  gboolean turned = sem_analysis_get_options (analysis)->metric == SEM_METRIC_EUCLIDEAN;
  if (!turned && n == sem_matrix_get_n_rows (values))
    return sem_matrix_ref (values);
  SemMatrix *part = sem_matrix_new (n, n, error);
  for (gsize i = 0; part != NULL && i < n; i++)
    {
      const double *row = sem_matrix_get_row (values, first + i) + first;
      double *out = sem_matrix_get_data (part) + i * n;
      for (gsize j = 0; j < n; j++)
        out[j] = turned ? 1.0 - row[j] : row[j];
    }
  return part;
}

const SemOrder *
sem_clustered_make (const SemAnalysis *analysis,
                    gsize first,
                    gsize n,
                    GCancellable *cancellable,
                    GError **error)
{
  SemClusteredStore *self = sem_analysis_get_clustered_store (analysis);
  const SemOrder *order = sem_clustered_get (analysis, first, n);
  if (order != NULL)
    return order;
  g_return_val_if_fail (sem_analysis_has_vectors (analysis), NULL);
  g_return_val_if_fail (
      first <= sem_analysis_get_n (analysis) && n <= sem_analysis_get_n (analysis) - first, NULL);
  g_autoptr (SemMatrix) similarity = dup_similarity (analysis, first, n, error);
  g_autoptr (SemOrder) made
      = similarity != NULL ? sem_order_clustered (similarity, cancellable, error) : NULL;
  if (made == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  order = find_kept (self, first, n);
  if (order == NULL)
    {
      Kept kept = { first, n, g_steal_pointer (&made) };
      g_array_append_val (self->kept, kept);
      order = kept.order;
    }
  g_mutex_unlock (&self->mutex);
  return order;
}

/* Where the second of two texts begins; 0: one text by itself.  FALSE: no clustered order is asked
 * for, or there is nothing to order. */
static gboolean
find_parts (const SemAnalysis *analysis, const SemViewOptions *options, gsize *n_first)
{
  *n_first = 0;
  if (options->order != SEM_ORDER_CLUSTERED || !sem_analysis_has_vectors (analysis)
      || sem_analysis_get_n (analysis) == 0)
    return FALSE;
  if (options->shape == SEM_SHAPE_AGAINST)
    {
      *n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis),
                                                MAX (options->first_text, 1));
      return *n_first > 0 && *n_first < sem_analysis_get_n (analysis);
    }
  return TRUE;
}

gboolean
sem_clustered_are_made (const SemAnalysis *analysis, const SemViewOptions *options)
{
  gsize n_first, n = sem_analysis_get_n (analysis);
  return !find_parts (analysis, options, &n_first)
         || ((n_first == 0 || sem_clustered_get (analysis, 0, n_first) != NULL)
             && sem_clustered_get (analysis, n_first, n - n_first) != NULL);
}

gboolean
sem_clustered_make_all (const SemAnalysis *analysis,
                        const SemViewOptions *options,
                        GCancellable *cancellable,
                        GError **error)
{
  gsize n_first, n = sem_analysis_get_n (analysis);
  return !find_parts (analysis, options, &n_first)
         || ((n_first == 0 || sem_clustered_make (analysis, 0, n_first, cancellable, error) != NULL)
             && sem_clustered_make (analysis, n_first, n - n_first, cancellable, error) != NULL);
}
