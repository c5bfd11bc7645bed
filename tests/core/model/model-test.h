/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model tests share: where the shared samples are, files made on the spot, and what a good message is. */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

#include <string.h>

/* A path under $SEMBLANCE_SHARED or ../shared beside the source tree; NULL when it is not there. */
static inline char *
model_test_find_shared (const char *relative)
{
  const char *source = g_getenv ("G_TEST_SRCDIR"), *root = g_getenv ("SEMBLANCE_SHARED");
  g_autofree char *path = root != NULL ? g_build_filename (root, relative, NULL)
                          : source != NULL
                              ? g_build_filename (source, "..", "..", "shared", relative, NULL)
                              : NULL;
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return g_steal_pointer (&path);
}

/* A safetensors file: header length, header, n_data bytes of data (zeros when data is NULL). */
static inline GBytes *
model_test_safetensors (const char *header, const guint8 *data, gsize n_data)
{
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));
  GByteArray *array = g_byte_array_new ();
  g_byte_array_append (array, (const guint8 *) &length, sizeof length);
  g_byte_array_append (array, (const guint8 *) header, (guint) strlen (header));
  guint start = array->len;
  g_byte_array_set_size (array, start + (guint) n_data);
  memset (array->data + start, 0, n_data);
  if (data != NULL)
    memcpy (array->data + start, data, n_data);
  return g_byte_array_free_to_bytes (array);
}

static inline void
model_test_write (const char *folder, const char *name, gconstpointer data, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
}

static inline void
model_test_write_bytes (const char *folder, const char *name, GBytes *bytes)
{
  model_test_write (folder, name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

/* An empty folder that model_test_remove() removes with the files in it. */
static inline char *
model_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("semblance-test-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static inline void
model_test_remove (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          model_test_remove (child);
        }
    }
  g_remove (path);
}

/* One clear sentence: there is an error, it has the words, fits on a line and is not a novel. */
static inline void
model_test_assert_sentence (const GError *error, const char *words)
{
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("message \"%s\" lacks \"%s\"", error->message, words);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 600);
}
