/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the analysis tests share: golden files (made by tests/oracle/analysis_golden.py) and a comparator of numbers. */
#pragma once

#include "core/analysis/matrix.h"

#include <jansson.h>
#include <math.h>

/* Equal to 1e-6 of the larger, as the issue asks, or to 1e-12 where both are nothing but rounding. */
static inline gboolean
golden_close (double a, double b)
{
  return a == b || fabs (a - b) <= 1e-6 * MAX (fabs (a), fabs (b)) || fabs (a - b) <= 1e-12;
}

#define golden_assert_close(a, b) \
  G_STMT_START \
  { \
    double golden_a = (a), golden_b = (b); \
    if (!golden_close (golden_a, golden_b)) \
      g_error ("%s:%d: %s = %.17g, expected %.17g", __FILE__, __LINE__, #a, golden_a, golden_b); \
  } \
  G_STMT_END

static inline json_t *
golden_load (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "analysis", name, NULL);
  json_error_t error;
  json_t *root = json_load_file (path, 0, &error);
  if (root == NULL)
    g_error ("%s: %s", path, error.text);
  return root;
}

static inline SemMatrix *
golden_matrix (const json_t *rows)
{
  gsize n = json_array_size (rows), d = n > 0 ? json_array_size (json_array_get (rows, 0)) : 0;
  SemMatrix *matrix = sem_matrix_new (n, d, NULL);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < d; j++)
      sem_matrix_get_data (matrix)[i * d + j] = json_number_value (json_array_get (json_array_get (rows, i), j));
  return matrix;
}

static inline void
golden_compare (const SemMatrix *got, const json_t *rows)
{
  g_autoptr (SemMatrix) expected = golden_matrix (rows);
  g_assert_cmpuint (sem_matrix_get_n_rows (got), ==, sem_matrix_get_n_rows (expected));
  for (gsize i = 0; i < sem_matrix_get_n_rows (expected); i++)
    for (gsize j = 0; j < sem_matrix_get_n_cols (expected); j++)
      golden_assert_close (sem_matrix_get (got, i, j), sem_matrix_get (expected, i, j));
}

static inline double
golden_number (const json_t *object, const char *key)
{
  return json_number_value (json_object_get (object, key));
}

/* Reproducible numbers in about [-1, 1]. */
static inline SemMatrix *
golden_random (gsize n, gsize d, guint32 seed)
{
  SemMatrix *matrix = sem_matrix_new (n, d, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (gsize i = 0; i < n * d; i++)
    sem_matrix_get_data (matrix)[i] = g_rand_double (rand) * 2.0 - 1.0;
  return matrix;
}
