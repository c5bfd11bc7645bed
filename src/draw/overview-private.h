/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the overview figure, shared by its layout (overview.c) and its drawing (overview-draw.c). */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

#define SEM_OVERVIEW_PAGE_MARGIN 16.0
#define SEM_OVERVIEW_TEXT_LEAD 22.0
#define SEM_OVERVIEW_CARD_PADDING 14.0
#define SEM_OVERVIEW_TEXT_SIZE 15.0
#define SEM_OVERVIEW_SENTENCE_SIZE 14.0

typedef struct
{
  SemLayout *layout;
  SemBox box; /* where its picture is */
  SemBox card;
  const char *title;
  char *subtitle;
} SemOverviewPart;

enum
{
  SEM_OVERVIEW_PART_TOKENS,
  SEM_OVERVIEW_PART_HEATMAP,
  SEM_OVERVIEW_PART_MAP,
  SEM_OVERVIEW_N_PARTS,
};

typedef struct
{
  SemLayout base;
  SemAnalysis *analysis;
  const SemTheme *theme;
  SemTextContext *text;
  double unit_size;
  gsize selected[2];
  gsize n_selected; /* of the focus the figure was made for, at most 2 are told of */
  SemRank rank;     /* of the two */
  SemBox text_card;
  char *words;   /* the text, or its beginning */
  GArray *lines; /* SemTextLine into words */
  gboolean text_complete;
  SemOverviewPart parts[SEM_OVERVIEW_N_PARTS];
  char *tokens_note; /* how many tokens found no room */
  SemBox sentence;   /* height 0: no room */
} SemOverviewLayout;

/* "25 words" */
char *sem_overview_count_units (SemUnitKind kind, gsize n);

/* overview-draw.c */
void sem_overview_draw (const SemLayout *layout, cairo_t *cr);
void sem_overview_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);

G_END_DECLS
