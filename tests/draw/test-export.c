/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as files: the same bytes for the same input, text that can be found, limits, and an old
 * file kept when saving fails. */
#include "draw/export.h"

#include "core/error.h"
#include "draw/figure-data.h"
#include "draw/figure-size.h"
#include "draw/tokens-private.h"
#include "image-compare.h"
#include "sample.h"

#include <glib/gstdio.h>
#include <string.h>

static const gsize chosen[] = { 0, 3 };
static const SemFocus focus = { SEM_ITEM_INIT, chosen, 2 };

static SemFigure
make_figure (SemPictureKind picture, SemFigureFormat format)
{
  return (SemFigure){ .picture = picture,
                      .format = format,
                      .theme = SEM_THEME_LIGHT,
                      .width = 1000,
                      .height = 700,
                      .scale = 1.0 };
}

static GBytes *
render (SemAnalysis *analysis, SemPictureKind picture, SemFigureFormat format)
{
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = make_figure (picture, format);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = sem_figure_render (analysis, &options, &focus, &figure, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 500);
  return bytes;
}

static void
test_same_bytes (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  g_autoptr (SemAnalysis) again = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  g_autoptr (SemAnalysis) other
      = sem_sample_analysis_new (model, "The moon orbits us, king and queen.", FALSE);

  for (int format = 0; format < SEM_N_FIGURE_FORMATS; format++)
    for (int picture = 0; picture < SEM_N_PICTURES; picture++)
      {
        if (!sem_figure_format_is_available ((SemFigureFormat)format))
          continue;

        g_autoptr (GBytes) first
            = render (analysis, (SemPictureKind)picture, (SemFigureFormat)format);
        g_autoptr (GBytes) between
            = render (other, (SemPictureKind)picture, (SemFigureFormat)format);
        g_autoptr (GBytes) second
            = render (again, (SemPictureKind)picture, (SemFigureFormat)format);

        g_assert_true (g_bytes_equal (first, second));
        g_assert_false (g_bytes_equal (first, between));
      }
}

static void
assert_contains (const char *picture, const char *where, const char *word)
{
  if (strstr (where, word) == NULL)
    {
      g_test_message ("%s: '%s' is not in its text", picture, word);
      g_test_fail ();
    }
}

/* What must be readable in a picture: every unit's label, and in the token strip every piece and
 * id. */
static void
check_words (SemAnalysis *analysis, SemPictureKind picture, const char *text)
{
  const char *name = sem_picture_kind_get_id (picture);
  SemUnits *units = sem_analysis_get_units (analysis);
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);

  for (gsize i = 0; i < sem_analysis_get_n (analysis); i++)
    {
      const SemUnit *unit = sem_units_get (units, i);
      gboolean is_chosen = i == chosen[0] || i == chosen[1];

      /* The vectors picture was asked for two units only, and on the map a repeated word is one
       * point. */
      if (picture == SEM_PICTURE_TOKENS || (picture == SEM_PICTURE_VECTORS && !is_chosen)
          || (picture == SEM_PICTURE_MAP && unit->first_like_it != i))
        continue;
      assert_contains (name, text, unit->label);
    }
  for (gsize i = 0; i < n_tokens; i++)
    if ((picture == SEM_PICTURE_TOKENS || picture == SEM_PICTURE_OVERVIEW)
        && !(tokens[i].flags & SEM_TOKEN_TEMPLATE))
      {
        g_autofree char *id = g_strdup_printf ("%u", tokens[i].id);

        assert_contains (name, text, sem_encoding_get_piece (encoding, i));
        assert_contains (name, text, id);
      }
}

static void
collect_text_cb (GMarkupParseContext *context,
                 const char *text,
                 gsize length,
                 gpointer data,
                 GError **error)
{
  if (strcmp (g_markup_parse_context_get_element (context), "text") == 0)
    {
      g_string_append_len (data, text, (gssize)length);
      g_string_append_c (data, '\n');
    }
}

static void
test_svg_words (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis
      = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT " 你好 مرحبا", FALSE);
  const GMarkupParser parser = { NULL, NULL, collect_text_cb, NULL, NULL };

  for (int picture = 0; picture < SEM_N_PICTURES; picture++)
    {
      g_autoptr (GBytes) bytes = render (analysis, (SemPictureKind)picture, SEM_FIGURE_SVG);
      g_autoptr (GString) words = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, words, NULL);

      g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                    (gssize)g_bytes_get_size (bytes), &error);
      g_assert_no_error (error);
      g_markup_parse_context_end_parse (context, &error);
      g_assert_no_error (error);
      g_markup_parse_context_free (context);
      check_words (analysis, (SemPictureKind)picture, words->str);
    }
}

/* What a program that reads a file's text says of it: with a title, a caption and the provenance.
 */
static char *
read_words (const char *const *command,
            SemAnalysis *analysis,
            SemPictureKind picture,
            SemFigureFormat format)
{
  g_autofree char *folder = g_dir_make_tmp ("semblance-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "picture", NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = make_figure (picture, format);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *words = NULL;
  int status;

  figure.title = "Heading words";
  figure.caption = "Legend words";
  figure.provenance = TRUE;
  bytes = sem_figure_render (analysis, &options, &focus, &figure, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  for (gsize i = 0; command[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)(strcmp (command[i], "FILE") == 0 ? path : command[i]));
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **)arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_unlink (path);
  g_rmdir (folder);
  return words;
}

static void
check_file_words (const char *program, const char *const *command, SemFigureFormat format)
{
  g_autofree char *found = g_find_program_in_path (program);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);

  if (found == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

      g_test_skip (reason);
      return;
    }
  for (int picture = 0; picture < SEM_N_PICTURES; picture++)
    {
      const char *name = sem_picture_kind_get_id ((SemPictureKind)picture);
      g_autofree char *words = read_words (command, analysis, (SemPictureKind)picture, format);

      check_words (analysis, (SemPictureKind)picture, words);
      assert_contains (name, words, "Heading words");
      assert_contains (name, words, "Legend words");
      assert_contains (name, words, "Semblance 0.");
    }
}

/* Latin and CJK: pdftotext puts right-to-left words in visual order with direction marks. */
static void
test_pdf_words (void)
{
  static const char *const command[] = { "pdftotext", "-enc", "UTF-8", "FILE", "-", NULL };

  check_file_words ("pdftotext", command, SEM_FIGURE_PDF);
}

static void
test_eps_words (void)
{
  static const char *const command[]
      = { "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=txtwrite", "-sOutputFile=-", "FILE", NULL };

  check_file_words ("gs", command, SEM_FIGURE_EPS);
}

/* Nothing translucent makes cairo give up on text and lines: no image in the file, in any theme. */
static void
test_eps_has_no_image (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;

  for (int theme = 0; theme < SEM_N_THEMES; theme++)
    for (int picture = 0; picture < SEM_N_PICTURES; picture++)
      {
        SemFigure figure = make_figure ((SemPictureKind)picture, SEM_FIGURE_EPS);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (GError) error = NULL;
        const char *data;
        gsize size;

        figure.theme = (SemThemeKind)theme;
        bytes = sem_figure_render (analysis, &options, &focus, &figure, &error);
        g_assert_no_error (error);
        data = g_bytes_get_data (bytes, &size);
        g_assert_true (g_str_has_prefix (data, "%!PS-Adobe-3.0 EPSF-3.0\n"));
        g_assert_nonnull (g_strstr_len (data, (gssize)size, "%%CreationDate: 2000-01-01"));
        g_assert_null (g_strstr_len (data, (gssize)size, "/ImageType 1"));
      }
}

/* 254 dpi are 10 000 pixels a metre; the chunk's CRC is zlib's. */
static void
test_png_resolution (void)
{
  static const guint8 chunk[]
      = { 0, 0, 0, 9, 'p', 'H', 'Y', 's', 0, 0, 0x27, 16, 0, 0, 0x27, 16, 1 };
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, "Earth", FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = make_figure (SEM_PICTURE_TOKENS, SEM_FIGURE_PNG);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *image;
  const guint8 *data;

  figure.scale = 254.0 / 72.0;
  figure.width = figure.height = 100;
  bytes = sem_figure_render (analysis, &options, NULL, &figure, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, NULL);
  g_assert_cmpmem (data + 33, sizeof chunk, chunk, sizeof chunk);
  image = sem_figure_render_image (analysis, &options, NULL, &figure, &error);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 353); /* 352.8 */
  /* The last column and row belong to the page, though it ends within them. */
  g_assert_cmphex (((guint32 *)(void *)cairo_image_surface_get_data (image))[353 * 353 - 1], ==,
                   sem_rgba_to_argb32 (sem_theme_get (SEM_THEME_LIGHT)->surface));
  cairo_surface_destroy (image);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *text;
    double scale, width, height; /* 0: refused */
  } cases[] = {
    { "1280x860", 2, 1280, 860 },
    { "960x540pt", 2, 960, 540 },
    { "25.4x50.8mm", 1, 72, 144 },
    { "3.5x2in", 1, 252, 144 },
    { "1920x1080px", 2, 960, 540 },
    { "", 1, 0, 0 },
    { "10", 1, 0, 0 },
    { "10x", 1, 0, 0 },
    { "10x10cm", 1, 0, 0 },
    { "10x10 mm", 1, 0, 0 },
    { "10 x 10mm", 1, 0, 0 },
    { "infx10", 1, 0, 0 },
    { "nanx10", 1, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double width = 0, height = 0;
      gboolean ok = sem_figure_parse_size (cases[i].text, cases[i].scale, &width, &height);

      g_assert_true (ok == (cases[i].width > 0));
      g_assert_cmpfloat_with_epsilon (width, cases[i].width, 1e-9);
      g_assert_cmpfloat_with_epsilon (height, cases[i].height, 1e-9);
    }
  for (int unit = 0; unit < SEM_N_LENGTH_UNITS; unit++)
    g_assert_cmpfloat_with_epsilon (
        sem_length_from_points (sem_length_to_points (85.0, (SemLengthUnit)unit, 3.0),
                                (SemLengthUnit)unit, 3.0),
        85.0, 1e-9);
}

static void
test_data_names (void)
{
  static const char *const cases[][2] = {
    { "/tmp/a.png", "/tmp/a.csv" },
    { "a.b.svg", "a.b.csv" },
    { "/tmp/x.pdf/map.v2", "/tmp/x.pdf/map.v2.csv" },
    { "figure", "figure.csv" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = sem_figure_dup_data_name (cases[i][0], SEM_DATA_CSV);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

static void
test_limits (void)
{
  static const struct
  {
    double width, height, scale;
    SemFigureFormat format;
    gboolean ok;
  } cases[] = {
    { 16, 16, 1, SEM_FIGURE_PNG, TRUE },
    { 15, 100, 1, SEM_FIGURE_PNG, FALSE },
    { 100, 20001, 1, SEM_FIGURE_SVG, FALSE },
    { 100, 20000, 1, SEM_FIGURE_SVG, TRUE },
    { 100, 100, 0.2, SEM_FIGURE_PNG, FALSE },
    { 100, 100, 600.0 / 72.0, SEM_FIGURE_PNG, TRUE }, /* what journals ask for */
    { 100, 100, 18, SEM_FIGURE_PNG, FALSE },
    { 100, 100, 18, SEM_FIGURE_PDF, TRUE },
    { 20000, 16, 8, SEM_FIGURE_PNG, FALSE },
    { 20000, 20000, 1, SEM_FIGURE_PNG, FALSE },
    { 0.0 / 0.0, 100, 1, SEM_FIGURE_PDF, FALSE },
    { 100, 100, 0.0 / 0.0, SEM_FIGURE_PNG, FALSE },
  };
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, "Earth", FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SemFigure figure = { .picture = SEM_PICTURE_TOKENS,
                           .format = cases[i].format,
                           .width = cases[i].width,
                           .height = cases[i].height,
                           .scale = cases[i].scale };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = sem_figure_render (analysis, &options, NULL, &figure, &error);

      g_assert_true ((bytes != NULL) == cases[i].ok);
      if (!cases[i].ok)
        g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT);
    }
}

static void
test_names (void)
{
  SemFigureFormat format;
  SemPictureKind kind;

  g_assert_true (sem_figure_format_from_name ("a.PNG", &format) && format == SEM_FIGURE_PNG);
  g_assert_true (sem_figure_format_from_name ("dir.x/a.b.svg", &format)
                 && format == SEM_FIGURE_SVG);
  g_assert_true (sem_figure_format_from_name ("a.Pdf", &format) && format == SEM_FIGURE_PDF);
  g_assert_true (sem_figure_format_from_name ("a.eps", &format) && format == SEM_FIGURE_EPS);
  g_assert_true (sem_figure_format_from_name ("a.WebP", &format) && format == SEM_FIGURE_WEBP);
  g_assert_false (sem_figure_format_from_name (".png", &format));
  g_assert_false (sem_figure_format_from_name ("png", &format));
  g_assert_false (sem_figure_format_from_name ("a.jpg", &format));
  for (int i = 0; i < SEM_N_PICTURES; i++)
    g_assert_true (sem_picture_kind_from_id (sem_picture_kind_get_id ((SemPictureKind)i), &kind)
                   && (int)kind == i);
  g_assert_false (sem_picture_kind_from_id ("everything", &kind));
}

/* Without a background the page's corner is clear; with one it has the theme's colour. */
static void
test_transparent (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, "Earth", FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;

  for (int transparent = 0; transparent < 2; transparent++)
    {
      SemFigure figure = make_figure (SEM_PICTURE_TOKENS, SEM_FIGURE_PNG);
      g_autoptr (GError) error = NULL;
      cairo_surface_t *image;

      figure.transparent = transparent;
      figure.theme = SEM_THEME_DARK;
      image = sem_figure_render_image (analysis, &options, NULL, &figure, &error);
      g_assert_no_error (error);
      g_assert_cmphex (*(guint32 *)(void *)cairo_image_surface_get_data (image), ==,
                       transparent ? 0
                                   : sem_rgba_to_argb32 (sem_theme_get (SEM_THEME_DARK)->surface));
      cairo_surface_destroy (image);
    }
}

/* Replaces a file; a folder that is not there, and a save that is called off, leave what was there.
 */
static void
test_save (void)
{
  g_autoptr (SemModel) model = sem_sample_model_new (8);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, "Earth", FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = make_figure (SEM_PICTURE_TOKENS, SEM_FIGURE_SVG);
  g_autofree char *folder = g_dir_make_tmp ("semblance-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.svg", NULL);
  g_autofree char *content = NULL, *kept = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path),
                    missing = g_file_resolve_relative_path (file, "../no/where.svg");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "old", -1, NULL);
  g_assert_true (sem_figure_save (analysis, &options, NULL, &figure, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "<?xml"));
  g_assert_false (sem_figure_save (analysis, &options, NULL, &figure, missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_file_set_contents (path, "old", -1, NULL);
  g_cancellable_cancel (cancelled);
  g_assert_false (sem_figure_save (analysis, &options, NULL, &figure, file, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "old");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing half written lies about */
}

/* "/draw/export/golden/PICTURE/THEME/2x": a page with a title and a caption that are broken into
 * lines. */
static void
test_golden (gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (data, "/", -1);
  g_autofree char *name = g_strdup_printf ("figure-%s-%s-%s", parts[4], parts[5], parts[6]);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis
      = sem_sample_analysis_new (model, "Earth is a planet. The moon orbits us.", FALSE);
  SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
  SemFigure figure = { .width = 240,
                       .height = 240,
                       .text_size = 8,
                       .title = "Similarity of the words of two sentences",
                       .caption = "Figure 1. A caption long enough that it does not stand in one "
                                  "line of a page that is as wide as a column." };
  cairo_surface_t *image;
  g_autoptr (GError) error = NULL;

  if (!sem_golden_has_fonts ())
    return;
  g_assert_true (sem_picture_kind_from_id (parts[4], &figure.picture));
  g_assert_true (sem_theme_kind_from_id (parts[5], &figure.theme));
  figure.scale = parts[6][0] - '0';
  if (figure.picture == SEM_PICTURE_VECTORS)
    {
      /* As wide as it takes for the statistics. */
      figure.width = 620;
      figure.height = 260;
    }
  image = sem_figure_render_image (analysis, &options, &focus, &figure, &error);
  g_assert_no_error (error);
  sem_golden_check (image, name);
  cairo_surface_destroy (image);
}

/* The same SVG on every Debian with the same fonts, byte for byte: nothing in it depends on the
 * version of cairo, Pango or HarfBuzz.  tests/golden/draw/figure-PICTURE.svg was compared on Debian
 * 12 (cairo 1.16, Pango 1.50) and 13 (1.18, 1.56). */
static void
test_golden_svg (gconstpointer data)
{
  SemPictureKind picture = (SemPictureKind)GPOINTER_TO_INT (data);
  g_autofree char *name = g_strdup_printf ("figure-%s.svg", sem_picture_kind_get_id (picture));
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "draw", name, NULL);
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *expected = NULL;
  gsize length;

  if (!sem_golden_has_fonts ())
    return;
  bytes = render (analysis, picture, SEM_FIGURE_SVG);
  if (g_getenv ("SEMBLANCE_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                         &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, length);
}

static void
add_goldens (void)
{
  static const char *const pictures[] = { "similarity", "vectors" };
  static const char *const themes[] = { "light", "dark", "contrast", "print" };

  g_test_add_data_func ("/draw/export/golden-svg/vectors", GINT_TO_POINTER (SEM_PICTURE_VECTORS),
                        test_golden_svg);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (themes); k++)
      for (int scale = 1; scale <= 2; scale++)
        {
          char *path
              = g_strdup_printf ("/draw/export/golden/%s/%s/%dx", pictures[i], themes[k], scale);

          g_test_add_data_func_full (path, path, test_golden, g_free);
        }
}

int
main (int argc, char **argv)
{
  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/export/same-bytes", test_same_bytes);
  g_test_add_func ("/draw/export/svg-words", test_svg_words);
  g_test_add_func ("/draw/export/pdf-words", test_pdf_words);
  g_test_add_func ("/draw/export/eps-words", test_eps_words);
  g_test_add_func ("/draw/export/eps-has-no-image", test_eps_has_no_image);
  g_test_add_func ("/draw/export/png-resolution", test_png_resolution);
  g_test_add_func ("/draw/export/sizes", test_sizes);
  g_test_add_func ("/draw/export/data-names", test_data_names);
  g_test_add_func ("/draw/export/limits", test_limits);
  g_test_add_func ("/draw/export/names", test_names);
  g_test_add_func ("/draw/export/transparent", test_transparent);
  g_test_add_func ("/draw/export/save", test_save);
  add_goldens ();
  return g_test_run ();
}
