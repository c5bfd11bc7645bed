/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Show the sum": how the cosine of the pair in focus comes about, or the place of a unit on the map, and its vector. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget for a popover; shows the pair, or the unit, of this moment. */
GtkWidget *sem_sum_view_new (SemDocument *document);
/* It scrolls rather than be larger than this. */
void sem_sum_view_set_room (GtkWidget *view, int width, int height);

G_END_DECLS
