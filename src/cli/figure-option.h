/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of render that are about the figure - its format, size, words - and the data beside it. */
#pragma once

#include "cli/command.h"
#include "core/analysis/data-file.h"
#include "draw/export.h"

G_BEGIN_DECLS

/* As they were given; bytes of the command line. */
typedef struct
{
  char *view, *theme, *size, *scale, *dpi, *text_size, *type, *title, *caption, *data;
  gboolean transparent, provenance;
} SemFigureOptions;

void sem_figure_options_clear (SemFigureOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemFigureOptions, sem_figure_options_clear)

/* The entries of GOption that fill self: n of them, to be followed by the command's own. */
#define SEM_N_FIGURE_OPTIONS 12
void sem_figure_options_fill_entries (SemFigureOptions *self, GOptionEntry entries[SEM_N_FIGURE_OPTIONS]);

/* What is given overrules what stands in figure, which must be a whole one; its texts are borrowed from self.  FALSE: it has
 * said on standard error what is wrong, return SEM_EXIT_USAGE. */
gboolean sem_figure_options_apply (const SemFigureOptions *self, const char *output, SemFigure *figure);
/* Writes what --data asks for beside the figure.  FALSE with an error when one could not be written. */
gboolean sem_figure_options_write_data (const SemFigureOptions *self,
                                        const char *output,
                                        SemAnalysis *analysis,
                                        const SemViewOptions *view,
                                        const SemFocus *focus,
                                        const SemFigure *figure,
                                        GError **error);

G_END_DECLS
