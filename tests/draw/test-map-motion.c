/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way from one map to another: it begins and ends where it should, and a turn stays a turn. */
#include "plots-sample.h"

#include "draw/map-motion.h"
#include "draw/map-private.h"
#include "layout-test.h"

#include <math.h>

typedef struct
{
  Sample *sample;
  SemTextContext *text;
  SemViewOptions options;
  SemLayoutInput input;
} Fixture;

static void
set_up_for (Fixture *self, gsize n)
{
  *self = (Fixture){ .sample = sample_new (n), .text = sem_text_context_new (NULL, 1.0) };
  self->options = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->input = layout_test_input (NULL, &self->options, self->text, 640.0, 540.0);
}

static void
tear_down (Fixture *self)
{
  sem_text_context_unref (self->text);
  sample_free (self->sample);
}

/* The sample's first two components turned by an angle, mirrored or not. */
static SemLayout *
make_turned (Fixture *self, double angle, gboolean mirrored)
{
  const gsize n = self->sample->n;
  g_autoptr (SemMatrix) coordinates = sem_matrix_new (n, 2, NULL);
  g_autoptr (SemMapData) data = NULL;

  for (gsize i = 0; i < n; i++)
    {
      const double x = sem_matrix_get (self->sample->coordinates, i, 0);
      const double y = sem_matrix_get (self->sample->coordinates, i, 1) * (mirrored ? -1.0 : 1.0);

      sem_matrix_get_data (coordinates)[2 * i] = x * cos (angle) - y * sin (angle);
      sem_matrix_get_data (coordinates)[2 * i + 1] = x * sin (angle) + y * cos (angle);
    }
  data = sem_map_data_new_for_points ((const char *const *)self->sample->names, coordinates,
                                      self->sample->ratios, NULL);
  return sem_map_layout_new_for_data (&self->input, data);
}

/* The largest distance between a unit's places in two pictures, petals left out. */
static double
find_farthest (const SemMap *a, const SemMap *b)
{
  double farthest = 0.0;

  for (gsize i = 0; i < a->data->n; i++)
    {
      double ax, ay, bx, by;

      sem_map_get_point (a, i, &ax, &ay);
      sem_map_get_point (b, i, &bx, &by);
      farthest = MAX (farthest, hypot (ax - bx, ay - by));
    }
  return farthest;
}

static double
measure_spread (const SemMap *map)
{
  double mean_x = 0.0, mean_y = 0.0, sum = 0.0, x, y;
  const double n = (double)map->data->n;

  for (gsize i = 0; i < map->data->n; i++)
    {
      sem_map_get_point (map, i, &x, &y);
      mean_x += x / n;
      mean_y += y / n;
    }
  for (gsize i = 0; i < map->data->n; i++)
    {
      sem_map_get_point (map, i, &x, &y);
      sum += hypot (x - mean_x, y - mean_y) / n;
    }
  return sum;
}

static void
test_ends (void)
{
  static const double angles[] = { 0.4, 2.0, -1.3, 3.1 };

  for (gsize i = 0; i < G_N_ELEMENTS (angles); i++)
    for (guint mirrored = 0; mirrored < 2; mirrored++)
      {
        Fixture fixture;
        g_autoptr (SemLayout) from = NULL, to = NULL, first = NULL, last = NULL;
        g_autoptr (SemMapMotion) motion = NULL;

        set_up_for (&fixture, 14);
        from = make_turned (&fixture, 0.0, FALSE);
        to = make_turned (&fixture, angles[i], mirrored);
        motion = sem_map_motion_new (from, to);
        g_assert_nonnull (motion);
        first = sem_map_motion_dup_layout (motion, 0.0);
        last = sem_map_motion_dup_layout (motion, 1.0);
        g_assert_true (last == to);
        g_assert_cmpfloat (find_farthest ((SemMap *)first, (SemMap *)from), <, 1e-6);
        g_assert_cmpfloat (find_farthest ((SemMap *)first, (SemMap *)to), >, 20.0);
        g_assert_false (((SemMap *)to)->marks->is_moving);
        tear_down (&fixture);
      }
}

/* Turned by two radians, in straight lines the cloud would shrink to half; turning, it never is
 * smaller than both ends. */
static void
test_turn_keeps_its_size (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) from = NULL, to = NULL;
  g_autoptr (SemMapMotion) motion = NULL;
  double smallest;

  set_up_for (&fixture, 14);
  from = make_turned (&fixture, 0.0, FALSE);
  to = make_turned (&fixture, 2.0, FALSE);
  motion = sem_map_motion_new (from, to);
  smallest = MIN (measure_spread ((SemMap *)from), measure_spread ((SemMap *)to));
  for (double t = 0.0; t <= 1.0; t += 0.125)
    {
      g_autoptr (SemLayout) layout = sem_map_motion_dup_layout (motion, t);

      g_assert_cmpfloat (measure_spread ((SemMap *)layout), >=, smallest - 1e-6);
      cairo_surface_destroy (sample_draw (layout, &fixture.input, NULL));
    }
  tear_down (&fixture);
}

/* Cut short, the next motion begins where the points are. */
static void
test_interrupted (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) a = NULL, b = NULL, c = NULL, middle = NULL, again = NULL;
  g_autoptr (SemMapMotion) first = NULL, second = NULL;

  set_up_for (&fixture, 14);
  a = make_turned (&fixture, 0.0, FALSE);
  b = make_turned (&fixture, 1.0, FALSE);
  c = make_turned (&fixture, -1.0, TRUE);
  first = sem_map_motion_new (a, b);
  middle = sem_map_motion_dup_layout (first, 0.4);
  second = sem_map_motion_new (middle, c);
  again = sem_map_motion_dup_layout (second, 0.0);
  g_assert_cmpfloat (find_farthest ((SemMap *)again, (SemMap *)middle), <, 1e-6);
  tear_down (&fixture);
}

/* No motion: another window onto the same picture, other words, a picture of another kind. */
static void
test_nothing_moves (void)
{
  Fixture fixture, other;
  g_autoptr (SemLayout) whole = NULL, zoomed = NULL, longer = NULL;
  g_autoptr (SemMapData) data = NULL;

  set_up_for (&fixture, 14);
  set_up_for (&other, 15);
  data = sem_map_data_new_for_points ((const char *const *)fixture.sample->names,
                                      fixture.sample->coordinates, fixture.sample->ratios, NULL);
  whole = sem_map_layout_new_for_data (&fixture.input, data);
  fixture.options.map_view.zoom = 3.0;
  zoomed = sem_map_layout_new_for_data (&fixture.input, data);
  longer = make_turned (&other, 0.0, FALSE);
  g_assert_null (sem_map_motion_new (whole, zoomed));
  g_assert_null (sem_map_motion_new (whole, longer));
  fixture.options.component_y = 2;
  g_clear_pointer (&zoomed, sem_layout_unref);
  zoomed = sem_map_layout_new_for_data (&fixture.input, data);
  {
    g_autoptr (SemMapMotion) motion = sem_map_motion_new (whole, zoomed);

    g_assert_nonnull (motion); /* other components */
  }
  tear_down (&fixture);
  tear_down (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-motion/ends", test_ends);
  g_test_add_func ("/map-motion/turn-keeps-its-size", test_turn_keeps_its_size);
  g_test_add_func ("/map-motion/interrupted", test_interrupted);
  g_test_add_func ("/map-motion/nothing-moves", test_nothing_moves);
  return g_test_run ();
}
