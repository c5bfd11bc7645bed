/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing with another model: its menu, its action, and the header's words for two models. */
#include "config.h"

#include "app/window-private.h"

#include "app/settings.h"

#include <glib/gi18n.h>

/* The state of win.other-model without another model; a path is never that. */
#define NONE "\n"

/* --- the menu --- */

static void
popup_cb (gpointer data)
{
  g_autoptr (SemWindow) self = data;

  self->menu_compares = TRUE;
  gtk_menu_button_popup (self->model_button);
  self->menu_compares = FALSE;
}

void
sem_window_popup_compare (SemWindow *self)
{
  /* Not at once: it may be asked for from within the button's other menu, which has to be gone. */
  g_idle_add_once (popup_cb, g_object_ref (self));
}

/* --- opening --- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autoptr (GError) error = NULL;
  SemModel *other;

  if (!sem_document_open_other_model_finish (SEM_DOCUMENT (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        sem_window_show_error (self, _ ("The model to compare with could not be opened"), error);
      sem_window_model_changed (self);
      return;
    }
  other = sem_document_get_other_model (self->document);
  if (other == NULL)
    return;
  if (sem_model_get_n_rows (other) == 0 && sem_model_get_why_no_vectors (other) != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (sem_model_get_why_no_vectors (other), -1);

      sem_window_show_toast (self, escaped);
    }
  if (!sem_model_is_builtin (other) && sem_settings_get () != NULL)
    sem_settings_add_recent_model (sem_model_get_path (other));
}

void
sem_window_open_other_model (SemWindow *self, const char *path)
{
  gboolean is_builtin = path == NULL || *path == '\0';

  sem_window_begin_opening (self, is_builtin ? NULL : path);
  sem_document_open_other_model_async (self->document, is_builtin ? NULL : path, NULL, opened_cb,
                                       g_object_ref (self));
}

void
sem_window_stop_comparing (SemWindow *self)
{
  sem_document_set_other_model (self->document, NULL);
}

static void
other_model_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  /* The state follows when the model is there. */
  sem_window_open_other_model (SEM_WINDOW (data), g_variant_get_string (value, NULL));
}

void
sem_window_init_other (SemWindow *self)
{
  self->other_action = g_simple_action_new_stateful ("other-model", G_VARIANT_TYPE_STRING,
                                                     g_variant_new_string (NONE));
  g_signal_connect_object (self->other_action, "change-state", G_CALLBACK (other_model_cb), self,
                           0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->other_action));
}

/* --- following the document --- */

const char *
sem_window_get_other_target (SemWindow *self)
{
  SemModel *other = sem_document_get_other_model (self->document);

  if (other == NULL)
    return NONE;
  return sem_model_is_builtin (other) ? "" : sem_model_get_path (other);
}

void
sem_window_other_changed (SemWindow *self)
{
  if (self->other_action != NULL)
    g_simple_action_set_state (self->other_action,
                               g_variant_new_string (sem_window_get_other_target (self)));
}

char *
sem_window_dup_both_names (SemWindow *self, char **markup)
{
  SemModel *model = sem_document_get_model (self->document);
  SemModel *other = sem_document_get_other_model (self->document);

  /* One above the other, with the letters that the pictures call them by. */
  *markup = g_markup_printf_escaped ("<small><span alpha=\"70%%\">A</span>  <b>%s</b>\n"
                                     "<span alpha=\"70%%\">B</span>  <b>%s</b></small>",
                                     sem_model_get_name (model), sem_model_get_name (other));
  /* Translators: the same for a screen reader. */
  return g_strdup_printf (_ ("%s, compared with %s"), sem_model_get_name (model),
                          sem_model_get_name (other));
}
