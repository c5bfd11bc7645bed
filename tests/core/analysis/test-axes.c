/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes made of word pairs: against NumPy, and what their definition says. */
#include "core/analysis/axes.h"
#include "core/error.h"
#include "golden.h"

static void
test_numpy (void)
{
  json_t *root = golden_load ("axes.json");
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (root, "rows"));
  g_autoptr (SemMatrix) from = golden_matrix (json_object_get (root, "from"));
  g_autoptr (SemMatrix) to = golden_matrix (json_object_get (root, "to"));
  const double *const a[2] = { sem_matrix_get_row (from, 0), sem_matrix_get_row (from, 1) };
  const double *const b[2] = { sem_matrix_get_row (to, 0), sem_matrix_get_row (to, 1) };
  g_autoptr (SemAxes) axes = sem_axes_new_for_vectors (sem_matrix_get_n_cols (rows), a, b, NULL);
  g_autoptr (SemMatrix) coordinates = sem_axes_project (axes, rows, NULL);
  golden_compare (coordinates, json_object_get (root, "coordinates"));
  golden_assert_close (axes->angle_deg, golden_number (root, "angle_deg"));
  for (guint i = 0; i < 2; i++)
    golden_assert_close (axes->length[i],
                         json_number_value (json_array_get (json_object_get (root, "length"), i)));
  json_decref (root);
}

/* The words of a pair stand at minus and plus half their distance. */
static void
test_ends (void)
{
  g_autoptr (SemMatrix) rows = golden_random (4, 7, 3);
  const double *const a[2] = { sem_matrix_get_row (rows, 0), sem_matrix_get_row (rows, 2) };
  const double *const b[2] = { sem_matrix_get_row (rows, 1), sem_matrix_get_row (rows, 3) };
  g_autoptr (SemAxes) axes = sem_axes_new_for_vectors (7, a, b, NULL);
  g_autoptr (SemMatrix) coordinates = sem_axes_project (axes, rows, NULL);
  for (guint axis = 0; axis < 2; axis++)
    {
      golden_assert_close (sem_matrix_get (coordinates, 2 * axis, axis), -axes->length[axis] / 2.0);
      golden_assert_close (sem_matrix_get (coordinates, 2 * axis + 1, axis),
                           axes->length[axis] / 2.0);
    }
}

static void
test_parse (void)
{
  static const char *const bad[]
      = { "",          "man:woman", "man:woman,small", "man:woman,small:", ":,:", "a:b,c:d,e:f",
          "a:b:c,d:e", "a b,c d",   "\377:b,c:d" };
  g_autoptr (GString) large = g_string_new ("a:b,c:");
  char *words[4];
  g_autoptr (GError) error = NULL;
  g_assert_true (sem_axes_parse (" man :woman,New York: big ", words, NULL));
  g_assert_cmpstr (words[0], ==, "man");
  g_assert_cmpstr (words[1], ==, "woman");
  g_assert_cmpstr (words[2], ==, "New York");
  g_assert_cmpstr (words[3], ==, "big");
  for (guint i = 0; i < 4; i++)
    g_free (words[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (sem_axes_parse (bad[i], words, &error));
      g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY);
      g_assert_null (words[0]);
      g_clear_error (&error);
    }
  for (guint i = 0; i < SEM_AXES_MAX_BYTES; i++)
    g_string_append_c (large, 'd');
  g_assert_false (sem_axes_parse (large->str, words, NULL));
  g_assert_false (sem_axes_parse (NULL, words, NULL));
}

static void
test_refused (void)
{
  g_autoptr (SemMatrix) rows = golden_random (3, 5, 4), other = golden_random (2, 4, 5);
  const double *const a[2] = { sem_matrix_get_row (rows, 0), sem_matrix_get_row (rows, 1) };
  const double *const b[2] = { sem_matrix_get_row (rows, 2), sem_matrix_get_row (rows, 2) };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAxes) axes = NULL;
  g_assert_null (sem_axes_new_for_vectors (5, b, b, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SINGULAR);
  g_clear_error (&error);
  axes = sem_axes_new_for_vectors (5, a, b, NULL);
  g_assert_null (sem_axes_project (axes, other, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axes/numpy", test_numpy);
  g_test_add_func ("/axes/ends", test_ends);
  g_test_add_func ("/axes/parse", test_parse);
  g_test_add_func ("/axes/refused", test_refused);
  return g_test_run ();
}
