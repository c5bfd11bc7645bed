/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-fetch: gets the tokenizer and only the embedding of a model from a Hugging
 * Face-compatible server.
 *
 * The one program of the project that uses the network; the window starts it when a person asks.
 * Exit status: 0 done, 1 the server, the model or the disk said no (one line on stderr), 2 wrong
 * usage.  --format=json writes progress lines
 * {"event":"plan|progress|done","done":...,"total":...} to standard output for the window. */
#include "config.h"

#include "fetch/download.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_ENDPOINT "https://huggingface.co"
#define PROGRESS_INTERVAL_US (100 * 1000)

typedef struct
{
  char *output, *revision, *tensor, *format;
  gboolean dry_run, version;
} Options;

typedef struct
{
  gboolean json, tty;
  gint64 last_us, start_us;
  guint64 first_done;
} Progress;

static void
print_json (json_t *object)
{
  char *text = json_dumps (object, JSON_COMPACT);
  puts (text);
  fflush (stdout);
  free (text);
  json_decref (object);
}

static void
progress_cb (guint64 done, guint64 total, const char *file, gpointer user_data)
{
  Progress *progress = user_data;
  gint64 now = g_get_monotonic_time ();
  if (progress->start_us == 0)
    {
      progress->start_us = now;
      progress->first_done = done;
    }
  if (now - progress->last_us < PROGRESS_INTERVAL_US && done < total)
    return;
  progress->last_us = now;
  if (progress->json)
    print_json (json_pack ("{s:s, s:I, s:I, s:s}", "event", "progress", "done", (json_int_t)done,
                           "total", (json_int_t)total, "file", file));
  else if (progress->tty)
    {
      double seconds = (double)(now - progress->start_us) / 1e6;
      double rate = seconds > 0.2 ? (double)(done - progress->first_done) / seconds : 0;
      g_printerr ("\r\033[K%s: %.1f of %.1f MB", file, (double)done / 1e6, (double)total / 1e6);
      if (rate > 0)
        g_printerr (", %.1f MB/s, %.0f s left", rate / 1e6,
                    (double)(total - MIN (done, total)) / rate);
    }
}

/* How much of it an interrupted download has left. */
static guint64
measure_partial (const char *target)
{
  g_autofree char *partial = g_strconcat (target, ".partial", NULL);
  g_autoptr (GDir) dir = g_dir_open (partial, 0, NULL);
  guint64 sum = 0;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (partial, name, NULL);
      GStatBuf status;
      if (g_stat (path, &status) == 0 && S_ISREG (status.st_mode))
        sum += (guint64)status.st_size;
    }
  return sum;
}

static void
print_plan (const SemFetchPlan *plan, const char *target, gboolean json)
{
  json_t *files = json_array ();
  for (guint i = 0; i < plan->files->len; i++)
    {
      const SemRemoteFile *file = g_ptr_array_index (plan->files, i);
      json_array_append_new (files,
                             json_pack ("{s:s, s:I}", "file", file->name, "bytes",
                                        (json_int_t)(file->size == G_MAXUINT64 ? 0 : file->size)));
    }
  for (guint i = 0; i < plan->tensors->len; i++)
    {
      const SemRemoteTensor *tensor = g_ptr_array_index (plan->tensors, i);
      json_array_append_new (files,
                             json_pack ("{s:s, s:s, s:I}", "file", plan->weights_file, "tensor",
                                        tensor->name, "bytes", (json_int_t)tensor->length));
    }
  if (json)
    {
      json_int_t of = plan->weights_size == G_MAXUINT64 ? 0 : (json_int_t)plan->weights_size;
      print_json (json_pack ("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:b, s:o}", "event", "plan",
                             "model", plan->repo, "commit", plan->commit, "target", target, "total",
                             (json_int_t)plan->total_bytes, "weights_file_bytes", of,
                             "partial_bytes", (json_int_t)measure_partial (target), "exists",
                             g_file_test (target, G_FILE_TEST_EXISTS), "files", files));
      return;
    }
  size_t i;
  json_t *file;
  json_array_foreach (files, i, file)
  {
    const char *tensor = json_string_value (json_object_get (file, "tensor"));
    printf ("%10.3f MB  %s%s%s\n",
            (double)json_integer_value (json_object_get (file, "bytes")) / 1e6,
            json_string_value (json_object_get (file, "file")), tensor != NULL ? ": " : "",
            tensor != NULL ? tensor : "");
  }
  printf ("%10.3f MB  to %s", (double)plan->total_bytes / 1e6, target);
  if (plan->weights_file != NULL && plan->weights_size != G_MAXUINT64)
    printf (" (of weights of %.3f MB)", (double)plan->weights_size / 1e6);
  putchar ('\n');
  fflush (stdout);
  json_decref (files);
}

static char *
default_target (const char *repo)
{
  g_autoptr (GString) name = g_string_new (repo);
  g_string_replace (name, "/", "--", 0);
  return g_build_filename (g_get_user_data_dir (), "semblance", "models", name->str, NULL);
}

static int
run (const Options *options, const char *repo)
{
  g_autoptr (GError) error = NULL;
  const char *endpoint = g_getenv ("HF_ENDPOINT");
  gboolean json = g_strcmp0 (options->format, "json") == 0;
  g_autofree char *target
      = options->output != NULL ? g_strdup (options->output) : default_target (repo);
  g_autoptr (SemHub) hub
      = sem_hub_new (endpoint != NULL && *endpoint != '\0' ? endpoint : DEFAULT_ENDPOINT,
                     g_getenv ("HF_TOKEN"), &error);
  g_autoptr (SemFetchPlan) plan = NULL;
  if (hub != NULL)
    plan = sem_fetch_plan_new (hub, repo, options->revision != NULL ? options->revision : "main",
                               options->tensor, NULL, &error);
  Progress progress = { .json = json, .tty = isatty (STDERR_FILENO) };
  gboolean ok = plan != NULL;
  if (ok)
    print_plan (plan, target, json);
  if (ok && !options->dry_run)
    ok = sem_fetch_download (hub, plan, target, progress_cb, &progress, NULL, &error);
  if (progress.tty && !json && progress.last_us != 0)
    g_printerr ("\n");
  if (!ok)
    {
      g_printerr ("semblance-fetch: %s\n", error->message);
      return 1;
    }
  if (json && !options->dry_run)
    print_json (json_pack ("{s:s, s:s, s:I}", "event", "done", "target", target, "bytes_read",
                           (json_int_t)sem_hub_get_bytes_read (hub)));
  else if (!options->dry_run)
    printf ("%s: done, %.3f MB read\n", target, (double)sem_hub_get_bytes_read (hub) / 1e6);
  return 0;
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      "folder to write (default: where Semblance looks for models)", "DIR" },
    { "revision", 'r', 0, G_OPTION_ARG_STRING, &options.revision,
      "branch, tag or commit (default: main)", "REV" },
    { "tensor", 't', 0, G_OPTION_ARG_STRING, &options.tensor, "fetch this tensor as the embedding",
      "NAME" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
      "only say what would be fetched, and how much", NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, "text or json", "FORMAT" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "print the version", NULL },
    G_OPTION_ENTRY_NULL,
  };
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("OWNER/MODEL");
  g_option_context_set_summary (context,
                                "Fetches the tokenizer and only the embedding matrix of a model.");
  g_option_context_set_description (
      context, "HF_ENDPOINT, HF_TOKEN, https_proxy, http_proxy and no_proxy are honoured. "
               "Run it again after an interruption: it goes on where it ended.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("semblance-fetch: %s\n", error->message);
      return 2;
    }
  int status = 2;
  if (options.version)
    {
      puts ("semblance-fetch " SEM_VERSION);
      status = 0;
    }
  else if (options.format != NULL && strcmp (options.format, "json") != 0
           && strcmp (options.format, "text") != 0)
    g_printerr ("semblance-fetch: --format: '%s' is neither text nor json\n", options.format);
  else if (argc != 2)
    g_printerr ("semblance-fetch: one model is needed, as OWNER/MODEL\n");
  else if (!sem_fetch_repo_is_valid (argv[1]))
    g_printerr ("semblance-fetch: '%s' is not a model's name; it looks like OWNER/MODEL, of "
                "letters, digits, - _ and .\n",
                argv[1]);
  else
    status = run (&options, argv[1]);
  g_free (options.output);
  g_free (options.revision);
  g_free (options.tensor);
  g_free (options.format);
  return status;
}
