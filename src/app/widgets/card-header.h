/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemCardHeader: a title and the controls beside it; those that do not fit go into rows below.  The first child is the title. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_CARD_HEADER (sem_card_header_get_type ())
G_DECLARE_FINAL_TYPE (SemCardHeader, sem_card_header, SEM, CARD_HEADER, GtkWidget)

GtkWidget *sem_card_header_new (GtkWidget *title);
void sem_card_header_append (SemCardHeader *self, GtkWidget *control);

G_END_DECLS
