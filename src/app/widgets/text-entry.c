/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkTextView has text.undo and text.redo in its context menu and on its keys; a class's own
 * actions go before its parent's, so these two take their place. */
#include "app/widgets/text-entry.h"

struct _SemTextEntry
{
  GtkTextView parent_instance;
};

G_DEFINE_FINAL_TYPE (SemTextEntry, sem_text_entry, GTK_TYPE_TEXT_VIEW)

static void
history_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, g_str_equal (action, "text.undo") ? "win.undo" : "win.redo",
                              NULL);
}

void
sem_text_entry_set_can_undo (SemTextEntry *self, gboolean can_undo, gboolean can_redo)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.undo", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.redo", can_redo);
}

static void
sem_text_entry_class_init (SemTextEntryClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "text.undo", NULL, history_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "text.redo", NULL, history_cb);
}

static void
sem_text_entry_init (SemTextEntry *self)
{
}
