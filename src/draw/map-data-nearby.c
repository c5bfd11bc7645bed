/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest words of the vocabulary as a part of a map's data. */
#include "core/analysis/nearby.h"
#include "draw/map-data.h"

#include <string.h>

void
sem_map_data_clear_nearby (SemMapData *self)
{
  for (gsize i = 0; i < self->n_background; i++)
    g_free (self->background_names[i]);
  g_clear_pointer (&self->background_names, g_free);
  g_clear_pointer (&self->background_units, g_free);
  g_clear_pointer (&self->background_cosines, g_free);
  g_clear_pointer (&self->background, sem_matrix_unref);
  self->n_background = 0;
}

static void
allocate (SemMapData *self, gsize n)
{
  self->n_background = n;
  self->background_names = g_new0 (char *, MAX (n, 1));
  self->background_units = g_new0 (gsize, MAX (n, 1));
  self->background_cosines = g_new0 (double, MAX (n, 1));
}

/* Words of the text before, whose frame is still this one: while one types they do not come and go.
 */
static void
keep_previous (SemMapData *self, const SemMapData *previous)
{
  if (!previous || !previous->background || !previous->analysis || self->axes || previous->axes
      || sem_analysis_get_pca (previous->analysis) != sem_analysis_get_pca (self->analysis))
    return;
  allocate (self, previous->n_background);
  self->background = sem_matrix_ref (previous->background);
  for (gsize i = 0; i < self->n_background; i++)
    {
      self->background_names[i] = g_strdup (previous->background_names[i]);
      self->background_units[i] = G_MAXSIZE; /* of another text */
    }
}

void
sem_map_data_take_nearby (SemMapData *self, const SemMapData *previous, gboolean is_live)
{
  const SemNearby *nearby;

  if (!self->analysis || !sem_analysis_has_vectors (self->analysis))
    return;
  nearby = is_live ? sem_nearby_get (self->analysis) : sem_nearby_make (self->analysis, NULL, NULL);
  self->awaits_background = is_live && !nearby;
  if (!nearby)
    {
      keep_previous (self, previous);
      return;
    }
  self->background = self->axes ? sem_axes_project (self->axes, nearby->vectors, NULL)
                                : sem_matrix_ref (nearby->coordinates);
  if (!self->background)
    return;
  allocate (self, nearby->n);
  for (gsize i = 0; i < nearby->n; i++)
    {
      self->background_names[i] = g_strdup (nearby->words[i].word);
      self->background_units[i] = nearby->words[i].unit;
      self->background_cosines[i] = nearby->words[i].cosine;
    }
}
