/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTable: the numbers of a picture as a table beside it, for exact reading and for screen readers.  Kinds: "units", "pairs",
 * "tokens", "values".  Choosing a row selects what it stands for in the document, and so everywhere. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_TABLE (sem_table_get_type ())
G_DECLARE_FINAL_TYPE (SemTable, sem_table, SEM, TABLE, GtkBox)

/* Is it a part of its page, shown whatever the switch says? */
gboolean sem_table_get_pinned (SemTable *self);

G_END_DECLS
