/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemColorbar: the colours of a heatmap with their range printed, 0 marked, and the histogram of all pairs beside them.
 * Points, y down. */
#pragma once

#include "draw/colorbar-scale.h"
#include "draw/layout.h"

G_BEGIN_DECLS

#define SEM_COLORBAR_MAX_TICKS 12

typedef struct
{
  SemBox bar;
  double tick_size;                    /* of the numbers */
  double histogram_x, histogram_width; /* where its bars start, and the longest */
  SemValueScale scale;
  SemHistogram histogram;
  double ticks[SEM_COLORBAR_MAX_TICKS];
  gsize n_ticks;
  guint decimals;
  const SemTheme *theme;  /* borrowed, as are the next two */
  const SemColorMap *map;
  SemTextContext *text;
} SemColorbar;

/* Width of everything: numbers, bar and histogram. */
double sem_colorbar_measure (SemTextContext *text);
/* sem_colorbar_init: histogram is copied.  x, y: top left of its numbers' column and of the bar. */
void sem_colorbar_init (SemColorbar *self,
                        const SemLayoutInput *input,
                        const SemColorMap *map,
                        const SemValueScale *scale,
                        const SemHistogram *histogram,
                        double x,
                        double y,
                        double height);
void sem_colorbar_clear (SemColorbar *self);
double sem_colorbar_get_y (const SemColorbar *self, double value);
void sem_colorbar_draw (const SemColorbar *self, double scale_px, cairo_t *cr);
/* The pointer at a chosen value. */
void sem_colorbar_draw_pointer (const SemColorbar *self, double value, cairo_t *cr);

G_END_DECLS
