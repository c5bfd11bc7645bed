/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of two token rows on one text, shared by their layout (token-pair.c) and their drawing (token-pair-draw.c).
 *
 * A line of the picture is a piece of the text: the first model's tokens above, the second's below.  Both rows are cut into
 * cells, the smallest stretches that both cut alike at their ends; a cell is as wide as the wider of its rows needs, and the
 * chips of the other are stretched to it.  Points, y down. */
#pragma once

#include "draw/tokens-private.h"

G_BEGIN_DECLS

typedef struct
{
  gsize first[2], n[2]; /* chips of each row */
  gboolean differs;     /* the rows are cut differently inside */
  gboolean glued;       /* no gap before it: a piece of the word before */
  double natural[2];    /* width each row needs */
  SemBox box;           /* both rows */
} SemPairCell;

/* A boundary that only one row has. */
typedef struct
{
  double x, y; /* on the edge of its row that looks at the other */
  guint row;
} SemPairMark;

typedef struct
{
  SemLayout base;
  SemComparison *comparison;
  const SemTheme *theme;
  SemTextContext *text;
  double unit_size;         /* 1 at normal text size */
  double gutter, header;    /* left of the rows; above the first line */
  SemTokensLayout *rows[2]; /* their chips stand where this picture draws them, units are the first model's */
  GArray *cells;            /* SemPairCell, in reading order */
  GArray *marks;            /* SemPairMark */
  char *names[2], *counts[2];
  char *summary;            /* how many boundaries differ */
  char *note;               /* how many tokens were left out, or why there is nothing; NULL: none */
  SemBox note_box;
} SemTokenPair;

#define SEM_PAIR_ROW_GAP 11.0 /* between the two rows of a line: room for the marks */

/* token-pair-draw.c */
void sem_token_pair_draw (const SemLayout *layout, cairo_t *cr);
void sem_token_pair_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);

G_END_DECLS
