/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a model folder, resumable at any byte. */
#include "fetch/download.h"

#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256u << 10)
#define MAX_SMALL_FILE (256u << 20)
#define MAX_CUTS 8 /* connections lost in a row without a byte gained before we give up */
#define STATE_NAME "fetch.json"
#define WEIGHTS_NAME "model.safetensors"

typedef struct
{
  SemHub *hub;
  const SemFetchPlan *plan;
  char *partial;
  guint64 done;
  SemFetchProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Job;

static void
report (Job *job, const char *file)
{
  if (job->progress != NULL)
    job->progress (job->done, job->plan->total_bytes, file, job->user_data);
}

static gboolean
set_errno_error (const char *verb, const char *path, GError **error)
{
  int code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: cannot %s it: %s", path,
               verb, g_strerror (code));
  return FALSE;
}

/* git hashes a file as "blob SIZE\0" and its bytes. */
static gboolean
content_matches (const SemRemoteFile *file, const guint8 *data, gsize size)
{
  if (file->size != G_MAXUINT64 && file->size != size)
    return FALSE;
  if (file->sha256 != NULL)
    {
      g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
      return strcmp (sum, file->sha256) == 0;
    }
  if (file->blob_id != NULL)
    {
      g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
      g_autofree char *head = g_strdup_printf ("blob %" G_GSIZE_FORMAT, size);
      g_checksum_update (sum, (const guchar *)head, (gssize)strlen (head) + 1);
      g_checksum_update (sum, data, (gssize)size);
      return strcmp (g_checksum_get_string (sum), file->blob_id) == 0;
    }
  return TRUE;
}

/* TRUE when the folder was begun for the same commit of the same model; otherwise it is emptied of
 * our files. */
static gboolean
state_matches (Job *job, const char *state_path)
{
  json_t *state = json_load_file (state_path, JSON_REJECT_DUPLICATES, NULL);
  gboolean same
      = g_strcmp0 (json_string_value (json_object_get (state, "repo")), job->plan->repo) == 0
        && g_strcmp0 (json_string_value (json_object_get (state, "commit")), job->plan->commit)
               == 0;
  json_decref (state);
  return same;
}

static gboolean
prepare_folder (Job *job, GError **error)
{
  if (g_mkdir_with_parents (job->partial, 0777) != 0)
    return set_errno_error ("make", job->partial, error);
  g_autofree char *state_path = g_build_filename (job->partial, STATE_NAME, NULL);
  if (state_matches (job, state_path))
    return TRUE;
  for (guint i = 0; i < job->plan->files->len; i++)
    {
      const SemRemoteFile *file = g_ptr_array_index (job->plan->files, i);
      g_autofree char *path = g_build_filename (job->partial, file->name, NULL);
      g_unlink (path);
    }
  g_autofree char *weights = g_build_filename (job->partial, WEIGHTS_NAME, NULL);
  g_unlink (weights);
  json_t *state = json_pack ("{s:s, s:s, s:s}", "repo", job->plan->repo, "commit",
                             job->plan->commit, "revision", job->plan->revision);
  char *text = json_dumps (state, JSON_INDENT (1));
  gboolean ok = g_file_set_contents (state_path, text, -1, error);
  free (text);
  json_decref (state);
  return ok;
}

static gboolean
is_cut (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static gboolean
fetch_file (Job *job, const SemRemoteFile *file, GError **error)
{
  g_autofree char *path = g_build_filename (job->partial, file->name, NULL);
  g_autofree char *have = NULL;
  gsize have_size;
  if (g_file_get_contents (path, &have, &have_size, NULL) && file->size != G_MAXUINT64
      && content_matches (file, (const guint8 *)have, have_size))
    {
      job->done += have_size;
      report (job, file->name);
      return TRUE;
    }
  g_autofree char *remote = sem_fetch_plan_dup_path (job->plan, file->name);
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (GBytes) bytes
          = sem_hub_get (job->hub, remote, 0, 0, MAX_SMALL_FILE, job->cancellable, &problem);
      gsize size = 0;
      const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
      if (bytes != NULL && content_matches (file, data, size))
        {
          job->done += size;
          report (job, file->name);
          return g_file_set_contents (path, (const char *)data, (gssize)size, error);
        }
      if (bytes != NULL && attempt > 0)
        {
          g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_CHANGED,
                       "%s: %" G_GSIZE_FORMAT
                       " bytes arrived twice with another checksum than the server announced",
                       file->name, size);
          return FALSE;
        }
      if (problem != NULL && (!is_cut (problem) || attempt + 1 >= MAX_CUTS))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
}

static gboolean
write_all (int fd, const guint8 *data, gsize size, const char *path, GError **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_errno_error ("write", path, error);
      data += n;
      size -= (gsize)n;
    }
  return TRUE;
}

/* Opens the local weights and finds how many bytes of them are good; a file with another header is
 * begun anew. */
static int
open_weights (Job *job, const char *path, guint64 *length, GError **error)
{
  gsize header_size;
  const guint8 *header = g_bytes_get_data (job->plan->local_header, &header_size);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      set_errno_error ("open", path, error);
      return -1;
    }
  g_autofree guint8 *have = g_malloc (header_size);
  gssize n = pread (fd, have, header_size, 0);
  off_t end = lseek (fd, 0, SEEK_END);
  if (n == (gssize)header_size && memcmp (have, header, header_size) == 0)
    {
      *length = (guint64)end;
      return fd;
    }
  if (ftruncate (fd, 0) != 0 || lseek (fd, 0, SEEK_SET) != 0
      || !write_all (fd, header, header_size, path, error))
    {
      if (error != NULL && *error == NULL)
        set_errno_error ("write", path, error);
      close (fd);
      return -1;
    }
  *length = header_size;
  return fd;
}

/* Reads [start, start + length) of the remote weights to fd once; *got says how far it came when it
 * fails. */
static gboolean
copy_range (Job *job,
            int fd,
            const char *path,
            guint64 start,
            guint64 length,
            guint64 *got,
            GError **error)
{
  g_autofree char *remote = sem_fetch_plan_dup_path (job->plan, job->plan->weights_file);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  SemHubBody body = { 0 };
  gboolean ok = sem_hub_open (job->hub, remote, start, length, &body, job->cancellable, error);
  if (ok && body.total != G_MAXUINT64 && job->plan->weights_size != G_MAXUINT64
      && body.total != job->plan->weights_size)
    {
      g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_CHANGED,
                   "%s: has %" G_GUINT64_FORMAT " bytes now, it had %" G_GUINT64_FORMAT
                   " when the download began",
                   job->plan->weights_file, body.total, job->plan->weights_size);
      ok = FALSE;
    }
  while (ok && *got < length)
    {
      gssize n = sem_hub_body_read (job->hub, &body, buffer, (gsize)MIN (length - *got, CHUNK),
                                    job->cancellable, error);
      if (n == 0)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                     "%s: the connection ended %" G_GUINT64_FORMAT " bytes early",
                     job->plan->weights_file, length - *got);
      ok = n > 0 && write_all (fd, buffer, (gsize)n, path, error);
      if (ok)
        {
          *got += (guint64)n;
          job->done += (guint64)n;
          report (job, job->plan->weights_file);
        }
    }
  sem_hub_body_clear (&body);
  return ok;
}

static gboolean
copy_tensor (Job *job,
             int fd,
             const char *path,
             const SemRemoteTensor *tensor,
             guint64 have,
             GError **error)
{
  guint64 got = 0;
  guint cuts = 0;
  while (have + got < tensor->length)
    {
      g_autoptr (GError) problem = NULL;
      guint64 before = got, now = 0;
      if (copy_range (job, fd, path, tensor->start + have + got, tensor->length - have - got, &now,
                      &problem))
        return TRUE;
      got += now;
      cuts = got > before ? 0 : cuts + 1;
      if (!is_cut (problem) || cuts >= MAX_CUTS)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_usleep (200 * 1000);
    }
  return TRUE;
}

static gboolean
fetch_weights (Job *job, GError **error)
{
  const SemFetchPlan *plan = job->plan;
  g_autofree char *path = g_build_filename (job->partial, WEIGHTS_NAME, NULL);
  guint64 length, position = g_bytes_get_size (plan->local_header);
  int fd = open_weights (job, path, &length, error);
  if (fd < 0)
    return FALSE;
  guint64 expected = position;
  for (guint i = 0; i < plan->tensors->len; i++)
    expected += ((const SemRemoteTensor *)g_ptr_array_index (plan->tensors, i))->length;
  gboolean ok = TRUE;
  if (length > expected && (ftruncate (fd, (off_t)expected) != 0))
    ok = set_errno_error ("shorten", path, error);
  length = MIN (length, expected);
  job->done += length;
  report (job, plan->weights_file);
  if (ok && lseek (fd, (off_t)length, SEEK_SET) < 0)
    ok = set_errno_error ("seek in", path, error);
  for (guint i = 0; ok && i < plan->tensors->len; i++)
    {
      const SemRemoteTensor *tensor = g_ptr_array_index (plan->tensors, i);
      guint64 have = length > position ? MIN (length - position, tensor->length) : 0;
      ok = copy_tensor (job, fd, path, tensor, have, error);
      position += tensor->length;
    }
  if (ok && fsync (fd) != 0)
    ok = set_errno_error ("write", path, error);
  if (ok && lseek (fd, 0, SEEK_END) != (off_t)expected)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "%s: %" G_GUINT64_FORMAT " bytes were expected, another number was written",
                   path, expected);
      ok = FALSE;
    }
  if (close (fd) != 0 && ok)
    ok = set_errno_error ("write", path, error);
  return ok;
}

static gboolean
finish_folder (Job *job, const char *target, GError **error)
{
  g_autofree char *state_path = g_build_filename (job->partial, STATE_NAME, NULL);
  g_autofree char *kept = g_build_filename (job->partial, "semblance-source.json", NULL);
  if (g_rename (state_path, kept) != 0)
    return set_errno_error ("rename", state_path, error);
  if (g_rename (job->partial, target) != 0)
    {
      set_errno_error ("rename", job->partial, error);
      g_rename (kept, state_path);
      return FALSE;
    }
  return TRUE;
}

gboolean
sem_fetch_download (SemHub *hub,
                    const SemFetchPlan *plan,
                    const char *target,
                    SemFetchProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   "%s: is already there; remove it or choose another place with -o", target);
      return FALSE;
    }
  g_autofree char *partial = g_strconcat (target, ".partial", NULL);
  Job job = { hub, plan, partial, 0, progress, user_data, cancellable };
  if (!prepare_folder (&job, error))
    return FALSE;
  for (guint i = 0; i < plan->files->len; i++)
    if (!fetch_file (&job, g_ptr_array_index (plan->files, i), error))
      return FALSE;
  if (plan->weights_file != NULL && !fetch_weights (&job, error))
    return FALSE;
  return finish_folder (&job, target, error);
}
