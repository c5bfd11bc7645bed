/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `render PROJECT.semblance` does; the figure's size, theme and format come from the command line. */
#pragma once

#include "cli/command.h"
#include "draw/export.h"

G_BEGIN_DECLS

/* Is the only argument an existing file that is named like a project? */
gboolean sem_render_is_project (const SemCommandOptions *options);
/* The bytes of the figure.  has_view: --view was given and overrules the project's page.  Errors: those of loading the
 * project, opening its model, analysing and drawing.  A model that is another than the saved one is noted on standard error. */
GBytes *sem_render_project (const char *path, gboolean has_view, SemFigure *figure, GError **error);

G_END_DECLS
