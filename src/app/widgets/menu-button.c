/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK calls the function each time the button is pressed; the popover is kept after the first. */
#include "app/widgets/menu-button.h"

#include "app/compat.h"

void
sem_menu_button_fill (GtkMenuButton *button, GMenuModel *menu)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, sem_compat_new_menu (menu));
}

void
sem_menu_button_create_cb (GtkMenuButton *button, gpointer menu_id)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  sem_menu_button_fill (button,
                        G_MENU_MODEL (gtk_application_get_menu_by_id (application, menu_id)));
}
