/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTextEntry: the text view whose Undo and Redo, in its menu and by its keys, are the window's. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_TEXT_ENTRY (sem_text_entry_get_type ())
G_DECLARE_FINAL_TYPE (SemTextEntry, sem_text_entry, SEM, TEXT_ENTRY, GtkTextView)

void sem_text_entry_set_can_undo (SemTextEntry *self, gboolean can_undo, gboolean can_redo);

G_END_DECLS
