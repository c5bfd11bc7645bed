/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SVG writer: exact elements for what is drawn, well-formed whatever the text, and text that is
 * text. */
#include "draw/svg.h"
#include "draw/text.h"

#include <gio/gio.h>
#include <string.h>

typedef void (*DrawFunc) (cairo_t *cr, SemTextContext *text);

/* What is between <defs> or <svg ...> and </svg>: the elements, in order. */
static char *
dup_body (DrawFunc draw)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  SemSvg *svg = sem_svg_new (100.0, 50.0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file = NULL;
  const GMarkupParser parser = { NULL };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  char *from, *to;

  draw (sem_svg_get_cairo (svg), text);
  bytes = sem_svg_free_to_bytes (svg, &error);
  g_assert_no_error (error);
  file = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_markup_parse_context_parse (context, file, (gssize)strlen (file), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_assert_nonnull (strstr (file, "width=\"100pt\" height=\"50pt\" viewBox=\"0 0 100 50\""));
  from = strstr (file, "preserve\">\n");
  g_assert_nonnull (from);
  from += strlen ("preserve\">\n");
  to = g_strrstr (from, "</svg>");
  g_assert_nonnull (to);
  return g_strndup (from, (gsize)(to - from));
}

static void
draw_shapes (cairo_t *cr, SemTextContext *text)
{
  const double dash[2] = { 2.0, 1.0 };

  cairo_rectangle (cr, 10, 5, 20, 10);
  cairo_set_source_rgb (cr, 1, 0.5, 0);
  sem_canvas_fill (cr);
  g_assert_false (cairo_has_current_point (cr));
  cairo_translate (cr, 1, 1);
  cairo_scale (cr, 2, 2);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, 10, 0);
  cairo_set_source_rgba (cr, 0, 0, 1, 0.25);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dash, 2, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  sem_canvas_stroke_preserve (cr);
  g_assert_true (cairo_has_current_point (cr));
  cairo_new_path (cr);
  /* Wholly outside: left out. */
  cairo_rectangle (cr, 500, 0, 10, 10);
  sem_canvas_fill (cr);
}

static void
test_shapes (void)
{
  g_autofree char *body = dup_body (draw_shapes);

  g_assert_cmpstr (body, ==,
                   "<path d=\"M10 5L30 5L30 15L10 15Z\" fill=\"#ff8000\"/>\n"
                   "<path d=\"M1 1L21 1\" fill=\"none\" stroke=\"#0000ff\" stroke-opacity=\"0.25\" "
                   "stroke-width=\"3\" stroke-linecap=\"round\" stroke-dasharray=\"4 2\"/>\n");
}

static void
draw_clipped (cairo_t *cr, SemTextContext *text)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_save (cr);
  cairo_rectangle (cr, 10, 10, 20, 20);
  cairo_clip (cr);
  cairo_rectangle (cr, 12, 12, 4, 4); /* inside: needs no clip */
  sem_canvas_fill (cr);
  cairo_rectangle (cr, 0, 12, 20, 4);
  sem_canvas_fill (cr);
  cairo_rectangle (cr, 40, 40, 4, 4); /* outside */
  sem_canvas_fill (cr);
  cairo_restore (cr);
  cairo_rectangle (cr, 0, 0, 1, 1);
  sem_canvas_fill (cr);
}

static void
test_clip (void)
{
  g_autofree char *body = dup_body (draw_clipped);

  g_assert_cmpstr (body, ==,
                   "<defs>\n<clipPath id=\"clip1\"><rect x=\"10\" y=\"10\" width=\"20\" "
                   "height=\"20\"/></clipPath>\n</defs>\n"
                   "<path d=\"M12 12L16 12L16 16L12 16Z\" fill=\"#000000\"/>\n"
                   "<g clip-path=\"url(#clip1)\">\n<path d=\"M0 12L20 12L20 16L0 16Z\" "
                   "fill=\"#000000\"/>\n</g>\n"
                   "<path d=\"M0 0L1 0L1 1L0 1Z\" fill=\"#000000\"/>\n");
}

static void
draw_words (cairo_t *cr, SemTextContext *text)
{
  SemRgba black = sem_rgba_from_hex (0), white = sem_rgba_from_hex (0xffffff);

  sem_text_draw (text, cr, SEM_FONT_BODY, 10.0, "a<b & \"c\"  'd'", 5, 20, 0.0, black);
  sem_text_draw_halo (text, cr, SEM_FONT_BODY_BOLD, 12.0, "middle", 50, 30, 0.5, black, white, 2.0);
  sem_text_draw (text, cr, SEM_FONT_MONO_SMALL, 8.0, "right", 90, 40, 1.0, black);
  sem_text_draw (text, cr, SEM_FONT_BODY, 10.0, "שלום", 40, 40, 1.0, black);
  sem_text_draw (text, cr, SEM_FONT_BODY, 10.0, "bell \x07 bad \xff", 5, 45, 0.0, black);
  cairo_translate (cr, 50, 25);
  cairo_rotate (cr, -G_PI / 2);
  sem_text_draw (text, cr, SEM_FONT_BODY, 10.0, "up", 0, 0, 0.0, black);
}

static void
test_text (void)
{
  g_autofree char *body = dup_body (draw_words);
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  g_assert_true (g_str_has_prefix (lines[0], "<text x=\"5\" y=\"20\" font-family=\"&#39;"));
  g_assert_true (g_str_has_suffix (lines[0],
                                   ", sans-serif\" font-size=\"10\" fill=\"#000000\">a&lt;b &amp; "
                                   "&quot;c&quot;  &#39;d&#39;</text>"));
  g_assert_true (g_str_has_prefix (lines[1], "<text x=\"50\" y=\"30\""));
  g_assert_nonnull (
      strstr (lines[1],
              "font-weight=\"700\" text-anchor=\"middle\" fill=\"#000000\" stroke=\"#ffffff\" "
              "stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">middle</text>"));
  g_assert_nonnull (strstr (lines[2], ", monospace\" font-size=\"8\" text-anchor=\"end\""));
  /* Right end at 40 of a line that starts there. */
  g_assert_true (g_str_has_prefix (lines[3], "<text x=\"40\" y=\"40\""));
  g_assert_nonnull (strstr (lines[3], "direction=\"rtl\""));
  g_assert_null (strstr (lines[3], "text-anchor"));
  g_assert_nonnull (strstr (lines[3], ">שלום</text>"));
  g_assert_nonnull (strstr (lines[4], ">bell \xef\xbf\xbd bad \xef\xbf\xbd</text>"));
  g_assert_true (g_str_has_prefix (
      lines[5],
      "<text transform=\"matrix(0.00000 -1.00000 1.00000 0.00000 50 25)\" x=\"0\" y=\"0\""));
}

static void
draw_gradient_and_image (cairo_t *cr, SemTextContext *text)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, 0, 10);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2, 1);

  cairo_pattern_add_color_stop_rgb (pattern, 0, 1, 0, 0);
  cairo_pattern_add_color_stop_rgba (pattern, 1, 0, 0, 1, 0.5);
  cairo_rectangle (cr, 0, 0, 5, 10);
  cairo_set_source (cr, pattern);
  sem_canvas_fill (cr);
  cairo_pattern_destroy (pattern);
  sem_canvas_image (cr, image, 10, 10, 20, 10, FALSE);
  cairo_surface_destroy (image);
}

static void
test_gradient_and_image (void)
{
  g_autofree char *body = dup_body (draw_gradient_and_image);

  g_assert_nonnull (
      strstr (body, "<linearGradient id=\"gradient1\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" "
                    "y1=\"0\" x2=\"0\" y2=\"10\">\n"
                    "<stop offset=\"0.0000\" stop-color=\"#ff0000\"/>\n"
                    "<stop offset=\"1.0000\" stop-color=\"#0000ff\" stop-opacity=\"0.5\"/>\n"));
  g_assert_nonnull (strstr (body, "fill=\"url(#gradient1)\""));
  g_assert_nonnull (strstr (
      body, "<image x=\"10\" y=\"10\" width=\"20\" height=\"10\" preserveAspectRatio=\"none\""));
  g_assert_nonnull (strstr (body, "xlink:href=\"data:image/png;base64,iVBOR"));
}

static int
count (const char *text, const char *word)
{
  int n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

/* The rule of canvas.h, kept by looking: no picture finishes a path with cairo's own functions. */
static void
test_pictures_use_the_canvas (void)
{
  const char *source = g_getenv ("SEMBLANCE_SRCDIR");
  static const char *const forbidden[] = { "cairo_fill (",    "cairo_fill_preserve (",
                                           "cairo_stroke (",  "cairo_stroke_preserve (",
                                           "cairo_paint (",   "cairo_paint_with_alpha (",
                                           "cairo_mask",      "cairo_push_group",
                                           "cairo_show_text", "pango_cairo_show" };
  /* The canvas itself; text, which asks for the sink first; and masks made in an image of their
   * own. */
  static const char *const exempt[] = { "canvas.c", "text.c", "text-stamp.c", "dots.c", NULL };
  g_autofree char *path = NULL;
  g_autoptr (GDir) folder = NULL;
  int n_files = 0;

  if (source == NULL)
    {
      g_test_skip ("SEMBLANCE_SRCDIR is not set");
      return;
    }
  path = g_build_filename (source, "src", "draw", NULL);
  folder = g_dir_open (path, 0, NULL);
  g_assert_nonnull (folder);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *content = NULL;

      if (!g_str_has_suffix (name, ".c") || g_strv_contains (exempt, name))
        continue;
      g_assert_true (g_file_get_contents (file, &content, NULL, NULL));
      n_files++;
      for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
        if (count (content, forbidden[i]) > 0)
          {
            g_test_message ("%s uses %s: it would be missing from SVG files; see src/draw/canvas.h",
                            name, forbidden[i]);
            g_test_fail ();
          }
    }
  g_assert_cmpint (n_files, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/svg/shapes", test_shapes);
  g_test_add_func ("/draw/svg/clip", test_clip);
  g_test_add_func ("/draw/svg/text", test_text);
  g_test_add_func ("/draw/svg/gradient-and-image", test_gradient_and_image);
  g_test_add_func ("/draw/svg/pictures-use-the-canvas", test_pictures_use_the_canvas);
  return g_test_run ();
}
