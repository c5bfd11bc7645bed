/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemBoxGrid: boxes in a uniform grid, for "does this overlap anything?" in constant time.  Boxes are in points, y down;
 * those outside the grid's area are kept in its border cells, so that no query misses them. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct _SemBoxGrid SemBoxGrid;

/* A grid over area for about n_expected boxes of about cell_width x cell_height; at most 256 x 256 cells. */
SemBoxGrid *sem_box_grid_new (const SemBox *area,
                              double cell_width,
                              double cell_height,
                              gsize n_expected);
void sem_box_grid_free (SemBoxGrid *self);
/* owner: whose box it is; a query leaves out the boxes of one owner. */
void sem_box_grid_add (SemBoxGrid *self, const SemBox *box, gsize owner);
/* TRUE when box overlaps (not merely touches) a box of another owner; except = G_MAXSIZE leaves out none. */
gboolean sem_box_grid_hits (const SemBoxGrid *self, const SemBox *box, gsize except);
gboolean sem_boxes_overlap (const SemBox *a, const SemBox *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemBoxGrid, sem_box_grid_free)

G_END_DECLS
