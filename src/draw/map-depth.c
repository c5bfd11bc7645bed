/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A third component as depth.  Parallel projection: nothing is nearer than it is but by its size
 * and strength, and the flat map is the view from the front.  The frame holds the ball around the
 * mean that all points are in, so turning never rescales. */
#include "draw/map-private.h"

#include "draw/canvas.h"

#include <math.h>

#define MIN_ARM 14.0 /* points: a shorter one points at the reader and has no name */

static double
get_value (const SemMatrix *coordinates, gsize row, gsize component)
{
  return component < sem_matrix_get_n_cols (coordinates)
             ? sem_matrix_get (coordinates, row, component)
             : 0.0;
}

/* The first component that is on neither axis. */
static gsize
find_third (const SemMap *self)
{
  gsize component = 0;

  while (component == self->component_x || component == self->component_y)
    component++;
  return component;
}

static void
measure_reach (SemMap *self)
{
  self->reach = 0.0;
  for (gsize i = 0; i < self->data->n; i++)
    {
      const double x = get_value (self->data->coordinates, i, self->component_x);
      const double y = get_value (self->data->coordinates, i, self->component_y);
      const double z = get_value (self->data->coordinates, i, self->component_z);
      const double away = sqrt (x * x + y * y + z * z);

      if (isfinite (away))
        self->reach = MAX (self->reach, away);
    }
}

void
sem_map_set_depth (SemMap *self, const SemViewOptions *options)
{
  const double yaw = isfinite (options->map_yaw) ? options->map_yaw * G_PI / 180.0 : 0.0;
  const double pitch = isfinite (options->map_pitch) ? options->map_pitch * G_PI / 180.0 : 0.0;
  const double turn[3][3] = {
    { cos (yaw), 0.0, sin (yaw) },
    { sin (pitch) * sin (yaw), cos (pitch), -sin (pitch) * cos (yaw) },
    { -cos (pitch) * sin (yaw), sin (pitch), cos (pitch) * cos (yaw) },
  };

  /* Not on axes that are something else than components. */
  self->has_depth
      = options->map_depth && !self->data->axis_titles[0] && self->data->n_components > 2;
  if (!self->has_depth)
    return;
  self->yaw = yaw;
  self->pitch = pitch;
  self->component_z = find_third (self);
  memcpy (self->turn, turn, sizeof turn);
  measure_reach (self);
}

void
sem_map_turn (const SemMap *self, const SemMatrix *coordinates, gsize row, double out[3])
{
  const double x = get_value (coordinates, row, self->component_x);
  const double y = get_value (coordinates, row, self->component_y);
  const double z = self->has_depth ? get_value (coordinates, row, self->component_z) : 0.0;

  for (guint i = 0; i < 3; i++)
    out[i] = self->has_depth ? self->turn[i][0] * x + self->turn[i][1] * y + self->turn[i][2] * z
                             : (i == 0   ? x
                                : i == 1 ? y
                                         : 0.0);
}

void
sem_map_draw_arms (const SemMap *self, cairo_t *cr)
{
  const gsize components[3] = { self->component_x, self->component_y, self->component_z };
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  const double x = self->origin_x * self->zoom + self->shift_x,
               y = self->origin_y * self->zoom + self->shift_y;
  const double length = self->reach * self->points_per_unit * self->zoom;

  for (guint i = 0; i < 3; i++)
    {
      const double dx = self->turn[0][i] * length, dy = -self->turn[1][i] * length;
      const double shown = hypot (dx, dy);
      g_autofree char *name = NULL;

      cairo_move_to (cr, x - dx, y - dy);
      cairo_line_to (cr, x + dx, y + dy);
      sem_rgba_set_source (self->theme->axis, cr);
      cairo_set_line_width (cr, self->scale > 0.0 ? self->theme->hairline : 0.5);
      sem_canvas_stroke (cr);
      if (shown < MIN_ARM)
        continue;
      name = sem_map_dup_component_title (self, components[i]);
      sem_text_draw_halo (self->text, cr, SEM_FONT_SMALL, size, name, x + dx + 4.0 * dx / shown,
                          y + dy + 8.0 * dy / shown + 0.35 * size,
                          0.5 - 0.5 * CLAMP (2.0 * dx / shown, -1.0, 1.0), self->theme->text_dim,
                          self->theme->surface, 2.0);
    }
}

static int
compare_depth (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *points = data;
  const guint i = *(const guint *)a, j = *(const guint *)b;
  const double di = g_array_index (points, SemMapPoint, i).depth,
               dj = g_array_index (points, SemMapPoint, j).depth;

  if (di != dj)
    return di < dj ? -1 : 1;
  return i < j ? -1 : i > j;
}

guint *
sem_map_dup_depth_order (const SemMap *self)
{
  const guint n = self->marks->points->len;
  guint *order;

  if (!self->has_depth)
    return NULL;
  order = g_new (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (n > 1)
    g_qsort_with_data (order, (int)n, sizeof *order, compare_depth, self->marks->points);
  return order;
}
