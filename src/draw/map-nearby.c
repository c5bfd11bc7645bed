/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the vocabulary behind the points of a map: small, faint, and in nobody's way.  Units
 * and their labels are placed without them; of these words each gets a label where there is room,
 * and what a unit's mark or label covers is left out. */
#include "draw/map-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>

#define RADIUS 2.0
#define REACH 3.0
#define GAP 2.5
#define LABEL_SHARE 0.85 /* of the units' size */
#define MAX_LABEL_WIDTH 120.0

static double
get_size (const SemMap *self)
{
  return self->label_size * LABEL_SHARE;
}

static gboolean
is_covered (const SemMapMarks *marks, const SemMapNearby *word)
{
  for (guint i = 0; i < marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (marks->points, SemMapPoint, i);
      const SemLabelPlace *place = &marks->places[i];

      if (hypot (point->x - word->x, point->y - word->y) < point->radius + RADIUS)
        return TRUE;
      if (place->state != SEM_LABEL_HIDDEN && word->x > place->x - RADIUS
          && word->x < place->x + point->label_width + RADIUS && word->y > place->y - RADIUS
          && word->y < place->y + point->label_height + RADIUS)
        return TRUE;
    }
  return FALSE;
}

/* The labels of the units, which are there already. */
static SemBox *
list_obstacles (const SemMapMarks *marks, gsize *n)
{
  SemBox *boxes = g_new (SemBox, MAX (marks->points->len, 1));

  *n = 0;
  for (guint i = 0; i < marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (marks->points, SemMapPoint, i);

      if (marks->places[i].state != SEM_LABEL_HIDDEN)
        boxes[(*n)++] = (SemBox){ marks->places[i].x, marks->places[i].y, point->label_width,
                                  point->label_height };
    }
  return boxes;
}

static void
place_words (SemMapMarks *marks)
{
  const guint n_points = marks->points->len, n = marks->nearby->len;
  const SemBox bounds = { 0.0, 0.0, marks->width * marks->zoom, marks->height * marks->zoom };
  SemLabelRules rules = { .gap = GAP, .margin = 1.0, .bounds = &bounds };
  g_autofree SemBox *obstacles = list_obstacles (marks, &rules.n_obstacles);
  g_autofree SemLabelRequest *requests = g_new0 (SemLabelRequest, n_points + n);
  g_autofree SemLabelPlace *places = g_new (SemLabelPlace, n_points + n);

  rules.obstacles = obstacles;
  for (guint i = 0; i < n_points; i++)
    {
      const SemMapPoint *point = &g_array_index (marks->points, SemMapPoint, i);

      requests[n + i]
          = (SemLabelRequest){ .x = point->x, .y = point->y, .radius = point->radius + 0.5 };
    }
  for (guint i = 0; i < n; i++)
    {
      const SemMapNearby *word = &g_array_index (marks->nearby, SemMapNearby, i);

      requests[i] = (SemLabelRequest){ .x = word->is_shown ? word->x : (double)NAN,
                                       .y = word->y,
                                       .radius = RADIUS,
                                       .width = word->width,
                                       .height = word->height };
    }
  sem_labels_place (requests, n_points + n, &rules, places);
  for (guint i = 0; i < n; i++)
    g_array_index (marks->nearby, SemMapNearby, i).place = places[i];
}

static void
clear_word (gpointer data)
{
  g_free (((SemMapNearby *)data)->label);
}

void
sem_map_place_nearby (const SemMap *self, SemMapMarks *marks)
{
  const SemMapData *data = self->data;

  marks->nearby = g_array_new (FALSE, FALSE, sizeof (SemMapNearby));
  g_array_set_clear_func (marks->nearby, clear_word);
  for (gsize i = 0; i < data->n_background; i++)
    {
      SemMapNearby word = { 0 };
      SemTextSize size;

      sem_map_to_frame (self, data->background, i, &word.x, &word.y);
      word.x *= self->zoom;
      word.y *= self->zoom;
      word.label = sem_text_dup_elided (self->text, SEM_FONT_SMALL, get_size (self),
                                        data->background_names[i], MAX_LABEL_WIDTH);
      sem_text_measure (self->text, SEM_FONT_SMALL, get_size (self), word.label, &size);
      word.width = size.width;
      word.height = size.height;
      word.ascent = size.ascent;
      word.is_shown = isfinite (word.x) && isfinite (word.y) && word.x >= 0.0 && word.y >= 0.0
                      && word.x <= marks->width * marks->zoom
                      && word.y <= marks->height * marks->zoom && !is_covered (marks, &word);
      g_array_append_val (marks->nearby, word);
    }
  if (marks->nearby->len > 0)
    place_words (marks);
}

static const SemMapNearby *
get_word (const SemMap *self, gsize index, double *x, double *y)
{
  const SemMapNearby *word;

  if (!self->marks || index >= self->marks->nearby->len)
    return NULL;
  word = &g_array_index (self->marks->nearby, SemMapNearby, index);
  *x = word->x + self->shift_x;
  *y = word->y + self->shift_y;
  return word->is_shown && sem_map_is_in_view (self, *x, *y, 0.0) ? word : NULL;
}

gboolean
sem_map_get_nearby_box (const SemMap *self, gsize index, SemBox *box)
{
  double x, y;

  if (!get_word (self, index, &x, &y))
    return FALSE;
  *box = (SemBox){ x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS };
  return TRUE;
}

gsize
sem_map_find_nearby (const SemMap *self, double x, double y)
{
  double best = RADIUS + REACH;
  gsize found = G_MAXSIZE;

  for (guint i = 0; i < self->marks->nearby->len; i++)
    {
      double at_x, at_y;

      if (get_word (self, i, &at_x, &at_y) && hypot (at_x - x, at_y - y) < best)
        {
          best = hypot (at_x - x, at_y - y);
          found = i;
        }
    }
  for (guint i = 0; i < self->marks->nearby->len && found == G_MAXSIZE; i++)
    {
      const SemMapNearby *word = &g_array_index (self->marks->nearby, SemMapNearby, i);
      const SemBox box = { word->place.x + self->shift_x, word->place.y + self->shift_y,
                           word->width, word->height };

      if (word->is_shown && word->place.state != SEM_LABEL_HIDDEN && sem_box_contains (&box, x, y))
        found = i;
    }
  return found;
}

static void
draw_dot (const SemMap *self, double x, double y, SemRgba color, cairo_t *cr)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, RADIUS, 0.0, 2.0 * G_PI);
  sem_rgba_set_source (color, cr);
  sem_canvas_fill (cr);
}

void
sem_map_draw_nearby (const SemMap *self, cairo_t *cr)
{
  const SemRgba dot = sem_rgba_mix (self->theme->surface, self->theme->text, 0.35);

  for (guint i = 0; i < self->marks->nearby->len; i++)
    {
      double x, y;
      const SemMapNearby *word = get_word (self, i, &x, &y);
      SemBox box;

      if (!word)
        continue;
      draw_dot (self, x, y, dot, cr);
      if (word->place.state == SEM_LABEL_HIDDEN)
        continue;
      box = (SemBox){ word->place.x + self->shift_x, word->place.y + self->shift_y, word->width,
                      word->height };
      sem_map_draw_patch (self, &box, cr);
      sem_text_draw (self->text, cr, SEM_FONT_SMALL, get_size (self), word->label, box.x,
                     box.y + word->ascent, 0.0, self->theme->text_faint);
    }
  if (self->data->awaits_background)
    sem_text_draw (self->text, cr, SEM_FONT_SMALL, get_size (self),
                   _ ("finding the nearest words…"), self->plot.x + 4.0,
                   self->plot.y + get_size (self), 0.0, self->theme->text_faint);
}

void
sem_map_draw_nearby_overlay (const SemMap *self, gsize index, cairo_t *cr)
{
  double x, y, to_x, to_y;
  const SemMapNearby *word = get_word (self, index, &x, &y);
  const SemMapPoint *point
      = word ? sem_map_get_point (self, self->data->background_units[index], &to_x, &to_y) : NULL;
  gboolean is_placed;
  double left, top;

  if (!word)
    return;
  if (point)
    {
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, to_x, to_y);
      cairo_set_line_width (cr,
                            0.75 + 3.25 * CLAMP (self->data->background_cosines[index], 0.0, 1.0));
      sem_rgba_set_source (sem_rgba_mix (self->theme->surface, self->theme->accent, 0.45), cr);
      sem_canvas_stroke (cr);
    }
  draw_dot (self, x, y, self->theme->text, cr);
  is_placed = word->place.state != SEM_LABEL_HIDDEN;
  left = is_placed ? word->place.x + self->shift_x : x + RADIUS + GAP;
  top = is_placed ? word->place.y + self->shift_y : y - word->height / 2.0;
  sem_text_draw_halo (self->text, cr, SEM_FONT_SMALL, get_size (self), word->label,
                      MIN (left, self->plot.x + self->plot.width - word->width), top + word->ascent,
                      0.0, self->theme->text, self->theme->surface, 3.0);
}
