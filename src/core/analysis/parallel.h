/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loops over independent tasks on all processors.  BLAS itself always runs on one thread here (see linalg.h): waking its
 * threads costs more than a key press may, and its way of splitting would make sums depend on the machine. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*SemParallelFunc) (gsize task, gpointer data);

/* How many threads sem_parallel_for() uses at most, this one included; at least 1. */
guint sem_parallel_get_n_threads (void);
/* sem_parallel_for: calls func for each task in [0, n_tasks), in any order, on this thread and helpers; returns when all are
 * done.  A task must not depend on which thread runs it, so that results are the same on every machine. */
void sem_parallel_for (gsize n_tasks, SemParallelFunc func, gpointer data);

G_END_DECLS
