/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the map's frame goes.  One scale for both axes, so that distances are true; the mean is
 * always inside.  The extent in each of the four directions is rounded up to steps of 12 %, so that
 * a word more or less rarely moves anything. */
#include "draw/map-private.h"

#include "draw/plot.h"

#include <math.h>

#define STEP 1.12
#define MAX_ZOOM 400.0
#define PAD_LEFT 26.0
#define PAD_RIGHT 14.0
#define PAD_TOP 12.0
#define PAD_BOTTOM 42.0
#define LABEL_SIZE 12.0

static double
round_extent (double extent)
{
  return extent > 0.0 && isfinite (extent) ? pow (STEP, ceil (log (extent) / log (STEP) - 1e-9))
                                           : 0.0;
}

/* How far the units reach from the mean: left, right, down, up. */
static void
measure_extents (const SemMap *self, double extents[4])
{
  for (guint i = 0; i < 4; i++)
    extents[i] = self->has_depth ? self->reach : 0.0;
  for (gsize i = 0; i < self->data->n && !self->has_depth; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        gsize component = axis ? self->component_y : self->component_x;
        double value = component < self->data->n_components
                           ? sem_matrix_get (self->data->coordinates, i, component)
                           : 0.0;

        if (!isfinite (value))
          continue;
        extents[2 * axis] = MAX (extents[2 * axis], -value);
        extents[2 * axis + 1] = MAX (extents[2 * axis + 1], value);
      }
  for (guint i = 0; i < 4; i++)
    extents[i] = round_extent (extents[i]);
}

/* Room right of the rightmost point for a label of ordinary length. */
static double
measure_label_room (const SemMap *self)
{
  double sum = 0.0;
  const gsize n = MIN (self->data->n, 64);

  for (gsize i = 0; i < n; i++)
    {
      SemTextSize size;

      sem_text_measure (self->text, SEM_FONT_BODY_BOLD, self->label_size, self->data->names[i],
                        &size);
      sum += MIN (size.width, 160.0);
    }
  return MIN (sum / (double)MAX (n, 1) + 12.0, self->plot.width * 0.2);
}

static void
fit_frame (SemMap *self)
{
  const double side = MIN (20.0, self->plot.width * 0.1), room = measure_label_room (self);
  const double end = MIN (16.0, self->plot.height * 0.1);
  const double width = MAX (self->plot.width - side - room, 1.0),
               height = MAX (self->plot.height - 2.0 * end, 1.0);
  double extents[4], across, down;

  measure_extents (self, extents);
  across = extents[0] + extents[1];
  down = extents[2] + extents[3];
  self->points_per_unit = 1.0;
  if (across > 0.0 || down > 0.0)
    self->points_per_unit = MIN (across > 0.0 ? width / across : G_MAXDOUBLE,
                                 down > 0.0 ? height / down : G_MAXDOUBLE);
  self->origin_x
      = side + (width - across * self->points_per_unit) / 2.0 + extents[0] * self->points_per_unit;
  self->origin_y
      = end + (height - down * self->points_per_unit) / 2.0 + extents[3] * self->points_per_unit;
}

void
sem_map_to_frame (const SemMap *self, const SemMatrix *coordinates, gsize row, double *x, double *y)
{
  double turned[3];

  sem_map_turn (self, coordinates, row, turned);
  *x = self->origin_x + turned[0] * self->points_per_unit;
  *y = self->origin_y - turned[1] * self->points_per_unit;
}

static void
take_dots (SemMap *self, const SemMap *previous)
{
  if (previous && previous->dots && sem_dots_get_scale (previous->dots) == self->scale)
    self->dots = sem_dots_ref (previous->dots);
  else if (self->scale > 0.0)
    self->dots = sem_dots_new (self->scale);
}

void
sem_map_arrange (SemMap *self, const SemLayoutInput *input)
{
  const SemMap *previous = (const SemMap *)input->previous;
  double x, y, side, top;

  self->label_size = LABEL_SIZE * sem_text_context_get_scale (self->text);
  top = PAD_TOP + sem_map_get_legend_height (self);
  self->plot = (SemBox){ PAD_LEFT, top, MAX (input->width - PAD_LEFT - PAD_RIGHT, 1.0),
                         MAX (input->height - top - PAD_BOTTOM, 1.0) };
  self->base.plot = self->plot;
  fit_frame (self);
  sem_plot_get_window (&input->options->map_view, MAX_ZOOM, &x, &y, &side);
  self->zoom = 1.0 / side;
  self->shift_x = self->plot.x - x * self->plot.width * self->zoom;
  self->shift_y = self->plot.y - y * self->plot.height * self->zoom;
  if (previous && previous->base.klass != self->base.klass)
    previous = NULL;
  take_dots (self, previous);
  if (previous
      && (previous->data != self->data || !previous->marks || previous->marks->is_moving
          || previous->marks->text != self->text))
    previous = NULL;
  if (previous && previous->marks->zoom == self->zoom && previous->marks->width == self->plot.width
      && previous->marks->height == self->plot.height
      && previous->marks->component_x == self->component_x
      && previous->marks->component_y == self->component_y && previous->marks->dim == self->dim
      && previous->marks->has_depth == self->has_depth && previous->marks->yaw == self->yaw
      && previous->marks->pitch == self->pitch)
    self->marks = sem_map_marks_ref (previous->marks);
  else
    self->marks = sem_map_marks_new (self, previous ? previous->marks : NULL);
}
