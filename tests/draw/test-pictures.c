/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens, vectors and the overview: reference images, pick at every drawn place, keys, empty and
 * tiny and huge. */
#include "draw/layout.h"
#include "draw/tokens-private.h"
#include "draw/vectors-private.h"
#include "draw/export.h"
#include "image-compare.h"
#include "sample.h"
#include "layout-test.h"

#include <math.h>
#include <string.h>

typedef struct
{
  SemPictureKind picture;
  double width, height;
} Golden;

static const Golden goldens[] = {
  { SEM_PICTURE_TOKENS, 340, 190 },
  { SEM_PICTURE_VECTORS, 380, 270 },
  { SEM_PICTURE_OVERVIEW, 480, 350 },
};

static SemLayoutInput
make_input (SemAnalysis *analysis,
            const SemViewOptions *options,
            SemTextContext *text,
            double width,
            double height)
{
  return layout_test_input (analysis, options, text, width, height);
}

/* "/draw/golden/PICTURE/THEME/1x": the picture with two words selected, special and unknown tokens
 * among them. */
static void
test_golden (gconstpointer data)
{
  const char *path = data;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autofree char *name = g_strdup_printf ("%s-%s-%s", parts[3], parts[4], parts[5]);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis
      = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT " Unbelievable snowman", TRUE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  gsize selected[] = { 1, 4 };
  SemFocus focus = { SEM_ITEM_INIT, selected, 2 };
  SemFigure figure = { .scale = parts[5][0] - '0' };
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image;

  if (!sem_golden_has_fonts ())
    return;
  g_assert_true (sem_picture_kind_from_id (parts[3], &figure.picture));
  g_assert_true (sem_theme_kind_from_id (parts[4], &figure.theme));
  for (gsize i = 0; i < G_N_ELEMENTS (goldens); i++)
    if (goldens[i].picture == figure.picture)
      {
        figure.width = goldens[i].width;
        figure.height = goldens[i].height;
      }
  options.show_special = TRUE;
  image = sem_figure_render_image (analysis, &options, &focus, &figure, &error);
  g_assert_no_error (error);
  sem_golden_check (image, name);
  cairo_surface_destroy (image);
}

static void
test_tokens_pick (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (GString) words = g_string_new (NULL);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;

  for (int i = 0; i < 25; i++)
    g_string_append (words, SEM_SAMPLE_TEXT " Unbelievable 你好 مرحبا ☃ ");
  for (int special = 0; special < 2; special++)
    for (double width = 30.0; width < 1500.0; width *= 1.7)
      {
        g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, words->str, special);
        SemLayoutInput input = make_input (analysis, &options, text, width, 100.0);
        g_autoptr (SemLayout) layout = NULL;
        const SemTokensLayout *tokens;
        SemItem nothing;

        options.show_special = special;
        layout = sem_tokens_layout_new (&input);
        tokens = (const SemTokensLayout *)layout;
        g_assert_cmpuint (tokens->chips->len, >, 500);
        for (gsize i = 0; i < tokens->chips->len; i++)
          {
            const SemChip *chip = &g_array_index (tokens->chips, SemChip, i);
            SemItem item = { SEM_ITEM_TOKEN, chip->unit, G_MAXSIZE, chip->token, G_MAXSIZE };

            g_assert_cmpfloat (chip->box.x, >=, 0.0);
            g_assert_cmpfloat (chip->box.x + chip->box.width, <=, width + 1e-9);
            g_assert_cmpfloat (chip->box.y + chip->box.height, <=, layout->content_height);
            layout_test_assert_picked (layout, &item);
          }
        sem_layout_pick (layout, -5.0, 10.0, &nothing);
        g_assert_cmpint (nothing.kind, ==, SEM_ITEM_NONE);
        sem_layout_pick (layout, 10.0, layout->content_height + 50.0, &nothing);
        g_assert_cmpint (nothing.kind, ==, SEM_ITEM_NONE);
      }
}

/* The right arrow goes through all tokens once; down and up come back to the same row. */
static void
test_tokens_step (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  SemLayoutInput input = make_input (analysis, &options, text, 220.0, 100.0);
  g_autoptr (SemLayout) layout = sem_tokens_layout_new (&input);
  const SemTokensLayout *tokens = (const SemTokensLayout *)layout;
  SemItem item = SEM_ITEM_INIT, next;
  SemBox from, to;

  sem_layout_step (layout, &item, 1, 0, &next);
  for (gsize i = 0; i < tokens->chips->len; i++)
    {
      g_assert_cmpint (next.kind, ==, SEM_ITEM_TOKEN);
      g_assert_cmpuint (next.token, ==, g_array_index (tokens->chips, SemChip, i).token);
      item = next;
      sem_layout_step (layout, &item, 1, 0, &next);
    }
  g_assert_true (sem_item_equal (&item, &next)); /* the last one stays */
  sem_layout_step (layout, &item, 0, -1, &next);
  g_assert_true (sem_layout_locate (layout, &item, &from));
  g_assert_true (sem_layout_locate (layout, &next, &to));
  g_assert_cmpfloat (to.y, <, from.y);
  sem_layout_step (layout, &next, 0, 1, &item);
  g_assert_true (sem_layout_locate (layout, &item, &to));
  g_assert_cmpfloat (to.y, ==, from.y);
}

static const SemChip *
get_chip (const SemLayout *layout, gsize index)
{
  return &g_array_index (((const SemTokensLayout *)layout)->chips, SemChip, index);
}

/* What is written on the chips: continuation, unknown text, special tokens, bytes, blanks. */
static void
test_tokens_labels (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemModel) bytes = sem_sample_byte_model_new ();
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, "Hotdog ☃", TRUE);
  g_autoptr (SemAnalysis) spelled = sem_sample_analysis_new (bytes, "a é", FALSE);
  SemLayoutInput input = make_input (analysis, &options, text, 500.0, 100.0);
  g_autoptr (SemLayout) hidden = sem_tokens_layout_new (&input);
  SemLayout *layout;

  g_assert_cmpuint (((SemTokensLayout *)hidden)->chips->len, ==, 3);
  options.show_special = TRUE;
  layout = sem_tokens_layout_new (&input);
  g_assert_cmpuint (((SemTokensLayout *)layout)->chips->len, ==, 5);
  g_assert_cmpstr (get_chip (layout, 0)->label, ==, "[CLS]");
  g_assert_cmpint (get_chip (layout, 0)->kind, ==, SEM_CHIP_SPECIAL);
  g_assert_cmpstr (get_chip (layout, 1)->label, ==, "hot");
  g_assert_true (get_chip (layout, 1)->joined_right);
  g_assert_cmpstr (get_chip (layout, 2)->label, ==, "##dog");
  g_assert_true (get_chip (layout, 2)->joined_left);
  g_assert_cmpfloat (get_chip (layout, 1)->box.x + get_chip (layout, 1)->box.width, ==,
                     get_chip (layout, 2)->box.x);
  g_assert_cmpstr (get_chip (layout, 3)->label, ==, "☃");
  g_assert_cmpint (get_chip (layout, 3)->kind, ==, SEM_CHIP_UNKNOWN);
  g_assert_cmpstr (get_chip (layout, 3)->id_text, ==, "1");
  sem_layout_unref (layout);
  input.analysis = spelled;
  layout = sem_tokens_layout_new (&input);
  g_assert_cmpuint (((SemTokensLayout *)layout)->chips->len, ==, 4);
  g_assert_cmpstr (get_chip (layout, 0)->label, ==, "a");
  g_assert_cmpstr (get_chip (layout, 1)->label, ==, "·"); /* a blank alone is always shown */
  g_assert_cmpstr (get_chip (layout, 2)->label, ==, "C3");
  g_assert_cmpstr (get_chip (layout, 3)->label, ==, "A9");
  g_assert_cmpint (get_chip (layout, 2)->kind, ==, SEM_CHIP_BYTES);
  sem_layout_unref (layout);
}

/* A piece as long as the limit of WordPiece and a text of many thousand tokens. */
static void
test_tokens_many (void)
{
  g_autoptr (SemModel) model = sem_sample_byte_model_new ();
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autofree char *words = g_strnfill (SEM_MAX_CHIPS + 1234, 'a');
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, words, FALSE);
  SemLayoutInput input = make_input (analysis, &options, text, 800.0, 100.0);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SemLayout) layout = sem_tokens_layout_new (&input);
  const SemTokensLayout *tokens = (const SemTokensLayout *)layout;

  g_assert_cmpuint (tokens->chips->len, ==, SEM_MAX_CHIPS);
  g_assert_cmpstr (tokens->note, ==, "and 1234 more tokens");
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

static void
check_vectors (SemAnalysis *analysis,
               SemViewOptions *options,
               SemTextContext *text,
               const SemFocus *focus,
               double width)
{
  SemLayoutInput input = make_input (analysis, options, text, width, 500.0);
  g_autoptr (SemLayout) layout = sem_vectors_layout_new (&input, focus);
  const SemVectorsLayout *vectors = (const SemVectorsLayout *)layout;

  g_assert_cmpuint (vectors->strips->len, >, 0);
  g_assert_cmpfloat (vectors->strips_bottom, <=, 500.0);
  g_assert_cmpuint (vectors->n_cells * vectors->per_cell, >=, vectors->dim);
  for (gsize i = 0; i < vectors->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (vectors->strips, SemStrip, i);
      SemItem unit = { SEM_ITEM_UNIT, strip->unit, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE };

      if (strip->other == SEM_NO_ITEM)
        layout_test_assert_picked (layout, &unit);
      for (gsize cell = 0; cell < vectors->n_cells; cell++)
        {
          SemItem item
              = { SEM_ITEM_DIMENSION, strip->unit, strip->other, G_MAXSIZE, strip->shown[cell] };

          layout_test_assert_picked (layout, &item);
          /* The number that stands for its neighbours is the largest of them. */
          for (gsize place = cell * vectors->per_cell;
               place < MIN ((cell + 1) * vectors->per_cell, vectors->dim); place++)
            g_assert_cmpfloat (fabs (strip->values[vectors->order[place]]), <=,
                               fabs (strip->values[strip->shown[cell]]));
        }
    }
  for (gsize i = 0; i < vectors->lists->len; i++)
    {
      const SemNumberList *list = &g_array_index (vectors->lists, SemNumberList, i);

      for (gsize place = 0; place < list->n_shown; place++)
        {
          SemBox box = sem_vectors_number_box (vectors, list, place);
          SemItem item
              = { SEM_ITEM_DIMENSION, list->unit, G_MAXSIZE, G_MAXSIZE, vectors->order[place] };

          layout_test_assert_item_at (layout, &item, box.x + box.width / 2.0,
                                      box.y + box.height / 2.0);
          g_assert_cmpfloat (box.y + box.height, <=, 500.5);
        }
    }
}

static void
test_vectors_pick (void)
{
  static const gsize dims[] = { 1, 2, 48, 300, 768 };
  static const double widths[] = { 200, 420, 1100, 2000 };
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  gsize selected[] = { 3, 0 };

  for (gsize d = 0; d < G_N_ELEMENTS (dims); d++)
    {
      g_autoptr (SemModel) model = sem_sample_model_new (dims[d]);
      g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);

      for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
        for (gsize n = 0; n <= 2; n++)
          {
            SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
            SemFocus focus = { SEM_ITEM_INIT, selected, n };

            options.vector_order
                = n == 2 ? SEM_VECTOR_ORDER_CONTRIBUTION : SEM_VECTOR_ORDER_DIMENSION;
            check_vectors (analysis, &options, text, &focus, widths[w]);
          }
    }
}

/* The numbers shown are the model's, the difference is their difference, the order is that of the
 * products. */
static void
test_vectors_values (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  gsize selected[] = { 0, 3 };
  SemFocus focus = { SEM_ITEM_INIT, selected, 2 };
  SemLayoutInput input = make_input (analysis, &options, text, 900.0, 400.0);
  g_autoptr (SemLayout) layout = NULL;
  const SemVectorsLayout *vectors;
  const SemStrip *strips;

  options.vector_order = SEM_VECTOR_ORDER_CONTRIBUTION;
  layout = sem_vectors_layout_new (&input, &focus);
  vectors = (const SemVectorsLayout *)layout;
  strips = (const SemStrip *)(void *)vectors->strips->data;
  g_assert_cmpuint (vectors->strips->len, ==, 3);
  for (gsize i = 0; i < 48; i++)
    {
      const double *a = sem_matrix_get_row (sem_analysis_get_vectors (analysis), 0);
      const double *b = sem_matrix_get_row (sem_analysis_get_vectors (analysis), 3);

      g_assert_cmpfloat (strips[0].values[i], ==, a[i]);
      g_assert_cmpfloat (strips[1].values[i], ==, b[i]);
      g_assert_cmpfloat (strips[2].values[i], ==, a[i] - b[i]);
      if (i > 0)
        {
          gsize before = vectors->order[i - 1], here = vectors->order[i];

          g_assert_cmpfloat (fabs (a[before] * b[before]), >=, fabs (a[here] * b[here]));
        }
    }
}

/* Every item of the strip and the map is found in the overview too, at the place where the overview
 * drew it. */
static void
test_overview_pick (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (analysis, &options, text, 1280.0, 860.0);
  g_autoptr (SemLayout) layout = sem_overview_layout_new (&input, NULL);
  gsize n_tokens, n = sem_analysis_get_n (analysis);

  sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);
  for (gsize i = 0; i < n_tokens; i++)
    {
      SemItem item = { SEM_ITEM_TOKEN, sem_units_find_token (sem_analysis_get_units (analysis), i),
                       G_MAXSIZE, i, G_MAXSIZE };
      SemBox box;

      if (sem_layout_locate (layout, &item, &box))
        layout_test_assert_picked (layout, &item);
    }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      {
        SemItem item = { SEM_ITEM_PAIR, i, j, G_MAXSIZE, G_MAXSIZE };
        SemBox box;

        g_assert_true (sem_layout_locate (layout, &item, &box));
        layout_test_assert_item_at (layout, &item, box.x + box.width / 2.0,
                                    box.y + box.height / 2.0);
      }
}

/* Nothing, blanks, one word; pages from a stamp to a wall; every theme: drawn, with the state of cr
 * left as it was. */
static void
test_extremes (void)
{
  static const char *const texts[] = { "", "   \n ", "Earth", "☃", "Earth Earth Earth" };
  static const double sizes[][2] = { { 16, 16 }, { 40, 300 }, { 300, 40 }, { 1280, 860 } };
  SemModel *models[] = { sem_sample_model_new (3), sem_sample_byte_model_new () };
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;

  for (gsize m = 0; m < 2; m++)
    for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
        for (int p = 0; p < SEM_N_PICTURES; p++)
          {
            g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (models[m], texts[t], FALSE);
            SemFigure figure = { .picture = (SemPictureKind)p,
                                 .theme = (SemThemeKind)(p % SEM_N_THEMES),
                                 .scale = 1.0,
                                 .width = sizes[s][0],
                                 .height = sizes[s][1] };
            SemFocus focus = { SEM_ITEM_INIT, NULL, 0 };
            g_autoptr (GError) error = NULL;
            cairo_surface_t *image
                = sem_figure_render_image (analysis, &options, &focus, &figure, &error);

            g_assert_no_error (error);
            g_assert_cmpint (cairo_image_surface_get_width (image), ==, (int)sizes[s][0]);
            cairo_surface_destroy (image);
          }
  sem_model_unref (models[0]);
  sem_model_unref (models[1]);
}

static void
test_state_is_left (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemLayoutInput input = make_input (analysis, &options, text, 600.0, 400.0);
  gsize selected[] = { 0, 1 };
  SemFocus focus = { SEM_ITEM_INIT, selected, 2 };
  SemLayout *layouts[] = { sem_tokens_layout_new (&input), sem_heatmap_layout_new (&input),
                           sem_map_layout_new (&input), sem_vectors_layout_new (&input, &focus),
                           sem_overview_layout_new (&input, &focus) };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, 400);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, 3.0, 4.0);
  cairo_set_line_width (cr, 7.0);
  cairo_set_source_rgb (cr, 0.25, 0.5, 0.75);
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      cairo_matrix_t matrix;
      double r, g, b, a;

      sem_layout_draw (layouts[i], cr);
      sem_layout_draw_overlay (layouts[i], &focus, cr);
      cairo_get_matrix (cr, &matrix);
      g_assert_cmpfloat (matrix.x0, ==, 3.0);
      g_assert_cmpfloat (cairo_get_line_width (cr), ==, 7.0);
      g_assert_cmpint (cairo_pattern_get_rgba (cairo_get_source (cr), &r, &g, &b, &a), ==,
                       CAIRO_STATUS_SUCCESS);
      g_assert_cmpfloat (r, ==, 0.25);
      g_assert_false (cairo_has_current_point (cr));
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      sem_layout_unref (layouts[i]);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  static const SemThemeKind themes[]
      = { SEM_THEME_LIGHT, SEM_THEME_DARK, SEM_THEME_CONTRAST, SEM_THEME_PRINT };

  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (goldens); i++)
    for (gsize t = 0; t < G_N_ELEMENTS (themes); t++)
      for (int scale = 1; scale <= 2; scale++)
        {
          char *path = g_strdup_printf ("/draw/golden/%s/%s/%dx",
                                        sem_picture_kind_get_id (goldens[i].picture),
                                        sem_theme_get (themes[t])->id, scale);

          g_test_add_data_func_full (path, path, test_golden, g_free);
        }
  g_test_add_func ("/draw/tokens/pick", test_tokens_pick);
  g_test_add_func ("/draw/tokens/step", test_tokens_step);
  g_test_add_func ("/draw/tokens/labels", test_tokens_labels);
  g_test_add_func ("/draw/tokens/many", test_tokens_many);
  g_test_add_func ("/draw/vectors/pick", test_vectors_pick);
  g_test_add_func ("/draw/vectors/values", test_vectors_values);
  g_test_add_func ("/draw/overview/pick", test_overview_pick);
  g_test_add_func ("/draw/pictures/extremes", test_extremes);
  g_test_add_func ("/draw/pictures/state-is-left", test_state_is_left);
  return g_test_run ();
}
