/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model menu: the built-in one, others from disk, those opened before. */
#include "config.h"

#include "app/window-private.h"

#include "app/settings.h"
#include "app/widgets/menu-button.h"

#include <glib/gi18n.h>
#include <string.h>

static void
fill_recent_menu (SemWindow *self)
{
  GSettings *settings = sem_settings_get ();
  g_auto (GStrv) recent = settings == NULL ? NULL : g_settings_get_strv (settings, "recent-models");

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; recent != NULL && recent[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (recent[i]);
      g_autofree char *label = g_filename_display_name (name);
      g_auto (GStrv) parts = g_strsplit (label, "_", -1);
      g_autofree char *escaped = g_strjoinv ("__", parts); /* an underscore is no mnemonic here */
      g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

      g_menu_item_set_action_and_target (item, "win.model", "s", recent[i]);
      g_menu_append_item (self->recent_menu, item);
    }
}

static void
create_menu_cb (GtkMenuButton *button, gpointer menu)
{
  sem_menu_button_fill (button, G_MENU_MODEL (menu));
}

void
sem_window_init_model (SemWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_ ("_Built-in: Semblance English"), NULL);

  self->builtin_menu = g_menu_new ();
  self->recent_menu = g_menu_new ();
  g_menu_item_set_action_and_target (item, "win.model", "s", "");
  g_menu_append_item (self->builtin_menu, item);
  g_menu_append (open, _ ("Open model _folder…"), "win.open-model-folder");
  g_menu_append (open, _ ("Open _model file…"), "win.open-model-file");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->builtin_menu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, _ ("Opened before"), G_MENU_MODEL (self->recent_menu));
  gtk_menu_button_set_create_popup_func (self->model_button, create_menu_cb,
                                         g_steal_pointer (&menu), g_object_unref);
  fill_recent_menu (self);
  sem_window_model_changed (self);
}

/* A count with thin spaces between thousands, as in the design: 30 522. */
static char *
format_count (gsize n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GSIZE_FORMAT, n);
  gsize length = strlen (digits);
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, "\u202F");
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_shape (SemModel *model)
{
  g_autofree char *rows = NULL;

  if (sem_model_get_n_rows (model) == 0)
    {
      g_autofree char *count
          = format_count (sem_tokenizer_get_vocab_size (sem_model_get_tokenizer (model)));

      return g_strdup_printf (_ ("%s tokens, no vectors"), count);
    }
  rows = format_count (sem_model_get_n_rows (model));
  return g_strdup_printf ("%s × %" G_GSIZE_FORMAT, rows, sem_model_get_dim (model));
}

void
sem_window_model_changed (SemWindow *self)
{
  SemModel *model = sem_document_get_model (self->document);
  g_autofree char *markup = NULL;
  g_autofree char *name = NULL;

  if (sem_document_get_stage (self->document) == SEM_STAGE_LOADING)
    {
      int percent = (int)(sem_document_get_progress (self->document) * 100);

      name = percent > 0 ? g_strdup_printf (_ ("Opening… %d %%"), percent)
                         : g_strdup (_ ("Opening…"));
      markup = g_markup_escape_text (name, -1);
    }
  else if (model == NULL)
    {
      name = g_strdup (_ ("No model"));
      markup = g_markup_printf_escaped ("<b>%s</b>", name);
    }
  else
    {
      g_autofree char *shape = dup_shape (model);

      name = g_strdup_printf ("%s, %s", sem_model_get_name (model), shape);
      markup = g_markup_printf_escaped ("<b>%s</b>  <span alpha=\"70%%\">%s</span>",
                                        sem_model_get_name (model), shape);
    }
  gtk_label_set_markup (self->model_label, markup);
  {
    g_autofree char *label = g_strdup_printf (_ ("Model: %s"), name);

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->model_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->model_button),
                                 model == NULL ? NULL : sem_model_get_path (model));
  }
  if (self->model_action != NULL && model != NULL)
    g_simple_action_set_state (
        self->model_action,
        g_variant_new_string (sem_model_is_builtin (model) ? "" : sem_model_get_path (model)));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autoptr (GError) error = NULL;
  GSettings *settings = sem_settings_get ();
  SemModel *model;
  gboolean builtin;

  if (!sem_document_open_model_finish (SEM_DOCUMENT (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        sem_window_show_error (self, _ ("The model could not be opened"), error);
      sem_window_model_changed (self);
      return;
    }
  model = sem_document_get_model (self->document);
  builtin = sem_model_is_builtin (model);
  if (sem_model_get_n_rows (model) == 0 && sem_model_get_why_no_vectors (model) != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (sem_model_get_why_no_vectors (model), -1);

      sem_window_show_toast (self, escaped);
    }
  if (settings == NULL)
    return;
  g_settings_set_string (settings, "model", builtin ? "" : sem_model_get_path (model));
  if (!builtin)
    {
      sem_settings_add_recent_model (sem_model_get_path (model));
      fill_recent_menu (self);
    }
}

void
sem_window_open_model (SemWindow *self, const char *path)
{
  sem_document_open_model_async (self->document, path == NULL || *path == '\0' ? NULL : path, NULL,
                                 opened_cb, g_object_ref (self));
}
