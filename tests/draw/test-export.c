/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as files: the same bytes for the same input, text that can be found, limits, and an old
 * file kept when saving fails. */
#include "draw/export.h"

#include "core/error.h"
#include "draw/tokens-private.h"
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

  for (int format = 0; format < 3; format++)
    for (int picture = 0; picture < SEM_N_PICTURES; picture++)
      {
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

/* Latin and CJK: pdftotext puts right-to-left words in visual order with direction marks. */
static void
test_pdf_words (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (SemModel) model = sem_sample_model_new (48);
  g_autoptr (SemAnalysis) analysis = sem_sample_analysis_new (model, SEM_SAMPLE_TEXT, FALSE);
  g_autofree char *folder = NULL, *path = NULL;

  if (program == NULL)
    {
      g_test_skip ("pdftotext (poppler-utils) is not installed");
      return;
    }
  folder = g_dir_make_tmp ("semblance-export-XXXXXX", NULL);
  path = g_build_filename (folder, "picture.pdf", NULL);
  for (int picture = 0; picture < SEM_N_PICTURES; picture++)
    {
      g_autoptr (GBytes) bytes = render (analysis, (SemPictureKind)picture, SEM_FIGURE_PDF);
      const char *arguments[] = { program, "-enc", "UTF-8", path, "-", NULL };
      g_autofree char *words = NULL;
      g_autoptr (GError) error = NULL;
      int status;

      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                           &error);
      g_assert_no_error (error);
      g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &words, NULL,
                    &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
      check_words (analysis, (SemPictureKind)picture, words);
    }
  g_unlink (path);
  g_rmdir (folder);
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
    { 100, 100, 9, SEM_FIGURE_PNG, FALSE },
    { 100, 100, 9, SEM_FIGURE_PDF, TRUE },
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/export/same-bytes", test_same_bytes);
  g_test_add_func ("/draw/export/svg-words", test_svg_words);
  g_test_add_func ("/draw/export/pdf-words", test_pdf_words);
  g_test_add_func ("/draw/export/limits", test_limits);
  g_test_add_func ("/draw/export/names", test_names);
  g_test_add_func ("/draw/export/transparent", test_transparent);
  g_test_add_func ("/draw/export/save", test_save);
  return g_test_run ();
}
