/* SPDX-License-Identifier: GPL-3.0-or-later */
/* models: what is found on this computer. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/table.h"
#include "core/model/catalog.h"

static void
append_member (GString *out, const char *key, const char *value)
{
  g_string_append_printf (out, "\"%s\":", key);
  if (value != NULL)
    sem_append_json_string (out, value);
  else
    g_string_append (out, "null");
}

static void
append_json (GString *out, GPtrArray *entries)
{
  g_string_append (out, "{\"models\":[");
  for (guint i = 0; i < entries->len; i++)
    {
      const SemCatalogEntry *entry = g_ptr_array_index (entries, i);
      g_string_append (out, i > 0 ? ",{" : "{");
      append_member (out, "name", entry->name);
      g_string_append_c (out, ',');
      append_member (out, "path", entry->path);
      g_string_append_c (out, ',');
      append_member (out, "source", entry->source);
      g_string_append_c (out, ',');
      append_member (out, "format", entry->format);
      g_string_append_c (out, ',');
      append_member (out, "kind", entry->kind);
      g_string_append_c (out, ',');
      append_member (out, "dtype", entry->dtype);
      g_string_append_printf (out,
                              ",\"vocabulary\":%" G_GUINT64_FORMAT ",\"dim\":%" G_GUINT64_FORMAT
                              ",\"bytes\":%" G_GUINT64_FORMAT ",",
                              entry->n_rows, entry->dim, entry->n_bytes);
      append_member (out, "problem", entry->problem);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}\n");
}

static void
append_text (GString *out, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const SemCatalogEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *size = g_format_size (entry->n_bytes);
      g_string_append_printf (out, "%-32s %-14s ", entry->name, entry->source);
      if (entry->problem != NULL)
        {
          g_string_append_printf (out, "cannot be opened: %s\n", entry->problem);
          continue;
        }
      g_string_append (out, entry->format);
      if (entry->dtype != NULL)
        g_string_append_printf (out, " %s", entry->dtype);
      if (entry->n_rows > 0)
        g_string_append_printf (out, ", %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT, entry->n_rows,
                                entry->dim);
      if (entry->kind != NULL)
        g_string_append_printf (out, ", %s", entry->kind);
      g_string_append_printf (out, ", %s\n", size);
    }
}

int
sem_cmd_models (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  if (!sem_command_parse ("", SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, NULL, argc, argv, &options)
      || !sem_command_check_arguments (&options, 0, 0))
    return SEM_EXIT_USAGE;
  g_autoptr (GPtrArray) entries = sem_catalog_scan (NULL, &error);
  if (entries == NULL)
    return sem_command_fail (error);
  g_autoptr (GString) out = g_string_new (NULL);
  if (options.format == SEM_OUTPUT_JSON)
    append_json (out, entries);
  else
    append_text (out, entries);
  return sem_command_finish (&options, out->str, out->len);
}
