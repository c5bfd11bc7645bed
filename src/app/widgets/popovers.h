/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Popovers of a window that is closed. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Closes what is open below a window (a drop-down's list) before the window itself: in GTK 4.8 its grab would stay, and no
 * other window of the program could be closed any more. */
void sem_popovers_close_with (GtkWindow *window);

G_END_DECLS
