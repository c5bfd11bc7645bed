/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The old file stays when the new one cannot be written whole: here the process may not write files
 * of more than 64 kB. */
#include "core/file-replace.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  char *folder, *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("semblance-replace-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* no temporary file is left */
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_content (const Fixture *fixture, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_replaces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sem_file_replace (fixture->file, "new one", 7, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  assert_content (fixture, "new one");
}

static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (300000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 65536;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (
      sem_file_replace (fixture->file, large, 300000, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  assert_content (fixture, "old");
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sem_file_replace_finish (G_FILE (source), result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("later", 5);

  sem_file_replace_async (fixture->file, bytes, G_FILE_CREATE_NONE, NULL, done_cb, loop);
  g_main_loop_run (loop);
  assert_content (fixture, "later");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/core/file-replace/replaces", Fixture, NULL, set_up, test_replaces, tear_down);
  g_test_add ("/core/file-replace/keeps", Fixture, NULL, set_up, test_keeps, tear_down);
  g_test_add ("/core/file-replace/async", Fixture, NULL, set_up, test_async, tear_down);
  return g_test_run ();
}
