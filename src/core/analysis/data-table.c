/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture's numbers as one table: which units, which columns, which values. */
#include "core/analysis/data-table.h"

#include "core/analysis/axes.h"
#include "core/analysis/nearby.h"
#include "core/analysis/shown.h"

#include <string.h>

void
sem_data_table_clear (SemDataTable *self)
{
  g_clear_pointer (&self->row_names, g_ptr_array_unref);
  g_clear_pointer (&self->col_names, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_free);
}

static void
add_unit_names (SemAnalysis *analysis, const gsize *units, gsize n, GPtrArray *names)
{
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (names,
                     g_strdup (sem_units_get (sem_analysis_get_units (analysis), units[i])->label));
}

/* Of one text against another: the first's units as rows, the other's as columns, as the heatmap
 * has them. */
static void
fill_similarity (SemDataTable *self,
                 SemAnalysis *analysis,
                 const SemViewOptions *view,
                 const gsize *units,
                 gsize n)
{
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  gsize first = sem_shown_first (analysis, view), n_rows = first > 0 ? first : n,
        n_cols = n - first;

  add_unit_names (analysis, units, n_rows, self->row_names);
  add_unit_names (analysis, units + first, n_cols, self->col_names);
  self->decimals = 2;
  self->values = g_new (double, MAX (n_rows * n_cols, 1));
  for (gsize i = 0; i < n_rows; i++)
    memcpy (self->values + i * n_cols, sem_matrix_get_row (matrix, i) + first,
            n_cols * sizeof (double));
}

/* Two columns of the n units, whose names are there, and below them of the words behind the map,
 * which are named so. */
static void
fill_plane (SemDataTable *self,
            SemAnalysis *analysis,
            const SemMatrix *units,
            const SemMatrix *words,
            gsize x,
            gsize y,
            gsize n)
{
  const gsize n_words = words != NULL ? sem_matrix_get_n_rows (words) : 0;

  self->decimals = 3;
  self->values = g_new (double, MAX (2 * (n + n_words), 1));
  for (gsize i = 0; i < n + n_words; i++)
    {
      const SemMatrix *from = i < n ? units : words;
      const gsize row = i < n ? i : i - n;

      self->values[2 * i] = sem_matrix_get (from, row, x);
      self->values[2 * i + 1] = sem_matrix_get (from, row, y);
      if (i >= n)
        g_ptr_array_add (
            self->row_names,
            g_strdup_printf ("%s (vocabulary)", sem_nearby_get (analysis)->words[row].word));
    }
}

/* On axes made of word pairs, as the map then shows them; FALSE when the words make none. */
static gboolean
fill_axes (SemDataTable *self,
           SemAnalysis *analysis,
           const SemViewOptions *view,
           const gsize *units,
           gsize n)
{
  g_autoptr (SemAxes) axes = sem_axes_new (sem_analysis_get_model (analysis), view->map_axes,
                                           sem_analysis_get_options (analysis)->pooling, NULL);
  g_autoptr (SemMatrix) coordinates = NULL, words = NULL;
  g_auto (GStrv) names = g_strsplit (view->map_axes, ",", 2);

  if (axes != NULL)
    coordinates = sem_axes_project (axes, sem_analysis_get_vectors (analysis), NULL);
  if (coordinates == NULL)
    return FALSE;
  add_unit_names (analysis, units, n, self->row_names);
  if (view->nearby_words && sem_nearby_make (analysis, NULL, NULL) != NULL)
    words = sem_axes_project (axes, sem_nearby_get (analysis)->vectors, NULL);
  fill_plane (self, analysis, coordinates, words, 0, 1, n);
  for (gsize k = 0; k < 2; k++)
    g_ptr_array_add (self->col_names, g_strdup (g_strstrip (names[k])));
  return TRUE;
}

static void
fill_coordinates (SemDataTable *self,
                  SemAnalysis *analysis,
                  const SemViewOptions *view,
                  const gsize *units,
                  gsize n)
{
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  gsize last = sem_matrix_get_n_cols (coordinates) - 1;
  const SemNearby *nearby = NULL;
  gsize axes[2] = { MIN (view->component_x, last), MIN (view->component_y, last) };

  if (view->map_axes != NULL && fill_axes (self, analysis, view, units, n))
    return;
  add_unit_names (analysis, units, n, self->row_names);
  if (view->nearby_words)
    nearby = sem_nearby_make (analysis, NULL, NULL);
  fill_plane (self, analysis, coordinates, nearby != NULL ? nearby->coordinates : NULL, axes[0],
              axes[1], n);
  for (gsize k = 0; k < 2; k++)
    g_ptr_array_add (self->col_names, g_strdup_printf ("PC%" G_GSIZE_FORMAT, axes[k] + 1));
}

static void
fill_vectors (SemDataTable *self, SemAnalysis *analysis, const gsize *units, gsize n)
{
  const SemMatrix *vectors = sem_analysis_get_vectors (analysis);
  gsize dim = sem_matrix_get_n_cols (vectors);

  add_unit_names (analysis, units, n, self->row_names);
  self->decimals = 4;
  for (gsize j = 0; j < dim; j++)
    g_ptr_array_add (self->col_names, g_strdup_printf ("%" G_GSIZE_FORMAT, j));
  self->values = g_new (double, MAX (n * dim, 1));
  for (gsize i = 0; i < n; i++)
    memcpy (self->values + i * dim, sem_matrix_get_row (vectors, units[i]), dim * sizeof (double));
}

static void
fill_tokens (SemDataTable *self, SemAnalysis *analysis)
{
  static const char *const names[] = { "id", "start", "end" };
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  gsize n;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n);

  self->values = g_new (double, MAX (3 * n, 1));
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    g_ptr_array_add (self->col_names, g_strdup (names[k]));
  for (gsize i = 0; i < n; i++)
    {
      const char *piece = sem_encoding_get_piece (encoding, i);
      gboolean is_special = tokens[i].start == SEM_NO_OFFSET;

      g_ptr_array_add (self->row_names, g_strdup (piece != NULL ? piece : ""));
      self->values[3 * i] = tokens[i].id;
      self->values[3 * i + 1] = is_special ? -1.0 : tokens[i].start;
      self->values[3 * i + 2] = is_special ? -1.0 : tokens[i].end;
    }
}

void
sem_data_table_fill (SemDataTable *self,
                     SemAnalysis *analysis,
                     SemDataKind kind,
                     const SemViewOptions *view,
                     const SemFocus *focus)
{
  gsize n = sem_analysis_has_vectors (analysis) ? sem_analysis_get_n (analysis) : 0, n_shown = 0;
  gboolean is_chosen = kind == SEM_DATA_VECTORS && focus != NULL && focus->n_selected > 0;
  g_autofree gsize *units = g_new (gsize, MAX (n, 1));

  for (gsize i = 0; i < (is_chosen ? focus->n_selected : n); i++)
    {
      gsize unit = is_chosen ? focus->selected[i] : i;

      if (unit < n && n_shown < n)
        units[n_shown++] = unit;
    }
  self->kind = kind;
  self->row_names = g_ptr_array_new_with_free_func (g_free);
  self->col_names = g_ptr_array_new_with_free_func (g_free);
  if (kind == SEM_DATA_TOKENS)
    fill_tokens (self, analysis);
  else if (n > 0 && kind == SEM_DATA_SIMILARITY)
    fill_similarity (self, analysis, view, units, n_shown);
  else if (n > 0 && kind == SEM_DATA_COORDINATES)
    fill_coordinates (self, analysis, view, units, n_shown);
  else if (n > 0)
    fill_vectors (self, analysis, units, n_shown);
}
