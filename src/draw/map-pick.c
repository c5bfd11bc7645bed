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
    {
      found = sem_map_find_nearby (self, x, y);
      item->kind = found != G_MAXSIZE ? SEM_ITEM_NEARBY : SEM_ITEM_NONE;
      item->token = found;
      return;
    }
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
  if (item->kind == SEM_ITEM_NEARBY)
    return sem_map_get_nearby_box (self, item->token, box);
  point = sem_map_get_point (self, unit, &x, &y);
  if (!point || x < self->plot.x || y < self->plot.y || x > self->plot.x + self->plot.width
      || y > self->plot.y + self->plot.height)
    return FALSE;
  *box = (SemBox){ x - point->radius, y - point->radius, 2.0 * point->radius, 2.0 * point->radius };
  return TRUE;
}

/* Where a step from one place leads: the best so far. */
typedef struct
{
  double x, y;
  int dx, dy;
  double best;
  SemItem *to;
} Step;

/* Within 60 degrees of the direction, sideways counting double. */
static gboolean
is_better (Step *step, double x, double y)
{
  const double away_x = x - step->x, away_y = y - step->y;
  const double along = away_x * step->dx + away_y * step->dy,
               aside = fabs (away_x * step->dy) + fabs (away_y * step->dx);

  if (!(along > 0.0) || aside > along * 1.732 || along + 2.0 * aside >= step->best)
    return FALSE;
  step->best = along + 2.0 * aside;
  return TRUE;
}

static void
look_among_points (const SemMap *self, Step *step)
{
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);

      if (is_better (step, point->x + self->shift_x, point->y + self->shift_y))
        {
          *step->to = (SemItem)SEM_ITEM_INIT;
          step->to->kind = SEM_ITEM_UNIT;
          step->to->unit = point->unit;
        }
    }
}

static void
look_among_nearby (const SemMap *self, Step *step)
{
  SemBox box;

  for (guint i = 0; i < self->marks->nearby->len; i++)
    if (sem_map_get_nearby_box (self, i, &box)
        && is_better (step, box.x + box.width / 2.0, box.y + box.height / 2.0))
      {
        *step->to = (SemItem)SEM_ITEM_INIT;
        step->to->kind = SEM_ITEM_NEARBY;
        step->to->token = i;
      }
}

/* The nearest mark in a direction; from nothing, the first unit's. */
void
sem_map_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemMap *self = (const SemMap *)layout;
  const gsize unit = from && from->kind == SEM_ITEM_PAIR
                         ? from->unit
                         : (from ? sem_plot_get_unit (from) : G_MAXSIZE);
  Step step = { .dx = dx, .dy = dy, .best = G_MAXDOUBLE, .to = to };
  const SemMapPoint *start;
  SemBox box;

  if (self->data->message)
    return;
  if (from && from->kind == SEM_ITEM_NEARBY && sem_map_get_nearby_box (self, from->token, &box))
    {
      step.x = box.x + box.width / 2.0;
      step.y = box.y + box.height / 2.0;
    }
  else
    {
      start = sem_map_get_point (self, unit, &step.x, &step.y);
      *to = (SemItem)SEM_ITEM_INIT;
      if (!start && self->marks->points->len == 0)
        return;
      to->kind = SEM_ITEM_UNIT;
      to->unit = start ? start->unit : g_array_index (self->marks->points, SemMapPoint, 0).unit;
      if (!start)
        return;
    }
  look_among_points (self, &step);
  look_among_nearby (self, &step);
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
