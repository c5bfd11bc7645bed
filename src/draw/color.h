/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours and colour maps, without GTK.  Components are sRGB, 0..1, not premultiplied. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double r, g, b, a;
} SemRgba;

SemRgba sem_rgba_from_hex (guint32 rrggbb);
SemRgba sem_rgba_mix (SemRgba a, SemRgba b, double t);          /* in OKLab, t = 0 gives a */
SemRgba sem_rgba_with_alpha (SemRgba color, double alpha);
SemRgba sem_rgba_from_oklch (double lightness, double chroma, double hue_deg); /* gamut-clipped by chroma */
double sem_rgba_contrast (SemRgba a, SemRgba b);                 /* WCAG 2.1 ratio, 1..21 */
SemRgba sem_rgba_over (SemRgba top, SemRgba bottom);              /* what is seen: top with its alpha on an opaque bottom */
double sem_rgba_distance (SemRgba a, SemRgba b);                 /* Euclidean in OKLab; about 0.02 is just visible */
guint32 sem_rgba_to_argb32 (SemRgba color);                      /* premultiplied, a pixel of CAIRO_FORMAT_ARGB32 */
void sem_rgba_set_source (SemRgba color, cairo_t *cr);

/* A colour map: perceptually uniform, colour-blind safe.  Diverging ones have the surface's own background at the middle,
 * so that 0 means "nothing here" in light and in dark. */
typedef struct _SemColorMap SemColorMap; /* static data */
/* NULL id: the default diverging map.  Returns NULL for an unknown id. */
const SemColorMap *sem_color_map_get (const char *id);
const SemColorMap *const *sem_color_maps_list (gsize *n); /* for a menu: id, title, kind */
const char *sem_color_map_get_id (const SemColorMap *self);
const char *sem_color_map_get_title (const SemColorMap *self); /* untranslated, marked N_() */
gboolean sem_color_map_is_diverging (const SemColorMap *self);
/* The map as a table of SEM_COLOR_MAP_STEPS colours at equal perceptual steps (each arm by itself), for a surface whose colour is
 * neutral.  Diverging: out[SEM_COLOR_MAP_STEPS / 2] is neutral.  Sequential: out[0] is.  Costs about a millisecond; pictures
 * use sem_theme_map_value() and sem_theme_fill_pixels(), which keep the tables. */
#define SEM_COLOR_MAP_STEPS 513
void sem_color_map_fill (const SemColorMap *self, SemRgba neutral, gboolean on_dark, SemRgba *out);

G_END_DECLS
