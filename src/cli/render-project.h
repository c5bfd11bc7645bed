/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `render PROJECT.semblance` does; what the command line says of the figure overrules the project. */
#pragma once

#include "cli/command.h"
#include "core/project/project.h"
#include "draw/export.h"

G_BEGIN_DECLS

/* Is the only argument an existing file that is named like a project? */
gboolean sem_render_is_project (const SemCommandOptions *options);
/* The figure as the window's export dialog would offer it: page, size, theme, words.  Borrows from the project. */
void sem_render_project_get_figure (const SemProject *project, SemFigure *figure);
/* Errors: those of opening the project's model and of analysing.  A model that is another than the saved one is noted on
 * standard error.  What the text does not have is dropped from the project's selection. */
SemAnalysis *sem_render_project_analyze (SemProject *project, const char *path, GError **error);
/* With the project's other model, if any.  NULL, and a note on standard error, when that cannot be opened: the window shows
 * the project without it too. */
SemComparison *sem_render_project_compare (SemProject *project, const char *path, SemAnalysis *analysis);

G_END_DECLS
