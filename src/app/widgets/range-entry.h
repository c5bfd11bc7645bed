/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemRangeEntry: the two ends of the heatmap's colour range, shown while the range is chosen by hand. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_RANGE_ENTRY (sem_range_entry_get_type ())
G_DECLARE_FINAL_TYPE (SemRangeEntry, sem_range_entry, SEM, RANGE_ENTRY, GtkWidget)

G_END_DECLS
