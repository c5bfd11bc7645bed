/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two heatmaps on one scale of colours, in one order, their difference on a scale of its own, and
 * the pairs that disagree most.  Each panel is the ordinary heatmap. */
#include "draw/heatmap-pair-private.h"

#include "draw/canvas.h"
#include "draw/heatmap-private.h"
#include "draw/i18n.h"
#include "draw/plot.h"

#include <math.h>
#include <string.h>

#define GAP 14.0
#define LIST_ROWS 4 /* that the list asks for below the panels */

static void
heatmap_pair_free (SemLayout *layout)
{
  SemHeatmapPair *self = (SemHeatmapPair *)layout;

  for (guint i = 0; i < SEM_N_HEATMAP_PANELS; i++)
    sem_panel_clear (&self->panels[i]);
  g_array_unref (self->list.rows);
  sem_text_context_unref (self->text);
  sem_comparison_unref (self->comparison);
}

static gboolean
is_comparable (const SemHeatmapPair *self)
{
  return sem_comparison_get_comparability (self->comparison) == SEM_COMPARABLE;
}

static guint
count_panels (const SemHeatmapPair *self)
{
  return is_comparable (self) ? 3 : 2;
}

/* --- data --- */

/* Marks the units whose vector is all zeros in either model: hatched, as in their own heatmap. */
static void
mark_zeros (SemHeatmapData *data, SemAnalysis *first, SemAnalysis *second)
{
  gboolean *zero = g_new0 (gboolean, MAX (data->n_row_units, 1)), any = FALSE;

  for (gsize i = 0; i < data->n_row_units; i++)
    {
      zero[i]
          = (first != NULL && sem_analysis_is_zero (first, i)) || sem_analysis_is_zero (second, i);
      any |= zero[i];
    }
  if (any)
    data->row_zero = data->col_zero = zero;
  else
    g_free (zero);
}

/* The trees are left out: they would take their room from one panel alone. */
static void
make_data (const SemHeatmapPair *self,
           const SemViewOptions *options,
           gboolean is_live,
           SemHeatmapData *data[3])
{
  SemAnalysis *first = sem_comparison_get_first (self->comparison);
  SemAnalysis *second = sem_comparison_get_second (self->comparison);
  SemMatrix *difference = (SemMatrix *)sem_comparison_get_difference (self->comparison);
  SemViewOptions own = *options;

  data[0] = sem_heatmap_data_new (first, options, self->text, is_live);
  g_clear_pointer (&data[0]->merges, g_free);
  if (is_comparable (self) && data[0]->values != NULL)
    {
      data[1] = sem_heatmap_data_new_like (
          data[0], (SemMatrix *)sem_analysis_get_similarity (second), data[0]->metric);
      data[2] = sem_heatmap_data_new_like (data[0], difference, SEM_METRIC_COSINE);
      mark_zeros (data[1], NULL, second);
      mark_zeros (data[2], first, second);
      return;
    }
  /* Units of their own, in an order of their own. */
  if (own.order_unit != SEM_NO_ITEM)
    own.order_unit = sem_comparison_find_second (self->comparison, own.order_unit);
  data[1] = sem_heatmap_data_new (second, &own, self->text, is_live);
  g_clear_pointer (&data[1]->merges, g_free);
}

/* --- scales --- */

/* One range for both: what the options ask for, of the pairs of both together. */
static void
lock_range (SemViewOptions *options, const SemHeatmapData *a, const SemHeatmapData *b)
{
  SemPairStatistics both = a->statistics;
  SemValueScale scale;

  if (a->message != NULL)
    both = b->statistics;
  else if (b->message == NULL)
    {
      both.min = MIN (both.min, b->statistics.min);
      both.max = MAX (both.max, b->statistics.max);
      both.percentile_2 = MIN (both.percentile_2, b->statistics.percentile_2);
      both.percentile_98 = MAX (both.percentile_98, b->statistics.percentile_98);
    }
  sem_value_scale_init (&scale, options, a->metric, &both);
  options->range = SEM_RANGE_CUSTOM;
  options->range_min = scale.min;
  options->range_max = scale.max;
}

/* Around 0, to the largest difference rounded up to two digits; a map of other colours, so that
 * nobody takes it for a similarity. */
static void
set_difference_range (SemViewOptions *options, const SemAgreement *agreement)
{
  const double largest = agreement->largest > 0.0 ? agreement->largest : 0.01;
  const double step = pow (10.0, floor (log10 (largest)) - 1.0);
  const char *own = sem_color_map_get_id (sem_color_map_get (options->color_map));

  options->range = SEM_RANGE_CUSTOM;
  options->range_max = MAX (ceil (largest / step - 1e-9) * step, 0.01);
  options->range_min = -options->range_max;
  options->color_map
      = g_intern_string (strcmp (own, "purple-green") == 0 ? "blue-red" : "purple-green");
}

/* --- places --- */

/* Three in a row above the list, or a grid of four with the list as the fourth, whichever makes
 * the panels larger; one below the other where it is narrow. */
static void
place_panels (SemHeatmapPair *self)
{
  const double size = sem_text_context_get_scale (self->text), gap = GAP * size;
  const double title = sem_panel_measure_title (self->text), width = self->base.width;
  const double height = self->note_top;
  const double list = is_comparable (self) ? sem_pair_list_measure (self->text, LIST_ROWS) : 0.0;
  const guint n = count_panels (self);
  const double row_width = (width - gap * (n - 1)) / n, row_height = height - list - title;
  const double grid_width = (width - gap) / 2.0, grid_height = (height - gap) / 2.0 - title;
  const double column_height = (height - list - gap * (n - 1)) / n - title;
  const double row = MIN (row_width, row_height * 1.2);
  const double grid = MIN (grid_width, grid_height * 1.2);
  SemBox rest = { 0.0, 0.0, 0.0, 0.0 };

  for (guint i = 0; i < n; i++)
    {
      SemBox *box = &self->panels[i].box;

      if (row >= grid || n == 2)
        {
          /* A heatmap is square, and beside it stand names and the colour bar. */
          const double tall = MIN (row_height, n == 2 ? row_height : row_width * 0.84);

          *box = (SemBox){ i * (row_width + gap), title, row_width, tall };
          rest = (SemBox){ 0.0, title + tall + gap, width, height - title - tall - gap };
        }
      else
        {
          *box = (SemBox){ (i % 2) * (grid_width + gap),
                           title + (double)(i / 2) * (grid_height + title + gap), grid_width,
                           grid_height };
          rest = (SemBox){ grid_width + gap, title + grid_height + gap, grid_width,
                           grid_height + title };
        }
      if (MIN (width, column_height) > MAX (row, grid))
        {
          *box = (SemBox){ 0.0, title + i * (column_height + title + gap), width, column_height };
          rest = (SemBox){ 0.0, height - list, width, list };
        }
      box->width = MAX (box->width, 1.0);
      box->height = MAX (box->height, 1.0);
    }
  if (is_comparable (self))
    sem_pair_list_place (&self->list, self->comparison, self->text, &rest);
}

/* --- words --- */

static void
name_panels (SemHeatmapPair *self)
{
  const SemAgreement *agreement = sem_comparison_get_agreement (self->comparison);

  for (guint i = 0; i < 2; i++)
    {
      const SemHeatmapData *data = ((const SemHeatmap *)self->panels[i].layout)->data;
      g_autofree char *mean = sem_text_dup_number (data->statistics.mean, 2);

      self->panels[i].title = sem_pair_dup_title (self->comparison, i);
      if (data->message == NULL && data->statistics.n_pairs > 0)
        self->panels[i].about = g_strdup_printf (_ ("mean of all pairs %s"), mean);
    }
  if (self->panels[SEM_PANEL_DIFFERENCE].layout == NULL)
    return;
  self->panels[SEM_PANEL_DIFFERENCE].title = g_strdup (_ ("B − A  difference"));
  if (agreement->n_pairs > 0)
    {
      g_autofree char *mean = sem_text_dup_number (agreement->mean, 2);
      g_autofree char *largest = sem_text_dup_number (agreement->largest, 2);
      g_autofree char *correlation = sem_text_dup_number (agreement->correlation, 2);

      self->panels[SEM_PANEL_DIFFERENCE].about
          = isnan (agreement->correlation)
                ? g_strdup_printf (_ ("on average %s, at most %s"), mean, largest)
                /* Translators: the size of the differences, and Pearson's correlation of the two
                 * heatmaps. */
                : g_strdup_printf (_ ("on average %s, at most %s · correlation %s"), mean, largest,
                                   correlation);
    }
}

/* --- the layout's functions --- */

static void
heatmap_pair_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemHeatmapPair *self = (const SemHeatmapPair *)layout;
  const char *obstacle = sem_pair_get_obstacle (self->comparison);

  sem_panels_draw (self->panels, SEM_N_HEATMAP_PANELS, self->text, self->theme, cr);
  if (obstacle == NULL)
    sem_pair_list_draw (&self->list, self->comparison, self->text, self->theme, cr);
  else
    sem_pair_draw_sentence (
        self->text, self->theme, obstacle,
        &(SemBox){ 0.0, self->note_top, layout->width, layout->height - self->note_top }, cr);
}

static void
heatmap_pair_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemHeatmapPair *self = (const SemHeatmapPair *)layout;
  gsize a, b, row = G_MAXSIZE;

  sem_panels_draw_overlay (self->panels, SEM_N_HEATMAP_PANELS, self->comparison, focus, cr);
  if (is_comparable (self) && sem_plot_get_pair (focus, &a, &b))
    row = sem_pair_list_find (&self->list, self->comparison, a, b);
  if (row != G_MAXSIZE)
    sem_pair_list_draw_ring (
        &self->list, row, self->theme,
        focus->hover.kind == SEM_ITEM_PAIR ? self->theme->hover : self->theme->accent, cr);
}

static void
heatmap_pair_pick (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemHeatmapPair *self = (const SemHeatmapPair *)layout;

  sem_panels_pick (self->panels, SEM_N_HEATMAP_PANELS, self->comparison, x, y, item);
  if (item->kind == SEM_ITEM_NONE && is_comparable (self))
    sem_pair_list_pick (&self->list, self->comparison, x, y, item);
}

static gboolean
heatmap_pair_locate (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  return sem_panel_locate (&((const SemHeatmapPair *)layout)->panels[SEM_PANEL_FIRST], item, box);
}

static void
heatmap_pair_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  sem_layout_step (((const SemHeatmapPair *)layout)->panels[SEM_PANEL_FIRST].layout, from, dx, dy,
                   to);
}

static gboolean
heatmap_pair_find_plot (const SemLayout *layout, double x, double y, SemBox *box)
{
  return sem_panels_find_plot (((const SemHeatmapPair *)layout)->panels, SEM_N_HEATMAP_PANELS, x, y,
                               box);
}

static gboolean
heatmap_pair_place (const SemLayout *layout, const SemItem *item, double *u, double *v)
{
  return sem_layout_place (((const SemHeatmapPair *)layout)->panels[SEM_PANEL_FIRST].layout, item,
                           u, v);
}

static const SemLayoutClass heatmap_pair_class = {
  .id = "similarity",
  .free = heatmap_pair_free,
  .draw = heatmap_pair_draw,
  .draw_overlay = heatmap_pair_draw_overlay,
  .pick = heatmap_pair_pick,
  .locate = heatmap_pair_locate,
  .step = heatmap_pair_step,
  .place = heatmap_pair_place,
  .find_plot = heatmap_pair_find_plot,
};

/* --- making it --- */

/* What the picture before this one was made of, when that has not changed. */
static gboolean
take_data (SemHeatmapPair *self, const SemLayoutInput *input, SemHeatmapData *data[3])
{
  const SemHeatmapPair *previous = (const SemHeatmapPair *)input->previous;

  if (previous == NULL || previous->base.klass != &heatmap_pair_class
      || previous->comparison != self->comparison || previous->text != self->text
      || previous->order != self->order || previous->order_unit != self->order_unit
      || previous->shape != self->shape || previous->first_text != self->first_text)
    return FALSE;
  for (guint i = 0; i < SEM_N_HEATMAP_PANELS; i++)
    if (previous->panels[i].layout != NULL
        && ((SemHeatmap *)previous->panels[i].layout)->data->awaits_order)
      return FALSE;
  for (guint i = 0; i < SEM_N_HEATMAP_PANELS; i++)
    if (previous->panels[i].layout != NULL)
      data[i] = sem_heatmap_data_ref (((SemHeatmap *)previous->panels[i].layout)->data);
  return TRUE;
}

static void
make_panels (SemHeatmapPair *self, const SemLayoutInput *input)
{
  SemHeatmapData *data[SEM_N_HEATMAP_PANELS] = { NULL, NULL, NULL };
  SemViewOptions options = *input->options;

  if (!take_data (self, input, data))
    make_data (self, input->options, input->is_live, data);
  lock_range (&options, data[0], data[1]);
  for (guint i = 0; i < SEM_N_HEATMAP_PANELS; i++)
    {
      SemPanel *panel = &self->panels[i];
      SemLayoutInput own = *input;

      if (data[i] == NULL)
        continue;
      if (i == SEM_PANEL_DIFFERENCE)
        set_difference_range (&options, sem_comparison_get_agreement (self->comparison));
      own.analysis = i == SEM_PANEL_SECOND ? sem_comparison_get_second (self->comparison)
                                           : sem_comparison_get_first (self->comparison);
      own.comparison = NULL;
      own.options = &options;
      own.width = panel->box.width;
      own.height = panel->box.height;
      own.previous = NULL;
      panel->layout = sem_heatmap_layout_new_for_data (&own, data[i]);
      panel->is_second = i == SEM_PANEL_SECOND;
      sem_heatmap_data_unref (data[i]);
    }
}

SemLayout *
sem_heatmap_pair_layout_new (const SemLayoutInput *input)
{
  SemHeatmapPair *self;

  if (input->comparison == NULL)
    return sem_heatmap_layout_new (input);
  self = g_new0 (SemHeatmapPair, 1);
  sem_layout_init (&self->base, &heatmap_pair_class, input);
  self->comparison = sem_comparison_ref (input->comparison);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->order = input->options->order;
  self->order_unit = input->options->order_unit;
  self->shape = input->options->shape;
  self->first_text = input->options->first_text;
  self->list.rows = g_array_new (FALSE, FALSE, sizeof (SemBox));
  self->note_top
      = input->height - (is_comparable (self) ? 0.0 : sem_pair_measure_sentence (input->text));
  place_panels (self);
  make_panels (self, input);
  name_panels (self);
  self->base.plot = self->panels[0].layout->plot;
  self->base.plot.x += self->panels[0].box.x;
  self->base.plot.y += self->panels[0].box.y;
  return &self->base;
}
