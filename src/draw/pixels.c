/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pixels of a picture are while it is drawn. */
#include "draw/pixels.h"

#include <math.h>

gboolean
sem_pixels_get_matrix (cairo_t *cr, cairo_matrix_t *matrix)
{
  cairo_surface_t *target = cairo_get_target (cr);
  double offset_x, offset_y, scale_x, scale_y;
  cairo_matrix_t scale;

  if (cairo_get_group_target (cr) != target
      || cairo_surface_get_type (target) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;
  cairo_surface_get_device_offset (target, &offset_x, &offset_y);
  cairo_surface_get_device_scale (target, &scale_x, &scale_y);
  cairo_get_matrix (cr, matrix);
  cairo_matrix_init_scale (&scale, scale_x, scale_y);
  cairo_matrix_multiply (matrix, matrix, &scale);
  return offset_x == 0.0 && offset_y == 0.0;
}

gboolean
sem_pixels_find (cairo_t *cr, double x, double y, double scale, int *left, int *top)
{
  cairo_matrix_t matrix;

  if (!sem_pixels_get_matrix (cr, &matrix)
      || cairo_image_surface_get_format (cairo_get_target (cr)) != CAIRO_FORMAT_ARGB32
      || fabs (matrix.xx - scale) > 1e-9 || fabs (matrix.yy - scale) > 1e-9 || matrix.xy != 0.0
      || matrix.yx != 0.0)
    return FALSE;
  cairo_matrix_transform_point (&matrix, &x, &y);
  if (!(fabs (x) < 1e6 && fabs (y) < 1e6) || fabs (x - floor (x + 0.5)) > 1e-6
      || fabs (y - floor (y + 0.5)) > 1e-6)
    return FALSE;
  *left = (int)floor (x + 0.5);
  *top = (int)floor (y + 0.5);
  return TRUE;
}
