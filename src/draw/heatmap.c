/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heatmap of similarities: its class, its base picture without the cells, and its constructors.
 */
#include "draw/heatmap-private.h"

#include "draw/canvas.h"
#include "draw/plot.h"

#include <math.h>

static void
clear_labels (gpointer data)
{
  g_free (((SemHeatmapLabel *)data)->text);
}

static void
heatmap_free (SemLayout *layout)
{
  SemHeatmap *self = (SemHeatmap *)layout;

  g_array_unref (self->row_labels);
  g_array_unref (self->col_labels);
  sem_colorbar_clear (&self->bar);
  sem_text_context_unref (self->text);
  sem_heatmap_data_unref (self->data);
}

static SemRgba
get_label_color (const SemHeatmap *self, const gboolean *zero, gsize unit)
{
  return zero && zero[unit] ? self->theme->text_faint : self->theme->text;
}

/* Baseline below the middle of a label, so that lower-case letters look centred. */
static double
get_baseline_shift (const SemHeatmap *self)
{
  return self->label_size * 0.34;
}

static void
draw_row_labels (const SemHeatmap *self, cairo_t *cr)
{
  for (guint i = 0; i < self->row_labels->len; i++)
    {
      const SemHeatmapLabel *label = &g_array_index (self->row_labels, SemHeatmapLabel, i);

      sem_text_draw (self->text, cr, SEM_FONT_BODY, self->label_size, label->text, label->x,
                     label->y + get_baseline_shift (self), 1.0,
                     get_label_color (self, self->data->row_zero, label->unit));
    }
}

static void
draw_col_labels (const SemHeatmap *self, cairo_t *cr)
{
  for (guint i = 0; i < self->col_labels->len; i++)
    {
      const SemHeatmapLabel *label = &g_array_index (self->col_labels, SemHeatmapLabel, i);

      cairo_save (cr);
      cairo_translate (cr, label->x, label->y);
      cairo_rotate (cr, -self->angle_deg * G_PI / 180.0);
      sem_text_draw (self->text, cr, SEM_FONT_BODY, self->label_size, label->text, 0.0,
                     get_baseline_shift (self), 0.0,
                     get_label_color (self, self->data->col_zero, label->unit));
      cairo_restore (cr);
    }
}

/* Where only some rows are named, a tick says which. */
static void
draw_label_ticks (const SemHeatmap *self, cairo_t *cr)
{
  for (guint i = 0; i < self->row_labels->len; i++)
    {
      const double y
          = sem_canvas_snap (g_array_index (self->row_labels, SemHeatmapLabel, i).y, self->scale);

      cairo_move_to (cr, self->plot.x - 4.0, y);
      cairo_line_to (cr, self->plot.x - 1.0, y);
    }
  for (guint i = 0; i < self->col_labels->len; i++)
    {
      const double x
          = sem_canvas_snap (g_array_index (self->col_labels, SemHeatmapLabel, i).x, self->scale);

      cairo_move_to (cr, x, self->plot.y - 4.0);
      cairo_line_to (cr, x, self->plot.y - 1.0);
    }
  sem_rgba_set_source (self->theme->axis, cr);
  cairo_set_line_width (cr, 1.0);
  sem_canvas_stroke (cr);
}

/* The tree lies right of the cells, leaves towards them; the further out a merge, the less alike
 * its branches. */
static void
draw_tree (const SemHeatmap *self, cairo_t *cr)
{
  const SemHeatmapData *data = self->data;
  const gsize n = data->n_rows;
  const double width = self->tree_width - 6.0;
  g_autofree double *x = g_new (double, 2 * n), *y = g_new (double, 2 * n);
  double highest = 0.0;

  for (gsize i = 0; i + 1 < n; i++)
    highest = MAX (highest, data->merges[i].height);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = self->tree_x + 3.0;
      y[i] = self->content_y + ((double)data->row_place[i] + 0.5) * self->cell;
    }
  cairo_save (cr);
  cairo_rectangle (cr, self->tree_x, self->plot.y, self->tree_width, self->plot.height);
  cairo_clip (cr);
  for (gsize i = 0; i + 1 < n; i++)
    {
      const SemMerge *merge = &data->merges[i];

      x[n + i] = self->tree_x + 3.0 + (highest > 0.0 ? width * merge->height / highest : 0.0);
      y[n + i] = (y[merge->left] + y[merge->right]) / 2.0;
      cairo_move_to (cr, x[merge->left], y[merge->left]);
      cairo_line_to (cr, x[n + i], y[merge->left]);
      cairo_line_to (cr, x[n + i], y[merge->right]);
      cairo_line_to (cr, x[merge->right], y[merge->right]);
    }
  sem_rgba_set_source (self->theme->text_faint, cr);
  cairo_set_line_width (cr, 1.0);
  sem_canvas_stroke (cr);
  cairo_restore (cr);
}

static void
heatmap_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;

  if (self->data->message)
    {
      sem_plot_draw_message (self->text, self->theme, self->data->message, layout->width,
                             layout->height, cr);
      return;
    }
  sem_heatmap_draw_cells (self, cr);
  draw_row_labels (self, cr);
  draw_col_labels (self, cr);
  if (self->stride > 1)
    draw_label_ticks (self, cr);
  if (self->data->merges)
    draw_tree (self, cr);
  if (self->has_bar)
    sem_colorbar_draw (&self->bar, self->scale, cr);
}

static const SemLayoutClass heatmap_class = {
  .id = "similarity",
  .free = heatmap_free,
  .draw = heatmap_draw,
  .draw_overlay = sem_heatmap_draw_overlay,
  .pick = sem_heatmap_pick,
  .locate = sem_heatmap_locate,
  .step = sem_heatmap_step,
  .enclose = sem_heatmap_enclose,
  .place = sem_heatmap_place,
};

SemLayout *
sem_heatmap_layout_new_for_data (const SemLayoutInput *input, SemHeatmapData *data)
{
  SemHeatmap *self = g_new0 (SemHeatmap, 1);

  sem_layout_init (&self->base, &heatmap_class, input);
  self->data = sem_heatmap_data_ref (data);
  self->text = sem_text_context_ref (input->text);
  self->theme = input->theme;
  self->map = sem_color_map_get (input->options->color_map);
  self->scale = input->scale;
  self->shape = input->options->shape;
  self->row_labels = g_array_new (FALSE, FALSE, sizeof (SemHeatmapLabel));
  self->col_labels = g_array_new (FALSE, FALSE, sizeof (SemHeatmapLabel));
  g_array_set_clear_func (self->row_labels, clear_labels);
  g_array_set_clear_func (self->col_labels, clear_labels);
  sem_value_scale_init (&self->values, input->options, data->metric, &data->statistics);
  if (!data->message)
    sem_heatmap_arrange (self, input);
  return &self->base;
}

SemLayout *
sem_heatmap_layout_new (const SemLayoutInput *input)
{
  g_autoptr (SemHeatmapData) data = NULL;

  if (input->previous && input->previous->klass == &heatmap_class
      && sem_heatmap_data_fits (((SemHeatmap *)input->previous)->data, input))
    data = sem_heatmap_data_ref (((SemHeatmap *)input->previous)->data);
  else
    data = sem_heatmap_data_new (input->analysis, input->options, input->text, input->is_live);
  return sem_heatmap_layout_new_for_data (input, data);
}
