/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "About This Model": what was opened, how its matrix was chosen, and the choice where several could be it. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

void sem_model_dialog_present (SemWindow *window);

G_END_DECLS
