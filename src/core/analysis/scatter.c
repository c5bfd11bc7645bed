/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leading eigenvectors of a scatter matrix: single-precision products, one double-precision
 * correction. */
#include "core/analysis/scatter.h"

#include "core/analysis/linalg.h"
#include "core/analysis/parallel.h"

#include <math.h>
#include <string.h>

#define BLOCK_ROWS 512
#define MAX_SHARES 16
/* Largest correction that is taken: its square is what is left. */
#define MAX_CORRECTION 3e-4

typedef struct
{
  const SemScatterInput *input;
  const double *mean;
  gsize n_blocks, n_shares;
  double *sums[MAX_SHARES]; /* d x d, or k x d */
  double traces[MAX_SHARES];
  const double *vectors; /* k x d */
  gsize k;
  GCancellable *cancellable;
} Pass;

static gsize
count_rows (const Pass *self, gsize block)
{
  return MIN (BLOCK_ROWS, self->input->n - block * BLOCK_ROWS);
}

/* Every share is a fixed run of blocks with a sum of its own: the result does not depend on which
 * thread was faster. */
static void
run_shares (Pass *self, gsize n_sums, SemParallelFunc func)
{
  self->n_blocks = (self->input->n + BLOCK_ROWS - 1) / BLOCK_ROWS;
  self->n_shares = MIN (MIN (sem_parallel_get_n_threads (), MAX_SHARES), self->n_blocks);
  for (gsize share = 0; share < self->n_shares; share++)
    self->sums[share] = g_new0 (double, n_sums);
  sem_parallel_for (self->n_shares, func, self);
  for (gsize share = 1; share < self->n_shares; share++)
    {
      for (gsize i = 0; i < n_sums; i++)
        self->sums[0][i] += self->sums[share][i];
      self->traces[0] += self->traces[share];
      g_free (self->sums[share]);
    }
}

static void
sum_products (gsize share, gpointer data)
{
  Pass *self = data;
  gsize d = self->input->d, end = self->n_blocks * (share + 1) / self->n_shares;
  g_autofree float *centered = g_new (float, BLOCK_ROWS *d);
  g_autofree float *product = g_new0 (float, d *d);
  g_autofree double *row = g_new (double, d);
  for (gsize block = self->n_blocks * share / self->n_shares;
       block < end && !g_cancellable_is_cancelled (self->cancellable); block++)
    {
      gsize n = count_rows (self, block);
      const double *x = self->input->rows + block * BLOCK_ROWS * d;
      for (gsize i = 0; i < n; i++, x += d)
        {
          for (gsize j = 0; j < d; j++)
            row[j] = x[j] - self->mean[j];
          for (gsize j = 0; j < d; j++)
            centered[i * d + j] = (float)row[j];
          self->traces[share] += sem_linalg_dot (d, row, row);
        }
      sem_linalg_syrk_f32 (TRUE, d, n, centered, d, 0.0f, product, d);
      for (gsize i = 0; i < d; i++)
        for (gsize j = i; j < d; j++)
          self->sums[share][i * d + j] += (double)product[i * d + j];
    }
}

/* S V' for the k rows of vectors, in doubles, reading every row once. */
static void
apply_scatter (gsize share, gpointer data)
{
  Pass *self = data;
  gsize d = self->input->d, k = self->k, end = self->n_blocks * (share + 1) / self->n_shares;
  g_autofree double *centered = g_new (double, BLOCK_ROWS *d);
  g_autofree double *weights = g_new (double, BLOCK_ROWS *k);
  for (gsize block = self->n_blocks * share / self->n_shares;
       block < end && !g_cancellable_is_cancelled (self->cancellable); block++)
    {
      gsize n = count_rows (self, block);
      const double *x = self->input->rows + block * BLOCK_ROWS * d;
      for (gsize i = 0; i < n; i++, x += d)
        for (gsize j = 0; j < d; j++)
          centered[i * d + j] = x[j] - self->mean[j];
      sem_linalg_gemm (FALSE, TRUE, n, k, d, 1.0, centered, d, self->vectors, d, 0.0, weights, k);
      sem_linalg_gemm (TRUE, FALSE, k, d, n, 1.0, weights, k, centered, d, 1.0, self->sums[share],
                       d);
    }
}

/* --- refinement --- */

/* y -= (x . y) x, and the same combination of their images. */
static void
remove_direction (gsize d, const double *x, const double *image_x, double *y, double *image_y)
{
  double dot = sem_linalg_dot (d, x, y);
  for (gsize j = 0; j < d; j++)
    {
      y[j] -= dot * x[j];
      image_y[j] -= dot * image_x[j];
    }
}

/* Steps 4: basis and images are 2k x d; the first k rows are V and S V, the others become
 * corrections of length 1 and their images (by S1, whose error is as small against S V as a
 * correction is against V).  FALSE when one is too large. */
static gboolean
add_corrections (SemTridiagonal *form,
                 const double *sum,
                 gsize d,
                 gsize k,
                 double *basis,
                 double *images)
{
  g_autofree double *residual = g_new (double, d);
  for (gsize i = 0; i < k; i++)
    {
      const double *v = basis + i * d, *image = images + i * d;
      double *correction = basis + (k + i) * d, *corrected = images + (k + i) * d;
      double value = sem_linalg_dot (d, v, image);
      for (gsize j = 0; j < d; j++)
        correction[j] = value * v[j] - image[j];
      if (!sem_linalg_tridiagonal_solve (form, value, correction))
        return FALSE;
      for (gsize before = 0; before < k; before++)
        {
          double dot = sem_linalg_dot (d, basis + before * d, correction);
          for (gsize j = 0; j < d; j++)
            correction[j] -= dot * basis[before * d + j];
        }
      double length = sem_linalg_norm (d, correction);
      if (!(length < MAX_CORRECTION))
        return FALSE;
      for (gsize j = 0; j < d && length > 0; j++)
        correction[j] /= length;
      sem_linalg_symv (d, sum, d, correction, corrected);
      /* Orthonormal to what is there already; a correction that is nothing new becomes zero. */
      for (gsize before = 0; before < k + i; before++)
        remove_direction (d, basis + before * d, images + before * d, correction, corrected);
      double rest = sem_linalg_norm (d, correction);
      for (gsize j = 0; j < d; j++)
        {
          correction[j] = rest > 1e-8 ? correction[j] / rest : 0.0;
          corrected[j] = rest > 1e-8 ? corrected[j] / rest : 0.0;
        }
    }
  return TRUE;
}

/* Step 5. */
static gboolean
solve_in_span (gsize d,
               gsize k,
               const double *basis,
               const double *images,
               double *values,
               double *vectors)
{
  gsize m = 2 * k;
  g_autofree double *small = g_new (double, m *m);
  g_autofree double *mixes = g_new (double, k *m);
  for (gsize i = 0; i < m; i++)
    for (gsize j = i; j < m; j++)
      small[i * m + j] = 0.5
                         * (sem_linalg_dot (d, basis + i * d, images + j * d)
                            + sem_linalg_dot (d, basis + j * d, images + i * d));
  if (!sem_linalg_eigen (m, k, small, m, values, mixes, NULL))
    return FALSE;
  sem_linalg_gemm (FALSE, FALSE, k, d, m, 1.0, mixes, m, basis, d, 0.0, vectors, d);
  return TRUE;
}

gboolean
sem_scatter_eigen_mixed (const SemScatterInput *input,
                         gsize k,
                         const double *mean,
                         double *values,
                         double *vectors,
                         double *trace,
                         GCancellable *cancellable)
{
  gsize d = input->d;
  Pass pass = { .input = input, .mean = mean, .k = k, .cancellable = cancellable };
  run_shares (&pass, d * d, sum_products);
  g_autofree double *sum = pass.sums[0];
  *trace = pass.traces[0];
  g_autofree double *basis = g_new0 (double, 2 * k * d);
  g_autofree double *images = g_new0 (double, 2 * k * d);
  if (!isfinite (*trace) || !(*trace > 1e-20) || *trace > 1e30)
    return FALSE;
  g_autofree double *copy = g_memdup2 (sum, d * d * sizeof *sum);
  g_autoptr (SemTridiagonal) form = sem_linalg_tridiagonal_new (d, copy);
  if (form == NULL || !sem_linalg_tridiagonal_eigen (form, k, values, basis))
    return FALSE;
  pass.vectors = basis;
  run_shares (&pass, k * d, apply_scatter);
  memcpy (images, pass.sums[0], k * d * sizeof *images);
  g_free (pass.sums[0]);
  return !g_cancellable_is_cancelled (cancellable)
         && add_corrections (form, sum, d, k, basis, images)
         && solve_in_span (d, k, basis, images, values, vectors);
}
