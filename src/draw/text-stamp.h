/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTextStamp: the coverage of one slanted line of text, kept: filling its outlines costs ten times as much as painting
 * it, and a heatmap's column labels are filled anew in each frame of a zoom.  Zero-initialised: none yet. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct
{
  cairo_surface_t *mask; /* A8, or NULL; whoever has the stamp destroys it */
  cairo_matrix_t matrix; /* to pixels, its origin within one */
  int left, top;         /* of the mask, from the pixel of the line's origin */
} SemTextStamp;

/* Paints line with its origin at (x, y) in the source of cr, whose matrix it leaves changed: the same pixels as filling the
 * outlines.  FALSE when there is no stamp for this (not an image, too large): nothing has been painted then. */
gboolean sem_text_stamp_press (SemTextStamp *self, cairo_t *cr, PangoLayoutLine *line, double x, double y);

G_END_DECLS
