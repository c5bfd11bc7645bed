/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discs and rings by the thousand: the coverage of each kind is made once for each of 4 x 4 places within a pixel, kept, and
 * blended into the pixels of the image that is being drawn (2 000 points: 1 ms, as cairo paths 12 ms).
 * SemDots keeps the coverage; a layout hands it on to the one that replaces it.  Reference-counted.  Thread: one at a time. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct _SemDots SemDots;

/* scale: device pixels per point. */
SemDots *sem_dots_new (double scale);
SemDots *sem_dots_ref (SemDots *self);
void sem_dots_unref (SemDots *self);
double sem_dots_get_scale (const SemDots *self);

/* The pixels behind a box of the picture. */
typedef struct
{
  guint32 *pixels; /* of the box's top left, which may be outside; NULL: there is nothing to draw on */
  gsize stride;    /* in pixels */
  int left, top, right, bottom; /* what may be written to, from there */
  double x, y, scale;           /* the box's top left in points */
  cairo_surface_t *surface;     /* the target, or an image of its own */
  gboolean is_own;
} SemDotTarget;

/* Between begin and end cr is not drawn on by others.  The target's own pixels where it is an image that box lies on evenly,
 * else an image that is painted at the end. */
void sem_dots_begin (SemDotTarget *target, cairo_t *cr, const SemBox *box, double scale);
void sem_dots_end (SemDotTarget *target, cairo_t *cr);
/* A disc, or with line > 0 a ring of that width, in points of the picture; color is premultiplied ARGB32. */
void sem_dots_press (SemDots *self, const SemDotTarget *target, double x, double y, double radius, double line, guint32 color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemDots, sem_dots_unref)

G_END_DECLS
