/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of an image worked on in an own loop, for marks of which there are too many for cairo. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* over, scaled by coverage (0..255), on under; both premultiplied ARGB32.  Two channels are worked on at once. */
static inline guint32
sem_pixel_blend (guint32 under, guint32 over, guint32 coverage)
{
  const guint32 even = 0x00ff00ffu, half = 0x00800080u;
  const guint32 rest = 255 - coverage;
  guint32 low = (over & even) * coverage + (under & even) * rest + half;
  guint32 high = (over >> 8 & even) * coverage + (under >> 8 & even) * rest + half;

  low = (low + (low >> 8 & even)) >> 8 & even;
  high = (high + (high >> 8 & even)) & ~even;
  return low | high;
}

/* From user space to the pixels of the image that cr draws on; FALSE when it draws on something else. */
gboolean sem_pixels_get_matrix (cairo_t *cr, cairo_matrix_t *matrix);
/* The pixel whose corner (x, y) is, when pixels are 1 / scale wide and the image is ARGB32; else FALSE. */
gboolean sem_pixels_find (cairo_t *cr, double x, double y, double scale, int *left, int *top);

G_END_DECLS
