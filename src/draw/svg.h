/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An SVG writer that listens to the last step of drawing (draw/canvas.h).  Text becomes <text> elements at their place in the order
 * of drawing, and the same drawing gives the same bytes whatever version of cairo is there: of cairo only the path, the
 * source, the line, the matrix and the clip are asked for, all public.
 *
 * SVG 1.1 (W3C Recommendation, 16 August 2011), and paint-order of SVG 2 for halos. */
#pragma once

#include "draw/canvas.h"

G_BEGIN_DECLS

typedef struct _SemSvg SemSvg;

/* A page of width x height points; title: for screen readers, may be NULL. */
SemSvg *sem_svg_new (double width, double height, const char *title);
/* Draw here; borrowed, until sem_svg_free_to_bytes(). */
cairo_t *sem_svg_get_cairo (SemSvg *self);
/* The whole file, UTF-8; frees the writer.  Errors: G_IO_ERROR_FAILED with cairo's words when drawing broke. */
GBytes *sem_svg_free_to_bytes (SemSvg *self, GError **error);

G_END_DECLS
