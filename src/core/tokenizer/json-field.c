/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed getters and their error sentence. */
#include "core/tokenizer/json-field.h"
#include "core/error.h"

#include <string.h>

gboolean
sem_json_field_bad (GError **error, const char *path, const char *key, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "%s%s%s: %s", path,
               path[0] != '\0' && key[0] != '\0' ? "." : "", key, message);
  return FALSE;
}

const char *
sem_json_field_kind (const json_t *node)
{
  if (node == NULL)
    return "nothing";
  switch (json_typeof (node))
    {
    case JSON_OBJECT:
      return "an object";
    case JSON_ARRAY:
      return "an array";
    case JSON_STRING:
      return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
      return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
      return "a boolean";
    case JSON_NULL:
      return "null";
    }
  return "something else";
}

static gboolean
expected (GError **error, const char *path, const char *key, const char *what, const json_t *node)
{
  return sem_json_field_bad (error, path, key, "expected %s, found %s", what,
                             sem_json_field_kind (node));
}

gboolean
sem_json_field_bool (const json_t *object,
                     const char *path,
                     const char *key,
                     gboolean *value,
                     GError **error)
{
  const json_t *node = json_object_get (object, key);

  if (node == NULL || json_is_null (node))
    return TRUE;
  if (!json_is_boolean (node))
    return expected (error, path, key, "true or false", node);
  *value = json_is_true (node);
  return TRUE;
}

gboolean
sem_json_field_uint (const json_t *object,
                     const char *path,
                     const char *key,
                     guint32 limit,
                     guint32 *value,
                     GError **error)
{
  const json_t *node = json_object_get (object, key);
  json_int_t v;

  if (node == NULL || json_is_null (node))
    return TRUE;
  if (!json_is_integer (node))
    return expected (error, path, key, "a whole number", node);
  v = json_integer_value (node);
  if (v < 0 || v > limit)
    return sem_json_field_bad (error, path, key, "%" JSON_INTEGER_FORMAT " is not in 0..%u", v,
                               limit);
  *value = (guint32)v;
  return TRUE;
}

gboolean
sem_json_field_string (const json_t *object,
                       const char *path,
                       const char *key,
                       const char **value,
                       gsize *length,
                       GError **error)
{
  const json_t *node = json_object_get (object, key);

  if (node == NULL || json_is_null (node))
    return TRUE;
  if (!json_is_string (node))
    return expected (error, path, key, "a string", node);
  *value = json_string_value (node);
  if (length != NULL)
    *length = json_string_length (node);
  return TRUE;
}

gboolean
sem_json_require_string (const json_t *object,
                         const char *path,
                         const char *key,
                         const char **value,
                         gsize *length,
                         GError **error)
{
  const json_t *node = json_object_get (object, key);

  if (!json_is_string (node))
    return expected (error, path, key, "a string", node);
  return sem_json_field_string (object, path, key, value, length, error);
}

gboolean
sem_json_require_array (const json_t *object,
                        const char *path,
                        const char *key,
                        json_t **value,
                        GError **error)
{
  json_t *node = json_object_get (object, key);

  if (!json_is_array (node))
    return expected (error, path, key, "an array", node);
  *value = node;
  return TRUE;
}

int
sem_json_require_kind (const json_t *object,
                       const char *path,
                       guint depth,
                       const char *const *names,
                       guint n_names,
                       const char *what,
                       GError **error)
{
  const char *type;

  if (depth > SEM_JSON_MAX_NESTING)
    {
      sem_json_field_bad (error, path, "", "nested more than %d deep", SEM_JSON_MAX_NESTING);
      return -1;
    }
  if (!sem_json_require_string (object, path, "type", &type, NULL, error))
    return -1;
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], type) == 0)
      return (int)i;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
               "%s.type: no %s is called '%.60s'", path, what, type);
  return -1;
}

GPtrArray *
sem_json_require_steps (const json_t *object,
                        const char *path,
                        const char *key,
                        guint max_steps,
                        guint depth,
                        SemJsonStepFunc read,
                        GDestroyNotify free_step,
                        GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (free_step);
  json_t *list;

  if (!sem_json_require_array (object, path, key, &list, error))
    return NULL;
  if (json_array_size (list) > max_steps)
    {
      sem_json_field_bad (error, path, key, "more than %u steps", max_steps);
      return NULL;
    }
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.%s[%" G_GSIZE_FORMAT "]", path, key, i);
      gpointer step = read (json_array_get (list, i), where, depth + 1, error);

      if (step == NULL)
        return NULL;
      g_ptr_array_add (steps, step);
    }
  return g_steal_pointer (&steps);
}
