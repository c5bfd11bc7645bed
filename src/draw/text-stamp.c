/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks of slanted lines of text. */
#include "draw/text-stamp.h"

#include "draw/pixels.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define MAX_STAMP 1000.0 /* pixels; a longer line is filled each time */

static gboolean
make_stamp (SemTextStamp *self, const cairo_matrix_t *matrix, PangoLayoutLine *line)
{
  cairo_t *cr;
  double left, top, right, bottom;
  cairo_surface_t *probe = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);

  g_clear_pointer (&self->mask, cairo_surface_destroy);
  cr = cairo_create (probe);
  cairo_set_matrix (cr, matrix);
  cairo_move_to (cr, 0.0, 0.0);
  pango_cairo_layout_line_path (cr, line);
  cairo_identity_matrix (cr);
  cairo_path_extents (cr, &left, &top, &right, &bottom);
  cairo_destroy (cr);
  cairo_surface_destroy (probe);
  if (!(right - left < MAX_STAMP) || !(bottom - top < MAX_STAMP))
    return FALSE;
  self->matrix = *matrix;
  self->left = (int)floor (left) - 1;
  self->top = (int)floor (top) - 1;
  self->mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int)ceil (right) + 1 - self->left,
                                           (int)ceil (bottom) + 1 - self->top);
  cr = cairo_create (self->mask);
  cairo_translate (cr, -self->left, -self->top);
  cairo_transform (cr, matrix);
  cairo_move_to (cr, 0.0, 0.0);
  pango_cairo_layout_line_path (cr, line);
  cairo_fill (cr);
  cairo_destroy (cr);
  return TRUE;
}

gboolean
sem_text_stamp_press (SemTextStamp *self,
                      cairo_t *cr,
                      PangoLayoutLine *line,
                      double user_x,
                      double user_y)
{
  cairo_matrix_t matrix;
  double x, y, scale_x, scale_y;

  if (!sem_pixels_get_matrix (cr, &matrix))
    return FALSE;
  cairo_matrix_translate (&matrix, user_x, user_y);
  x = floor (matrix.x0);
  y = floor (matrix.y0);
  /* Places a thousandth of a pixel apart are one. */
  matrix.x0 = floor ((matrix.x0 - x) * 1024.0 + 0.5) / 1024.0;
  matrix.y0 = floor ((matrix.y0 - y) * 1024.0 + 0.5) / 1024.0;
  if (!(fabs (x) < 1e6 && fabs (y) < 1e6))
    return FALSE;
  if ((self->mask == NULL || memcmp (&self->matrix, &matrix, sizeof matrix) != 0)
      && !make_stamp (self, &matrix, line))
    return FALSE;
  cairo_surface_get_device_scale (cairo_get_target (cr), &scale_x, &scale_y);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1.0 / scale_x, 1.0 / scale_y);
  cairo_mask_surface (cr, self->mask, x + self->left, y + self->top);
  return TRUE;
}
