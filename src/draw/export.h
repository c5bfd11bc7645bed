/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One figure everywhere: the window's export and `semblance-cli render` call this. The same input gives the same bytes. */
#pragma once

#include "draw/layout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_FIGURE_PNG,
  SEM_FIGURE_SVG,
  SEM_FIGURE_PDF,
  SEM_FIGURE_EPS,
  SEM_FIGURE_WEBP, /* lossless; only where libwebp is installed */
} SemFigureFormat;
#define SEM_N_FIGURE_FORMATS 5
const char *sem_figure_format_get_id (SemFigureFormat format); /* "png", ...: ending of the name, --type */
gboolean sem_figure_format_is_raster (SemFigureFormat format); /* has pixels, so that a resolution matters */
gboolean sem_figure_format_is_available (SemFigureFormat format);

typedef enum
{
  SEM_PICTURE_OVERVIEW,
  SEM_PICTURE_TOKENS,
  SEM_PICTURE_SIMILARITY,
  SEM_PICTURE_MAP,
  SEM_PICTURE_VECTORS,
} SemPictureKind;
#define SEM_N_PICTURES 5
const char *sem_picture_kind_get_id (SemPictureKind kind); /* "overview", ...: --view */
gboolean sem_picture_kind_from_id (const char *id, SemPictureKind *kind);

#define SEM_POINTS_PER_INCH 72.0
#define SEM_FIGURE_TEXT_SIZE 13.0

/* The texts are borrowed. */
typedef struct
{
  SemPictureKind picture;
  SemFigureFormat format;
  SemThemeKind theme;
  double width, height; /* points, 16..20000 each */
  double scale;         /* PNG, WebP: device pixels per point, 0.25..17 (1200 dpi) */
  double text_size;     /* points of a word, 4..40; 0: SEM_FIGURE_TEXT_SIZE */
  gboolean transparent;
  const char *title;    /* above the picture; NULL or empty: none */
  const char *caption;  /* below it, in the writer's words; NULL or empty: none */
  gboolean provenance;  /* below it too: sem_figure_dup_provenance() */
  SemComparison *comparison; /* with another model, drawn beside it: tokens, similarity and map; NULL: one model alone */
} SemFigure;

/* SEM_FIGURE_* from a file name's ending (case-insensitive); FALSE when it is none of them. */
gboolean sem_figure_format_from_name (const char *name, SemFigureFormat *format);
/* How the picture came about: model and its hash, units, pooling, centring, metric and range, components, program version. */
char *sem_figure_dup_provenance (SemAnalysis *analysis, const SemViewOptions *options, const SemFigure *figure);
/* Two models beside each other: comparison is there, and the picture is one of those that have it. */
gboolean sem_figure_shows_two (const SemFigure *figure);
/* sem_figure_draw: the page alone, width x height points at cr's origin, on any surface (preview, printer).
 * scale: device pixels per point; 0 for paper. */
void sem_figure_draw (SemAnalysis *analysis,
                      const SemViewOptions *options,
                      const SemFocus *focus,
                      const SemFigure *figure,
                      double scale,
                      cairo_t *cr);
/* sem_figure_render: the bytes of the file.  Text stays text in SVG, PDF and EPS, with its fonts in the last two; vector files
 * carry a fixed date, images their resolution (WebP cannot).
 * Errors: G_IO_ERROR (cairo's status), G_IO_ERROR_NOT_SUPPORTED for WebP without its library, SEM_FORMAT_ERROR_LIMIT for a size
 * out of bounds. */
GBytes *sem_figure_render (SemAnalysis *analysis,
                           const SemViewOptions *options,
                           const SemFocus *focus,
                           const SemFigure *figure,
                           GError **error);
/* The same into a file, replaced only when all was written; "-" is not special here. */
gboolean sem_figure_save (SemAnalysis *analysis,
                          const SemViewOptions *options,
                          const SemFocus *focus,
                          const SemFigure *figure,
                          GFile *file,
                          GCancellable *cancellable,
                          GError **error);
/* A cairo image of it (ARGB32), for the clipboard. */
cairo_surface_t *sem_figure_render_image (SemAnalysis *analysis,
                                          const SemViewOptions *options,
                                          const SemFocus *focus,
                                          const SemFigure *figure,
                                          GError **error);

G_END_DECLS
