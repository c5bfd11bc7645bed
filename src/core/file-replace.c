/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a whole file so that the old one stays when that fails. */
#include "core/file-replace.h"

gboolean
sem_file_replace (GFile *file,
                  gconstpointer data,
                  gsize length,
                  GFileCreateFlags flags,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (file, NULL, FALSE, flags, cancellable, error);
  g_autoptr (GCancellable) give_up = NULL;

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, length, NULL, cancellable, error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return TRUE;
  /* Closed with a cancelled cancellable, a stream removes its temporary file and renames nothing.
   */
  give_up = g_cancellable_new ();
  g_cancellable_cancel (give_up);
  g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
  return FALSE;
}

typedef struct
{
  GBytes *bytes;
  GFileCreateFlags flags;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->bytes);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  gsize length;
  gconstpointer content = g_bytes_get_data (job->bytes, &length);

  if (sem_file_replace (G_FILE (source), content, length, job->flags, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sem_file_replace_async (GFile *file,
                        GBytes *bytes,
                        GFileCreateFlags flags,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ g_bytes_ref (bytes), flags };
  g_task_set_source_tag (task, sem_file_replace_async);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, run_job);
}

gboolean
sem_file_replace_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
