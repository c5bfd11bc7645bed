/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lights up in a map: the chosen points and their names, lines from the one under the pointer
 * to its true nearest neighbours (as wide as the cosine; faint and dashed to those the plane has
 * put far away), and the chosen pair. */
#include "draw/map-private.h"

#include "draw/canvas.h"
#include "draw/plot.h"

#include <math.h>

#define MAX_FORCED 64

/* A label that has to be shown: its point, and whether it is a chosen one (bold, accent) or a
 * neighbour. */
typedef struct
{
  gsize point;
  gboolean is_chosen;
} Forced;

/* How many points are nearer to a point, in the plane, than another one. */
static gsize
count_nearer (const SemMap *self, const SemMapPoint *from, const SemMapPoint *to)
{
  const double distance = hypot (to->x - from->x, to->y - from->y);
  gsize n = 0;

  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, i);

      n += point != from && point != to
           && hypot (point->x - from->x, point->y - from->y) < distance;
    }
  return n;
}

static void
draw_line (const SemMap *self,
           const SemMapPoint *a,
           const SemMapPoint *b,
           double width,
           SemRgba color,
           cairo_t *cr)
{
  cairo_move_to (cr, a->x + self->shift_x, a->y + self->shift_y);
  cairo_line_to (cr, b->x + self->shift_x, b->y + self->shift_y);
  cairo_set_line_width (cr, width);
  sem_rgba_set_source (color, cr);
  sem_canvas_stroke (cr);
}

static double
get_line_width (const SemMap *self, gsize a, gsize b)
{
  const double value = self->data->similarity ? sem_matrix_get (self->data->similarity, a, b) : 0.0;

  return self->data->is_distance ? 1.5 : 0.75 + 3.25 * CLAMP (value, 0.0, 1.0);
}

static const SemMapPoint *
get_point (const SemMap *self, gsize unit)
{
  double x, y;

  return sem_map_get_point (self, unit, &x, &y);
}

static void
add_forced (Forced *forced, gsize *n, gsize point, gboolean is_chosen)
{
  for (gsize i = 0; i < *n; i++)
    if (forced[i].point == point)
      return;
  if (*n < MAX_FORCED)
    forced[(*n)++] = (Forced){ point, is_chosen };
}

/* The lines, and the neighbours they lead to. */
static void
draw_neighbors (const SemMap *self, gsize unit, Forced *forced, gsize *n_forced, cairo_t *cr)
{
  gsize neighbors[SEM_MAP_NEIGHBORS];
  const gsize n = sem_map_data_nearest (self->data, unit, neighbors, SEM_MAP_NEIGHBORS);
  const SemMapPoint *from = get_point (self, unit);
  const SemRgba near = sem_rgba_mix (self->theme->surface, self->theme->accent, 0.45);
  const SemRgba far = sem_rgba_mix (self->theme->surface, self->theme->accent, 0.28);

  for (gsize i = 0; from && i < n; i++)
    {
      const SemMapPoint *to = get_point (self, neighbors[i]);
      const gboolean is_far = to && count_nearer (self, from, to) >= n;
      const double dashes[] = { 4.0, 3.0 };

      if (!to || to == from)
        continue;
      cairo_set_dash (cr, dashes, is_far ? 2 : 0, 0.0);
      draw_line (self, from, to, get_line_width (self, unit, neighbors[i]), is_far ? far : near,
                 cr);
      cairo_set_dash (cr, NULL, 0, 0.0);
      add_forced (forced, n_forced, self->marks->point_of[neighbors[i]], FALSE);
    }
}

static void
draw_ring (const SemMap *self, gsize index, gboolean is_chosen, cairo_t *cr)
{
  const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, index);

  if (is_chosen)
    {
      sem_map_add_mark (self, point, 2.5, cr);
      sem_rgba_set_source (self->theme->accent, cr);
      sem_canvas_fill (cr);
    }
  sem_map_add_mark (self, point, is_chosen ? 0.5 : 0.0, cr);
  sem_rgba_set_source (sem_map_get_color (self, point->unit), cr);
  sem_canvas_fill (cr);
}

/* Places for the labels that the base picture hides: clear of each other and of the points in
 * focus, over anything else. */
static void
place_hidden (const SemMap *self, const Forced *forced, gsize n, SemLabelPlace *places)
{
  SemLabelRequest requests[MAX_FORCED];
  SemBox taken[MAX_FORCED];
  const SemBox bounds = { self->plot.x, self->plot.y, self->plot.width, self->plot.height };
  SemLabelRules rules
      = { .gap = 3.5, .margin = 1.0, .n_rings = 4, .bounds = &bounds, .obstacles = taken };

  for (gsize i = 0; i < n; i++)
    {
      const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, forced[i].point);
      const gboolean is_shown
          = sem_map_get_label_box (self, forced[i].point, &taken[rules.n_obstacles]);

      rules.n_obstacles += is_shown;
      requests[i] = (SemLabelRequest){ .x = point->x + self->shift_x,
                                       .y = point->y + self->shift_y,
                                       .radius = point->radius + 2.0,
                                       .width = is_shown ? 0.0 : point->label_width,
                                       .height = point->label_height,
                                       .priority = forced[i].is_chosen };
    }
  sem_labels_place (requests, n, &rules, places);
}

static void
draw_label (const SemMap *self, const Forced *forced, const SemLabelPlace *place, cairo_t *cr)
{
  const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, forced->point);
  const double x = point->x + self->shift_x, y = point->y + self->shift_y;
  SemBox box;
  gboolean is_left;

  if (!sem_map_get_label_box (self, forced->point, &box))
    {
      box.x = place->state != SEM_LABEL_HIDDEN ? place->x : x + point->radius + 5.0;
      box.y = place->state != SEM_LABEL_HIDDEN ? place->y : y - box.height / 2.0;
      box.x = CLAMP (box.x, 0.0, MAX (self->base.width - box.width, 0.0));
    }
  is_left = box.x + box.width / 2.0 < x - point->radius;
  if (forced->is_chosen)
    sem_plot_draw_chip (self->text, self->theme, self->label_size, point->label,
                        is_left ? box.x + box.width : box.x, box.y + point->label_ascent,
                        is_left ? 1.0 : 0.0, cr);
  else
    sem_text_draw_halo (self->text, cr, SEM_FONT_BODY, self->label_size, point->label,
                        is_left ? box.x + box.width : box.x, box.y + point->label_ascent,
                        is_left ? 1.0 : 0.0, self->theme->text, self->theme->surface, 3.0);
}

static void
add_chosen (const SemMap *self, gsize unit, Forced *forced, gsize *n)
{
  if (get_point (self, unit))
    add_forced (forced, n, self->marks->point_of[unit], TRUE);
}

/* Every selected point has its ring; names only as many as can be told apart. */
static void
draw_more_rings (const SemMap *self, const SemFocus *focus, cairo_t *cr)
{
  g_autofree gboolean *is_ringed = g_new0 (gboolean, MAX (self->marks->points->len, 1));

  for (gsize i = MAX_FORCED / 2; i < focus->n_selected; i++)
    if (get_point (self, focus->selected[i]))
      {
        const gsize point = self->marks->point_of[focus->selected[i]];

        if (!is_ringed[point])
          draw_ring (self, point, TRUE, cr);
        is_ringed[point] = TRUE;
      }
}

/* The column of the scree strip that is pointed at. */
static void
draw_component (const SemMap *self, gsize component, cairo_t *cr)
{
  SemBox box;

  if (!sem_map_get_scree_box (self, component, &box))
    return;
  sem_canvas_round_rectangle (cr, box.x - 1.25, box.y - 1.0, box.width + 1.0, box.height + 2.0,
                              2.0);
  sem_rgba_set_source (self->theme->accent, cr);
  cairo_set_line_width (cr, 1.0);
  sem_canvas_stroke (cr);
}

void
sem_map_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemMap *self = (const SemMap *)layout;
  Forced forced[MAX_FORCED];
  SemLabelPlace places[MAX_FORCED];
  gsize n = 0, unit = sem_plot_get_unit (&focus->hover), pair[2];
  gboolean has_pair;

  if (self->data->message)
    return;
  if (focus->hover.kind == SEM_ITEM_COMPONENT)
    draw_component (self, focus->hover.dimension, cr);
  if (focus->hover.kind == SEM_ITEM_PAIR && focus->hover.unit == focus->hover.other)
    unit = focus->hover.unit; /* a cell of the heatmap's diagonal */
  has_pair = sem_plot_get_pair (focus, &pair[0], &pair[1]) && pair[0] != pair[1]
             && get_point (self, pair[0]) && get_point (self, pair[1]);
  add_chosen (self, unit, forced, &n);
  for (guint i = 0; i < 2 && has_pair; i++)
    add_chosen (self, pair[i], forced, &n);
  for (gsize i = 0; i < MIN (focus->n_selected, MAX_FORCED / 2); i++)
    add_chosen (self, focus->selected[i], forced, &n);
  cairo_rectangle (cr, self->plot.x - 2.0, self->plot.y - 2.0, self->plot.width + 4.0,
                   self->plot.height + 4.0);
  cairo_clip (cr);
  if (focus->hover.kind == SEM_ITEM_NEARBY && focus->hover.token < self->marks->nearby->len)
    {
      sem_map_draw_nearby_overlay (self, focus->hover.token, cr);
      add_chosen (self, self->data->background_units[focus->hover.token], forced, &n);
    }
  if (unit == G_MAXSIZE && focus->n_selected > 0 && focus->hover.kind == SEM_ITEM_NONE)
    unit = focus->selected[0];
  draw_neighbors (self, unit, forced, &n, cr);
  if (has_pair)
    draw_line (self, get_point (self, pair[0]), get_point (self, pair[1]),
               get_line_width (self, pair[0], pair[1]), self->theme->accent, cr);
  draw_more_rings (self, focus, cr);
  for (gsize i = n; i-- > 0;)
    draw_ring (self, forced[i].point, forced[i].is_chosen, cr);
  place_hidden (self, forced, n, places);
  for (gsize i = n; i-- > 0;)
    draw_label (self, &forced[i], &places[i], cr);
}
