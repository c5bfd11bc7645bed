/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Menu buttons whose popover is made when it is first opened: eight of them would be a tenth of the start-up. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives the button a popover with this menu, once. */
void sem_menu_button_fill (GtkMenuButton *button, GMenuModel *menu);
/* For gtk_menu_button_set_create_popup_func(): menu_id (const char *) names one of the application's menus. */
void sem_menu_button_create_cb (GtkMenuButton *button, gpointer menu_id);

G_END_DECLS
