/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last step of drawing: fill, stroke, image and text.  Pictures set up cairo as usual (path, source, line, clip, matrix)
 * and finish with these instead of cairo_fill(), cairo_stroke() and cairo_paint(), because cairo's own SVG surface turns text
 * into outlines and writes differently in each of its versions: a surface that has a sink attached hands every step to it,
 * in order, and the SVG writer makes elements of them with text as <text>.  Without a sink they are cairo's functions.
 *
 * What a sink understands: solid colours and linear gradients; rectangular clips (another clip counts as its bounding box);
 * images in ARGB32.  Groups, masks, cairo_paint() and operators other than OVER it never sees: do not use them. */
#pragma once

#include "draw/color.h"

G_BEGIN_DECLS

/* A line of text as a sink gets it; in user space, y of its baseline. */
typedef struct
{
  const char *text;
  const char *family; /* as resolved: the first family a reader should try */
  gboolean is_mono;
  double size;
  int weight; /* 400, 700 */
  double x, y; /* the left end, wherever the text was aligned */
  double width;
  double align; /* 0, 0.5, 1: what it was aligned by, for writers that can say so */
  gboolean is_rtl; /* base direction */
  SemRgba color, halo;
  double halo_width; /* 0: none */
} SemCanvasText;

typedef struct _SemCanvasSink SemCanvasSink;
struct _SemCanvasSink
{
  void (*fill) (SemCanvasSink *self, cairo_t *cr);
  void (*stroke) (SemCanvasSink *self, cairo_t *cr);
  void (*image) (SemCanvasSink *self, cairo_t *cr, cairo_surface_t *image, double x, double y, double width, double height, gboolean smooth);
  void (*text) (SemCanvasSink *self, cairo_t *cr, const SemCanvasText *text);
};

/* The sink is borrowed and must outlive the surface's use. */
void sem_canvas_attach (cairo_surface_t *surface, SemCanvasSink *sink);
SemCanvasSink *sem_canvas_get_sink (cairo_t *cr); /* NULL: none */
/* For PostScript, which has no translucency (cairo would make an image of all that such a colour touches, text too): from now
 * on fills and strokes of a translucent colour are that colour as seen on this one. */
void sem_canvas_set_flat (cairo_surface_t *surface, const SemRgba *background);
/* Is this a file whose lines have no device pixels (SVG, PDF)? */
gboolean sem_canvas_is_vector (cairo_t *cr);

void sem_canvas_fill (cairo_t *cr);
void sem_canvas_fill_preserve (cairo_t *cr);
void sem_canvas_stroke (cairo_t *cr);
void sem_canvas_stroke_preserve (cairo_t *cr);
/* An image surface stretched into a box; smooth FALSE keeps its pixels square (nearest). */
void sem_canvas_image (cairo_t *cr, cairo_surface_t *image, double x, double y, double width, double height, gboolean smooth);

/* Empties an image, within the clip. */
void sem_canvas_clear (cairo_t *cr);

/* Paths that every picture needs. */
void sem_canvas_round_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius);
/* Nearest place where a line of one device pixel is sharp; unchanged for scale 0 (vector). */
double sem_canvas_snap (double position, double scale);

G_END_DECLS
