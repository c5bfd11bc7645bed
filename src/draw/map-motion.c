/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See map-motion.h.  All places are in points of the picture. */
#include "draw/map-motion.h"

#include "core/analysis/procrustes.h"
#include "draw/map-private.h"

#include <math.h>
#include <string.h>

struct _SemMapMotion
{
  SemMap *to;
  SemPoint *starts; /* by point of `to`: from the old middle, turned onto the new picture */
  SemPoint *ends;   /* from the new middle */
  SemPoint middle_from, middle_to;
  double angle; /* radians: what the first picture is turned by, seen from the new one */
  gboolean is_flipped;
};

void
sem_map_motion_free (SemMapMotion *self)
{
  sem_layout_unref (&self->to->base);
  g_free (self->starts);
  g_free (self->ends);
  g_free (self);
}

static gboolean
shows_same_units (const SemMap *from, const SemMap *to)
{
  if (from->base.klass != to->base.klass || !from->marks || !to->marks
      || from->data->n != to->data->n || to->marks->points->len == 0)
    return FALSE;
  for (gsize i = 0; i < to->data->n && from->data != to->data; i++)
    if (strcmp (from->data->names[i], to->data->names[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
shows_same_way (const SemMap *from, const SemMap *to)
{
  return (from->data == to->data
          || (to->data->analysis && from->data->analysis == to->data->analysis
              && from->data->axes_description == to->data->axes_description))
         && from->component_x == to->component_x && from->component_y == to->component_y
         && from->has_depth == to->has_depth && !from->marks->is_moving;
}

/* Places of the points of `to`: in the old picture where their unit is in it, and in the new one.
 */
static void
list_places (const SemMap *from, const SemMap *to, SemMatrix *olds, SemMatrix *news)
{
  for (guint i = 0; i < to->marks->points->len; i++)
    {
      const gsize unit = g_array_index (to->marks->points, SemMapPoint, i).unit;
      double x, y;

      sem_map_get_point (to, unit, &x, &y);
      sem_matrix_get_data (news)[2 * i] = x;
      sem_matrix_get_data (news)[2 * i + 1] = y;
      sem_map_get_point (from, unit, &x, &y); /* else it begins where it ends */
      sem_matrix_get_data (olds)[2 * i] = x;
      sem_matrix_get_data (olds)[2 * i + 1] = y;
    }
}

SemMapMotion *
sem_map_motion_new (SemLayout *from_layout, SemLayout *to_layout)
{
  SemMap *from = (SemMap *)from_layout, *to = (SemMap *)to_layout;
  g_autoptr (SemProcrustes) turn = NULL;
  g_autoptr (SemMatrix) olds = NULL, news = NULL;
  SemMapMotion *self;
  const double *r;
  gsize n;

  if (!shows_same_units (from, to) || shows_same_way (from, to))
    return NULL;
  n = to->marks->points->len;
  olds = sem_matrix_new (n, 2, NULL);
  news = sem_matrix_new (n, 2, NULL);
  if (!olds || !news)
    return NULL;
  list_places (from, to, olds, news);
  turn = sem_procrustes_fit (olds, news, FALSE, NULL);
  if (!turn)
    return NULL;
  self = g_new0 (SemMapMotion, 1);
  self->to = to;
  sem_layout_ref (to_layout);
  self->starts = g_new (SemPoint, n);
  self->ends = g_new (SemPoint, n);
  self->middle_from = (SemPoint){ turn->mean_from[0], turn->mean_from[1] };
  self->middle_to = (SemPoint){ turn->mean_to[0], turn->mean_to[1] };
  r = turn->rotation;
  self->is_flipped = r[0] * r[3] - r[1] * r[2] < 0.0;
  /* Its inverse as diag (1, +-1) times a rotation: the first column of r is that rotation's first
   * row. */
  self->angle = atan2 (r[2], r[0]);
  for (gsize i = 0; i < n; i++)
    {
      const double x = sem_matrix_get (olds, i, 0) - turn->mean_from[0];
      const double y = sem_matrix_get (olds, i, 1) - turn->mean_from[1];

      self->starts[i] = (SemPoint){ x * r[0] + y * r[2], x * r[1] + y * r[3] };
      self->ends[i] = (SemPoint){ sem_matrix_get (news, i, 0) - turn->mean_to[0],
                                  sem_matrix_get (news, i, 1) - turn->mean_to[1] };
    }
  return self;
}

/* Where point i is at t. */
static SemPoint
get_place (const SemMapMotion *self, guint i, double t)
{
  const double angle = (1.0 - t) * self->angle;
  const double flip = self->is_flipped ? -cos (G_PI * t) : 1.0;
  const double x = (1.0 - t) * self->starts[i].x + t * self->ends[i].x;
  const double y = flip * ((1.0 - t) * self->starts[i].y + t * self->ends[i].y);

  return (SemPoint){
    (1.0 - t) * self->middle_from.x + t * self->middle_to.x + x * cos (angle) - y * sin (angle),
    (1.0 - t) * self->middle_from.y + t * self->middle_to.y + x * sin (angle) + y * cos (angle)
  };
}

static SemMapMarks *
move_marks (const SemMapMotion *self, double t)
{
  const SemMapMarks *old = self->to->marks;
  const guint n = old->points->len;
  SemMapMarks *marks = g_memdup2 (old, sizeof *old);

  g_atomic_ref_count_init (&marks->ref_count);
  marks->is_moving = TRUE;
  marks->text = sem_text_context_ref (old->text);
  marks->point_of = g_memdup2 (old->point_of, MAX (self->to->data->n, 1) * sizeof *old->point_of);
  marks->places = g_memdup2 (old->places, MAX (n, 1) * sizeof *old->places);
  marks->groups
      = g_array_new (FALSE, FALSE, sizeof (SemMapGroup)); /* rings come when all stands still */
  marks->nearby = g_array_new (FALSE, FALSE, sizeof (SemMapNearby));
  marks->points = sem_map_points_copy (old->points);
  for (guint i = 0; i < n; i++)
    {
      SemMapPoint *point = &g_array_index (marks->points, SemMapPoint, i);
      SemLabelPlace *place = &marks->places[i];
      const SemPoint at = get_place (self, i, t);
      const double dx = at.x - self->to->shift_x - point->x,
                   dy = at.y - self->to->shift_y - point->y;

      point->x += dx;
      point->y += dy;
      place->x += dx;
      place->y += dy;
      place->from_x += dx;
      place->from_y += dy;
      place->to_x += dx;
      place->to_y += dy;
    }
  return marks;
}

SemLayout *
sem_map_motion_dup_layout (const SemMapMotion *self, double t)
{
  SemMap *moving;

  if (t >= 1.0)
    return sem_layout_ref (&self->to->base);
  moving = g_memdup2 (self->to, sizeof *self->to);
  g_atomic_ref_count_init (&moving->base.ref_count);
  sem_map_data_ref (moving->data);
  sem_text_context_ref (moving->text);
  if (moving->dots)
    sem_dots_ref (moving->dots);
  moving->marks = move_marks (self, MAX (t, 0.0));
  return &moving->base;
}
