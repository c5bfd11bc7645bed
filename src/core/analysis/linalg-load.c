/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the functions of OpenBLAS and LAPACKE by name. */
#include "core/analysis/linalg-load.h"

#include <dlfcn.h>
#include <glib.h>

/* By the names their interfaces are versioned with; where OpenBLAS is built with LAPACKE in it, the
 * second may be absent. */
#define BLAS "libopenblas.so.0"
#define LAPACKE "liblapacke.so.3"

/* Their own symbols first: looking each of thousands up in all libraries of GTK takes several times
 * as long.  Address sanitizers refuse it, because malloc must be theirs. */
#if defined(RTLD_DEEPBIND) && !defined(__SANITIZE_ADDRESS__)
#define FLAGS (RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND)
#else
#define FLAGS (RTLD_LAZY | RTLD_LOCAL)
#endif

static gpointer
find_function (gpointer blas, gpointer *lapacke, const char *name)
{
  gpointer found = dlsym (blas, name);

  if (found != NULL)
    return found;
  if (*lapacke == NULL)
    *lapacke = dlopen (LAPACKE, FLAGS);
  if (*lapacke != NULL)
    found = dlsym (*lapacke, name);
  if (found == NULL)
    g_error ("cannot compute: %s", dlerror ());
  return found;
}

const SemLinalgLibrary *
sem_linalg_load (void)
{
  static SemLinalgLibrary library;
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      gpointer blas = dlopen (BLAS, FLAGS), lapacke = NULL;

      if (blas == NULL)
        g_error ("cannot compute: %s", dlerror ());
#define FIND(name) library.name = (__typeof__ (library.name))find_function (blas, &lapacke, #name);
      SEM_LINALG_FUNCTIONS (FIND)
#undef FIND
      /* It starts its threads when it is loaded; one is all we use of it (see linalg.h). */
      library.openblas_set_num_threads (1);
      g_once_init_leave (&done, 1);
    }
  return &library;
}
