/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemSplit: two cards side by side where there is room, one above the other where there is not.  Beside each other the
 * first gets 46 % of the width, as in the design; stacked each gets at least 340 pixels of height, so put it into a scrolled window.
 * A third child (the table) stands at the end when it is visible. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_SPLIT (sem_split_get_type ())
G_DECLARE_FINAL_TYPE (SemSplit, sem_split, SEM, SPLIT, GtkWidget)

G_END_DECLS
