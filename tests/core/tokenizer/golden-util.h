/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of the tokenizer tests that read ../shared (or $SEMBLANCE_SHARED). */
#pragma once

#include <glib.h>
#include <jansson.h>

/* A path inside shared/, or NULL after g_test_skip when shared/ is not there.  To be freed. */
static inline char *
golden_path (const char *relative)
{
  const char *shared = g_getenv ("SEMBLANCE_SHARED"), *source = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *path = NULL;

  if (shared != NULL)
    path = g_build_filename (shared, relative, NULL);
  else
    path = g_build_filename (source != NULL ? source : ".", "..", "..", "shared", relative, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip_printf ("%s is not there", path);
  return NULL;
}

/* The file's lines, each parsed as JSON (NULL-terminated array of json_t *, to be freed with golden_free). */
static inline GPtrArray *
golden_lines (const char *path)
{
  GPtrArray *lines = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) split = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  split = g_strsplit (text, "\n", -1);
  for (guint i = 0; split[i] != NULL; i++)
    if (split[i][0] != '\0')
      {
        json_t *line = json_loads (split[i], JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);

        g_assert_nonnull (line);
        g_ptr_array_add (lines, line);
      }
  return lines;
}

static inline void
golden_free (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    json_decref (lines->pdata[i]);
  g_ptr_array_unref (lines);
}
