/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemExplainView: how one word got to its tokens (draw/explain-steps.h).  Its items are steps of its own, which hover and selection
 * of the document know nothing of: a key or a click asks for a step by the signal `step-asked (guint step)`.
 * Keys: Left and Up one step back, Right and Down one on, Home before the first, End all. */
#pragma once

#include "app/views/view.h"
#include "draw/explain-steps.h"

G_BEGIN_DECLS

#define SEM_TYPE_EXPLAIN_VIEW (sem_explain_view_get_type ())
G_DECLARE_FINAL_TYPE (SemExplainView, sem_explain_view, SEM, EXPLAIN_VIEW, SemView)

/* Shows steps 1..step; NULL: nothing to explain. */
void sem_explain_view_set_steps (SemExplainView *self, SemExplainSteps *steps, gsize step);

G_END_DECLS
