/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a place to a point or its label, and back; and by arrow keys to the nearest point in a
 * direction. */
#include "draw/map-private.h"

#include "draw/plot.h"

#include <math.h>

#define REACH 3.0 /* a point is met this far outside its rim, when no other is nearer */

static gsize
find_point (const SemMap *self, double x, double y)
{
  double nearest = G_MAXDOUBLE;
  gsize found = G_MAXSIZE;

  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);
      double distance = hypot (point->x + self->shift_x - x, point->y + self->shift_y - y);

      if (distance <= point->radius + REACH && distance < nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}

static gsize
find_label (const SemMap *self, double x, double y)
{
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      SemBox box;

      if (sem_map_get_label_box (self, i, &box) && sem_box_contains (&box, x, y))
        return i;
    }
  return G_MAXSIZE;
}

void
sem_map_pick (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemMap *self = (const SemMap *)layout;
  gsize found;

  if (self->data->message)
    return;
  found = sem_map_find_scree (self, x, y);
  if (found != G_MAXSIZE)
    {
      item->kind = SEM_ITEM_COMPONENT;
      item->dimension = found;
      return;
    }
  if (x < self->plot.x - 2.0 || y < self->plot.y - 2.0 || x > self->plot.x + self->plot.width + 2.0
      || y > self->plot.y + self->plot.height + 2.0)
    return;
  found = find_point (self, x, y);
  if (found == G_MAXSIZE)
    found = find_label (self, x, y);
  if (found == G_MAXSIZE)
    return;
  item->kind = SEM_ITEM_UNIT;
  item->unit = g_array_index (self->marks->points, SemMapPoint, found).unit;
}

gboolean
sem_map_locate (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const SemMap *self = (const SemMap *)layout;
  const gsize unit = item->kind == SEM_ITEM_PAIR ? item->unit : sem_plot_get_unit (item);
  const SemMapPoint *point;
  double x, y;

  if (self->data->message)
    return FALSE;
  if (item->kind == SEM_ITEM_COMPONENT)
    return sem_map_get_scree_box (self, item->dimension, box);
  point = sem_map_get_point (self, unit, &x, &y);
  if (!point || x < self->plot.x || y < self->plot.y || x > self->plot.x + self->plot.width
      || y > self->plot.y + self->plot.height)
    return FALSE;
  *box = (SemBox){ x - point->radius, y - point->radius, 2.0 * point->radius, 2.0 * point->radius };
  return TRUE;
}

/* The nearest point within 60 degrees of the direction, sideways counting double; from nothing, the
 * first unit's. */
void
sem_map_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemMap *self = (const SemMap *)layout;
  const SemMapPoint *start;
  double x, y, best = G_MAXDOUBLE;
  gsize unit = from && from->kind == SEM_ITEM_PAIR ? from->unit
                                                   : (from ? sem_plot_get_unit (from) : G_MAXSIZE);

  if (self->data->message)
    return;
  start = sem_map_get_point (self, unit, &x, &y);
  *to = (SemItem)SEM_ITEM_INIT;
  if (!start && self->marks->points->len == 0)
    return;
  to->kind = SEM_ITEM_UNIT;
  to->unit = start ? start->unit : g_array_index (self->marks->points, SemMapPoint, 0).unit;
  for (guint i = 0; start && i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);
      const double away_x = point->x + self->shift_x - x, away_y = point->y + self->shift_y - y;
      const double along = away_x * dx + away_y * dy,
                   aside = fabs (away_x * dy) + fabs (away_y * dx);

      if (point != start && along > 0.0 && aside <= along * 1.732 && along + 2.0 * aside < best)
        {
          best = along + 2.0 * aside;
          to->unit = point->unit;
        }
    }
}

/* Of units that are shown as another one only that one counts; a crowd is all it stands for. */
void
sem_map_enclose (const SemLayout *layout, const SemPoint *corners, gsize n, GArray *units)
{
  const SemMap *self = (const SemMap *)layout;

  for (gsize unit = 0; !self->data->message && unit < self->data->n; unit++)
    {
      double x, y;

      if (self->data->shown_as[unit] == unit && sem_map_get_point (self, unit, &x, &y)
          && sem_map_is_in_view (self, x, y, 0.0) && sem_polygon_contains (corners, n, x, y))
        g_array_append_val (units, unit);
    }
}

gboolean
sem_map_place (const SemLayout *layout, const SemItem *item, double *u, double *v)
{
  const SemMap *self = (const SemMap *)layout;
  const gsize unit = item->kind == SEM_ITEM_PAIR ? item->unit : sem_plot_get_unit (item);
  const SemMapPoint *point;
  double x, y;

  if (self->data->message || !(point = sem_map_get_point (self, unit, &x, &y)))
    return FALSE;
  *u = point->x / (self->zoom * self->plot.width);
  *v = point->y / (self->zoom * self->plot.height);
  return TRUE;
}
