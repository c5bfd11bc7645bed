/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lights up in a heatmap: the row and column of the chosen pair, a ring around its cell, its
 * labels, and its value at the colour bar. */
#include "draw/heatmap-private.h"

#include "draw/canvas.h"
#include "draw/plot.h"

#define MAX_RINGED_UNITS 12 /* of a large selection not every pair is ringed */

/* The row or column of a place; of a lower triangle the part that has cells. */
static void
draw_band (const SemHeatmap *self, gboolean row, gsize place, cairo_t *cr)
{
  SemBox box = self->plot;
  double start = row ? sem_heatmap_get_row_y (self, place) : sem_heatmap_get_col_x (self, place);
  double end
      = row ? sem_heatmap_get_row_y (self, place + 1) : sem_heatmap_get_col_x (self, place + 1);
  const double low = row ? box.y : box.x, high = low + (row ? box.height : box.width);

  start = MAX (start - self->gap, low - 1.0);
  end = MIN (end, high);
  if (end <= start)
    return;
  if (row)
    {
      box.y = start;
      box.height = end - start;
    }
  else
    {
      box.x = start;
      box.width = end - start;
    }
  if (row && !sem_heatmap_is_shown (self, 0, 1))
    box.width = MIN (sem_heatmap_get_col_x (self, place + 1) - box.x, box.width);
  else if (!row && !sem_heatmap_is_shown (self, 0, 1))
    {
      double top = MAX (sem_heatmap_get_row_y (self, place), box.y);

      box.height -= top - box.y;
      box.y = top;
    }
  if (box.width <= 0.0 || box.height <= 0.0)
    return;
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  /* Outlines only: a tint would change the colours it lies on. */
  sem_rgba_set_source (sem_rgba_with_alpha (self->theme->accent, 0.55), cr);
  cairo_set_line_width (cr, 1.0);
  sem_canvas_stroke (cr);
}

static void
draw_ring (const SemHeatmap *self, gsize row, gsize col, double width, cairo_t *cr)
{
  SemBox box;

  if (!sem_heatmap_is_shown (self, row, col) || !sem_heatmap_get_cell_box (self, row, col, &box))
    return;
  box.width -= self->gap;
  box.height -= self->gap;
  sem_canvas_round_rectangle (cr, box.x - width / 2.0, box.y - width / 2.0, box.width + width,
                              box.height + width, MIN (2.5, box.width / 2.0));
  sem_rgba_set_source (self->theme->accent, cr);
  cairo_set_line_width (cr, width);
  sem_canvas_stroke (cr);
}

static void
draw_row_chip (const SemHeatmap *self, gsize unit, cairo_t *cr)
{
  const gsize place = self->data->row_place[unit];
  const double y
      = (sem_heatmap_get_row_y (self, place) + sem_heatmap_get_row_y (self, place + 1)) / 2.0;
  g_autofree char *text = NULL;

  if (y < self->plot.y || y > self->plot.y + self->plot.height)
    return;
  text = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                              self->data->row_names[unit], self->row_room);
  sem_plot_draw_chip (self->text, self->theme, self->label_size, text,
                      self->plot.x - SEM_HEATMAP_LABEL_GAP, y + self->label_size * 0.34, 1.0, cr);
}

static void
draw_col_chip (const SemHeatmap *self, gsize unit, cairo_t *cr)
{
  const gsize place = self->data->col_place[unit];
  const double x
      = (sem_heatmap_get_col_x (self, place) + sem_heatmap_get_col_x (self, place + 1)) / 2.0;
  g_autofree char *text = NULL;

  if (x < self->plot.x || x > self->plot.x + self->plot.width)
    return;
  text = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                              self->data->col_names[unit], self->col_room);
  cairo_save (cr);
  cairo_translate (cr, x, self->plot.y - SEM_HEATMAP_LABEL_GAP);
  cairo_rotate (cr, -self->angle_deg * G_PI / 180.0);
  sem_plot_draw_chip (self->text, self->theme, self->label_size, text, 0.0, self->label_size * 0.34,
                      0.0, cr);
  cairo_restore (cr);
}

static void
draw_unit (const SemHeatmap *self, gsize unit, gboolean bands, cairo_t *cr)
{
  const SemHeatmapData *data = self->data;

  if (!data->shares_units)
    return;
  if (sem_heatmap_data_has_row (data, unit))
    {
      if (bands)
        draw_band (self, TRUE, data->row_place[unit], cr);
      draw_row_chip (self, unit, cr);
    }
  if (sem_heatmap_data_has_col (data, unit))
    {
      if (bands)
        draw_band (self, FALSE, data->col_place[unit], cr);
      draw_col_chip (self, unit, cr);
    }
}

static void
draw_pair (const SemHeatmap *self, gsize unit, gsize other, cairo_t *cr)
{
  const SemHeatmapData *data = self->data;
  gsize row, col;

  /* Of two texts only one way round is a cell; two units of one text are none. */
  if (data->shares_units && !data->symmetric && !sem_heatmap_data_has_row (data, unit))
    {
      gsize swap = unit;

      unit = other;
      other = swap;
    }
  if (!sem_heatmap_data_has_row (data, unit) || !sem_heatmap_data_has_col (data, other))
    {
      draw_unit (self, unit, TRUE, cr);
      draw_unit (self, other, TRUE, cr);
      return;
    }
  row = data->row_place[unit];
  col = data->col_place[other];
  if (!sem_heatmap_is_shown (self, row, col))
    {
      gsize swap = row;

      row = col;
      col = swap;
    }
  draw_band (self, TRUE, row, cr);
  draw_band (self, FALSE, col, cr);
  draw_ring (self, row, col, 2.0, cr);
  draw_row_chip (self, data->row_order[row], cr);
  draw_col_chip (self, data->col_order[col], cr);
  if (self->has_bar)
    sem_colorbar_draw_pointer (&self->bar, sem_matrix_get (data->values, unit, other), cr);
}

static void
draw_selection_rings (const SemHeatmap *self, const SemFocus *focus, cairo_t *cr)
{
  const gsize n = MIN (focus->n_selected, MAX_RINGED_UNITS);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      if (i != j && sem_heatmap_data_has_row (self->data, focus->selected[i])
          && sem_heatmap_data_has_col (self->data, focus->selected[j]))
        draw_ring (self, self->data->row_place[focus->selected[i]],
                   self->data->col_place[focus->selected[j]], 1.0, cr);
}

void
sem_heatmap_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  gsize unit, other;

  if (self->data->message)
    return;
  for (gsize i = 0; i < focus->n_selected; i++)
    draw_unit (self, focus->selected[i], FALSE, cr);
  if (focus->n_selected > 2 && self->data->shares_units)
    draw_selection_rings (self, focus, cr);
  draw_unit (self, sem_plot_get_unit (&focus->hover), TRUE, cr);
  if (sem_plot_get_pair (focus, &unit, &other))
    draw_pair (self, unit, other, cr);
}
