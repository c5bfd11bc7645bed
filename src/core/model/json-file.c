/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the small JSON files of a model folder. */
#include "core/model/json-file.h"

#include "core/error.h"
#include "core/model/tensor-file.h"

json_t *
sem_json_parse_object (const char *what, GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  if (length > SEM_JSON_FILE_LIMIT)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "%s: %" G_GSIZE_FORMAT " bytes of JSON, at most %d are allowed", what, length,
                   SEM_JSON_FILE_LIMIT);
      return NULL;
    }
  json_error_t trouble;
  json_t *root = json_loadb (length > 0 ? text : "", length, JSON_REJECT_DUPLICATES, &trouble);
  if (root == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s: not valid JSON, line %d column %d: %s", what, trouble.line, trouble.column,
                   trouble.text);
      return NULL;
    }
  if (json_is_object (root))
    return root;
  json_decref (root);
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "%s: expected a JSON object",
               what);
  return NULL;
}

json_t *
sem_json_file_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = sem_file_map (path, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *name = g_path_get_basename (path);
  return sem_json_parse_object (name, bytes, error);
}

const char *
sem_json_object_get_text (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}
