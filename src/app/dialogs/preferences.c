/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window: every row is an action of the main window, so it agrees with menus and
 * buttons. */
#include "config.h"

#include "app/dialogs/preferences.h"

#include "app/compat.h"

#define RESOURCE "/io/github/semblance/Semblance/preferences.ui"

static void
hand_out_document (GtkWidget *widget, SemDocument *document)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "document");

  if (pspec != NULL && pspec->value_type == SEM_TYPE_DOCUMENT)
    g_object_set (widget, "document", document, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hand_out_document (child, document);
}

void
sem_preferences_present (SemWindow *window)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE);
  GtkWidget *page = GTK_WIDGET (gtk_builder_get_object (builder, "page"));

  hand_out_document (page, sem_window_get_document (window));
  sem_compat_present_preferences (GTK_WINDOW (window), ADW_PREFERENCES_PAGE (page));
}
