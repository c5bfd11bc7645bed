/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemNeighborhoodPane: the side pane "Neighbourhood": the nearest tokens of the whole vocabulary to what is pointed at, selected
 * or under the caret; a search of the vocabulary, whose results become what is asked for; and a - b + c.  It asks only while it
 * is seen. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_NEIGHBORHOOD_PANE (sem_neighborhood_pane_get_type ())
G_DECLARE_FINAL_TYPE (SemNeighborhoodPane, sem_neighborhood_pane, SEM, NEIGHBORHOOD_PANE, GtkBox)

GtkWidget *sem_neighborhood_pane_new (SemDocument *document);
/* Where the caret is, in bytes of the document's text. */
void sem_neighborhood_pane_set_caret (SemNeighborhoodPane *self, gsize byte);

G_END_DECLS
