/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a map.  Few are cairo paths; many discs on a screen are stamped: their coverage is
 * drawn once for each of 4 x 4 places within a pixel, and painted through (2 000 points: 2 ms
 * instead of 12). */
#include "draw/map-private.h"

#include "draw/canvas.h"

#include <math.h>

#define N_SHAPES 4
#define RIM 0.75 /* in the surface's colour: keeps points that overlap apart */
#define STAMP_FROM 150
#define N_SUB 4

/* A disc, or by sentence one of four shapes, so that colour is not alone in telling them apart. */
void
sem_map_add_mark (const SemMap *self, const SemMapPoint *point, double grow, cairo_t *cr)
{
  const double x = point->x + self->shift_x, y = point->y + self->shift_y, r = point->radius + grow;
  const guint shape
      = self->color_by == SEM_COLOR_BY_SENTENCE ? self->data->sentences[point->unit] % N_SHAPES : 0;

  cairo_new_sub_path (cr);
  if (shape == 1)
    cairo_rectangle (cr, x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape == 0)
    cairo_arc (cr, x, y, r, 0.0, 2.0 * G_PI);
  else
    {
      const guint n = shape == 2 ? 3 : 4;

      for (guint i = 0; i < n; i++)
        cairo_line_to (cr, x + 1.25 * r * sin (2.0 * G_PI * i / n),
                       y - 1.25 * r * cos (2.0 * G_PI * i / n));
      cairo_close_path (cr);
    }
}

static void
draw_path (const SemMap *self, const SemMapPoint *point, cairo_t *cr)
{
  sem_map_add_mark (self, point, RIM, cr);
  sem_rgba_set_source (self->theme->surface, cr);
  sem_canvas_fill (cr);
  sem_map_add_mark (self, point, 0.0, cr);
  if (self->data->is_zero[point->unit])
    {
      sem_rgba_set_source (self->theme->text_faint, cr);
      cairo_set_line_width (cr, 1.0);
      sem_canvas_stroke (cr);
      return;
    }
  sem_rgba_set_source (sem_map_get_color (self, point->unit), cr);
  sem_canvas_fill (cr);
}

typedef struct
{
  cairo_surface_t *masks[N_SUB][N_SUB];
  double radius; /* 0: none yet */
} Stamps;

static cairo_surface_t *
make_mask (double radius, double scale, guint sub_x, guint sub_y)
{
  const int side = (int)ceil (2.0 * radius * scale) + 3;
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (mask);

  cairo_arc (cr, side / 2 + (sub_x + 0.5) / N_SUB, side / 2 + (sub_y + 0.5) / N_SUB, radius * scale,
             0.0, 2.0 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (mask, scale, scale);
  return mask;
}

static void
clear_stamps (Stamps *stamps)
{
  for (guint i = 0; i < N_SUB * N_SUB; i++)
    g_clear_pointer (&stamps->masks[i / N_SUB][i % N_SUB], cairo_surface_destroy);
}

static void
press (const SemMap *self,
       Stamps *stamps,
       double radius,
       double x,
       double y,
       SemRgba color,
       cairo_t *cr)
{
  const double px = x * self->scale, py = y * self->scale;
  const guint sub_x = (guint)((px - floor (px)) * N_SUB),
              sub_y = (guint)((py - floor (py)) * N_SUB);
  cairo_surface_t **mask = &stamps->masks[MIN (sub_x, N_SUB - 1)][MIN (sub_y, N_SUB - 1)];
  double half;

  if (stamps->radius != radius)
    clear_stamps (stamps);
  stamps->radius = radius;
  if (!*mask)
    *mask = make_mask (radius, self->scale, sub_x, sub_y);
  half = cairo_image_surface_get_width (*mask) / 2;
  sem_rgba_set_source (color, cr);
  cairo_mask_surface (cr, *mask, (floor (px) - half) / self->scale,
                      (floor (py) - half) / self->scale);
}

/* Two sets of stamps, for the rim and for the disc; points of another size than most (petals,
 * dimmed ones) are paths. */
static void
draw_stamped (const SemMap *self, cairo_t *cr)
{
  Stamps rims = { 0 }, discs = { 0 };

  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);
      const double x = point->x + self->shift_x, y = point->y + self->shift_y;

      if (!sem_map_is_in_view (self, x, y, point->radius + RIM))
        continue;
      if (point->radius != SEM_MAP_RADIUS || self->data->is_zero[point->unit])
        {
          draw_path (self, point, cr);
          continue;
        }
      press (self, &rims, point->radius + RIM, x, y, self->theme->surface, cr);
      press (self, &discs, point->radius, x, y, sem_map_get_color (self, point->unit), cr);
    }
  clear_stamps (&rims);
  clear_stamps (&discs);
}

void
sem_map_draw_points (const SemMap *self, cairo_t *cr)
{
  if (self->marks->points->len >= STAMP_FROM && self->scale > 0.0
      && self->color_by != SEM_COLOR_BY_SENTENCE && !sem_canvas_is_vector (cr))
    {
      draw_stamped (self, cr);
      return;
    }
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);

      if (sem_map_is_in_view (self, point->x + self->shift_x, point->y + self->shift_y,
                              point->radius + 1.0))
        draw_path (self, point, cr);
    }
}
