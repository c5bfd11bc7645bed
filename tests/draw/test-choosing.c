/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing several marks at once, and where a viewport puts an item: map and heatmap. */
#include "plots-sample.h"

#include "draw/heatmap-private.h"
#include "draw/map-private.h"
#include "layout-test.h"

#include <math.h>

typedef struct
{
  Sample *sample;
  SemTextContext *text;
  SemMapData *map;
  SemHeatmapData *heatmap;
  SemViewOptions options;
  SemLayoutInput input;
} Fixture;

static void
set_up_for (Fixture *self, Sample *sample)
{
  *self = (Fixture){ .sample = sample, .text = sem_text_context_new (NULL, 1.0) };
  self->options = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->map = sem_map_data_new_for_points ((const char *const *)sample->names, sample->coordinates,
                                           sample->ratios, sample->similarity);
  self->heatmap
      = sem_heatmap_data_new_for_matrix (sample->similarity, (const char *const *)sample->names,
                                         NULL, SEM_METRIC_COSINE, NULL, self->text);
  self->input = layout_test_input (NULL, &self->options, self->text, 640.0, 540.0);
}

static void
tear_down (Fixture *self)
{
  sem_map_data_unref (self->map);
  sem_heatmap_data_unref (self->heatmap);
  sem_text_context_unref (self->text);
  sample_free (self->sample);
}

/* Where the viewport puts what is at (u, v) of its unit square: what zooming about the pointer
 * relies on. */
static void
check_is_placed (const SemLayout *layout,
                 const SemViewport *view,
                 double u,
                 double v,
                 const SemBox *box,
                 double tolerance)
{
  const SemBox *plot = &layout->plot;

  g_assert_cmpfloat_with_epsilon (box->x + box->width / 2.0,
                                  plot->x + (0.5 + (u - view->center_x) * view->zoom) * plot->width,
                                  tolerance);
  g_assert_cmpfloat_with_epsilon (
      box->y + box->height / 2.0,
      plot->y + (0.5 + (v - view->center_y) * view->zoom) * plot->height, tolerance);
}

static void
test_map_place (void)
{
  static const SemViewport views[] = { { 0.5, 0.5, 1.0 }, { 0.4, 0.6, 3.0 }, { 0.6, 0.45, 4.0 } };

  for (gsize view = 0; view < G_N_ELEMENTS (views); view++)
    {
      Fixture fixture;
      g_autoptr (SemLayout) layout = NULL;
      gsize n_seen = 0;

      set_up_for (&fixture, sample_new (200));
      fixture.options.map_view = views[view];
      layout = sem_map_layout_new_for_data (&fixture.input, fixture.map);
      for (gsize unit = 0; unit < 200; unit++)
        {
          SemItem item = { SEM_ITEM_UNIT, unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE };
          SemBox box;
          double u, v;

          g_assert_true (sem_layout_place (layout, &item, &u, &v));
          if (!sem_layout_locate (layout, &item, &box))
            continue;
          n_seen++;
          check_is_placed (layout, &views[view], u, v, &box, 1e-6);
        }
      g_assert_cmpuint (n_seen, >, 0);
      tear_down (&fixture);
    }
}

static void
test_heatmap_place (void)
{
  const SemViewport view = { 0.4, 0.6, 3.0 };
  Fixture fixture;
  g_autoptr (SemLayout) layout = NULL;
  gsize n_seen = 0;

  set_up_for (&fixture, sample_new (30));
  fixture.options.heatmap_view = view;
  layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.heatmap);
  for (gsize unit = 0; unit < 30; unit++)
    {
      SemItem pair = { SEM_ITEM_PAIR, unit, 29 - unit, G_MAXSIZE, G_MAXSIZE };
      SemBox box;
      double u, v;

      g_assert_true (sem_layout_place (layout, &pair, &u, &v));
      if (!sem_layout_locate (layout, &pair, &box) || box.width < 0.9 * layout->plot.width / 10.0
          || box.height < 0.9 * layout->plot.height / 10.0)
        continue; /* out of the window, or cut by its edge */
      n_seen++;
      check_is_placed (layout, &view, u, v, &box, 1.5); /* cells are snapped to whole pixels */
    }
  g_assert_cmpuint (n_seen, >, 2);
  tear_down (&fixture);
}

/* The oracle of a convex polygon: inside is on the same side of every edge. */
static gboolean
is_inside (const SemPoint *corners, gsize n, double x, double y)
{
  for (gsize i = 0; i < n; i++)
    {
      const SemPoint a = corners[i], b = corners[(i + 1) % n];

      if ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) <= 0.0)
        return FALSE;
    }
  return TRUE;
}

/* A lasso holds the units whose marks the oracle finds inside, each once; a band around everything
 * holds all. */
static void
test_lasso (void)
{
  static const SemPoint all[] = { { 0, 0 }, { 640, 0 }, { 640, 540 }, { 0, 540 } };
  g_autoptr (GRand) rng = g_rand_new_with_seed (66);
  g_autoptr (GArray) every = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (SemLayout) layout = NULL;
  Fixture fixture;
  gsize n_some = 0;

  set_up_for (&fixture, sample_new (200));
  layout = sem_map_layout_new_for_data (&fixture.input, fixture.map);
  g_assert_true (sem_layout_can_enclose (layout));
  sem_layout_enclose (layout, all, 4, every);
  g_assert_cmpuint (every->len, ==, 200);
  sem_layout_enclose (layout, all, 2, every); /* a line holds nothing */
  g_assert_cmpuint (every->len, ==, 200);
  for (guint run = 0; run < 200; run++)
    {
      g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gsize));
      const double radius = g_rand_double_range (rng, 10, 300);
      const double x = g_rand_double_range (rng, 100, 500), y = g_rand_double_range (rng, 100, 400);
      SemPoint corners[8];
      guint n_inside = 0;

      for (guint i = 0; i < 8; i++)
        corners[i]
            = (SemPoint){ x + radius * cos (i * G_PI / 4.0), y + radius * sin (i * G_PI / 4.0) };
      sem_layout_enclose (layout, corners, 8, units);
      n_some += units->len;
      for (gsize unit = 0; unit < 200; unit++)
        {
          double px, py;

          sem_map_get_point ((const SemMap *)layout, unit, &px, &py);
          if (!is_inside (corners, 8, px, py))
            continue;
          g_assert_cmpuint (n_inside, <, units->len);
          g_assert_cmpuint (g_array_index (units, gsize, n_inside), ==, unit);
          n_inside++;
        }
      g_assert_cmpuint (n_inside, ==, units->len);
    }
  g_assert_cmpuint (n_some, >, 1000);
  tear_down (&fixture);
}

/* What a lasso leaves out where it turns inwards is out. */
static void
test_hollow_lasso (void)
{
  static const SemPoint corners[] = { { 0, 0 }, { 10, 0 }, { 10, 10 }, { 5, 2 }, { 0, 10 } };

  g_assert_true (sem_polygon_contains (corners, 5, 1.0, 5.0));
  g_assert_true (sem_polygon_contains (corners, 5, 9.0, 5.0));
  g_assert_false (sem_polygon_contains (corners, 5, 5.0, 5.0));
  g_assert_false (sem_polygon_contains (corners, 5, 11.0, 5.0));
  g_assert_false (sem_polygon_contains (corners, 0, 1.0, 1.0));
  g_assert_false (sem_polygon_contains (corners, 5, NAN, 5.0));
}

static void
check_block (SemLayout *layout, const SemBox *band)
{
  const SemPoint corners[] = { { band->x, band->y },
                               { band->x + band->width, band->y },
                               { band->x + band->width, band->y + band->height },
                               { band->x, band->y + band->height } };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gsize));
  gboolean is_in[30] = { FALSE };
  gsize n_in = 0;

  sem_layout_enclose (layout, corners, 4, units);
  for (gsize unit = 0; unit < 30; unit++)
    for (gsize other = 0; other < 30; other++)
      {
        SemItem pair = { SEM_ITEM_PAIR, unit, other, G_MAXSIZE, G_MAXSIZE };
        SemBox box;

        if (sem_layout_locate (layout, &pair, &box) && box.x < band->x + band->width
            && box.x + box.width > band->x && box.y < band->y + band->height
            && box.y + box.height > band->y)
          is_in[unit] = is_in[other] = TRUE;
      }
  for (gsize unit = 0; unit < 30; unit++)
    n_in += is_in[unit];
  g_assert_cmpuint (units->len, ==, n_in);
  for (guint i = 0; i < units->len; i++)
    g_assert_true (is_in[g_array_index (units, gsize, i)]);
}

/* A band over cells holds the units of its rows and columns, as a search of every cell finds them.
 */
static void
test_block (void)
{
  static const SemViewport views[] = { { 0.5, 0.5, 1.0 }, { 0.4, 0.6, 3.0 } };
  g_autoptr (GRand) rng = g_rand_new_with_seed (67);

  for (gsize view = 0; view < G_N_ELEMENTS (views); view++)
    {
      Fixture fixture;
      g_autoptr (SemLayout) layout = NULL;

      set_up_for (&fixture, sample_new (30));
      fixture.options.heatmap_view = views[view];
      layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.heatmap);
      for (guint run = 0; run < 100; run++)
        {
          const SemBox band
              = { g_rand_double_range (rng, 0, 600), g_rand_double_range (rng, 0, 500),
                  g_rand_double_range (rng, 1, 300), g_rand_double_range (rng, 1, 300) };

          check_block (layout, &band);
        }
      tear_down (&fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choosing/map-place", test_map_place);
  g_test_add_func ("/choosing/heatmap-place", test_heatmap_place);
  g_test_add_func ("/choosing/lasso", test_lasso);
  g_test_add_func ("/choosing/hollow-lasso", test_hollow_lasso);
  g_test_add_func ("/choosing/block", test_block);
  return g_test_run ();
}
