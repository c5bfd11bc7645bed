/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemModelMenu: the popover of the model button: the models of this computer by where they were found, and what else can be done
 * with models.  Looks for them when it is first shown, in a worker; typing filters the list.  Choosing one is win.model, or to compare
 * win.other-model. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_MODEL_MENU (sem_model_menu_get_type ())
G_DECLARE_FINAL_TYPE (SemModelMenu, sem_model_menu, SEM, MODEL_MENU, GtkPopover)

/* to_compare: of models to compare the open one with. */
SemModelMenu *sem_model_menu_new (gboolean to_compare);
/* Marks the model with this target of win.model; one that is not listed makes it look again when it is next shown. */
void sem_model_menu_set_current (SemModelMenu *self, const char *target);

G_END_DECLS
