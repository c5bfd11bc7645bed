/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The five themes, after libadwaita's light and dark palettes, and the colours that depend on a
 * theme and a value or an id. */
#include "draw/theme.h"

#include <math.h>
#include <string.h>

#define N_MAPS_MAX 16

#define HEX(value)                                                                                 \
  {                                                                                                \
    ((value) >> 16 & 0xff) / 255.0, ((value) >> 8 & 0xff) / 255.0, ((value)&0xff) / 255.0, 1.0     \
  }

/* The last four members are numbers; diverging_low and diverging_high are filled in from the
 * default map. */
static SemTheme themes[SEM_N_THEMES] = {
  [SEM_THEME_LIGHT] = { .kind = SEM_THEME_LIGHT,
                        .id = "light",
                        .is_dark = FALSE,
                        .window = HEX (0xfafafa),
                        .surface = HEX (0xffffff),
                        .surface_border = HEX (0xe2e2e4),
                        .map_neutral = HEX (0xf5f6f8),
                        .text = HEX (0x1f1f21),
                        .text_dim = HEX (0x62626a),
                        .text_faint = HEX (0x8c8c94),
                        .accent = HEX (0x1a66c4),
                        .accent_fill = HEX (0xcfe2f8),
                        .hover = HEX (0x4a4a52),
                        .grid = HEX (0xe4e4e8),
                        .axis = HEX (0xcacad0),
                        .good = HEX (0x157a48),
                        .bad = HEX (0xb5202c),
                        .token_lightness = 0.932,
                        .token_chroma = 0.044,
                        .point_lightness = 0.62,
                        .point_chroma = 0.15,
                        .hairline = 1.0,
                        .corner_radius = 7.0 },
  [SEM_THEME_DARK] = { .kind = SEM_THEME_DARK,
                       .id = "dark",
                       .is_dark = TRUE,
                       .window = HEX (0x242424),
                       .surface = HEX (0x1e1e1e),
                       .surface_border = HEX (0x3a3a3c),
                       .map_neutral = HEX (0x2a2b2e),
                       .text = HEX (0xf4f4f6),
                       .text_dim = HEX (0xababb2),
                       .text_faint = HEX (0x7d7d85),
                       .accent = HEX (0x78aeed),
                       .accent_fill = HEX (0x25446c),
                       .hover = HEX (0xc8c8d0),
                       .grid = HEX (0x323236),
                       .axis = HEX (0x4c4c52),
                       .good = HEX (0x7fe09a),
                       .bad = HEX (0xff8a75),
                       .token_lightness = 0.375,
                       .token_chroma = 0.062,
                       .point_lightness = 0.74,
                       .point_chroma = 0.14,
                       .hairline = 1.0,
                       .corner_radius = 7.0 },
  [SEM_THEME_CONTRAST] = { .kind = SEM_THEME_CONTRAST,
                           .id = "contrast",
                           .is_dark = FALSE,
                           .window = HEX (0xffffff),
                           .surface = HEX (0xffffff),
                           .surface_border = HEX (0x3c3c40),
                           .map_neutral = HEX (0xffffff),
                           .text = HEX (0x000000),
                           .text_dim = HEX (0x2a2a2e),
                           .text_faint = HEX (0x4a4a50),
                           .accent = HEX (0x0a4aa6),
                           .accent_fill = HEX (0xb4d2f8),
                           .hover = HEX (0x000000),
                           .grid = HEX (0x8a8a90),
                           .axis = HEX (0x4a4a50),
                           .good = HEX (0x0b5a30),
                           .bad = HEX (0x8c0f1a),
                           .token_lightness = 0.945,
                           .token_chroma = 0.045,
                           .point_lightness = 0.48,
                           .point_chroma = 0.17,
                           .hairline = 1.5,
                           .corner_radius = 7.0 },
  [SEM_THEME_CONTRAST_DARK] = { .kind = SEM_THEME_CONTRAST_DARK,
                                .id = "contrast-dark",
                                .is_dark = TRUE,
                                .window = HEX (0x000000),
                                .surface = HEX (0x000000),
                                .surface_border = HEX (0xc8c8cc),
                                .map_neutral = HEX (0x0c0c0e),
                                .text = HEX (0xffffff),
                                .text_dim = HEX (0xdcdce0),
                                .text_faint = HEX (0xb8b8be),
                                .accent = HEX (0x9ccbff),
                                .accent_fill = HEX (0x0f3d78),
                                .hover = HEX (0xffffff),
                                .grid = HEX (0x74747a),
                                .axis = HEX (0xb0b0b6),
                                .good = HEX (0x9df2b4),
                                .bad = HEX (0xffb0a2),
                                .token_lightness = 0.30,
                                .token_chroma = 0.075,
                                .point_lightness = 0.82,
                                .point_chroma = 0.15,
                                .hairline = 1.5,
                                .corner_radius = 7.0 },
  [SEM_THEME_PRINT] = { .kind = SEM_THEME_PRINT,
                        .id = "print",
                        .is_dark = FALSE,
                        .window = HEX (0xffffff),
                        .surface = HEX (0xffffff),
                        .surface_border = HEX (0xb4b4b8),
                        .map_neutral = HEX (0xffffff),
                        .text = HEX (0x000000),
                        .text_dim = HEX (0x3c3c40),
                        .text_faint = HEX (0x6e6e74),
                        .accent = HEX (0x123f80),
                        .accent_fill = HEX (0xe4e8ee),
                        .hover = HEX (0x000000),
                        .grid = HEX (0xd6d6da),
                        .axis = HEX (0x9a9aa0),
                        .good = HEX (0x0b5a30),
                        .bad = HEX (0x8c0f1a),
                        .token_lightness = 1.0,
                        .token_chroma = 0.0,
                        .point_lightness = 0.45,
                        .point_chroma = 0.10,
                        .hairline = 0.6,
                        .corner_radius = 5.0 },
};

/* One table of colours for each theme and map, made when first asked for. */
static SemRgba tables[SEM_N_THEMES][N_MAPS_MAX][SEM_COLOR_MAP_STEPS];
static gsize tables_once[SEM_N_THEMES][N_MAPS_MAX];

static const SemRgba *
get_table (const SemTheme *self, const SemColorMap *map)
{
  gsize n, index = 0;
  const SemColorMap *const *list = sem_color_maps_list (&n);

  g_return_val_if_fail (n <= N_MAPS_MAX, NULL);
  while (index + 1 < n && list[index] != map)
    index++;
  if (g_once_init_enter (&tables_once[self->kind][index]))
    {
      sem_color_map_fill (list[index], self->map_neutral, self->is_dark, tables[self->kind][index]);
      g_once_init_leave (&tables_once[self->kind][index], 1);
    }
  return tables[self->kind][index];
}

const SemTheme *
sem_theme_get (SemThemeKind kind)
{
  static gsize once[SEM_N_THEMES];

  g_return_val_if_fail ((int)kind >= 0 && kind < SEM_N_THEMES, &themes[0]);
  if (g_once_init_enter (&once[kind]))
    {
      const SemRgba *table = get_table (&themes[kind], sem_color_map_get (NULL));

      themes[kind].diverging_low = table[0];
      themes[kind].diverging_high = table[SEM_COLOR_MAP_STEPS - 1];
      g_once_init_leave (&once[kind], 1);
    }
  return &themes[kind];
}

gboolean
sem_theme_kind_from_id (const char *id, SemThemeKind *kind)
{
  for (int i = 0; i < SEM_N_THEMES; i++)
    if (strcmp (themes[i].id, id) == 0)
      {
        *kind = (SemThemeKind)i;
        return TRUE;
      }
  return FALSE;
}

double
sem_theme_hue_of_id (guint32 id)
{
  /* The golden angle: neighbours are far apart and no cycle of hues is short. */
  return fmod ((double)id * 137.50776405003785, 360.0);
}

SemRgba
sem_theme_token_fill (const SemTheme *self, guint32 id)
{
  return sem_rgba_from_oklch (self->token_lightness, self->token_chroma, sem_theme_hue_of_id (id));
}

SemRgba
sem_theme_token_border (const SemTheme *self, guint32 id)
{
  if (self->token_chroma <= 0.0)
    return self->text_faint;
  switch (self->kind)
    {
    case SEM_THEME_CONTRAST:
    case SEM_THEME_CONTRAST_DARK:
      return self->text_dim;
    default:
      return sem_rgba_from_oklch (self->token_lightness + (self->is_dark ? 0.11 : -0.10),
                                  self->token_chroma * 1.5, sem_theme_hue_of_id (id));
    }
}

SemRgba
sem_theme_point (const SemTheme *self, guint32 id)
{
  return sem_rgba_from_oklch (self->point_lightness, self->point_chroma, sem_theme_hue_of_id (id));
}

/* Where a value stands in a map's table, 0..1. */
static double
place_value (const SemColorMap *map, double value, double min, double max)
{
  double span = max - min;

  if (sem_color_map_is_diverging (map))
    {
      double largest = MAX (-min, max);

      if (min < 0.0 && max > 0.0)
        return CLAMP (0.5 + 0.5 * value / largest, 0.0, 1.0);
      if (!(span > 0.0))
        return 0.5;
      /* All on one side of 0: that side's arm alone. */
      return min >= 0.0 ? 0.5 + 0.5 * CLAMP ((value - min) / span, 0.0, 1.0)
                        : 0.5 * CLAMP ((value - min) / span, 0.0, 1.0);
    }
  return span > 0.0 ? CLAMP ((value - min) / span, 0.0, 1.0) : 0.0;
}

SemRgba
sem_theme_map_value (const SemTheme *self,
                     const SemColorMap *map,
                     double value,
                     double min,
                     double max)
{
  const SemRgba *table;

  if (map == NULL)
    map = sem_color_map_get (NULL);
  if (isnan (value))
    return self->grid;
  table = get_table (self, map);
  return table[(gsize)(place_value (map, value, min, max) * (SEM_COLOR_MAP_STEPS - 1) + 0.5)];
}

void
sem_theme_fill_pixels (const SemTheme *self,
                       const SemColorMap *map,
                       const double *values,
                       gsize n,
                       double min,
                       double max,
                       guint32 *argb)
{
  guint32 pixels[SEM_COLOR_MAP_STEPS];
  const SemRgba *table;
  guint32 missing = sem_rgba_to_argb32 (self->grid);

  if (map == NULL)
    map = sem_color_map_get (NULL);
  table = get_table (self, map);
  for (gsize i = 0; i < SEM_COLOR_MAP_STEPS; i++)
    pixels[i] = sem_rgba_to_argb32 (table[i]);
  for (gsize i = 0; i < n; i++)
    argb[i]
        = isnan (values[i])
              ? missing
              : pixels[(gsize)(place_value (map, values[i], min, max) * (SEM_COLOR_MAP_STEPS - 1)
                               + 0.5)];
}

SemRgba
sem_theme_text_on (const SemTheme *self, SemRgba fill)
{
  SemRgba seen = sem_rgba_over (fill, self->surface);
  SemRgba soft = sem_rgba_from_hex (0x1a1a1c), black = sem_rgba_from_hex (0x000000);
  SemRgba white = sem_rgba_from_hex (0xffffff);

  if (sem_rgba_contrast (white, seen) >= sem_rgba_contrast (black, seen))
    return white;
  /* A softer black where there is contrast to spare. */
  return sem_rgba_contrast (soft, seen) >= 7.0 ? soft : black;
}
