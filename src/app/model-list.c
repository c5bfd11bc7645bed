/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the catalogue in words. */
#include "config.h"

#include "app/model-list.h"

#include "core/model/catalog.h"
#include "core/model/model.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SemModelEntry
{
  GObject parent_instance;

  char *name, *target, *group, *details;
  char *key; /* folded, for finding */
  gboolean good;
};

G_DEFINE_FINAL_TYPE (SemModelEntry, sem_model_entry, G_TYPE_OBJECT)

static const struct
{
  const char *source; /* as the catalogue has it */
  const char *title;
} groups[] = {
  { "built in", N_ ("Built in") },
  { "your models", N_ ("Your models") },
  { "system", N_ ("For all users") },
};

char *
sem_format_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
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

char *
sem_format_shape (guint64 n_rows, guint64 dim)
{
  g_autofree char *rows = sem_format_count (n_rows);

  return g_strdup_printf ("%s × %" G_GUINT64_FORMAT, rows, dim);
}

static const char *
find_group (const char *source)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].source, source))
      return _ (groups[i].title);
  return source; /* the name of a program */
}

static void
append_detail (GString *details, const char *detail)
{
  if (detail != NULL && *detail != '\0')
    g_string_append_printf (details, "%s%s", details->len > 0 ? " · " : "", detail);
}

static char *
dup_details (const SemCatalogEntry *found)
{
  g_autoptr (GString) details = g_string_new (NULL);
  g_autofree char *shape = found->n_rows > 0 ? sem_format_shape (found->n_rows, found->dim) : NULL;
  g_autofree char *size = found->n_bytes > 0 ? g_format_size (found->n_bytes) : NULL;

  if (found->problem != NULL)
    return g_strdup_printf (_ ("Cannot be opened: %s"), found->problem);
  append_detail (details, found->kind);
  append_detail (details, shape);
  append_detail (details, found->dtype);
  append_detail (details, found->kind == NULL && found->dtype == NULL ? found->format : NULL);
  append_detail (details, size);
  return g_string_free (g_steal_pointer (&details), FALSE);
}

static void
make_key (SemModelEntry *self)
{
  g_autofree char *all = g_strdup_printf ("%s %s %s", self->name, self->group, self->details);

  self->key = g_utf8_casefold (all, -1);
}

static SemModelEntry *
new_entry (const SemCatalogEntry *found, gboolean is_builtin)
{
  SemModelEntry *self = g_object_new (SEM_TYPE_MODEL_ENTRY, NULL);

  self->name = g_strdup (is_builtin ? "Semblance English" : found->name);
  self->target = g_strdup (is_builtin ? "" : found->path);
  self->group = g_strdup (find_group (found->source));
  self->details = dup_details (found);
  self->good = found->problem == NULL;
  make_key (self);
  return self;
}

SemModelEntry *
sem_model_entry_new_path (const char *path)
{
  SemModelEntry *self = g_object_new (SEM_TYPE_MODEL_ENTRY, NULL);
  gboolean is_builtin = *path == '\0';
  g_autofree char *name = g_path_get_basename (path);

  self->name = is_builtin ? g_strdup ("Semblance English") : g_filename_display_name (name);
  self->target = g_strdup (path);
  self->group = g_strdup (is_builtin ? _ ("Built in") : _ ("Opened before"));
  self->details = g_strdup ("");
  self->good = TRUE;
  make_key (self);
  return self;
}

static void
sem_model_entry_finalize (GObject *object)
{
  SemModelEntry *self = SEM_MODEL_ENTRY (object);

  g_free (self->name);
  g_free (self->target);
  g_free (self->group);
  g_free (self->details);
  g_free (self->key);
  G_OBJECT_CLASS (sem_model_entry_parent_class)->finalize (object);
}

static void
sem_model_entry_class_init (SemModelEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sem_model_entry_finalize;
}

static void
sem_model_entry_init (SemModelEntry *self)
{
}

const char *
sem_model_entry_get_name (SemModelEntry *self)
{
  return self->name;
}

const char *
sem_model_entry_get_target (SemModelEntry *self)
{
  return self->target;
}

const char *
sem_model_entry_get_group (SemModelEntry *self)
{
  return self->group;
}

const char *
sem_model_entry_get_details (SemModelEntry *self)
{
  return self->details;
}

gboolean
sem_model_entry_is_good (SemModelEntry *self)
{
  return self->good;
}

gboolean
sem_model_entry_matches (SemModelEntry *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->key, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* --- looking
 * ------------------------------------------------------------------------------------- */

static gboolean
has_target (GPtrArray *entries, const char *path)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (SEM_MODEL_ENTRY (g_ptr_array_index (entries, i))->target, path))
      return TRUE;
  return FALSE;
}

/* What was opened before and lies somewhere else; what is gone is not listed any more. */
static void
add_before (GPtrArray *entries, const char *const *before, GCancellable *cancellable)
{
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (before[i]);
      g_autofree char *name = g_filename_display_name (base);
      g_autoptr (SemCatalogEntry) found = NULL;

      if (g_cancellable_is_cancelled (cancellable))
        return;
      if (has_target (entries, before[i]) || !g_file_test (before[i], G_FILE_TEST_EXISTS))
        continue;
      found = sem_catalog_describe (before[i], name, _ ("Opened before"));
      g_ptr_array_add (entries, new_entry (found, FALSE));
    }
}

static void
scan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *builtin = sem_model_dup_builtin_path ();
  g_autoptr (GPtrArray) found = sem_catalog_scan (cancellable, &error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < found->len; i++)
    {
      const SemCatalogEntry *entry = g_ptr_array_index (found, i);

      g_ptr_array_add (entries, new_entry (entry, g_str_equal (entry->path, builtin)));
    }
  add_before (entries, data, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify)g_ptr_array_unref);
}

void
sem_model_list_scan_async (const char *const *before,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sem_model_list_scan_async);
  g_task_set_task_data (task, g_strdupv ((char **)before), (GDestroyNotify)g_strfreev);
  g_task_run_in_thread (task, scan_in_thread);
}

GPtrArray *
sem_model_list_scan_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
