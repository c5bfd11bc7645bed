/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemApplication: one instance, one window; files given to it are opened in that window. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

#define SEM_TYPE_APPLICATION (sem_application_get_type ())
G_DECLARE_FINAL_TYPE (SemApplication, sem_application, SEM, APPLICATION, AdwApplication)

SemApplication *sem_application_new (SemPreload *preload);

G_END_DECLS
