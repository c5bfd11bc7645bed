/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words behind a map against a plain search of the built-in model's whole vocabulary. */
#include "core/analysis/nearby.h"

#include <math.h>
#include <string.h>

static SemModel *model;

static SemAnalysis *
analyze (const char *text)
{
  const SemAnalysisOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  SemAnalysis *analysis
      = sem_analysis_new (model, text, strlen (text), &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

static double
compute_cosine (const double *a, const double *b)
{
  double dot = 0.0, aa = 0.0, bb = 0.0;
  for (gsize j = 0; j < sem_model_get_dim (model); j++)
    {
      dot += a[j] * b[j];
      aa += a[j] * a[j];
      bb += b[j] * b[j];
    }
  return aa > 0.0 && bb > 0.0 ? dot / sqrt (aa * bb) : -2.0;
}

/* As this vocabulary (BERT's, in lower case) writes words. */
static gboolean
is_plain_word (const char *piece)
{
  gsize n = 0;
  for (; piece[n] != '\0'; n++)
    if (piece[n] < 'a' || piece[n] > 'z')
      return FALSE;
  return n > 1;
}

/* The oracle: each word's cosine to each unit by double loops, the turns by sorting all of them. */
static GPtrArray *
choose_slowly (const SemAnalysis *analysis, gsize n_units)
{
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  const gsize n_rows = sem_model_get_n_rows (model);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *cosines = g_new (double, n_rows *n_units);
  g_autofree double *row = g_new (double, sem_model_get_dim (model));
  g_autofree gboolean *is_open = g_new0 (gboolean, n_rows);
  for (guint32 id = 0; id < n_rows; id++)
    {
      const char *piece = sem_tokenizer_get_piece (tokenizer, id);
      sem_model_read_row (model, id, row);
      is_open[id] = piece != NULL && is_plain_word (piece);
      for (gsize i = 0; i < n_units; i++)
        {
          g_autofree char *label
              = g_utf8_casefold (sem_units_get (sem_analysis_get_units (analysis), i)->label, -1);
          cosines[id * n_units + i]
              = compute_cosine (sem_matrix_get_row (sem_analysis_get_vectors (analysis), i), row);
          is_open[id] &= piece == NULL || strcmp (piece, label) != 0;
        }
    }
  while (chosen->len < SEM_NEARBY_COUNT)
    {
      g_autofree guint32 *offers = g_new (guint32, n_units);
      g_autofree gboolean *done = g_new0 (gboolean, n_units);
      for (gsize i = 0; i < n_units; i++)
        {
          offers[i] = G_MAXUINT32;
          for (guint32 id = 0; id < n_rows; id++)
            if (is_open[id]
                && (offers[i] == G_MAXUINT32
                    || cosines[id * n_units + i] > cosines[offers[i] * n_units + i]))
              offers[i] = id;
        }
      for (gsize turn = 0; turn < n_units && chosen->len < SEM_NEARBY_COUNT; turn++)
        {
          gsize best = G_MAXSIZE;
          for (gsize i = 0; i < n_units; i++)
            if (!done[i]
                && (best == G_MAXSIZE
                    || cosines[offers[i] * n_units + i] > cosines[offers[best] * n_units + best]))
              best = i;
          done[best] = TRUE;
          if (!is_open[offers[best]])
            continue;
          is_open[offers[best]] = FALSE;
          g_ptr_array_add (chosen, g_strdup (sem_tokenizer_get_piece (tokenizer, offers[best])));
        }
    }
  return chosen;
}

static void
check_against_oracle (const char *text)
{
  g_autoptr (SemAnalysis) analysis = analyze (text);
  g_autoptr (GError) error = NULL;
  const gsize n_units = sem_analysis_get_n (analysis);
  g_autoptr (GPtrArray) expected = choose_slowly (analysis, n_units);
  const SemNearby *nearby;
  gsize k;
  const double kept = sem_analysis_neighbors_kept (analysis, 0, 1, &k, NULL);
  g_assert_null (sem_nearby_get (analysis));
  nearby = sem_nearby_make (analysis, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sem_nearby_get (analysis) == nearby);
  g_assert_true (sem_nearby_make (analysis, NULL, NULL) == nearby);
  g_assert_cmpuint (nearby->n, ==, SEM_NEARBY_COUNT);
  for (gsize i = 0; i < nearby->n; i++)
    {
      const SemNearbyWord *word = &nearby->words[i];
      const double *row = sem_matrix_get_row (nearby->vectors, i);
      double nearest = -2.0;
      g_assert_cmpstr (word->word, ==, g_ptr_array_index (expected, i));
      for (gsize unit = 0; unit < n_units; unit++)
        nearest = MAX (
            nearest,
            compute_cosine (sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit), row));
      g_assert_cmpfloat_with_epsilon (word->cosine, nearest, 1e-12);
      g_assert_cmpfloat_with_epsilon (
          compute_cosine (sem_matrix_get_row (sem_analysis_get_vectors (analysis), word->unit),
                          row),
          nearest, 1e-12);
      for (gsize c = 0; c < 2; c++)
        {
          const double *mean = sem_pca_get_mean (sem_analysis_get_pca (analysis)),
                       *component = sem_pca_get_component (sem_analysis_get_pca (analysis), c);
          double sum = 0.0;
          for (gsize j = 0; j < sem_model_get_dim (model); j++)
            sum += (row[j] - mean[j]) * component[j];
          g_assert_cmpfloat_with_epsilon (sem_matrix_get (nearby->coordinates, i, c), sum, 1e-9);
        }
    }
  /* NAN is equal to itself here: two units have no neighbours to keep. */
  g_assert_true (isnan (kept) || kept == sem_analysis_neighbors_kept (analysis, 0, 1, &k, NULL));
}

static void
test_choice (void)
{
  check_against_oracle ("king bread");
  check_against_oracle ("Earth is a planet of the solar system");
}

/* Nothing, what no model knows, more units than get any, one word many times, a pending cancel. */
static void
test_edges (void)
{
  static const char *const texts[] = { "", "!", "river", "river river River" };
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (SemAnalysis) long_one = NULL, cancelled = analyze ("king");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SemAnalysis) analysis = analyze (texts[i]);
      const SemNearby *nearby = sem_nearby_make (analysis, NULL, NULL);
      g_assert_nonnull (nearby);
      g_assert_cmpuint (nearby->n, <=, SEM_NEARBY_COUNT);
      if (*texts[i] == '\0')
        g_assert_cmpuint (nearby->n, ==, 0);
      else if (g_str_has_prefix (texts[i], "river"))
        g_assert_cmpuint (nearby->n, ==, SEM_NEARBY_COUNT);
      for (gsize w = 0; w < nearby->n; w++)
        g_assert_cmpstr (nearby->words[w].word, !=, "river");
    }
  for (gsize i = 0, id = 2000; i <= SEM_NEARBY_MAX_UNITS; id++)
    {
      const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), (guint32)id);
      if (piece != NULL && is_plain_word (piece) && ++i)
        g_string_append_printf (many, "%s ", piece);
    }
  long_one = analyze (many->str);
  g_assert_cmpuint (sem_nearby_make (long_one, NULL, NULL)->n, ==, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (sem_nearby_make (cancelled, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (sem_nearby_get (cancelled));
}

int
main (int argc, char **argv)
{
  int status;
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  model = sem_model_open (NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/nearby/choice", test_choice);
  g_test_add_func ("/nearby/edges", test_edges);
  status = g_test_run ();
  sem_model_unref (model);
  return status;
}
