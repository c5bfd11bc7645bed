/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Similarity, statistics and neighbours kept against NumPy and scikit-learn; sums that add up; zero
 * vectors. */
#include "core/analysis/similarity.h"

#include "core/analysis/kept.h"
#include "core/analysis/pca.h"
#include "core/error.h"
#include "golden.h"

#include <string.h>

static SemMatrix *
similarity (const SemMatrix *rows, SemMetric metric, gboolean centered)
{
  g_autoptr (GError) error = NULL;
  SemMatrix *matrix = sem_similarity_matrix (rows, metric, centered, NULL, &error);
  g_assert_no_error (error);
  return matrix;
}

/* Rank and percentile of every pair, as SciPy has them. */
static void
check_ranks (const SemMatrix *values, SemMetric metric, const json_t *expected)
{
  const json_t *ranks = json_object_get (expected, "rank");
  const json_t *percentiles = json_object_get (expected, "percentile");
  gsize n = sem_matrix_get_n_rows (values), pair = 0;
  g_assert_cmpuint (json_array_size (ranks), ==, n * (n - 1) / 2);
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 1; j < n; j++, pair++)
      {
        SemRank rank;
        sem_similarity_rank (values, metric, i, j, &rank);
        g_assert_cmpuint (rank.n_pairs, ==, n * (n - 1) / 2);
        g_assert_cmpint ((gint64)rank.rank, ==, json_integer_value (json_array_get (ranks, pair)));
        golden_assert_close (rank.percentile,
                             json_number_value (json_array_get (percentiles, pair)));
      }
}

/* The pairs of one text against another, counted one by one. */
static void
test_rank_against (void)
{
  json_t *golden = golden_load ("square.json");
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (golden, "rows"));
  const SemMetric metrics[] = { SEM_METRIC_COSINE, SEM_METRIC_EUCLIDEAN };
  const gsize n = sem_matrix_get_n_rows (rows), first = 3;
  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++)
    {
      g_autoptr (SemMatrix) values = similarity (rows, metrics[m], FALSE);
      const double sign = metrics[m] == SEM_METRIC_EUCLIDEAN ? -1.0 : 1.0;
      for (gsize pair = 0; pair < first * (n - first); pair++)
        {
          gsize i = pair / (n - first), j = first + pair % (n - first), better = 0, worse = 0;
          SemRank rank, all;
          for (gsize other = 0; other < first * (n - first); other++)
            {
              double d
                  = sign
                    * (sem_matrix_get (values, other / (n - first), first + other % (n - first))
                       - sem_matrix_get (values, i, j));
              better += d > 0.0;
              worse += d < 0.0;
            }
          sem_similarity_rank_against (values, metrics[m], first, i, j, &rank);
          sem_similarity_rank (values, metrics[m], i, j, &all);
          g_assert_cmpuint (rank.n_pairs, ==, first * (n - first));
          g_assert_cmpuint (all.n_pairs, >, rank.n_pairs);
          g_assert_cmpuint (rank.rank, ==, better + 1);
          golden_assert_close (rank.percentile, 100.0 * (double)worse / (double)rank.n_pairs);
        }
    }
  json_decref (golden);
}

static void
test_golden (gconstpointer name)
{
  json_t *golden = golden_load (name);
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (golden, "rows"));
  g_autoptr (SemMatrix) cosine = similarity (rows, SEM_METRIC_COSINE, FALSE);
  g_autoptr (SemMatrix) centered = similarity (rows, SEM_METRIC_COSINE, TRUE);
  g_autoptr (SemMatrix) dot = similarity (rows, SEM_METRIC_DOT, FALSE);
  g_autoptr (SemMatrix) distance = similarity (rows, SEM_METRIC_EUCLIDEAN, FALSE);
  golden_compare (cosine, json_object_get (golden, "cosine"));
  golden_compare (centered, json_object_get (golden, "cosine_centered"));
  golden_compare (dot, json_object_get (golden, "dot"));
  golden_compare (distance, json_object_get (golden, "euclidean"));
  check_ranks (cosine, SEM_METRIC_COSINE, json_object_get (golden, "ranks"));
  check_ranks (distance, SEM_METRIC_EUCLIDEAN, json_object_get (golden, "distance_ranks"));

  const json_t *expected = json_object_get (golden, "statistics");
  SemPairStatistics statistics;
  sem_similarity_statistics (cosine, &statistics);
  golden_assert_close (statistics.mean, golden_number (expected, "mean"));
  golden_assert_close (statistics.min, golden_number (expected, "min"));
  golden_assert_close (statistics.max, golden_number (expected, "max"));
  golden_assert_close (statistics.percentile_2, golden_number (expected, "percentile_2"));
  golden_assert_close (statistics.percentile_98, golden_number (expected, "percentile_98"));

  if (json_object_get (golden, "neighbors_kept") != NULL)
    {
      g_autoptr (SemPca) pca = sem_pca_fit (rows, 2, NULL, NULL);
      g_autoptr (SemMatrix) map = sem_pca_project (pca, rows, NULL);
      gsize k;
      g_autofree double *per_row = g_new (double, sem_matrix_get_n_rows (rows));
      double kept = sem_neighbors_kept (cosine, SEM_METRIC_COSINE, map, 0, 1, &k, per_row);
      const json_t *by_row = json_object_get (golden, "neighbors_kept_by_row");
      golden_assert_close (kept, golden_number (golden, "neighbors_kept"));
      g_assert_cmpuint (json_array_size (by_row), ==, sem_matrix_get_n_rows (rows));
      for (gsize i = 0; i < json_array_size (by_row); i++)
        {
          gsize row_k;
          golden_assert_close (per_row[i], json_number_value (json_array_get (by_row, i)));
          golden_assert_close (
              sem_row_neighbors_kept (cosine, SEM_METRIC_COSINE, map, 0, 1, i, &row_k), per_row[i]);
          g_assert_cmpuint (row_k, ==, k);
        }
      g_assert_cmpuint (k, ==, MIN (5, sem_matrix_get_n_rows (rows) - 1));
    }
  json_decref (golden);
}

/* The comparator must be able to fail. */
static void
test_comparator_fails (void)
{
  g_assert_true (golden_close (1.0, 1.0 + 0.9e-6));
  g_assert_false (golden_close (1.0, 1.0 + 2e-6));
  g_assert_false (golden_close (0.0, 1e-9));
  g_assert_false (golden_close (0.0, NAN));
}

/* More than one tile, more than one thread: symmetric to the bit, and the same values as one pair
 * at a time. */
static void
test_tiles (void)
{
  g_autoptr (SemMatrix) rows = golden_random (600, 17, 3);
  memset (sem_matrix_get_data (rows) + 400 * 17, 0, 17 * sizeof (double));
  g_autoptr (SemMatrix) cosine = similarity (rows, SEM_METRIC_COSINE, FALSE);
  g_autoptr (SemMatrix) distance = similarity (rows, SEM_METRIC_EUCLIDEAN, FALSE);
  for (gsize i = 0; i < 600; i++)
    for (gsize j = i; j < 600; j += 7)
      {
        SemCosine pair;
        sem_cosine (sem_matrix_get_row (rows, i), sem_matrix_get_row (rows, j), 17, &pair);
        golden_assert_close (sem_matrix_get (cosine, i, j), pair.cosine);
        g_assert_true (sem_matrix_get (cosine, i, j) == sem_matrix_get (cosine, j, i));
        g_assert_true (sem_matrix_get (distance, i, j) == sem_matrix_get (distance, j, i));
      }
  g_assert_cmpfloat (sem_matrix_get (cosine, 400, 400), ==, 0.0);
  g_assert_cmpfloat (sem_matrix_get (cosine, 399, 399), ==, 1.0);
}

/* So many rows that single precision is used: still symmetric to the bit, and as near as the header
 * says. */
static void
test_single_precision (void)
{
  gsize n = 900, d = 300;
  g_autoptr (SemMatrix) rows = golden_random (n, d, 5);
  for (gsize i = 0; i < n * d; i++)
    sem_matrix_get_data (rows)[i] += i / d < 450 ? 1.5 : 0.0; /* half of them nearly parallel */
  memset (sem_matrix_get_data (rows) + 700 * d, 0, d * sizeof (double));
  g_autoptr (SemMatrix) cosine = similarity (rows, SEM_METRIC_COSINE, FALSE);
  double worst = 0.0;
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 1; j < n; j += 3)
      {
        SemCosine pair;
        sem_cosine (sem_matrix_get_row (rows, i), sem_matrix_get_row (rows, j), d, &pair);
        worst = MAX (worst, fabs (sem_matrix_get (cosine, i, j) - pair.cosine));
        g_assert_true (sem_matrix_get (cosine, i, j) == sem_matrix_get (cosine, j, i));
      }
  g_test_message ("largest difference from doubles: %g", worst);
  g_assert_cmpfloat (worst, <, 5e-7);
  g_assert_cmpfloat (sem_matrix_get (cosine, 700, 700), ==, 0.0);
  g_assert_cmpfloat (sem_matrix_get (cosine, 1, 1), ==, 1.0);
}

/* Rows whose squares over- or underflow, and what is not finite, in single precision too; and a
 * large matrix made after one was let go is all zeros all the same. */
static void
test_single_precision_extremes (void)
{
  gsize n = 900, d = 37;
  g_autoptr (SemMatrix) rows = golden_random (n, d, 9);
  double *values = sem_matrix_get_data (rows);
  for (gsize j = 0; j < d; j++)
    {
      values[10 * d + j] = values[5 * d + j] * 1e-170;
      values[20 * d + j] = values[5 * d + j] * 1e170;
    }
  /* Twice: the second takes over the memory of the first. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SemMatrix) cosine = similarity (rows, SEM_METRIC_COSINE, FALSE);
      g_assert_cmpfloat_with_epsilon (sem_matrix_get (cosine, 10, 5), 1.0, 5e-7);
      g_assert_cmpfloat_with_epsilon (sem_matrix_get (cosine, 5, 20), 1.0, 5e-7);
    }
  g_autoptr (SemMatrix) zeros = sem_matrix_new (n, n, NULL);
  for (gsize i = 0; i < n * n; i++)
    g_assert_cmpfloat (sem_matrix_get_data (zeros)[i], ==, 0.0);
  values[899 * d + 36] = NAN;
  g_autoptr (GError) error = NULL;
  g_assert_null (sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE);
}

/* Identical units, centred: nothing is left but rounding, and that is no direction. */
static void
test_identical_rows (void)
{
  g_autoptr (SemMatrix) rows = sem_matrix_new (3, 5, NULL);
  for (gsize i = 0; i < 15; i++)
    sem_matrix_get_data (rows)[i] = 0.1 * (double)(i % 5 + 1) / 3.0;
  g_autoptr (SemMatrix) raw = similarity (rows, SEM_METRIC_COSINE, FALSE);
  g_autoptr (SemMatrix) centered = similarity (rows, SEM_METRIC_COSINE, TRUE);
  g_autoptr (SemMatrix) distance = similarity (rows, SEM_METRIC_EUCLIDEAN, FALSE);
  for (gsize i = 0; i < 9; i++)
    {
      golden_assert_close (sem_matrix_get (raw, i / 3, i % 3), 1.0);
      g_assert_cmpfloat (sem_matrix_get (raw, i / 3, i % 3), <=, 1.0);
      g_assert_cmpfloat (sem_matrix_get (centered, i / 3, i % 3), ==, 0.0);
      g_assert_cmpfloat (sem_matrix_get (distance, i / 3, i % 3), ==, 0.0);
    }
}

static void
test_empty_and_not_finite (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemMatrix) none = sem_matrix_new (0, 4, NULL);
  g_autoptr (SemMatrix) matrix = similarity (none, SEM_METRIC_COSINE, TRUE);
  SemPairStatistics statistics;
  sem_similarity_statistics (matrix, &statistics);
  g_assert_cmpuint (statistics.n_pairs, ==, 0);
  g_autoptr (SemMatrix) rows = golden_random (3, 4, 1);
  sem_matrix_get_data (rows)[6] = NAN;
  g_assert_null (sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE);
  g_assert_cmpstr (error->message, ==, "row 1 has no finite number in dimension 2");
}

static void
test_between (void)
{
  g_autoptr (SemMatrix) a = golden_random (4, 9, 1);
  g_autoptr (SemMatrix) b = golden_random (7, 9, 2);
  g_autoptr (SemMatrix) c = golden_random (7, 8, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemMatrix) matrix
      = sem_similarity_between (a, b, SEM_METRIC_COSINE, FALSE, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < 28; i++)
    {
      SemCosine pair;
      sem_cosine (sem_matrix_get_row (a, i / 7), sem_matrix_get_row (b, i % 7), 9, &pair);
      golden_assert_close (sem_matrix_get (matrix, i / 7, i % 7), pair.cosine);
    }
  g_assert_null (sem_similarity_between (a, c, SEM_METRIC_COSINE, FALSE, NULL, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE);
}

static void
test_sum_adds_up (void)
{
  g_autoptr (SemMatrix) rows = golden_random (2, 50, 9);
  const double *a = sem_matrix_get_row (rows, 0), *b = sem_matrix_get_row (rows, 1);
  SemContribution all[50], top[5];
  SemCosine pair;
  double sum = 0.0;
  sem_cosine (a, b, 50, &pair);
  g_assert_cmpuint (sem_contributions (a, b, 50, all, 50), ==, 50);
  g_assert_cmpuint (sem_contributions (a, b, 50, top, 5), ==, 5);
  for (gsize i = 0; i < 50; i++)
    {
      sum += all[i].product;
      g_assert_true (i == 0 || fabs (all[i].product) <= fabs (all[i - 1].product));
    }
  golden_assert_close (sum, pair.dot);
  golden_assert_close (sum / pair.norm_a / pair.norm_b, pair.cosine);
  golden_assert_close (cos (pair.angle_deg * G_PI / 180.0), pair.cosine);
  g_assert_cmpmem (all, 5 * sizeof *all, top, sizeof top);
}

static void
test_rank (void)
{
  const double values[9] = { 1, 0.5, 0.2, 0.5, 1, 0.5, 0.2, 0.5, 1 };
  g_autoptr (SemMatrix) matrix = sem_matrix_new (3, 3, NULL);
  memcpy (sem_matrix_get_data (matrix), values, sizeof values);
  SemRank rank;
  sem_similarity_rank (matrix, SEM_METRIC_COSINE, 0, 1, &rank);
  g_assert_cmpuint (rank.rank, ==, 1);
  g_assert_cmpuint (rank.n_pairs, ==, 3);
  sem_similarity_rank (matrix, SEM_METRIC_COSINE, 1, 2, &rank);
  g_assert_cmpuint (rank.rank, ==, 1);
  sem_similarity_rank (matrix, SEM_METRIC_COSINE, 0, 2, &rank);
  g_assert_cmpuint (rank.rank, ==, 3);
  g_assert_cmpfloat (rank.percentile, ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  static const char *const NAMES[] = { "wide", "tall", "square", "groups", "offset", "zero-row" };
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/similarity/numpy/%s", NAMES[i]);
      g_test_add_data_func_full (path, g_strdup_printf ("%s.json", NAMES[i]), test_golden, g_free);
    }
  g_test_add_func ("/similarity/rank-against", test_rank_against);
  g_test_add_func ("/similarity/comparator-fails", test_comparator_fails);
  g_test_add_func ("/similarity/tiles", test_tiles);
  g_test_add_func ("/similarity/single-precision", test_single_precision);
  g_test_add_func ("/similarity/single-precision-extremes", test_single_precision_extremes);
  g_test_add_func ("/similarity/identical-rows", test_identical_rows);
  g_test_add_func ("/similarity/empty-and-not-finite", test_empty_and_not_finite);
  g_test_add_func ("/similarity/between", test_between);
  g_test_add_func ("/similarity/sum-adds-up", test_sum_adds_up);
  g_test_add_func ("/similarity/rank", test_rank);
  return g_test_run ();
}
