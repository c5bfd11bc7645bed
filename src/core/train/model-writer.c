/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a trained model. */
#include "core/train/model-writer.h"
#include "core/train/vocabulary.h"
#include "core/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

guint16
sem_float_to_half (float value)
{
  guint32 bits, sign, magnitude;

  memcpy (&bits, &value, sizeof bits);
  sign = (bits >> 16) & 0x8000;
  magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return (guint16)(sign | 0x7e00);
  if (magnitude >= 0x47800000)
    return (guint16)(sign | 0x7c00);
  if (magnitude < 0x38800000) /* below 2^-14: a multiple of 2^-24 */
    {
      float scaled = fabsf (value) * 0x1p24f;

      return (guint16)(sign | (guint32)lrintf (scaled));
    }
  /* Rounding may carry into the exponent, which is what it should do. */
  magnitude += 0xfff + ((magnitude >> 13) & 1);
  return (guint16)(sign | ((magnitude - 0x38000000) >> 13));
}

gboolean
sem_model_writer_check (const char *folder, GError **error)
{
  g_autofree char *probe = g_build_filename (folder, ".semblance-XXXXXX", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (code),
                   "target '%s' cannot be made: %s", folder, g_strerror (code));
      return FALSE;
    }
  fd = g_mkstemp (probe);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (code),
                   "target '%s' cannot be written to: %s", folder, g_strerror (code));
      return FALSE;
    }
  g_close (fd, NULL);
  g_unlink (probe);
  return TRUE;
}

static GByteArray *
make_safetensors (const SemModelContents *contents, GError **error)
{
  gsize n_values = (gsize)contents->pieces->len * contents->dim;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) header = g_string_new (NULL);
  g_autofree guint16 *halves = g_new (guint16, n_values);
  guint64 size;

  for (gsize i = 0; i < n_values; i++)
    {
      guint16 half = sem_float_to_half (contents->rows[i]);

      if ((half & 0x7c00) == 0x7c00)
        {
          g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE,
                       "the vector of '%s' has the value %g, which half precision cannot hold",
                       (char *)g_ptr_array_index (contents->pieces, i / contents->dim),
                       (double)contents->rows[i]);
          return NULL;
        }
      halves[i] = GUINT16_TO_LE (half);
    }
  g_string_printf (header,
                   "{\"__metadata__\":{\"format\":\"pt\"},\"embeddings.weight\":{\"dtype\":\"F16\","
                   "\"shape\":[%u,%" G_GSIZE_FORMAT "],\"data_offsets\":[0,%" G_GSIZE_FORMAT "]}}",
                   contents->pieces->len, contents->dim, n_values * 2);
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');
  size = GUINT64_TO_LE ((guint64)header->len);
  g_byte_array_append (bytes, (const guint8 *)&size, 8);
  g_byte_array_append (bytes, (const guint8 *)header->str, (guint)header->len);
  g_byte_array_append (bytes, (const guint8 *)halves, (guint)(n_values * 2));
  return g_steal_pointer (&bytes);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static char *
make_config (const SemModelContents *contents)
{
  json_t *root = json_pack ("{s:s,s:s,s:i,s:i,s:i,s:s}", "model_type", "static-embedding", "name",
                            contents->name, "vocab_size", (int)contents->pieces->len, "hidden_size",
                            (int)contents->dim, "pad_token_id", 0, "torch_dtype", "float16");
  char *text, *copy;

  if (contents->licence != NULL)
    json_object_set_new (root, "license", json_string (contents->licence));
  if (contents->training != NULL)
    {
      json_t *training = json_object ();
      GList *keys = g_list_sort (g_hash_table_get_keys (contents->training), compare_keys);

      for (GList *l = keys; l != NULL; l = l->next)
        json_object_set_new (training, l->data,
                             json_string (g_hash_table_lookup (contents->training, l->data)));
      json_object_set_new (root, "training", training);
      g_list_free (keys);
    }
  text = json_dumps (root, JSON_INDENT (2) | JSON_PRESERVE_ORDER);
  json_decref (root);
  copy = g_strconcat (text, "\n", NULL);
  free (text);
  return copy;
}

static gboolean
write_file (const char *folder, const char *name, const void *data, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                   error);
}

gboolean
sem_model_writer_write (const char *folder, const SemModelContents *contents, GError **error)
{
  g_autoptr (GByteArray) tensors = make_safetensors (contents, error);
  g_autofree char *config = NULL, *tokenizer = NULL;

  if (tensors == NULL)
    return FALSE;
  config = make_config (contents);
  tokenizer = sem_vocabulary_to_json (contents->pieces);
  return write_file (folder, "tokenizer.json", tokenizer, strlen (tokenizer), error)
         && write_file (folder, "config.json", config, strlen (config), error)
         && write_file (folder, "model.safetensors", tensors->data, tensors->len, error);
}
