/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemLayout: one picture, laid out: immutable marks in points, y down, origin at its top left.  Every picture has a
 * constructor (sem_heatmap_layout_new ...) that does all the work, and these functions over the marks:
 *   draw          the base picture; sets everything it uses and leaves cr as it found it
 *   draw_overlay  hover, selection, links; cheap, never a part of the base
 *   pick          the item at a place, exact on the marks that were drawn
 *   locate        the box of an item's mark: the inverse of pick, for keys, tooltips and tests
 * Screen, PNG, SVG and PDF use the same four.  draw and draw_overlay finish their paths with sem_canvas_fill() and
 * sem_canvas_stroke() of draw/canvas.h, never with cairo's own: that is how SVG keeps text as text.  Reference-counted; keeps what it needs of the analysis alive. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/comparison.h"
#include "core/analysis/item.h"
#include "core/analysis/view-options.h"
#include "draw/text.h"
#include "draw/theme.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _SemLayout SemLayout;

typedef struct
{
  double x, y, width, height;
} SemBox;
typedef struct
{
  double x, y;
} SemPoint;
/* Is a place inside a closed polygon?  Even-odd rule; fewer than 3 corners hold nothing. */
gboolean sem_polygon_contains (const SemPoint *corners, gsize n, double x, double y);
gboolean sem_box_contains (const SemBox *self, double x, double y); /* half open: right and bottom edge are outside */

typedef struct
{
  const char *id; /* "tokens", "similarity", "map", "vectors", "overview" */
  void (*free) (SemLayout *self); /* frees what the subclass holds, not the struct's base */
  void (*draw) (const SemLayout *self, cairo_t *cr);
  void (*draw_overlay) (const SemLayout *self, const SemFocus *focus, cairo_t *cr);
  void (*pick) (const SemLayout *self, double x, double y, SemItem *item);
  gboolean (*locate) (const SemLayout *self, const SemItem *item, SemBox *box);
  /* The item reached from `from` by an arrow key, (dx, dy) one of (+-1, 0), (0, +-1); from of kind NONE: the first. */
  void (*step) (const SemLayout *self, const SemItem *from, int dx, int dy, SemItem *to);
  /* Appends the units (gsize, each once) whose marks a polygon holds; a rubber band is a polygon of four corners.  NULL: marks of
   * this picture cannot be chosen so. */
  void (*enclose) (const SemLayout *self, const SemPoint *corners, gsize n, GArray *units);
  /* Where an item is in the unit square of the picture's viewport, in view or not; NULL: the picture has none. */
  gboolean (*place) (const SemLayout *self, const SemItem *item, double *u, double *v);
  /* All that is drawn otherwise than by `previous`, a layout of the same class: a box outside of which the base pictures are equal
   * (empty: everywhere).  FALSE, and no vfunc: not known. */
  gboolean (*find_change) (const SemLayout *self, const SemLayout *previous, SemBox *box);
  /* For pictures of several plots that zoom alike: the one around a place; NULL: there is one, SemLayout.plot. */
  gboolean (*find_plot) (const SemLayout *self, double x, double y, SemBox *box);
} SemLayoutClass;

/* First member of every picture's own struct. */
struct _SemLayout
{
  const SemLayoutClass *klass;
  gatomicrefcount ref_count;
  double width, height; /* asked for */
  SemBox plot; /* where a viewport's window is shown: at zoom 1 its unit square; the whole picture by default */
  double content_height; /* >= height when the picture is taller than asked for and scrolls (tokens) */
};

/* What all constructors take. */
typedef struct
{
  SemAnalysis *analysis;
  SemComparison *comparison; /* with another model, analysis is its first; NULL: one model alone */
  const SemViewOptions *options;
  const SemTheme *theme;
  SemTextContext *text;
  double width, height; /* points */
  double scale;         /* device pixels per point, for hairlines and pixel-sharp cells; 0 for vector output */
  gboolean is_live; /* on screen: a clustered order that has not been made yet is not waited for; a worker makes it */
  SemLayout *previous;  /* the layout this one replaces, or NULL: what has not changed (order, histogram, placed labels) is taken over */
} SemLayoutInput;

void sem_layout_init (SemLayout *self, const SemLayoutClass *klass, const SemLayoutInput *input);
SemLayout *sem_layout_ref (SemLayout *self);
void sem_layout_unref (SemLayout *self);
void sem_layout_draw (const SemLayout *self, cairo_t *cr);
void sem_layout_draw_overlay (const SemLayout *self, const SemFocus *focus, cairo_t *cr);
void sem_layout_pick (const SemLayout *self, double x, double y, SemItem *item);
gboolean sem_layout_locate (const SemLayout *self, const SemItem *item, SemBox *box);
void sem_layout_step (const SemLayout *self, const SemItem *from, int dx, int dy, SemItem *to);
gboolean sem_layout_can_enclose (const SemLayout *self);
void sem_layout_enclose (const SemLayout *self, const SemPoint *corners, gsize n, GArray *units);
gboolean sem_layout_place (const SemLayout *self, const SemItem *item, double *u, double *v);
/* The plot around a place: that of the panel under it, or the picture's own. */
void sem_layout_get_plot (const SemLayout *self, double x, double y, SemBox *box);
/* The box outside of which this picture is the same as another one; FALSE when it has to be drawn whole. */
gboolean sem_layout_find_change (const SemLayout *self, const SemLayout *previous, SemBox *box);
/* Draws over an image of the other picture what is in that box; scale: device pixels per point.  The image is then that of this picture. */
void sem_layout_draw_change (const SemLayout *self, const SemBox *box, double scale, cairo_t *cr);
/* An empty picture's sentence, in the middle of it. */
void sem_layout_draw_message (const SemLayout *self, SemTextContext *text, const SemTheme *theme, const char *message, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemLayout, sem_layout_unref)

/* The pictures.  Each is never NULL: an empty analysis gives an empty picture with a sentence in it. */
SemLayout *sem_tokens_layout_new (const SemLayoutInput *input);  /* draw/tokens.c: the strip of pieces with ids */
SemLayout *sem_heatmap_layout_new (const SemLayoutInput *input); /* draw/heatmap.c */
SemLayout *sem_map_layout_new (const SemLayoutInput *input);     /* draw/map.c */
/* The same for two models; each is the one above when input->comparison is NULL. */
SemLayout *sem_token_pair_layout_new (const SemLayoutInput *input);   /* draw/token-pair.c: both rows on one text */
SemLayout *sem_heatmap_pair_layout_new (const SemLayoutInput *input); /* draw/heatmap-pair.c: both and their difference */
SemLayout *sem_map_pair_layout_new (const SemLayoutInput *input);     /* draw/map-pair.c: the second turned onto the first */
/* draw/vectors.c: strips and numbers of the units in focus (all when nothing is selected). */
SemLayout *sem_vectors_layout_new (const SemLayoutInput *input, const SemFocus *focus);
/* draw/overview.c: text, tokens, heatmap, map and sentence in one figure, for export and the command line. */
SemLayout *sem_overview_layout_new (const SemLayoutInput *input, const SemFocus *focus);

G_END_DECLS
