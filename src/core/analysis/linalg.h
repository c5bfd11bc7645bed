/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to BLAS and LAPACK.  All matrices are row-major with their leading dimension (ld, elements from one row to
 * the next) given.  Kernels check nothing but LAPACK's info; whoever calls checks shapes and that values are finite.
 *
 * BLAS runs on one thread unless sem_linalg_set_threads() says otherwise (benchmarks do, for the peer's best time); what is
 * large is cut into tasks by its caller and run by sem_parallel_for().  Thread: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* C = alpha op(A) op(B) + beta C; op transposes when its flag is set.  C is m x n, the inner size k. */
void sem_linalg_gemm (gboolean transpose_a, gboolean transpose_b, gsize m, gsize n, gsize k, double alpha,
                      const double *a, gsize lda, const double *b, gsize ldb, double beta, double *c, gsize ldc);
void sem_linalg_gemm_f32 (gboolean transpose_a, gboolean transpose_b, gsize m, gsize n, gsize k, float alpha,
                          const float *a, gsize lda, const float *b, gsize ldb, float beta, float *c, gsize ldc);
/* Upper triangle of C = A A' (n x n, A n x k), or of A' A (A k x n) when transpose; + beta C. */
void sem_linalg_syrk (gboolean transpose, gsize n, gsize k, const double *a, gsize lda, double beta, double *c,
                      gsize ldc);
void sem_linalg_syrk_f32 (gboolean transpose, gsize n, gsize k, const float *a, gsize lda, float beta, float *c,
                          gsize ldc);
/* y = A x (A m x n), or A' x when transpose. */
void sem_linalg_gemv (gboolean transpose, gsize m, gsize n, const double *a, gsize lda, const double *x, double *y);
void sem_linalg_gemv_f32 (gboolean transpose, gsize m, gsize n, const float *a, gsize lda, const float *x, float *y);
/* y = S x, S symmetric n x n with its upper triangle in a. */
void sem_linalg_symv (gsize n, const double *a, gsize lda, const double *x, double *y);
double sem_linalg_dot (gsize n, const double *x, const double *y);
double sem_linalg_norm (gsize n, const double *x); /* scaled: no overflow */

/* sem_linalg_eigen: the k largest eigenvalues of the symmetric n x n matrix whose upper triangle is in a (destroyed),
 * largest first, and their unit eigenvectors as the rows of vectors (k x n).  LAPACK dsyevr.
 * Errors: SEM_NUMERIC_ERROR_NO_CONVERGENCE (info > 0), _NOT_FINITE (info < 0). */
gboolean sem_linalg_eigen (gsize n, gsize k, double *a, gsize lda, double *values, double *vectors, GError **error);
/* The tridiagonal form of a symmetric matrix (LAPACK dsytrd), kept so that several questions cost one reduction. */
typedef struct _SemTridiagonal SemTridiagonal;
/* The matrix's upper triangle is in a (n x n, destroyed; it must live as long as the form).  NULL when LAPACK refuses. */
SemTridiagonal *sem_linalg_tridiagonal_new (gsize n, double *a);
void sem_linalg_tridiagonal_free (SemTridiagonal *self);
/* The k largest eigenvalues and their unit eigenvectors (k x n), as in sem_linalg_eigen(). */
gboolean sem_linalg_tridiagonal_eigen (const SemTridiagonal *self, gsize k, double *values, double *vectors);
/* Solves (A - shift I) x = b in place; FALSE when that matrix is singular to the last bit. */
gboolean sem_linalg_tridiagonal_solve (const SemTridiagonal *self, double shift, double *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTridiagonal, sem_linalg_tridiagonal_free)

/* sem_linalg_svd: thin singular value decomposition of the m x n matrix a (destroyed): u m x p, s p, vt p x n, p = min (m, n).
 * LAPACK dgesdd.  Errors: as above. */
gboolean sem_linalg_svd (gsize m, gsize n, double *a, double *s, double *u, double *vt, GError **error);

/* Threads that BLAS itself uses from now on; 1 to begin with.  For benchmarks only. */
void sem_linalg_set_threads (guint n_threads);
/* "OpenBLAS 0.3.21 ...": for `bench` and bug reports. */
const char *sem_linalg_get_description (void);

G_END_DECLS
