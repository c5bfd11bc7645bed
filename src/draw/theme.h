/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTheme: every colour, size and weight a picture uses; nothing is sniffed from CSS.  Static, immutable. */
#pragma once

#include "draw/color.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_THEME_LIGHT,
  SEM_THEME_DARK,
  SEM_THEME_CONTRAST,      /* high contrast on white */
  SEM_THEME_CONTRAST_DARK, /* high contrast on black */
  SEM_THEME_PRINT,         /* white paper, greyscale-safe, no fills where a line will do */
} SemThemeKind;
#define SEM_N_THEMES 5

typedef struct
{
  SemThemeKind kind;
  const char *id; /* "light", "dark", "contrast", "contrast-dark", "print": --theme */
  gboolean is_dark;
  SemRgba window, surface, surface_border; /* behind the cards; of a card */
  SemRgba text, text_dim, text_faint;
  SemRgba accent, accent_fill; /* selection: line and text; soft fill */
  SemRgba hover;
  SemRgba grid, axis;
  SemRgba good, bad; /* "similar", "opposite" in the strip */
  SemRgba diverging_low, diverging_high; /* ends of the default map */
  SemRgba map_neutral; /* 0 in every diverging map: the surface, a breath away so that a cell of 0 is seen */
  double token_lightness, token_chroma; /* OKLCH of a token's fill; its hue comes from its id */
  double point_lightness, point_chroma;
  double hairline; /* points */
  double corner_radius;
} SemTheme;

const SemTheme *sem_theme_get (SemThemeKind kind);
gboolean sem_theme_kind_from_id (const char *id, SemThemeKind *kind);
/* Hue of a token or unit from its id: the same token has the same colour everywhere; neighbouring ids differ. */
double sem_theme_hue_of_id (guint32 id);
SemRgba sem_theme_token_fill (const SemTheme *self, guint32 id);
SemRgba sem_theme_token_border (const SemTheme *self, guint32 id);
SemRgba sem_theme_point (const SemTheme *self, guint32 id);
/* Colour of a value in [min, max]; diverging maps keep their middle at 0 when min < 0 < max, each side scaled by the
 * larger of -min and max so that equal magnitudes have equal strength. */
SemRgba sem_theme_map_value (const SemTheme *self, const SemColorMap *map, double value, double min, double max);
/* The same for many values at once, as premultiplied ARGB32 pixels: for pictures that fill an image themselves. NaN: the grid's colour. */
void sem_theme_fill_pixels (const SemTheme *self,
                            const SemColorMap *map,
                            const double *values,
                            gsize n,
                            double min,
                            double max,
                            guint32 *argb);
/* Black or white, whichever reads better on fill. */
SemRgba sem_theme_text_on (const SemTheme *self, SemRgba fill);

G_END_DECLS
