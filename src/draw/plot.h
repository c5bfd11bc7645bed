/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the heatmap and the map share: the window that a viewport cuts out of a picture, a sentence in place of a picture,
 * and highlighted labels.  Points, y down. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

/* The part of the unit square that a viewport shows: left and top edge and side length, always inside the square; a viewport
 * that is not finite shows everything. */
void sem_plot_get_window (const SemViewport *view, double max_zoom, double *x, double *y, double *side);

/* A sentence in the middle of a picture that has nothing else to show; lines end in \n. */
void sem_plot_draw_message (SemTextContext *text,
                            const SemTheme *theme,
                            const char *message,
                            double width,
                            double height,
                            cairo_t *cr);

/* A label in bold and the accent colour on a patch of the surface's colour that hides the plain label under it. */
void sem_plot_draw_chip (SemTextContext *text,
                         const SemTheme *theme,
                         double size_pt,
                         const char *label,
                         double x,
                         double baseline_y,
                         double align,
                         cairo_t *cr);

/* The unit an item is about, or G_MAXSIZE: of a unit, a token within one, a dimension. */
gsize sem_plot_get_unit (const SemItem *item);

/* The chosen pair: the cell under the pointer, else the first two selected units. */
gboolean sem_plot_get_pair (const SemFocus *focus, gsize *unit, gsize *other);

gboolean sem_plot_is_selected (const SemFocus *focus, gsize unit);

G_END_DECLS
