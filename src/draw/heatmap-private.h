/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of a heatmap, shared by its files: heatmap-layout.c makes them, heatmap-cells.c, heatmap-raster.c, heatmap.c and heatmap-overlay.c
 * draw and pick them.  Points, y down. */
#pragma once

#include "draw/colorbar.h"
#include "draw/heatmap-data.h"

G_BEGIN_DECLS

typedef struct
{
  gsize unit;
  double x, y; /* of a row: right end and middle; of a column: the foot, in the middle of the column */
  char *text;  /* elided */
} SemHeatmapLabel;

typedef struct
{
  SemLayout base;
  SemHeatmapData *data;
  SemTextContext *text;
  const SemTheme *theme;
  const SemColorMap *map;
  SemValueScale values;
  SemHeatmapShape shape;
  double scale;                /* device pixels per point; 0: vector */
  SemBox plot;                 /* the window the cells are seen through */
  double cell;                 /* side of a cell */
  double content_x, content_y; /* top left of the first cell, inside the window or not */
  gsize first_row, end_row, first_col, end_col; /* places that show in the window */
  double gap, corner;          /* between cells; radius of a cell's corners */
  double number_size;          /* 0: no numbers */
  guint decimals;
  double label_size, angle_deg;
  double row_room, col_room;   /* length a label may have */
  gsize stride;                /* every so many rows and columns have a label */
  GArray *row_labels, *col_labels; /* SemHeatmapLabel */
  double tree_x, tree_width;   /* 0: no tree */
  gboolean has_bar;
  SemColorbar bar;
} SemHeatmap;

#define SEM_HEATMAP_LABEL_GAP 6.0

/* Edges of places as they are drawn: on whole device pixels, or exact for vector output. place may be one past the last. */
double sem_heatmap_get_col_x (const SemHeatmap *self, gsize place);
double sem_heatmap_get_row_y (const SemHeatmap *self, gsize place);
/* The part of a cell, row or column that is in the window; FALSE when none is. */
gboolean sem_heatmap_get_cell_box (const SemHeatmap *self, gsize row_place, gsize col_place, SemBox *box);
/* Is the cell drawn at all (the upper triangle may not be)? */
static inline gboolean
sem_heatmap_is_shown (const SemHeatmap *self, gsize row_place, gsize col_place)
{
  return self->shape == SEM_SHAPE_FULL || !self->data->symmetric || col_place <= row_place;
}

/* heatmap-layout.c */
void sem_heatmap_arrange (SemHeatmap *self, const SemLayoutInput *input);
/* heatmap-cells.c */
#define SEM_HEATMAP_TEXT_STEP 8 /* shades that share a text colour */
typedef struct
{
  const SemHeatmap *self;
  SemRgba shades[SEM_N_SHADES];
  guint32 pixels[SEM_N_SHADES];
  SemRgba text[SEM_N_SHADES / SEM_HEATMAP_TEXT_STEP];
  gboolean has_text[SEM_N_SHADES / SEM_HEATMAP_TEXT_STEP];
  guint32 surface, hatch;
} SemHeatmapPalette;

void sem_heatmap_draw_cells (const SemHeatmap *self, cairo_t *cr);
SemRgba sem_heatmap_get_text_color (SemHeatmapPalette *palette, gsize shade);
double sem_heatmap_get_value (const SemHeatmap *self, gsize row_place, gsize col_place);
gboolean sem_heatmap_is_zero_cell (const SemHeatmap *self, gsize row_place, gsize col_place);
/* heatmap-raster.c */
void sem_heatmap_draw_raster (const SemHeatmap *self, SemHeatmapPalette *palette, cairo_t *cr);
/* heatmap-overlay.c */
void sem_heatmap_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);
/* heatmap-pick.c */
void sem_heatmap_pick (const SemLayout *layout, double x, double y, SemItem *item);
gboolean sem_heatmap_locate (const SemLayout *layout, const SemItem *item, SemBox *box);
void sem_heatmap_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to);
void sem_heatmap_enclose (const SemLayout *layout, const SemPoint *corners, gsize n, GArray *units);
gboolean sem_heatmap_place (const SemLayout *layout, const SemItem *item, double *u, double *v);

G_END_DECLS
