/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map: every point is found where it is drawn, labels never overlap, panning moves all alike,
 * one scale for both axes. */
#include "image-compare.h"
#include "plots-sample.h"

#include "draw/box-grid.h"
#include "draw/map-private.h"
#include "layout-test.h"

#include <math.h>

typedef struct
{
  Sample *sample;
  SemTextContext *text;
  SemMapData *data;
  SemViewOptions options;
  SemLayoutInput input;
} Fixture;

static void
set_up_for (Fixture *self, Sample *sample)
{
  *self = (Fixture){ .sample = sample, .text = sem_text_context_new (NULL, 1.0) };
  self->options = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->data = sem_map_data_new_for_points ((const char *const *)sample->names, sample->coordinates,
                                            sample->ratios, sample->similarity);
  self->input = layout_test_input (NULL, &self->options, self->text, 640.0, 540.0);
}

static void
tear_down (Fixture *self)
{
  sem_map_data_unref (self->data);
  sem_text_context_unref (self->text);
  sample_free (self->sample);
}

/* Each unit in view is found at its mark; one that stands for several is found as the first of
 * them. */
static gsize
check_all_marks (SemLayout *layout, const SemMapData *data)
{
  const SemMap *map = (const SemMap *)layout;
  gsize n_found = 0;

  for (gsize unit = 0; unit < data->n; unit++)
    {
      SemItem item = { SEM_ITEM_UNIT, unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }, picked;
      SemBox box;

      if (!sem_layout_locate (layout, &item, &box))
        continue;
      n_found++;
      sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
      g_assert_cmpint (picked.kind, ==, SEM_ITEM_UNIT);
      g_assert_cmpuint (map->marks->point_of[picked.unit], ==, map->marks->point_of[unit]);
      g_assert_cmpuint (
          picked.unit, ==,
          g_array_index (map->marks->points, SemMapPoint, map->marks->point_of[unit]).unit);
    }
  return n_found;
}

static void
test_pick (void)
{
  static const gsize sizes[] = { 1, 2, 3, 25, 200, 600 };
  static const SemViewport views[]
      = { { 0.5, 0.5, 1.0 }, { 0.4, 0.6, 3.0 }, { 1.0, 0.0, 9.0 }, { NAN, NAN, NAN } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize view = 0; view < G_N_ELEMENTS (views); view++)
      {
        Fixture fixture;
        g_autoptr (SemLayout) layout = NULL;
        gsize n_found;

        set_up_for (&fixture, sample_new (sizes[i]));
        fixture.options.map_view = views[view];
        fixture.options.color_by = (SemColorBy)(view % 3);
        layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);
        n_found = check_all_marks (layout, fixture.data);
        if (!(views[view].zoom > 1.0))
          g_assert_cmpuint (n_found, ==, sizes[i]);
        tear_down (&fixture);
      }
}

/* Two units apart by (dx, dy) in the components are apart by (dx, -dy) times one scale in the
 * picture. */
static void
test_true_aspect (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) layout = NULL;
  const SemMap *map;
  double x0, y0, x1, y1;

  set_up_for (&fixture, sample_new (18));
  fixture.input.width = 900.0;
  fixture.input.height = 300.0;
  layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);
  map = (const SemMap *)layout;
  for (gsize i = 1; i < 18; i++)
    if (sem_map_get_point (map, 0, &x0, &y0)->group == G_MAXSIZE
        && sem_map_get_point (map, i, &x1, &y1)->group == G_MAXSIZE)
      {
        double dx = sem_matrix_get (fixture.sample->coordinates, i, 0)
                    - sem_matrix_get (fixture.sample->coordinates, 0, 0);
        double dy = sem_matrix_get (fixture.sample->coordinates, i, 1)
                    - sem_matrix_get (fixture.sample->coordinates, 0, 1);

        sem_map_get_point (map, 0, &x0, &y0);
        g_assert_cmpfloat_with_epsilon (x1 - x0, dx * map->points_per_unit, 1e-6);
        g_assert_cmpfloat_with_epsilon (y1 - y0, -dy * map->points_per_unit, 1e-6);
      }
  tear_down (&fixture);
}

static gsize
count_label_overlaps (const SemMap *map)
{
  const gsize n = map->marks->points->len;
  gsize n_overlaps = 0;

  for (gsize i = 0; i < n; i++)
    {
      SemBox a, b;

      if (!sem_map_get_label_box (map, i, &a))
        continue;
      /* Letters do not fill a line's height: the map lets lines, not letters, touch. */
      a.y += a.height * 0.09;
      a.height *= 0.819;
      for (gsize j = 0; j < n; j++)
        {
          const SemMapPoint *point = &g_array_index (map->marks->points, SemMapPoint, j);
          SemBox mark
              = { point->x + map->shift_x - point->radius, point->y + map->shift_y - point->radius,
                  2.0 * point->radius, 2.0 * point->radius };

          n_overlaps += sem_boxes_overlap (&a, &mark);
          if (j <= i || !sem_map_get_label_box (map, j, &b))
            continue;
          b.y += b.height * 0.09;
          b.height *= 0.819;
          n_overlaps += sem_boxes_overlap (&a, &b);
        }
    }
  return n_overlaps;
}

static void
test_labels_never_overlap (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (62);
  SemTextContext *text = sem_text_context_new (NULL, 1.0);
  char *pool[600];
  gsize n_labels = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pool); i++)
    pool[i] = sample_dup_random_word (rng);
  for (guint set = 0; set < 1000; set++)
    {
      const gsize n = (gsize)g_rand_int_range (rng, 2, 201);
      const double ratios[2] = { 0.4, 0.2 };
      g_autoptr (SemMatrix) coordinates = sem_matrix_new (n, 2, NULL);
      g_autoptr (SemMapData) data = NULL;
      g_autoptr (SemLayout) layout = NULL;
      SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
      SemLayoutInput input = { .options = &options,
                               .theme = sem_theme_get (SEM_THEME_LIGHT),
                               .text = text,
                               .width = 700.0,
                               .height = 560.0,
                               .scale = 1.0 };
      const char *names[200];

      for (gsize i = 0; i < n; i++)
        {
          names[i] = pool[g_rand_int_range (rng, 0, G_N_ELEMENTS (pool))];
          sem_matrix_get_data (coordinates)[2 * i]
              = g_rand_double_range (rng, -1.0, 1.0) * (i % 3 ? 1.0 : 0.1);
          sem_matrix_get_data (coordinates)[2 * i + 1]
              = g_rand_double_range (rng, -1.0, 1.0) * (i % 3 ? 1.0 : 0.1);
        }
      data = sem_map_data_new_for_points (names, coordinates, ratios, NULL);
      layout = sem_map_layout_new_for_data (&input, data);
      g_assert_cmpuint (count_label_overlaps ((const SemMap *)layout), ==, 0);
      for (guint i = 0; i < ((const SemMap *)layout)->marks->points->len; i++)
        n_labels += ((const SemMap *)layout)->marks->places[i].state != SEM_LABEL_HIDDEN;
      if (set == 0)
        {
          /* The count must be able to see an overlap. */
          SemMapMarks *marks = ((SemMap *)layout)->marks;

          for (guint i = 0; i < marks->points->len; i++)
            marks->places[i]
                = (SemLabelPlace){ .state = SEM_LABEL_AT_DEFAULT, .x = 300.0, .y = 300.0 };
          g_assert_cmpuint (count_label_overlaps ((const SemMap *)layout), >, 0);
        }
    }
  g_assert_cmpuint (n_labels, >, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (pool); i++)
    g_free (pool[i]);
  sem_text_context_unref (text);
}

/* Panning shifts every mark and label by the same amount, whether or not the layout before is at
 * hand. */
static void
test_panning (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) first = NULL, second = NULL, third = NULL;
  const SemMap *a, *b, *c;
  cairo_surface_t *with, *without;

  set_up_for (&fixture, sample_new (200));
  fixture.options.map_view = (SemViewport){ 0.45, 0.5, 3.0 };
  first = sem_map_layout_new_for_data (&fixture.input, fixture.data);
  fixture.options.map_view.center_x = 0.52;
  second = sem_map_layout_new_for_data (&fixture.input, fixture.data);
  fixture.input.previous = first;
  third = sem_map_layout_new_for_data (&fixture.input, fixture.data);
  a = (const SemMap *)first;
  b = (const SemMap *)second;
  c = (const SemMap *)third;
  g_assert_true (c->marks == a->marks);
  g_assert_cmpfloat_with_epsilon (b->shift_x - a->shift_x, -0.07 * 3.0 * a->plot.width, 1e-6);
  for (guint i = 0; i < a->marks->points->len; i++)
    {
      g_assert_cmpint (a->marks->places[i].state, ==, b->marks->places[i].state);
      g_assert_cmpfloat_with_epsilon (a->marks->places[i].x, b->marks->places[i].x, 1e-9);
    }
  with = sample_draw (third, &fixture.input, NULL);
  without = sample_draw (second, &fixture.input, NULL);
  g_assert_true (sample_same_pixels (with, without));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
  tear_down (&fixture);
}

/* Equal words at one place are one point with a count; other words there are moved apart inside a
 * ring, or counted. */
static void
test_coincident_points (void)
{
  static const char *const names[] = { "the", "The", "sun", "Sonne", "soleil", "far" };
  static const char *const many[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };
  const double ratios[2] = { 0.6, 0.3 };
  SemTextContext *text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = { .options = &options,
                           .theme = sem_theme_get (SEM_THEME_DARK),
                           .text = text,
                           .width = 400.0,
                           .height = 300.0,
                           .scale = 1.0 };
  g_autoptr (SemMatrix) coordinates = sem_matrix_new (6, 2, NULL),
                        same = sem_matrix_new (9, 2, NULL);
  g_autoptr (SemMapData) data = NULL, crowd = NULL;
  g_autoptr (SemLayout) layout = NULL, crowded = NULL;
  const SemMap *map;

  sem_matrix_get_data (coordinates)[4] = sem_matrix_get_data (coordinates)[6]
      = sem_matrix_get_data (coordinates)[8] = 0.5;
  sem_matrix_get_data (coordinates)[10] = 2.0;
  data = sem_map_data_new_for_points (names, coordinates, ratios, NULL);
  layout = sem_map_layout_new_for_data (&input, data);
  map = (const SemMap *)layout;
  g_assert_cmpuint (map->marks->points->len, ==, 5);
  g_assert_cmpuint (map->marks->point_of[0], ==, map->marks->point_of[1]);
  g_assert_cmpstr (g_array_index (map->marks->points, SemMapPoint, 0).label, ==, "the ×2");
  g_assert_cmpuint (map->marks->groups->len, ==, 1);
  g_assert_cmpuint (check_all_marks (layout, data), ==, 6);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (map->marks->places[i].state, !=, SEM_LABEL_HIDDEN);

  crowd = sem_map_data_new_for_points (many, same, ratios, NULL);
  crowded = sem_map_layout_new_for_data (&input, crowd);
  map = (const SemMap *)crowded;
  g_assert_cmpuint (map->marks->points->len, ==, 1);
  g_assert_cmpstr (g_array_index (map->marks->points, SemMapPoint, 0).label, ==, "a … (9)");
  g_assert_cmpuint (check_all_marks (crowded, crowd), ==, 9);
  cairo_surface_destroy (sample_draw (crowded, &input, NULL));
  sem_text_context_unref (text);
}

static void
check_finite (const SemMap *map)
{
  if (!map->marks)
    return;
  for (guint i = 0; i < map->marks->points->len; i++)
    {
      const SemMapPoint *point = &g_array_index (map->marks->points, SemMapPoint, i);

      g_assert_true (isfinite (point->x + map->shift_x) && isfinite (point->y + map->shift_y));
    }
  g_assert_true (isfinite (map->points_per_unit) && map->points_per_unit > 0.0);
}

/* 0, 1, 2 units, identical ones, coordinates that are not numbers, no extent, components that do
 * not exist. */
static void
test_degenerate (void)
{
  static const double sizes[][2] = { { 640, 540 }, { 1, 1 }, { 40, 500 }, { 500, 40 } };

  for (gsize n = 0; n < 5; n++)
    for (gsize size = 0; size < G_N_ELEMENTS (sizes); size++)
      for (guint kind = 0; kind < 3; kind++)
        {
          Fixture fixture;
          g_autoptr (SemLayout) layout = NULL;
          gsize selected[] = { 0, 1, 77 };
          SemFocus focus = { { SEM_ITEM_UNIT, 1, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }, selected, 3 };
          SemItem item;

          set_up_for (&fixture, sample_new (n));
          for (gsize i = 0; i < n * SEM_PCA_MAX_COMPONENTS && kind == 1; i++)
            sem_matrix_get_data (fixture.sample->coordinates)[i] = 0.0;
          if (kind == 2 && n > 1)
            sem_matrix_get_data (fixture.sample->coordinates)[0] = NAN;
          if (kind == 2)
            fixture.options.component_x = 99;
          fixture.input.width = sizes[size][0];
          fixture.input.height = sizes[size][1];
          layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);
          check_finite ((const SemMap *)layout);
          cairo_surface_destroy (sample_draw (layout, &fixture.input, &focus));
          sem_layout_step (layout, NULL, 1, 0, &item);
          sem_layout_pick (layout, NAN, 5.0, &item);
          tear_down (&fixture);
        }
}

/* The lines lead to the nearest by similarity, not by the picture; as a plain sort says. */
static void
test_nearest (void)
{
  g_autoptr (Sample) sample = sample_new (25);
  g_autoptr (SemMapData) data = sem_map_data_new_for_points (
      (const char *const *)sample->names, sample->coordinates, sample->ratios, sample->similarity);

  for (gsize unit = 0; unit < 25; unit++)
    {
      gsize nearest[5];
      const gsize n = sem_map_data_nearest (data, unit, nearest, 5);
      double worst;

      g_assert_cmpuint (n, ==, 5);
      worst = sem_matrix_get (sample->similarity, unit, nearest[4]);
      for (gsize i = 0; i < 25; i++)
        {
          gboolean is_in = FALSE;

          for (gsize k = 0; k < n; k++)
            is_in |= nearest[k] == i;
          if (!is_in && i != unit)
            g_assert_cmpfloat (sem_matrix_get (sample->similarity, unit, i), <=, worst);
        }
      for (gsize k = 1; k < n; k++)
        g_assert_cmpfloat (sem_matrix_get (sample->similarity, unit, nearest[k]), <=,
                           sem_matrix_get (sample->similarity, unit, nearest[k - 1]));
    }
}

/* From every point, arrows reach another one in their direction or stay. */
static void
test_steps (void)
{
  static const int ways[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  Fixture fixture;
  g_autoptr (SemLayout) layout = NULL;
  const SemMap *map;

  set_up_for (&fixture, sample_new (25));
  layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);
  map = (const SemMap *)layout;
  for (gsize unit = 0; unit < 25; unit++)
    for (gsize way = 0; way < 4; way++)
      {
        SemItem from = { SEM_ITEM_UNIT, unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }, to;
        double x0, y0, x1, y1;

        sem_layout_step (layout, &from, ways[way][0], ways[way][1], &to);
        g_assert_cmpint (to.kind, ==, SEM_ITEM_UNIT);
        sem_map_get_point (map, unit, &x0, &y0);
        sem_map_get_point (map, to.unit, &x1, &y1);
        g_assert_cmpfloat ((x1 - x0) * ways[way][0] + (y1 - y0) * ways[way][1], >=, 0.0);
      }
  tear_down (&fixture);
}

static void
test_function_words (void)
{
  g_assert_true (sem_map_is_function_word ("The"));
  g_assert_true (sem_map_is_function_word ("a"));
  g_assert_true (sem_map_is_function_word ("your"));
  g_assert_false (sem_map_is_function_word ("planet"));
  g_assert_false (sem_map_is_function_word (""));
}

static void
test_speed (void)
{
  Fixture fixture;
  double best_zoom = G_MAXDOUBLE, best_pan = G_MAXDOUBLE;
  g_autoptr (SemLayout) before = NULL;

  set_up_for (&fixture, sample_new (2000));
  fixture.options.map_view = (SemViewport){ 0.5, 0.5, 3.0 };
  for (guint run = 0; run < 8; run++)
    {
      double start = sample_get_cpu_ms (), middle;
      g_autoptr (SemLayout) layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);

      cairo_surface_destroy (sample_draw (layout, &fixture.input, NULL));
      middle = sample_get_cpu_ms ();
      fixture.input.previous = layout;
      before = sem_map_layout_new_for_data (&fixture.input, fixture.data);
      cairo_surface_destroy (sample_draw (before, &fixture.input, NULL));
      best_zoom = MIN (best_zoom, middle - start);
      best_pan = MIN (best_pan, sample_get_cpu_ms () - middle);
      fixture.input.previous = NULL;
      g_clear_pointer (&before, sem_layout_unref);
    }
  g_test_message ("2 000 points: zoom frame %.2f ms, pan frame %.2f ms", best_zoom, best_pan);
  g_assert_cmpfloat (best_zoom, <, 36.0);
  g_assert_cmpfloat (best_pan, <, 24.0);
  tear_down (&fixture);
}

static void
test_reference_images (void)
{
  static const SemThemeKind themes[]
      = { SEM_THEME_LIGHT, SEM_THEME_DARK, SEM_THEME_CONTRAST, SEM_THEME_PRINT };

  if (!sem_golden_has_fonts ())
    return;
  for (gsize theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    for (guint scale = 1; scale <= 2; scale++)
      {
        Fixture fixture;
        g_autoptr (SemLayout) layout = NULL;
        g_autofree char *name = NULL;
        const gsize selected[] = { 0, 3 };
        const SemFocus focus = { SEM_ITEM_INIT, selected, 2 };
        cairo_surface_t *surface;

        set_up_for (&fixture, sample_new (25));
        fixture.input.theme = sem_theme_get (themes[theme]);
        fixture.input.width = 380.0;
        fixture.input.height = 290.0;
        fixture.input.scale = scale;
        layout = sem_map_layout_new_for_data (&fixture.input, fixture.data);
        surface = sample_draw (layout, &fixture.input, &focus);
        name = g_strdup_printf ("map-%s-%ux", fixture.input.theme->id, scale);
        sem_golden_check (surface, name);
        cairo_surface_destroy (surface);
        tear_down (&fixture);
      }
}

int
main (int argc, char **argv)
{
  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/pick", test_pick);
  g_test_add_func ("/map/true-aspect", test_true_aspect);
  g_test_add_func ("/map/labels-never-overlap", test_labels_never_overlap);
  g_test_add_func ("/map/panning", test_panning);
  g_test_add_func ("/map/coincident-points", test_coincident_points);
  g_test_add_func ("/map/degenerate", test_degenerate);
  g_test_add_func ("/map/nearest", test_nearest);
  g_test_add_func ("/map/steps", test_steps);
  g_test_add_func ("/map/function-words", test_function_words);
  g_test_add_func ("/map/speed", test_speed);
  g_test_add_func ("/map/reference-images", test_reference_images);
  return g_test_run ();
}
