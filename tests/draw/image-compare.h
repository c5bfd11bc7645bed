/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference images: a drawn picture against the PNG in tests/golden/draw/cairo-X.Y, with the tolerance of STYLE.md 15.
 *
 * Glyphs are placed and filled a little differently by each minor version of cairo, so there is one folder for each that was
 * looked at; with another version the test is skipped by name.  `SEMBLANCE_UPDATE_GOLDEN=1 meson test --suite draw` (or
 * --update-golden as the program's first argument) rewrites them: look at the difference before you commit it. */
#pragma once

#include <cairo.h>
#include <glib.h>

#define SEM_IMAGE_CHANNEL_TOLERANCE 16
#define SEM_IMAGE_SHARE_TOLERANCE 0.001

typedef struct
{
  gboolean same_size;
  int largest;  /* difference of one channel */
  double share; /* of pixels with a channel that differs by more than the tolerance, 0..1 */
} SemImageDifference;

/* diff (may be NULL): a new image, differing pixels red on a pale copy of b. */
gboolean sem_image_compare (cairo_surface_t *a, cairo_surface_t *b, SemImageDifference *difference, cairo_surface_t **diff);

/* Removes --update-golden from the arguments; call before g_test_init(). */
void sem_golden_init (int *argc, char **argv);
/* Fails, skips or passes the running test; on failure NAME.out.png and NAME.diff.png are in the build folder. */
void sem_golden_check (cairo_surface_t *image, const char *name);
/* Does fontconfig give DejaVu for everything, as tests/fonts/fonts.conf says?  Otherwise the test is marked as skipped. */
gboolean sem_golden_has_fonts (void);
