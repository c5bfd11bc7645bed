/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text against another: the first paragraph's units are rows, all others columns; every number
 * is the analysis' own, every mark is found where it is drawn, and the statistics are of what is
 * shown. */
#include "sample.h"

#include "core/analysis/clustered.h"
#include "draw/heatmap-private.h"
#include "layout-test.h"

#include <math.h>

#define TEXT "Earth is a planet.\n\nThe moon orbits the sun.\n\nA hotdog is food."
#define N_FIRST 4
#define N_SECOND 9

typedef struct
{
  SemModel *model;
  SemAnalysis *analysis;
  SemTextContext *text;
  SemViewOptions options;
  SemLayoutInput input;
} Fixture;

static void
set_up (Fixture *self, const char *text)
{
  self->model = sem_sample_model_new (24);
  self->analysis = sem_sample_analysis_new (self->model, text, FALSE);
  self->text = sem_text_context_new (NULL, 1.0);
  self->options = (SemViewOptions)SEM_VIEW_OPTIONS_INIT;
  self->options.shape = SEM_SHAPE_AGAINST;
  self->input = layout_test_input (self->analysis, &self->options, self->text, 640.0, 480.0);
}

static void
tear_down (Fixture *self)
{
  sem_analysis_unref (self->analysis);
  sem_model_unref (self->model);
  sem_text_context_unref (self->text);
}

static void
assert_found (SemLayout *layout, SemItem item)
{
  SemItem picked;
  SemBox box;

  g_assert_true (sem_layout_locate (layout, &item, &box));
  sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &picked);
  g_assert_cmpint (picked.kind, ==, item.kind);
  g_assert_cmpuint (picked.unit, ==, item.unit);
  g_assert_cmpuint (picked.other, ==, item.other);
}

static void
test_marks (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) layout = NULL;
  const SemHeatmapData *data;
  double sum = 0.0;

  set_up (&fixture, TEXT);
  layout = sem_heatmap_layout_new (&fixture.input);
  data = ((SemHeatmap *)layout)->data;
  g_assert_cmpuint (data->n_rows, ==, N_FIRST);
  g_assert_cmpuint (data->n_cols, ==, N_SECOND);
  for (gsize unit = 0; unit < N_FIRST + N_SECOND; unit++)
    {
      assert_found (layout, (SemItem){ SEM_ITEM_UNIT, unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE });
      for (gsize other = 0; other < N_FIRST + N_SECOND; other++)
        {
          SemItem pair = { SEM_ITEM_PAIR, unit, other, G_MAXSIZE, G_MAXSIZE };
          SemBox box;

          if (unit < N_FIRST && other >= N_FIRST)
            {
              assert_found (layout, pair);
              sum += sem_matrix_get (sem_analysis_get_similarity (fixture.analysis), unit, other);
            }
          else
            g_assert_false (sem_layout_locate (layout, &pair, &box));
        }
    }
  g_assert_cmpuint (data->statistics.n_pairs, ==, N_FIRST * N_SECOND);
  g_assert_cmpfloat_with_epsilon (data->statistics.mean, sum / (N_FIRST * N_SECOND), 1e-12);
  tear_down (&fixture);
}

/* Each side is sorted by what is asked for, and keeps to its own units. */
static void
test_orders (void)
{
  Fixture fixture;

  set_up (&fixture, TEXT);
  for (gsize unit = 0; unit < N_FIRST + N_SECOND; unit += 5)
    {
      g_autoptr (SemLayout) layout = NULL;
      const SemHeatmap *heatmap;
      const gsize n = unit < N_FIRST ? N_SECOND : N_FIRST;

      fixture.options.order = SEM_ORDER_BY_UNIT;
      fixture.options.order_unit = unit;
      layout = sem_heatmap_layout_new (&fixture.input);
      heatmap = (const SemHeatmap *)layout;
      for (gsize place = 1; place < n; place++)
        {
          const gsize *order = unit < N_FIRST ? heatmap->data->col_order : heatmap->data->row_order;
          const SemMatrix *values = sem_analysis_get_similarity (fixture.analysis);

          g_assert_cmpfloat (sem_matrix_get (values, unit, order[place - 1]), >=,
                             sem_matrix_get (values, unit, order[place]));
        }
      /* The unit's own side stays as it was typed. */
      g_assert_cmpuint (unit < N_FIRST ? heatmap->data->row_order[0] : heatmap->data->col_order[0],
                        ==, unit < N_FIRST ? 0 : N_FIRST);
    }
  fixture.options.order = SEM_ORDER_CLUSTERED;
  {
    g_autoptr (SemLayout) layout = sem_heatmap_layout_new (&fixture.input);
    const SemHeatmapData *data = ((SemHeatmap *)layout)->data;
    gboolean seen[N_FIRST + N_SECOND] = { FALSE };

    g_assert_nonnull (data->merges);
    for (gsize i = 0; i < N_FIRST; i++)
      {
        g_assert_cmpuint (data->row_order[i], <, N_FIRST);
        seen[data->row_order[i]] = TRUE;
      }
    for (gsize i = 0; i < N_SECOND; i++)
      {
        g_assert_cmpuint (data->col_order[i], >=, N_FIRST);
        seen[data->col_order[i]] = TRUE;
      }
    for (gsize i = 0; i < N_FIRST + N_SECOND; i++)
      g_assert_true (seen[i]);
  }
  tear_down (&fixture);
}

/* Keys go through the cells, the overlay takes every kind of focus, whichever way round a pair is.
 */
static void
test_steps_and_overlay (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) layout = NULL;
  SemItem item = SEM_ITEM_INIT, from;
  static const gsize selected[] = { 0, 1, 5, 6 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 640, 480);
  cairo_t *cr = cairo_create (surface);

  set_up (&fixture, TEXT);
  layout = sem_heatmap_layout_new (&fixture.input);
  from = item;
  sem_layout_step (layout, &from, 1, 0, &item);
  g_assert_cmpuint (item.unit, ==, 0);
  g_assert_cmpuint (item.other, ==, N_FIRST);
  for (gsize i = 0; i < N_SECOND + 3; i++)
    {
      from = item;
      sem_layout_step (layout, &from, 1, 0, &item);
    }
  g_assert_cmpuint (item.other, ==, N_FIRST + N_SECOND - 1);
  for (gsize i = 0; i < N_FIRST + 3; i++)
    {
      from = item;
      sem_layout_step (layout, &from, 0, 1, &item);
    }
  g_assert_cmpuint (item.unit, ==, N_FIRST - 1);
  sem_layout_draw (layout, cr);
  for (gsize unit = 0; unit < N_FIRST + N_SECOND; unit++)
    for (gsize other = 0; other < N_FIRST + N_SECOND; other++)
      {
        SemFocus focus = { { SEM_ITEM_PAIR, unit, other, G_MAXSIZE, G_MAXSIZE }, selected, 4 };

        sem_layout_draw_overlay (layout, &focus, cr);
        focus.hover.kind = SEM_ITEM_UNIT;
        sem_layout_draw_overlay (layout, &focus, cr);
      }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  tear_down (&fixture);
}

/* How many paragraphs the first text has is asked for, not guessed; without a second text a
 * sentence says what is missing. */
static void
test_split (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) two = NULL, all = NULL;

  set_up (&fixture, TEXT);
  fixture.options.first_text = 2;
  two = sem_heatmap_layout_new (&fixture.input);
  g_assert_cmpuint (((SemHeatmap *)two)->data->n_rows, ==, 9);
  g_assert_cmpuint (((SemHeatmap *)two)->data->n_cols, ==, 4);
  fixture.options.first_text = 3;
  fixture.input.previous = two;
  all = sem_heatmap_layout_new (&fixture.input);
  g_assert_nonnull (strstr (((SemHeatmap *)all)->data->message, "blank line"));
  tear_down (&fixture);
}

/* On screen the clustered order is not waited for: as typed until a worker has made it, then the
 * same as a file has. */
static void
test_live_order (void)
{
  Fixture fixture;
  g_autoptr (SemLayout) waiting = NULL, there = NULL, file = NULL;

  set_up (&fixture, TEXT);
  fixture.options.order = SEM_ORDER_CLUSTERED;
  for (guint against = 0; against < 2; against++)
    {
      fixture.options.shape = against ? SEM_SHAPE_AGAINST : SEM_SHAPE_FULL;
      fixture.input.is_live = TRUE;
      fixture.input.previous = NULL;
      g_assert_false (sem_clustered_are_made (fixture.analysis, &fixture.options));
      waiting = sem_heatmap_layout_new (&fixture.input);
      for (gsize i = 0; i < ((SemHeatmap *)waiting)->data->n_rows; i++)
        g_assert_cmpuint (((SemHeatmap *)waiting)->data->row_order[i], ==, i);
      g_assert_true (sem_clustered_make_all (fixture.analysis, &fixture.options, NULL, NULL));
      fixture.input.previous = waiting;
      there = sem_heatmap_layout_new (&fixture.input);
      g_assert_false (((SemHeatmap *)there)->data->awaits_order);
      fixture.input.is_live = FALSE;
      fixture.input.previous = NULL;
      file = sem_heatmap_layout_new (&fixture.input);
      for (gsize i = 0; i < ((SemHeatmap *)file)->data->n_rows; i++)
        g_assert_cmpuint (((SemHeatmap *)file)->data->row_order[i], ==,
                          ((SemHeatmap *)there)->data->row_order[i]);
      g_clear_pointer (&waiting, sem_layout_unref);
      g_clear_pointer (&there, sem_layout_unref);
      g_clear_pointer (&file, sem_layout_unref);
    }
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heatmap-against/marks", test_marks);
  g_test_add_func ("/heatmap-against/orders", test_orders);
  g_test_add_func ("/heatmap-against/steps-and-overlay", test_steps_and_overlay);
  g_test_add_func ("/heatmap-against/split", test_split);
  g_test_add_func ("/heatmap-against/live-order", test_live_order);
  return g_test_run ();
}
