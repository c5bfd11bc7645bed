/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of the vectors picture, shared by its layout (vectors.c) and its drawing (vectors-draw.c).
 *
 * From the top: a caption with the scale bar; one strip of colour cells per unit, aligned by dimension; the numbers themselves
 * of the first selected units.  A cell is one dimension, or, when there are more dimensions than places, the value of largest
 * magnitude among as many neighbours as the caption says: nothing is averaged away. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

#define SEM_N_VECTOR_STATISTICS 4

typedef struct
{
  gsize unit, other; /* other: SEM_NO_ITEM, or the unit subtracted from it */
  double y, height;  /* of the strip */
  double *values;    /* dim, in dimension order */
  gsize *shown;      /* n_cells: the dimension that stands for each cell */
  char *label, *norm;
  char *statistics[SEM_N_VECTOR_STATISTICS]; /* mean, sd, min (dimension), max (dimension) */
  cairo_surface_t *image; /* n_cells x 1 */
} SemStrip;

/* One list of numbers: columns of "dimension value". */
typedef struct
{
  gsize unit;
  double top; /* of its heading */
  gsize n_rows, n_columns, n_shown;
  char *heading;
} SemNumberList;

typedef struct
{
  SemLayout base;
  SemAnalysis *analysis;
  const SemTheme *theme;
  const SemColorMap *map;
  SemTextContext *text;
  double unit_size, scale;
  gsize dim, n_cells, per_cell;
  gsize *order;   /* dim: the dimension at each place */
  gsize *place;   /* dim: the inverse */
  double limit;   /* the scale runs from -limit to limit */
  double label_width, strip_x, cell_width, norm_x;
  gboolean has_statistics; /* there is room for them beside the norms */
  double strips_top, strips_bottom;
  GArray *strips; /* SemStrip */
  GArray *lists;  /* SemNumberList */
  double column_width, row_height;
  char *caption, *note;   /* note: instead of everything, when there is nothing to show */
  char *more;             /* under the strips: how many units found no room */
} SemVectorsLayout;

/* The place of a dimension among the cells. */
static inline gsize
sem_vectors_cell_of (const SemVectorsLayout *self, gsize dimension)
{
  return self->place[dimension] / self->per_cell;
}

/* The box of the number of a place (0, 1, ...) in a list. */
SemBox sem_vectors_number_box (const SemVectorsLayout *self, const SemNumberList *list, gsize place);

/* vectors-draw.c */
void sem_vectors_draw (const SemLayout *layout, cairo_t *cr);
void sem_vectors_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);

G_END_DECLS
