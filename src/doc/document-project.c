/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects: the document's state out to a SemProject, and in from a file by way of a worker. */
#include "doc/document-project.h"

#include "doc/document-private.h"

#include <string.h>

SemProject *
sem_document_dup_project (SemDocument *self)
{
  SemProject *project = sem_project_new ();
  gsize length;
  const char *text = sem_document_get_text (self, &length);

  g_free (project->text);
  project->text = g_strndup (text, length);
  if (self->model != NULL)
    {
      if (!sem_model_is_builtin (self->model))
        project->model_path = g_strdup (sem_model_get_path (self->model));
      project->model_name = g_strdup (sem_model_get_name (self->model));
      project->model_hash = g_strdup (sem_model_get_hash (self->model));
      project->model_tensor = g_strdup (sem_model_get_wanted_tensor (self->model));
    }
  if (self->other != NULL)
    {
      project->has_other = TRUE;
      if (!sem_model_is_builtin (self->other))
        project->other_path = g_strdup (sem_model_get_path (self->other));
      project->other_name = g_strdup (sem_model_get_name (self->other));
      project->other_hash = g_strdup (sem_model_get_hash (self->other));
    }
  project->options = self->options;
  project->view = self->view;
  sem_project_figure_copy (&self->figure, &project->figure);
  if (self->analysis != NULL && sem_analysis_has_vectors (self->analysis)
      && sem_analysis_get_n (self->analysis) > 0)
    project->frame = sem_pca_ref (sem_analysis_get_pca (self->analysis));
  g_array_append_vals (project->selection, self->selected->data, self->selected->len);
  return project;
}

const SemProjectFigure *
sem_document_get_figure (SemDocument *self)
{
  return &self->figure;
}

static gboolean
figures_equal (const SemProjectFigure *a, const SemProjectFigure *b)
{
  return a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->text_size == b->text_size && g_strcmp0 (a->theme, b->theme) == 0
         && a->transparent == b->transparent && a->provenance == b->provenance
         && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->caption, b->caption) == 0;
}

void
sem_document_set_figure (SemDocument *self, const SemProjectFigure *figure)
{
  if (figures_equal (&self->figure, figure))
    return;
  sem_project_figure_clear (&self->figure);
  sem_project_figure_copy (figure, &self->figure);
  sem_document_mark (self, SEM_CHANGED_VIEW);
}

/* --- opening
 * -------------------------------------------------------------------------------------- */

typedef struct
{
  GFile *file;

  /* filled by the worker, read when the task has returned */
  SemProject *project;
  SemModel *model;
  SemAnalysis *analysis;
  SemModel *other; /* NULL: nothing is compared */
  SemComparison *comparison;
  char *warning;
} ProjectJob;

static void
project_job_free (ProjectJob *job)
{
  g_clear_object (&job->file);
  g_clear_pointer (&job->project, sem_project_free);
  g_clear_pointer (&job->model, sem_model_unref);
  g_clear_pointer (&job->analysis, sem_analysis_unref);
  g_clear_pointer (&job->other, sem_model_unref);
  g_clear_pointer (&job->comparison, sem_comparison_unref);
  g_free (job->warning);
  g_free (job);
}

static void
add_warning (ProjectJob *job, char *warning)
{
  char *both = job->warning == NULL ? NULL : g_strdup_printf ("%s; %s", job->warning, warning);

  g_free (job->warning);
  job->warning = both == NULL ? warning : both;
  if (both != NULL)
    g_free (warning);
}

/* The model it compares with; the project opens without it when that is gone. */
static void
read_other (ProjectJob *job, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAnalysis) second = NULL;
  g_autofree char *warning = NULL;

  if (!job->project->has_other)
    return;
  job->other = sem_project_open_other (job->project, &warning, cancellable, &error);
  if (job->other != NULL)
    second = sem_analysis_new (job->other, job->project->text, strlen (job->project->text),
                               &job->project->options, NULL, cancellable, &error);
  if (second != NULL)
    job->comparison = sem_comparison_new (job->analysis, second, cancellable, &error);
  if (warning != NULL)
    add_warning (job, g_steal_pointer (&warning));
  if (job->comparison != NULL)
    return;
  g_clear_pointer (&job->other, sem_model_unref);
  add_warning (job, g_strdup_printf ("the model %s to compare with could not be opened: %s",
                                     job->project->other_name != NULL ? job->project->other_name
                                                                      : "it was saved with",
                                     error->message));
}

static gboolean
read_project (ProjectJob *job, GCancellable *cancellable, GError **error)
{
  job->project = sem_project_load (job->file, cancellable, error);
  if (job->project == NULL)
    return FALSE;
  job->model = sem_project_open_model (job->project, &job->warning, cancellable, error);
  if (job->model == NULL)
    {
      g_prefix_error (
          error, "%s: ", job->project->model_name != NULL ? job->project->model_name : "its model");
      return FALSE;
    }
  job->analysis
      = sem_analysis_new (job->model, job->project->text, strlen (job->project->text),
                          &job->project->options, job->project->frame, cancellable, error);
  if (job->analysis == NULL)
    return FALSE;
  read_other (job, cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
open_project_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_project (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sem_document_open_project_async (SemDocument *self,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ProjectJob *job = g_new0 (ProjectJob, 1);
  g_autoptr (GTask) task = NULL;

  sem_document_begin_opening (self, cancellable);
  job->file = g_object_ref (file);
  task = g_task_new (self, self->model_cancellable, callback, user_data);
  g_task_set_source_tag (task, sem_document_open_project_async);
  g_task_set_task_data (task, job, (GDestroyNotify)project_job_free);
  g_task_run_in_thread (task, open_project_in_thread);
}

/* Everything at once, so that no view sees half of a project. */
static void
install_project (SemDocument *self, ProjectJob *job)
{
  SemProject *project = job->project;
  gsize n = sem_analysis_get_n (job->analysis);

  sem_document_cancel_analysis (self);
  sem_document_forget_history (self);
  sem_document_forget_frames (self);
  g_clear_handle_id (&self->debounce_id, g_source_remove);
  g_bytes_unref (self->text);
  self->text = g_bytes_new_take (g_strdup (project->text), strlen (project->text));
  g_clear_pointer (&self->model, sem_model_unref);
  self->model = sem_model_ref (job->model);
  g_clear_pointer (&self->other, sem_model_unref);
  self->other = g_steal_pointer (&job->other);
  sem_document_mark (self, SEM_CHANGED_TEXT | SEM_CHANGED_MODEL);

  /* The old selection belongs to the old text; there is nothing to carry over. */
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  self->fresh = FALSE;
  self->last_cost_us = 0;
  sem_document_take_analysis (self, g_steal_pointer (&job->analysis),
                              g_steal_pointer (&job->comparison));
  self->fitted_units = n;

  sem_project_clamp (project, n);
  sem_document_take_options (self, &project->options, &project->view);
  sem_document_set_figure (self, &project->figure);
  sem_document_set_selection (self, (const gsize *)(gpointer)project->selection->data,
                              project->selection->len);
}

SemProject *
sem_document_open_project_finish (SemDocument *self,
                                  GAsyncResult *result,
                                  char **warning,
                                  GError **error)
{
  ProjectJob *job;
  gboolean is_current, ok;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  job = g_task_get_task_data (G_TASK (result));
  is_current = sem_document_end_opening (self, g_task_get_cancellable (G_TASK (result)));
  ok = g_task_propagate_boolean (G_TASK (result), error);
  if (!ok)
    return NULL;
  if (!is_current)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "another model or project was opened");
      return NULL;
    }
  install_project (self, job);
  *warning = g_steal_pointer (&job->warning);
  return g_steal_pointer (&job->project);
}
