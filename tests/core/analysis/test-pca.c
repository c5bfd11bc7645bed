/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PCA against scikit-learn's exact solver; degenerate inputs; the fast way against the plain one.
 */
#include "core/analysis/pca.h"

#include "core/analysis/explain.h"
#include "core/analysis/linalg.h"
#include "core/error.h"
#include "golden.h"

#include <string.h>

static SemPca *
fit (const SemMatrix *rows, gsize k)
{
  g_autoptr (GError) error = NULL;
  SemPca *pca = sem_pca_fit (rows, k, NULL, &error);
  g_assert_no_error (error);
  return pca;
}

/* Unit length, orthogonal, largest loading positive; components beyond the rank zero. */
static void
check_basis (const SemPca *pca)
{
  gsize d = sem_pca_get_dim (pca);
  for (gsize i = 0; i < sem_pca_get_n_components (pca); i++)
    {
      const double *x = sem_pca_get_component (pca, i);
      double largest = 0.0;
      for (gsize j = 0; j < d; j++)
        if (fabs (x[j]) > fabs (largest))
          largest = x[j];
      g_assert_cmpfloat_with_epsilon (sem_linalg_norm (d, x),
                                      i < sem_pca_get_rank (pca) ? 1.0 : 0.0, 1e-12);
      g_assert_true (i >= sem_pca_get_rank (pca) ? largest == 0.0 : largest > 0.0);
      for (gsize before = 0; before < i; before++)
        g_assert_cmpfloat_with_epsilon (sem_linalg_dot (d, x, sem_pca_get_component (pca, before)),
                                        0.0, 1e-10);
    }
}

/* A component whose variance is only rounding has no direction to compare. */
static void
test_golden (gconstpointer name)
{
  json_t *golden = golden_load (name);
  const json_t *expected = json_object_get (golden, "pca");
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (golden, "rows"));
  gsize k = (gsize)golden_number (expected, "k");
  g_autoptr (SemPca) pca = fit (rows, k);
  g_autoptr (SemMatrix) coordinates = sem_pca_project (pca, rows, NULL);
  g_autoptr (SemMatrix) want = golden_matrix (json_object_get (expected, "coordinates"));
  check_basis (pca);
  golden_assert_close (sem_pca_get_total_variance (pca),
                       golden_number (expected, "total_variance"));
  for (gsize j = 0; j < sem_pca_get_dim (pca); j++)
    golden_assert_close (sem_pca_get_mean (pca)[j], json_number_value (json_array_get (
                                                        json_object_get (expected, "mean"), j)));
  for (gsize i = 0; i < k; i++)
    {
      double ratio = json_number_value (json_array_get (json_object_get (expected, "ratio"), i));
      if (ratio < 1e-20)
        continue;
      const json_t *component = json_array_get (json_object_get (expected, "components"), i);
      golden_assert_close (sem_pca_get_explained_variance_ratio (pca, i), ratio);
      for (gsize j = 0; j < sem_pca_get_dim (pca); j++)
        golden_assert_close (sem_pca_get_component (pca, i)[j],
                             json_number_value (json_array_get (component, j)));
      for (gsize row = 0; row < sem_matrix_get_n_rows (rows); row++)
        golden_assert_close (sem_matrix_get (coordinates, row, i), sem_matrix_get (want, row, i));
    }
  json_decref (golden);
}

static void
test_rank_one (void)
{
  json_t *golden = golden_load ("rank-one.json");
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (golden, "rows"));
  g_autoptr (SemPca) pca = fit (rows, 4);
  g_assert_cmpuint (sem_pca_get_rank (pca), ==, 1);
  g_assert_cmpuint (sem_pca_get_n_components (pca), ==, 4);
  golden_assert_close (sem_pca_get_explained_variance_ratio (pca, 0), 1.0);
  g_assert_cmpfloat (sem_pca_get_explained_variance_ratio (pca, 1), ==, 0.0);
  check_basis (pca);
  json_decref (golden);
}

/* 0, 1, 2 and identical units: everything is a number. */
static void
test_tiny (void)
{
  for (gsize n = 0; n < 3; n++)
    {
      g_autoptr (SemMatrix) rows = golden_random (n, 6, 4);
      g_autoptr (SemPca) pca = fit (rows, 2);
      g_autoptr (SemMatrix) coordinates = sem_pca_project (pca, rows, NULL);
      g_assert_cmpuint (sem_pca_get_rank (pca), ==, n == 2 ? 1 : 0);
      g_assert_cmpuint (sem_matrix_get_n_cols (coordinates), ==, 2);
      check_basis (pca);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (sem_matrix_get (coordinates, i, 1), 0.0, 1e-15);
      if (n == 2)
        golden_assert_close (sem_matrix_get (coordinates, 0, 0),
                             -sem_matrix_get (coordinates, 1, 0));
    }
  for (gsize n = 2; n < 200; n += 99)
    {
      g_autoptr (SemMatrix) rows = sem_matrix_new (n, 6, NULL);
      for (gsize i = 0; i < n * 6; i++)
        sem_matrix_get_data (rows)[i] = 0.1 + (double)(i % 6) / 7.0;
      g_autoptr (SemPca) pca = fit (rows, 2);
      g_autoptr (SemMatrix) coordinates = sem_pca_project (pca, rows, NULL);
      g_assert_cmpuint (sem_pca_get_rank (pca), ==, 0);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat (sem_matrix_get (coordinates, i, 0), ==, 0.0);
    }
}

static void
test_refuses (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemMatrix) rows = golden_random (5, 3, 1);
  g_autoptr (SemMatrix) other = golden_random (5, 4, 1);
  g_autoptr (SemPca) pca = fit (rows, 2);
  g_assert_null (sem_pca_project (pca, other, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE);
  g_clear_error (&error);
  sem_matrix_get_data (rows)[7] = INFINITY;
  g_assert_null (sem_pca_fit (rows, 2, NULL, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE);
}

/* Many rows (blocks, threads, the fast way) against the same by one eigenproblem of the plain
 * covariance. */
static void
check_against_plain (gsize n, gsize d, double flatness)
{
  g_autoptr (SemMatrix) rows = golden_random (n, d, 11);
  double *x = sem_matrix_get_data (rows);
  for (gsize i = 0; i < n * d; i++)
    x[i] = x[i] / (1.0 + flatness * (double)(i % d)) + 0.3;
  g_autofree double *mean = g_new0 (double, d);
  g_autofree double *scatter = g_new0 (double, d *d);
  g_autofree double *values = g_new0 (double, d);
  g_autofree double *vectors = g_new0 (double, d *d);
  for (gsize i = 0; i < n * d; i++)
    mean[i % d] += x[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < d; j++)
      for (gsize l = j; l < d; l++)
        scatter[j * d + l] += (x[i * d + j] - mean[j]) * (x[i * d + l] - mean[l]);
  double total = 0.0;
  for (gsize j = 0; j < d; j++)
    total += scatter[j * d + j];
  g_assert_true (sem_linalg_eigen (d, d, scatter, d, values, vectors, NULL));
  g_autoptr (SemPca) pca = fit (rows, 3);
  check_basis (pca);
  for (gsize i = 0; i < 3; i++)
    {
      golden_assert_close (sem_pca_get_explained_variance_ratio (pca, i), values[i] / total);
      golden_assert_close (
          fabs (sem_linalg_dot (d, sem_pca_get_component (pca, i), vectors + i * d)), 1.0);
    }
}

static void
test_many_rows (void)
{
  check_against_plain (2500, 40, 0.2);
  check_against_plain (5000, 96, 0.0);
  /* Large enough for the mixed-precision way: spread out, and with hardly a gap between the
   * eigenvalues. */
  check_against_plain (2500, 290, 0.2);
  check_against_plain (2500, 290, 0.0);
}

static void
test_terms_add_up (void)
{
  g_autoptr (SemMatrix) rows = golden_random (9, 30, 5);
  g_autoptr (SemPca) pca = fit (rows, 2);
  g_autoptr (SemMatrix) coordinates = sem_pca_project (pca, rows, NULL);
  SemCoordinateTerm top[4];
  SemCoordinateSum sum;
  for (gsize i = 0; i < 9; i++)
    {
      double shown = 0.0;
      g_assert_cmpuint (sem_explain_coordinate (pca, 1, sem_matrix_get_row (rows, i), top, 4, &sum),
                        ==, 4);
      for (gsize t = 0; t < 4; t++)
        {
          shown += top[t].product;
          g_assert_true (t == 0 || fabs (top[t].product) <= fabs (top[t - 1].product));
          golden_assert_close (top[t].product, (top[t].value - top[t].mean) * top[t].loading);
        }
      golden_assert_close (sum.coordinate, sem_matrix_get (coordinates, i, 1));
      golden_assert_close (shown + sum.rest, sum.coordinate);
      g_assert_cmpuint (sum.n_terms, ==, 30);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  static const char *const NAMES[] = { "wide", "tall", "square", "groups", "offset", "zero-row" };
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pca/sklearn/%s", NAMES[i]);
      g_test_add_data_func_full (path, g_strdup_printf ("%s.json", NAMES[i]), test_golden, g_free);
    }
  g_test_add_func ("/pca/rank-one", test_rank_one);
  g_test_add_func ("/pca/tiny", test_tiny);
  g_test_add_func ("/pca/refuses", test_refuses);
  g_test_add_func ("/pca/many-rows", test_many_rows);
  g_test_add_func ("/pca/terms-add-up", test_terms_add_up);
  return g_test_run ();
}
