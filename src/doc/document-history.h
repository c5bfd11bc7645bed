/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo of what changes a picture: the text, the options, Refit; one list in the order they were made.  Typing
 * is grouped by words, a value that runs is one step.  Main thread only. */
#pragma once

#include "doc/document.h"

G_BEGIN_DECLS

#define SEM_STEP_TEXT "text"
#define SEM_STEP_REFIT "refit"
#define SEM_STEP_RANGE "range-min" /* either end of the range by hand */

typedef struct
{
  const char *what; /* SEM_STEP_..., or the option's property: "unit"; interned */
  gsize offset;     /* of a step of the text: the byte behind what is there now, for the caret */
} SemHistoryStep;

/* Steps are kept from here on, and the ones before are forgotten: what a window sets while it opens is nobody's doing. */
void sem_document_begin_history (SemDocument *self);
gboolean sem_document_can_undo (SemDocument *self);
gboolean sem_document_can_redo (SemDocument *self);
/* FALSE when there is nothing to undo (redo); *step says what it was. */
gboolean sem_document_undo (SemDocument *self, SemHistoryStep *step);
gboolean sem_document_redo (SemDocument *self, SemHistoryStep *step);
/* What comes next is a step of its own, even when it could join the last one. */
void sem_document_seal_history (SemDocument *self);

G_END_DECLS
