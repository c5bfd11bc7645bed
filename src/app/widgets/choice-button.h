/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemChoiceButton: a menu button over one property of the document.  Its menu is the application's menu of the same id, its
 * label is the chosen item's ("as typed"), after a title when it has one ("Units: Words"). */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_CHOICE_BUTTON (sem_choice_button_get_type ())
G_DECLARE_FINAL_TYPE (SemChoiceButton, sem_choice_button, SEM, CHOICE_BUTTON, GtkWidget)

G_END_DECLS
