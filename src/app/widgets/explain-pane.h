/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemExplainPane: the card "How it got there": the steps of the word in focus, a sentence about the current one, and buttons
 * that go a step back or on.  It asks for an explanation only while it is seen. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_EXPLAIN_PANE (sem_explain_pane_get_type ())
G_DECLARE_FINAL_TYPE (SemExplainPane, sem_explain_pane, SEM, EXPLAIN_PANE, GtkBox)

G_END_DECLS
