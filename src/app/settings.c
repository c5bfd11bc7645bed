/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the schema, and the state file. */
#include "config.h"

#include "app/settings.h"

#include <glib/gstdio.h>
#include <string.h>

#define SCHEMA_ID "io.github.semblance.Semblance"
#define MAX_RECENT 8

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) own = NULL;
  GSettingsSchema *schema = NULL;

  if (standard != NULL)
    schema = g_settings_schema_source_lookup (standard, SCHEMA_ID, TRUE);
  if (schema != NULL)
    return schema;
  own = g_settings_schema_source_new_from_directory (SEM_BUILD_SCHEMADIR, standard, TRUE, NULL);
  return own == NULL ? NULL : g_settings_schema_source_lookup (own, SCHEMA_ID, FALSE);
}

GSettings *
sem_settings_get (void)
{
  static GSettings *settings;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL,
                                        SEM_DEVELOPMENT ? "/io/github/semblance/Semblance/Devel/"
                                                        : "/io/github/semblance/Semblance/");
      else
        g_message ("the settings schema " SCHEMA_ID
                   " is not installed: nothing will be remembered");
      g_once_init_leave (&once, 1);
    }
  return settings;
}

char *
sem_settings_dup_string (const char *key)
{
  GSettings *settings = sem_settings_get ();

  return settings == NULL ? g_strdup ("") : g_settings_get_string (settings, key);
}

static char *
dup_text_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "semblance",
                           SEM_DEVELOPMENT ? "text-devel.txt" : "text.txt", NULL);
}

char *
sem_state_load_text (gsize *length)
{
  g_autofree char *path = dup_text_path ();
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, length, NULL)
      || !g_utf8_validate_len (text, *length, NULL))
    return NULL;
  return g_steal_pointer (&text);
}

gboolean
sem_state_save_text (const char *text, gsize length, GError **error)
{
  g_autofree char *path = dup_text_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (length > SEM_STATE_MAX_TEXT)
    {
      length = SEM_STATE_MAX_TEXT;
      while (length > 0 && ((guchar)text[length] & 0xC0) == 0x80)
        length--;
    }
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

void
sem_settings_add_recent_model (const char *path)
{
  GSettings *settings = sem_settings_get ();
  g_auto (GStrv) old = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) recent = NULL;
  guint n = 1;

  if (settings == NULL)
    return;
  old = g_settings_get_strv (settings, "recent-models");
  builder = g_strv_builder_new ();
  g_strv_builder_add (builder, path);
  for (guint i = 0; old[i] != NULL && n < MAX_RECENT; i++)
    if (strcmp (old[i], path) != 0)
      {
        g_strv_builder_add (builder, old[i]);
        n++;
      }
  recent = g_strv_builder_end (builder);
  g_settings_set_strv (settings, "recent-models", (const char *const *)recent);
}
