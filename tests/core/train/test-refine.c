/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors after training, and numbers as they are stored. */
#include "core/train/model-writer.h"
#include "core/train/refine.h"
#include "core/train/rng.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static float *
make_rows (gsize n, gsize dim, guint64 seed, float offset)
{
  float *rows = g_new (float, n *dim);
  SemRng rng = { seed };

  for (gsize i = 0; i < n * dim; i++)
    rows[i] = (float)(sem_rng_uniform (&rng) - 0.5) + offset;
  return rows;
}

static void
test_normalize (void)
{
  g_autofree float *rows = make_rows (3, 8, 1, 0.0f);

  memset (rows + 8, 0, 8 * sizeof (float));
  sem_refine_normalize (rows, 3, 8);
  for (gsize i = 0; i < 3; i++)
    {
      double sum = 0.0;

      for (gsize c = 0; c < 8; c++)
        sum += (double)rows[i * 8 + c] * (double)rows[i * 8 + c];
      g_assert_cmpfloat (fabs (sum - (i == 1 ? 0.0 : 1.0)), <, 1e-6);
    }
}

/* One direction with most of the variance and a large mean: both are gone afterwards, the rest is
 * untouched. */
static void
test_remove_common (void)
{
  const gsize n = 500, dim = 6;
  g_autofree float *rows = make_rows (n, dim, 2, 3.0f);
  g_autofree float *half = NULL;
  double mean = 0.0, spread = 0.0, spread_half = 0.0, other = 0.0;

  for (gsize i = 0; i < n; i++)
    rows[i * dim + 2] += (float)((double)i / 25.0);
  half = g_memdup2 (rows, n * dim * sizeof (float));
  g_assert_true (sem_refine_remove_common (rows, n, dim, n, 1, 0.0, NULL));
  g_assert_true (sem_refine_remove_common (half, n, dim, n, 1, 0.5, NULL));
  for (gsize i = 0; i < n; i++)
    {
      mean += (double)rows[i * dim];
      spread += fabs ((double)rows[i * dim + 2]);
      spread_half += fabs ((double)half[i * dim + 2]);
      other += fabs ((double)rows[i * dim + 1]);
    }
  g_assert_cmpfloat (fabs (mean / (double)n), <, 1e-5);
  g_assert_cmpfloat (spread / (double)n, <, 0.05);
  g_assert_cmpfloat (spread_half / (double)n, >, 1.0);
  g_assert_cmpfloat (other / (double)n, >, 0.2);
}

static void
test_add (void)
{
  float rows[] = { 2.0f, 0.0f, 0.0f, 2.0f }, others[] = { 0.0f, 5.0f, 0.0f, 5.0f };

  sem_refine_add (rows, others, 2, 2, 0.5);
  g_assert_cmpfloat (fabs ((double)rows[0] - 1.0), <, 1e-6);
  g_assert_cmpfloat (fabs ((double)rows[1] - 0.5), <, 1e-6);
  g_assert_cmpfloat (fabs ((double)rows[3] - 1.5), <, 1e-6);
}

/* Words made of known pieces are taken apart again: targets are true means, so the loss goes to
 * nearly nothing. */
static void
test_distill (void)
{
  const gsize n_pieces = 8, dim = 5;
  static const guint32 PIECES[]
      = { 0, 4, 1, 4, 2, 5, 3, 5, 0, 5, 4, 1, 6, 6, 2, 6, 4, 3, 7, 0, 7, 5 };
  static const gsize STARTS[] = { 0, 2, 4, 6, 8, 11, 14, 17, 19, 22 };
  static const float WEIGHTS[] = { 1, 2, 1, 3, 1, 1, 1, 1, 1 };
  static const guint8 IS_FREE[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
  g_autofree float *truth = make_rows (n_pieces, dim, 4, 0.0f),
                   *rows = make_rows (n_pieces, dim, 4, 0.0f);
  g_autofree float *targets = g_new0 (float, 9 * dim);
  SemDistillWords words = { 9, STARTS, PIECES, targets, WEIGHTS };
  double before, between, after;

  for (gsize w = 0; w < 9; w++)
    for (gsize i = STARTS[w]; i < STARTS[w + 1]; i++)
      for (gsize c = 0; c < dim; c++)
        targets[w * dim + c] += truth[PIECES[i] * dim + c] / (float)(STARTS[w + 1] - STARTS[w]);
  memset (rows + 4 * dim, 0, 4 * dim * sizeof (float));
  before = sem_refine_distill_loss (rows, dim, &words);
  sem_refine_distill (rows, n_pieces, dim, IS_FREE, &words, 0.0, 2);
  between = sem_refine_distill_loss (rows, dim, &words);
  sem_refine_distill (rows, n_pieces, dim, IS_FREE, &words, 0.0, 200);
  after = sem_refine_distill_loss (rows, dim, &words);
  g_assert_cmpfloat (between, <, before);
  g_assert_cmpfloat (after, <, 1e-6);
  g_assert_cmpmem (rows, 4 * dim * sizeof (float), truth, 4 * dim * sizeof (float));
}

static json_t *
load_golden (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "train", name, NULL);
  json_error_t error;
  json_t *root = json_load_file (path, JSON_DECODE_INT_AS_REAL, &error);

  if (root == NULL)
    g_error ("%s: %s", path, error.text);
  return root;
}

static void
test_halves (void)
{
  json_t *root = load_golden ("halves.json");
  size_t i;
  json_t *pair;

  g_assert_cmpuint (json_array_size (root), >, 300);
  json_array_foreach (root, i, pair)
  {
    float value = (float)json_real_value (json_array_get (pair, 0));

    g_assert_cmpuint (sem_float_to_half (value), ==,
                      (guint)json_real_value (json_array_get (pair, 1)));
  }
  json_decref (root);
  g_assert_cmpuint (sem_float_to_half (INFINITY), ==, 0x7c00);
  g_assert_cmpuint (sem_float_to_half (NAN) & 0x7fff, >, 0x7c00);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refine/normalize", test_normalize);
  g_test_add_func ("/refine/remove-common", test_remove_common);
  g_test_add_func ("/refine/add", test_add);
  g_test_add_func ("/refine/distill", test_distill);
  g_test_add_func ("/refine/halves", test_halves);
  return g_test_run ();
}
