/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a map and their labels, in the world (the frame times the zoom).  Points that lie
 * on one another are told apart: equal names become one point with a count, up to eight different
 * ones are moved apart as petals inside a ring, more become one disc that says how many. */
#include "draw/map-private.h"

#include <math.h>
#include <string.h>

#define SAME_PLACE 4.0 /* points nearer than this, of discs eight wide, hide one another */
#define SAME_SPOT 1.0  /* equal words nearer than this are one point with a count */
#define MAX_PETALS 8
#define PETAL_RADIUS (SEM_MAP_RADIUS * 0.85)
#define MAX_ROUNDS 5
#define MAX_LABEL_WIDTH 180.0
#define MANY_LABELS 300
#define DIM_RADIUS 3.0

SemMapMarks *
sem_map_marks_ref (SemMapMarks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_map_marks_unref (SemMapMarks *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->points);
  g_array_unref (self->groups);
  g_array_unref (self->nearby);
  sem_text_context_unref (self->text);
  g_free (self->point_of);
  g_free (self->places);
  g_free (self);
}

static void
clear_point (gpointer data)
{
  g_free (((SemMapPoint *)data)->label);
}

GArray *
sem_map_points_copy (const GArray *points)
{
  GArray *copy = g_array_copy ((GArray *)points);

  g_array_set_clear_func (copy, clear_point);
  for (guint i = 0; i < copy->len; i++)
    {
      SemMapPoint *point = &g_array_index (copy, SemMapPoint, i);

      point->label = g_strdup (point->label);
      point->group = G_MAXSIZE;
    }
  return copy;
}

typedef struct
{
  gsize unit;
  double x, y;
  gsize group; /* lowest unit at its place; itself when alone */
  gboolean is_alone;
} Spot;

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const Spot *p = a, *q = b;

  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->unit < q->unit ? -1 : p->unit > q->unit;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Spot *p = a, *q = b;

  if (p->group != q->group)
    return p->group < q->group ? -1 : 1;
  return p->unit < q->unit ? -1 : p->unit > q->unit;
}

static double
get_petal_distance (guint n)
{
  return n == 2 ? PETAL_RADIUS : PETAL_RADIUS * (0.75 + 0.22 * n);
}

static double
get_ring_radius (guint n)
{
  return n > MAX_PETALS ? SEM_MAP_RADIUS + 3.0 : get_petal_distance (n) + PETAL_RADIUS + 2.0;
}

/* Gathers what lies on the first spot, then, as the ring around them grows, what would lie under
 * the ring.  Spots that were alone so far may still be drawn in. */
static void
claim_place (const SemMapData *data, Spot *spots, guint first, guint n)
{
  double x = spots[first].x, y = spots[first].y, reach = SAME_PLACE;
  guint n_names = 1, n_members = 1, n_added = 1;

  spots[first].group = first;
  for (guint round = 0; round < MAX_ROUNDS && n_added > 0; round++)
    {
      const double middle_x = x, middle_y = y;
      guint i = first;

      n_added = 0;
      while (i > 0 && middle_x - spots[i - 1].x < reach)
        i--;
      for (; i < n && spots[i].x - middle_x < reach; i++)
        {
          if (spots[i].group == first || (spots[i].group != G_MAXSIZE && !spots[i].is_alone)
              || hypot (spots[i].x - middle_x, spots[i].y - middle_y) >= reach)
            continue;
          spots[i].group = first;
          spots[i].is_alone = FALSE;
          n_added++;
          n_members++;
          n_names += data->name_ids[spots[i].unit] != data->name_ids[spots[first].unit];
          x += (spots[i].x - x) / n_members;
          y += (spots[i].y - y) / n_members;
        }
      if (n_names > 1)
        reach = MAX (SAME_PLACE, get_ring_radius (n_names));
    }
  spots[first].is_alone = n_members == 1;
}

/* Groups get the number of their lowest unit, so that points are in the order of the text. */
static void
name_groups (Spot *spots, guint n)
{
  g_autofree gsize *lowest = g_new (gsize, MAX (n, 1));

  memset (lowest, 0xff, n * sizeof *lowest);
  for (guint i = 0; i < n; i++)
    lowest[spots[i].group] = MIN (lowest[spots[i].group], spots[i].unit);
  for (guint i = 0; i < n; i++)
    spots[i].group = lowest[spots[i].group];
}

/* The units that are shown, those at one place together, each group in the order of the text. */
static GArray *
list_spots (const SemMap *self)
{
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  Spot *spot;

  for (gsize i = 0; i < self->data->n; i++)
    {
      Spot new_spot = { .unit = i };

      if (self->data->shown_as[i] != i)
        continue;
      sem_map_to_frame (self, self->data->coordinates, i, &new_spot.x, &new_spot.y);
      new_spot.x *= self->zoom;
      new_spot.y *= self->zoom;
      if (isfinite (new_spot.x) && isfinite (new_spot.y))
        g_array_append_val (spots, new_spot);
    }
  g_array_sort (spots, compare_spots);
  spot = (Spot *)(void *)spots->data;
  for (guint i = 0; i < spots->len; i++)
    spot[i].group = G_MAXSIZE;
  for (guint i = 0; i < spots->len; i++)
    if (spot[i].group == G_MAXSIZE)
      claim_place (self->data, spot, i, spots->len);
  name_groups (spot, spots->len);
  g_array_sort (spots, compare_members);
  return spots;
}

/* One place's units become points: those with the same name one, if they are truly at one spot.
 * Returns how many points were added. */
static guint
collapse_names (SemMapMarks *marks, const SemMapData *data, const Spot *spots, guint n)
{
  const guint first_point = marks->points->len;

  for (guint i = 0; i < n; i++)
    {
      guint at = first_point;
      SemMapPoint *point;

      for (; at < marks->points->len; at++)
        {
          point = &g_array_index (marks->points, SemMapPoint, at);
          if (data->name_ids[point->unit] == data->name_ids[spots[i].unit]
              && hypot (point->x - spots[i].x, point->y - spots[i].y) < SAME_SPOT)
            break;
        }
      if (at == marks->points->len)
        {
          SemMapPoint new_point
              = { .unit = spots[i].unit, .x = spots[i].x, .y = spots[i].y, .group = G_MAXSIZE };

          g_array_append_val (marks->points, new_point);
        }
      point = &g_array_index (marks->points, SemMapPoint, at);
      point->count += data->counts[spots[i].unit];
      marks->point_of[spots[i].unit] = at;
    }
  return marks->points->len - first_point;
}

/* The middle of the points from first on. */
static void
find_middle (const SemMapMarks *marks, guint first, double *x, double *y)
{
  const guint n = marks->points->len - first;

  *x = *y = 0.0;
  for (guint i = first; i < marks->points->len; i++)
    {
      *x += g_array_index (marks->points, SemMapPoint, i).x / n;
      *y += g_array_index (marks->points, SemMapPoint, i).y / n;
    }
}

static void
spread_petals (SemMapMarks *marks, guint first, guint n)
{
  const double away = get_petal_distance (n);
  SemMapPoint *points = &g_array_index (marks->points, SemMapPoint, first);
  SemMapGroup group = { .radius = get_ring_radius (n) };

  find_middle (marks, first, &group.x, &group.y);
  for (guint i = 0; i < n; i++)
    {
      double angle = 2.0 * G_PI * i / n;

      points[i].x = group.x + away * cos (angle);
      points[i].y = group.y + away * sin (angle);
      points[i].radius = PETAL_RADIUS;
      points[i].group = marks->groups->len;
    }
  g_array_append_val (marks->groups, group);
}

/* Many different names at one place: one disc named after the first, with the number of all. */
static void
fold_crowd (SemMapMarks *marks, guint first, guint n)
{
  SemMapPoint *points = &g_array_index (marks->points, SemMapPoint, first);
  SemMapGroup group = { .radius = SEM_MAP_RADIUS + 3.0 };
  gsize n_units = 0;

  find_middle (marks, first, &group.x, &group.y);
  for (guint i = 0; i < n; i++)
    n_units += points[i].count;
  points[0].x = group.x;
  points[0].y = group.y;
  points[0].count = (guint32)n_units;
  points[0].is_crowd = TRUE;
  points[0].group = marks->groups->len;
  g_array_set_size (marks->points, first + 1);
  g_array_append_val (marks->groups, group);
}

static void
add_place (SemMapMarks *marks, const SemMapData *data, const Spot *spots, guint n)
{
  const guint first = marks->points->len;
  const guint n_points = collapse_names (marks, data, spots, n);

  if (n_points > MAX_PETALS)
    {
      fold_crowd (marks, first, n_points);
      for (guint i = 0; i < n; i++)
        marks->point_of[spots[i].unit] = first;
    }
  else if (n_points > 1)
    spread_petals (marks, first, n_points);
}

/* Near points are larger, in steps: those of many are stamped from a few masks. */
static void
set_depth (const SemMap *self, SemMapPoint *point)
{
  double turned[3];

  if (!self->has_depth || !(self->reach > 0.0))
    return;
  sem_map_turn (self, self->data->coordinates, point->unit, turned);
  point->depth = turned[2] / self->reach;
  point->radius *= 1.0 + 0.35 * round (2.0 * point->depth) / 2.0;
}

static void
write_label (const SemMap *self, SemMapPoint *point)
{
  g_autofree char *name = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                                               self->data->names[point->unit], MAX_LABEL_WIDTH);
  SemTextSize size;

  if (point->is_crowd)
    point->label = g_strdup_printf ("%s … (%u)", name, point->count);
  else if (point->count > 1)
    point->label = g_strdup_printf ("%s ×%u", name, point->count);
  else
    point->label = g_steal_pointer (&name);
  sem_text_measure (self->text, SEM_FONT_BODY_BOLD, self->label_size, point->label, &size);
  point->label_width = size.width;
  point->label_height = size.height;
  point->label_ascent = size.ascent;
}

static void
finish_point (const SemMap *self, SemMapPoint *point, const SemMapMarks *like)
{
  const gsize at = like ? like->point_of[point->unit] : G_MAXSIZE;
  const SemMapPoint *known
      = like && at < like->points->len ? &g_array_index (like->points, SemMapPoint, at) : NULL;

  if (point->radius <= 0.0)
    point->radius = sem_map_is_dim (self, point->unit) ? DIM_RADIUS : SEM_MAP_RADIUS;
  set_depth (self, point);
  if (!known || known->unit != point->unit || known->count != point->count
      || known->is_crowd != point->is_crowd)
    {
      write_label (self, point);
      return;
    }
  point->label = g_strdup (known->label);
  point->label_width = known->label_width;
  point->label_height = known->label_height;
  point->label_ascent = known->label_ascent;
}

/* The lines of a font are taller than its letters: labels may come a little closer than their
 * lines. */
#define INK 0.82

/* Away from the middle of the group a point is in. */
static void
set_way_out (const SemMapMarks *marks, const SemMapPoint *point, SemLabelRequest *request)
{
  const SemMapGroup *group;
  double length;

  if (point->group == G_MAXSIZE)
    return;
  group = &g_array_index (marks->groups, SemMapGroup, point->group);
  length = hypot (point->x - group->x, point->y - group->y);
  request->out_x = length > 0.0 ? (point->x - group->x) / length : 0.0;
  request->out_y = length > 0.0 ? (point->y - group->y) / length : 0.0;
}

static void
place_labels (const SemMap *self, SemMapMarks *marks)
{
  const guint n = marks->points->len;
  const SemBox bounds = { 0.0, 0.0, marks->width * marks->zoom, marks->height * marks->zoom };
  const SemLabelRules rules = { .gap = 4.0,
                                .margin = n > MANY_LABELS ? 3.0 : 1.0,
                                .n_rings = n > MANY_LABELS ? 0 : (n > MANY_LABELS / 3 ? 2 : 6),
                                .bounds = &bounds };
  g_autofree SemLabelRequest *requests = g_new (SemLabelRequest, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const SemMapPoint *point = &g_array_index (marks->points, SemMapPoint, i);

      requests[i] = (SemLabelRequest){ .x = point->x,
                                       .y = point->y,
                                       .radius = point->radius + 0.5,
                                       .width = point->label_width,
                                       .height = point->label_height * INK,
                                       .priority = self->data->is_function[point->unit] ? 0 : 1 };
      set_way_out (marks, point, &requests[i]);
    }
  sem_labels_place (requests, n, &rules, marks->places);
  for (guint i = 0; i < n; i++)
    marks->places[i].y -= requests[i].height * (1.0 / INK - 1.0) / 2.0;
}

SemMapMarks *
sem_map_marks_new (const SemMap *self, const SemMapMarks *like)
{
  SemMapMarks *marks = g_new0 (SemMapMarks, 1);
  g_autoptr (GArray) spots = list_spots (self);
  const Spot *spot = (const Spot *)(const void *)spots->data;
  guint end;

  g_atomic_ref_count_init (&marks->ref_count);
  marks->zoom = self->zoom;
  marks->width = self->plot.width;
  marks->height = self->plot.height;
  marks->component_x = self->component_x;
  marks->component_y = self->component_y;
  marks->dim = self->dim;
  marks->has_depth = self->has_depth;
  marks->yaw = self->yaw;
  marks->pitch = self->pitch;
  marks->text = sem_text_context_ref (self->text);
  marks->points = g_array_new (FALSE, FALSE, sizeof (SemMapPoint));
  g_array_set_clear_func (marks->points, clear_point);
  marks->groups = g_array_new (FALSE, FALSE, sizeof (SemMapGroup));
  marks->point_of = g_new (gsize, MAX (self->data->n, 1));
  memset (marks->point_of, 0xff, MAX (self->data->n, 1) * sizeof *marks->point_of);
  for (guint i = 0; i < spots->len; i = end)
    {
      for (end = i + 1; end < spots->len && spot[end].group == spot[i].group; end++)
        ;
      add_place (marks, self->data, spot + i, end - i);
    }
  for (guint i = 0; i < marks->points->len; i++)
    finish_point (self, &g_array_index (marks->points, SemMapPoint, i), like);
  marks->places = g_new0 (SemLabelPlace, MAX (marks->points->len, 1));
  place_labels (self, marks);
  sem_map_place_nearby (self, marks);
  for (gsize i = 0; i < self->data->n; i++)
    marks->point_of[i] = marks->point_of[self->data->shown_as[i]];
  return marks;
}
