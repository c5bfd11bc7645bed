/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tensor file or an index of several, opened lazily. */
#include "core/model/tensor-set.h"

#include "core/error.h"
#include "core/model/json-file.h"

#include <string.h>

#define MAX_FILE_NAME 255

struct _SemTensorSet
{
  char *folder;
  GPtrArray *names;     /* of char *, NULL-terminated */
  GHashTable *shard_of; /* tensor name -> file name, both borrowed from names and shards */
  GHashTable *shards;   /* file name -> SemTensorFile or NULL while unopened */
  char *only;           /* file name when there is one file */
};

static void
unref_file (gpointer data)
{
  if (data != NULL)
    sem_tensor_file_unref (data);
}

static SemTensorSet *
new_set (const char *path)
{
  SemTensorSet *self = g_new0 (SemTensorSet, 1);
  self->folder = g_path_get_dirname (path);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->shard_of = g_hash_table_new (g_str_hash, g_str_equal);
  self->shards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_file);
  return self;
}

/* The stored key of a file name. */
static const char *
intern_shard (SemTensorSet *self, const char *file_name)
{
  gpointer key;
  if (!g_hash_table_lookup_extended (self->shards, file_name, &key, NULL))
    {
      key = g_strdup (file_name);
      g_hash_table_insert (self->shards, key, NULL);
    }
  return key;
}

static void
add_name (SemTensorSet *self, const char *name, const char *shard)
{
  char *copy = g_strdup (name);
  g_ptr_array_add (self->names, copy);
  g_hash_table_insert (self->shard_of, copy, (gpointer)shard);
}

static SemTensorFile *
open_file (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = sem_file_map (path, error);
  if (bytes == NULL)
    return NULL;
  const SemTensorFormatClass *format = sem_tensor_format_guess (name, bytes);
  if (format == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "%s: not a known model file", name);
      return NULL;
    }
  SemTensorFile *file = format->open (bytes, error);
  if (file == NULL)
    g_prefix_error (error, "%s: ", name);
  return file;
}

SemTensorSet *
sem_tensor_set_new_file (const char *path, SemTensorFile *file)
{
  SemTensorSet *self = new_set (path);
  self->only = g_path_get_basename (path);
  g_hash_table_insert (self->shards, g_strdup (self->only), sem_tensor_file_ref (file));
  for (gsize i = 0; i < sem_tensor_file_get_n (file); i++)
    add_name (self, sem_tensor_file_get (file, i)->name, self->only);
  g_ptr_array_add (self->names, NULL);
  return self;
}

SemTensorSet *
sem_tensor_set_open_file (const char *path, GError **error)
{
  g_autoptr (SemTensorFile) file = open_file (path, error);
  return file != NULL ? sem_tensor_set_new_file (path, file) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
read_weight_map (SemTensorSet *self, json_t *map, GError **error)
{
  const char *name;
  json_t *value;
  json_object_foreach (map, name, value)
  {
    const char *file_name = json_string_value (value);
    if (file_name == NULL || file_name[0] == '\0' || strchr (file_name, '/') != NULL
        || g_str_equal (file_name, ".") || g_str_equal (file_name, "..")
        || strlen (file_name) > MAX_FILE_NAME)
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "weight_map: '%s' is not in a file of this folder", name);
        return FALSE;
      }
    add_name (self, name, intern_shard (self, file_name));
  }
  return TRUE;
}

SemTensorSet *
sem_tensor_set_open_index (const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (json_t) root = sem_json_file_load (path, error);
  if (root == NULL)
    return NULL;
  json_t *map = json_object_get (root, "weight_map");
  if (!json_is_object (map))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s: no \"weight_map\" object", base);
      return NULL;
    }
  g_autoptr (SemTensorSet) self = new_set (path);
  if (!read_weight_map (self, map, error))
    {
      g_prefix_error (error, "%s: ", base);
      return NULL;
    }
  g_ptr_array_sort (self->names, compare_names);
  g_ptr_array_add (self->names, NULL);
  return g_steal_pointer (&self);
}

void
sem_tensor_set_free (SemTensorSet *self)
{
  g_hash_table_unref (self->shard_of);
  g_hash_table_unref (self->shards);
  g_ptr_array_unref (self->names);
  g_free (self->folder);
  g_free (self->only);
  g_free (self);
}

const char *const *
sem_tensor_set_get_names (const SemTensorSet *self, gsize *n)
{
  if (n != NULL)
    *n = self->names->len - 1;
  return (const char *const *)self->names->pdata;
}

gboolean
sem_tensor_set_has (const SemTensorSet *self, const char *name)
{
  return g_hash_table_contains (self->shard_of, name);
}

char *
sem_tensor_set_dup_path (const SemTensorSet *self, const char *name)
{
  const char *shard = g_hash_table_lookup (self->shard_of, name);
  return shard != NULL ? g_build_filename (self->folder, shard, NULL) : NULL;
}

gsize
sem_tensor_set_get_n_files (const SemTensorSet *self)
{
  return g_hash_table_size (self->shards);
}

const SemTensor *
sem_tensor_set_find (SemTensorSet *self, const char *name, SemTensorFile **file, GError **error)
{
  const char *shard = g_hash_table_lookup (self->shard_of, name);
  if (shard == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING, "there is no tensor '%s'",
                   name);
      return NULL;
    }
  SemTensorFile *found = g_hash_table_lookup (self->shards, shard);
  if (found == NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, shard, NULL);
      found = open_file (path, error);
      if (found == NULL)
        return NULL;
      g_hash_table_insert (self->shards, g_strdup (shard), found);
    }
  const SemTensor *tensor = sem_tensor_file_find (found, name);
  if (tensor == NULL)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                 "the index says that tensor '%s' is in %s, but it is not", name, shard);
  else
    *file = found;
  return tensor;
}
