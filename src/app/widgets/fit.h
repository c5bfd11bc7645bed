/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemFit: shows the first of its children that fits into the width there is; the last one is the fallback and may be
 * empty.  For a header that has to work in a narrow window (AdwSqueezer is deprecated, breakpoints are newer than GTK 4.8). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_FIT (sem_fit_get_type ())
G_DECLARE_FINAL_TYPE (SemFit, sem_fit, SEM, FIT, GtkWidget)

/* Is the fallback shown?  Also the property "is-narrow". */
gboolean sem_fit_get_is_narrow (SemFit *self);

G_END_DECLS
