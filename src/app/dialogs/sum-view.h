/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Show the sum": how the cosine of the pair in focus comes about, down to the dimensions that contribute most. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget for a popover; shows the pair of this moment. */
GtkWidget *sem_sum_view_new (SemDocument *document);

G_END_DECLS
