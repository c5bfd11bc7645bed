/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling SemMapData. */
#include "draw/map-data.h"

#include "core/analysis/kept.h"
#include "draw/i18n.h"

#include <math.h>
#include <string.h>

/* Closed classes of English: articles, pronouns, prepositions, conjunctions, auxiliaries. Sorted.
 */
static const char *const function_words[] = {
  "a",    "about", "after",  "all",    "am",   "an",    "and",   "any",   "are",   "as",    "at",
  "be",   "been",  "before", "being",  "but",  "by",    "can",   "could", "did",   "do",    "does",
  "for",  "from",  "had",    "has",    "have", "he",    "her",   "hers",  "him",   "his",   "how",
  "i",    "if",    "in",     "into",   "is",   "it",    "its",   "may",   "me",    "might", "must",
  "my",   "no",    "nor",    "not",    "of",   "off",   "on",    "or",    "our",   "ours",  "out",
  "over", "shall", "she",    "should", "so",   "some",  "such",  "than",  "that",  "the",   "their",
  "them", "then",  "there",  "these",  "they", "this",  "those", "to",    "too",   "under", "up",
  "us",   "very",  "was",    "we",     "were", "what",  "when",  "where", "which", "while", "who",
  "whom", "whose", "why",    "will",   "with", "would", "you",   "your",
};

static int
compare_words (const void *a, const void *b)
{
  return strcmp (a, *(const char *const *)b);
}

gboolean
sem_map_is_function_word (const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);

  return bsearch (lower, function_words, G_N_ELEMENTS (function_words), sizeof *function_words,
                  compare_words)
         != NULL;
}

SemMapData *
sem_map_data_ref (SemMapData *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_map_data_unref (SemMapData *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_strfreev (self->names);
  sem_map_data_clear_nearby (self);
  g_clear_pointer (&self->coordinates, sem_matrix_unref);
  g_clear_pointer (&self->similarity, sem_matrix_unref);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_pointer (&self->axes, sem_axes_free);
  g_free (self->ratios);
  g_free (self->name_ids);
  g_free (self->hue_ids);
  g_free (self->sentences);
  g_free (self->is_zero);
  g_free (self->is_function);
  g_free (self->shown_as);
  g_free (self->counts);
  g_free (self->axis_titles[0]);
  g_free (self->axis_titles[1]);
  g_free (self->message);
  g_free (self->colors);
  g_free (self->kept_by_unit);
  g_free (self);
}

static SemMapData *
allocate (gsize n, gsize n_components)
{
  SemMapData *self = g_new0 (SemMapData, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  self->n_components = n_components;
  self->names = g_new0 (char *, n + 1);
  self->ratios = g_new0 (double, MAX (n_components, 2));
  self->name_ids = g_new0 (guint32, MAX (n, 1));
  self->hue_ids = g_new0 (guint32, MAX (n, 1));
  self->sentences = g_new0 (guint32, MAX (n, 1));
  self->is_zero = g_new0 (gboolean, MAX (n, 1));
  self->is_function = g_new0 (gboolean, MAX (n, 1));
  self->shown_as = g_new0 (gsize, MAX (n, 1));
  self->counts = g_new0 (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      self->shown_as[i] = i;
      self->counts[i] = 1;
      self->hue_ids[i] = (guint32)i;
    }
  return self;
}

static void
number_names (SemMapData *self)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < self->n; i++)
    {
      char *folded = g_utf8_casefold (self->names[i], -1);
      gpointer number = g_hash_table_lookup (numbers, folded);

      if (!number)
        number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, folded, number);
      self->name_ids[i] = GPOINTER_TO_UINT (number);
    }
}

SemMapData *
sem_map_data_new_for_points (const char *const *names,
                             SemMatrix *coordinates,
                             const double *ratios,
                             SemMatrix *similarity)
{
  SemMapData *self
      = allocate (sem_matrix_get_n_rows (coordinates), sem_matrix_get_n_cols (coordinates));

  self->coordinates = sem_matrix_ref (coordinates);
  self->similarity = similarity ? sem_matrix_ref (similarity) : NULL;
  memcpy (self->ratios, ratios, self->n_components * sizeof *ratios);
  for (gsize i = 0; i < self->n; i++)
    {
      self->names[i] = g_utf8_make_valid (names[i], -1);
      self->is_function[i] = sem_map_is_function_word (self->names[i]);
    }
  number_names (self);
  if (self->n == 0)
    self->message = g_strdup (_ ("Type something, and its words appear here as points."));
  return self;
}

/* A repeated word is one point only if it stands at one place: in a model that sees the context it
 * may not. */
static gboolean
is_at_same_place (const SemMapData *self, gsize a, gsize b)
{
  for (gsize i = 0; i < self->n_components; i++)
    {
      double x = sem_matrix_get (self->coordinates, a, i),
             y = sem_matrix_get (self->coordinates, b, i);

      if (fabs (x - y) > 1e-9 * (1.0 + fabs (x)))
        return FALSE;
    }
  return TRUE;
}

static void
merge_repeated (SemMapData *self, SemUnits *units)
{
  for (gsize i = 0; i < self->n; i++)
    {
      gsize first = sem_units_get (units, i)->first_like_it;

      if (first < i && is_at_same_place (self, first, i))
        {
          self->shown_as[i] = self->shown_as[first];
          self->counts[i] = 0;
          self->counts[self->shown_as[first]]++;
        }
    }
}

static void
fill_units (SemMapData *self, SemAnalysis *analysis)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  const gboolean words
      = sem_units_get_kind (units) == SEM_UNIT_WORD || sem_units_get_kind (units) == SEM_UNIT_TOKEN;

  for (gsize i = 0; i < self->n; i++)
    {
      const SemUnit *unit = sem_units_get (units, i);
      gsize n_ids;
      const guint32 *ids = sem_units_get_ids (units, i, &n_ids);

      self->names[i] = g_strdup (unit->label);
      self->hue_ids[i] = n_ids > 0 ? ids[0] : (guint32)i;
      self->sentences[i] = unit->sentence;
      self->is_zero[i] = sem_analysis_is_zero (analysis, i);
      self->is_function[i] = words && sem_map_is_function_word (unit->label);
    }
  number_names (self);
  if (sem_analysis_get_options (analysis)->merge_repeated_in_map)
    merge_repeated (self, units);
}

SemMapData *
sem_map_data_new (SemAnalysis *analysis)
{
  const gsize n = sem_analysis_has_vectors (analysis) ? sem_analysis_get_n (analysis) : 0;
  SemPca *pca = n > 0 ? sem_analysis_get_pca (analysis) : NULL;
  SemMapData *self = allocate (n, pca ? sem_pca_get_n_components (pca) : 0);

  self->analysis = sem_analysis_ref (analysis);
  if (n == 0)
    {
      self->message = g_strdup (
          sem_analysis_has_vectors (analysis)
              ? _ ("Type something, and its words appear here as points.")
              : _ ("This model has a tokenizer but no vectors,\nso there is no map to show."));
      return self;
    }
  self->coordinates = sem_matrix_ref ((SemMatrix *)sem_analysis_get_coordinates (analysis));
  self->n_components = MIN (self->n_components, sem_matrix_get_n_cols (self->coordinates));
  self->similarity = sem_matrix_ref ((SemMatrix *)sem_analysis_get_similarity (analysis));
  self->is_distance = sem_analysis_get_options (analysis)->metric == SEM_METRIC_EUCLIDEAN;
  self->is_frozen = sem_analysis_is_frozen (analysis);
  for (gsize i = 0; i < self->n_components; i++)
    self->ratios[i] = sem_pca_get_explained_variance_ratio (pca, i);
  fill_units (self, analysis);
  return self;
}

/* An axis says what is at its two ends. */
static void
take_axes (SemMapData *self, SemAxes *axes, SemMatrix *coordinates)
{
  g_clear_pointer (&self->coordinates, sem_matrix_unref);
  self->coordinates = coordinates;
  self->axes = axes;
  self->n_components = 2;
  self->is_frozen = FALSE;
  for (guint i = 0; i < 2; i++)
    {
      self->ratios[i] = 0.0;
      self->axis_titles[i] = g_strdup_printf ("%s → %s", axes->from[i], axes->to[i]);
    }
}

SemMapData *
sem_map_data_new_for_axes (SemAnalysis *analysis, const char *description)
{
  SemMapData *self = sem_map_data_new (analysis);
  g_autoptr (SemAxes) axes = NULL;
  g_autoptr (GError) error = NULL;
  SemMatrix *coordinates = NULL;

  self->axes_description = description;
  if (self->message)
    return self;
  axes = sem_axes_new (sem_analysis_get_model (analysis), description,
                       sem_analysis_get_options (analysis)->pooling, &error);
  if (axes)
    coordinates = sem_axes_project (axes, sem_analysis_get_vectors (analysis), &error);
  if (coordinates)
    take_axes (self, g_steal_pointer (&axes), coordinates);
  else
    self->message = g_strdup (error->message);
  return self;
}

/* Of the plane shown, unit by unit too. */
static double
compute_kept (SemMapData *self, gsize x, gsize y)
{
  if (self->axes)
    return sem_neighbors_kept (self->similarity, sem_analysis_get_options (self->analysis)->metric,
                               self->coordinates, x, y, &self->kept_k, self->kept_by_unit);
  return sem_analysis_neighbors_kept (self->analysis, x, y, &self->kept_k, self->kept_by_unit);
}

double
sem_map_data_get_kept (SemMapData *self, gsize x, gsize y, gsize *k)
{
  if (!self->analysis || x >= self->n_components || y >= self->n_components)
    return NAN;
  if (!self->has_kept || self->kept_x != x || self->kept_y != y)
    {
      if (!self->kept_by_unit)
        self->kept_by_unit = g_new0 (double, MAX (self->n, 1));
      self->kept = compute_kept (self, x, y);
      self->kept_x = x;
      self->kept_y = y;
      self->has_kept = TRUE;
    }
  *k = self->kept_k;
  return self->kept;
}

const double *
sem_map_data_get_kept_by_unit (SemMapData *self, gsize x, gsize y)
{
  gsize k;

  return isnan (sem_map_data_get_kept (self, x, y, &k)) ? NULL : self->kept_by_unit;
}

const SemRgba *
sem_map_data_get_colors (SemMapData *self, const SemTheme *theme, SemColorBy by)
{
  const guint32 *ids = by == SEM_COLOR_BY_SENTENCE ? self->sentences : self->hue_ids;

  if (self->colors && self->colors_theme == theme && self->colors_by == by)
    return self->colors;
  g_free (self->colors);
  self->colors = g_new (SemRgba, MAX (self->n, 1));
  self->colors_theme = theme;
  self->colors_by = by;
  for (gsize i = 0; i < self->n; i++)
    self->colors[i] = sem_theme_point (theme, by == SEM_COLOR_BY_SENTENCE ? ids[i] + 1 : ids[i]);
  return self->colors;
}

gsize
sem_map_data_nearest (const SemMapData *self, gsize unit, gsize *out, gsize k)
{
  gsize n = 0;

  if (!self->similarity || unit >= self->n)
    return 0;
  for (gsize i = 0; i < self->n; i++)
    {
      const double sign = self->is_distance ? -1.0 : 1.0;
      const double value = sign * sem_matrix_get (self->similarity, unit, i);
      gsize place = n;

      if (self->shown_as[i] != i || i == self->shown_as[unit] || self->is_zero[i])
        continue;
      while (place > 0 && sign * sem_matrix_get (self->similarity, unit, out[place - 1]) < value)
        place--;
      if (place >= k)
        continue;
      n = MIN (n + 1, k);
      memmove (out + place + 1, out + place, (n - place - 1) * sizeof *out);
      out[place] = i;
    }
  return n;
}

gboolean
sem_map_data_fits (const SemMapData *self, const SemLayoutInput *input)
{
  return self->analysis && self->analysis == input->analysis
         && self->axes_description == input->options->map_axes && !self->awaits_background
         && (self->background != NULL) == input->options->nearby_words;
}
