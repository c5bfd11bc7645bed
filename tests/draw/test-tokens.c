/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token strip while somebody types: what is drawn over the picture of before gives, pixel for
 * pixel, the picture drawn whole. */
#include "draw/tokens-private.h"
#include "layout-test.h"
#include "sample.h"

#include <math.h>
#include <string.h>

#define WIDTH 420

static SemLayout *
make_layout (SemModel *model, SemTextContext *text, const char *typed)
{
  static const SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, typed, FALSE);
  SemLayoutInput input = layout_test_input (analysis, &options, text, WIDTH, 1);

  return sem_tokens_layout_new (&input);
}

static cairo_surface_t *
new_image (const SemLayout *layout, int scale)
{
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, WIDTH * scale, MAX (1, (int)ceil (layout->content_height)) * scale);

  cairo_surface_set_device_scale (image, scale, scale);
  return image;
}

static cairo_surface_t *
draw (const SemLayout *layout, int scale)
{
  cairo_surface_t *image = new_image (layout, scale);
  cairo_t *cr = cairo_create (image);

  sem_layout_draw (layout, cr);
  cairo_destroy (cr);
  return image;
}

static cairo_surface_t *
draw_over (const SemLayout *layout, cairo_surface_t *before, const SemBox *change, int scale)
{
  cairo_surface_t *image = new_image (layout, scale);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_surface (cr, before, 0, 0);
  cairo_paint (cr);
  sem_layout_draw_change (layout, change, scale, cr);
  cairo_destroy (cr);
  return image;
}

static gboolean
are_equal (cairo_surface_t *a, cairo_surface_t *b)
{
  int stride = cairo_image_surface_get_stride (a), height = cairo_image_surface_get_height (a);

  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                 (gsize)stride * (gsize)height)
         == 0;
}

/* The box; its area is added to what was redrawn. */
static void
assert_redrawn (SemLayout *before, SemLayout *after, int scale, SemBox *box)
{
  cairo_surface_t *old = draw (before, scale), *whole = draw (after, scale), *over;
  const SemBox nothing = { 0.0, 0.0, 0.0, 0.0 };

  g_assert_true (sem_layout_find_change (after, before, box));
  over = draw_over (after, old, box, scale);
  g_assert_true (are_equal (over, whole));
  cairo_surface_destroy (over);
  /* And the comparison sees a difference where there is one. */
  over = draw_over (after, old, &nothing, scale);
  g_assert_cmpint (are_equal (over, whole), ==, box->width == 0.0);
  cairo_surface_destroy (over);
  cairo_surface_destroy (old);
  cairo_surface_destroy (whole);
}

static void
test_typing (gconstpointer data)
{
  static const char *const texts[] = {
    "Earth is a planet",
    "Earth is a planet i",
    "Earth is a planet in",
    "Earth is a planet in ",
    "Earth is a planet in the solar system. The moon",
    "Earth is a planet in the solar system. The moon orbits us, and a hotdog is food.",
    "Earth is a planet in the solar system. The moon orbits us, and a hot is food.",
    "Earth is a planet in the solar system. The moon orbits us, and a hot \xe2\x98\x83 is food.",
    "Earth is the planet in the solar system. The moon orbits us, and a hotdog is food.",
    "Earth is the planet in the solar system. The moon orbits us, and a hotdog is food. hotdog",
    "hotdog hotdog hotdog hotdog hotdog hotdog hotdog hotdog hotdog hotdog hotdog hotdog",
    "hotdog hotdog hotdog hotdog hotdog hotdog hotdog hot hotdog hotdog hotdog hotdog",
    "Hotdog",
  };
  const int scale = GPOINTER_TO_INT (data);
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  SemTextContext *text = sem_text_context_new ("DejaVu Sans", 1.0);
  g_autoptr (SemLayout) before = make_layout (model, text, "A planet");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SemLayout *after = make_layout (model, text, texts[i]);
      SemBox box;

      assert_redrawn (before, after, scale, &box);
      sem_layout_unref (before);
      before = after;
    }
  sem_text_context_unref (text);
}

/* A letter at the end of a long text costs a few chips, not all. */
static void
test_small (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  SemTextContext *text = sem_text_context_new ("DejaVu Sans", 1.0);
  g_autoptr (SemLayout) before = make_layout (model, text, SEM_SAMPLE_TEXT " hotdo");
  g_autoptr (SemLayout) after = make_layout (model, text, SEM_SAMPLE_TEXT " hotdog");
  g_autoptr (SemLayout) same = make_layout (model, text, SEM_SAMPLE_TEXT " hotdog");
  g_autoptr (SemLayout) none = make_layout (model, text, "");
  SemBox box;

  assert_redrawn (before, after, 1, &box);
  g_assert_cmpfloat (box.width * box.height, <, 0.5 * WIDTH * after->content_height);
  assert_redrawn (after, same, 1, &box);
  g_assert_cmpfloat (box.width, ==, 0.0);
  /* An empty strip has a sentence in it, which is drawn whole. */
  g_assert_false (sem_layout_find_change (none, after, &box));
  g_assert_false (sem_layout_find_change (after, none, &box));
  g_assert_false (sem_layout_find_change (after, NULL, &box));
  sem_text_context_unref (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/draw/tokens/typing/1x", GINT_TO_POINTER (1), test_typing);
  g_test_add_data_func ("/draw/tokens/typing/2x", GINT_TO_POINTER (2), test_typing);
  g_test_add_func ("/draw/tokens/small-change", test_small);
  return g_test_run ();
}
