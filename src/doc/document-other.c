/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model that the first is compared with.  Its analysis is made by the same job as the first's,
 * so that a picture never shows one text beside another. */
#include "doc/document-private.h"

void
sem_document_set_other_model (SemDocument *self, SemModel *model)
{
  if (model == self->other)
    return;
  if (model != NULL)
    sem_model_ref (model);
  g_clear_pointer (&self->other, sem_model_unref);
  self->other = model;
  sem_document_mark (self, SEM_CHANGED_MODEL);
  if (model == NULL && self->comparison != NULL)
    {
      /* What is shown goes at once; the first's numbers stay. */
      g_clear_pointer (&self->comparison, sem_comparison_unref);
      sem_document_clear_hover (self); /* it may be a token of the one that is gone */
      sem_document_mark (self, SEM_CHANGED_ANALYSIS);
    }
  sem_document_compare_anew (self);
}

SemModel *
sem_document_get_other_model (SemDocument *self)
{
  return self->other;
}

SemComparison *
sem_document_get_comparison (SemDocument *self)
{
  return self->comparison;
}

void
sem_document_open_other_model_async (SemDocument *self,
                                     const char *path,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  sem_document_start_opening (self, path, NULL, cancellable, callback, user_data,
                              sem_document_open_other_model_async);
}

gboolean
sem_document_open_other_model_finish (SemDocument *self, GAsyncResult *result, GError **error)
{
  gboolean is_current;
  SemModel *model = sem_document_finish_opening (self, result, &is_current, error);

  if (model == NULL)
    return FALSE;
  if (is_current)
    sem_document_set_other_model (self, model);
  sem_model_unref (model);
  return TRUE;
}
