/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heatmap: every cell and label is found where it is drawn, labels never overlap, colours are
 * those of the values. */
#include "image-compare.h"
#include "plots-sample.h"

#include "draw/heatmap-private.h"
#include "layout-test.h"

#include <math.h>

typedef struct
{
  Sample *sample;
  SemTextContext *text;
  SemHeatmapData *data;
  SemViewOptions options;
  SemLayoutInput input;
} Fixture;

static void
set_up_for (Fixture *self, Sample *sample)
{
  *self = (Fixture){ .sample = sample, .text = sem_text_context_new (NULL, 1.0) };
  self->options = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->data
      = sem_heatmap_data_new_for_matrix (sample->similarity, (const char *const *)sample->names,
                                         NULL, SEM_METRIC_COSINE, NULL, self->text);
  self->input = layout_test_input (NULL, &self->options, self->text, 640.0, 540.0);
}

static void
tear_down (Fixture *self)
{
  sem_heatmap_data_unref (self->data);
  sem_text_context_unref (self->text);
  sample_free (self->sample);
}

static void
check_pair (SemLayout *layout, double x, double y, gsize unit, gsize other)
{
  SemItem item;

  sem_layout_pick (layout, x, y, &item);
  g_assert_cmpint (item.kind, ==, SEM_ITEM_PAIR);
  g_assert_cmpuint (item.unit, ==, unit);
  g_assert_cmpuint (item.other, ==, other);
}

/* Every cell that can be located is picked at its corners and in its middle; every row's label too.
 */
static void
check_all_marks (SemLayout *layout, const SemHeatmapData *data)
{
  const SemHeatmap *heatmap = (const SemHeatmap *)layout;
  gsize n_found = 0;

  for (gsize unit = 0; unit < data->n_rows; unit++)
    {
      SemItem label = { SEM_ITEM_UNIT, unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }, picked;
      SemBox box;

      if (sem_layout_locate (layout, &label, &box))
        {
          sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
          g_assert_true (sem_item_equal (&label, &picked));
        }
      for (gsize other = 0; other < data->n_cols; other++)
        {
          SemItem pair = { SEM_ITEM_PAIR, unit, other, G_MAXSIZE, G_MAXSIZE };

          if (!sem_layout_locate (layout, &pair, &box))
            continue;
          n_found++;
          check_pair (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, unit, other);
          check_pair (layout, box.x + box.width * 0.01, box.y + box.height * 0.01, unit, other);
          check_pair (layout, box.x + box.width * 0.99, box.y + box.height * 0.99, unit, other);
        }
    }
  g_assert_cmpuint (
      n_found, >=, heatmap->shape == SEM_SHAPE_LOWER ? 1 : (heatmap->end_row - heatmap->first_row));
}

static void
test_pick (void)
{
  static const gsize sizes[] = { 1, 2, 3, 25, 60, 200 };
  static const double scales[] = { 0.0, 1.0, 1.25, 2.0 };
  static const SemViewport views[]
      = { { 0.5, 0.5, 1.0 }, { 0.3, 0.6, 2.7 }, { 1.0, 0.0, 9.0 }, { NAN, INFINITY, -3.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Fixture fixture;

      set_up_for (&fixture, sample_new (sizes[i]));
      for (gsize scale = 0; scale < G_N_ELEMENTS (scales); scale++)
        for (gsize view = 0; view < G_N_ELEMENTS (views); view++)
          {
            g_autoptr (SemLayout) layout = NULL;

            fixture.input.scale = scales[scale];
            fixture.options.heatmap_view = views[view];
            fixture.options.shape = view % 2 ? SEM_SHAPE_LOWER : SEM_SHAPE_FULL;
            if (fixture.options.shape == SEM_SHAPE_LOWER && view == 1)
              fixture.options.shape = SEM_SHAPE_FULL;
            layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
            check_all_marks (layout, fixture.data);
          }
      tear_down (&fixture);
    }
}

/* The colour in a cell is the colour of its value, up to a step of the table. */
static void
test_colors_are_values (void)
{
  static const SemRangeKind ranges[] = { SEM_RANGE_FULL, SEM_RANGE_UNIT, SEM_RANGE_STRETCH };
  Fixture fixture;

  set_up_for (&fixture, sample_new (60));
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (SemLayout) layout = NULL;
      const SemHeatmap *heatmap;
      cairo_surface_t *surface;

      fixture.options.range = ranges[i];
      layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
      heatmap = (const SemHeatmap *)layout;
      g_assert_cmpfloat (heatmap->number_size, ==, 0.0);
      surface = sample_draw (layout, &fixture.input, NULL);
      for (gsize unit = 0; unit < 60; unit += 3)
        for (gsize other = 0; other < 60; other += 2)
          {
            SemItem pair = { SEM_ITEM_PAIR, unit, other, G_MAXSIZE, G_MAXSIZE };
            double value = sem_matrix_get (fixture.sample->similarity, unit, other);
            SemRgba expected = sem_theme_map_value (
                fixture.input.theme, NULL, CLAMP (value, heatmap->values.min, heatmap->values.max),
                heatmap->values.min, heatmap->values.max);
            SemBox box;

            g_assert_true (sem_layout_locate (layout, &pair, &box));
            g_assert_cmpfloat (
                sem_rgba_distance (expected,
                                   sample_get_pixel (surface, (int)(box.x + box.width / 2.0),
                                                     (int)(box.y + box.height / 2.0))),
                <, 0.02);
          }
      cairo_surface_destroy (surface);
    }
  tear_down (&fixture);
}

/* Rows: one below the other by at least their ink. Columns: their slanted lines apart by as much.
 * None is longer than its room, none leaves the picture. */
static void
check_labels (const SemHeatmap *self)
{
  const double angle = self->angle_deg * G_PI / 180.0, ink = self->label_size;
  const GArray *labels[] = { self->row_labels, self->col_labels };

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < labels[side]->len; i++)
      {
        const SemHeatmapLabel *label = &g_array_index (labels[side], SemHeatmapLabel, i);
        SemTextSize size;

        sem_text_measure (self->text, SEM_FONT_BODY_BOLD, self->label_size, label->text, &size);
        g_assert_cmpfloat (size.width, <=, (side ? self->col_room : self->row_room) + 1e-6);
        if (side == 0)
          g_assert_cmpfloat (label->x - size.width, >=, 0.0);
        else
          {
            g_assert_cmpfloat (label->y - size.width * sin (angle), >=, 0.0);
            g_assert_cmpfloat (label->x + size.width * cos (angle), <=, self->base.width);
          }
        if (i > 0)
          {
            const SemHeatmapLabel *before = label - 1;
            double apart = side ? (label->x - before->x) * sin (angle) : label->y - before->y;

            g_assert_cmpfloat (apart, >=, ink);
          }
      }
}

static void
test_labels_never_overlap (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (61);
  char *pool[400];

  for (guint i = 0; i < G_N_ELEMENTS (pool); i++)
    pool[i] = sample_dup_random_word (rng);
  for (guint set = 0; set < 1000; set++)
    {
      const gsize n = (gsize)g_rand_int_range (rng, 2, set % 10 == 0 ? 201 : 40);
      const char *names[200];
      Fixture fixture;
      Sample *sample = g_new0 (Sample, 1);
      g_autoptr (SemLayout) layout = NULL;

      for (gsize i = 0; i < n; i++)
        names[i] = pool[g_rand_int_range (rng, 0, G_N_ELEMENTS (pool))];
      sample->similarity = sem_matrix_new (n, n, NULL);
      sample->vectors = sem_matrix_new (0, 0, NULL);
      sample->coordinates = sem_matrix_new (0, 0, NULL);
      sample->names = g_new0 (char *, n + 1);
      for (gsize i = 0; i < n; i++)
        sample->names[i] = g_strdup (names[i]);
      set_up_for (&fixture, sample);
      fixture.input.width = g_rand_double_range (rng, 200.0, 1200.0);
      fixture.input.height = g_rand_double_range (rng, 200.0, 900.0);
      fixture.options.heatmap_view.zoom
          = g_rand_boolean (rng) ? 1.0 : g_rand_double_range (rng, 1.0, 12.0);
      layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
      check_labels ((const SemHeatmap *)layout);
      tear_down (&fixture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pool); i++)
    g_free (pool[i]);
}

/* Numbers stand in cells that have room for 8 points, with two decimals in large ones, and nowhere
 * else. */
static void
test_numbers_when_they_fit (void)
{
  static const struct
  {
    gsize n;
    gboolean numbers;
    guint decimals;
  } cases[] = { { 5, TRUE, 2 }, { 25, TRUE, 1 }, { 60, FALSE, 0 }, { 200, FALSE, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;
      g_autoptr (SemLayout) layout = NULL;
      const SemHeatmap *heatmap;

      set_up_for (&fixture, sample_new (cases[i].n));
      layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
      heatmap = (const SemHeatmap *)layout;
      g_assert_cmpint (heatmap->number_size >= 8.0, ==, cases[i].numbers);
      if (cases[i].numbers)
        g_assert_cmpuint (heatmap->decimals, ==, cases[i].decimals);
      tear_down (&fixture);
    }
}

/* What is taken over from the layout before changes nothing. */
static void
test_previous_changes_nothing (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) first = NULL, second = NULL;
  cairo_surface_t *a, *b;

  set_up_for (&fixture, sample_new (30));
  first = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
  fixture.input.previous = first;
  second = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
  a = sample_draw (first, &fixture.input, NULL);
  b = sample_draw (second, &fixture.input, NULL);
  g_assert_true (sample_same_pixels (a, b));
  cairo_surface_destroy (b);
  /* And the comparison can fail. */
  fixture.options.range = SEM_RANGE_UNIT;
  sem_layout_unref (g_steal_pointer (&second));
  second = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
  b = sample_draw (second, &fixture.input, NULL);
  g_assert_false (sample_same_pixels (a, b));
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  tear_down (&fixture);
}

/* Nothing to show, one value, a vector of zeros, values that are not numbers, sizes of nothing: a
 * picture, never a crash. */
static void
test_degenerate (void)
{
  static const double sizes[][2] = { { 640, 540 }, { 1, 1 }, { 30, 500 }, { 500, 30 } };

  for (gsize n = 0; n < 4; n++)
    for (gsize size = 0; size < G_N_ELEMENTS (sizes); size++)
      {
        Fixture fixture;
        g_autoptr (SemLayout) layout = NULL;
        gsize selected[] = { 0, 1, 5 };
        SemFocus focus = { SEM_ITEM_INIT, selected, 3 };
        SemItem item;

        set_up_for (&fixture, sample_new (n));
        if (n == 3)
          {
            sem_matrix_get_data (fixture.sample->similarity)[1] = NAN;
            fixture.data->row_zero = fixture.data->col_zero = g_new0 (gboolean, 3);
            fixture.data->row_zero[2] = TRUE;
          }
        fixture.input.width = sizes[size][0];
        fixture.input.height = sizes[size][1];
        layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
        cairo_surface_destroy (sample_draw (layout, &fixture.input, &focus));
        sem_layout_pick (layout, -5.0, 1e9, &item);
        g_assert_cmpint (item.kind, ==, SEM_ITEM_NONE);
        sem_layout_step (layout, NULL, 1, 0, &item);
        g_assert_cmpint (item.kind, ==, n > 0 ? SEM_ITEM_PAIR : SEM_ITEM_NONE);
        tear_down (&fixture);
      }
}

/* Arrow keys walk along the order as it is shown, and stay inside. */
static void
test_steps (void)
{
  guint32 units[] = { 2, 0, 3, 1 }, places[] = { 1, 3, 0, 2 };
  const SemOrder order = { .n = 4, .units = units, .places = places };
  g_autoptr (Sample) sample = sample_new (4);
  SemTextContext *text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemHeatmapData) data
      = sem_heatmap_data_new_for_matrix (sample->similarity, (const char *const *)sample->names,
                                         NULL, SEM_METRIC_COSINE, &order, text);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = { .options = &options,
                           .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = 400.0,
                           .height = 300.0,
                           .scale = 1.0 };
  g_autoptr (SemLayout) layout = sem_heatmap_layout_new_for_data (&input, data);
  SemItem item = SEM_ITEM_INIT, next;

  sem_layout_step (layout, &item, 1, 0, &item);
  g_assert_cmpuint (item.unit, ==, 2);
  g_assert_cmpuint (item.other, ==, 2);
  sem_layout_step (layout, &item, 1, 0, &next);
  g_assert_cmpuint (next.other, ==, 0);
  sem_layout_step (layout, &next, 0, 1, &item);
  g_assert_cmpuint (item.unit, ==, 0);
  sem_layout_step (layout, &item, -1, 0, &next);
  sem_layout_step (layout, &next, -1, 0, &item);
  g_assert_cmpuint (item.other, ==, 2);
  check_all_marks (layout, data);
  sem_text_context_unref (text);
}

/* A clustered order has a tree; the tree is drawn right of the cells, and everything is found where
 * it is then. */
static void
test_clustered (void)
{
  g_autoptr (Sample) sample = sample_new (25);
  g_autoptr (SemOrder) order = sem_order_clustered (sample->similarity, NULL, NULL);
  SemTextContext *text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemHeatmapData) data = sem_heatmap_data_new_for_matrix (
      sample->similarity, (const char *const *)sample->names, NULL, SEM_METRIC_COSINE, order, text);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = { .options = &options,
                           .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = 600.0,
                           .height = 500.0,
                           .scale = 1.0 };
  g_autoptr (SemLayout) layout = sem_heatmap_layout_new_for_data (&input, data);
  const SemHeatmap *heatmap = (const SemHeatmap *)layout;
  cairo_surface_t *surface = sample_draw (layout, &input, NULL);
  gsize n_inked = 0;

  check_all_marks (layout, data);
  for (int x = (int)heatmap->tree_x + 2; x < (int)(heatmap->tree_x + heatmap->tree_width); x++)
    for (int y = (int)heatmap->plot.y; y < (int)(heatmap->plot.y + heatmap->plot.height); y++)
      n_inked += sem_rgba_distance (sample_get_pixel (surface, x, y), input.theme->surface) > 0.1;
  g_assert_cmpuint (n_inked, >, 200);
  cairo_surface_destroy (surface);
  sem_text_context_unref (text);
}

/* One text against another: rows and columns of their own. */
static void
test_rectangle (void)
{
  g_autoptr (Sample) a = sample_new (3), b = sample_new (7);
  g_autoptr (SemMatrix) values
      = sem_similarity_between (a->vectors, b->vectors, SEM_METRIC_COSINE, FALSE, NULL, NULL);
  SemTextContext *text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemHeatmapData) data = sem_heatmap_data_new_for_matrix (
      values, (const char *const *)a->names, (const char *const *)b->names, SEM_METRIC_COSINE, NULL,
      text);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = { .options = &options,
                           .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = 400.0,
                           .height = 300.0,
                           .scale = 2.0 };
  g_autoptr (SemLayout) layout = NULL;
  SemFocus focus = { { SEM_ITEM_PAIR, 2, 6, G_MAXSIZE, G_MAXSIZE }, NULL, 0 };

  g_assert_cmpuint (data->statistics.n_pairs, ==, 21);
  options.shape = SEM_SHAPE_LOWER; /* has no meaning here: all cells stay */
  layout = sem_heatmap_layout_new_for_data (&input, data);
  check_all_marks (layout, data);
  cairo_surface_destroy (sample_draw (layout, &input, &focus));
  sem_text_context_unref (text);
}

/* Layout and picture of 60 words, and a frame of 2 000 x 2 000; the best of a few, with room for a
 * busy machine. */
static void
test_speed (void)
{
  static const struct
  {
    gsize n;
    double zoom, bar_ms;
  } cases[] = { { 60, 1.0, 3.0 }, { 2000, 6.0, 6.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;
      double best = G_MAXDOUBLE;

      set_up_for (&fixture, sample_new (cases[i].n));
      fixture.options.heatmap_view.zoom = cases[i].zoom;
      for (guint run = 0; run < 8; run++)
        {
          double start = sample_get_cpu_ms ();
          g_autoptr (SemLayout) layout
              = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);

          cairo_surface_destroy (sample_draw (layout, &fixture.input, NULL));
          best = MIN (best, sample_get_cpu_ms () - start);
        }
      g_test_message ("%zu units: %.2f ms, bar %.0f", cases[i].n, best, cases[i].bar_ms);
      g_assert_cmpfloat (best, <, 3.0 * cases[i].bar_ms);
      tear_down (&fixture);
    }
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

        set_up_for (&fixture, sample_new (12));
        fixture.input.theme = sem_theme_get (themes[theme]);
        fixture.input.width = 320.0;
        fixture.input.height = 250.0;
        fixture.input.scale = scale;
        layout = sem_heatmap_layout_new_for_data (&fixture.input, fixture.data);
        surface = sample_draw (layout, &fixture.input, &focus);
        name = g_strdup_printf ("heatmap-%s-%ux", fixture.input.theme->id, scale);
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
  g_test_add_func ("/heatmap/pick", test_pick);
  g_test_add_func ("/heatmap/colors-are-values", test_colors_are_values);
  g_test_add_func ("/heatmap/labels-never-overlap", test_labels_never_overlap);
  g_test_add_func ("/heatmap/numbers-when-they-fit", test_numbers_when_they_fit);
  g_test_add_func ("/heatmap/previous-changes-nothing", test_previous_changes_nothing);
  g_test_add_func ("/heatmap/degenerate", test_degenerate);
  g_test_add_func ("/heatmap/steps", test_steps);
  g_test_add_func ("/heatmap/clustered", test_clustered);
  g_test_add_func ("/heatmap/rectangle", test_rectangle);
  g_test_add_func ("/heatmap/speed", test_speed);
  g_test_add_func ("/heatmap/reference-images", test_reference_images);
  return g_test_run ();
}
