/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenBLAS and LAPACKE, loaded by the first call and not with the program: their 30 MB of code and relocations take a tenth of
 * the time to a window, and the thread that computes can pay it while the window is made.  For linalg.c only. */
#pragma once

#include <cblas.h>
#include <lapacke.h>

/* Every function that linalg.c calls; each is a member of the same name and type. */
#define SEM_LINALG_FUNCTIONS(f)                                                                                        \
  f (openblas_set_num_threads) f (openblas_get_config) f (cblas_dgemm) f (cblas_sgemm) f (cblas_dsyrk) f (cblas_ssyrk)  \
  f (cblas_dgemv) f (cblas_sgemv) f (cblas_dsymv) f (cblas_ddot) f (cblas_dnrm2) f (LAPACKE_dsyevr_work)                \
  f (LAPACKE_dsytrd_work) f (LAPACKE_dormtr_work) f (LAPACKE_dstemr_work) f (LAPACKE_dgtsv_work)                        \
  f (LAPACKE_dgesdd_work)

#define SEM_LINALG_MEMBER(name) __typeof__ (name) *name;
typedef struct
{
  SEM_LINALG_FUNCTIONS (SEM_LINALG_MEMBER)
} SemLinalgLibrary;
#undef SEM_LINALG_MEMBER

/* The functions, with BLAS on one thread.  Ends the program with one sentence when a library is missing, as the dynamic linker
 * would have.  Thread: any. */
const SemLinalgLibrary *sem_linalg_load (void);
