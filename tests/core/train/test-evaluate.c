/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rank correlation against SciPy; scoring a small model whose answers are known. */
#include "core/error.h"
#include "core/train/evaluate.h"
#include "core/train/model-writer.h"
#include "core/train/vocabulary.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *folder;

static double *
take_numbers (json_t *array, gsize *n)
{
  double *values = g_new (double, json_array_size (array));

  *n = json_array_size (array);
  for (gsize i = 0; i < *n; i++)
    values[i] = json_number_value (json_array_get (array, i));
  return values;
}

static void
test_spearman (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "golden", "train", "spearman.json", NULL);
  json_t *root = json_load_file (path, 0, NULL);
  size_t i;
  json_t *one;

  g_assert_cmpuint (json_array_size (root), >=, 9);
  json_array_foreach (root, i, one)
  {
    gsize n, n_b;
    g_autofree double *a = take_numbers (json_object_get (one, "a"), &n);
    g_autofree double *b = take_numbers (json_object_get (one, "b"), &n_b);
    json_t *rho = json_object_get (one, "rho");

    g_assert_cmpuint (n, ==, n_b);
    if (json_is_null (rho))
      g_assert_true (isnan (sem_spearman (a, b, n)));
    else
      g_assert_cmpfloat (fabs (sem_spearman (a, b, n) - json_number_value (rho)), <, 1e-12);
  }
  json_decref (root);
}

static void
test_spearman_edges (void)
{
  const double up[] = { 1, 2, 3 }, down[] = { 9, 5, 2 }, flat[] = { 4, 4, 4 },
               hole[] = { 1, NAN, 2 };

  g_assert_cmpfloat (sem_spearman (up, down, 3), ==, -1.0);
  g_assert_cmpfloat (sem_spearman (up, up, 3), ==, 1.0);
  g_assert_true (isnan (sem_spearman (up, flat, 3)));
  g_assert_true (isnan (sem_spearman (up, hole, 3)));
  g_assert_true (isnan (sem_spearman (up, down, 1)));
  g_assert_true (isnan (sem_spearman (up, down, 0)));
}

/* A model of some words on axes: man 0, king 0+1, woman 2, queen 2+1, red 3; "##dog" continues,
 * "hot" begins. */
static SemModel *
make_model (void)
{
  static const struct
  {
    const char *piece;
    float row[4];
  } ROWS[] = {
    { "[PAD]", { 0 } },         { "[UNK]", { 0 } },          { "[CLS]", { 0 } },
    { "[SEP]", { 0 } },         { "[MASK]", { 0 } },         { "man", { 1, 0, 0, 0 } },
    { "king", { 1, 1, 0, 0 } }, { "woman", { 0, 0, 1, 0 } }, { "queen", { 0, 1, 1, 0 } },
    { "red", { 0, 0, 0, 2 } },  { "hot", { 0, 0, 0, 1 } },   { "##dog", { 2, 0, 0, 0 } },
    { "none", { 0, 0, 0, 0 } },
  };
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();
  g_autofree float *rows = g_new (float, G_N_ELEMENTS (ROWS) * 4);
  g_autofree char *target = g_build_filename (folder, "model", NULL);
  SemModelContents contents = { "Axes", NULL, pieces, rows, 4, NULL };
  GError *error = NULL;
  SemModel *model;

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_ptr_array_add (pieces, (char *)ROWS[i].piece);
      memcpy (rows + 4 * i, ROWS[i].row, sizeof ROWS[i].row);
    }
  g_assert_true (sem_model_writer_check (target, &error));
  g_assert_true (sem_model_writer_write (target, &contents, &error));
  model = sem_model_open (target, NULL, NULL, &error);
  g_assert_no_error (error);
  return model;
}

static gboolean
evaluate (SemModel *model, const char *text, SemEvaluation *result, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return sem_evaluate (model, bytes, NULL, result, error);
}

static void
test_pairs (void)
{
  g_autoptr (SemModel) model = make_model ();
  SemEvaluation result;
  GError *error = NULL;

  /* cosines: 0.5, 0.707, 0, 0.447 (hotdog = hot + dog averaged: 1, 0, 0, 0.5 with red), 0
   * (unknown), 0 (no vector) */
  g_assert_true (evaluate (model,
                           "word1\tword2\tscore\n# a remark\nking\tqueen\t5\textra\nMan king "
                           "6\r\nman\twoman 1.5\n\nhotdog red 4\n"
                           "zzz king 1.5\nnone man 1.5\n",
                           &result, &error));
  g_assert_no_error (error);
  g_assert_false (result.analogies);
  g_assert_cmpuint (result.n, ==, 6);
  g_assert_cmpuint (result.n_known, ==, 4);
  g_assert_cmpuint (result.n_several, ==, 1);
  g_assert_cmpfloat (fabs (result.spearman - 1.0), <, 1e-12);
  g_assert_cmpfloat (fabs (result.spearman_known - 1.0), <, 1e-12);
}

static void
test_analogies (void)
{
  g_autoptr (SemModel) model = make_model ();
  SemEvaluation result;

  g_assert_true (evaluate (model,
                           ": royals\nman king woman queen\nman woman king queen\n: nonsense\nman "
                           "king red queen\nzzz king man queen\n",
                           &result, NULL));
  g_assert_true (result.analogies);
  g_assert_cmpuint (result.n, ==, 4);
  g_assert_cmpuint (result.n_known, ==, 3);
  g_assert_cmpfloat (result.accuracy, >=, 0.5);
  g_assert_cmpfloat (result.accuracy_open, <=, result.accuracy);
  /* b - a + c = (-0.29, 0.71, 1, 0): queen is nearest even with every word allowed. */
  g_assert_true (evaluate (model, "man king woman queen\n", &result, NULL));
  g_assert_cmpfloat (result.accuracy, ==, 1.0);
  g_assert_cmpfloat (result.accuracy_open, ==, 1.0);
  /* A wrong answer is wrong, and a question whose nearest word is its own is right only when that
   * is not allowed. */
  g_assert_true (evaluate (model, "man king woman red\n", &result, NULL));
  g_assert_cmpfloat (result.accuracy, ==, 0.0);
  g_assert_true (evaluate (model, "man man red hotdog\n", &result, NULL));
  g_assert_cmpfloat (result.accuracy_open, ==, 0.0);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *says;
  } CASES[] = {
    { "", "no word pair" },       { "# only\n\n", "no word pair" },
    { "a b 1\nc d\n", "line 2" }, { "a b 1\nc d x\n", "line 2" },
    { ": x\na b c\n", "line 2" }, { "a b 1\nc \xff 2\n", "0xff at offset 8" },
  };
  g_autoptr (SemModel) model = make_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      SemEvaluation result;
      g_autoptr (GError) error = NULL;

      g_assert_false (evaluate (model, CASES[i].text, &result, &error));
      g_assert_nonnull (strstr (error->message, CASES[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *command = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("semblance-evaluate-XXXXXX", NULL);
  g_test_add_func ("/evaluate/spearman", test_spearman);
  g_test_add_func ("/evaluate/spearman-edges", test_spearman_edges);
  g_test_add_func ("/evaluate/pairs", test_pairs);
  g_test_add_func ("/evaluate/analogies", test_analogies);
  g_test_add_func ("/evaluate/refusals", test_refusals);
  status = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (system (command), ==, 0);
  g_free (folder);
  return status;
}
