/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours, maps and themes: known conversions, even steps, and that people with any colour vision
 * can tell the ends apart. */
#include "draw/theme.h"

#include <math.h>

static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
gamma_encoded (double c)
{
  c = CLAMP (c, 0.0, 1.0);
  return c <= 0.0031308 ? c * 12.92 : 1.055 * pow (c, 1.0 / 2.4) - 0.055;
}

static double
luminance (SemRgba c)
{
  return 0.2126 * linear (c.r) + 0.7152 * linear (c.g) + 0.0722 * linear (c.b);
}

/* Machado, Oliveira & Fernandes 2009, severity 1.0: protanopia, deuteranopia, tritanopia; linear
 * light. */
static SemRgba
see_as (SemRgba c, int kind)
{
  static const double m[3][9] = {
    { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 },
    { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 },
    { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900 },
  };
  double r = linear (c.r), g = linear (c.g), b = linear (c.b);

  return (SemRgba){ gamma_encoded (m[kind][0] * r + m[kind][1] * g + m[kind][2] * b),
                    gamma_encoded (m[kind][3] * r + m[kind][4] * g + m[kind][5] * b),
                    gamma_encoded (m[kind][6] * r + m[kind][7] * g + m[kind][8] * b), 1.0 };
}

static void
assert_color (SemRgba c, double r, double g, double b)
{
  g_assert_cmpfloat_with_epsilon (c.r, r, 0.002);
  g_assert_cmpfloat_with_epsilon (c.g, g, 0.002);
  g_assert_cmpfloat_with_epsilon (c.b, b, 0.002);
}

/* The published OKLCH coordinates of the sRGB primaries (CSS Color 4). */
static void
test_oklch (void)
{
  assert_color (sem_rgba_from_oklch (0.627955, 0.257683, 29.2339), 1.0, 0.0, 0.0);
  assert_color (sem_rgba_from_oklch (0.866440, 0.294827, 142.4953), 0.0, 1.0, 0.0);
  assert_color (sem_rgba_from_oklch (0.452014, 0.313214, 264.0520), 0.0, 0.0, 1.0);
  assert_color (sem_rgba_from_oklch (1.0, 0.0, 0.0), 1.0, 1.0, 1.0);
  assert_color (sem_rgba_from_oklch (0.5999, 0.0, 0.0), 0.502, 0.502, 0.502);
  /* Outside the screen's colours: lightness and hue stay, chroma gives way. */
  {
    SemRgba clipped = sem_rgba_from_oklch (0.9, 0.4, 29.0);

    g_assert_true (clipped.r <= 1.0 && clipped.g >= 0.0 && clipped.b >= 0.0);
    g_assert_cmpfloat (sem_rgba_distance (clipped, sem_rgba_from_oklch (0.9, 0.0, 0.0)), >, 0.03);
  }
}

static void
test_basics (void)
{
  SemRgba white = sem_rgba_from_hex (0xffffff), black = sem_rgba_from_hex (0);

  g_assert_cmpfloat_with_epsilon (sem_rgba_contrast (white, black), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (sem_rgba_contrast (sem_rgba_from_hex (0x777777), white), 4.478,
                                  0.001);
  assert_color (sem_rgba_from_hex (0x3366cc), 0.2, 0.4, 0.8);
  assert_color (sem_rgba_mix (white, black, 0.0), 1.0, 1.0, 1.0);
  assert_color (sem_rgba_mix (white, black, 1.0), 0.0, 0.0, 0.0);
  assert_color (sem_rgba_mix (white, black, 0.5), 0.389, 0.389, 0.389);
  assert_color (sem_rgba_over (sem_rgba_with_alpha (black, 0.25), white), 0.75, 0.75, 0.75);
  g_assert_cmphex (sem_rgba_to_argb32 (sem_rgba_with_alpha (white, 0.5)), ==, 0x80808080u);
}

/* Within an arm all steps are equal; the neutral colour is in the middle (or at the start). */
static void
test_maps (void)
{
  gsize n;
  const SemColorMap *const *list = sem_color_maps_list (&n);
  SemRgba table[SEM_COLOR_MAP_STEPS];

  g_assert_cmpuint (n, >=, 5);
  g_assert_null (sem_color_map_get ("no such map"));
  g_assert_true (sem_color_map_get (NULL) == list[0]);
  for (gsize i = 0; i < n; i++)
    for (int dark = 0; dark < 2; dark++)
      {
        SemRgba neutral = sem_theme_get (dark ? SEM_THEME_DARK : SEM_THEME_LIGHT)->map_neutral;
        gboolean diverging = sem_color_map_is_diverging (list[i]);
        gsize middle = diverging ? SEM_COLOR_MAP_STEPS / 2 : 0;

        g_assert_true (sem_color_map_get (sem_color_map_get_id (list[i])) == list[i]);
        sem_color_map_fill (list[i], neutral, dark, table);
        assert_color (table[middle], neutral.r, neutral.g, neutral.b);
        for (int side = 0; side < (diverging ? 2 : 1); side++)
          {
            gsize from = side == 0 ? middle : 0, to = side == 0 ? SEM_COLOR_MAP_STEPS - 1 : middle;
            double low = G_MAXDOUBLE, high = 0.0;

            for (gsize k = from; k + 8 <= to; k += 8)
              {
                double step = sem_rgba_distance (table[k], table[k + 8]);
                double lighter = luminance (table[k + 8]) - luminance (table[k]);

                low = MIN (low, step);
                high = MAX (high, step);
                /* Away from the surface it only gets darker (lighter on dark): greyscale keeps the
                 * strength. */
                g_assert_true ((lighter > 0.0) == ((side == 0) == (dark == 1)));
              }
            g_assert_cmpfloat (high, <, low * 1.12);
          }
      }
}

/* Equal magnitudes of either sign are told apart by everybody, and the more the stronger they are.
 */
static void
test_color_vision (void)
{
  gsize n;
  const SemColorMap *const *list = sem_color_maps_list (&n);
  static const double least[] = { 0.05, 0.11 };

  for (gsize i = 0; i < n; i++)
    for (int kind = -1; kind < 3; kind++)
      for (int dark = 0; sem_color_map_is_diverging (list[i]) && dark < 2; dark++)
        for (int strong = 0; strong < 2; strong++)
          {
            const SemTheme *theme = sem_theme_get (dark ? SEM_THEME_DARK : SEM_THEME_LIGHT);
            double value = strong ? 0.8 : 0.4;
            SemRgba plus = sem_theme_map_value (theme, list[i], value, -1.0, 1.0);
            SemRgba minus = sem_theme_map_value (theme, list[i], -value, -1.0, 1.0);
            double distance = kind < 0
                                  ? sem_rgba_distance (plus, minus)
                                  : sem_rgba_distance (see_as (plus, kind), see_as (minus, kind));

            if (distance < least[strong])
              g_test_message ("%s, vision %d, dark %d, value %g: %g",
                              sem_color_map_get_id (list[i]), kind, dark, value, distance);
            g_assert_cmpfloat (distance, >=, least[strong]);
          }
}

static void
test_values (void)
{
  const SemTheme *theme = sem_theme_get (SEM_THEME_LIGHT);
  SemRgba zero = sem_theme_map_value (theme, NULL, 0.0, -1.0, 1.0);
  SemRgba weak = sem_theme_map_value (theme, NULL, 0.2, -1.0, 0.2);
  SemRgba same = sem_theme_map_value (theme, NULL, 0.2, -1.0, 1.0);
  double values[] = { -1.0, 0.0, 0.5, 2.0, NAN };
  guint32 pixels[5];

  assert_color (zero, theme->map_neutral.r, theme->map_neutral.g, theme->map_neutral.b);
  /* The larger side rules both: 0.2 is weak in -1 .. 0.2 too. */
  assert_color (weak, same.r, same.g, same.b);
  assert_color (sem_theme_map_value (theme, NULL, 1.0, -1.0, 1.0), theme->diverging_high.r,
                theme->diverging_high.g, theme->diverging_high.b);
  sem_theme_fill_pixels (theme, NULL, values, 5, -1.0, 1.0, pixels);
  for (int i = 0; i < 5; i++)
    g_assert_cmphex (pixels[i], ==,
                     sem_rgba_to_argb32 (sem_theme_map_value (theme, NULL, values[i], -1.0, 1.0)));
}

/* WCAG 2.1: 4.5 to 1 for text, 7 to 1 where high contrast was asked for; also on every token and
 * every cell. */
static void
test_contrast (void)
{
  gsize n_maps;
  const SemColorMap *const *maps = sem_color_maps_list (&n_maps);

  for (int i = 0; i < SEM_N_THEMES; i++)
    {
      const SemTheme *theme = sem_theme_get ((SemThemeKind)i);
      gboolean high = theme->kind == SEM_THEME_CONTRAST || theme->kind == SEM_THEME_CONTRAST_DARK;
      double least = high ? 7.0 : 4.5;
      SemThemeKind kind;

      g_assert_true (sem_theme_kind_from_id (theme->id, &kind) && kind == theme->kind);
      g_assert_cmpfloat (sem_rgba_contrast (theme->text, theme->surface), >=, 7.0);
      g_assert_cmpfloat (sem_rgba_contrast (theme->text_dim, theme->surface), >=, least);
      g_assert_cmpfloat (sem_rgba_contrast (theme->text_dim, theme->window), >=, least);
      g_assert_cmpfloat (sem_rgba_contrast (theme->accent, theme->surface), >=, least);
      g_assert_cmpfloat (sem_rgba_contrast (theme->good, theme->surface), >=, 4.5);
      g_assert_cmpfloat (sem_rgba_contrast (theme->bad, theme->surface), >=, 4.5);
      g_assert_cmpfloat (sem_rgba_contrast (theme->text, theme->accent_fill), >=, 4.5);
      for (guint32 id = 0; id < 2000; id++)
        {
          g_assert_cmpfloat (sem_rgba_contrast (theme->text, sem_theme_token_fill (theme, id)), >=,
                             7.0);
          g_assert_cmpfloat (sem_rgba_contrast (sem_theme_point (theme, id), theme->surface), >=,
                             2.0);
        }
      for (gsize m = 0; m < n_maps; m++)
        for (int v = -20; v <= 20; v++)
          {
            SemRgba fill = sem_theme_map_value (theme, maps[m], v / 20.0, -1.0, 1.0);

            g_assert_cmpfloat (sem_rgba_contrast (sem_theme_text_on (theme, fill), fill), >=, 4.5);
          }
    }
}

static void
test_ids (void)
{
  const SemTheme *theme = sem_theme_get (SEM_THEME_LIGHT);

  for (guint32 id = 0; id < 1000; id++)
    {
      SemRgba a = sem_theme_token_fill (theme, id), b = sem_theme_token_fill (theme, id + 1);

      g_assert_cmpfloat (sem_rgba_distance (a, sem_theme_token_fill (theme, id)), ==, 0.0);
      g_assert_cmpfloat (sem_rgba_distance (a, b), >, 0.04);
    }
  g_assert_cmpfloat (sem_theme_hue_of_id (G_MAXUINT32), <, 360.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/color/oklch", test_oklch);
  g_test_add_func ("/draw/color/basics", test_basics);
  g_test_add_func ("/draw/color/maps", test_maps);
  g_test_add_func ("/draw/color/color-vision", test_color_vision);
  g_test_add_func ("/draw/theme/values", test_values);
  g_test_add_func ("/draw/theme/contrast", test_contrast);
  g_test_add_func ("/draw/theme/ids", test_ids);
  return g_test_run ();
}
