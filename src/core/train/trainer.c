/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training from text files to a model folder: the order of the steps, threads and progress. */
#include "core/train/trainer.h"
#include "core/train/model-writer.h"
#include "core/train/piece-rows.h"
#include "core/train/refine.h"
#include "core/error.h"

#include <string.h>

#define MAX_EPOCHS 1000
#define MAX_THREADS 256
#define REFERENCE_WORDS 30000 /* the most frequent words: what is common to them is removed */
#define REPORT_US (200 * 1000)

struct _SemTrainer
{
  SemTrainerOptions options; /* strings and arrays owned by the fields below */
  GPtrArray *strings;
  SemCorpusFile *files;
  const char **dictionaries;
  SemCorpus *corpus;
  GPtrArray *pieces;
  SemSkipGram *skip_gram;
  guint32 *order; /* of the stretches, n_stretches * epochs */
  gsize n_steps;
  SemRng rng; /* of sem_trainer_step() */

  GMutex lock; /* of what follows */
  GCond changed;
  gsize next; /* step to be taken */
  guint n_running;
  gboolean stop;
};

static gboolean
check_number (const char *what, guint64 found, guint64 least, guint64 most, GError **error)
{
  if (found >= least && found <= most)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
               "%s: found %" G_GUINT64_FORMAT ", allowed are %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT,
               what, found, least, most);
  return FALSE;
}

static gboolean
check_options (const SemTrainerOptions *options, GError **error)
{
  if (options->n_files == 0)
    {
      g_set_error_literal (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "no corpus file given");
      return FALSE;
    }
  if (!check_number ("epochs", options->epochs, 1, MAX_EPOCHS, error)
      || !check_number ("threads", options->threads, 1, MAX_THREADS, error)
      || !check_number ("words", options->max_words, 1, 10000000, error)
      || !check_number ("vocabulary size", options->vocabulary.size, SEM_VOCABULARY_MIN_SIZE,
                        SEM_VOCABULARY_MAX_SIZE, error)
      || !sem_skip_gram_check_options (&options->skip_gram, error))
    return FALSE;
  for (gsize i = 0; i < options->n_files; i++)
    if (!check_number ("repeats", options->files[i].repeat, 1, 1000, error)
        || !sem_corpus_check_file (options->files[i].path, error))
      return FALSE;
  for (gsize i = 0; i < options->n_dictionaries; i++)
    if (!sem_corpus_check_file (options->dictionaries[i], error))
      return FALSE;
  return options->folder == NULL || sem_model_writer_check (options->folder, error);
}

static const char *
keep_string (SemTrainer *self, const char *string)
{
  char *copy = g_strdup (string);

  g_ptr_array_add (self->strings, copy);
  return copy;
}

SemTrainer *
sem_trainer_new (const SemTrainerOptions *options, GError **error)
{
  SemTrainer *self;

  if (!check_options (options, error))
    return NULL;
  self = g_new0 (SemTrainer, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->options = *options;
  self->files = g_new0 (SemCorpusFile, options->n_files);
  self->dictionaries = g_new0 (const char *, options->n_dictionaries + 1);
  for (gsize i = 0; i < options->n_files; i++)
    self->files[i]
        = (SemCorpusFile){ keep_string (self, options->files[i].path), options->files[i].repeat };
  for (gsize i = 0; i < options->n_dictionaries; i++)
    self->dictionaries[i] = keep_string (self, options->dictionaries[i]);
  self->options.files = self->files;
  self->options.dictionaries = self->dictionaries;
  self->options.folder = keep_string (self, options->folder);
  self->options.name = keep_string (self, options->name);
  self->options.licence = keep_string (self, options->licence);
  self->rng.state = options->skip_gram.seed;
  return self;
}

void
sem_trainer_free (SemTrainer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->corpus, sem_corpus_free);
  g_clear_pointer (&self->skip_gram, sem_skip_gram_free);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_ptr_array_unref (self->strings);
  g_free (self->files);
  g_free (self->dictionaries);
  g_free (self->order);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* --- preparing
 * -------------------------------------------------------------------------------------------------
 */

typedef struct
{
  SemTrainerFunc func;
  gpointer user_data;
  gint64 started_us, reported_us;
} Reporter;

static gboolean
report (Reporter *reporter,
        const char *phase,
        double fraction,
        double words_per_second,
        double seconds_left)
{
  SemTrainerProgress progress = { phase, fraction, words_per_second, seconds_left };

  return reporter->func == NULL || reporter->func (&progress, reporter->user_data);
}

static gboolean
report_reading (double fraction, gpointer user_data)
{
  Reporter *reporter = user_data;
  gint64 now = g_get_monotonic_time ();
  double elapsed = (double)(now - reporter->started_us) / G_USEC_PER_SEC;

  if (now - reporter->reported_us < REPORT_US && fraction < 1.0)
    return TRUE;
  reporter->reported_us = now;
  return report (reporter, "reading", fraction, 0.0,
                 fraction > 0.0 ? elapsed / fraction - elapsed : 0.0);
}

static void
add_walks (SemTrainer *self, const SemRelations *relations)
{
  guint32 words[SEM_WALK_MAX];

  for (gsize i = 0; i < self->options.n_walks; i++)
    {
      gsize n = sem_relations_walk (relations, &self->rng, words);

      if (n > 0)
        sem_corpus_add_line (self->corpus, words, n);
    }
  sem_corpus_end_added (self->corpus);
}

/* A new order of the stretches for every epoch (Fisher-Yates), so that sources are mixed. */
static void
shuffle_stretches (SemTrainer *self)
{
  gsize n;

  sem_corpus_get_stretches (self->corpus, &n);
  self->n_steps = n * self->options.epochs;
  self->order = g_new (guint32, self->n_steps);
  for (guint epoch = 0; epoch < self->options.epochs; epoch++)
    {
      guint32 *order = self->order + epoch * n;

      for (gsize i = 0; i < n; i++)
        order[i] = (guint32)i;
      for (gsize i = n - 1; i > 0; i--)
        {
          guint32 j = sem_rng_below (&self->rng, (guint32)i + 1);
          guint32 other = order[j];

          order[j] = order[i];
          order[i] = other;
        }
    }
}

gboolean
sem_trainer_prepare (SemTrainer *self, SemTrainerFunc func, gpointer user_data, GError **error)
{
  const SemTrainerOptions *options = &self->options;
  Reporter reporter = { func, user_data, g_get_monotonic_time (), 0 };
  g_autoptr (SemRelations) relations = NULL;

  self->corpus = sem_corpus_read (options->files, options->n_files, options->min_count,
                                  options->max_words, report_reading, &reporter, error);
  if (self->corpus == NULL)
    return FALSE;
  if (sem_corpus_get_n_words (self->corpus) == 0)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY,
                   "the corpus is too small: no word occurs %" G_GUINT64_FORMAT " times",
                   options->min_count);
      return FALSE;
    }
  if (!report (&reporter, "learning pieces", 0.0, 0.0, 0.0))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "stopped before training began");
      return FALSE;
    }
  if (options->n_dictionaries > 0)
    {
      relations = sem_relations_read (options->dictionaries, options->n_dictionaries, self->corpus,
                                      error);
      if (relations == NULL)
        return FALSE;
    }
  self->pieces = sem_vocabulary_learn (self->corpus, relations, &options->vocabulary, error);
  if (self->pieces == NULL)
    return FALSE;
  if (relations != NULL)
    add_walks (self, relations);
  self->skip_gram
      = sem_skip_gram_new (sem_corpus_get_counts (self->corpus),
                           sem_corpus_get_n_words (self->corpus), &options->skip_gram, error);
  if (self->skip_gram == NULL)
    return FALSE;
  shuffle_stretches (self);
  return TRUE;
}

/* --- training
 * --------------------------------------------------------------------------------------------------
 */

static void
train_stretch (SemTrainer *self, gsize step, SemRng *rng)
{
  gsize n_stretches, n_stream;
  const SemCorpusStretch *stretches = sem_corpus_get_stretches (self->corpus, &n_stretches);
  const SemCorpusStretch *stretch = &stretches[self->order[step]];
  const guint32 *stream = sem_corpus_get_stream (self->corpus, &n_stream);

  sem_skip_gram_run (self->skip_gram, stream + stretch->first, stretch->n,
                     (double)step / (double)self->n_steps, rng);
}

gboolean
sem_trainer_step (SemTrainer *self, gsize n_stretches)
{
  for (gsize i = 0; i < n_stretches && self->next < self->n_steps; i++)
    train_stretch (self, self->next++, &self->rng);
  return self->next < self->n_steps;
}

typedef struct
{
  SemTrainer *trainer;
  SemRng rng;
} Worker;

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  SemTrainer *self = worker->trainer;

  g_mutex_lock (&self->lock);
  while (!self->stop && self->next < self->n_steps)
    {
      gsize step = self->next++;

      g_mutex_unlock (&self->lock);
      train_stretch (self, step, &worker->rng);
      g_mutex_lock (&self->lock);
    }
  self->n_running--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_free (worker);
  return NULL;
}

/* Waits for the workers, telling func about progress; called with the lock held. */
static void
watch_workers (SemTrainer *self, Reporter *reporter)
{
  double n_words = (double)sem_corpus_get_n_running_words (self->corpus) * self->options.epochs;
  gsize first = self->next;

  while (self->n_running > 0)
    {
      gsize next;
      double elapsed, share, left;

      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + REPORT_US);
      next = self->next;
      g_mutex_unlock (&self->lock);
      elapsed
          = MAX (1e-3, (double)(g_get_monotonic_time () - reporter->started_us) / G_USEC_PER_SEC);
      share = (double)(next - first) / (double)self->n_steps;
      left = next > first ? elapsed * (double)(self->n_steps - next) / (double)(next - first) : 0.0;
      if (!report (reporter, "training", (double)next / (double)self->n_steps,
                   share * n_words / elapsed, left))
        {
          g_mutex_lock (&self->lock);
          self->stop = TRUE;
        }
      else
        g_mutex_lock (&self->lock);
    }
}

void
sem_trainer_run (SemTrainer *self, SemTrainerFunc func, gpointer user_data)
{
  Reporter reporter = { func, user_data, g_get_monotonic_time (), 0 };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  self->stop = FALSE;
  self->n_running = self->options.threads;
  for (guint i = 0; i < self->options.threads; i++)
    {
      Worker *worker = g_new0 (Worker, 1);

      worker->trainer = self;
      worker->rng.state = sem_rng_next (&self->rng);
      g_ptr_array_add (threads, g_thread_new ("train", run_worker, worker));
    }
  watch_workers (self, &reporter);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

gboolean
sem_trainer_is_done (const SemTrainer *self)
{
  return self->next >= self->n_steps;
}

double
sem_trainer_get_fraction (const SemTrainer *self)
{
  return self->n_steps == 0 ? 0.0 : (double)self->next / (double)self->n_steps;
}

const SemCorpus *
sem_trainer_get_corpus (const SemTrainer *self)
{
  return self->corpus;
}

GPtrArray *
sem_trainer_get_pieces (const SemTrainer *self)
{
  return self->pieces;
}

SemSkipGram *
sem_trainer_get_skip_gram (const SemTrainer *self)
{
  return self->skip_gram;
}

/* --- results
 * ---------------------------------------------------------------------------------------------------
 */

float *
sem_trainer_make_rows (SemTrainer *self, GError **error)
{
  gsize n = sem_skip_gram_get_n_words (self->skip_gram);
  gsize dim = sem_skip_gram_get_dim (self->skip_gram);
  g_autofree float *vectors
      = g_memdup2 (sem_skip_gram_get_vectors (self->skip_gram), n * dim * sizeof (float));

  sem_refine_add (vectors, sem_skip_gram_get_contexts (self->skip_gram), n, dim,
                  self->options.context_share);
  sem_refine_normalize (vectors, n, dim);
  if (!sem_refine_remove_common (vectors, n, dim, REFERENCE_WORDS, self->options.common_directions,
                                 self->options.common_keep, error))
    return NULL;
  sem_refine_normalize (vectors, n, dim);
  return sem_piece_rows_new (self->pieces, self->corpus, vectors, dim);
}

static void
note (GHashTable *notes, const char *key, char *value)
{
  g_hash_table_insert (notes, (char *)key, value);
}

/* What config.json says about how the model came to be. */
static GHashTable *
make_notes (const SemTrainer *self)
{
  const SemTrainerOptions *options = &self->options;
  GHashTable *notes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GString) files = g_string_new (NULL);

  for (gsize i = 0; i < options->n_files; i++)
    {
      g_autofree char *name = g_path_get_basename (options->files[i].path);

      g_string_append_printf (files, "%s%s", i == 0 ? "" : " ", name);
      if (options->files[i].repeat > 1)
        g_string_append_printf (files, " x%u", options->files[i].repeat);
    }
  note (notes, "corpus", g_strdup (files->str));
  note (notes, "method", g_strdup ("skip-gram, negative sampling"));
  note (notes, "window", g_strdup_printf ("%u", options->skip_gram.window));
  note (notes, "negatives", g_strdup_printf ("%u", options->skip_gram.negatives));
  note (notes, "sample", g_strdup_printf ("%g", options->skip_gram.sample));
  note (notes, "rate", g_strdup_printf ("%g", options->skip_gram.rate));
  note (notes, "epochs", g_strdup_printf ("%u", options->epochs));
  note (notes, "threads", g_strdup_printf ("%u", options->threads));
  note (notes, "seed", g_strdup_printf ("%" G_GUINT64_FORMAT, options->skip_gram.seed));
  note (notes, "walks",
        g_strdup_printf ("%" G_GSIZE_FORMAT, options->n_dictionaries > 0 ? options->n_walks : 0));
  note (notes, "context_share", g_strdup_printf ("%g", options->context_share));
  note (notes, "common_directions", g_strdup_printf ("%u", options->common_directions));
  note (notes, "done", g_strdup_printf ("%.4f", sem_trainer_get_fraction (self)));
  return notes;
}

gboolean
sem_trainer_save (SemTrainer *self, GError **error)
{
  g_autoptr (GHashTable) notes = make_notes (self);
  g_autofree float *rows = sem_trainer_make_rows (self, error);
  SemModelContents contents = { self->options.name,
                                self->options.licence,
                                self->pieces,
                                rows,
                                sem_skip_gram_get_dim (self->skip_gram),
                                notes };

  return rows != NULL && sem_model_writer_write (self->options.folder, &contents, error);
}
