/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemCard: a picture's frame: a title, what it is about ("between 25 words"), its controls, and the picture.
 * In a .ui file children of type "control" go beside the title, the others below it. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_CARD (sem_card_get_type ())
G_DECLARE_FINAL_TYPE (SemCard, sem_card, SEM, CARD, GtkBox)

G_END_DECLS
