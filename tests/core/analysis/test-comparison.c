/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two models on one text against NumPy and SciPy (tests/oracle/comparison_golden.py): differences,
 * agreement, the order of disagreement, the second map turned onto the first; and what cannot be
 * compared. */
#include "core/analysis/comparison.h"
#include "core/analysis/comparison-table.h"

#include "../model/model-test.h"
#include "golden.h"

static const char *const specials[] = { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" };
#define N_SPECIALS G_N_ELEMENTS (specials)

/* A folder with the words and their rows, opened and taken away; rows NULL: without weights. */
static SemModel *
make_model (const json_t *words, const json_t *rows)
{
  g_autofree char *folder = model_test_make_folder ();
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const SemModelOpenOptions options = { .tokenizer_only_ok = TRUE };
  gsize dim = rows != NULL ? json_array_size (json_array_get (rows, 0)) : 1;
  gsize n = N_SPECIALS + json_array_size (words);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (
        list, "%s\n",
        i < N_SPECIALS ? specials[i] : json_string_value (json_array_get (words, i - N_SPECIALS)));
  model_test_write (folder, "vocab.txt", list->str, -1);
  model_test_write (folder, "config.json", "{\"model_type\":\"bert\"}", -1);
  if (rows != NULL)
    {
      g_autofree float *values = g_new0 (float, n *dim);
      g_autofree char *header = g_strdup_printf (
          "{\"embeddings.word_embeddings.weight\":{\"dtype\":\"F32\",\"shape\":[%lu,%lu],"
          "\"data_offsets\":[0,%lu]}}",
          (gulong)n, (gulong)dim, (gulong)(n * dim * sizeof (float)));
      for (gsize i = N_SPECIALS; i < n; i++)
        for (gsize j = 0; j < dim; j++)
          values[i * dim + j] = (float)json_number_value (
              json_array_get (json_array_get (rows, i - N_SPECIALS), j));
      g_autofree char *padded
          = g_strdup_printf ("%-*s", (int)((strlen (header) + 7) / 8 * 8), header);
      g_autoptr (GBytes) file
          = model_test_safetensors (padded, (const guint8 *)values, n * dim * sizeof (float));
      model_test_write_bytes (folder, "model.safetensors", file);
    }
  SemModel *model = sem_model_open (folder, &options, NULL, &error);
  g_assert_no_error (error);
  model_test_remove (folder);
  return model;
}

static char *
dup_text (const json_t *words)
{
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < json_array_size (words); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_string_value (json_array_get (words, i)));
  return g_string_free (text, FALSE);
}

static SemComparison *
compare (SemModel *a, SemModel *b, const char *text, SemUnitKind unit)
{
  const SemAnalysisOptions options = { .unit = unit };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAnalysis) first
      = sem_analysis_new (a, text, strlen (text), &options, NULL, NULL, &error);
  g_autoptr (SemAnalysis) second
      = sem_analysis_new (b, text, strlen (text), &options, NULL, NULL, &error);
  g_assert_no_error (error);
  SemComparison *comparison = sem_comparison_new (first, second, NULL, &error);
  g_assert_no_error (error);
  return comparison;
}

/* The golden pair of models, compared; the file stays open for what is expected. */
static SemComparison *
compare_golden (json_t **golden)
{
  *golden = golden_load ("comparison.json");
  const json_t *words = json_object_get (*golden, "words");
  g_autoptr (SemModel) a = make_model (words, json_object_get (*golden, "a"));
  g_autoptr (SemModel) b = make_model (words, json_object_get (*golden, "b"));
  g_autofree char *text = dup_text (words);
  return compare (a, b, text, SEM_UNIT_WORD);
}

static gboolean
matches (const SemMatrix *got, const json_t *rows, double sign)
{
  g_autoptr (SemMatrix) expected = golden_matrix (rows);
  gboolean all = sem_matrix_get_n_rows (got) == sem_matrix_get_n_rows (expected)
                 && sem_matrix_get_n_cols (got) == sem_matrix_get_n_cols (expected);
  for (gsize i = 0; all && i < sem_matrix_get_n_rows (got); i++)
    for (gsize j = 0; j < sem_matrix_get_n_cols (got); j++)
      all = all
            && golden_close (sign * sem_matrix_get (got, i, j), sem_matrix_get (expected, i, j));
  return all;
}

static void
test_difference (void)
{
  json_t *golden;
  g_autoptr (SemComparison) comparison = compare_golden (&golden);
  const SemMatrix *difference = sem_comparison_get_difference (comparison);
  const SemAgreement *agreement = sem_comparison_get_agreement (comparison);
  const json_t *order = json_object_get (golden, "order");
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);
  g_assert_cmpint (sem_comparison_get_comparability (comparison), ==, SEM_COMPARABLE);
  g_assert_true (matches (difference, json_object_get (golden, "difference"), 1.0));
  golden_assert_close (agreement->mean, golden_number (golden, "mean"));
  golden_assert_close (agreement->largest, golden_number (golden, "largest"));
  golden_assert_close (agreement->correlation, golden_number (golden, "correlation"));
  g_assert_cmpuint (n, ==, json_array_size (order));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (pairs[i].a, ==,
                       json_integer_value (json_array_get (json_array_get (order, i), 0)));
      g_assert_cmpint (pairs[i].b, ==,
                       json_integer_value (json_array_get (json_array_get (order, i), 1)));
      g_assert_cmpfloat (pairs[i].difference, ==, pairs[i].second - pairs[i].first);
    }
  json_decref (golden);
}

static void
test_alignment (void)
{
  json_t *golden;
  g_autoptr (SemComparison) comparison = compare_golden (&golden);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAlignment) alignment = sem_comparison_align (comparison, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_true (matches (alignment->coordinates, json_object_get (golden, "aligned"), 1.0));
  golden_assert_close (alignment->residual, golden_number (golden, "residual"));
  golden_assert_close (alignment->angle_deg, golden_number (golden, "angle_deg"));
  g_assert_cmpint (alignment->mirrored, ==, json_is_true (json_object_get (golden, "mirrored")));
  json_decref (golden);
}

/* The comparator sees a difference taken the wrong way round and a map that was not turned. */
static void
test_can_fail (void)
{
  json_t *golden;
  g_autoptr (SemComparison) comparison = compare_golden (&golden);
  g_autoptr (SemAlignment) alignment = sem_comparison_align (comparison, 0, 1, NULL);
  g_assert_false (matches (sem_comparison_get_difference (comparison),
                           json_object_get (golden, "difference"), -1.0));
  g_assert_false (matches (alignment->coordinates, json_object_get (golden, "plane_b"), 1.0));
  json_decref (golden);
}

/* With itself there is nothing to tell: no difference, the same map, unturned. */
static void
test_itself (void)
{
  json_t *golden = golden_load ("comparison.json");
  const json_t *words = json_object_get (golden, "words");
  g_autoptr (SemModel) a = make_model (words, json_object_get (golden, "a"));
  g_autofree char *text = dup_text (words);
  g_autoptr (SemComparison) comparison = compare (a, a, text, SEM_UNIT_WORD);
  g_autoptr (SemAlignment) alignment = sem_comparison_align (comparison, 0, 1, NULL);
  g_assert_cmpfloat (sem_comparison_get_agreement (comparison)->largest, ==, 0.0);
  golden_assert_close (sem_comparison_get_agreement (comparison)->correlation, 1.0);
  g_assert_cmpfloat (alignment->residual, <, 1e-12);
  g_assert_cmpfloat (fabs (alignment->angle_deg), <, 1e-6);
  g_assert_false (alignment->mirrored);
  g_assert_cmpuint (sem_comparison_get_n_places (comparison), ==, 0);
  json_decref (golden);
}

/* A repeated word makes the same pair again: it is listed once, and counted as often as it is. */
static void
test_repeated (void)
{
  json_t *golden = golden_load ("comparison.json");
  const json_t *words = json_object_get (golden, "words");
  g_autoptr (SemModel) a = make_model (words, json_object_get (golden, "a"));
  g_autoptr (SemModel) b = make_model (words, json_object_get (golden, "b"));
  g_autoptr (SemComparison) comparison
      = compare (a, b, "earth sun Earth moon earth", SEM_UNIT_WORD);
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);
  g_assert_cmpuint (sem_comparison_get_agreement (comparison)->n_pairs, ==, 10);
  /* earth - sun, earth - moon, sun - moon, and the three of a word with itself, which differ by 0
   */
  g_assert_cmpuint (n, ==, 6);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpfloat (fabs (pairs[i].difference), >, 1e-3);
  for (gsize i = 3; i < n; i++)
    g_assert_cmpfloat (fabs (pairs[i].difference), <, 1e-9);
  json_decref (golden);
}

/* Tokens are each model's own; a model without vectors has none to subtract. */
static void
test_incomparable (void)
{
  json_t *golden = golden_load ("comparison.json");
  const json_t *words = json_object_get (golden, "words");
  g_autoptr (SemModel) a = make_model (words, json_object_get (golden, "a"));
  g_autoptr (SemModel) b = make_model (words, json_object_get (golden, "b"));
  g_autoptr (SemModel) bare = make_model (words, NULL);
  g_autoptr (SemComparison) tokens = compare (a, b, "earth sun", SEM_UNIT_TOKEN);
  g_autoptr (SemComparison) vectors = compare (a, bare, "earth sun", SEM_UNIT_WORD);
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = sem_comparison_to_csv (tokens, 0, FALSE, &error);
  g_assert_null (csv);
  g_assert_nonnull (strstr (error->message, "cuts its own tokens"));
  g_assert_cmpint (sem_comparison_get_comparability (tokens), ==, SEM_INCOMPARABLE_UNITS);
  g_assert_cmpint (sem_comparison_get_comparability (vectors), ==, SEM_INCOMPARABLE_VECTORS);
  g_assert_null (sem_comparison_get_difference (tokens));
  g_assert_null (sem_comparison_align (vectors, 0, 1, NULL));
  /* Where a token begins there is a counterpart all the same. */
  g_assert_cmpuint (sem_comparison_find_second (tokens, 1), ==, 1);
  g_assert_cmpuint (sem_comparison_find_second (tokens, 2), ==, G_MAXSIZE);
  json_decref (golden);
}

/* Nothing, one word, two: defined, not NaN where a number is meant. */
static void
test_tiny (void)
{
  static const char *const texts[] = { "", "earth", "earth sun", "earth earth" };
  json_t *golden = golden_load ("comparison.json");
  const json_t *words = json_object_get (golden, "words");
  g_autoptr (SemModel) a = make_model (words, json_object_get (golden, "a"));
  g_autoptr (SemModel) b = make_model (words, json_object_get (golden, "b"));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SemComparison) comparison = compare (a, b, texts[i], SEM_UNIT_WORD);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemAlignment) alignment = sem_comparison_align (comparison, 0, 1, &error);
      g_autofree char *json = sem_comparison_to_json (comparison, 0);
      g_assert_no_error (error);
      g_assert_nonnull (alignment);
      g_assert_true (isnan (alignment->residual) || alignment->residual < 1e-9);
      g_assert_true (isnan (sem_comparison_get_agreement (comparison)->correlation));
      g_assert_null (strstr (json, "nan"));
    }
  json_decref (golden);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/comparison/difference", test_difference);
  g_test_add_func ("/analysis/comparison/alignment", test_alignment);
  g_test_add_func ("/analysis/comparison/can-fail", test_can_fail);
  g_test_add_func ("/analysis/comparison/itself", test_itself);
  g_test_add_func ("/analysis/comparison/repeated", test_repeated);
  g_test_add_func ("/analysis/comparison/incomparable", test_incomparable);
  g_test_add_func ("/analysis/comparison/tiny", test_tiny);
  return g_test_run ();
}
