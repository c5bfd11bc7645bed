/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemScroller: a child that is as tall as its content at the width it gets, up to max-height, then scrolls.  GtkScrolledWindow cannot:
 * it asks its child for a height without a width. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_SCROLLER (sem_scroller_get_type ())
G_DECLARE_FINAL_TYPE (SemScroller, sem_scroller, SEM, SCROLLER, GtkWidget)

G_END_DECLS
