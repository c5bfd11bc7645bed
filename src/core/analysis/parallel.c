/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Independent tasks on a few threads that live as long as the loop. */
#include "core/analysis/parallel.h"

#define MAX_THREADS 16

typedef struct
{
  SemParallelFunc func;
  gpointer data;
  gsize n_tasks;
  gsize next; /* atomic: tasks are taken in order */
} Loop;

guint
sem_parallel_get_n_threads (void)
{
  return CLAMP (g_get_num_processors (), 1, MAX_THREADS);
}

static gpointer
run_tasks (gpointer user_data)
{
  Loop *loop = user_data;
  gsize task;
  while ((task = g_atomic_pointer_add (&loop->next, 1)) < loop->n_tasks)
    loop->func (task, loop->data);
  return NULL;
}

void
sem_parallel_for (gsize n_tasks, SemParallelFunc func, gpointer data)
{
  Loop loop = { func, data, n_tasks, 0 };
  GThread *threads[MAX_THREADS] = { NULL };
  guint n_threads = (guint)MIN (n_tasks, sem_parallel_get_n_threads ());
  /* A thread that cannot be made is not missed: the others do its tasks. */
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("sem-parallel", run_tasks, &loop, NULL);
  run_tasks (&loop);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}
