/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemHeatmapData: what a heatmap shows, apart from any size or colour: names of rows and columns, values, order, tree and
 * statistics.  Made from an analysis, or from a matrix and names for one text against another, differences and tests.
 * Immutable once made, reference-counted; a layout hands it on to the one that replaces it.  Thread: one at a time. */
#pragma once

#include "core/analysis/order.h"
#include "draw/colorbar-scale.h"
#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  gsize n_rows, n_cols;            /* places */
  gsize n_row_units, n_col_units;  /* units the values, names and places are numbered by; those places show may be fewer */
  gboolean symmetric;        /* rows and columns are the same units: there is a diagonal */
  gboolean shares_units;     /* rows and columns are numbered alike: symmetric, or two parts of one text */
  SemMatrix *values;         /* n_row_units x n_col_units; NULL when empty */
  SemMatrix *block;          /* n_rows x n_cols: those that are shown, when they are not all of values; else NULL */
  char **row_names, **col_names; /* by unit; the same array when symmetric */
  double *row_widths, *col_widths; /* of the names at SEM_HEATMAP_MEASURE_SIZE; the same array when symmetric */
  double widest_row, widest_col;
  double line_height; /* of the tallest name, in sizes */
  gboolean *row_zero, *col_zero; /* by unit: its vector is all zeros; NULL: none is */
  gsize *row_order, *col_order;  /* place -> unit */
  gsize *row_place, *col_place;  /* unit -> place; G_MAXSIZE: it has none */
  gboolean is_typed;             /* places are units */
  SemMerge *merges;              /* n_rows - 1 of them in order of height, or NULL without a tree */
  SemMetric metric;
  SemPairStatistics statistics;  /* of all pairs, diagonal left out */
  char *message;                 /* said instead of a picture when there are no values */
  SemAnalysis *analysis; /* it was made from, or NULL */
  SemOrderKind order;
  gboolean awaits_order; /* as typed, because the clustered order is still being made */
  gsize order_unit;
  gsize first_text; /* 0: not one text against another */
  SemTextContext *text;
  SemHistogram histogram; /* of the range last asked for: a cache, filled by sem_heatmap_data_get_histogram() */
  double histogram_min, histogram_max;
  float *places; /* n_rows x n_cols values by place: a cache, filled by sem_heatmap_data_get_places() */
} SemHeatmapData;

#define SEM_HEATMAP_MEASURE_SIZE 10.0

/* From an analysis, in the order the options ask for.  is_live: a clustered order that is not there yet is not waited for. */
SemHeatmapData *sem_heatmap_data_new (SemAnalysis *analysis,
                                      const SemViewOptions *options,
                                      SemTextContext *text,
                                      gboolean is_live);
/* Rows against columns; names are copied, values kept.  col_names NULL: the rows' own, and values is symmetric.  order is
 * for that kind, borrowed; NULL: as they are. */
SemHeatmapData *sem_heatmap_data_new_for_matrix (SemMatrix *values,
                                                 const char *const *row_names,
                                                 const char *const *col_names,
                                                 SemMetric metric,
                                                 const SemOrder *order,
                                                 SemTextContext *text);
/* Other values of the same units, n_row_units x n_col_units, in the names, order and shape of another heatmap; without its
 * tree and its marks of zero vectors. */
SemHeatmapData *sem_heatmap_data_new_like (const SemHeatmapData *like, SemMatrix *values, SemMetric metric);
/* Has the unit a row, or a column? */
static inline gboolean
sem_heatmap_data_has_row (const SemHeatmapData *self, gsize unit)
{
  return unit < self->n_row_units && self->row_place[unit] < self->n_rows;
}
static inline gboolean
sem_heatmap_data_has_col (const SemHeatmapData *self, gsize unit)
{
  return unit < self->n_col_units && self->col_place[unit] < self->n_cols;
}
/* Is it what sem_heatmap_data_new() would make again? */
gboolean sem_heatmap_data_fits (const SemHeatmapData *self, const SemLayoutInput *input);
/* All pairs counted over a range; borrowed, until the next call. */
const SemHistogram *sem_heatmap_data_get_histogram (SemHeatmapData *self, double min, double max, gsize n_bins);
/* The values in the order they are shown in, row by row, for means of so many that their last digits do not count; borrowed. */
const float *sem_heatmap_data_get_places (SemHeatmapData *self);
SemHeatmapData *sem_heatmap_data_ref (SemHeatmapData *self);
void sem_heatmap_data_unref (SemHeatmapData *self);

/* The heatmap of any data; input->analysis may be NULL.  previous: see SemLayoutInput. */
SemLayout *sem_heatmap_layout_new_for_data (const SemLayoutInput *input, SemHeatmapData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemHeatmapData, sem_heatmap_data_unref)

G_END_DECLS
