/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker that makes what a view asks for and an analysis has not yet: clustered orders when the
 * order is chosen, or another one of two texts, and the words behind the map.  Until it is done the
 * heatmap shows the units as they were typed, the map its points alone.  (A new text's orders are
 * made in its own job, so that typing never shows them late.) */
#include "doc/document-private.h"

#include "core/analysis/clustered.h"
#include "core/analysis/nearby.h"

typedef struct
{
  SemAnalysis *analysis, *second; /* second: of the other model, or NULL */
  SemViewOptions view;
} OrderJob;

static void
order_job_free (OrderJob *job)
{
  sem_analysis_unref (job->analysis);
  g_clear_pointer (&job->second, sem_analysis_unref);
  g_free (job);
}

/* Of one model alone: two maps beside each other have no room for them. */
static gboolean
wants_nearby (const SemAnalysis *analysis, const SemAnalysis *second, const SemViewOptions *view)
{
  return view->nearby_words && second == NULL && sem_nearby_get (analysis) == NULL;
}

static void
order_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OrderJob *job = data;
  GError *error = NULL;

  if (sem_clustered_make_all (job->analysis, &job->view, cancellable, &error)
      && (job->second == NULL
          || sem_clustered_make_all (job->second, &job->view, cancellable, &error))
      && (!wants_nearby (job->analysis, job->second, &job->view)
          || sem_nearby_make (job->analysis, cancellable, &error) != NULL))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SemDocument *self = SEM_DOCUMENT (source);

  /* Overtaken: the newer job, if any, will say when it is done. */
  if (self->order_cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->order_cancellable);
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    sem_document_mark (self, SEM_CHANGED_ORDER);
}

void
sem_document_cancel_order (SemDocument *self)
{
  if (self->order_cancellable != NULL)
    g_cancellable_cancel (self->order_cancellable);
  g_clear_object (&self->order_cancellable);
}

/* Zooming, for one, changes the view but not what is to be ordered. */
static gboolean
is_under_way (SemDocument *self, const SemAnalysis *second)
{
  const OrderJob *job = self->order_job;

  return self->order_cancellable != NULL && job->analysis == self->analysis && job->second == second
         && job->view.order == self->view.order && job->view.shape == self->view.shape
         && job->view.first_text == self->view.first_text
         && job->view.nearby_words == self->view.nearby_words;
}

void
sem_document_update_order (SemDocument *self)
{
  SemAnalysis *second
      = self->comparison != NULL ? sem_comparison_get_second (self->comparison) : NULL;
  g_autoptr (GTask) task = NULL;
  OrderJob *job;

  if (is_under_way (self, second))
    return;
  sem_document_cancel_order (self);
  if (self->analysis == NULL
      || (sem_clustered_are_made (self->analysis, &self->view)
          && (second == NULL || sem_clustered_are_made (second, &self->view))
          && !wants_nearby (self->analysis, second, &self->view)))
    return;
  job = g_new0 (OrderJob, 1);
  job->analysis = sem_analysis_ref (self->analysis);
  job->second = second != NULL ? sem_analysis_ref (second) : NULL;
  job->view = self->view;
  self->order_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->order_cancellable, ordered_cb, NULL);
  g_task_set_source_tag (task, sem_document_update_order);
  g_task_set_task_data (task, job, (GDestroyNotify)order_job_free);
  self->order_job = job;
  g_task_run_in_thread (task, order_in_thread);
}
