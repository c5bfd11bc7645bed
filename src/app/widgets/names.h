/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of buttons for assistive technology. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 names a button with a mnemonic twice ("_Save Save"): takes the first name from every button below widget, so that the
 * label's alone is left. */
void sem_names_reset_mnemonics (GtkWidget *widget);

G_END_DECLS
