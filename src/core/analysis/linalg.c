/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLAS and LAPACK calls: index widths, layout and error codes are dealt with here and nowhere else.
 *
 * Symmetric results are asked for as "upper, row-major"; for LAPACK, which is column-major inside,
 * that is "lower", so the Fortran layout is used directly and LAPACKE never transposes a copy.  The
 * work variants are called: they skip the NaN scan of every argument, which callers have done once.
 */
#include "core/analysis/linalg.h"

#include "core/analysis/linalg-load.h"
#include "core/error.h"

#include <string.h>

void
sem_linalg_set_threads (guint n_threads)
{
  sem_linalg_load ()->openblas_set_num_threads ((int)MAX (n_threads, 1));
}

const char *
sem_linalg_get_description (void)
{
  return sem_linalg_load ()->openblas_get_config ();
}

static inline CBLAS_TRANSPOSE
op (gboolean transpose)
{
  return transpose ? CblasTrans : CblasNoTrans;
}

void
sem_linalg_gemm (gboolean transpose_a,
                 gboolean transpose_b,
                 gsize m,
                 gsize n,
                 gsize k,
                 double alpha,
                 const double *a,
                 gsize lda,
                 const double *b,
                 gsize ldb,
                 double beta,
                 double *c,
                 gsize ldc)
{
  sem_linalg_load ()->cblas_dgemm (CblasRowMajor, op (transpose_a), op (transpose_b), (blasint)m,
                                   (blasint)n, (blasint)k, alpha, a, (blasint)lda, b, (blasint)ldb,
                                   beta, c, (blasint)ldc);
}

void
sem_linalg_gemm_f32 (gboolean transpose_a,
                     gboolean transpose_b,
                     gsize m,
                     gsize n,
                     gsize k,
                     float alpha,
                     const float *a,
                     gsize lda,
                     const float *b,
                     gsize ldb,
                     float beta,
                     float *c,
                     gsize ldc)
{
  sem_linalg_load ()->cblas_sgemm (CblasRowMajor, op (transpose_a), op (transpose_b), (blasint)m,
                                   (blasint)n, (blasint)k, alpha, a, (blasint)lda, b, (blasint)ldb,
                                   beta, c, (blasint)ldc);
}

void
sem_linalg_syrk (gboolean transpose,
                 gsize n,
                 gsize k,
                 const double *a,
                 gsize lda,
                 double beta,
                 double *c,
                 gsize ldc)
{
  sem_linalg_load ()->cblas_dsyrk (CblasRowMajor, CblasUpper, op (transpose), (blasint)n,
                                   (blasint)k, 1.0, a, (blasint)lda, beta, c, (blasint)ldc);
}

void
sem_linalg_syrk_f32 (gboolean transpose,
                     gsize n,
                     gsize k,
                     const float *a,
                     gsize lda,
                     float beta,
                     float *c,
                     gsize ldc)
{
  sem_linalg_load ()->cblas_ssyrk (CblasRowMajor, CblasUpper, op (transpose), (blasint)n,
                                   (blasint)k, 1.0f, a, (blasint)lda, beta, c, (blasint)ldc);
}

void
sem_linalg_gemv (gboolean transpose,
                 gsize m,
                 gsize n,
                 const double *a,
                 gsize lda,
                 const double *x,
                 double *y)
{
  sem_linalg_load ()->cblas_dgemv (CblasRowMajor, op (transpose), (blasint)m, (blasint)n, 1.0, a,
                                   (blasint)lda, x, 1, 0.0, y, 1);
}

void
sem_linalg_gemv_f32 (gboolean transpose,
                     gsize m,
                     gsize n,
                     const float *a,
                     gsize lda,
                     const float *x,
                     float *y)
{
  sem_linalg_load ()->cblas_sgemv (CblasRowMajor, op (transpose), (blasint)m, (blasint)n, 1.0f, a,
                                   (blasint)lda, x, 1, 0.0f, y, 1);
}

void
sem_linalg_symv (gsize n, const double *a, gsize lda, const double *x, double *y)
{
  sem_linalg_load ()->cblas_dsymv (CblasRowMajor, CblasUpper, (blasint)n, 1.0, a, (blasint)lda, x,
                                   1, 0.0, y, 1);
}

double
sem_linalg_dot (gsize n, const double *x, const double *y)
{
  return sem_linalg_load ()->cblas_ddot ((blasint)n, x, 1, y, 1);
}

double
sem_linalg_norm (gsize n, const double *x)
{
  return sem_linalg_load ()->cblas_dnrm2 ((blasint)n, x, 1);
}

static gboolean
check_info (const char *routine, lapack_int info, GError **error)
{
  if (info == 0)
    return TRUE;
  if (info > 0)
    g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NO_CONVERGENCE,
                 "%s did not converge (info %d)", routine, (int)info);
  else
    g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE,
                 "%s refused its argument %d: not a finite number or a wrong size", routine,
                 (int)-info);
  return FALSE;
}

/* LAPACK gives eigenvalues smallest first and each vector as a column, which is a row of ours: turn
 * the order round. */
static void
take_largest_first (gsize n, gsize k, const double *ascending, double *values, double *vectors)
{
  for (gsize i = 0; i < k; i++)
    values[i] = ascending[k - 1 - i];
  for (gsize i = 0; i < k / 2; i++)
    for (gsize j = 0; j < n; j++)
      {
        double swapped = vectors[i * n + j];
        vectors[i * n + j] = vectors[(k - 1 - i) * n + j];
        vectors[(k - 1 - i) * n + j] = swapped;
      }
}

gboolean
sem_linalg_eigen (gsize n,
                  gsize k,
                  double *a,
                  gsize lda,
                  double *values,
                  double *vectors,
                  GError **error)
{
  g_return_val_if_fail (k >= 1 && k <= n, FALSE);
  lapack_int found = 0, order = (lapack_int)n, n_int_work;
  double n_work;
  g_autofree double *all = g_new (double, n);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * n);
  lapack_int first = (lapack_int)(n - k + 1);
  lapack_int info = sem_linalg_load ()->LAPACKE_dsyevr_work (
      LAPACK_COL_MAJOR, 'V', k == n ? 'A' : 'I', 'L', order, a, (lapack_int)lda, 0.0, 0.0, first,
      order, 0.0, &found, all, vectors, order, support, &n_work, -1, &n_int_work, -1);
  if (!check_info ("dsyevr", info, error))
    return FALSE;
  g_autofree double *work = g_new (double, (gsize)n_work);
  g_autofree lapack_int *int_work = g_new (lapack_int, n_int_work);
  info = sem_linalg_load ()->LAPACKE_dsyevr_work (LAPACK_COL_MAJOR, 'V', k == n ? 'A' : 'I', 'L',
                                                  order, a, (lapack_int)lda, 0.0, 0.0, first, order,
                                                  0.0, &found, all, vectors, order, support, work,
                                                  (lapack_int)n_work, int_work, n_int_work);
  if (!check_info ("dsyevr", info, error))
    return FALSE;
  if ((gsize)found != k)
    return check_info ("dsyevr", found + 1, error);
  take_largest_first (n, k, all, values, vectors);
  return TRUE;
}

/* --- tridiagonal form --- */

/* A = Q T Q', T with diagonal d and off-diagonal e, Q as reflectors in a and tau. */
struct _SemTridiagonal
{
  lapack_int n;
  double *a; /* borrowed */
  double *d, *e, *tau;
};

void
sem_linalg_tridiagonal_free (SemTridiagonal *self)
{
  g_free (self->d);
  g_free (self->e);
  g_free (self->tau);
  g_free (self);
}

SemTridiagonal *
sem_linalg_tridiagonal_new (gsize n, double *a)
{
  g_autoptr (SemTridiagonal) self = g_new0 (SemTridiagonal, 1);
  double n_work;
  self->n = (lapack_int)n;
  self->a = a;
  self->d = g_new (double, n);
  self->e = g_new (double, n);
  self->tau = g_new (double, n);
  if (sem_linalg_load ()->LAPACKE_dsytrd_work (LAPACK_COL_MAJOR, 'L', self->n, a, self->n, self->d,
                                               self->e, self->tau, &n_work, -1)
      != 0)
    return NULL;
  g_autofree double *work = g_new (double, (gsize)n_work);
  if (sem_linalg_load ()->LAPACKE_dsytrd_work (LAPACK_COL_MAJOR, 'L', self->n, a, self->n, self->d,
                                               self->e, self->tau, work, (lapack_int)n_work)
      != 0)
    return NULL;
  return g_steal_pointer (&self);
}

/* Q x, or Q' x, for the k rows of x. */
static gboolean
apply_reflectors (const SemTridiagonal *self, char transpose, gsize k, double *x)
{
  double n_work;
  if (sem_linalg_load ()->LAPACKE_dormtr_work (LAPACK_COL_MAJOR, 'L', 'L', transpose, self->n,
                                               (lapack_int)k, self->a, self->n, self->tau, x,
                                               self->n, &n_work, -1)
      != 0)
    return FALSE;
  g_autofree double *work = g_new (double, (gsize)n_work);
  return sem_linalg_load ()->LAPACKE_dormtr_work (LAPACK_COL_MAJOR, 'L', 'L', transpose, self->n,
                                                  (lapack_int)k, self->a, self->n, self->tau, x,
                                                  self->n, work, (lapack_int)n_work)
         == 0;
}

gboolean
sem_linalg_tridiagonal_eigen (const SemTridiagonal *self, gsize k, double *values, double *vectors)
{
  gsize n = (gsize)self->n;
  g_return_val_if_fail (k >= 1 && k <= n, FALSE);
  lapack_int found = 0, first = (lapack_int)(n - k + 1);
  lapack_logical try_accuracy = 1;
  g_autofree double *d = g_memdup2 (self->d, n * sizeof (double));
  g_autofree double *e = g_memdup2 (self->e, n * sizeof (double));
  g_autofree double *all = g_new (double, n);
  g_autofree double *work = g_new (double, 18 * n);
  g_autofree lapack_int *int_work = g_new (lapack_int, 10 * n);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * n);
  lapack_int info = sem_linalg_load ()->LAPACKE_dstemr_work (
      LAPACK_COL_MAJOR, 'V', 'I', self->n, d, e, 0.0, 0.0, first, self->n, &found, all, vectors,
      self->n, (lapack_int)k, support, &try_accuracy, work, (lapack_int)(18 * n), int_work,
      (lapack_int)(10 * n));
  if (info != 0 || (gsize)found != k || !apply_reflectors (self, 'N', k, vectors))
    return FALSE;
  take_largest_first (n, k, all, values, vectors);
  return TRUE;
}

gboolean
sem_linalg_tridiagonal_solve (const SemTridiagonal *self, double shift, double *b)
{
  gsize n = (gsize)self->n;
  g_autofree double *d = g_memdup2 (self->d, n * sizeof (double));
  g_autofree double *below = g_memdup2 (self->e, n * sizeof (double));
  g_autofree double *above = g_memdup2 (self->e, n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    d[i] -= shift;
  return apply_reflectors (self, 'T', 1, b)
         && sem_linalg_load ()->LAPACKE_dgtsv_work (LAPACK_COL_MAJOR, self->n, 1, below, d, above,
                                                    b, self->n)
                == 0
         && apply_reflectors (self, 'N', 1, b);
}

gboolean
sem_linalg_svd (gsize m, gsize n, double *a, double *s, double *u, double *vt, GError **error)
{
  gsize p = MIN (m, n);
  double n_work;
  g_autofree lapack_int *int_work = g_new (lapack_int, 8 * MAX (p, 1));
  /* Row-major A is column-major A' = V S U': u and vt change places, and nothing is transposed. */
  lapack_int info = sem_linalg_load ()->LAPACKE_dgesdd_work (
      LAPACK_COL_MAJOR, 'S', (lapack_int)n, (lapack_int)m, a, (lapack_int)n, s, vt, (lapack_int)n,
      u, (lapack_int)p, &n_work, -1, int_work);
  if (!check_info ("dgesdd", info, error))
    return FALSE;
  g_autofree double *work = g_new (double, (gsize)n_work);
  info = sem_linalg_load ()->LAPACKE_dgesdd_work (
      LAPACK_COL_MAJOR, 'S', (lapack_int)n, (lapack_int)m, a, (lapack_int)n, s, vt, (lapack_int)n,
      u, (lapack_int)p, work, (lapack_int)n_work, int_work);
  return check_info ("dgesdd", info, error);
}
