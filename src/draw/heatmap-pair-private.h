/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of two heatmaps and their difference, shared by heatmap-pair.c and heatmap-pair-list.c. */
#pragma once

#include "draw/pair.h"

G_BEGIN_DECLS

enum
{
  SEM_PANEL_FIRST,
  SEM_PANEL_SECOND,
  SEM_PANEL_DIFFERENCE,
  SEM_N_HEATMAP_PANELS
};

/* The pairs that disagree most, in columns. */
typedef struct
{
  SemBox box;       /* of everything, title too; no width: no room */
  GArray *rows;     /* of SemBox, by rank */
  double row_height, title_height, column_width;
} SemPairList;

typedef struct
{
  SemLayout base;
  SemComparison *comparison;
  const SemTheme *theme;
  SemTextContext *text;
  SemOrderKind order; /* of the rows and columns of all panels */
  gsize order_unit;
  SemHeatmapShape shape;
  gsize first_text;
  SemPanel panels[SEM_N_HEATMAP_PANELS];
  SemPairList list;
  double note_top; /* of the sentence that stands for difference and list */
} SemHeatmapPair;

/* heatmap-pair-list.c: as many rows as the box has room for. */
double sem_pair_list_measure (SemTextContext *text, gsize n_rows);
void sem_pair_list_place (SemPairList *self, const SemComparison *comparison, SemTextContext *text, const SemBox *box);
void sem_pair_list_draw (const SemPairList *self,
                         const SemComparison *comparison,
                         SemTextContext *text,
                         const SemTheme *theme,
                         cairo_t *cr);
/* The row of a pair, either way round, or G_MAXSIZE. */
gsize sem_pair_list_find (const SemPairList *self, const SemComparison *comparison, gsize a, gsize b);
void sem_pair_list_draw_ring (const SemPairList *self, gsize row, const SemTheme *theme, SemRgba color, cairo_t *cr);
void sem_pair_list_pick (const SemPairList *self, const SemComparison *comparison, double x, double y, SemItem *item);

G_END_DECLS
