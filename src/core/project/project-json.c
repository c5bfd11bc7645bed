/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table-driven reading and writing of plain structs. */
#include "core/project/project-json.h"

#include "core/error.h"

#include <math.h>
#include <string.h>

static json_t *
field_to_json (const SemField *field, const guint8 *place)
{
  double three[3];
  int value;
  gsize size;
  switch (field->type)
    {
    case SEM_FIELD_BOOLEAN:
      memcpy (&value, place, sizeof value);
      return json_boolean (value);
    case SEM_FIELD_ENUM:
      memcpy (&value, place, sizeof value);
      return json_string (field->words[value]);
    case SEM_FIELD_SIZE:
      memcpy (&size, place, sizeof size);
      return size == G_MAXSIZE ? json_null () : json_integer ((json_int_t)size);
    case SEM_FIELD_DOUBLE:
      memcpy (three, place, sizeof (double));
      return json_real (three[0]);
    case SEM_FIELD_DOUBLE_3:
      memcpy (three, place, sizeof three);
      return json_pack ("[f,f,f]", three[0], three[1], three[2]);
    case SEM_FIELD_INTERNED:
      {
        const char *text;
        memcpy (&text, place, sizeof text);
        return text == NULL ? json_null () : json_string (text);
      }
    default:
      g_assert_not_reached ();
    }
}

json_t *
sem_fields_to_json (const SemField *fields, gsize n_fields, const void *base)
{
  json_t *object = json_object ();
  for (gsize i = 0; i < n_fields; i++)
    json_object_set_new (object, fields[i].key,
                         field_to_json (&fields[i], (const guint8 *)base + fields[i].offset));
  return object;
}

static gboolean
read_enum (const SemField *field, const json_t *value, guint8 *place)
{
  const char *word = json_string_value (value);
  for (int i = 0; word != NULL && field->words[i] != NULL; i++)
    if (strcmp (word, field->words[i]) == 0)
      {
        memcpy (place, &i, sizeof i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_doubles (const json_t *value, gsize n, guint8 *place)
{
  double numbers[3];
  if (n > 1 && (!json_is_array (value) || json_array_size (value) != n))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const json_t *item = n > 1 ? json_array_get (value, i) : value;
      if (!json_is_number (item) || !isfinite (json_number_value (item)))
        return FALSE;
      numbers[i] = json_number_value (item);
    }
  memcpy (place, numbers, n * sizeof (double));
  return TRUE;
}

static gboolean
read_size (const json_t *value, guint8 *place)
{
  gsize size = G_MAXSIZE;
  if (json_is_integer (value) && json_integer_value (value) >= 0)
    size = (gsize)json_integer_value (value);
  else if (!json_is_null (value))
    return FALSE;
  memcpy (place, &size, sizeof size);
  return TRUE;
}

static gboolean
read_interned (const json_t *value, guint8 *place)
{
  if (!json_is_null (value) && (!json_is_string (value) || json_string_length (value) > 100))
    return FALSE;
  const char *text = json_is_null (value) ? NULL : g_intern_string (json_string_value (value));
  memcpy (place, &text, sizeof text);
  return TRUE;
}

static gboolean
field_from_json (const SemField *field, const json_t *value, guint8 *place)
{
  int truth = json_is_true (value);
  switch (field->type)
    {
    case SEM_FIELD_BOOLEAN:
      memcpy (place, &truth, sizeof truth);
      return json_is_boolean (value);
    case SEM_FIELD_ENUM:
      return read_enum (field, value, place);
    case SEM_FIELD_SIZE:
      return read_size (value, place);
    case SEM_FIELD_DOUBLE:
      return read_doubles (value, 1, place);
    case SEM_FIELD_DOUBLE_3:
      return read_doubles (value, 3, place);
    case SEM_FIELD_INTERNED:
      return read_interned (value, place);
    default:
      g_assert_not_reached ();
    }
}

static const char *
describe_type (const SemField *field, char **words)
{
  static const char *const names[] = {
    "true or false",          NULL,
    "a whole number or null", "a finite number",
    "three finite numbers",   "a short text or null",
  };
  if (field->type != SEM_FIELD_ENUM)
    return names[field->type];
  return *words = g_strjoinv ("|", (char **)field->words);
}

gboolean
sem_fields_from_json (const SemField *fields,
                      gsize n_fields,
                      const json_t *object,
                      const char *path,
                      void *base,
                      GError **error)
{
  if (!json_is_object (object))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "%s: expected an object",
                   path);
      return FALSE;
    }
  for (gsize i = 0; i < n_fields; i++)
    {
      const json_t *value = json_object_get (object, fields[i].key);
      g_autofree char *words = NULL;
      if (value == NULL || field_from_json (&fields[i], value, (guint8 *)base + fields[i].offset))
        continue;
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "%s.%s: expected %s", path,
                   fields[i].key, describe_type (&fields[i], &words));
      return FALSE;
    }
  return TRUE;
}
