/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sum that is shown adds up: property tests over random vectors as all number types store
 * them, to 1e-6, and of what is shown to the last digit.  And .npy files. */
#include "core/analysis/explain.h"

#include "core/analysis/npy-write.h"
#include "core/analysis/vector-statistics.h"
#include "core/analysis/vector-text.h"
#include "core/model/dtype.h"
#include "core/model/npy.h"
#include "golden.h"

#include <string.h>

#define TOLERANCE 1e-6
#define DIM 256 /* a whole number of every type's blocks */
#define N_ROWS 6

/* Random bytes as the type reads them; what is no number, or too large for a vector, is 0, and all
 * is brought to a size that vectors have. */
static void
fill_row (GRand *random, SemDtype dtype, double *row)
{
  guint64 size = 0;
  g_autofree guint8 *bytes = NULL;
  double largest = 0.0;

  g_assert_true (sem_dtype_get_size (dtype, DIM, &size));
  bytes = g_malloc (size);
  for (guint64 i = 0; i < size; i++)
    bytes[i] = (guint8)g_rand_int_range (random, 0, 256);
  sem_dtype_to_f64 (dtype, bytes, DIM, row);
  for (gsize i = 0; i < DIM; i++)
    if (!isfinite (row[i]) || fabs (row[i]) > 1e30)
      row[i] = 0.0;
    else
      largest = MAX (largest, fabs (row[i]));
  for (gsize i = 0; i < DIM && largest > 0.0; i++)
    row[i] *= 3.0 / largest;
}

static void
check_dot (const double *a, const double *b)
{
  SemContribution top[DIM];
  SemCosine cosine;

  sem_cosine (a, b, DIM, &cosine);
  for (gsize n_top = 0; n_top <= DIM; n_top += 51)
    {
      gsize n = sem_contributions (a, b, DIM, top, n_top);
      gboolean seen[DIM] = { FALSE };
      double sum = 0.0;

      g_assert_cmpuint (n, ==, n_top);
      for (gsize i = 0; i < n; i++)
        {
          sum += top[i].product;
          seen[top[i].dimension] = TRUE;
        }
      for (gsize j = 0; j < DIM; j++)
        sum += seen[j] ? 0.0 : a[j] * b[j];
      g_assert_cmpfloat_with_epsilon (sum, cosine.dot, TOLERANCE);
      if (cosine.norm_a > 0.0 && cosine.norm_b > 0.0)
        g_assert_cmpfloat_with_epsilon (sum / (cosine.norm_a * cosine.norm_b), cosine.cosine,
                                        TOLERANCE);
    }
}

static void
check_coordinates (const SemMatrix *rows)
{
  g_autoptr (SemPca) pca = sem_pca_fit (rows, 3, NULL, NULL);
  g_autoptr (SemMatrix) coordinates = sem_pca_project (pca, rows, NULL);

  for (gsize unit = 0; unit < N_ROWS; unit++)
    for (gsize component = 0; component < 3; component++)
      {
        SemCoordinateTerm top[12];
        SemCoordinateSum sum;
        double total;

        sem_explain_coordinate (pca, component, sem_matrix_get_row (rows, unit), top, 12, &sum);
        total = sum.rest;
        for (gsize i = 0; i < 12; i++)
          total += top[i].product;
        g_assert_cmpfloat_with_epsilon (total, sem_matrix_get (coordinates, unit, component),
                                        TOLERANCE);
      }
}

static void
test_every_dtype (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (int dtype = 0; dtype < SEM_N_DTYPES; dtype++)
    for (int round = 0; round < 5 && sem_dtype_is_readable ((SemDtype)dtype); round++)
      {
        g_autoptr (SemMatrix) rows = sem_matrix_new (N_ROWS, DIM, NULL);

        for (gsize i = 0; i < N_ROWS; i++)
          fill_row (random, (SemDtype)dtype, sem_matrix_get_data (rows) + i * DIM);
        for (gsize i = 1; i < N_ROWS; i++)
          check_dot (sem_matrix_get_row (rows, 0), sem_matrix_get_row (rows, i));
        check_coordinates (rows);
      }
}

/* The shares of the tokens of the built-in model, by every pooling, are the numbers of the vector.
 */
static void
test_shares (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (NULL, NULL, NULL, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gsize dim;
  g_autofree double *vector = NULL, *shares = NULL;
  g_autofree gsize *dims = NULL;

  g_assert_no_error (error);
  dim = sem_model_get_dim (model);
  vector = g_new (double, dim);
  shares = g_new (double, 9 * dim);
  dims = g_new (gsize, dim);
  for (gsize j = 0; j < dim; j++)
    dims[j] = j;
  for (int round = 0; round < 40; round++)
    {
      SemPooling pooling = (SemPooling)(round % 4);
      gsize n = (gsize)g_rand_int_range (random, 1, 10);
      guint32 ids[9];

      for (gsize i = 0; i < n; i++)
        ids[i] = (guint32)g_rand_int_range (random, 0, 30000);
      sem_pool_tokens (model, ids, n, pooling, vector);
      sem_explain_shares (model, ids, n, pooling, dims, dim, shares);
      for (gsize j = 0; j < dim; j++)
        {
          double sum = 0.0;

          for (gsize i = 0; i < n; i++)
            sum += shares[i * dim + j];
          g_assert_cmpfloat_with_epsilon (sum, vector[j], TOLERANCE);
        }
    }
}

/* Whole steps of the last digit. */
static gint64
to_steps (double value)
{
  return (gint64)round (value * 1e4);
}

static void
test_round (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (int round_ = 0; round_ < 2000; round_++)
    {
      gsize n = (gsize)g_rand_int_range (random, 1, 14);
      double values[14], shown[14], total = 0.0;
      gint64 sum = 0;

      for (gsize i = 0; i < n; i++)
        {
          values[i] = g_rand_double_range (random, -2.0, 2.0);
          total += values[i];
        }
      sem_explain_round (values, n, total, 4, shown);
      for (gsize i = 0; i < n; i++)
        {
          sum += to_steps (shown[i]);
          g_assert_cmpfloat (fabs (shown[i] - values[i]), <=, 1.0000001e-4);
        }
      g_assert_cmpint (sum, ==, to_steps (total));
    }
}

/* Rounding each by itself does not do: the property can fail. */
static void
test_round_can_fail (void)
{
  const double values[] = { 0.00004, 0.00004, 0.00004 };
  double shown[3];

  g_assert_cmpint (to_steps (values[0]) + to_steps (values[1]) + to_steps (values[2]), !=,
                   to_steps (0.00012));
  sem_explain_round (values, 3, 0.00012, 4, shown);
  g_assert_cmpint (to_steps (shown[0]) + to_steps (shown[1]) + to_steps (shown[2]), ==, 1);
}

static void
test_npy (void)
{
  const double values[] = { 0.0, -0.0, 1.0 / 3.0, -1e300, 5e-324, 7.0 };
  g_autoptr (GBytes) bytes = sem_npy_write_doubles (values, 1, 2, 3);
  g_autoptr (GBytes) empty = sem_npy_write_doubles (values, 1, 0, 3);
  const char *data = g_bytes_get_data (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTensorFile) file = sem_npy_open (bytes, &error);
  const SemTensor *tensor;

  g_assert_no_error (error);
  tensor = sem_tensor_file_find (file, SEM_NPY_TENSOR);
  g_assert_cmpuint (tensor->n_dims, ==, 2);
  g_assert_cmpuint (tensor->shape[0], ==, 2);
  g_assert_cmpuint (tensor->shape[1], ==, 3);
  g_assert_cmpmem (tensor->data, tensor->n_bytes, values, sizeof values);
  /* What numpy.save() of NumPy 1.24 writes for this array, up to the numbers. */
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 128 + sizeof values);
  g_assert_true (
      g_str_has_prefix (data + 10, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"));
  g_assert_cmpint (data[8] + 256 * data[9], ==, 118);
  g_assert_cmpint (data[127], ==, '\n');
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 128);
}

/* numpy.mean(), std(), min(), max(), argmin(), argmax() of NumPy 1.24. */
static void
test_statistics (void)
{
  static const double values[] = { 0.5, -1.25, 3.0, 3.0, -1.25, 0.0625 };
  static const double shifted[] = { 1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0, 1e9 + 4.0 };
  SemVectorStatistics of;

  sem_vector_statistics (values, G_N_ELEMENTS (values), &of);
  g_assert_cmpfloat_with_epsilon (of.mean, 0.6770833333333334, 1e-15);
  g_assert_cmpfloat_with_epsilon (of.sd, 1.7620185019995926, 1e-15);
  g_assert_cmpfloat (of.min, ==, -1.25);
  g_assert_cmpuint (of.min_at, ==, 1);
  g_assert_cmpfloat (of.max, ==, 3.0);
  g_assert_cmpuint (of.max_at, ==, 2);
  sem_vector_statistics (shifted, G_N_ELEMENTS (shifted), &of);
  g_assert_cmpfloat_with_epsilon (of.sd, 1.118033988749895, 1e-12);
  sem_vector_statistics (NULL, 0, &of);
  g_assert_cmpfloat (of.sd, ==, 0.0);
}

/* As text they are the numbers again, bit by bit. */
static void
test_vector_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (NULL, NULL, NULL, &error);
  const SemAnalysisOptions options = { 0 };
  const char text[] = "Earth is a planet";
  g_autoptr (SemAnalysis) analysis
      = sem_analysis_new (model, text, strlen (text), &options, NULL, NULL, &error);
  const gsize chosen[] = { 3, 0, 99 };
  const SemFocus all = { SEM_ITEM_INIT, NULL, 0 }, some = { SEM_ITEM_INIT, chosen, 3 },
                 one = { SEM_ITEM_INIT, chosen, 1 };
  g_autofree char *lines = sem_vectors_to_text (analysis, &all);
  g_auto (GStrv) rows = g_strsplit (lines, "\n", -1);
  g_autofree char *several = sem_vectors_to_python (analysis, &some);
  g_autofree char *single = sem_vectors_to_python (analysis, &one);

  g_assert_cmpuint (g_strv_length (rows), ==, 5); /* the last is empty */
  for (gsize i = 0; i < 4; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
      const double *row = sem_matrix_get_row (sem_analysis_get_vectors (analysis), i);

      g_assert_cmpuint (g_strv_length (cells), ==, 1 + sem_model_get_dim (model));
      for (gsize j = 0; j < sem_model_get_dim (model); j++)
        g_assert_cmpfloat (g_ascii_strtod (cells[j + 1], NULL), ==, row[j]);
    }
  g_assert_true (g_str_has_prefix (several, "[(\"planet\", ["));
  g_assert_nonnull (strstr (several, "]),\n (\"Earth\", ["));
  g_assert_true (g_str_has_suffix (several, "])]\n"));
  g_assert_true (g_str_has_prefix (single, "[") && g_str_has_suffix (single, "]\n"));
  g_assert_null (strchr (single, '('));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/every-dtype", test_every_dtype);
  g_test_add_func ("/explain/shares", test_shares);
  g_test_add_func ("/explain/round", test_round);
  g_test_add_func ("/explain/round-can-fail", test_round_can_fail);
  g_test_add_func ("/explain/npy", test_npy);
  g_test_add_func ("/explain/statistics", test_statistics);
  g_test_add_func ("/explain/vector-text", test_vector_text);
  return g_test_run ();
}
