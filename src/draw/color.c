/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours in OKLab and the colour maps.
 *
 * OKLab: B. Ottosson, "A perceptual color space for image processing" (2020).  A map is given by a
 * few control points in OKLCH of each of its arms; a smooth curve is put through them and walked at
 * constant OKLab speed, so that equal steps of the value are equal steps to the eye. */
#include "draw/color.h"

#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define N_WALK 256 /* points along an arm from which its length is measured */

typedef struct
{
  double l, a, b;
} Lab;

/* Three points of an arm at 1/3, 2/3 and 3/3 of its curve; its start is the neutral colour, and
 * lightness runs straight from there. */
typedef struct
{
  double end_lightness;
  double chroma[3];
  double hue_deg[3];
} Arm;

struct _SemColorMap
{
  const char *id, *title;
  gboolean is_diverging;
  Arm low[2],
      high[2]; /* on a light surface, on a dark one; a sequential map has only the high arm */
};

static const SemColorMap color_maps[] = {
  { "blue-red",
    N_ ("Blue to red"),
    TRUE,
    { { 0.45, { 0.052, 0.108, 0.135 }, { 232, 243, 254 } },
      { 0.80, { 0.060, 0.110, 0.085 }, { 252, 245, 228 } } },
    { { 0.45, { 0.078, 0.150, 0.180 }, { 46, 34, 22 } },
      { 0.82, { 0.075, 0.150, 0.115 }, { 25, 32, 48 } } } },
  { "purple-green",
    N_ ("Purple to green"),
    TRUE,
    { { 0.40, { 0.055, 0.110, 0.150 }, { 308, 310, 313 } },
      { 0.82, { 0.065, 0.120, 0.090 }, { 305, 310, 318 } } },
    { { 0.42, { 0.065, 0.125, 0.120 }, { 138, 144, 150 } },
      { 0.84, { 0.065, 0.120, 0.110 }, { 155, 150, 142 } } } },
  { "teal-brown",
    N_ ("Teal to brown"),
    TRUE,
    { { 0.42, { 0.045, 0.080, 0.080 }, { 186, 187, 190 } },
      { 0.84, { 0.050, 0.085, 0.075 }, { 195, 190, 184 } } },
    { { 0.40, { 0.065, 0.105, 0.100 }, { 80, 68, 58 } },
      { 0.84, { 0.060, 0.105, 0.095 }, { 55, 66, 82 } } } },
  { "ember",
    N_ ("Ember"),
    FALSE,
    { { 0 }, { 0 } },
    { { 0.28, { 0.110, 0.190, 0.090 }, { 75, 25, 310 } },
      { 0.95, { 0.120, 0.180, 0.100 }, { 320, 25, 95 } } } },
  { "meadow",
    N_ ("Meadow"),
    FALSE,
    { { 0 }, { 0 } },
    { { 0.30, { 0.120, 0.110, 0.110 }, { 118, 180, 290 } },
      { 0.94, { 0.110, 0.110, 0.150 }, { 285, 185, 112 } } } },
  { "ocean",
    N_ ("Ocean"),
    FALSE,
    { { 0 }, { 0 } },
    { { 0.30, { 0.060, 0.120, 0.100 }, { 215, 245, 268 } },
      { 0.94, { 0.100, 0.120, 0.050 }, { 262, 238, 205 } } } },
  { "grey",
    N_ ("Greyscale"),
    FALSE,
    { { 0 }, { 0 } },
    { { 0.15, { 0, 0, 0 }, { 0, 0, 0 } }, { 0.99, { 0, 0, 0 }, { 0, 0, 0 } } } },
};

static double
decode_srgb (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
encode_srgb (double c)
{
  return c <= 0.0031308 ? c * 12.92 : 1.055 * pow (c, 1.0 / 2.4) - 0.055;
}

static Lab
lab_from_rgba (SemRgba c)
{
  double r = decode_srgb (c.r), g = decode_srgb (c.g), b = decode_srgb (c.b);
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return (Lab){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

/* Linear light, possibly outside 0..1. */
static void
linear_from_lab (Lab c, double rgb[3])
{
  double l = c.l + 0.3963377774 * c.a + 0.2158037573 * c.b;
  double m = c.l - 0.1055613458 * c.a - 0.0638541728 * c.b;
  double s = c.l - 0.0894841775 * c.a - 1.2914855480 * c.b;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static gboolean
is_in_gamut (const double rgb[3])
{
  for (int i = 0; i < 3; i++)
    if (rgb[i] < -1e-4 || rgb[i] > 1.0 + 1e-4)
      return FALSE;
  return TRUE;
}

/* The colour itself, or the one of its lightness and hue with the most chroma that a screen can
 * show. */
static SemRgba
rgba_from_lab (Lab c, double alpha)
{
  double rgb[3];

  c.l = CLAMP (c.l, 0.0, 1.0);
  linear_from_lab (c, rgb);
  if (!is_in_gamut (rgb))
    {
      double low = 0.0, high = 1.0;

      for (int i = 0; i < 20; i++)
        {
          double middle = (low + high) / 2.0;

          linear_from_lab ((Lab){ c.l, c.a * middle, c.b * middle }, rgb);
          if (is_in_gamut (rgb))
            low = middle;
          else
            high = middle;
        }
      linear_from_lab ((Lab){ c.l, c.a * low, c.b * low }, rgb);
    }
  return (SemRgba){ encode_srgb (CLAMP (rgb[0], 0.0, 1.0)), encode_srgb (CLAMP (rgb[1], 0.0, 1.0)),
                    encode_srgb (CLAMP (rgb[2], 0.0, 1.0)), alpha };
}

SemRgba
sem_rgba_from_hex (guint32 rrggbb)
{
  return (SemRgba){ (double)(rrggbb >> 16 & 0xff) / 255.0, (double)(rrggbb >> 8 & 0xff) / 255.0,
                    (double)(rrggbb & 0xff) / 255.0, 1.0 };
}

SemRgba
sem_rgba_mix (SemRgba a, SemRgba b, double t)
{
  Lab from = lab_from_rgba (a), to = lab_from_rgba (b);

  if (t <= 0.0)
    return a;
  if (t >= 1.0)
    return b;
  return rgba_from_lab ((Lab){ from.l + (to.l - from.l) * t, from.a + (to.a - from.a) * t,
                               from.b + (to.b - from.b) * t },
                        a.a + (b.a - a.a) * t);
}

SemRgba
sem_rgba_with_alpha (SemRgba color, double alpha)
{
  color.a = alpha;
  return color;
}

SemRgba
sem_rgba_over (SemRgba top, SemRgba bottom)
{
  double a = CLAMP (top.a, 0.0, 1.0);

  return (SemRgba){ top.r * a + bottom.r * (1.0 - a), top.g * a + bottom.g * (1.0 - a),
                    top.b * a + bottom.b * (1.0 - a), a + bottom.a * (1.0 - a) };
}

SemRgba
sem_rgba_from_oklch (double lightness, double chroma, double hue_deg)
{
  double hue = hue_deg * G_PI / 180.0;

  return rgba_from_lab ((Lab){ lightness, chroma * cos (hue), chroma * sin (hue) }, 1.0);
}

double
sem_rgba_contrast (SemRgba a, SemRgba b)
{
  double la = 0.2126 * decode_srgb (a.r) + 0.7152 * decode_srgb (a.g) + 0.0722 * decode_srgb (a.b);
  double lb = 0.2126 * decode_srgb (b.r) + 0.7152 * decode_srgb (b.g) + 0.0722 * decode_srgb (b.b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

double
sem_rgba_distance (SemRgba a, SemRgba b)
{
  Lab la = lab_from_rgba (a), lb = lab_from_rgba (b);

  return sqrt ((la.l - lb.l) * (la.l - lb.l) + (la.a - lb.a) * (la.a - lb.a)
               + (la.b - lb.b) * (la.b - lb.b));
}

guint32
sem_rgba_to_argb32 (SemRgba color)
{
  double alpha = CLAMP (color.a, 0.0, 1.0);
  guint32 a = (guint32)(alpha * 255.0 + 0.5);
  guint32 r = (guint32)(CLAMP (color.r, 0.0, 1.0) * alpha * 255.0 + 0.5);
  guint32 g = (guint32)(CLAMP (color.g, 0.0, 1.0) * alpha * 255.0 + 0.5);
  guint32 b = (guint32)(CLAMP (color.b, 0.0, 1.0) * alpha * 255.0 + 0.5);

  return a << 24 | r << 16 | g << 8 | b;
}

void
sem_rgba_set_source (SemRgba color, cairo_t *cr)
{
  cairo_set_source_rgba (cr, color.r, color.g, color.b, color.a);
}

const SemColorMap *
sem_color_map_get (const char *id)
{
  if (id == NULL)
    return &color_maps[0];
  for (gsize i = 0; i < G_N_ELEMENTS (color_maps); i++)
    if (strcmp (color_maps[i].id, id) == 0)
      return &color_maps[i];
  return NULL;
}

const SemColorMap *const *
sem_color_maps_list (gsize *n)
{
  static const SemColorMap *list[G_N_ELEMENTS (color_maps) + 1];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (color_maps); i++)
        list[i] = &color_maps[i];
      g_once_init_leave (&once, 1);
    }
  if (n != NULL)
    *n = G_N_ELEMENTS (color_maps);
  return list;
}

const char *
sem_color_map_get_id (const SemColorMap *self)
{
  return self->id;
}

const char *
sem_color_map_get_title (const SemColorMap *self)
{
  return self->title;
}

gboolean
sem_color_map_is_diverging (const SemColorMap *self)
{
  return self->is_diverging;
}

/* The cubic through the neutral colour and the arm's three points (Lagrange's form at 0, 1/3, 2/3,
 * 1). */
static Lab
point_on_arm (const Arm *arm, Lab start, double t)
{
  double w[4] = { -4.5 * (t - 1.0 / 3.0) * (t - 2.0 / 3.0) * (t - 1.0),
                  13.5 * t * (t - 2.0 / 3.0) * (t - 1.0), -13.5 * t * (t - 1.0 / 3.0) * (t - 1.0),
                  4.5 * t * (t - 1.0 / 3.0) * (t - 2.0 / 3.0) };
  Lab point = { start.l + (arm->end_lightness - start.l) * t, start.a * w[0], start.b * w[0] };

  for (int i = 0; i < 3; i++)
    {
      double hue = arm->hue_deg[i] * G_PI / 180.0;

      point.a += w[i + 1] * arm->chroma[i] * cos (hue);
      point.b += w[i + 1] * arm->chroma[i] * sin (hue);
    }
  return point;
}

/* n colours from the neutral one to the arm's end, at equal distances in OKLab. */
static void
walk_arm (const Arm *arm, SemRgba neutral, SemRgba *out, gsize n)
{
  Lab start = lab_from_rgba (neutral);
  double length[N_WALK + 1] = { 0.0 };
  SemRgba color[N_WALK + 1];
  gsize at = 0;

  for (gsize i = 0; i <= N_WALK; i++)
    {
      color[i] = rgba_from_lab (point_on_arm (arm, start, (double)i / N_WALK), 1.0);
      if (i > 0)
        length[i] = length[i - 1] + sem_rgba_distance (color[i - 1], color[i]);
    }
  for (gsize i = 0; i < n; i++)
    {
      double wanted = length[N_WALK] * (double)i / (double)MAX (n - 1, 1);
      double step;

      while (at + 1 < N_WALK && length[at + 1] < wanted)
        at++;
      step = length[at + 1] - length[at];
      out[i] = sem_rgba_mix (color[at], color[at + 1],
                             step > 0.0 ? (wanted - length[at]) / step : 0.0);
    }
  out[0] = neutral;
}

void
sem_color_map_fill (const SemColorMap *self, SemRgba neutral, gboolean on_dark, SemRgba *out)
{
  const gsize half = SEM_COLOR_MAP_STEPS / 2;

  if (!self->is_diverging)
    {
      walk_arm (&self->high[on_dark], neutral, out, SEM_COLOR_MAP_STEPS);
      return;
    }
  walk_arm (&self->high[on_dark], neutral, out + half, half + 1);
  walk_arm (&self->low[on_dark], neutral, out, half + 1);
  for (gsize i = 0; i < (half + 1) / 2; i++)
    {
      SemRgba swap = out[i];

      out[i] = out[half - i];
      out[half - i] = swap;
    }
}
