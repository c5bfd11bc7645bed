/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a heatmap and the numbers in them: their colours, and vector output, as rectangles
 * and real text or as an image of a pixel a cell above 200 x 200.  What has device pixels is in
 * heatmap-raster.c. */
#include "draw/heatmap-private.h"

#include "draw/canvas.h"

#define MAX_VECTOR_CELLS (200 * 200)
#define MIN_TEXT_CONTRAST 4.5

static SemHeatmapPalette *
palette_new (const SemHeatmap *self)
{
  SemHeatmapPalette *palette = g_new0 (SemHeatmapPalette, 1);

  palette->self = self;
  sem_value_scale_get_shades (&self->values, self->theme, self->map, palette->shades);
  for (gsize i = 0; i < SEM_N_SHADES; i++)
    palette->pixels[i] = sem_rgba_to_argb32 (palette->shades[i]);
  palette->surface = sem_rgba_to_argb32 (self->theme->surface);
  palette->hatch = sem_rgba_to_argb32 (self->theme->axis);
  return palette;
}

/* A number's colour: softer than black or white where that still reads well. */
SemRgba
sem_heatmap_get_text_color (SemHeatmapPalette *palette, gsize shade)
{
  const gsize step = shade / SEM_HEATMAP_TEXT_STEP;

  if (!palette->has_text[step])
    {
      SemRgba fill = palette->shades[shade];
      SemRgba full = sem_theme_text_on (palette->self->theme, fill);
      SemRgba soft = sem_rgba_mix (full, fill, 0.22);

      palette->text[step] = sem_rgba_contrast (soft, fill) >= MIN_TEXT_CONTRAST + 0.5 ? soft : full;
      palette->has_text[step] = TRUE;
    }
  return palette->text[step];
}

double
sem_heatmap_get_value (const SemHeatmap *self, gsize row_place, gsize col_place)
{
  return sem_matrix_get (self->data->values, self->data->row_order[row_place],
                         self->data->col_order[col_place]);
}

gboolean
sem_heatmap_is_zero_cell (const SemHeatmap *self, gsize row_place, gsize col_place)
{
  const SemHeatmapData *data = self->data;

  return (data->row_zero && data->row_zero[data->row_order[row_place]])
         || (data->col_zero && data->col_zero[data->col_order[col_place]]);
}

static void
format_cell (const SemHeatmap *self, gsize row_place, gsize col_place, char *text, gsize size)
{
  sem_format_value (sem_heatmap_get_value (self, row_place, col_place), self->decimals,
                    SEM_NARROW_MINUS, text, size);
}

static void
draw_hatched_rectangle (const SemHeatmap *self, const SemBox *box, cairo_t *cr)
{
  sem_rgba_set_source (self->theme->axis, cr);
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, box->x, box->y, box->width - self->gap, box->height - self->gap);
  cairo_move_to (cr, box->x, box->y + box->height - self->gap);
  cairo_line_to (cr, box->x + box->width - self->gap, box->y);
  sem_canvas_stroke (cr);
}

static void
draw_cell (const SemHeatmap *self, SemHeatmapPalette *palette, gsize row, gsize col, cairo_t *cr)
{
  SemBox box;
  gsize shade;
  char text[32];

  if (!sem_heatmap_is_shown (self, row, col) || !sem_heatmap_get_cell_box (self, row, col, &box))
    return;
  if (sem_heatmap_is_zero_cell (self, row, col))
    {
      draw_hatched_rectangle (self, &box, cr);
      return;
    }
  shade = sem_value_scale_get_shade (&self->values, sem_heatmap_get_value (self, row, col));
  sem_rgba_set_source (palette->shades[shade], cr);
  cairo_rectangle (cr, box.x, box.y, box.width - self->gap, box.height - self->gap);
  sem_canvas_fill (cr);
  if (self->number_size <= 0.0)
    return;
  format_cell (self, row, col, text, sizeof text);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, self->number_size, text,
                 box.x + (box.width - self->gap) / 2.0,
                 box.y + (box.height - self->gap) / 2.0 + self->number_size * 0.36, 0.5,
                 sem_heatmap_get_text_color (palette, shade));
}

/* One pixel a cell, stretched with square pixels. */
static void
draw_cell_image (const SemHeatmap *self, const SemHeatmapPalette *palette, cairo_t *cr)
{
  const gint width = (gint)(self->end_col - self->first_col),
             height = (gint)(self->end_row - self->first_row);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint32 *pixels = (guint32 *)(void *)cairo_image_surface_get_data (surface);
  const gsize stride = (gsize)cairo_image_surface_get_stride (surface) / 4;

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      for (gsize row = self->first_row; row < self->end_row; row++)
        for (gsize col = self->first_col; col < self->end_col; col++)
          if (sem_heatmap_is_shown (self, row, col))
            pixels[(row - self->first_row) * stride + col - self->first_col]
                = palette->pixels[sem_value_scale_get_shade (
                    &self->values, sem_heatmap_get_value (self, row, col))];
      cairo_surface_mark_dirty (surface);
      sem_canvas_image (cr, surface, sem_heatmap_get_col_x (self, self->first_col),
                        sem_heatmap_get_row_y (self, self->first_row), width * self->cell,
                        height * self->cell, FALSE);
    }
  cairo_surface_destroy (surface);
}

void
sem_heatmap_draw_cells (const SemHeatmap *self, cairo_t *cr)
{
  SemHeatmapPalette *palette = palette_new (self);

  cairo_save (cr);
  cairo_rectangle (cr, self->plot.x, self->plot.y, self->plot.width, self->plot.height);
  cairo_clip (cr);
  if (self->scale > 0.0)
    sem_heatmap_draw_raster (self, palette, cr);
  else if ((self->end_row - self->first_row) * (self->end_col - self->first_col) > MAX_VECTOR_CELLS)
    draw_cell_image (self, palette, cr);
  else
    for (gsize row = self->first_row; row < self->end_row; row++)
      for (gsize col = self->first_col; col < self->end_col; col++)
        draw_cell (self, palette, row, col, cr);
  cairo_restore (cr);
  g_free (palette);
}
