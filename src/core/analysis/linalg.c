/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLAS and LAPACK calls: index widths, layout and error codes are dealt with here and nowhere else.
 *
 * Symmetric results are asked for as "upper, row-major"; for LAPACK, which is column-major inside,
 * that is "lower", so the Fortran layout is used directly and LAPACKE never transposes a copy.  The
 * work variants are called: they skip the NaN scan of every argument, which callers have done once.
 */
#include "core/analysis/linalg.h"

#include "core/error.h"

#include <cblas.h>
#include <lapacke.h>
#include <string.h>

/* OpenBLAS starts its threads when it is loaded; one is all we use of it (see the header). */
static void
use_one_thread (void)
{
  static gsize done = 0;
  if (g_once_init_enter (&done))
    {
      openblas_set_num_threads (1);
      g_once_init_leave (&done, 1);
    }
}

void
sem_linalg_set_threads (guint n_threads)
{
  use_one_thread ();
  openblas_set_num_threads ((int)MAX (n_threads, 1));
}

const char *
sem_linalg_get_description (void)
{
  return openblas_get_config ();
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
  use_one_thread ();
  cblas_dgemm (CblasRowMajor, op (transpose_a), op (transpose_b), (blasint)m, (blasint)n,
               (blasint)k, alpha, a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
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
  use_one_thread ();
  cblas_sgemm (CblasRowMajor, op (transpose_a), op (transpose_b), (blasint)m, (blasint)n,
               (blasint)k, alpha, a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
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
  use_one_thread ();
  cblas_dsyrk (CblasRowMajor, CblasUpper, op (transpose), (blasint)n, (blasint)k, 1.0, a,
               (blasint)lda, beta, c, (blasint)ldc);
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
  use_one_thread ();
  cblas_ssyrk (CblasRowMajor, CblasUpper, op (transpose), (blasint)n, (blasint)k, 1.0f, a,
               (blasint)lda, beta, c, (blasint)ldc);
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
  use_one_thread ();
  cblas_dgemv (CblasRowMajor, op (transpose), (blasint)m, (blasint)n, 1.0, a, (blasint)lda, x, 1,
               0.0, y, 1);
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
  use_one_thread ();
  cblas_sgemv (CblasRowMajor, op (transpose), (blasint)m, (blasint)n, 1.0f, a, (blasint)lda, x, 1,
               0.0f, y, 1);
}

double
sem_linalg_dot (gsize n, const double *x, const double *y)
{
  use_one_thread ();
  return cblas_ddot ((blasint)n, x, 1, y, 1);
}

double
sem_linalg_norm (gsize n, const double *x)
{
  use_one_thread ();
  return cblas_dnrm2 ((blasint)n, x, 1);
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
  use_one_thread ();
  lapack_int found = 0, order = (lapack_int)n, n_int_work;
  double n_work;
  g_autofree double *all = g_new (double, n);
  g_autofree lapack_int *support = g_new (lapack_int, 2 * n);
  lapack_int first = (lapack_int)(n - k + 1);
  lapack_int info = LAPACKE_dsyevr_work (LAPACK_COL_MAJOR, 'V', k == n ? 'A' : 'I', 'L', order, a,
                                         (lapack_int)lda, 0.0, 0.0, first, order, 0.0, &found, all,
                                         vectors, order, support, &n_work, -1, &n_int_work, -1);
  if (!check_info ("dsyevr", info, error))
    return FALSE;
  g_autofree double *work = g_new (double, (gsize)n_work);
  g_autofree lapack_int *int_work = g_new (lapack_int, n_int_work);
  info = LAPACKE_dsyevr_work (LAPACK_COL_MAJOR, 'V', k == n ? 'A' : 'I', 'L', order, a,
                              (lapack_int)lda, 0.0, 0.0, first, order, 0.0, &found, all, vectors,
                              order, support, work, (lapack_int)n_work, int_work, n_int_work);
  if (!check_info ("dsyevr", info, error))
    return FALSE;
  if ((gsize)found != k)
    return check_info ("dsyevr", found + 1, error);
  /* LAPACK gives them smallest first, each vector a column, which is a row of ours: turn the order
   * round. */
  for (gsize i = 0; i < k; i++)
    values[i] = all[k - 1 - i];
  for (gsize i = 0; i < k / 2; i++)
    for (gsize j = 0; j < n; j++)
      {
        double swapped = vectors[i * n + j];
        vectors[i * n + j] = vectors[(k - 1 - i) * n + j];
        vectors[(k - 1 - i) * n + j] = swapped;
      }
  return TRUE;
}

gboolean
sem_linalg_svd (gsize m, gsize n, double *a, double *s, double *u, double *vt, GError **error)
{
  use_one_thread ();
  gsize p = MIN (m, n);
  double n_work;
  g_autofree lapack_int *int_work = g_new (lapack_int, 8 * MAX (p, 1));
  /* Row-major A is column-major A' = V S U': u and vt change places, and nothing is transposed. */
  lapack_int info
      = LAPACKE_dgesdd_work (LAPACK_COL_MAJOR, 'S', (lapack_int)n, (lapack_int)m, a, (lapack_int)n,
                             s, vt, (lapack_int)n, u, (lapack_int)p, &n_work, -1, int_work);
  if (!check_info ("dgesdd", info, error))
    return FALSE;
  g_autofree double *work = g_new (double, (gsize)n_work);
  info = LAPACKE_dgesdd_work (LAPACK_COL_MAJOR, 'S', (lapack_int)n, (lapack_int)m, a, (lapack_int)n,
                              s, vt, (lapack_int)n, u, (lapack_int)p, work, (lapack_int)n_work,
                              int_work);
  return check_info ("dgesdd", info, error);
}
