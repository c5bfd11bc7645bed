/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Touches neither GTK nor the document; the settings it reads are only read. */
#include "config.h"

#include "app/preload.h"

#include "app/registry.h"
#include "app/settings.h"

#include <glib/gi18n.h>
#include <string.h>

/* A longer text is analysed after the window is there. */
#define MAX_TEXT (64 * 1024)

/* A model that is not there by then, counted from the start, is opened again when the window is
 * there, which shows how far it is. */
#define PATIENCE_US (700 * 1000)

struct _SemPreload
{
  GThread *thread;
  GCancellable *cancellable; /* of the last model */
  gint64 deadline;
  GMutex mutex;
  GCond cond;
  gboolean opened; /* or given up: the last model does not keep anybody waiting any more */
};

static void
read_options (SemAnalysisOptions *options)
{
  GSettings *settings = sem_settings_get ();

  *options = (SemAnalysisOptions){ .merge_repeated_in_map = TRUE };
  if (settings == NULL)
    return;
  options->unit = (SemUnitKind)g_settings_get_enum (settings, "unit");
  options->pooling = (SemPooling)g_settings_get_enum (settings, "pooling");
  options->metric = (SemMetric)g_settings_get_enum (settings, "metric");
  options->centered = g_settings_get_boolean (settings, "centered");
  options->special = g_settings_get_boolean (settings, "special");
  options->merge_repeated_in_map = g_settings_get_boolean (settings, "merge-repeated");
}

static void
load_text (SemPreloaded *result)
{
  gsize n_examples;

  result->text = sem_state_load_text (&result->length);
  if (result->text == NULL || result->text[strspn (result->text, " \t\r\n")] == '\0')
    {
      g_free (result->text);
      result->text = sem_registry_load_example (sem_registry_list_examples (&n_examples),
                                                &result->length, NULL);
    }
  if (result->text == NULL)
    {
      /* Without its data folder the window still is not empty. */
      result->text = g_strdup ("Earth is a planet of the solar system.");
      result->length = strlen (result->text);
    }
}

static void
tell_opened (SemPreload *self)
{
  g_mutex_lock (&self->mutex);
  self->opened = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
preload_thread (gpointer data)
{
  SemPreload *self = data;
  SemPreloaded *result = g_new0 (SemPreloaded, 1);
  SemModelOpenOptions open = { .tokenizer_only_ok = TRUE };
  g_autofree char *path = sem_settings_dup_string ("model");
  g_autofree char *tensor = sem_settings_dup_string ("model-tensor");

  load_text (result);
  read_options (&result->options);
  open.tensor = *tensor != '\0' ? tensor : NULL;
  if (*path != '\0' || open.tensor != NULL)
    result->model
        = sem_model_open (*path != '\0' ? path : NULL, &open, self->cancellable, &result->error);
  open.tensor = NULL;
  tell_opened (self);
  if (g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&result->error);
      result->late_path = g_steal_pointer (&path);
      result->late_tensor = g_steal_pointer (&tensor);
    }
  if (result->model == NULL)
    result->model
        = sem_model_open (NULL, &open, NULL, result->error == NULL ? &result->error : NULL);
  if (result->model != NULL && result->length <= MAX_TEXT)
    result->analysis = sem_analysis_new (result->model, result->text, result->length,
                                         &result->options, NULL, NULL, NULL);
  return result;
}

SemPreload *
sem_preload_start (void)
{
  SemPreload *self = g_new0 (SemPreload, 1);

  self->cancellable = g_cancellable_new ();
  self->deadline = g_get_monotonic_time () + PATIENCE_US;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  /* GIO loads its modules for the first settings: not in the thread, while GTK's start does the
   * same in this one. */
  sem_settings_get ();
  self->thread = g_thread_new ("preload", preload_thread, self);
  return self;
}

SemPreloaded *
sem_preload_finish (SemPreload *self)
{
  SemPreloaded *result;

  g_mutex_lock (&self->mutex);
  while (!self->opened && g_cond_wait_until (&self->cond, &self->mutex, self->deadline))
    ;
  if (!self->opened)
    g_cancellable_cancel (self->cancellable);
  g_mutex_unlock (&self->mutex);
  result = g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
  return result;
}

void
sem_preloaded_free (SemPreloaded *self)
{
  g_free (self->text);
  g_free (self->late_path);
  g_free (self->late_tensor);
  g_clear_pointer (&self->model, sem_model_unref);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_error (&self->error);
  g_free (self);
}
