/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a map.  Few are cairo paths; many discs on a screen are stamped (draw/dots.h). */
#include "draw/map-private.h"

#include "draw/canvas.h"

#include <math.h>

#define N_SHAPES 4
#define RIM 0.75 /* in the surface's colour: keeps points that overlap apart */
#define STAMP_FROM 150

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

/* Around a point, to keep overlapping ones apart; by cosine it shows a point whose colour, near 0,
 * is the surface's. */
static SemRgba
get_rim_color (const SemMap *self)
{
  return self->color_by == SEM_COLOR_BY_COSINE
             ? sem_rgba_mix (self->theme->surface, self->theme->text, 0.5)
             : self->theme->surface;
}

static void
draw_path (const SemMap *self, const SemMapPoint *point, cairo_t *cr)
{
  sem_map_add_mark (self, point, RIM, cr);
  sem_rgba_set_source (get_rim_color (self), cr);
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

static void
press_groups (const SemMap *self, const SemDotTarget *target)
{
  const guint32 color = sem_rgba_to_argb32 (self->theme->text_faint);

  for (guint i = 0; i < self->marks->groups->len; i++)
    {
      const SemMapGroup *group = &g_array_index (self->marks->groups, SemMapGroup, i);
      const double x = group->x + self->shift_x, y = group->y + self->shift_y;

      if (sem_map_is_in_view (self, x, y, group->radius))
        sem_dots_press (self->dots, target, x, y, group->radius, 1.0, color);
    }
}

static void
press_points (const SemMap *self, const SemDotTarget *target)
{
  const guint32 rim = sem_rgba_to_argb32 (get_rim_color (self));
  const guint32 faint = sem_rgba_to_argb32 (self->theme->text_faint);
  g_autofree guint *order = sem_map_dup_depth_order (self);

  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point
          = &g_array_index (self->marks->points, SemMapPoint, order ? order[i] : i);
      const double x = point->x + self->shift_x, y = point->y + self->shift_y;

      if (!sem_map_is_in_view (self, x, y, point->radius + RIM))
        continue;
      sem_dots_press (self->dots, target, x, y, point->radius + RIM, 0.0, rim);
      if (self->data->is_zero[point->unit])
        sem_dots_press (self->dots, target, x, y, point->radius, 1.0, faint);
      else
        sem_dots_press (self->dots, target, x, y, point->radius, 0.0,
                        sem_rgba_to_argb32 (sem_map_get_color (self, point->unit)));
    }
}

static void
draw_stamped (const SemMap *self, cairo_t *cr)
{
  const SemBox box = { floor (self->plot.x) - 2.0, floor (self->plot.y) - 2.0,
                       ceil (self->plot.width) + 4.0, ceil (self->plot.height) + 4.0 };
  SemDotTarget target;

  sem_dots_begin (&target, cr, &box, self->scale);
  press_groups (self, &target);
  press_points (self, &target);
  sem_dots_end (&target, cr);
}

static void
draw_groups (const SemMap *self, cairo_t *cr)
{
  sem_rgba_set_source (self->theme->text_faint, cr);
  cairo_set_line_width (cr, 1.0);
  for (guint i = 0; i < self->marks->groups->len; i++)
    {
      const SemMapGroup *group = &g_array_index (self->marks->groups, SemMapGroup, i);
      const double x = group->x + self->shift_x, y = group->y + self->shift_y;

      if (!sem_map_is_in_view (self, x, y, group->radius))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, group->radius, 0.0, 2.0 * G_PI);
      sem_canvas_stroke (cr);
    }
}

void
sem_map_draw_points (const SemMap *self, cairo_t *cr)
{
  g_autofree guint *order = NULL;

  if (self->marks->points->len >= STAMP_FROM && self->scale > 0.0
      && self->color_by != SEM_COLOR_BY_SENTENCE && !sem_canvas_is_vector (cr))
    {
      draw_stamped (self, cr);
      return;
    }
  order = sem_map_dup_depth_order (self);
  draw_groups (self, cr);
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point
          = &g_array_index (self->marks->points, SemMapPoint, order ? order[i] : i);

      if (sem_map_is_in_view (self, point->x + self->shift_x, point->y + self->shift_y,
                              point->radius + 1.0))
        draw_path (self, point, cr);
    }
}
