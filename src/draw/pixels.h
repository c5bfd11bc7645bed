/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blending of pixels in an own loop, for marks of which there are too many for cairo. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* over, scaled by coverage (0..255), on under; both premultiplied ARGB32.  Two channels are worked on at once. */
static inline guint32
sem_pixel_blend (guint32 under, guint32 over, guint32 coverage)
{
  const guint32 even = 0x00ff00ffu, half = 0x00800080u;
  const guint32 rest = 255 - coverage;
  guint32 low = (over & even) * coverage + (under & even) * rest + half;
  guint32 high = (over >> 8 & even) * coverage + (under >> 8 & even) * rest + half;

  low = (low + (low >> 8 & even)) >> 8 & even;
  high = (high + (high >> 8 & even)) & ~even;
  return low | high;
}

G_END_DECLS
