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

G_END_DECLS
