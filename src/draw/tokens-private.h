/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token strip's marks, shared by its layout (tokens.c) and its drawing (tokens-draw.c).
 *
 * Order: tokens stand from left to right and then down in the order of their ids, also for text that is written from right to
 * left: the strip is the list the model sees.  Within a chip the piece is shaped and ordered as its script wants. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

#define SEM_MAX_CHIPS 4000 /* more tokens are counted in a sentence at the end, not drawn */

typedef enum
{
  SEM_CHIP_PIECE,
  SEM_CHIP_SPECIAL, /* outlined, not filled */
  SEM_CHIP_UNKNOWN, /* hatched */
  SEM_CHIP_BYTES,   /* hex digits in a box with square corners */
} SemChipKind;

typedef struct
{
  gsize token, unit; /* unit: SEM_NO_ITEM when it belongs to none */
  guint32 id;
  SemChipKind kind;
  gboolean joined_left, joined_right; /* to the chip before and after: pieces of one word */
  SemBox box;
  char *label;  /* what is written, already elided */
  char *id_text;
} SemChip;

typedef struct
{
  SemLayout base;
  SemAnalysis *analysis;
  const SemTheme *theme;
  SemTextContext *text;
  double unit_size; /* 1 at normal text size: every length is a multiple */
  double scale;     /* device pixels per point */
  GArray *chips;    /* SemChip, in reading order */
  gsize *chip_of_token; /* n_tokens of the encoding; SEM_NO_ITEM: not drawn */
  gsize n_tokens;
  char *note; /* how many were left out, or why there is nothing; NULL: none */
  SemBox note_box;
} SemTokensLayout;

/* tokens-draw.c */
void sem_tokens_draw_chip (const SemTokensLayout *self, const SemChip *chip, cairo_t *cr);
/* A ring just outside the chips first..last, which stand in one row; rings around all chips of a unit. */
void sem_tokens_draw_ring (const SemTokensLayout *self, gsize first, gsize last, SemRgba color, double width, cairo_t *cr);
void sem_tokens_ring_unit (const SemTokensLayout *self, gsize unit, SemRgba color, double width, cairo_t *cr);
double sem_tokens_get_ring_width (const SemTokensLayout *self);
void sem_tokens_draw (const SemLayout *layout, cairo_t *cr);
void sem_tokens_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);

G_END_DECLS
