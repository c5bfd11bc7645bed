/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapped files: what is refused, and what happens when a file becomes shorter while it is open. */
#include "core/error.h"
#include "core/model/file-map.h"
#include "model-test.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_BYTES (8 * 65536)

static char *
write_sevens (const char *folder)
{
  g_autofree char *bytes = g_malloc (N_BYTES);
  memset (bytes, 7, N_BYTES);
  model_test_write (folder, "rows", bytes, N_BYTES);
  return g_build_filename (folder, "rows", NULL);
}

static void
test_refused (void)
{
  g_autofree char *folder = model_test_make_folder ();
  g_autofree char *pipe_path = g_build_filename (folder, "pipe", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_null (sem_file_map (pipe_path, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (sem_file_map (folder, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (sem_file_map (missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, missing));
  model_test_remove (folder);
}

static void
test_empty (void)
{
  g_autofree char *folder = model_test_make_folder ();
  model_test_write (folder, "empty", "", 0);
  g_autofree char *path = g_build_filename (folder, "empty", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sem_file_map (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  model_test_remove (folder);
}

/* The lost pages read as zeros, the mapping is reported, others and later ones of the file are not.
 */
static void
test_cut (void)
{
  g_autofree char *folder = model_test_make_folder ();
  g_autofree char *path = write_sevens (folder);
  g_autoptr (GError) error = NULL;
  guint64 first = sem_file_map_get_next ();
  GBytes *bytes = sem_file_map (path, &error);
  g_assert_no_error (error);
  guint64 end = sem_file_map_get_next ();
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  g_assert_cmpint (data[N_BYTES - 1], ==, 7);
  g_assert_true (sem_file_map_check (first, end, &error));
  g_assert_cmpint (truncate (path, 100), ==, 0);
  guint sum = 0;
  for (gsize i = 0; i < N_BYTES; i++)
    sum += ((const volatile guint8 *)data)[i];
  g_assert_cmpuint (sum, ==, 700);
  g_assert_false (sem_file_map_check (first, end, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_true (sem_file_map_check (0, first, &error));
  g_autoptr (GBytes) again = sem_file_map (path, &error);
  g_assert_cmpuint (g_bytes_get_size (again), ==, 100);
  g_assert_true (sem_file_map_check (end, sem_file_map_get_next (), &error));
  g_bytes_unref (bytes);
  g_assert_true (sem_file_map_check (first, end, &error));
  g_assert_no_error (error);
  model_test_remove (folder);
}

/* A SIGBUS that is not ours still ends the program. */
static void
test_other_bus_error (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *folder = model_test_make_folder ();
      g_autofree char *path = write_sevens (folder);
      g_autoptr (GBytes) bytes = sem_file_map (path, NULL);
      model_test_remove (folder);
      raise (SIGBUS);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-map/refused", test_refused);
  g_test_add_func ("/file-map/empty", test_empty);
  g_test_add_func ("/file-map/cut", test_cut);
  g_test_add_func ("/file-map/other-bus-error", test_other_bus_error);
  return g_test_run ();
}
