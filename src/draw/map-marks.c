/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a map and their labels, in the world (the frame times the zoom).  Points that lie
 * on one another are told apart: equal names become one point with a count, up to six different
 * ones are moved apart as petals inside a ring, more become one disc that says how many. */
#include "draw/map-private.h"

#include <math.h>
#include <string.h>

#define SAME_PLACE 1.0 /* points nearer than this cannot be seen apart */
#define MAX_PETALS 6
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

typedef struct
{
  gsize unit;
  double x, y;
  gsize group;    /* lowest unit at its place; itself when alone */
  gboolean named; /* group is final */
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

/* Only an unclaimed spot opens a group, and a group is what is near its first member: no chains. */
static void
claim_place (Spot *spots, guint first, guint n)
{
  gsize lowest = spots[first].unit;
  guint end = first + 1;

  spots[first].group = first;
  for (; end < n && spots[end].x - spots[first].x < SAME_PLACE; end++)
    if (spots[end].group == G_MAXSIZE && fabs (spots[end].y - spots[first].y) < SAME_PLACE)
      {
        spots[end].group = first;
        lowest = MIN (lowest, spots[end].unit);
      }
  /* Renamed once all are found: until then the group is the index of its first spot. */
  for (guint i = first; i < end; i++)
    if (spots[i].group == first && !spots[i].named)
      {
        spots[i].group = lowest;
        spots[i].named = TRUE;
      }
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
      claim_place (spot, i, spots->len);
  g_array_sort (spots, compare_members);
  return spots;
}

static gboolean
have_same_name (const SemMapData *data, gsize a, gsize b)
{
  g_autofree char *x = g_utf8_casefold (data->names[a], -1),
                  *y = g_utf8_casefold (data->names[b], -1);

  return strcmp (x, y) == 0;
}

/* One place's units become points: [first, end) of the sorted spots. Returns how many points were
 * added. */
static guint
collapse_names (SemMapMarks *marks, const SemMapData *data, const Spot *spots, guint n)
{
  const guint first_point = marks->points->len;

  for (guint i = 0; i < n; i++)
    {
      guint at = first_point;
      SemMapPoint *point;

      while (at < marks->points->len
             && !have_same_name (data, g_array_index (marks->points, SemMapPoint, at).unit,
                                 spots[i].unit))
        at++;
      if (at == marks->points->len)
        {
          SemMapPoint new_point
              = { .unit = spots[i].unit, .x = spots[0].x, .y = spots[0].y, .group = G_MAXSIZE };

          g_array_append_val (marks->points, new_point);
        }
      point = &g_array_index (marks->points, SemMapPoint, at);
      point->count += data->counts[spots[i].unit];
      marks->point_of[spots[i].unit] = at;
    }
  return marks->points->len - first_point;
}

static void
spread_petals (SemMapMarks *marks, guint first, guint n)
{
  const double petal = SEM_MAP_RADIUS * 0.85, away = n == 2 ? petal : petal * (0.75 + 0.22 * n);
  SemMapPoint *points = &g_array_index (marks->points, SemMapPoint, first);
  SemMapGroup group = { points[0].x, points[0].y, away + petal + 2.0 };

  for (guint i = 0; i < n; i++)
    {
      double angle = 2.0 * G_PI * i / n;

      points[i].x += away * cos (angle);
      points[i].y += away * sin (angle);
      points[i].radius = petal;
      points[i].group = marks->groups->len;
    }
  g_array_append_val (marks->groups, group);
}

/* Many different names at one place: one disc named after the first, with the number of all. */
static void
fold_crowd (SemMapMarks *marks, guint first, guint n)
{
  SemMapPoint *points = &g_array_index (marks->points, SemMapPoint, first);
  SemMapGroup group = { points[0].x, points[0].y, SEM_MAP_RADIUS + 3.0 };
  gsize n_units = 0;

  for (guint i = 0; i < n; i++)
    n_units += points[i].count;
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

static void
finish_point (const SemMap *self, SemMapPoint *point)
{
  g_autofree char *name = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                                               self->data->names[point->unit], MAX_LABEL_WIDTH);
  SemTextSize size;

  if (point->radius <= 0.0)
    point->radius = sem_map_is_dim (self, point->unit) ? DIM_RADIUS : SEM_MAP_RADIUS;
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

/* The lines of a font are taller than its letters: labels may come a little closer than their
 * lines. */
#define INK 0.82

static void
place_labels (const SemMap *self, SemMapMarks *marks)
{
  const guint n = marks->points->len;
  const SemBox bounds = { 0.0, 0.0, marks->width * marks->zoom, marks->height * marks->zoom };
  const SemLabelRules rules = { .gap = 4.0,
                                .margin = n > MANY_LABELS ? 3.0 : 1.0,
                                .n_rings = n > MANY_LABELS ? 0 : (n > MANY_LABELS / 3 ? 2 : 4),
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
    }
  sem_labels_place (requests, n, &rules, marks->places);
  for (guint i = 0; i < n; i++)
    marks->places[i].y -= requests[i].height * (1.0 / INK - 1.0) / 2.0;
}

SemMapMarks *
sem_map_marks_new (const SemMap *self)
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
    finish_point (self, &g_array_index (marks->points, SemMapPoint, i));
  marks->places = g_new0 (SemLabelPlace, MAX (marks->points->len, 1));
  place_labels (self, marks);
  for (gsize i = 0; i < self->data->n; i++)
    marks->point_of[i] = marks->point_of[self->data->shown_as[i]];
  return marks;
}
