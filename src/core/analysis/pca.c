/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Principal components by the symmetric eigenproblem of whichever is smaller: Gram matrix or
 * covariance. */
#include "core/analysis/pca.h"

#include "core/analysis/linalg.h"
#include "core/analysis/parallel.h"
#include "core/analysis/scatter.h"
#include "core/error.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define BLOCK_ROWS 1024
/* From so many multiplications on, single precision with a correction is faster than double (see
 * scatter.h). */
#define MIXED_MIN_PRODUCTS 2e8
/* Scatter below this share of the squares it was left from is rounding of the mean, not variance.
 */
#define ZERO_SCATTER 1e-26

struct _SemPca
{
  gatomicrefcount ref_count;
  gsize dim, n_components, rank;
  double total_variance;
  double *mean;       /* dim */
  double *components; /* n_components x dim */
  double ratio[SEM_PCA_MAX_COMPONENTS];
};

SemPca *
sem_pca_ref (SemPca *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_pca_unref (SemPca *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->mean);
  g_free (self->components);
  g_free (self);
}

/* --- mean and scatter --- */

typedef struct
{
  const double *rows;
  gsize n, d, n_blocks;
  const double *mean;
  double *partial;     /* n_blocks x (d + 1): sums of the columns, then of the squares */
  double *scatter[64]; /* one d x d sum for each task */
  gsize n_tasks;
  GCancellable *cancellable;
} Scatter;

static void
sum_block (gsize block, gpointer data)
{
  Scatter *self = data;
  gsize first = block * BLOCK_ROWS, end = MIN (first + BLOCK_ROWS, self->n);
  double *sum = self->partial + block * (self->d + 1);
  for (gsize i = first; i < end; i++)
    {
      const double *row = self->rows + i * self->d;
      for (gsize j = 0; j < self->d; j++)
        sum[j] += row[j];
      sum[self->d] += sem_linalg_dot (self->d, row, row);
    }
}

/* Mean of the rows, and the sum of all squares: not finite when any value is not (or when squares
 * overflow). */
static double
compute_mean (Scatter *self, double *mean)
{
  self->n_blocks = (self->n + BLOCK_ROWS - 1) / BLOCK_ROWS;
  g_autofree double *partial = g_new0 (double, self->n_blocks *(self->d + 1) + 1);
  self->partial = partial;
  sem_parallel_for (self->n_blocks, sum_block, self);
  double squares = 0.0;
  for (gsize block = 0; block < self->n_blocks; block++)
    {
      const double *sum = partial + block * (self->d + 1);
      for (gsize j = 0; j < self->d; j++)
        mean[j] += sum[j];
      squares += sum[self->d];
    }
  for (gsize j = 0; j < self->d && self->n > 0; j++)
    mean[j] /= (double)self->n;
  return squares;
}

static void
copy_centered (const Scatter *self, gsize first, gsize n, double *out)
{
  for (gsize i = 0; i < n; i++)
    {
      const double *row = self->rows + (first + i) * self->d;
      for (gsize j = 0; j < self->d; j++)
        out[i * self->d + j] = row[j] - self->mean[j];
    }
}

/* One contiguous share of the blocks; each share has its own sum, so that the result does not
 * depend on timing. */
static void
scatter_share (gsize task, gpointer data)
{
  Scatter *self = data;
  gsize first = self->n_blocks * task / self->n_tasks;
  gsize end = self->n_blocks * (task + 1) / self->n_tasks;
  g_autofree double *centered = g_new (double, BLOCK_ROWS * self->d);
  for (gsize block = first; block < end && !g_cancellable_is_cancelled (self->cancellable); block++)
    {
      gsize row = block * BLOCK_ROWS, n = MIN (BLOCK_ROWS, self->n - row);
      copy_centered (self, row, n, centered);
      sem_linalg_syrk (TRUE, self->d, n, centered, self->d, 1.0, self->scatter[task], self->d);
    }
}

/* --- the two forms --- */

static double
trace (const double *matrix, gsize n)
{
  double sum = 0.0;
  for (gsize i = 0; i < n; i++)
    sum += matrix[i * n + i];
  return sum;
}

static void
normalize (double *x, gsize d)
{
  double norm = sem_linalg_norm (d, x);
  for (gsize j = 0; j < d && norm > 0; j++)
    x[j] /= norm;
}

/* Takes out what rounding left of the components before it. */
static void
orthogonalize (double *components, gsize component, gsize d)
{
  double *x = components + component * d;
  for (gsize before = 0; before < component; before++)
    {
      const double *y = components + before * d;
      double dot = sem_linalg_dot (d, x, y);
      for (gsize j = 0; j < d; j++)
        x[j] -= dot * y[j];
    }
  normalize (x, d);
}

static gboolean
fit_gram (SemPca *self, const Scatter *input, double *values, double *total, GError **error)
{
  gsize n = input->n, d = input->d, k = MIN (self->n_components, n);
  g_autofree double *centered = g_new (double, n *d);
  g_autofree double *gram = g_new0 (double, n *n);
  g_autofree double *vectors = g_new (double, k *n);
  copy_centered (input, 0, n, centered);
  sem_linalg_syrk (FALSE, n, d, centered, d, 0.0, gram, n);
  *total = trace (gram, n);
  if (!sem_linalg_eigen (n, k, gram, n, values, vectors, error))
    return FALSE;
  sem_linalg_gemm (FALSE, FALSE, k, d, n, 1.0, vectors, n, centered, d, 0.0, self->components, d);
  return TRUE;
}

/* The same answer in half the time for a whole vocabulary; FALSE: to be done the plain way. */
static gboolean
fit_mixed (SemPca *self, const Scatter *input, double *values, double *total)
{
  gsize n = input->n, d = input->d;
  const SemScatterInput rows = { input->rows, n, d };
  return self->n_components * 4 <= d && (double)n * (double)d * (double)d >= MIXED_MIN_PRODUCTS
         && sem_scatter_eigen_mixed (&rows, self->n_components, input->mean, values,
                                     self->components, total, input->cancellable);
}

static gboolean
fit_covariance (SemPca *self, Scatter *input, double *values, double *total, GError **error)
{
  gsize d = input->d, k = MIN (self->n_components, d);
  if (fit_mixed (self, input, values, total))
    return TRUE;
  input->n_tasks
      = MIN (MIN (input->n_blocks, sem_parallel_get_n_threads ()), G_N_ELEMENTS (input->scatter));
  for (gsize task = 0; task < input->n_tasks; task++)
    input->scatter[task] = g_new0 (double, d *d);
  sem_parallel_for (input->n_tasks, scatter_share, input);
  for (gsize task = 1; task < input->n_tasks; task++)
    {
      for (gsize i = 0; i < d * d; i++)
        input->scatter[0][i] += input->scatter[task][i];
      g_free (input->scatter[task]);
    }
  g_autofree double *scatter = input->scatter[0];
  if (g_cancellable_set_error_if_cancelled (input->cancellable, error))
    return FALSE;
  *total = trace (scatter, d);
  return sem_linalg_eigen (d, k, scatter, d, values, self->components, error);
}

static void
fix_sign (double *x, gsize d)
{
  gsize largest = 0;
  for (gsize j = 1; j < d; j++)
    if (fabs (x[j]) > fabs (x[largest]))
      largest = j;
  if (x[largest] < 0)
    for (gsize j = 0; j < d; j++)
      x[j] = -x[j];
}

/* Rank, ratios, signs; components beyond the rank become zero. */
static void
finish_fit (SemPca *self, const double *values, gsize n_values, gsize n, double total)
{
  double smallest = total * (double)MAX (n, self->dim) * DBL_EPSILON;
  while (self->rank < n_values && values[self->rank] > smallest)
    self->rank++;
  self->total_variance = total / (double)(n - 1);
  for (gsize i = 0; i < self->n_components; i++)
    {
      double *component = self->components + i * self->dim;
      if (i >= self->rank)
        {
          memset (component, 0, self->dim * sizeof (double));
          continue;
        }
      self->ratio[i] = values[i] / total;
      normalize (component, self->dim);
      orthogonalize (self->components, i, self->dim);
      fix_sign (component, self->dim);
    }
}

SemPca *
sem_pca_fit (const SemMatrix *rows, gsize k, GCancellable *cancellable, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), d = sem_matrix_get_n_cols (rows);
  g_autoptr (SemPca) self = g_new0 (SemPca, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->dim = d;
  self->n_components = MIN (k, SEM_PCA_MAX_COMPONENTS);
  self->mean = g_new0 (double, MAX (d, 1));
  self->components = g_new0 (double, MAX (self->n_components * d, 1));
  if (n == 0 || d == 0)
    return g_steal_pointer (&self);

  Scatter input
      = { .rows = sem_matrix_get_row (rows, 0), .n = n, .d = d, .cancellable = cancellable };
  double values[SEM_PCA_MAX_COMPONENTS] = { 0 }, total = 0.0;
  double squares = compute_mean (&input, self->mean);
  input.mean = self->mean;
  if (!isfinite (squares))
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE,
                   "a value of the %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                   " vectors is not finite, or too large to square",
                   n, d);
      return NULL;
    }
  if (n == 1 || self->n_components == 0)
    return g_steal_pointer (&self);
  if (!(n <= d ? fit_gram (self, &input, values, &total, error)
               : fit_covariance (self, &input, values, &total, error)))
    return NULL;
  if (total > ZERO_SCATTER * squares)
    finish_fit (self, values, MIN (self->n_components, MIN (n, d)), n, total);
  else
    memset (self->components, 0, self->n_components * d * sizeof (double));
  return g_steal_pointer (&self);
}

/* --- reading --- */

gsize
sem_pca_get_n_components (const SemPca *self)
{
  return self->n_components;
}

gsize
sem_pca_get_rank (const SemPca *self)
{
  return self->rank;
}

gsize
sem_pca_get_dim (const SemPca *self)
{
  return self->dim;
}

const double *
sem_pca_get_mean (const SemPca *self)
{
  return self->mean;
}

const double *
sem_pca_get_component (const SemPca *self, gsize component)
{
  g_return_val_if_fail (component < self->n_components, NULL);
  return self->components + component * self->dim;
}

double
sem_pca_get_explained_variance_ratio (const SemPca *self, gsize component)
{
  g_return_val_if_fail (component < self->n_components, 0.0);
  return self->ratio[component];
}

double
sem_pca_get_total_variance (const SemPca *self)
{
  return self->total_variance;
}

SemMatrix *
sem_pca_project (const SemPca *self, const SemMatrix *rows, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), k = self->n_components;
  if (sem_matrix_get_n_cols (rows) != self->dim)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "vectors of %" G_GSIZE_FORMAT
                   " dimensions cannot be projected into a basis of %" G_GSIZE_FORMAT,
                   sem_matrix_get_n_cols (rows), self->dim);
      return NULL;
    }
  g_autoptr (SemMatrix) result = sem_matrix_new (n, k, error);
  if (result == NULL)
    return NULL;
  double *out = sem_matrix_get_data (result);
  g_autofree double *centered = g_new (double, MAX (MIN (n, BLOCK_ROWS) * self->dim, 1));
  Scatter input = { .n = n, .d = self->dim, .mean = self->mean };
  for (gsize row = 0; row < n && k > 0 && self->dim > 0; row += BLOCK_ROWS)
    {
      gsize m = MIN (BLOCK_ROWS, n - row);
      input.rows = sem_matrix_get_row (rows, 0);
      copy_centered (&input, row, m, centered);
      sem_linalg_gemm (FALSE, TRUE, m, k, self->dim, 1.0, centered, self->dim, self->components,
                       self->dim, 0.0, out + row * k, k);
    }
  return g_steal_pointer (&result);
}

SemPca *
sem_pca_new_from_basis (gsize dim,
                        gsize n_components,
                        const double *mean,
                        const double *components,
                        const double *ratios,
                        double total_variance)
{
  g_return_val_if_fail (n_components <= SEM_PCA_MAX_COMPONENTS, NULL);
  SemPca *self = g_new0 (SemPca, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->dim = dim;
  self->n_components = n_components;
  self->total_variance = total_variance;
  self->mean = g_memdup2 (mean, dim * sizeof (double));
  self->components = g_memdup2 (components, n_components * dim * sizeof (double));
  for (gsize c = 0; c < n_components; c++)
    {
      self->ratio[c] = ratios[c];
      self->rank += ratios[c] > 0.0;
    }
  return self;
}
