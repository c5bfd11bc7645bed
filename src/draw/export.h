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
} SemFigureFormat;

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

typedef struct
{
  SemPictureKind picture;
  SemFigureFormat format;
  SemThemeKind theme;
  double width, height; /* points, 16..20000 each */
  double scale;         /* PNG: device pixels per point, 0.25..8 */
  gboolean transparent;
} SemFigure;

/* SEM_FIGURE_* from a file name's ending (case-insensitive); FALSE when it is none of them. */
gboolean sem_figure_format_from_name (const char *name, SemFigureFormat *format);
/* sem_figure_render: the bytes of the file.  Text stays text in SVG and PDF; vector files carry a fixed date.
 * Errors: G_IO_ERROR (cairo's status), SEM_FORMAT_ERROR_LIMIT for a size out of bounds. */
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
