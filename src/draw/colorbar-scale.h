/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemValueScale: what the colours of a heatmap mean: the range, its ticks and its colours; and the histogram of all pairs.
 * No drawing in here. */
#pragma once

#include "core/analysis/similarity.h"
#include "core/analysis/view-options.h"
#include "draw/theme.h"

G_BEGIN_DECLS

#define SEM_N_SHADES 512

typedef struct
{
  double min, max;   /* min < max, finite */
  gboolean reversed; /* distances: the smallest value is the strongest colour */
} SemValueScale;

/* sem_value_scale_init: the range the options ask for.  A range that is empty, not finite or turned around is mended.
 * -1..1 and 0..1 are for cosines; of the other metrics the full range is what the pairs have, around 0. */
void sem_value_scale_init (SemValueScale *self,
                           const SemViewOptions *options,
                           SemMetric metric,
                           const SemPairStatistics *statistics);
/* 0..1 from min to max (clamped), turned around when reversed; 0.5 for NaN. */
static inline double
sem_value_scale_get_position (const SemValueScale *self, double value)
{
  double position = (value - self->min) / (self->max - self->min);

  if (!(position == position))
    return 0.5;
  position = CLAMP (position, 0.0, 1.0);
  return self->reversed ? 1.0 - position : position;
}
/* The colour of each of SEM_N_SHADES equal steps of position. */
void sem_value_scale_get_shades (const SemValueScale *self,
                                 const SemTheme *theme,
                                 const SemColorMap *map,
                                 SemRgba shades[SEM_N_SHADES]);
static inline gsize
sem_value_scale_get_shade (const SemValueScale *self, double value)
{
  return (gsize) (sem_value_scale_get_position (self, value) * (SEM_N_SHADES - 1) + 0.5);
}

/* Round numbers (1, 2 or 5 times a power of ten apart) from min to max, both included when they are round; at most
 * max_ticks >= 2 of them.  Returns how many; *step is their distance. */
gsize sem_ticks (double min, double max, gsize max_ticks, double *ticks, double *step);

/* sem_format_value: a number as the pictures write it: no leading zero (".71", "-.3", "0"), "1" for exactly one and "1.0" for
 * what is rounded to it.  Values of 10 and more have three digits.  minus: SEM_MINUS, or SEM_NARROW_MINUS in cells, where
 * a true minus (often from another, wider font) would cost the numbers their room.  text has at least 16 bytes. */
#define SEM_MINUS "\342\210\222"
#define SEM_NARROW_MINUS "-"
void sem_format_value (double value, guint decimals, const char *minus, char *text, gsize size);

/* Counts the pairs of a matrix (diagonal left out when square: the upper half alone, if symmetric). */
typedef struct
{
  gsize n_bins;
  guint32 *bins; /* from min to max */
  guint32 below, above, largest; /* out of range; the fullest bin */
} SemHistogram;
void sem_histogram_init (SemHistogram *self,
                         const SemMatrix *values,
                         gboolean symmetric,
                         double min,
                         double max,
                         gsize n_bins);
void sem_histogram_clear (SemHistogram *self);

G_END_DECLS
