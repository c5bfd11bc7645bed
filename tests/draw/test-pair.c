/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of two models: reference images, pick at every drawn place of every panel, keys, one
 * scale of colours, marks where boundaries differ, and what cannot be compared. */
#include "draw/export.h"
#include "draw/heatmap-pair-private.h"
#include "draw/heatmap-private.h"
#include "draw/map-private.h"
#include "draw/token-pair-private.h"
#include "image-compare.h"
#include "sample.h"
#include "layout-test.h"

#include <math.h>
#include <string.h>

/* Another dimension: the same words, other vectors.  0: the model that spells in bytes. */
static SemComparison *
compare (gsize first_dim, gsize second_dim, const char *text, SemUnitKind unit, gboolean special)
{
  g_autoptr (SemModel) a = sem_sample_model_new (first_dim);
  g_autoptr (SemModel) b
      = second_dim > 0 ? sem_sample_model_new (second_dim) : sem_sample_byte_model_new ();
  SemAnalysisOptions options = { .unit = unit, .special = special };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAnalysis) first
      = sem_analysis_new (a, text, strlen (text), &options, NULL, NULL, &error);
  g_autoptr (SemAnalysis) second
      = sem_analysis_new (b, text, strlen (text), &options, NULL, NULL, &error);
  SemComparison *comparison;

  g_assert_no_error (error);
  comparison = sem_comparison_new (first, second, NULL, &error);
  g_assert_no_error (error);
  return comparison;
}

static SemLayoutInput
make_input (SemComparison *comparison,
            const SemViewOptions *options,
            SemTextContext *text,
            double width,
            double height)
{
  return (SemLayoutInput){ .analysis = sem_comparison_get_first (comparison),
                           .comparison = comparison,
                           .options = options,
                           .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = width,
                           .height = height,
                           .scale = 1.0 };
}

/* "/draw/pair/golden/PICTURE/THEME/1x". */
static void
test_golden (gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (data, "/", -1);
  g_autofree char *name = g_strdup_printf ("pair-%s-%s-%s", parts[4], parts[5], parts[6]);
  SemFigure figure = { .scale = parts[6][0] - '0', .width = 640, .height = 420 };
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  gsize selected[] = { 1, 4 };
  SemFocus focus = { SEM_ITEM_INIT, selected, 2 };
  g_autoptr (SemComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image;

  if (!sem_golden_has_fonts ())
    return;
  g_assert_true (sem_picture_kind_from_id (parts[4], &figure.picture));
  g_assert_true (sem_theme_kind_from_id (parts[5], &figure.theme));
  comparison = compare (48, figure.picture == SEM_PICTURE_TOKENS ? 0 : 7,
                        figure.picture == SEM_PICTURE_TOKENS ? "Hotdog ab \xe2\x98\x83 planet"
                                                             : SEM_SAMPLE_TEXT,
                        SEM_UNIT_WORD, FALSE);
  figure.comparison = comparison;
  if (figure.picture == SEM_PICTURE_TOKENS)
    {
      figure.width = 420;
      figure.height = 260;
      focus.hover = (SemItem){ SEM_ITEM_TOKEN, 0, G_MAXSIZE, 1, G_MAXSIZE };
    }
  options.show_special = TRUE;
  image = sem_figure_render_image (sem_comparison_get_first (comparison), &options, &focus, &figure,
                                   &error);
  g_assert_no_error (error);
  sem_golden_check (image, name);
  cairo_surface_destroy (image);
}

/* --- tokens --- */

/* Both rows of a cell begin and end at the same place; lines do not overlap; a mark for each place
 * where boundaries differ. */
static void
check_token_pair (SemComparison *comparison, SemTextContext *text, double width, gboolean special)
{
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (comparison, &options, text, width, 100.0);
  g_autoptr (SemLayout) layout = NULL;
  const SemTokenPair *pair;

  options.show_special = special;
  layout = sem_token_pair_layout_new (&input);
  pair = (const SemTokenPair *)layout;
  for (guint i = 0; i < pair->cells->len; i++)
    {
      const SemPairCell *cell = &g_array_index (pair->cells, SemPairCell, i);

      g_assert_cmpfloat (cell->box.x + cell->box.width, <=, MAX (width, 90.0));
      g_assert_cmpfloat (cell->box.y + cell->box.height, <=, layout->content_height);
      for (guint row = 0; row < 2 && cell->n[row] > 0 && width > 90.0; row++)
        {
          const SemChip *first = &g_array_index (pair->rows[row]->chips, SemChip, cell->first[row]);
          const SemChip *last = first + cell->n[row] - 1;

          g_assert_cmpfloat (first->box.x, ==, cell->box.x);
          g_assert_cmpfloat (fabs (last->box.x + last->box.width - cell->box.x - cell->box.width),
                             <, 1e-6);
        }
    }
  g_assert_cmpuint (pair->marks->len, ==, sem_comparison_get_n_places (comparison));
  for (guint row = 0; row < 2 && width > 90.0; row++)
    for (guint i = 0; i < pair->rows[row]->chips->len; i++)
      {
        const SemChip *chip = &g_array_index (pair->rows[row]->chips, SemChip, i);
        SemItem item = { row == 0 ? SEM_ITEM_TOKEN : SEM_ITEM_OTHER_TOKEN, chip->unit, G_MAXSIZE,
                         chip->token, G_MAXSIZE };

        layout_test_assert_picked (layout, &item);
      }
}

static void
test_tokens_pick (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (GString) words = g_string_new (NULL);

  for (int i = 0; i < 12; i++)
    g_string_append (words, SEM_SAMPLE_TEXT " Unbelievable 你好 مرحبا ☃ aaaa");
  for (int special = 0; special < 2; special++)
    for (guint kind = 0; kind < SEM_N_UNIT_KINDS; kind++)
      {
        g_autoptr (SemComparison) comparison
            = compare (8, 0, words->str, (SemUnitKind)kind, special);

        for (double width = 30.0; width < 1500.0; width *= 2.3)
          check_token_pair (comparison, text, width, special);
      }
}

/* The right arrow goes through a row once, down through the rows of a line and on. */
static void
test_tokens_step (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autoptr (SemComparison) comparison = compare (8, 0, SEM_SAMPLE_TEXT, SEM_UNIT_WORD, FALSE);
  SemLayoutInput input = make_input (comparison, &options, text, 320.0, 100.0);
  g_autoptr (SemLayout) layout = sem_token_pair_layout_new (&input);
  const SemTokenPair *pair = (const SemTokenPair *)layout;
  SemItem item = SEM_ITEM_INIT, next;
  SemBox from, to;

  sem_layout_step (layout, &item, 1, 0, &next);
  for (guint i = 0; i < pair->rows[0]->chips->len; i++)
    {
      g_assert_cmpint (next.kind, ==, SEM_ITEM_TOKEN);
      g_assert_cmpuint (next.token, ==, g_array_index (pair->rows[0]->chips, SemChip, i).token);
      item = next;
      sem_layout_step (layout, &item, 1, 0, &next);
    }
  sem_layout_step (layout, NULL, 1, 0, &item);
  for (int row = 1; row < 6; row++)
    {
      sem_layout_step (layout, &item, 0, 1, &next);
      g_assert_cmpint (next.kind, ==, row % 2 ? SEM_ITEM_OTHER_TOKEN : SEM_ITEM_TOKEN);
      g_assert_true (sem_layout_locate (layout, &item, &from));
      g_assert_true (sem_layout_locate (layout, &next, &to));
      g_assert_cmpfloat (to.y, >, from.y);
      item = next;
    }
  sem_layout_step (layout, &item, 0, -1, &next);
  g_assert_true (sem_layout_locate (layout, &item, &from));
  g_assert_true (sem_layout_locate (layout, &next, &to));
  g_assert_cmpfloat (to.y, <, from.y);
}

/* A text of one letter for ever, an unknown word of hundreds of the other's bytes: many tokens, cut
 * off and counted. */
static void
test_tokens_many (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autofree char *word = g_strnfill (1500, 'q');
  g_autoptr (SemComparison) comparison = compare (8, 0, word, SEM_UNIT_WORD, FALSE);
  SemLayoutInput input = make_input (comparison, &options, text, 500.0, 100.0);
  g_autoptr (SemLayout) layout = sem_token_pair_layout_new (&input);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (SemComparison) longer = NULL;
  g_autoptr (SemLayout) cut = NULL;

  g_assert_cmpuint (((SemTokenPair *)layout)->rows[1]->chips->len, ==, 1500);
  g_assert_cmpfloat (layout->content_height, >, 1000.0); /* it goes on in the next lines */
  for (int i = 0; i < 1200; i++)
    g_string_append (many, "earth ");
  longer = compare (8, 0, many->str, SEM_UNIT_WORD, FALSE);
  input = make_input (longer, &options, text, 500.0, 100.0);
  cut = sem_token_pair_layout_new (&input);
  g_assert_nonnull (strstr (((SemTokenPair *)cut)->note, "more tokens"));
}

/* --- heatmaps --- */

static void
check_heatmap_pair (SemComparison *comparison, SemTextContext *text, double width, double height)
{
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (comparison, &options, text, width, height);
  const gsize n = sem_analysis_get_n (sem_comparison_get_first (comparison));
  g_autoptr (SemLayout) layout = NULL;
  const SemHeatmapPair *pair;
  gsize n_pairs;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n_pairs);

  options.range = SEM_RANGE_STRETCH;
  options.order = SEM_ORDER_CLUSTERED;
  layout = sem_heatmap_pair_layout_new (&input);
  pair = (const SemHeatmapPair *)layout;
  for (guint p = 0; p < SEM_N_HEATMAP_PANELS; p++)
    {
      const SemPanel *panel = &pair->panels[p];

      g_assert_nonnull (panel->layout);
      for (gsize i = 0; i < n; i++)
        for (gsize j = 0; j < n; j++)
          {
            SemItem item = { SEM_ITEM_PAIR, i, j, G_MAXSIZE, G_MAXSIZE };
            SemBox box;

            g_assert_true (sem_panel_locate (panel, &item, &box));
            layout_test_assert_item_at (layout, &item, box.x + box.width / 2.0,
                                        box.y + box.height / 2.0);
          }
    }
  for (guint i = 0; i < pair->list.rows->len; i++)
    {
      const SemBox *row = &g_array_index (pair->list.rows, SemBox, i);
      SemItem item = { SEM_ITEM_PAIR, pairs[i].a, pairs[i].b, G_MAXSIZE, G_MAXSIZE };

      layout_test_assert_item_at (layout, &item, row->x + row->width / 2.0,
                                  row->y + row->height / 2.0);
      g_assert_cmpfloat (row->y + row->height, <=, height + 0.5);
    }
}

static void
test_heatmaps_pick (void)
{
  static const double sizes[][2]
      = { { 300, 900 }, { 700, 700 }, { 1200, 560 }, { 1800, 500 }, { 460, 300 } };
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemComparison) comparison = compare (48, 7, SEM_SAMPLE_TEXT, SEM_UNIT_WORD, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    check_heatmap_pair (comparison, text, sizes[i][0], sizes[i][1]);
}

/* Whatever range is asked for, both have the same; the difference is around 0 and holds its
 * largest; rows stand in one order. */
static void
test_locked_scale (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemComparison) comparison = compare (48, 7, SEM_SAMPLE_TEXT, SEM_UNIT_WORD, FALSE);
  const double largest = sem_comparison_get_agreement (comparison)->largest;

  for (guint range = 0; range <= SEM_RANGE_CUSTOM; range++)
    {
      SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
      SemLayoutInput input = make_input (comparison, &options, text, 1200.0, 600.0);
      g_autoptr (SemLayout) layout = NULL;
      const SemHeatmap *maps[3];

      options.range = (SemRangeKind)range;
      options.order = SEM_ORDER_CLUSTERED;
      layout = sem_heatmap_pair_layout_new (&input);
      for (guint i = 0; i < 3; i++)
        maps[i] = (const SemHeatmap *)((SemHeatmapPair *)layout)->panels[i].layout;
      g_assert_cmpfloat (maps[0]->values.min, ==, maps[1]->values.min);
      g_assert_cmpfloat (maps[0]->values.max, ==, maps[1]->values.max);
      g_assert_cmpfloat (maps[2]->values.min, ==, -maps[2]->values.max);
      g_assert_cmpfloat (maps[2]->values.max, >=, largest - 1e-12);
      g_assert_cmpfloat (maps[2]->values.max, <=, largest * 1.11);
      g_assert_true (maps[2]->map != maps[0]->map);
      g_assert_cmpfloat (maps[0]->cell, ==, maps[1]->cell);
      for (guint i = 1; i < 3; i++)
        g_assert_cmpmem (maps[0]->data->row_order, maps[0]->data->n_rows * sizeof (gsize),
                         maps[i]->data->row_order, maps[i]->data->n_rows * sizeof (gsize));
    }
}

/* A new layout of the same comparison takes the old one's data over. */
static void
test_reuse (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemComparison) comparison = compare (48, 7, SEM_SAMPLE_TEXT, SEM_UNIT_WORD, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (comparison, &options, text, 1200.0, 600.0);
  g_autoptr (SemLayout) first = sem_heatmap_pair_layout_new (&input);
  g_autoptr (SemLayout) second = NULL;
  g_autoptr (SemLayout) other = NULL;

  input.previous = first;
  options.heatmap_view.zoom = 2.0;
  second = sem_heatmap_pair_layout_new (&input);
  options.order = SEM_ORDER_CLUSTERED;
  other = sem_heatmap_pair_layout_new (&input);
  for (guint i = 0; i < 3; i++)
    {
      const SemHeatmapData *old = ((SemHeatmap *)((SemHeatmapPair *)first)->panels[i].layout)->data;

      g_assert_true (old == ((SemHeatmap *)((SemHeatmapPair *)second)->panels[i].layout)->data);
      g_assert_true (old != ((SemHeatmap *)((SemHeatmapPair *)other)->panels[i].layout)->data);
    }
}

/* --- maps --- */

/* Every unit of either map is picked as the first model's; the second's places are the aligned
 * ones. */
static void
test_maps (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemComparison) comparison = compare (48, 7, SEM_SAMPLE_TEXT, SEM_UNIT_WORD, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (comparison, &options, text, 1100.0, 560.0);
  g_autoptr (SemLayout) layout = NULL;
  g_autoptr (SemAlignment) alignment = sem_comparison_align (comparison, 2, 0, NULL);
  const gsize n = sem_analysis_get_n (sem_comparison_get_first (comparison));
  SemPanel panel = { NULL };
  SemItem from = SEM_ITEM_INIT, item;
  const SemMapData *data;

  options.component_x = 2;
  options.component_y = 0;
  layout = sem_map_pair_layout_new (&input);
  sem_layout_step (layout, &from, 1, 0, &item);
  g_assert_cmpint (item.kind, ==, SEM_ITEM_UNIT);
  for (gsize i = 0; i < n; i++)
    {
      SemItem unit = { SEM_ITEM_UNIT, i, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }, found;
      SemBox box;

      if (!sem_layout_locate (layout, &unit, &box))
        continue;
      sem_layout_pick (layout, box.x + box.width / 2.0, box.y + box.height / 2.0, &found);
      g_assert_cmpint (found.kind, ==, SEM_ITEM_UNIT);
    }
  sem_map_pair_get_panel (layout, 1, &panel);
  data = ((const SemMap *)panel.layout)->data;
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpfloat (sem_matrix_get (data->coordinates, i, 2), ==,
                         sem_matrix_get (alignment->coordinates, i, 0));
      g_assert_cmpfloat (sem_matrix_get (data->coordinates, i, 0), ==,
                         sem_matrix_get (alignment->coordinates, i, 1));
    }
  g_assert_nonnull (strstr (panel.about, "residual"));
}

/* --- all --- */

/* Nothing, blanks, one word; a model without vectors; tokens as units; stamps and walls: drawn with
 * hover and selection, and the state of cr is as it was. */
static void
test_extremes (void)
{
  static const char *const texts[] = { "", "  \n ", "Earth", "☃", SEM_SAMPLE_TEXT };
  static const double sizes[][2] = { { 16, 16 }, { 40, 300 }, { 300, 40 }, { 1280, 860 } };
  static const SemPictureKind kinds[]
      = { SEM_PICTURE_OVERVIEW, SEM_PICTURE_TOKENS, SEM_PICTURE_SIMILARITY, SEM_PICTURE_MAP,
          SEM_PICTURE_VECTORS };

  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
    for (guint second = 0; second < 2; second++)
      for (guint unit = 0; unit < 2; unit++)
        {
          g_autoptr (SemComparison) comparison = compare (
              12, second == 0 ? 0 : 3, texts[t], unit == 0 ? SEM_UNIT_WORD : SEM_UNIT_TOKEN, FALSE);
          SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
          gsize selected[] = { 0 };
          SemFocus focus
              = { { SEM_ITEM_OTHER_TOKEN, 0, G_MAXSIZE, 0, G_MAXSIZE },
                  selected,
                  sem_analysis_get_n (sem_comparison_get_first (comparison)) > 0 ? 1 : 0 };

          for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
            for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
              {
                SemFigure figure = { .picture = kinds[k],
                                     .theme = (SemThemeKind)(k % SEM_N_THEMES),
                                     .scale = 1.0,
                                     .width = sizes[s][0],
                                     .height = sizes[s][1],
                                     .comparison = comparison };
                g_autoptr (GError) error = NULL;
                cairo_surface_t *image = sem_figure_render_image (
                    sem_comparison_get_first (comparison), &options, &focus, &figure, &error);

                g_assert_no_error (error);
                cairo_surface_destroy (image);
              }
        }
}

/* Without a difference there is a sentence instead, and the panels are linked by the bytes. */
static void
test_incomparable (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemComparison) comparison = compare (48, 7, "earth hotdog", SEM_UNIT_TOKEN, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (comparison, &options, text, 900.0, 500.0);
  g_autoptr (SemLayout) layout = sem_heatmap_pair_layout_new (&input);
  const SemHeatmapPair *pair = (const SemHeatmapPair *)layout;
  SemItem item = { SEM_ITEM_PAIR, 0, 1, G_MAXSIZE, G_MAXSIZE };
  SemBox box;

  g_assert_nonnull (sem_pair_get_obstacle (comparison));
  g_assert_null (pair->panels[SEM_PANEL_DIFFERENCE].layout);
  g_assert_true (sem_panel_locate (&pair->panels[SEM_PANEL_SECOND], &item, &box));
  layout_test_assert_item_at (layout, &item, box.x + box.width / 2.0, box.y + box.height / 2.0);
}

int
main (int argc, char **argv)
{
  static const char *const pictures[] = { "tokens", "similarity", "map" };
  static const SemThemeKind themes[] = { SEM_THEME_LIGHT, SEM_THEME_DARK, SEM_THEME_PRINT };

  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize t = 0; t < G_N_ELEMENTS (themes); t++)
      for (int scale = 1; scale <= 2; scale++)
        {
          char *path = g_strdup_printf ("/draw/pair/golden/%s/%s/%dx", pictures[i],
                                        sem_theme_get (themes[t])->id, scale);

          if (scale == 1 || themes[t] == SEM_THEME_LIGHT)
            g_test_add_data_func_full (path, path, test_golden, g_free);
          else
            g_free (path);
        }
  g_test_add_func ("/draw/pair/tokens/pick", test_tokens_pick);
  g_test_add_func ("/draw/pair/tokens/step", test_tokens_step);
  g_test_add_func ("/draw/pair/tokens/many", test_tokens_many);
  g_test_add_func ("/draw/pair/heatmaps/pick", test_heatmaps_pick);
  g_test_add_func ("/draw/pair/heatmaps/locked-scale", test_locked_scale);
  g_test_add_func ("/draw/pair/heatmaps/reuse", test_reuse);
  g_test_add_func ("/draw/pair/maps", test_maps);
  g_test_add_func ("/draw/pair/incomparable", test_incomparable);
  g_test_add_func ("/draw/pair/extremes", test_extremes);
  return g_test_run ();
}
