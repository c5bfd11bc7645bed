/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the exporter's files share: the page (figure-page.c) and the formats made of pixels (export-raster.c). */
#pragma once

#include "draw/export.h"

G_BEGIN_DECLS

const char *sem_picture_kind_get_title (SemPictureKind kind); /* translated */

/* What to do with cairo's status: FALSE and an error "making the WHAT: ...", or TRUE. */
gboolean sem_export_check_status (cairo_status_t status, const char *what, GError **error);

/* image is RGB24 or ARGB32.  The file says how many of its pixels make an inch. */
GBytes *sem_export_png (cairo_surface_t *image, double scale, GError **error);
GBytes *sem_export_webp (cairo_surface_t *image, GError **error);
gboolean sem_export_has_webp (void);

G_END_DECLS
