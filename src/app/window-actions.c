/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every action of the window in one table: menus, buttons, accelerators and the shortcuts window
 * agree because they all come from here.  Switches and choices are properties of the document. */
#include "config.h"

#include "app/actions.h"
#include "app/window-private.h"

#include "app/compat.h"
#include "app/dialogs/export-dialog.h"
#include "app/dialogs/fetch-dialog.h"
#include "app/dialogs/model-dialog.h"
#include "app/dialogs/preferences.h"
#include "app/dialogs/shortcuts.h"
#include "app/print.h"
#include "app/registry.h"
#include "app/views/view.h"
#include "app/widgets/table.h"

#include <glib/gi18n.h>

typedef void (*ActionFunc) (SemWindow *self, const char *target);

/* --- callbacks
 * ------------------------------------------------------------------------------------ */

static void
open_text (SemWindow *self, const char *target)
{
  sem_window_choose_text (self);
}

static void
new_text (SemWindow *self, const char *target)
{
  sem_window_new_text (self);
}

static void
save_project (SemWindow *self, const char *target)
{
  sem_window_save_project (self, FALSE);
}

static void
save_project_as (SemWindow *self, const char *target)
{
  sem_window_save_project (self, TRUE);
}

static void
open_model_folder (SemWindow *self, const char *target)
{
  sem_window_choose_model (self, TRUE, FALSE);
}

static void
open_model_file (SemWindow *self, const char *target)
{
  sem_window_choose_model (self, FALSE, FALSE);
}

static void
compare_with (SemWindow *self, const char *target)
{
  sem_window_popup_compare (self);
}

static void
open_other_folder (SemWindow *self, const char *target)
{
  sem_window_choose_model (self, TRUE, TRUE);
}

static void
open_other_file (SemWindow *self, const char *target)
{
  sem_window_choose_model (self, FALSE, TRUE);
}

static void
stop_comparing (SemWindow *self, const char *target)
{
  sem_window_stop_comparing (self);
}

static void
about_model (SemWindow *self, const char *target)
{
  if (sem_document_get_model (self->document) != NULL)
    sem_model_dialog_present (self);
}

static void
get_model (SemWindow *self, const char *target)
{
  sem_fetch_dialog_present (self);
}

static void
append_word (SemWindow *self, const char *target)
{
  sem_window_append_word (self, target);
}

static void
cancel_opening (SemWindow *self, const char *target)
{
  sem_document_cancel_opening (self->document);
}

static void
choose_model (SemWindow *self, const char *target)
{
  gtk_menu_button_popup (self->model_button);
}

static void
leave_long_text (SemWindow *self, const char *target)
{
  sem_window_leave_long_text (self);
}

static void
refit (SemWindow *self, const char *target)
{
  static const SemViewport whole = SEM_VIEWPORT_INIT;

  sem_document_set_map_view (self->document, &whole);
  sem_document_refit (self->document);
}

static void
show_sum (SemWindow *self, const char *target)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->sum_button)))
    gtk_menu_button_popup (self->sum_button);
}

static void
order_by_this (SemWindow *self, const char *target)
{
  SemFocus focus;

  sem_document_get_focus (self->document, &focus);
  if (focus.hover.kind != SEM_ITEM_NONE && focus.hover.unit != SEM_NO_ITEM)
    sem_document_order_by (self->document, focus.hover.unit);
  else if (focus.n_selected > 0)
    sem_document_order_by (self->document, focus.selected[0]);
}

/* Its cosine with every point is the map's colours. */
static void
color_by_this (SemWindow *self, const char *target)
{
  SemFocus focus;
  gsize unit;

  sem_document_get_focus (self->document, &focus);
  unit = focus.hover.kind != SEM_ITEM_NONE ? focus.hover.unit : SEM_NO_ITEM;
  if (unit == SEM_NO_ITEM && focus.n_selected > 0)
    unit = focus.selected[0];
  if (unit != SEM_NO_ITEM)
    sem_document_color_by (self->document, unit);
}

static void
clear_selection (SemWindow *self, const char *target)
{
  sem_document_clear_selection (self->document);
}

static void
select_all (SemWindow *self, const char *target)
{
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  g_autofree gsize *units = NULL;
  gsize n = analysis == NULL ? 0 : sem_analysis_get_n (analysis);

  units = g_new (gsize, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    units[i] = i;
  sem_document_set_selection (self->document, units, n);
}

static void
copy_picture (SemWindow *self, const char *target)
{
  sem_window_copy_picture (self);
}

static void
export_picture (SemWindow *self, const char *target)
{
  if (sem_document_get_analysis (self->document) != NULL)
    sem_export_dialog_present (self, sem_window_get_page (self));
}

static void
print_picture (SemWindow *self, const char *target)
{
  sem_print_picture (self, sem_registry_find_page (sem_window_get_page (self))->picture);
}

static void
edit_text (SemWindow *self, const char *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
undo (SemWindow *self, const char *target)
{
  sem_window_undo (self);
}

static void
redo (SemWindow *self, const char *target)
{
  sem_window_redo (self);
}

static void
collect_areas (GtkWidget *widget, GPtrArray *areas)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (SEM_IS_VIEW (widget) || SEM_IS_TABLE (widget))
    {
      g_ptr_array_add (areas, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_areas (child, areas);
}

/* Text, then each picture, then the table, then the text again. */
static void
move_to_area (SemWindow *self, int step)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new ();
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *area;
  guint current = 0;

  g_ptr_array_add (areas, self->text_view);
  collect_areas (adw_view_stack_get_visible_child (self->stack), areas);
  if (self->show_neighborhood)
    g_ptr_array_add (areas, self->neighborhood);
  for (guint i = 0; i < areas->len && focus != NULL; i++)
    if (focus == g_ptr_array_index (areas, i)
        || gtk_widget_is_ancestor (focus, g_ptr_array_index (areas, i)))
      current = i;
  area = g_ptr_array_index (areas, (guint)((int)(current + areas->len) + step) % areas->len);
  if (!gtk_widget_grab_focus (area))
    gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD);
}

static void
next_area (SemWindow *self, const char *target)
{
  move_to_area (self, 1);
}

static void
previous_area (SemWindow *self, const char *target)
{
  move_to_area (self, -1);
}

static void
preferences (SemWindow *self, const char *target)
{
  sem_preferences_present (self);
}

static void
shortcuts (SemWindow *self, const char *target)
{
  sem_shortcuts_present (GTK_WINDOW (self));
}

static void
about (SemWindow *self, const char *target)
{
  sem_compat_show_about (GTK_WINDOW (self));
}

static void
close_window (SemWindow *self, const char *target)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* --- the table
 * ------------------------------------------------------------------------------------ */

static const char *const action_groups[] = {
  N_ ("Text"),     N_ ("Models"),       N_ ("Pages"),   N_ ("Units"),
  N_ ("Pictures"), N_ ("In a picture"), N_ ("Program"),
};

enum
{
  GROUP_TEXT,
  GROUP_MODELS,
  GROUP_PAGES,
  GROUP_UNITS,
  GROUP_PICTURES,
  GROUP_IN_PICTURE,
  GROUP_PROGRAM
};

static const SemActionInfo action_infos[] = {
  { "win.edit-text", N_ ("Go to the text"), "<Ctrl>l", GROUP_TEXT },
  { "win.open-text", N_ ("Open a text or a project"), "<Ctrl>o", GROUP_TEXT },
  { "win.save-project", N_ ("Save the project"), "<Ctrl>s", GROUP_TEXT },
  { "win.save-project-as", N_ ("Save the project under another name"), "<Ctrl><Shift>s",
    GROUP_TEXT },
  { "win.new-text", N_ ("New text"), "<Ctrl>n", GROUP_TEXT },
  { "win.undo", N_ ("Undo"), "<Ctrl>z", GROUP_TEXT },
  { "win.redo", N_ ("Redo"), "<Ctrl><Shift>z", GROUP_TEXT },
  { "win.open-model-folder", N_ ("Open a model folder"), "<Ctrl>m", GROUP_MODELS },
  { "win.open-model-file", N_ ("Open a model file"), "<Ctrl><Shift>m", GROUP_MODELS },
  { "win.choose-model", N_ ("Models on this computer"), "<Ctrl><Alt>m", GROUP_MODELS },
  { "win.get-model", N_ ("Get a model from a server"), "<Ctrl>g", GROUP_MODELS },
  { "win.about-model", N_ ("About this model"), "<Alt>Return", GROUP_MODELS },
  { "win.compare-with", N_ ("Compare with another model"), "<Ctrl>k", GROUP_MODELS },
  { "win.open-other-folder", N_ ("Compare with a model folder"), "<Ctrl><Shift>k", GROUP_MODELS },
  { "win.stop-comparing", N_ ("Stop comparing"), "<Ctrl><Alt>k", GROUP_MODELS },
  { "win.page::overview", N_ ("Overview"), "<Alt>1", GROUP_PAGES },
  { "win.page::tokens", N_ ("Tokens"), "<Alt>2", GROUP_PAGES },
  { "win.page::similarity", N_ ("Similarity"), "<Alt>3", GROUP_PAGES },
  { "win.page::map", N_ ("Map"), "<Alt>4", GROUP_PAGES },
  { "win.page::vectors", N_ ("Vectors"), "<Alt>5", GROUP_PAGES },
  { "win.unit::word", N_ ("Words"), "<Ctrl>1", GROUP_UNITS },
  { "win.unit::token", N_ ("Tokens"), "<Ctrl>2", GROUP_UNITS },
  { "win.unit::character", N_ ("Characters"), "<Ctrl>3", GROUP_UNITS },
  { "win.unit::sentence", N_ ("Sentences"), "<Ctrl>4", GROUP_UNITS },
  { "win.unit::paragraph", N_ ("Paragraphs"), "<Ctrl>5", GROUP_UNITS },
  { "win.centered", N_ ("Centred similarity"), "<Ctrl>d", GROUP_PICTURES },
  { "win.refit", N_ ("Refit the map"), "F5", GROUP_PICTURES },
  { "win.show-sum", N_ ("Show the sum"), "<Ctrl>i", GROUP_PICTURES },
  { "win.show-table", N_ ("Table of numbers"), "F9", GROUP_PICTURES },
  { "win.show-neighborhood", N_ ("Neighbourhood in the whole vocabulary"), "F8", GROUP_PICTURES },
  { "win.copy-picture", N_ ("Copy the picture"), "<Ctrl><Shift>c", GROUP_PICTURES },
  { "win.copy-vectors::python", N_ ("Copy the vectors as Python lists"), "<Ctrl><Alt>c",
    GROUP_PICTURES },
  { "win.export", N_ ("Export the picture"), "<Ctrl>e", GROUP_PICTURES },
  { "win.print", N_ ("Print the picture"), "<Ctrl>p", GROUP_PICTURES },
  { "win.select-all", N_ ("Select all"), "<Ctrl><Shift>a", GROUP_PICTURES },
  { NULL, N_ ("Move from mark to mark"), "Left Right Up Down", GROUP_IN_PICTURE },
  { NULL, N_ ("Select"), "space", GROUP_IN_PICTURE },
  { NULL, N_ ("Add to the selection"), "<Ctrl>space", GROUP_IN_PICTURE },
  { NULL, N_ ("Select a range"), "<Shift>space", GROUP_IN_PICTURE },
  { NULL, N_ ("Add mark after mark, grow a block of cells"), "<Shift>Left <Shift>Right",
    GROUP_IN_PICTURE },
  { NULL, N_ ("Rubber band: begin, choose what it holds"), "b space", GROUP_IN_PICTURE },
  { NULL, N_ ("Select everything in the picture"), "<Ctrl>a", GROUP_IN_PICTURE },
  { NULL, N_ ("Clear the selection"), "Escape", GROUP_IN_PICTURE },
  { NULL, N_ ("Zoom in, out, back"), "plus minus 0", GROUP_IN_PICTURE },
  { NULL, N_ ("Move a picture that is zoomed"), "<Ctrl>Left <Ctrl>Right", GROUP_IN_PICTURE },
  { NULL, N_ ("Turn a map with depth"), "<Alt>Left <Alt>Up", GROUP_IN_PICTURE },
  { NULL, N_ ("Menu"), "Menu <Shift>F10", GROUP_IN_PICTURE },
  { "win.next-area", N_ ("Next area: text, pictures, table, neighbourhood"), "F6", GROUP_PROGRAM },
  { "win.previous-area", N_ ("Previous area"), "<Shift>F6", GROUP_PROGRAM },
  { "win.fullscreen", N_ ("Fullscreen"), "F11", GROUP_PROGRAM },
  { "win.preferences", N_ ("Preferences"), "<Ctrl>comma", GROUP_PROGRAM },
  { "win.shortcuts", N_ ("Keyboard shortcuts"), "<Ctrl>question", GROUP_PROGRAM },
  { NULL, N_ ("Main menu"), "F10", GROUP_PROGRAM },
  { "win.close", N_ ("Close"), "<Ctrl>w", GROUP_PROGRAM },
  { "app.quit", N_ ("Quit"), "<Ctrl>q", GROUP_PROGRAM },
};

static const struct
{
  const char *name;
  ActionFunc activate;
  gboolean has_target; /* a string */
} entries[] = {
  { "open-text", open_text },
  { "new-text", new_text },
  { "save-project", save_project },
  { "save-project-as", save_project_as },
  { "open-model-folder", open_model_folder },
  { "open-model-file", open_model_file },
  { "choose-model", choose_model },
  { "about-model", about_model },
  { "cancel-opening", cancel_opening },
  { "compare-with", compare_with },
  { "open-other-folder", open_other_folder },
  { "open-other-file", open_other_file },
  { "stop-comparing", stop_comparing },
  { "get-model", get_model },
  { "append-word", append_word, TRUE },
  { "example", sem_window_choose_example, TRUE },
  { "save-data", sem_window_save_data, TRUE },
  { "leave-long-text", leave_long_text },
  { "refit", refit },
  { "show-sum", show_sum },
  { "order-by-this", order_by_this },
  { "color-by-this", color_by_this },
  { "clear-selection", clear_selection },
  { "select-all", select_all },
  { "copy-picture", copy_picture },
  { "copy-vectors", sem_window_copy_vectors, TRUE },
  { "export", export_picture },
  { "print", print_picture },
  { "edit-text", edit_text },
  { "undo", undo },
  { "redo", redo },
  { "next-area", next_area },
  { "previous-area", previous_area },
  { "preferences", preferences },
  { "shortcuts", shortcuts },
  { "about", about },
  { "close", close_window },
};

const SemActionInfo *
sem_actions_list (gsize *n_actions)
{
  *n_actions = G_N_ELEMENTS (action_infos);
  return action_infos;
}

const char *const *
sem_actions_list_groups (gsize *n_groups)
{
  *n_groups = G_N_ELEMENTS (action_groups);
  return action_groups;
}

void
sem_actions_set_accels (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (action_infos); i++)
    {
      const char *accels[] = { action_infos[i].accels, NULL };

      if (action_infos[i].action != NULL)
        gtk_application_set_accels_for_action (application, action_infos[i].action, accels);
    }
}

/* --- installing
 * ------------------------------------------------------------------------------------ */

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].name, name))
      entries[i].activate (SEM_WINDOW (data),
                           parameter == NULL ? NULL : g_variant_get_string (parameter, NULL));
}

static void
model_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  /* The state follows when the model is there. */
  sem_window_open_model (SEM_WINDOW (data), g_variant_get_string (value, NULL));
}

static void
add_property_action (SemWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

void
sem_window_init_actions (SemWindow *self)
{
  static const char *const properties[]
      = { "unit",        "pooling",        "metric",      "centered",
          "special",     "merge-repeated", "range",       "order",
          "shape",       "axes",           "color-by",    "dim-function-words",
          "show-spaces", "show-special",   "color-map",   "vector-order",
          "drag-tool",   "component-x",    "component-y", "map-axes",
          "map-depth",   "fade-misplaced", "nearby-words" };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (
          entries[i].name, entries[i].has_target ? G_VARIANT_TYPE_STRING : NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    add_property_action (self, properties[i], self->document, properties[i]);
  add_property_action (self, "page", self->stack, "visible-child-name");
  add_property_action (self, "fullscreen", self, "fullscreened");
  add_property_action (self, "show-table", self, "show-table");
  add_property_action (self, "show-neighborhood", self, "show-neighborhood");

  self->model_action
      = g_simple_action_new_stateful ("model", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect_object (self->model_action, "change-state", G_CALLBACK (model_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->model_action));
}

static void
set_enabled (SemWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

void
sem_window_update_actions (SemWindow *self)
{
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  gboolean has_units = analysis != NULL && sem_analysis_get_n (analysis) > 0;
  gboolean has_vectors = has_units && sem_analysis_has_vectors (analysis);
  SemFocus focus;

  sem_document_get_focus (self->document, &focus);
  set_enabled (self, "refit", has_vectors && sem_analysis_is_frozen (analysis));
  set_enabled (self, "export", analysis != NULL);
  set_enabled (self, "print", analysis != NULL);
  set_enabled (self, "save-project", analysis != NULL);
  set_enabled (self, "save-project-as", analysis != NULL);
  set_enabled (self, "copy-picture", analysis != NULL);
  set_enabled (self, "save-data", has_vectors);
  set_enabled (self, "copy-vectors", has_vectors);
  set_enabled (self, "stop-comparing", sem_document_get_other_model (self->document) != NULL);
  set_enabled (self, "select-all", has_units);
  set_enabled (self, "clear-selection", focus.n_selected > 0);
}

void
sem_window_allow_get_model (SemWindow *self, gboolean allow)
{
  set_enabled (self, "get-model", allow);
}
