/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list view, because hundreds of models must open as fast as three.  GTK 4.8 has no headings in
 * lists: the first row of a group carries the group's heading above itself. */
#include "config.h"

#include "app/widgets/model-menu.h"

#include "app/actions.h"
#include "app/model-list.h"
#include "app/settings.h"

#include <glib/gi18n.h>

struct _SemModelMenu
{
  GtkPopover parent_instance;

  /* template children */
  GtkSearchEntry *search;
  GtkSpinner *spinner;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkLabel *note;
  GtkBox *commands;

  GtkWidget *get_button; /* borrowed: one of the commands, or NULL */

  /* owned */
  GPtrArray *entries;        /* of SemModelEntry: all */
  GListStore *shown;         /* those that match what was typed */
  GCancellable *cancellable; /* of the look that is under way, or NULL */
  char *current;

  /* plain state */
  gboolean looked;     /* the entries come from a look */
  gboolean to_compare; /* else to open */
};

G_DEFINE_FINAL_TYPE (SemModelMenu, sem_model_menu, GTK_TYPE_POPOVER)

static const struct
{
  const char *label;
  const char *action;
  gboolean to_compare; /* in which of the two menus */
} commands[] = {
  { N_ ("Open model _folder…"), "win.open-model-folder", FALSE },
  { N_ ("Open model _file…"), "win.open-model-file", FALSE },
  { N_ ("Compare _with another…"), "win.compare-with", FALSE },
  { N_ ("_Get a model…"), "win.get-model", FALSE },
  { N_ ("A_bout this model"), "win.about-model", FALSE },
  { N_ ("Compare with a _folder…"), "win.open-other-folder", TRUE },
  { N_ ("Compare with a _file…"), "win.open-other-file", TRUE },
  { N_ ("_Stop comparing"), "win.stop-comparing", TRUE },
};

/* --- rows
 * ---------------------------------------------------------------------------------------- */

static GtkWidget *
append_label (GtkWidget *box, const char *css_class, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *heading = append_label (outer, "model-group", PANGO_ELLIPSIZE_END);

  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (row, "model-row");
  append_label (text, NULL, PANGO_ELLIPSIZE_MIDDLE);
  append_label (text, "caption", PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (gtk_widget_get_last_child (text), "dim-label");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (outer), row);
  gtk_list_item_set_child (item, outer);
}

static gboolean
is_first_of_group (SemModelMenu *self, guint position, SemModelEntry *entry)
{
  g_autoptr (SemModelEntry) before
      = position == 0 ? NULL : g_list_model_get_item (G_LIST_MODEL (self->shown), position - 1);

  return before == NULL
         || g_strcmp0 (sem_model_entry_get_group (before), sem_model_entry_get_group (entry)) != 0;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SemModelMenu *self)
{
  SemModelEntry *entry = SEM_MODEL_ENTRY (gtk_list_item_get_item (item));
  GtkWidget *outer = gtk_list_item_get_child (item);
  GtkWidget *heading = gtk_widget_get_first_child (outer);
  GtkWidget *row = gtk_widget_get_last_child (outer);
  GtkWidget *text = gtk_widget_get_first_child (row);
  GtkWidget *details = gtk_widget_get_last_child (text);
  const char *name = sem_model_entry_get_name (entry), *more = sem_model_entry_get_details (entry);
  gboolean is_current = g_strcmp0 (self->current, sem_model_entry_get_target (entry)) == 0;
  g_autofree char *label = g_strdup_printf ("%s%s%s%s%s", name, *more != '\0' ? ", " : "", more,
                                            is_current ? ", " : "", is_current ? _ ("open") : "");

  gtk_label_set_label (GTK_LABEL (heading), sem_model_entry_get_group (entry));
  gtk_widget_set_visible (heading,
                          is_first_of_group (self, gtk_list_item_get_position (item), entry));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (text)), name);
  gtk_label_set_label (GTK_LABEL (details), more);
  gtk_widget_set_visible (details, *more != '\0');
  gtk_widget_set_tooltip_text (
      row, sem_model_entry_is_good (entry) ? sem_model_entry_get_target (entry) : more);
  gtk_widget_set_opacity (text, sem_model_entry_is_good (entry) ? 1.0 : 0.6);
  gtk_widget_set_visible (gtk_widget_get_last_child (row), is_current);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (outer)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* --- the list
 * ------------------------------------------------------------------------------------ */

static void
update_note (SemModelMenu *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *note = NULL;

  if (n_shown == 0 && *text != '\0')
    note = g_strdup_printf (_ ("No model with “%s” was found."), text);
  else if (self->looked && self->entries->len <= 1)
    note
        = g_strdup (_ ("No other model was found. Semblance looks where Hugging Face, Ollama, LM "
                       "Studio, llama.cpp and GPT4All keep theirs; open any other by its folder or "
                       "file."));
  gtk_label_set_label (self->note, note == NULL ? "" : note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), n_shown > 0);
}

static void
refill (SemModelMenu *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) matching = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    if (sem_model_entry_matches (g_ptr_array_index (self->entries, i), text))
      g_ptr_array_add (matching, g_ptr_array_index (self->entries, i));
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       matching->pdata, matching->len);
  update_note (self);
}

static void
set_busy (SemModelMenu *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy); /* the button stays: it may have the focus */
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemModelMenu) self = data;
  g_autoptr (GPtrArray) entries = sem_model_list_scan_finish (result, NULL);

  if (self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* it is gone, or looks anew */
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (entries == NULL)
    return;
  g_ptr_array_unref (self->entries);
  self->entries = g_steal_pointer (&entries);
  self->looked = TRUE;
  refill (self);
}

static void
look (SemModelMenu *self)
{
  GSettings *settings = sem_settings_get ();
  g_auto (GStrv) before = settings == NULL ? NULL : g_settings_get_strv (settings, "recent-models");

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  sem_model_list_scan_async ((const char *const *)before, self->cancellable, looked_cb,
                             g_object_ref (self));
}

/* What is known without looking: the list is never empty while it looks. */
static void
fill_first (SemModelMenu *self)
{
  GSettings *settings = sem_settings_get ();
  g_auto (GStrv) before = settings == NULL ? NULL : g_settings_get_strv (settings, "recent-models");

  g_ptr_array_add (self->entries, sem_model_entry_new_path (""));
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    g_ptr_array_add (self->entries, sem_model_entry_new_path (before[i]));
  refill (self);
}

static void
open_entry (SemModelMenu *self, guint position)
{
  g_autoptr (SemModelEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (entry == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), self->to_compare ? "win.other-model" : "win.model",
                              "s", sem_model_entry_get_target (entry));
}

static void
activate_cb (SemModelMenu *self, guint position)
{
  open_entry (self, position);
}

static void
search_changed_cb (SemModelMenu *self)
{
  refill (self);
}

static void
search_activate_cb (SemModelMenu *self)
{
  open_entry (self, 0);
}

static void
stop_search_cb (SemModelMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
refresh_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  look (SEM_MODEL_MENU (widget));
}

/* --- commands
 * ------------------------------------------------------------------------------------ */

static char *
dup_accel (const char *action)
{
  gsize n_actions;
  const SemActionInfo *infos = sem_actions_list (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    {
      guint key;
      GdkModifierType modifiers;

      if (g_strcmp0 (infos[i].action, action) == 0
          && gtk_accelerator_parse (infos[i].accels, &key, &modifiers))
        return gtk_accelerator_get_label (key, modifiers);
    }
  return g_strdup ("");
}

static void
add_command (SemModelMenu *self, const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  g_autofree char *accel = dup_accel (action);
  GtkWidget *keys = gtk_label_new (accel);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (keys, "dim-label");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), keys);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "model-command");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  /* First down, then the action: a dialog must not open below a popover. */
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), self,
                           G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->commands, button);
  if (g_str_equal (action, "win.get-model"))
    self->get_button = button;
}

/* --- object
 * -------------------------------------------------------------------------------------- */

static void
sem_model_menu_map (GtkWidget *widget)
{
  SemModelMenu *self = SEM_MODEL_MENU (widget);

  GTK_WIDGET_CLASS (sem_model_menu_parent_class)->map (widget);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  refill (self); /* another one may be the current one */
  if (self->get_button != NULL)
    gtk_widget_set_tooltip_text (
        self->get_button, gtk_widget_get_sensitive (self->get_button)
                              ? NULL
                              : _ ("semblance-fetch, which downloads models, is not installed"));
  if (!self->looked)
    look (self);
}

static void
sem_model_menu_dispose (GObject *object)
{
  SemModelMenu *self = SEM_MODEL_MENU (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->current, g_free);
  G_OBJECT_CLASS (sem_model_menu_parent_class)->dispose (object);
}

static void
sem_model_menu_class_init (SemModelMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_model_menu_dispose;
  widget_class->map = sem_model_menu_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/semblance/Semblance/model-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, search);
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, spinner);
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, scroller);
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, list);
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, note);
  gtk_widget_class_bind_template_child (widget_class, SemModelMenu, commands);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "models.refresh", NULL, refresh_cb);
}

static void
sem_model_menu_init (SemModelMenu *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_list_store_new (SEM_TYPE_MODEL_ENTRY);
  selection
      = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->shown))));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  fill_first (self);
}

SemModelMenu *
sem_model_menu_new (gboolean to_compare)
{
  SemModelMenu *self = g_object_new (SEM_TYPE_MODEL_MENU, NULL);

  self->to_compare = to_compare;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].to_compare == to_compare)
      add_command (self, _ (commands[i].label), commands[i].action);
  if (to_compare)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Models to compare with"), -1);
  return self;
}

void
sem_model_menu_set_current (SemModelMenu *self, const char *target)
{
  gboolean listed = FALSE;

  g_return_if_fail (SEM_IS_MODEL_MENU (self));
  if (g_strcmp0 (self->current, target) == 0)
    return;
  g_free (self->current);
  self->current = g_strdup (target);
  for (guint i = 0; i < self->entries->len && !listed; i++)
    listed = g_strcmp0 (sem_model_entry_get_target (g_ptr_array_index (self->entries, i)), target)
             == 0;
  self->looked = self->looked && listed;
}
