/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as files: one page (figure-page.c), drawn by the same functions as on screen. */
#include "draw/export-private.h"

#include "core/error.h"
#include "core/file-replace.h"
#include "draw/canvas.h"
#include "draw/i18n.h"
#include "draw/svg.h"

#include <cairo-pdf.h>
#include <cairo-ps.h>
#include <math.h>
#include <string.h>

#define MIN_SIDE 16.0
#define MAX_SIDE 20000.0
#define MAX_PIXELS_SIDE 32767            /* cairo's own limit */
#define MAX_PIXELS (128.0 * 1024 * 1024) /* 512 MB of memory */
#define MAX_SCALE 17.0                   /* 1200 dpi and a little */
#define MIN_TEXT 4.0
#define MAX_TEXT 40.0
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

const char *
sem_picture_kind_get_title (SemPictureKind kind)
{
  return _ (picture_info[kind].title);
}

static const struct
{
  const char *id;
  gboolean is_raster;
} format_info[SEM_N_FIGURE_FORMATS] = {
  [SEM_FIGURE_PNG] = { "png", TRUE },   [SEM_FIGURE_SVG] = { "svg", FALSE },
  [SEM_FIGURE_PDF] = { "pdf", FALSE },  [SEM_FIGURE_EPS] = { "eps", FALSE },
  [SEM_FIGURE_WEBP] = { "webp", TRUE },
};

const char *
sem_figure_format_get_id (SemFigureFormat format)
{
  g_return_val_if_fail ((guint)format < SEM_N_FIGURE_FORMATS, NULL);
  return format_info[format].id;
}

gboolean
sem_figure_format_is_raster (SemFigureFormat format)
{
  g_return_val_if_fail ((guint)format < SEM_N_FIGURE_FORMATS, FALSE);
  return format_info[format].is_raster;
}

gboolean
sem_figure_format_is_available (SemFigureFormat format)
{
  return format != SEM_FIGURE_WEBP || sem_export_has_webp ();
}

gboolean
sem_figure_format_from_name (const char *name, SemFigureFormat *format)
{
  const char *ending = strrchr (name, '.');

  for (gsize i = 0; ending != NULL && ending != name && i < SEM_N_FIGURE_FORMATS; i++)
    if (g_ascii_strcasecmp (ending + 1, format_info[i].id) == 0)
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
  if (figure->text_size != 0.0 && !(figure->text_size >= MIN_TEXT && figure->text_size <= MAX_TEXT))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "text of %g points: it must be between %g and %g", figure->text_size, MIN_TEXT,
                   MAX_TEXT);
      return FALSE;
    }
  if (!is_image)
    return TRUE;
  if (!(figure->scale >= 0.25 && figure->scale <= MAX_SCALE))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a scale of %g: it must be between 0.25 and %g (%g to %g dpi)", figure->scale,
                   MAX_SCALE, 0.25 * SEM_POINTS_PER_INCH, MAX_SCALE * SEM_POINTS_PER_INCH);
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

gboolean
sem_export_check_status (cairo_status_t status, const char *what, GError **error)
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
  sem_figure_draw (analysis, options, focus, figure, figure->scale, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (sem_export_check_status (status, "image", error))
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
render_raster (SemAnalysis *analysis,
               const SemViewOptions *options,
               const SemFocus *focus,
               const SemFigure *figure,
               GError **error)
{
  cairo_format_t format = figure->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
  cairo_surface_t *surface = render_surface (analysis, options, focus, figure, format, error);
  GBytes *bytes;

  if (surface == NULL)
    return NULL;
  bytes = figure->format == SEM_FIGURE_WEBP ? sem_export_webp (surface, error)
                                            : sem_export_png (surface, figure->scale, error);
  cairo_surface_destroy (surface);
  return bytes;
}

static const char *
get_title (const SemFigure *figure)
{
  return figure->title != NULL && *figure->title != '\0'
             ? figure->title
             : sem_picture_kind_get_title (figure->picture);
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
  svg = sem_svg_new (figure->width, figure->height, get_title (figure));
  sem_figure_draw (analysis, options, focus, figure, 0.0, sem_svg_get_cairo (svg));
  return sem_svg_free_to_bytes (svg, error);
}

/* Draws on a surface that writes into bytes, and takes both. */
static GBytes *
finish_pages (cairo_surface_t *surface,
              GByteArray *bytes,
              SemAnalysis *analysis,
              const SemViewOptions *options,
              const SemFocus *focus,
              const SemFigure *figure,
              GError **error)
{
  g_autoptr (GByteArray) written = bytes;
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  sem_figure_draw (analysis, options, focus, figure, 0.0, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  /* Only after finish does the surface know whether all was written. */
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!sem_export_check_status (status, figure->format == SEM_FIGURE_EPS ? "EPS" : "PDF", error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&written));
}

static GBytes *
render_pdf (SemAnalysis *analysis,
            const SemViewOptions *options,
            const SemFocus *focus,
            const SemFigure *figure,
            GError **error)
{
  GByteArray *bytes;
  cairo_surface_t *surface;

  if (!check_size (figure, FALSE, error))
    return NULL;
  bytes = g_byte_array_new ();
  surface
      = cairo_pdf_surface_create_for_stream (append_bytes, bytes, figure->width, figure->height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, FIXED_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Semblance");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, get_title (figure));
  return finish_pages (surface, bytes, analysis, options, focus, figure, error);
}

/* cairo writes the time into a PostScript header: here it is the fixed date. */
static GBytes *
fix_date (GBytes *bytes)
{
  const char key[] = "%%CreationDate: ";
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *at = g_strstr_len (data, (gssize)MIN (size, 2048), key);
  const char *end = at != NULL ? memchr (at, '\n', size - (gsize)(at - data)) : NULL;
  GByteArray *fixed;

  if (end == NULL)
    return bytes;
  at += strlen (key);
  fixed = g_byte_array_new ();
  g_byte_array_append (fixed, (const guint8 *)data, (guint)(at - data));
  g_byte_array_append (fixed, (const guint8 *)FIXED_DATE, strlen (FIXED_DATE));
  g_byte_array_append (fixed, (const guint8 *)end, (guint)(size - (gsize)(end - data)));
  g_bytes_unref (bytes);
  return g_byte_array_free_to_bytes (fixed);
}

/* PostScript knows no translucency, and none behind the page. */
static GBytes *
render_eps (SemAnalysis *analysis,
            const SemViewOptions *options,
            const SemFocus *focus,
            const SemFigure *figure,
            GError **error)
{
  GByteArray *bytes;
  cairo_surface_t *surface;
  GBytes *written;

  if (!check_size (figure, FALSE, error))
    return NULL;
  bytes = g_byte_array_new ();
  surface = cairo_ps_surface_create_for_stream (append_bytes, bytes, figure->width, figure->height);
  cairo_ps_surface_set_eps (surface, TRUE);
  sem_canvas_set_flat (surface, &sem_theme_get (figure->theme)->surface);
  written = finish_pages (surface, bytes, analysis, options, focus, figure, error);
  return written != NULL ? fix_date (written) : NULL;
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
    case SEM_FIGURE_EPS:
      return render_eps (analysis, options, focus, figure, error);
    case SEM_FIGURE_PNG:
    case SEM_FIGURE_WEBP:
    default:
      return render_raster (analysis, options, focus, figure, error);
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
