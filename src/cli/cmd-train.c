/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-cli train: a model folder from text files. */
#include "cli/command.h"
#include "cli/commands.h"
#include "core/train/trainer.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  int dim, epochs, window, negatives, threads, vocab_size, min_count, max_words, walks, common;
  gint64 seed;
  double sample, rate, context_share, common_keep, subwords;
  char **dictionaries;
  char *name, *licence;
  gboolean quiet;
} TrainArguments;

static void
clear_arguments (TrainArguments *arguments)
{
  g_strfreev (arguments->dictionaries);
  g_free (arguments->name);
  g_free (arguments->licence);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrainArguments, clear_arguments)

/* Set by Ctrl-C: training stops at the next report and what has been learned is saved. */
static volatile sig_atomic_t interrupted;

static void
interrupt_cb (int number)
{
  interrupted = 1;
  signal (number, SIG_DFL); /* the second one ends the program */
}

static void
format_time (double seconds, char *text, gsize size)
{
  guint all = (guint)(seconds + 0.5);

  if (all >= 3600)
    g_snprintf (text, size, "%u:%02u:%02u", all / 3600, all / 60 % 60, all % 60);
  else
    g_snprintf (text, size, "%u:%02u", all / 60, all % 60);
}

typedef struct
{
  gboolean quiet, terminal;
  gint64 last_us;
  const char *phase;
} Display;

/* On a terminal one line that is rewritten; in a file a line every ten seconds. */
static gboolean
show_progress (const SemTrainerProgress *progress, gpointer user_data)
{
  Display *display = user_data;
  gint64 now = g_get_monotonic_time ();
  char left[32];

  if (display->quiet)
    return !interrupted;
  if (display->phase == progress->phase && progress->fraction < 1.0
      && now - display->last_us < (display->terminal ? 0 : 10 * G_USEC_PER_SEC))
    return !interrupted;
  if (display->terminal && display->phase != NULL && display->phase != progress->phase)
    fputc ('\n', stderr);
  display->phase = progress->phase;
  display->last_us = now;
  format_time (progress->seconds_left, left, sizeof left);
  fprintf (stderr, "%s%s %5.1f %%", display->terminal ? "\r" : "", progress->phase,
           progress->fraction * 100.0);
  if (progress->words_per_second > 0.0)
    fprintf (stderr, ", %.0f words/s", progress->words_per_second);
  fprintf (stderr, ", %s left%s", left, display->terminal ? "   " : "\n");
  return !interrupted;
}

/* FILE or FILE=N: N times per epoch. */
static SemCorpusFile *
parse_files (char **arguments, gsize *n_files)
{
  SemCorpusFile *files = g_new0 (SemCorpusFile, g_strv_length (arguments));

  *n_files = g_strv_length (arguments);
  for (gsize i = 0; i < *n_files; i++)
    {
      char *equals = strrchr (arguments[i], '=');

      files[i] = (SemCorpusFile){ arguments[i], 1 };
      if (equals == NULL || equals[1] == '\0'
          || equals[1 + strspn (equals + 1, "0123456789")] != '\0' || strlen (equals + 1) > 6
          || g_file_test (arguments[i], G_FILE_TEST_EXISTS))
        continue;
      *equals = '\0';
      files[i].repeat = (guint)atoi (equals + 1);
    }
  return files;
}

static gboolean
fill_options (const TrainArguments *arguments, SemTrainerOptions *options)
{
  const int positive[]
      = { arguments->dim,     arguments->epochs,     arguments->window,    arguments->negatives,
          arguments->threads, arguments->vocab_size, arguments->min_count, arguments->max_words };

  for (gsize i = 0; i < G_N_ELEMENTS (positive); i++)
    if (positive[i] < 1)
      return FALSE;
  if (arguments->walks < 0 || arguments->common < 0 || !(arguments->sample >= 0.0)
      || !(arguments->rate > 0.0) || !(arguments->rate <= 1.0) || !(arguments->subwords >= 0.0)
      || !(arguments->subwords <= 1.0))
    return FALSE;
  options->epochs = (guint)arguments->epochs;
  options->threads = (guint)arguments->threads;
  options->min_count = (guint64)arguments->min_count;
  options->max_words = (guint32)arguments->max_words;
  options->n_walks = (gsize)arguments->walks;
  options->vocabulary.size = (guint32)arguments->vocab_size;
  options->vocabulary.subword_share = arguments->subwords;
  options->skip_gram.dim = (gsize)arguments->dim;
  options->skip_gram.window = (guint)arguments->window;
  options->skip_gram.negatives = (guint)arguments->negatives;
  options->skip_gram.sample = arguments->sample;
  options->skip_gram.rate = arguments->rate;
  options->skip_gram.seed = (guint64)arguments->seed;
  options->context_share = arguments->context_share;
  options->common_directions = (guint)arguments->common;
  options->common_keep = arguments->common_keep;
  options->dictionaries = (const char *const *)arguments->dictionaries;
  options->n_dictionaries
      = arguments->dictionaries == NULL ? 0 : g_strv_length (arguments->dictionaries);
  if (arguments->name != NULL)
    options->name = arguments->name;
  options->licence = arguments->licence;
  return TRUE;
}

static int
train (const SemTrainerOptions *options, gboolean quiet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTrainer) trainer = sem_trainer_new (options, &error);
  Display display = { quiet, isatty (STDERR_FILENO) != 0, 0, NULL };

  if (trainer == NULL)
    return sem_command_fail (error);
  signal (SIGINT, interrupt_cb);
  signal (SIGTERM, interrupt_cb);
  if (!sem_trainer_prepare (trainer, show_progress, &display, &error))
    return sem_command_fail (error);
  sem_trainer_run (trainer, show_progress, &display);
  if (display.terminal && !quiet)
    fputc ('\n', stderr);
  if (!sem_trainer_save (trainer, &error))
    return sem_command_fail (error);
  if (!sem_trainer_is_done (trainer) && !quiet)
    fprintf (stderr, "stopped after %.1f %%; the model as it was is in '%s'\n",
             sem_trainer_get_fraction (trainer) * 100.0, options->folder);
  return SEM_EXIT_OK;
}

int
sem_cmd_train (int argc, char **argv)
{
  SemTrainerOptions defaults = SEM_TRAINER_OPTIONS_INIT;
  g_auto (TrainArguments) arguments = { .dim = (int)defaults.skip_gram.dim,
                                        .epochs = (int)defaults.epochs,
                                        .window = (int)defaults.skip_gram.window,
                                        .negatives = (int)defaults.skip_gram.negatives,
                                        .threads = (int)g_get_num_processors (),
                                        .vocab_size = (int)defaults.vocabulary.size,
                                        .min_count = (int)defaults.min_count,
                                        .max_words = (int)defaults.max_words,
                                        .walks = (int)defaults.n_walks,
                                        .common = (int)defaults.common_directions,
                                        .seed = 1,
                                        .sample = defaults.skip_gram.sample,
                                        .rate = defaults.skip_gram.rate,
                                        .context_share = defaults.context_share,
                                        .common_keep = defaults.common_keep,
                                        .subwords = defaults.vocabulary.subword_share };
  const GOptionEntry entries[] = {
    { "dim", 'd', 0, G_OPTION_ARG_INT, &arguments.dim, "Numbers in a vector, a multiple of 8 (192)",
      "N" },
    { "epochs", 'e', 0, G_OPTION_ARG_INT, &arguments.epochs, "Times the corpus is read (5)", "N" },
    { "window", 'w', 0, G_OPTION_ARG_INT, &arguments.window, "Words to each side at most (6)",
      "N" },
    { "negatives", 'n', 0, G_OPTION_ARG_INT, &arguments.negatives, "Negative samples a window (8)",
      "N" },
    { "sample", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.sample,
      "Thin out words above this share; 0: never (0.0001)", "X" },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.rate, "Learning rate at the beginning (0.025)",
      "X" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &arguments.threads,
      "Threads; with 1 a seed gives the same bits (all)", "N" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &arguments.seed, "Seed of the random numbers (1)", "N" },
    { "vocab-size", 'v', 0, G_OPTION_ARG_INT, &arguments.vocab_size,
      "Pieces in the vocabulary (30522)", "N" },
    { "subwords", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.subwords,
      "Share of it for parts of words (0.06)", "X" },
    { "min-count", 0, 0, G_OPTION_ARG_INT, &arguments.min_count,
      "Leave out words that occur less often (5)", "N" },
    { "max-words", 0, 0, G_OPTION_ARG_INT, &arguments.max_words,
      "Train at most so many words (150000)", "N" },
    { "dictionary", 'D', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments.dictionaries,
      "A file of \"word, word: meaning\" and \"X is a kind of Y.\" lines to walk over", "FILE" },
    { "walks", 0, 0, G_OPTION_ARG_INT, &arguments.walks, "Walks over the dictionaries (1200000)",
      "N" },
    { "context-share", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.context_share,
      "How much of a word's vector as a neighbour is added to its own (0.3)", "X" },
    { "common", 0, 0, G_OPTION_ARG_INT, &arguments.common,
      "Common directions damped at the end (2)", "N" },
    { "common-keep", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.common_keep,
      "Share of them that is kept (0.7)", "X" },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &arguments.name, "The model's name for people", "TEXT" },
    { "licence", 0, 0, G_OPTION_ARG_FILENAME, &arguments.licence, "The model's licence (SPDX)",
      "ID" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &arguments.quiet, "No progress", NULL },
    { NULL },
  };
  g_auto (SemCommandOptions) common = { 0 };
  g_autofree SemCorpusFile *files = NULL;
  SemTrainerOptions options = SEM_TRAINER_OPTIONS_INIT;

  if (!sem_command_parse ("CORPUS[=TIMES]… -o DIR", SEM_TAKES_OUTPUT, entries, argc, argv, &common))
    return SEM_EXIT_USAGE;
  if (common.arguments[0] == NULL || common.output == NULL)
    return sem_command_usage_error ("train needs text files and -o DIR; see --help");
  if (!fill_options (&arguments, &options))
    return sem_command_usage_error ("numbers must be positive, shares between 0 and 1; see --help");
  files = parse_files (common.arguments, &options.n_files);
  options.files = files;
  options.folder = common.output;
  return train (&options, arguments.quiet);
}
