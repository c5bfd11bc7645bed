/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling SemHeatmapData. */
#include "draw/heatmap-data.h"

#include "core/analysis/clustered.h"
#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define MUCH_LONGER 1.4                               /* than nine of ten names */
#define ALWAYS_WHOLE (8.0 * SEM_HEATMAP_MEASURE_SIZE) /* costs little, whatever the others are */

SemHeatmapData *
sem_heatmap_data_ref (SemHeatmapData *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
free_names (char **names, gsize n)
{
  for (gsize i = 0; names && i < n; i++)
    g_free (names[i]);
  g_free (names);
}

void
sem_heatmap_data_unref (SemHeatmapData *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (!self->symmetric)
    {
      g_free (self->col_order);
      g_free (self->col_place);
    }
  if (!self->shares_units)
    {
      free_names (self->col_names, self->n_col_units);
      g_free (self->col_widths);
      g_free (self->col_zero);
    }
  free_names (self->row_names, self->n_row_units);
  g_free (self->row_widths);
  g_free (self->row_zero);
  g_free (self->row_order);
  g_free (self->row_place);
  g_free (self->merges);
  g_free (self->message);
  sem_histogram_clear (&self->histogram);
  g_free (self->places);
  g_clear_pointer (&self->values, sem_matrix_unref);
  g_clear_pointer (&self->block, sem_matrix_unref);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_pointer (&self->text, sem_text_context_unref);
  g_free (self);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double *
measure_names (SemTextContext *text, char **names, gsize n, double *tallest)
{
  double *widths = g_new (double, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    {
      SemTextSize size;

      sem_text_measure (text, SEM_FONT_BODY_BOLD, SEM_HEATMAP_MEASURE_SIZE, names[i], &size);
      widths[i] = size.width;
      *tallest = MAX (*tallest, size.height / SEM_HEATMAP_MEASURE_SIZE);
    }
  return widths;
}

/* Places of n of the n_units units, from the first of them on: place -> unit and its inverse;
 * order, of those n alone, NULL: as they are. */
static void
make_order (const SemOrder *order,
            gsize first,
            gsize n,
            gsize n_units,
            gsize **unit_of,
            gsize **place_of)
{
  *unit_of = g_new (gsize, MAX (n, 1));
  *place_of = g_new (gsize, MAX (n_units, 1));
  for (gsize i = 0; i < n_units; i++)
    (*place_of)[i] = G_MAXSIZE;
  for (gsize i = 0; i < n; i++)
    {
      (*unit_of)[i] = first + (order ? order->units[i] : i);
      (*place_of)[(*unit_of)[i]] = i;
    }
}

/* The width to keep free for names: of the widest, but one name much longer than the others is
 * rather elided than that all cells shrink for it. */
static double
find_widest (const double *widths, const gsize *units, gsize n)
{
  g_autofree double *sorted = g_new (double, MAX (n, 1));

  if (n == 0)
    return 0.0;
  for (gsize i = 0; i < n; i++)
    sorted[i] = widths[units[i]];
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return MIN (sorted[n - 1], MAX (MUCH_LONGER * sorted[(n - 1) * 9 / 10], ALWAYS_WHOLE));
}

/* Names are taken over.  Columns begin at the unit first_col; each order is of its own side. */
static void
finish (SemHeatmapData *self,
        const SemOrder *rows,
        const SemOrder *cols,
        gsize first_col,
        SemTextContext *text)
{
  self->text = sem_text_context_ref (text);
  self->row_widths = measure_names (text, self->row_names, self->n_row_units, &self->line_height);
  make_order (rows, 0, self->n_rows, self->n_row_units, &self->row_order, &self->row_place);
  self->is_typed = rows == NULL && first_col == 0;
  if (rows && rows->merges && self->n_rows > 1)
    self->merges = g_memdup2 (rows->merges, (self->n_rows - 1) * sizeof *rows->merges);
  if (self->shares_units)
    {
      self->col_names = self->row_names;
      self->col_widths = self->row_widths;
      self->col_zero = self->row_zero;
    }
  else
    self->col_widths = measure_names (text, self->col_names, self->n_col_units, &self->line_height);
  if (self->symmetric)
    {
      self->col_order = self->row_order;
      self->col_place = self->row_place;
    }
  else
    make_order (cols, first_col, self->n_cols, self->n_col_units, &self->col_order,
                &self->col_place);
  self->widest_row = find_widest (self->row_widths, self->row_order, self->n_rows);
  self->widest_col = find_widest (self->col_widths, self->col_order, self->n_cols);
}

/* Of all values of a rectangle; percentiles interpolate as sem_similarity_statistics() does. */
static void
compute_rectangle_statistics (const SemMatrix *values, SemPairStatistics *out)
{
  const gsize n_cols = sem_matrix_get_n_cols (values), n = sem_matrix_get_n_rows (values) * n_cols;
  g_autofree double *sorted = g_new (double, MAX (n, 1));
  double sum = 0.0;

  *out = (SemPairStatistics){ .n_pairs = n };
  for (gsize i = 0; i < n; i++)
    {
      sorted[i] = sem_matrix_get (values, i / n_cols, i % n_cols);
      sum += sorted[i];
    }
  if (n == 0)
    return;
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  for (guint i = 0; i < 2; i++)
    {
      double place = (i ? 0.98 : 0.02) * (double)(n - 1);
      gsize low = (gsize)place;
      double value
          = sorted[low] + (place - (double)low) * (sorted[MIN (low + 1, n - 1)] - sorted[low]);

      *(i ? &out->percentile_98 : &out->percentile_2) = value;
    }
  out->mean = sum / (double)n;
  out->min = sorted[0];
  out->max = sorted[n - 1];
}

static char **
copy_names (const char *const *names, gsize n)
{
  char **copy = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    copy[i] = g_utf8_make_valid (names[i], -1);
  return copy;
}

SemHeatmapData *
sem_heatmap_data_new_for_matrix (SemMatrix *values,
                                 const char *const *row_names,
                                 const char *const *col_names,
                                 SemMetric metric,
                                 const SemOrder *order,
                                 SemTextContext *text)
{
  SemHeatmapData *self = g_new0 (SemHeatmapData, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_rows = self->n_row_units = sem_matrix_get_n_rows (values);
  self->n_cols = self->n_col_units = sem_matrix_get_n_cols (values);
  self->symmetric = self->shares_units = col_names == NULL;
  self->values = sem_matrix_ref (values);
  self->metric = metric;
  self->row_names = copy_names (row_names, self->n_rows);
  if (!self->symmetric)
    self->col_names = copy_names (col_names, self->n_cols);
  if (self->symmetric)
    sem_similarity_statistics (values, &self->statistics);
  else
    compute_rectangle_statistics (values, &self->statistics);
  finish (self, order, NULL, 0, text);
  if (self->n_rows == 0 || self->n_cols == 0)
    self->message = g_strdup (_ ("Type something, and its similarities appear here."));
  return self;
}

/* Orders are made from similarities: a distance d counts as 1 - d. */
static SemMatrix *
dup_similarity (const SemMatrix *values, SemMetric metric)
{
  const gsize n = sem_matrix_get_n_rows (values);
  SemMatrix *similarity;

  if (metric != SEM_METRIC_EUCLIDEAN)
    return sem_matrix_ref ((SemMatrix *)values);
  similarity = sem_matrix_new (n, n, NULL);
  for (gsize i = 0; similarity && i < n * n; i++)
    sem_matrix_get_data (similarity)[i] = 1.0 - sem_matrix_get (values, i / n, i % n);
  return similarity;
}

/* Of n units from first on; NULL: as typed, for now. */
static SemOrder *
take_clustered (SemHeatmapData *self, gsize first, gsize n, gboolean is_live)
{
  const SemOrder *order = is_live ? sem_clustered_get (self->analysis, first, n)
                                  : sem_clustered_make (self->analysis, first, n, NULL, NULL);

  self->awaits_order |= !order;
  return order ? sem_order_copy (order) : NULL;
}

/* NULL: as typed. */
static SemOrder *
make_asked_order (SemHeatmapData *self, const SemViewOptions *options, gboolean is_live)
{
  g_autoptr (SemMatrix) similarity = NULL;

  if (options->order == SEM_ORDER_CLUSTERED)
    return take_clustered (self, 0, self->n_row_units, is_live);
  if (options->order == SEM_ORDER_TYPED || options->order_unit >= self->n_row_units)
    return NULL;
  similarity = dup_similarity (self->values, self->metric);
  return similarity ? sem_order_by_unit (similarity, options->order_unit) : NULL;
}

/* Paragraphs of the first of two texts; 0: one text is shown by itself. */
static gsize
get_first_text (const SemViewOptions *options)
{
  return options->shape == SEM_SHAPE_AGAINST ? MAX (options->first_text, 1) : 0;
}

/* A part of the similarities. */
static SemMatrix *
copy_block (const SemMatrix *values, gsize row, gsize n_rows, gsize col, gsize n_cols)
{
  SemMatrix *block = sem_matrix_new (n_rows, n_cols, NULL);

  for (gsize i = 0; block && i < n_rows; i++)
    memcpy (sem_matrix_get_data (block) + i * n_cols, sem_matrix_get_row (values, row + i) + col,
            n_cols * sizeof (double));
  return block;
}

/* The n units from the first on by their similarity to another one, most similar first. */
static SemOrder *
order_side_by_unit (const SemMatrix *similarity, gsize unit, gsize first, gsize n)
{
  g_autoptr (SemOrder) all = sem_order_by_unit (similarity, unit);
  SemOrder *order = sem_order_typed (n);
  gsize place = 0;

  for (gsize i = 0; i < all->n; i++)
    if (all->units[i] >= first && all->units[i] < first + n)
      {
        order->units[place] = all->units[i] - (guint32)first;
        order->places[order->units[place]] = (guint32)place;
        place++;
      }
  return order;
}

/* The order of one side of two texts: by a unit of the other side, or clustered by itself.  NULL:
 * as typed. */
static SemOrder *
make_side_order (SemHeatmapData *self,
                 const SemViewOptions *options,
                 gsize first,
                 gsize n,
                 gboolean is_live)
{
  const gsize unit = options->order_unit;
  g_autoptr (SemMatrix) similarity = NULL;

  if (options->order == SEM_ORDER_CLUSTERED)
    return take_clustered (self, first, n, is_live);
  if (options->order == SEM_ORDER_TYPED || unit >= self->n_row_units
      || (unit >= first && unit < first + n))
    return NULL;
  similarity = dup_similarity (self->values, self->metric);
  return similarity ? order_side_by_unit (similarity, unit, first, n) : NULL;
}

/* The first text's units as rows, all others as columns. */
static void
finish_against (SemHeatmapData *self,
                const SemViewOptions *options,
                SemTextContext *text,
                gboolean is_live)
{
  const gsize n = self->n_row_units;
  const gsize n_first
      = sem_units_count_in_paragraphs (sem_analysis_get_units (self->analysis), self->first_text);
  g_autoptr (SemOrder) rows = NULL, cols = NULL;

  self->symmetric = FALSE;
  self->n_rows = n_first;
  self->n_cols = n - n_first;
  if (n_first == 0 || n_first == n)
    self->message = g_strdup (_ ("Two texts are needed, with a blank line between them:\n"
                                 "the first one becomes the rows, what follows the columns."));
  else
    {
      self->block = copy_block (self->values, 0, n_first, n_first, n - n_first);
      rows = make_side_order (self, options, 0, n_first, is_live);
      cols = make_side_order (self, options, n_first, n - n_first, is_live);
    }
  if (self->block)
    compute_rectangle_statistics (self->block, &self->statistics);
  finish (self, rows, cols, n_first, text);
}

static char **
dup_names (char **names, gsize n)
{
  char **copy = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    copy[i] = g_strdup (names[i]);
  return copy;
}

/* Columns of their own, or the rows' as in the other one. */
static void
copy_cols (SemHeatmapData *self, const SemHeatmapData *like)
{
  const gsize n = like->n_col_units;

  self->col_names = self->shares_units ? self->row_names : dup_names (like->col_names, n);
  self->col_widths
      = self->shares_units ? self->row_widths : g_memdup2 (like->col_widths, n * sizeof (double));
  self->col_order = self->symmetric ? self->row_order
                                    : g_memdup2 (like->col_order, self->n_cols * sizeof (gsize));
  self->col_place
      = self->symmetric ? self->row_place : g_memdup2 (like->col_place, n * sizeof (gsize));
}

SemHeatmapData *
sem_heatmap_data_new_like (const SemHeatmapData *like, SemMatrix *values, SemMetric metric)
{
  SemHeatmapData *self = g_memdup2 (like, sizeof *like);
  const gsize n = like->n_row_units;

  g_atomic_ref_count_init (&self->ref_count);
  self->values = sem_matrix_ref (values);
  self->block = NULL;
  self->row_zero = self->col_zero = NULL;
  self->merges = NULL;
  self->analysis = NULL;
  self->histogram = (SemHistogram){ 0 };
  self->places = NULL;
  self->metric = metric;
  self->text = sem_text_context_ref (like->text);
  self->message = g_strdup (like->message);
  self->row_names = dup_names (like->row_names, n);
  self->row_widths = g_memdup2 (like->row_widths, n * sizeof (double));
  self->row_order = g_memdup2 (like->row_order, self->n_rows * sizeof (gsize));
  self->row_place = g_memdup2 (like->row_place, n * sizeof (gsize));
  copy_cols (self, like);
  if (like->block)
    {
      self->block
          = copy_block (values, 0, self->n_rows, like->n_col_units - self->n_cols, self->n_cols);
      if (self->block)
        compute_rectangle_statistics (self->block, &self->statistics);
    }
  else
    sem_similarity_statistics (values, &self->statistics);
  return self;
}

static const char *
explain_emptiness (SemAnalysis *analysis)
{
  if (!sem_analysis_has_vectors (analysis))
    return _ ("This model has a tokenizer but no vectors,\nso there are no similarities to show.");
  return _ ("Type something, and its similarities appear here.");
}

SemHeatmapData *
sem_heatmap_data_new (SemAnalysis *analysis,
                      const SemViewOptions *options,
                      SemTextContext *text,
                      gboolean is_live)
{
  SemHeatmapData *self = g_new0 (SemHeatmapData, 1);
  g_autoptr (SemOrder) order = NULL;
  const gsize n = sem_analysis_has_vectors (analysis) ? sem_analysis_get_n (analysis) : 0;
  SemUnits *units = sem_analysis_get_units (analysis);
  gboolean any_zero = FALSE;

  g_atomic_ref_count_init (&self->ref_count);
  self->analysis = sem_analysis_ref (analysis);
  self->order = options->order;
  self->order_unit = options->order_unit;
  self->first_text = get_first_text (options);
  self->metric = sem_analysis_get_options (analysis)->metric;
  self->n_rows = self->n_cols = self->n_row_units = self->n_col_units = n;
  self->symmetric = self->shares_units = TRUE;
  self->row_names = g_new0 (char *, n + 1);
  if (n == 0)
    {
      self->message = g_strdup (explain_emptiness (analysis));
      finish (self, NULL, NULL, 0, text);
      return self;
    }
  self->values = sem_matrix_ref ((SemMatrix *)sem_analysis_get_similarity (analysis));
  self->statistics = *sem_analysis_get_pair_statistics (analysis);
  self->row_zero = g_new0 (gboolean, n);
  for (gsize i = 0; i < n; i++)
    {
      self->row_names[i] = g_strdup (sem_units_get (units, i)->label);
      self->row_zero[i] = sem_analysis_is_zero (analysis, i);
      any_zero |= self->row_zero[i];
    }
  if (!any_zero)
    g_clear_pointer (&self->row_zero, g_free);
  if (self->first_text > 0)
    finish_against (self, options, text, is_live);
  else
    {
      order = make_asked_order (self, options, is_live);
      finish (self, order, NULL, 0, text);
    }
  return self;
}

gboolean
sem_heatmap_data_fits (const SemHeatmapData *self, const SemLayoutInput *input)
{
  return self->analysis && !self->awaits_order && self->analysis == input->analysis
         && self->text == input->text && self->order == input->options->order
         && self->order_unit == input->options->order_unit
         && self->first_text == get_first_text (input->options);
}

const SemHistogram *
sem_heatmap_data_get_histogram (SemHeatmapData *self, double min, double max, gsize n_bins)
{
  if (!self->histogram.bins || self->histogram.n_bins != n_bins || self->histogram_min != min
      || self->histogram_max != max)
    {
      sem_histogram_clear (&self->histogram);
      sem_histogram_init (&self->histogram, self->block ? self->block : self->values,
                          self->symmetric, min, max, n_bins);
      self->histogram_min = min;
      self->histogram_max = max;
    }
  return &self->histogram;
}

const float *
sem_heatmap_data_get_places (SemHeatmapData *self)
{
  float *place;

  if (self->places)
    return self->places;
  place = self->places = g_new (float, MAX (self->n_rows * self->n_cols, 1));
  for (gsize row = 0; row < self->n_rows; row++)
    {
      const double *values = sem_matrix_get_row (self->values, self->row_order[row]);

      for (gsize col = 0; col < self->n_cols; col++)
        *place++ = (float)values[self->col_order[col]];
    }
  return self->places;
}
