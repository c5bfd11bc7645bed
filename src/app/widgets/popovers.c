/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/popovers.h"

static void
pop_down (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pop_down (child);
}

static gboolean
close_request_cb (GtkWidget *window, gpointer data)
{
  pop_down (window);
  return FALSE;
}

void
sem_popovers_close_with (GtkWindow *window)
{
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
}
