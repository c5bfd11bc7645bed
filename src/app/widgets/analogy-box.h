/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemAnalogyBox: three words typed, a - b + c, and what it comes to: the winner with the inputs left in, and those nearest without
 * them.  Signal "chosen" (guint id): a result was activated. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_ANALOGY_BOX (sem_analogy_box_get_type ())
G_DECLARE_FINAL_TYPE (SemAnalogyBox, sem_analogy_box, SEM, ANALOGY_BOX, GtkBox)

void sem_analogy_box_set_document (SemAnalogyBox *self, SemDocument *document);
/* The model is another one: what it came to is not true any more. */
void sem_analogy_box_clear (SemAnalogyBox *self);

G_END_DECLS
