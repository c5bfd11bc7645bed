/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers: size, page and options in GSettings, the text in a file of its own. */
#include "config.h"

#include "app/window-private.h"

#include "app/registry.h"
#include "app/settings.h"

/* A crash loses at most two seconds of typing, the writing included. */
#define SAVE_DELAY_MS 1000

static const char *const remembered[] = {
  "unit",
  "pooling",
  "metric",
  "centered",
  "special",
  "merge-repeated",
  "range",
  "order",
  "shape",
  "color-by",
  "dim-function-words",
  "show-spaces",
  "show-special",
  "vector-order",
  "color-map",
};

void
sem_window_restore_state (SemWindow *self)
{
  GSettings *settings = sem_settings_get ();
  g_autofree char *page = sem_settings_dup_string ("page");

  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    g_settings_bind (settings, remembered[i], self->document, remembered[i],
                     G_SETTINGS_BIND_DEFAULT);
  sem_document_set_range (self->document, g_settings_get_double (settings, "range-min"),
                          g_settings_get_double (settings, "range-max"));
  g_settings_bind (settings, "show-table", self, "show-table", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-neighborhood", self, "show-neighborhood",
                   G_SETTINGS_BIND_DEFAULT);
  if (sem_registry_find_page (page) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, page);
}

static gboolean
save_text_cb (gpointer data)
{
  SemWindow *self = data;
  gsize length;
  const char *text = sem_document_get_text (self->document, &length);
  g_autoptr (GError) error = NULL;

  self->save_id = 0;
  if (!sem_state_save_text (text, length, &error))
    g_debug ("the text was not saved: %s", error->message);
  return G_SOURCE_REMOVE;
}

void
sem_window_queue_save_text (SemWindow *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_DELAY_MS, save_text_cb, self);
}

void
sem_window_save_state (SemWindow *self)
{
  GSettings *settings = sem_settings_get ();
  int width, height;

  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_text_cb (self);
    }
  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_double (settings, "range-min",
                         sem_document_get_view_options (self->document)->range_min);
  g_settings_set_double (settings, "range-max",
                         sem_document_get_view_options (self->document)->range_max);
  g_settings_set_string (settings, "page", sem_window_get_page (self));
  g_settings_sync ();
}
