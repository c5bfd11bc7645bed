/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemViewOptions: how the pictures show an analysis.  Nothing in here changes a number; the document keeps them, the layouts
 * read them, a project file saves them.  Zero-initialised = the defaults of DESIGN.md 7 (use SEM_VIEW_OPTIONS_INIT). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_RANGE_FULL,    /* -1 .. 1 */
  SEM_RANGE_UNIT,    /* 0 .. 1 */
  SEM_RANGE_STRETCH, /* 2nd to 98th percentile of the pairs, diagonal left out */
  SEM_RANGE_CUSTOM,  /* range_min .. range_max */
} SemRangeKind;

typedef enum
{
  SEM_ORDER_TYPED,
  SEM_ORDER_BY_UNIT,   /* by similarity to order_unit */
  SEM_ORDER_CLUSTERED, /* optimal leaf order */
} SemOrderKind;

typedef enum
{
  SEM_SHAPE_FULL,
  SEM_SHAPE_LOWER, /* lower triangle */
  SEM_SHAPE_AGAINST, /* one text against another: units of the first text as rows, of what follows it as columns */
} SemHeatmapShape;

typedef enum
{
  SEM_COLOR_BY_UNIT,     /* hue from the first token's id, as in the token strip */
  SEM_COLOR_BY_SENTENCE,
  SEM_COLOR_BY_COSINE,   /* to color_unit */
} SemColorBy;

typedef enum
{
  SEM_VECTOR_ORDER_DIMENSION,
  SEM_VECTOR_ORDER_CONTRIBUTION, /* of the two selected units to their dot product */
} SemVectorOrder;

/* A window onto a picture: centre in picture coordinates of the unzoomed layout (0..1 of its content), and zoom >= 1. */
typedef struct
{
  double center_x, center_y, zoom;
} SemViewport;
#define SEM_VIEWPORT_INIT { 0.5, 0.5, 1.0 }

typedef struct
{
  SemRangeKind range;
  double range_min, range_max;
  SemOrderKind order;
  gsize order_unit;
  SemHeatmapShape shape;
  gsize first_text; /* paragraphs of the first text, at least 1; the second follows after a blank line */
  const char *color_map; /* id of a colour map in draw/color.h, interned; NULL: the default diverging one */
  SemViewport heatmap_view;
  gsize component_x, component_y; /* of the map */
  gboolean map_depth;          /* the next component as depth, the map turned by these two angles */
  double map_yaw, map_pitch;   /* degrees: about the upright and then about the level axis; 0, 0 is the flat map */
  const char *map_axes; /* word pairs in place of components (core/analysis/axes.h), interned; NULL: components */
  SemColorBy color_by;
  gsize color_unit;        /* of SEM_COLOR_BY_COSINE; one that there is not counts as the first */
  gboolean fade_misplaced; /* a point is the fainter the fewer of its true neighbours are near it in the plane */
  gboolean nearby_words;   /* the nearest words of the vocabulary behind the points of the map (core/analysis/nearby.h) */
  gboolean dim_function_words; /* the, is, a ... drawn fainter */
  gboolean show_spaces;        /* blanks in the token strip as dots */
  gboolean show_special;       /* [CLS], [SEP] in the token strip */
  SemViewport map_view;
  SemVectorOrder vector_order;
} SemViewOptions;

#define SEM_VIEW_OPTIONS_INIT \
  { .component_y = 1, .order_unit = G_MAXSIZE, .color_unit = G_MAXSIZE, .first_text = 1, .range_min = -1.0, .range_max = 1.0, .heatmap_view = SEM_VIEWPORT_INIT, \
    .map_view = SEM_VIEWPORT_INIT }

G_END_DECLS
