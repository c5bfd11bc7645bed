/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words with made-up vectors for the tests of heatmap and map: a few topics, the same numbers on every machine. */
#pragma once

#include "draw/layout.h"

typedef struct
{
  gsize n;
  char **names;
  SemMatrix *vectors, *similarity, *coordinates;
  double ratios[SEM_PCA_MAX_COMPONENTS];
} Sample;

/* n words of 16 dimensions.  The first 25 are the design's sentence, with its repeated words. */
Sample *sample_new (gsize n);
/* The same from names: equal names have equal vectors. */
Sample *sample_new_for_names (const char *const *names, gsize n);
void sample_free (Sample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

/* A word of 1 to 40 characters, Latin, CJK or Arabic. */
char *sample_dup_random_word (GRand *rng);

/* The layout and, when focus is not NULL, its overlay on the theme's surface; scale as in the input. */
cairo_surface_t *sample_draw (SemLayout *layout, const SemLayoutInput *input, const SemFocus *focus);
/* TRUE when both have the same pixels. */
gboolean sample_same_pixels (cairo_surface_t *a, cairo_surface_t *b);
SemRgba sample_get_pixel (cairo_surface_t *surface, int x, int y);
/* Time this process has had a processor: other programs on the machine do not count. */
double sample_get_cpu_ms (void);
