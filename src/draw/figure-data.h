/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a figure in a file beside it: figure.png, figure.csv. */
#pragma once

#include "core/analysis/data-file.h"
#include "draw/export.h"

G_BEGIN_DECLS

/* The name of the figure with the ending of the data; also for paths and file names in any encoding. */
char *sem_figure_dup_data_name (const char *figure_name, SemDataFormat format);
/* What the figure shows: the overview's is its similarities; of two models both, where the picture shows both.  Errors: those of writing; an old file stays on failure. */
gboolean sem_figure_save_data (SemAnalysis *analysis,
                               const SemViewOptions *view,
                               const SemFocus *focus,
                               const SemFigure *figure,
                               SemDataFormat format,
                               GFile *file,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
