/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The snapshot as a whole, on the built-in model: pooling, the frozen frame, the sums behind a
 * vector, tables. */
#include "core/analysis/analysis.h"

#include "core/analysis/explain.h"
#include "core/analysis/table.h"
#include "golden.h"

#include <string.h>

#define TEXT "Tokenization of unbelievable words: the planet Earth, the planet Mars. Earth!"

static SemModel *model;

static SemAnalysis *
analyze (const char *text, const SemAnalysisOptions *options, SemPca *frame)
{
  g_autoptr (GError) error = NULL;
  SemAnalysis *analysis
      = sem_analysis_new (model, text, strlen (text), options, frame, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

/* The first unit that several tokens are pooled into. */
static gsize
find_pooled (const SemAnalysis *analysis)
{
  for (gsize i = 0; i < sem_analysis_get_n (analysis); i++)
    if (sem_units_get (sem_analysis_get_units (analysis), i)->n_ids > 1)
      return i;
  g_error ("no unit has several tokens");
}

static void
test_pooling (void)
{
  for (guint pooling = SEM_POOLING_MEAN; pooling <= SEM_POOLING_MAX; pooling++)
    {
      const SemAnalysisOptions options = { .unit = SEM_UNIT_SENTENCE, .pooling = pooling };
      g_autoptr (SemAnalysis) analysis = analyze (TEXT, &options, NULL);
      gsize unit = find_pooled (analysis), dim = sem_model_get_dim (model), n_ids;
      const guint32 *ids = sem_units_get_ids (sem_analysis_get_units (analysis), unit, &n_ids);
      const double *got = sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit);
      g_autofree double *row = g_new (double, dim);
      g_autofree double *expected = g_new0 (double, dim);
      for (gsize i = 0; i < n_ids; i++)
        {
          sem_model_read_row (model, ids[i], row);
          for (gsize j = 0; j < dim; j++)
            {
              double value = row[j] * sem_model_get_token_weight (model, ids[i]);
              if (pooling == SEM_POOLING_MEAN)
                expected[j] += value / (double)n_ids;
              else if (pooling == SEM_POOLING_MAX)
                expected[j] = i == 0 ? value : MAX (expected[j], value);
              else if (i == (pooling == SEM_POOLING_FIRST ? 0 : n_ids - 1))
                expected[j] = value;
            }
        }
      /* Up to the length, where the model's configuration asks for unit vectors. */
      SemCosine cosine;
      sem_cosine (got, expected, dim, &cosine);
      golden_assert_close (cosine.cosine, 1.0);
      if (!sem_model_get_normalizes (model))
        for (gsize j = 0; j < dim; j++)
          golden_assert_close (got[j], expected[j]);
    }
}

/* The pieces of a unit, each times its weight, are its vector. */
static void
test_explain_vector (void)
{
  const SemAnalysisOptions options = { 0 };
  g_autoptr (SemAnalysis) analysis = analyze (TEXT, &options, NULL);
  gsize dim = sem_model_get_dim (model);
  g_autofree double *row = g_new (double, dim);
  for (gsize unit = 0; unit < sem_analysis_get_n (analysis); unit++)
    {
      g_autoptr (GArray) pieces = sem_explain_vector (analysis, unit);
      g_autofree double *sum = g_new0 (double, dim);
      SemCosine cosine;
      for (guint i = 0; i < pieces->len; i++)
        {
          const SemPoolPiece *piece = &g_array_index (pieces, SemPoolPiece, i);
          g_assert_true (sem_model_read_row (model, piece->id, row) && piece->has_row);
          g_assert_cmpstr (piece->piece, ==,
                           sem_tokenizer_get_piece (sem_model_get_tokenizer (model), piece->id));
          for (gsize j = 0; j < dim; j++)
            sum[j] += piece->weight * row[j];
        }
      sem_cosine (sum, sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit), dim,
                  &cosine);
      golden_assert_close (cosine.cosine, 1.0);
    }
}

static void
test_frozen_frame (void)
{
  const SemAnalysisOptions options = { 0 };
  g_autoptr (SemAnalysis) first = analyze (TEXT, &options, NULL);
  SemPca *frame = sem_analysis_get_pca (first);
  g_autoptr (SemAnalysis) more = analyze (TEXT " And some more about bread.", &options, frame);
  g_assert_false (sem_analysis_is_frozen (first));
  g_assert_true (sem_analysis_is_frozen (more));
  g_assert_true (sem_analysis_get_pca (more) == frame);
  /* What was there stays where it was. */
  for (gsize i = 0; i < sem_analysis_get_n (first); i++)
    for (gsize k = 0; k < 2; k++)
      golden_assert_close (sem_matrix_get (sem_analysis_get_coordinates (more), i, k),
                           sem_matrix_get (sem_analysis_get_coordinates (first), i, k));
  /* A frame of another model's size is no frame. */
  g_autoptr (SemMatrix) rows = golden_random (5, 3, 1);
  g_autoptr (SemPca) other = sem_pca_fit (rows, 2, NULL, NULL);
  g_autoptr (SemAnalysis) refit = analyze (TEXT, &options, other);
  g_assert_false (sem_analysis_is_frozen (refit));
}

static void
test_neighbors (void)
{
  const SemAnalysisOptions options = { 0 };
  g_autoptr (SemAnalysis) analysis = analyze (TEXT, &options, NULL);
  gsize n = sem_analysis_get_n (analysis), k, nearest[3];
  g_autofree double *per_unit = g_new (double, n);
  double sum = 0.0, kept = sem_analysis_neighbors_kept (analysis, 0, 1, &k, per_unit);
  for (gsize i = 0; i < n; i++)
    sum += per_unit[i];
  golden_assert_close (kept, sum / (double)n);
  g_assert_cmpuint (k, ==, 5);
  const SemMatrix *similarity = sem_analysis_get_similarity (analysis);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (sem_analysis_nearest_units (analysis, i, nearest, 3), ==, 3);
      for (gsize j = 0; j < n; j++)
        g_assert_true (j == i || j == nearest[0]
                       || sem_matrix_get (similarity, i, j)
                              <= sem_matrix_get (similarity, i, nearest[0]));
    }
}

static void
test_empty (void)
{
  const SemAnalysisOptions options = { .centered = TRUE };
  g_autoptr (SemAnalysis) analysis = analyze ("", &options, NULL);
  g_assert_cmpuint (sem_analysis_get_n (analysis), ==, 0);
  g_assert_true (sem_analysis_has_vectors (analysis));
  g_assert_true (isnan (sem_analysis_neighbors_kept (analysis, 0, 1, NULL, NULL)));
  g_assert_cmpuint (sem_matrix_get_n_cols (sem_analysis_get_coordinates (analysis)), ==,
                    SEM_PCA_MAX_COMPONENTS);
}

static void
test_tables (void)
{
  const SemAnalysisOptions options = { .unit = SEM_UNIT_SENTENCE };
  g_autoptr (SemAnalysis) analysis = analyze ("He said \"no\", twice.\nYes; no.\n", &options, NULL);
  g_autofree char *json = sem_table_similarity_json (analysis);
  g_autofree char *csv = sem_table_coordinates_csv (analysis);
  json_error_t error;
  json_t *root = json_loads (json, 0, &error);
  g_assert_nonnull (root);
  golden_compare (sem_analysis_get_similarity (analysis), json_object_get (root, "matrix"));
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (root, "labels"), 0)), ==,
                   "He said \"no\", twice.");
  g_assert_true (g_str_has_prefix (csv, "label,x,y\r\n\"He said \"\"no\"\", twice.\","));
  json_decref (root);

  static const double NUMBERS[] = { 0.1, 1.0 / 3.0, -0.0, 1e300, 5e-324, 123456789.0, 0.1 + 0.2 };
  for (gsize i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      sem_append_number (text, NUMBERS[i]);
      g_assert_true (g_ascii_strtod (text->str, NULL) == NUMBERS[i]);
    }
  g_autoptr (GString) shortest = g_string_new (NULL);
  sem_append_number (shortest, 0.1);
  sem_append_number (shortest, NAN);
  g_assert_cmpstr (shortest->str, ==, "0.1null");
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const SemAnalysisOptions options = { 0 };
  g_cancellable_cancel (cancellable);
  g_assert_null (
      sem_analysis_new (model, TEXT, strlen (TEXT), &options, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  model = sem_model_open (NULL, NULL, NULL, &error);
  if (model == NULL)
    g_error ("the built-in model: %s", error->message);
  g_test_add_func ("/analysis/pooling", test_pooling);
  g_test_add_func ("/analysis/explain-vector", test_explain_vector);
  g_test_add_func ("/analysis/frozen-frame", test_frozen_frame);
  g_test_add_func ("/analysis/neighbors", test_neighbors);
  g_test_add_func ("/analysis/empty", test_empty);
  g_test_add_func ("/analysis/tables", test_tables);
  g_test_add_func ("/analysis/cancelled", test_cancelled);
  int status = g_test_run ();
  sem_model_unref (model);
  return status;
}
