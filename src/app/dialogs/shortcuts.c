/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own window instead of GtkShortcutsWindow, which is deprecated from GTK 4.18 on and would be a
 * second list to keep. */
#include "config.h"

#include "app/dialogs/shortcuts.h"

#include "app/actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static char *
dup_accel_label (const char *accels)
{
  g_auto (GStrv) parts = g_strsplit (accels, " ", -1);
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;
      g_autofree char *part = NULL;

      if (!gtk_accelerator_parse (parts[i], &key, &modifiers))
        continue;
      part = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (label, "%s%s", label->len > 0 ? ", " : "", part);
    }
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static GtkWidget *
new_row (const SemActionInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *keys = dup_accel_label (info->accels);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ (info->title), keys);
  GtkWidget *label = gtk_label_new (keys);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (info->title));
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
new_page (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  gsize n_groups, n_actions;
  const char *const *groups = sem_actions_list_groups (&n_groups);
  const SemActionInfo *actions = sem_actions_list (&n_actions);

  for (gsize i = 0; i < n_groups; i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (groups[i]));
      for (gsize j = 0; j < n_actions; j++)
        if (actions[j].group == (int)i)
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (&actions[j]));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }
  return page;
}

void
sem_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = new_page ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard shortcuts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 640);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}
