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

struct _SemPreload
{
  GThread *thread;
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

static gpointer
preload_thread (gpointer data)
{
  SemPreloaded *result = g_new0 (SemPreloaded, 1);
  SemModelOpenOptions open = { .tokenizer_only_ok = TRUE };
  g_autofree char *path = sem_settings_dup_string ("model");
  g_autofree char *tensor = sem_settings_dup_string ("model-tensor");

  load_text (result);
  read_options (&result->options);
  open.tensor = *tensor != '\0' ? tensor : NULL;
  if (*path != '\0' || open.tensor != NULL)
    result->model = sem_model_open (*path != '\0' ? path : NULL, &open, NULL, &result->error);
  open.tensor = NULL;
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

  self->thread = g_thread_new ("preload", preload_thread, NULL);
  return self;
}

SemPreloaded *
sem_preload_finish (SemPreload *self)
{
  SemPreloaded *result = g_thread_join (self->thread);

  g_free (self);
  return result;
}

void
sem_preloaded_free (SemPreloaded *self)
{
  g_free (self->text);
  g_clear_pointer (&self->model, sem_model_unref);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_error (&self->error);
  g_free (self);
}
