/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What picture, as what, how large, in which colours; with a preview drawn by the code that writes the file. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* page: the window's page, whose picture is offered first. */
void sem_export_dialog_present (SemWindow *window, const char *page);
/* What "as in the window" is, in points: all of it but the header bar and the like. */
void sem_export_dialog_get_window_size (SemWindow *window, double *width, double *height);

G_END_DECLS
