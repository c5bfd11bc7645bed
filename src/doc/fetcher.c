/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of JSON an event; a line that is none is what the program has to say when it fails. */
#include "doc/fetcher.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define PREFIX "semblance-fetch: "

struct _SemFetcher
{
  GObject parent_instance;

  char *program;
  char *repo, *error, *target;
  GPtrArray *items;
  GSubprocess *process; /* or NULL */
  GDataInputStream *lines;
  GCancellable *cancellable;     /* of reading from the process */
  SemFetchState state, fallback; /* where a stop leads back to */
  gboolean is_there;
  guint64 total, whole, partial, done;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemFetcher, sem_fetcher, G_TYPE_OBJECT)

static void read_next (SemFetcher *self);

static void
item_free (gpointer data)
{
  SemFetchItem *item = data;

  g_free (item->file);
  g_free (item->tensor);
  g_free (item);
}

static void
set_state (SemFetcher *self, SemFetchState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_process (SemFetcher *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
}

static void
fail (SemFetcher *self, const char *sentence)
{
  drop_process (self);
  g_free (self->error);
  self->error = g_utf8_make_valid (sentence, -1);
  set_state (self, SEM_FETCH_FAILED);
}

/* --- events
 * ------------------------------------------------------------------------------------- */

static guint64
get_size (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);

  return json_is_integer (value) && json_integer_value (value) > 0
             ? (guint64)json_integer_value (value)
             : 0;
}

static void
take_plan (SemFetcher *self, const json_t *event)
{
  const json_t *file;
  size_t i;

  g_free (self->target);
  self->target = g_strdup (json_string_value (json_object_get (event, "target")));
  self->total = get_size (event, "total");
  self->whole = get_size (event, "weights_file_bytes");
  self->partial = get_size (event, "partial_bytes");
  self->is_there = json_is_true (json_object_get (event, "exists"));
  g_ptr_array_set_size (self->items, 0);
  json_array_foreach (json_object_get (event, "files"), i, file)
  {
    SemFetchItem *item = g_new0 (SemFetchItem, 1);
    const char *name = json_string_value (json_object_get (file, "file"));

    item->file = g_strdup (name == NULL ? "?" : name);
    item->tensor = g_strdup (json_string_value (json_object_get (file, "tensor")));
    item->n_bytes = get_size (file, "bytes");
    g_ptr_array_add (self->items, item);
  }
}

static void
take_event (SemFetcher *self, const json_t *event)
{
  const char *kind = json_string_value (json_object_get (event, "event"));

  if (g_strcmp0 (kind, "plan") == 0)
    take_plan (self, event);
  else if (g_strcmp0 (kind, "progress") == 0)
    {
      self->done = get_size (event, "done");
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
take_line (SemFetcher *self, const char *line, gsize length)
{
  json_t *event = json_loadb (line, length, JSON_REJECT_DUPLICATES, NULL);

  if (event != NULL)
    take_event (self, event);
  else if (g_str_has_prefix (line, PREFIX)) /* the last one counts */
    {
      g_free (self->error);
      self->error = g_strdup (line + strlen (PREFIX));
    }
  json_decref (event);
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemFetcher) self = data;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL);
  g_autofree char *sentence = NULL;

  if (self->process != G_SUBPROCESS (source))
    return; /* it was stopped */
  g_clear_object (&self->process);
  g_clear_object (&self->lines);
  g_clear_object (&self->cancellable);
  if (good && self->target != NULL)
    {
      set_state (self, self->state == SEM_FETCH_PLANNING ? SEM_FETCH_PLANNED : SEM_FETCH_DONE);
      return;
    }
  sentence = g_strdup (self->error == NULL ? _ ("The downloading program ended without a word.")
                                           : self->error);
  fail (self, sentence);
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemFetcher) self = data;
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source),
                                                                result, &length, &error);

  if (self->lines != G_DATA_INPUT_STREAM (source))
    return;
  if (line != NULL)
    {
      take_line (self, line, length);
      read_next (self);
    }
  else
    g_subprocess_wait_check_async (self->process, self->cancellable, exited_cb,
                                   g_object_ref (self));
}

static void
read_next (SemFetcher *self)
{
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, self->cancellable,
                                       line_read_cb, g_object_ref (self));
}

static void
start (SemFetcher *self, SemFetchState state)
{
  const char *argv[] = {
    self->program, "--format=json", state == SEM_FETCH_PLANNING ? "--dry-run" : "--format=json",
    "--",          self->repo,      NULL
  };
  g_autoptr (GError) error = NULL;

  drop_process (self);
  g_clear_pointer (&self->error, g_free);
  self->done = 0;
  self->process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  if (self->process == NULL)
    {
      fail (self, error->message);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  set_state (self, state);
  read_next (self);
}

/* --- object
 * ------------------------------------------------------------------------------------- */

static void
sem_fetcher_dispose (GObject *object)
{
  drop_process (SEM_FETCHER (object));
  G_OBJECT_CLASS (sem_fetcher_parent_class)->dispose (object);
}

static void
sem_fetcher_finalize (GObject *object)
{
  SemFetcher *self = SEM_FETCHER (object);

  g_free (self->program);
  g_free (self->repo);
  g_free (self->error);
  g_free (self->target);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (sem_fetcher_parent_class)->finalize (object);
}

static void
sem_fetcher_class_init (SemFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sem_fetcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = sem_fetcher_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sem_fetcher_init (SemFetcher *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

char *
sem_fetcher_dup_program (void)
{
  static const char *const places[] = { "semblance-fetch", "../fetch/semblance-fetch" };
  const char *told = g_getenv ("SEMBLANCE_FETCH");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname (self);

  if (told != NULL && *told != '\0')
    return g_file_test (told, G_FILE_TEST_IS_EXECUTABLE) ? g_strdup (told) : NULL;
  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path ("semblance-fetch");
}

SemFetcher *
sem_fetcher_new (const char *program)
{
  SemFetcher *self = g_object_new (SEM_TYPE_FETCHER, NULL);

  self->program = g_strdup (program);
  return self;
}

void
sem_fetcher_plan (SemFetcher *self, const char *repo)
{
  g_return_if_fail (SEM_IS_FETCHER (self));
  if (self->repo != repo)
    {
      g_free (self->repo);
      self->repo = g_strdup (repo);
    }
  self->fallback = SEM_FETCH_IDLE;
  g_clear_pointer (&self->target, g_free);
  start (self, SEM_FETCH_PLANNING);
}

void
sem_fetcher_run (SemFetcher *self)
{
  g_return_if_fail (SEM_IS_FETCHER (self) && self->target != NULL);
  self->fallback = SEM_FETCH_PLANNED;
  start (self, SEM_FETCH_RUNNING);
}

void
sem_fetcher_cancel (SemFetcher *self)
{
  g_return_if_fail (SEM_IS_FETCHER (self));
  if (self->process == NULL)
    return;
  self->partial = MAX (self->partial, self->done);
  drop_process (self);
  set_state (self, self->fallback);
}

void
sem_fetcher_reset (SemFetcher *self)
{
  g_return_if_fail (SEM_IS_FETCHER (self));
  drop_process (self);
  g_clear_pointer (&self->target, g_free);
  if (self->state != SEM_FETCH_IDLE)
    set_state (self, SEM_FETCH_IDLE);
}

SemFetchState
sem_fetcher_get_state (SemFetcher *self)
{
  return self->state;
}

const char *
sem_fetcher_get_error (SemFetcher *self)
{
  return self->error;
}

const char *
sem_fetcher_get_target (SemFetcher *self)
{
  return self->target;
}

GPtrArray *
sem_fetcher_get_items (SemFetcher *self)
{
  return self->items;
}

gboolean
sem_fetcher_is_there (SemFetcher *self)
{
  return self->is_there;
}

guint64
sem_fetcher_get_total (SemFetcher *self)
{
  return self->total;
}

guint64
sem_fetcher_get_whole (SemFetcher *self)
{
  return self->whole;
}

guint64
sem_fetcher_get_partial (SemFetcher *self)
{
  return self->partial;
}

guint64
sem_fetcher_get_done (SemFetcher *self)
{
  return self->done;
}
