/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heatmap's range when it is chosen by hand. */
#include "doc/document-history.h"
#include "doc/document-private.h"

#include <math.h>

/* Apart by at least this, so that there is something to colour. */
#define SMALLEST_RANGE 0.01

gboolean
sem_document_set_range (SemDocument *self, double min, double max)
{
  SemViewOptions *view = &self->view;
  const SemViewOptions before = *view;

  if (!isfinite (min) || !isfinite (max))
    return FALSE;
  /* The end that was moved keeps its place, the other one gives way. */
  if (max - min < SMALLEST_RANGE)
    {
      if (min != view->range_min)
        max = min + SMALLEST_RANGE;
      else
        min = max - SMALLEST_RANGE;
    }
  if (!(min < max) || (min == view->range_min && max == view->range_max))
    return FALSE;
  view->range_min = min;
  view->range_max = max;
  sem_document_record_options (self, SEM_STEP_RANGE, TRUE, &self->options, &before);
  sem_document_mark (self, SEM_CHANGED_VIEW);
  return TRUE;
}
