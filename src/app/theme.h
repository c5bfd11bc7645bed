/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures' theme and text as the desktop wants them: dark or light, high contrast, larger text. */
#pragma once

#include "draw/text.h"
#include "draw/theme.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Static; another pointer when the desktop's choice changes. */
const SemTheme *sem_app_get_theme (void);
/* Shared by all pictures; borrowed. */
SemTextContext *sem_app_get_text_context (void);
/* handler (object) is called when either has changed; lives as long as object. */
void sem_app_connect_theme_changed (GCallback handler, GObject *object);
/* "system", "light", "dark" */
void sem_app_set_color_scheme (const char *scheme);
GdkRGBA sem_app_rgba (SemRgba color);

G_END_DECLS
