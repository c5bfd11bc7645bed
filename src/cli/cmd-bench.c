/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench: the numerical bars of DESIGN.md 9, each as a ratio to a baseline that runs in the same
 * process, alternately with it: one product of the BLAS library at its best (all its threads),
 * which is as fast as the machine goes.  Processor time is compared too, with the baseline on one
 * thread: that ratio stands on a machine that others keep busy.  What has no such baseline is given
 * in milliseconds; tests/bench/bench-numbers.py compares those with peers that are programs. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/linalg.h"
#include "core/analysis/neighbors.h"
#include "core/analysis/parallel.h"
#include "core/analysis/table.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_REPEATS 200

typedef struct
{
  const char *name;     /* stable, for scripts */
  const char *baseline; /* NULL: none */
  double bar; /* most that ours / baseline may be; without baseline, most milliseconds; 0: none */
  guint repeats;
  gboolean percentile_99; /* the bar is for the 99th percentile instead of the median */
  gboolean (*prepare) (gpointer bench);
  void (*ours) (gpointer bench);
  void (*peer) (gpointer bench);
} Case;

typedef struct
{
  SemModel *model;
  SemMatrix *matrix;   /* the rows that the numerical cases work on */
  float *single, *out; /* the same as floats, and room for a result */
  double *query;
  char *text;
  gsize n;
} Bench;

static void
clear_bench (gpointer data)
{
  Bench *self = data;
  g_clear_pointer (&self->matrix, sem_matrix_unref);
  g_clear_pointer (&self->single, g_free);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->text, g_free);
}

/* --- the cases --- */

/* n x d reproducible numbers that floats hold exactly, with a few strong directions as embeddings
 * have. */
static void
make_rows (Bench *self, gsize n, gsize d)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);
  self->n = n;
  self->matrix = sem_matrix_new (n, d, NULL);
  self->single = g_new (float, n *d);
  for (gsize i = 0; i < n * d; i++)
    {
      double shared = i / d % 7 == 0 ? 0.05 * (double)(i % d % 5) : 0.0;
      self->single[i] = (float)(g_rand_double (rand) * 0.1 - 0.03 + shared);
      sem_matrix_get_data (self->matrix)[i] = (double)self->single[i];
    }
}

static gboolean
prepare_cosine (gpointer data)
{
  Bench *self = data;
  make_rows (self, 2000, 768);
  self->out = g_new0 (float, self->n * self->n);
  return TRUE;
}

static void
run_cosine (gpointer data)
{
  Bench *self = data;
  sem_matrix_unref (sem_similarity_matrix (self->matrix, SEM_METRIC_COSINE, FALSE, NULL, NULL));
}

static void
run_ssyrk (gpointer data)
{
  Bench *self = data;
  sem_linalg_syrk_f32 (FALSE, self->n, 768, self->single, 768, 0.0f, self->out, self->n);
}

static gboolean
prepare_pca (gpointer data)
{
  Bench *self = data;
  make_rows (self, 30522, 768);
  self->query = g_new0 (double, 768 * 768);
  return TRUE;
}

static void
run_pca (gpointer data)
{
  Bench *self = data;
  sem_pca_unref (sem_pca_fit (self->matrix, 2, NULL, NULL));
}

static void
run_dsyrk (gpointer data)
{
  Bench *self = data;
  sem_linalg_syrk (TRUE, 768, self->n, sem_matrix_get_row (self->matrix, 0), 768, 0.0, self->query,
                   768);
}

/* The model's own rows, or without enough of them 30 522 x 768 made ones are not a model: then the
 * case is left out. */
static gboolean
prepare_neighbors (gpointer data)
{
  Bench *self = data;
  gsize n = sem_model_get_n_rows (self->model), dim = sem_model_get_dim (self->model);
  if (n == 0)
    return FALSE;
  self->single = g_new (float, n *dim + dim);
  self->out = g_new (float, n);
  self->query = g_new0 (double, dim);
  self->n = n;
  sem_model_read_rows_f32 (self->model, 0, n, self->single);
  sem_model_read_row (self->model, (guint32)(n / 2), self->query);
  for (gsize j = 0; j < dim; j++)
    self->single[n * dim + j] = (float)self->query[j];
  return TRUE;
}

static void
run_neighbors (gpointer data)
{
  Bench *self = data;
  GArray *found = sem_neighbors_find (self->model, self->query, 10, NULL, 0, NULL, NULL);
  if (found != NULL)
    g_array_unref (found);
}

static void
run_sgemv (gpointer data)
{
  Bench *self = data;
  gsize dim = sem_model_get_dim (self->model);
  sem_linalg_gemv_f32 (FALSE, self->n, dim, self->single, dim, self->single + self->n * dim,
                       self->out);
}

static void
make_text (Bench *self, guint n_words)
{
  static const char *const WORDS[] = { "earth", "is",       "a",       "planet", "of",
                                       "the",   "solar",    "system",  "there",  "are",
                                       "nine",  "all",      "planets", "in",     "move",
                                       "dogs",  "tokenize", "king",    "bread",  "sun" };
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", WORDS[(i * 7 + i / 20) % G_N_ELEMENTS (WORDS)],
                            i % 10 == 9 ? ". " : " ");
  self->text = g_string_free (text, FALSE);
}

static gboolean
prepare_60_words (gpointer data)
{
  make_text (data, 60);
  return TRUE;
}

static gboolean
prepare_200_words (gpointer data)
{
  make_text (data, 200);
  return TRUE;
}

static gboolean
prepare_tokenize (gpointer data)
{
  make_text (data, 200000); /* about 1 MB */
  return TRUE;
}

static void
run_analysis (gpointer data)
{
  Bench *self = data;
  const SemAnalysisOptions options = { 0 };
  SemAnalysis *analysis
      = sem_analysis_new (self->model, self->text, strlen (self->text), &options, NULL, NULL, NULL);
  if (analysis != NULL)
    sem_analysis_unref (analysis);
}

static void
run_tokenize (gpointer data)
{
  Bench *self = data;
  SemEncoding *encoding = sem_tokenizer_encode (sem_model_get_tokenizer (self->model), self->text,
                                                -1, SEM_ENCODE_DEFAULT, NULL, NULL);
  if (encoding != NULL)
    sem_encoding_unref (encoding);
}

static const Case CASES[] = {
  { "cosine-2000x768", "one cblas_ssyrk", 1.1, 11, FALSE, prepare_cosine, run_cosine, run_ssyrk },
  { "pca-30522x768", "one cblas_dsyrk", 0, 5, FALSE, prepare_pca, run_pca, run_dsyrk },
  { "neighbors", "one cblas_sgemv", 1.2, 21, FALSE, prepare_neighbors, run_neighbors, run_sgemv },
  { "analysis-60-words", NULL, 4.0, MAX_REPEATS, TRUE, prepare_60_words, run_analysis, NULL },
  { "analysis-200-words", NULL, 12.0, 100, TRUE, prepare_200_words, run_analysis, NULL },
  { "tokenize-200000-words", NULL, 0, 5, FALSE, prepare_tokenize, run_tokenize, NULL },
};

/* --- measuring --- */

typedef struct
{
  double median_ms, percentile_99_ms, baseline_ms, ratio;
  double cpu_ratio; /* of the processor time of all threads, to the baseline's on one */
} Figures;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
read_clock_ms (clockid_t clock)
{
  struct timespec now;
  clock_gettime (clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
time_once (void (*run) (gpointer), gpointer bench, guint n_threads, double *wall_ms, double *cpu_ms)
{
  sem_linalg_set_threads (n_threads);
  double wall = read_clock_ms (CLOCK_MONOTONIC), cpu = read_clock_ms (CLOCK_PROCESS_CPUTIME_ID);
  run (bench);
  *cpu_ms = read_clock_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu;
  *wall_ms = read_clock_ms (CLOCK_MONOTONIC) - wall;
}

static double
take_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static Figures
measure (const Case *what, Bench *bench)
{
  double ours[MAX_REPEATS], ours_cpu[MAX_REPEATS], peer[MAX_REPEATS], peer_cpu[MAX_REPEATS], unused;
  Figures figures = { 0 };
  for (guint run = 0; run <= what->repeats; run++)
    {
      guint i = run > 0 ? run - 1 : 0; /* the first one is the warm-up: overwritten */
      time_once (what->ours, bench, 1, &ours[i], &ours_cpu[i]);
      if (what->peer == NULL)
        continue;
      time_once (what->peer, bench, sem_parallel_get_n_threads (), &peer[i], &unused);
      time_once (what->peer, bench, 1, &unused, &peer_cpu[i]);
    }
  sem_linalg_set_threads (1);
  figures.median_ms = take_median (ours, what->repeats);
  figures.percentile_99_ms = ours[(what->repeats - 1) * 99 / 100];
  if (what->peer == NULL)
    return figures;
  figures.baseline_ms = take_median (peer, what->repeats);
  figures.ratio = figures.median_ms / figures.baseline_ms;
  figures.cpu_ratio = take_median (ours_cpu, what->repeats) / take_median (peer_cpu, what->repeats);
  return figures;
}

static void
append_member (GString *out, const char *key, double value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  sem_append_number (out, value);
}

static void
append_case_json (GString *out, const Case *what, const Figures *figures)
{
  g_string_append_printf (out, "%s{\"name\":\"%s\"", out->str[out->len - 1] == '[' ? "" : ",",
                          what->name);
  append_member (out, "ms", figures->median_ms);
  append_member (out, "ms_99", figures->percentile_99_ms);
  if (what->baseline != NULL)
    {
      g_string_append_printf (out, ",\"baseline\":\"%s\"", what->baseline);
      append_member (out, "baseline_ms", figures->baseline_ms);
      append_member (out, "ratio", figures->ratio);
      append_member (out, "cpu_ratio", figures->cpu_ratio);
    }
  if (what->bar > 0)
    append_member (out, "bar", what->bar);
  g_string_append_c (out, '}');
}

static void
append_case_text (GString *out, const Case *what, const Figures *figures)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf (out, "%-24s %10s ms", what->name,
                          g_ascii_formatd (number, sizeof number, "%.2f", figures->median_ms));
  g_string_append_printf (
      out, "  (99 %%: %s)",
      g_ascii_formatd (number, sizeof number, "%.2f", figures->percentile_99_ms));
  if (what->baseline != NULL)
    {
      g_string_append_printf (out, "  %s x",
                              g_ascii_formatd (number, sizeof number, "%.2f", figures->ratio));
      g_string_append_printf (
          out, " %s (%s ms)", what->baseline,
          g_ascii_formatd (number, sizeof number, "%.2f", figures->baseline_ms));
      g_string_append_printf (out, ", %s x its processor time",
                              g_ascii_formatd (number, sizeof number, "%.2f", figures->cpu_ratio));
    }
  if (what->bar > 0)
    g_string_append_printf (out, "  bar %s%s",
                            g_ascii_formatd (number, sizeof number, "%.1f", what->bar),
                            what->baseline != NULL ? " x" : " ms");
  g_string_append_c (out, '\n');
}

int
sem_cmd_bench (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  if (!sem_command_parse ("[NAME…]", SEM_TAKES_MODEL | SEM_TAKES_FORMAT | SEM_TAKES_OUTPUT, NULL,
                          argc, argv, &options))
    return SEM_EXIT_USAGE;
  g_autoptr (SemModel) model = sem_command_open_model (&options, &error);
  if (model == NULL)
    return sem_command_fail (error);
  gboolean json = options.format == SEM_OUTPUT_JSON;
  g_autoptr (GString) out = g_string_new (json ? "{\"blas\":" : "");
  if (json)
    {
      sem_append_json_string (out, sem_linalg_get_description ());
      g_string_append_printf (out, ",\"threads\":%u,\"benchmarks\":[",
                              sem_parallel_get_n_threads ());
    }
  else
    g_string_append_printf (out, "%s, %u threads\n", sem_linalg_get_description (),
                            sem_parallel_get_n_threads ());
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      Bench bench = { .model = model };
      if (options.arguments[0] != NULL
          && !g_strv_contains ((const char *const *)options.arguments, CASES[i].name))
        continue;
      if (CASES[i].prepare (&bench))
        {
          Figures figures = measure (&CASES[i], &bench);
          (json ? append_case_json : append_case_text) (out, &CASES[i], &figures);
        }
      clear_bench (&bench);
    }
  g_string_append (out, json ? "]}\n" : "");
  return sem_command_finish (&options, out->str, out->len);
}
