/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as PNG, SVG and PDF: one page, the picture laid out for it, drawn by the same functions
 * as on screen. */
#include "draw/export.h"

#include "core/error.h"
#include "core/file-replace.h"
#include "draw/canvas.h"
#include "draw/i18n.h"
#include "draw/svg.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#define MIN_SIDE 16.0
#define MAX_SIDE 20000.0
#define MAX_PIXELS_SIDE 32767            /* cairo's own limit */
#define MAX_PIXELS (128.0 * 1024 * 1024) /* 512 MB of memory */
#define MARGIN 14.0                      /* around a single picture */
/* Vector files say when they were made; a picture that says so would differ each time. */
#define FIXED_DATE "2000-01-01T00:00:00Z"

static const struct
{
  const char *id, *title;
} picture_info[SEM_N_PICTURES] = {
  [SEM_PICTURE_OVERVIEW] = { "overview", N_ ("Overview") },
  [SEM_PICTURE_TOKENS] = { "tokens", N_ ("Tokens") },
  [SEM_PICTURE_SIMILARITY] = { "similarity", N_ ("Similarity") },
  [SEM_PICTURE_MAP] = { "map", N_ ("Map") },
  [SEM_PICTURE_VECTORS] = { "vectors", N_ ("Vectors") },
};

const char *
sem_picture_kind_get_id (SemPictureKind kind)
{
  g_return_val_if_fail ((int)kind >= 0 && kind < SEM_N_PICTURES, NULL);
  return picture_info[kind].id;
}

gboolean
sem_picture_kind_from_id (const char *id, SemPictureKind *kind)
{
  for (int i = 0; i < SEM_N_PICTURES; i++)
    if (strcmp (picture_info[i].id, id) == 0)
      {
        *kind = (SemPictureKind)i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sem_figure_format_from_name (const char *name, SemFigureFormat *format)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };
  gsize length = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (length > 4 && g_ascii_strcasecmp (name + length - 4, endings[i]) == 0)
      {
        *format = (SemFigureFormat)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
check_size (const SemFigure *figure, gboolean is_image, GError **error)
{
  double width = figure->width * figure->scale, height = figure->height * figure->scale;

  /* Written so that NaN fails too. */
  if (!(figure->width >= MIN_SIDE && figure->width <= MAX_SIDE && figure->height >= MIN_SIDE
        && figure->height <= MAX_SIDE))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a picture of %.0f x %.0f points: each side must be between %.0f and %.0f",
                   figure->width, figure->height, MIN_SIDE, MAX_SIDE);
      return FALSE;
    }
  if (!is_image)
    return TRUE;
  if (!(figure->scale >= 0.25 && figure->scale <= 8.0))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a scale of %g: it must be between 0.25 and 8", figure->scale);
      return FALSE;
    }
  if (width > MAX_PIXELS_SIDE || height > MAX_PIXELS_SIDE || width * height > MAX_PIXELS)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "an image of %.0f x %.0f pixels: at most %d on a side and %.0f million in all",
                   width, height, MAX_PIXELS_SIDE, MAX_PIXELS / 1e6);
      return FALSE;
    }
  return TRUE;
}

static SemLayout *
make_layout (SemPictureKind kind, const SemLayoutInput *input, const SemFocus *focus)
{
  switch (kind)
    {
    case SEM_PICTURE_TOKENS:
      return sem_tokens_layout_new (input);
    case SEM_PICTURE_SIMILARITY:
      return sem_heatmap_layout_new (input);
    case SEM_PICTURE_MAP:
      return sem_map_layout_new (input);
    case SEM_PICTURE_VECTORS:
      return sem_vectors_layout_new (input, focus);
    case SEM_PICTURE_OVERVIEW:
    default:
      return sem_overview_layout_new (input, focus);
    }
}

/* A picture that scrolls in the window has to fit its page: smaller type down to a half, then it is
 * cut. */
static SemLayout *
make_fitting_layout (SemPictureKind kind, SemLayoutInput *input, const SemFocus *focus)
{
  static const double sizes[] = { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5 };
  SemLayout *layout = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (SemTextContext) text = sem_text_context_new (NULL, sizes[i]);

      g_clear_pointer (&layout, sem_layout_unref);
      input->text = text;
      layout = make_layout (kind, input, focus);
      input->text = NULL;
      if (layout->content_height <= input->height + 0.5)
        break;
    }
  return layout;
}

/* The page: its background, then the picture within its margin, then what is selected. */
static void
draw_page (cairo_t *cr,
           SemAnalysis *analysis,
           const SemViewOptions *options,
           const SemFocus *focus,
           const SemFigure *figure,
           double scale)
{
  const SemTheme *theme = sem_theme_get (figure->theme);
  gboolean is_whole_page = figure->picture == SEM_PICTURE_OVERVIEW;
  double margin = is_whole_page ? 0.0 : MIN (MARGIN, MIN (figure->width, figure->height) / 8.0);
  SemLayoutInput input = { .analysis = analysis,
                           .options = options,
                           .theme = theme,
                           .width = figure->width - 2.0 * margin,
                           .height = figure->height - 2.0 * margin,
                           .scale = scale };
  g_autoptr (SemLayout) layout = make_fitting_layout (figure->picture, &input, focus);

  if (!figure->transparent)
    {
      cairo_rectangle (cr, 0, 0, figure->width, figure->height);
      sem_rgba_set_source (is_whole_page ? theme->window : theme->surface, cr);
      sem_canvas_fill (cr);
    }
  cairo_translate (cr, margin, margin);
  sem_layout_draw (layout, cr);
  sem_layout_draw_overlay (layout, focus, cr);
}

static gboolean
check_status (cairo_status_t status, const char *what, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR,
               status == CAIRO_STATUS_NO_MEMORY ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED,
               "making the %s: %s", what, cairo_status_to_string (status));
  return FALSE;
}

static cairo_surface_t *
render_surface (SemAnalysis *analysis,
                const SemViewOptions *options,
                const SemFocus *focus,
                const SemFigure *figure,
                cairo_format_t format,
                GError **error)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  if (!check_size (figure, TRUE, error))
    return NULL;
  surface = cairo_image_surface_create (format, (int)ceil (figure->width * figure->scale - 1e-9),
                                        (int)ceil (figure->height * figure->scale - 1e-9));
  cr = cairo_create (surface);
  cairo_scale (cr, figure->scale, figure->scale);
  draw_page (cr, analysis, options, focus, figure, figure->scale);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (check_status (status, "image", error))
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

cairo_surface_t *
sem_figure_render_image (SemAnalysis *analysis,
                         const SemViewOptions *options,
                         const SemFocus *focus,
                         const SemFigure *figure,
                         GError **error)
{
  return render_surface (analysis, options, focus, figure, CAIRO_FORMAT_ARGB32, error);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
render_png (SemAnalysis *analysis,
            const SemViewOptions *options,
            const SemFocus *focus,
            const SemFigure *figure,
            GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_format_t format = figure->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
  cairo_surface_t *surface = render_surface (analysis, options, focus, figure, format, error);
  cairo_status_t status;

  if (surface == NULL)
    return NULL;
  status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, "PNG", error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
render_svg (SemAnalysis *analysis,
            const SemViewOptions *options,
            const SemFocus *focus,
            const SemFigure *figure,
            GError **error)
{
  SemSvg *svg;

  if (!check_size (figure, FALSE, error))
    return NULL;
  svg = sem_svg_new (figure->width, figure->height, _ (picture_info[figure->picture].title));
  draw_page (sem_svg_get_cairo (svg), analysis, options, focus, figure, 0.0);
  return sem_svg_free_to_bytes (svg, error);
}

static GBytes *
render_pdf (SemAnalysis *analysis,
            const SemViewOptions *options,
            const SemFocus *focus,
            const SemFigure *figure,
            GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  if (!check_size (figure, FALSE, error))
    return NULL;
  surface
      = cairo_pdf_surface_create_for_stream (append_bytes, bytes, figure->width, figure->height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, FIXED_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Semblance");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  _ (picture_info[figure->picture].title));
  cr = cairo_create (surface);
  draw_page (cr, analysis, options, focus, figure, 0.0);
  status = cairo_status (cr);
  cairo_destroy (cr);
  /* Only after finish does the surface know whether all was written. */
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!check_status (status, "PDF", error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
sem_figure_render (SemAnalysis *analysis,
                   const SemViewOptions *options,
                   const SemFocus *focus,
                   const SemFigure *figure,
                   GError **error)
{
  switch (figure->format)
    {
    case SEM_FIGURE_SVG:
      return render_svg (analysis, options, focus, figure, error);
    case SEM_FIGURE_PDF:
      return render_pdf (analysis, options, focus, figure, error);
    case SEM_FIGURE_PNG:
    default:
      return render_png (analysis, options, focus, figure, error);
    }
}

gboolean
sem_figure_save (SemAnalysis *analysis,
                 const SemViewOptions *options,
                 const SemFocus *focus,
                 const SemFigure *figure,
                 GFile *file,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GBytes) bytes = sem_figure_render (analysis, options, focus, figure, error);

  return bytes != NULL
         && sem_file_replace (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              G_FILE_CREATE_NONE, cancellable, error);
}
