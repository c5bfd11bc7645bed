/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

void sem_preferences_present (SemWindow *window);

G_END_DECLS
