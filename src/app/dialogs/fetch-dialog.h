/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Get a Model": asks for a name, shows what would be fetched and how much, fetches it with semblance-fetch, opens it. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* Is the program that downloads installed? */
gboolean sem_fetch_dialog_is_possible (void);
void sem_fetch_dialog_present (SemWindow *window);

G_END_DECLS
