/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemAxesButton: opens four entries for the word pairs that the map's axes are made of.  Property document. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_AXES_BUTTON (sem_axes_button_get_type ())
G_DECLARE_FINAL_TYPE (SemAxesButton, sem_axes_button, SEM, AXES_BUTTON, GtkWidget)

G_END_DECLS
