/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model button, its menu, and opening models. */
#include "config.h"

#include "app/window-private.h"

#include "app/dialogs/fetch-dialog.h"
#include "app/model-list.h"
#include "app/settings.h"

#include <glib/gi18n.h>

/* Of the model's name in the header, in characters: from where on it may be cut, and the least that
 * is left of it. */
#define LONG_NAME 34
#define NARROWEST_NAME 6

/* "" stands for the built-in model, in win.model and in the settings. */
static const char *
get_target (SemModel *model)
{
  return model == NULL || sem_model_is_builtin (model) ? "" : sem_model_get_path (model);
}

/* The button has two menus, one at a time: of the models to open, and of those to compare with. */
static void
create_menu_cb (GtkMenuButton *button, gpointer data)
{
  SemWindow *self = data;
  const guint which = self->menu_compares ? 1 : 0;

  sem_window_allow_get_model (self, sem_fetch_dialog_is_possible ());
  if (self->menus[which] == NULL)
    self->menus[which] = g_object_ref_sink (sem_model_menu_new (self->menu_compares));
  if (GTK_WIDGET (gtk_menu_button_get_popover (button)) != GTK_WIDGET (self->menus[which]))
    gtk_menu_button_set_popover (button, GTK_WIDGET (self->menus[which]));
  sem_model_menu_set_current (self->menus[which],
                              which == 1 ? sem_window_get_other_target (self)
                                         : get_target (sem_document_get_model (self->document)));
}

void
sem_window_init_model (SemWindow *self)
{
  sem_window_init_other (self);
  gtk_menu_button_set_create_popup_func (self->model_button, create_menu_cb, self, NULL);
  sem_window_model_changed (self);
}

static char *
dup_shape (SemModel *model)
{
  if (sem_model_get_n_rows (model) == 0)
    {
      g_autofree char *count
          = sem_format_count (sem_tokenizer_get_vocab_size (sem_model_get_tokenizer (model)));

      return g_strdup_printf (_ ("%s tokens, no vectors"), count);
    }
  return sem_format_shape (sem_model_get_n_rows (model), sem_model_get_dim (model));
}

void
sem_window_model_changed (SemWindow *self)
{
  SemModel *model = sem_document_get_model (self->document);
  g_autofree char *markup = NULL;
  g_autofree char *name = NULL;
  gboolean is_long;

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
  else if (sem_document_get_other_model (self->document) != NULL)
    name = sem_window_dup_both_names (self, &markup);
  else
    {
      g_autofree char *shape = dup_shape (model);

      name = g_strdup_printf ("%s, %s", sem_model_get_name (model), shape);
      markup = g_markup_printf_escaped ("<b>%s</b>  <span alpha=\"70%%\">%s</span>",
                                        sem_model_get_name (model), shape);
    }
  gtk_label_set_markup (self->model_label, markup);
  /* A usual name is never shortened for the sake of centring the pages' names. */
  is_long = g_utf8_strlen (gtk_label_get_text (self->model_label), -1) > LONG_NAME;
  gtk_label_set_ellipsize (self->model_label, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->model_label, is_long ? NARROWEST_NAME : -1);
  {
    g_autofree char *label = g_strdup_printf (_ ("Model: %s"), name);

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->model_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->model_button),
                                 model == NULL ? NULL : sem_model_get_path (model));
  }
  sem_window_other_changed (self);
  if (self->model_action != NULL && model != NULL)
    g_simple_action_set_state (self->model_action, g_variant_new_string (get_target (model)));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autoptr (GError) error = NULL;
  GSettings *settings = sem_settings_get ();
  SemModel *model;
  const char *tensor;

  if (!sem_document_open_model_finish (SEM_DOCUMENT (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        sem_window_show_error (self, _ ("The model could not be opened"), error);
      sem_window_model_changed (self);
      return;
    }
  model = sem_document_get_model (self->document);
  if (sem_model_get_n_rows (model) == 0 && sem_model_get_why_no_vectors (model) != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (sem_model_get_why_no_vectors (model), -1);

      sem_window_show_toast (self, escaped);
    }
  if (settings == NULL)
    return;
  g_settings_set_string (settings, "model", get_target (model));
  tensor = sem_model_get_wanted_tensor (model);
  g_settings_set_string (settings, "model-tensor", tensor == NULL ? "" : tensor);
  if (!sem_model_is_builtin (model))
    sem_settings_add_recent_model (sem_model_get_path (model));
}

void
sem_window_open_tensor (SemWindow *self, const char *path, const char *tensor)
{
  gboolean is_builtin = path == NULL || *path == '\0';

  sem_window_begin_opening (self, is_builtin ? NULL : path);
  sem_document_open_tensor_async (self->document, is_builtin ? NULL : path, tensor, NULL, opened_cb,
                                  g_object_ref (self));
}

void
sem_window_open_model (SemWindow *self, const char *path)
{
  sem_window_open_tensor (self, path, NULL);
}
