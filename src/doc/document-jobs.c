/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two jobs of a document: building an analysis, opening a model.
 *
 * A worker sees only its job struct.  Whoever comes first - the task's callback, or the main thread
 * that waits a few milliseconds for a short text - takes the result out of the job; the other finds
 * it gone.  A job that is not the document's current one any more is dropped whatever it brought.
 */
#include "doc/document-private.h"

#include "core/analysis/clustered.h"

#include <string.h>

struct _SemAnalysisJob
{
  gatomicrefcount ref_count;

  /* the snapshot, written before the worker starts */
  GBytes *text;
  SemModel *model;
  SemAnalysisOptions options;
  SemViewOptions view; /* the orders it asks for are made along */
  SemPca *frame;       /* or NULL */
  gsize fitted_units;
  SemAnalysis *ready; /* of this text and model, made before: only the other's is wanted; or NULL */
  SemModel *other;    /* to compare with, or NULL */
  SemPca *other_frame; /* or NULL */
  GCancellable *cancellable;

  /* under the mutex */
  GMutex mutex;
  GCond cond;
  gboolean done, taken;
  SemAnalysis *result;
  SemComparison *comparison; /* NULL without another model */
  GError *error;
  gint64 cost_us;
};

static SemAnalysisJob *
job_ref (SemAnalysisJob *job)
{
  g_atomic_ref_count_inc (&job->ref_count);
  return job;
}

static void
job_unref (SemAnalysisJob *job)
{
  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;
  g_clear_pointer (&job->text, g_bytes_unref);
  g_clear_pointer (&job->model, sem_model_unref);
  g_clear_pointer (&job->frame, sem_pca_unref);
  g_clear_pointer (&job->ready, sem_analysis_unref);
  g_clear_pointer (&job->other, sem_model_unref);
  g_clear_pointer (&job->other_frame, sem_pca_unref);
  g_clear_pointer (&job->result, sem_analysis_unref);
  g_clear_pointer (&job->comparison, sem_comparison_unref);
  g_clear_error (&job->error);
  g_clear_object (&job->cancellable);
  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->cond);
  g_free (job);
}

/* The other map is turned onto the first; while that keeps its frame, so does this one. */
static SemPca *
ref_other_frame (SemDocument *self)
{
  SemAnalysis *second
      = self->comparison != NULL ? sem_comparison_get_second (self->comparison) : NULL;

  if (second == NULL || sem_analysis_get_model (second) != self->other
      || !sem_analysis_has_vectors (second))
    return NULL;
  return sem_pca_ref (sem_analysis_get_pca (second));
}

static SemAnalysisJob *
job_new (SemDocument *self, gboolean only_other)
{
  SemAnalysisJob *job = g_new0 (SemAnalysisJob, 1);
  gboolean keep_frame = !self->fresh && self->analysis != NULL
                        && sem_analysis_has_vectors (self->analysis) && self->fitted_units > 0;

  g_atomic_ref_count_init (&job->ref_count);
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  job->text = g_bytes_ref (self->text);
  job->model = sem_model_ref (self->model);
  job->options = self->options;
  job->view = self->view;
  if (self->wanted_frame != NULL)
    job->frame = sem_pca_ref (self->wanted_frame);
  else if (keep_frame)
    job->frame = sem_pca_ref (sem_analysis_get_pca (self->analysis));
  job->fitted_units = self->fitted_units;
  if (only_other)
    job->ready = sem_analysis_ref (self->analysis);
  if (self->other != NULL)
    {
      job->other = sem_model_ref (self->other);
      if (keep_frame)
        job->other_frame = ref_other_frame (self);
    }
  job->cancellable = g_cancellable_new ();
  return job;
}

static SemAnalysis *
build_analysis (SemAnalysisJob *job, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (job->text, &length);
  g_autoptr (SemAnalysis) framed = NULL;

  if (text == NULL)
    text = "";
  if (job->frame != NULL)
    {
      framed = sem_analysis_new (job->model, text, length, &job->options, job->frame,
                                 job->cancellable, error);
      if (framed == NULL || sem_analysis_get_n (framed) < 2 * job->fitted_units)
        return g_steal_pointer (&framed);
    }
  return sem_analysis_new (job->model, text, length, &job->options, NULL, job->cancellable, error);
}

/* The other model's analysis of the same text with the same options. */
static gboolean
build_comparison (SemAnalysisJob *job, SemAnalysis *first, GError **error)
{
  gsize length;
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (first), &length);
  gboolean keep = job->other_frame != NULL && sem_analysis_is_frozen (first);
  g_autoptr (SemAnalysis) second
      = sem_analysis_new (job->other, text, length, &job->options, keep ? job->other_frame : NULL,
                          job->cancellable, error);

  if (second != NULL)
    job->comparison = sem_comparison_new (first, second, job->cancellable, error);
  if (job->comparison != NULL)
    return TRUE;
  if (!g_cancellable_is_cancelled (job->cancellable))
    g_prefix_error (error, "%s: ", sem_model_get_name (job->other));
  return FALSE;
}

static void
analyse_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SemAnalysisJob *job = data;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SemAnalysis) analysis
      = job->ready != NULL ? sem_analysis_ref (job->ready) : build_analysis (job, &error);

  if (analysis != NULL && job->other != NULL && !build_comparison (job, analysis, &error))
    g_clear_pointer (&analysis, sem_analysis_unref);
  /* Without its order the analysis is good all the same: the document asks for it again. */
  if (analysis != NULL)
    sem_clustered_make_all (analysis, &job->view, job->cancellable, NULL);
  if (job->comparison != NULL)
    sem_clustered_make_all (sem_comparison_get_second (job->comparison), &job->view,
                            job->cancellable, NULL);
  g_mutex_lock (&job->mutex);
  job->result = g_steal_pointer (&analysis);
  job->error = g_steal_pointer (&error);
  job->cost_us = g_get_monotonic_time () - start;
  job->done = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->mutex);
  g_task_return_boolean (task, TRUE);
}

/* Moves a finished job's result into the document; the job was the current one. */
static void
finish_job (SemDocument *self, SemAnalysisJob *job)
{
  SemAnalysis *analysis = g_steal_pointer (&job->result);

  self->job = NULL;
  job->taken = TRUE;
  if (analysis != NULL)
    {
      self->fresh = FALSE;
      g_clear_pointer (&self->wanted_frame, sem_pca_unref);
      self->last_cost_us = job->cost_us + (job->ready != NULL ? self->last_cost_us : 0);
      sem_document_take_analysis (self, analysis, g_steal_pointer (&job->comparison));
    }
  else if (!g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (job->error);
      self->stage = SEM_STAGE_FAILED;
      sem_document_mark (self, SEM_CHANGED_STAGE);
    }
  job_unref (job);
}

static void
analysed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SemDocument *self = SEM_DOCUMENT (source);
  SemAnalysisJob *job = g_task_get_task_data (G_TASK (result));

  if (!job->taken && self->job == job)
    finish_job (self, job);
}

void
sem_document_cancel_analysis (SemDocument *self)
{
  SemAnalysisJob *job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;
  g_cancellable_cancel (job->cancellable);
  job_unref (job);
}

static void
start_job (SemDocument *self, gboolean only_other)
{
  g_autoptr (GTask) task = NULL;

  sem_document_cancel_analysis (self);
  if (self->model == NULL)
    return;
  self->job = job_new (self, only_other);
  task = g_task_new (self, NULL, analysed_cb, NULL);
  g_task_set_source_tag (task, sem_document_start_analysis);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_set_task_data (task, job_ref (self->job), (GDestroyNotify)job_unref);
  g_task_run_in_thread (task, analyse_in_thread);
}

void
sem_document_start_analysis (SemDocument *self)
{
  start_job (self, FALSE);
}

void
sem_document_compare_anew (SemDocument *self)
{
  gboolean is_current = self->job == NULL && self->debounce_id == 0 && self->analysis != NULL
                        && self->stage != SEM_STAGE_FAILED && !self->fresh;

  if (!is_current)
    sem_document_invalidate (self, FALSE);
  else if (self->other != NULL)
    start_job (self, TRUE);
}

gboolean
sem_document_wait (SemDocument *self, gint64 budget_us)
{
  SemAnalysisJob *job = self->job;
  gint64 end = g_get_monotonic_time () + budget_us;
  gboolean done;

  if (job == NULL)
    return self->debounce_id == 0;
  g_mutex_lock (&job->mutex);
  while (!job->done && g_cond_wait_until (&job->cond, &job->mutex, end))
    ;
  done = job->done;
  g_mutex_unlock (&job->mutex);
  if (done)
    finish_job (self, job);
  else
    self->last_cost_us = MAX (self->last_cost_us, budget_us); /* do not wait in vain again */
  return done;
}

/* --- opening a model
 * ------------------------------------------------------------------------------ */

typedef struct
{
  char *path, *tensor; /* or NULL */
  GMutex mutex;
  double fraction;
  gboolean idle_queued;
} ModelJob;

static void
model_job_free (ModelJob *job)
{
  g_mutex_clear (&job->mutex);
  g_free (job->path);
  g_free (job->tensor);
  g_free (job);
}

static gboolean
progress_idle_cb (gpointer data)
{
  GTask *task = data;
  ModelJob *job = g_task_get_task_data (task);
  SemDocument *self = g_task_get_source_object (task);

  g_mutex_lock (&job->mutex);
  job->idle_queued = FALSE;
  if (self->model_cancellable == g_task_get_cancellable (task))
    self->progress = job->fraction;
  g_mutex_unlock (&job->mutex);
  sem_document_mark (self, SEM_CHANGED_STAGE);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (double fraction, gpointer data)
{
  GTask *task = data;
  ModelJob *job = g_task_get_task_data (task);

  g_mutex_lock (&job->mutex);
  job->fraction = fraction;
  if (!job->idle_queued)
    {
      job->idle_queued = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT, progress_idle_cb, g_object_ref (task), g_object_unref);
    }
  g_mutex_unlock (&job->mutex);
}

static void
open_model_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ModelJob *job = data;
  SemModelOpenOptions options = {
    .tensor = job->tensor, .tokenizer_only_ok = TRUE, .progress = progress_cb, .progress_data = task
  };
  GError *error = NULL;
  SemModel *model = sem_model_open (job->path, &options, cancellable, &error);

  if (model == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, model, (GDestroyNotify)sem_model_unref);
}

void
sem_document_begin_opening (SemDocument *self, GCancellable *cancellable)
{
  if (self->model_cancellable != NULL)
    g_cancellable_cancel (self->model_cancellable);
  g_clear_object (&self->model_cancellable);
  self->model_cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             self->model_cancellable, G_CONNECT_SWAPPED);
  self->stage = SEM_STAGE_LOADING;
  self->progress = 0.0;
  sem_document_mark (self, SEM_CHANGED_STAGE);
}

gboolean
sem_document_end_opening (SemDocument *self, GCancellable *cancellable)
{
  if (self->model_cancellable != cancellable)
    return FALSE;
  g_clear_object (&self->model_cancellable);
  self->stage = self->model == NULL ? SEM_STAGE_EMPTY : SEM_STAGE_READY;
  sem_document_mark (self, SEM_CHANGED_STAGE);
  return TRUE;
}

void
sem_document_cancel_opening (SemDocument *self)
{
  if (self->model_cancellable != NULL)
    g_cancellable_cancel (self->model_cancellable);
}

void
sem_document_start_opening (SemDocument *self,
                            const char *path,
                            const char *tensor,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data,
                            gpointer source_tag)
{
  g_autoptr (GTask) task = NULL;
  ModelJob *job = g_new0 (ModelJob, 1);

  sem_document_begin_opening (self, cancellable);

  g_mutex_init (&job->mutex);
  job->path = g_strdup (path);
  job->tensor = g_strdup (tensor);
  task = g_task_new (self, self->model_cancellable, callback, user_data);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, (GDestroyNotify)model_job_free);
  g_task_run_in_thread (task, open_model_in_thread);
}

SemModel *
sem_document_finish_opening (SemDocument *self,
                             GAsyncResult *result,
                             gboolean *is_current,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  *is_current = sem_document_end_opening (self, g_task_get_cancellable (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sem_document_open_model_async (SemDocument *self,
                               const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  sem_document_open_tensor_async (self, path, NULL, cancellable, callback, user_data);
}

void
sem_document_open_tensor_async (SemDocument *self,
                                const char *path,
                                const char *tensor,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  sem_document_start_opening (self, path, tensor, cancellable, callback, user_data,
                              sem_document_open_tensor_async);
}

gboolean
sem_document_open_model_finish (SemDocument *self, GAsyncResult *result, GError **error)
{
  gboolean is_current;
  SemModel *model = sem_document_finish_opening (self, result, &is_current, error);

  if (model == NULL)
    return FALSE;
  if (is_current)
    sem_document_set_model (self, model);
  sem_model_unref (model);
  return TRUE;
}

void
sem_document_adopt_analysis (SemDocument *self, SemAnalysis *analysis)
{
  gsize length;
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (analysis), &length);

  if (!sem_document_set_text (self, text, (gssize)length, NULL))
    return;
  sem_document_set_model (self, sem_analysis_get_model (analysis));
  /* Under other options it is no use; the job that set_model() has started goes on then. */
  if (memcmp (sem_analysis_get_options (analysis), &self->options, sizeof self->options) != 0)
    return;
  sem_document_cancel_analysis (self);
  self->fresh = FALSE;
  sem_document_take_analysis (self, sem_analysis_ref (analysis), NULL);
}
