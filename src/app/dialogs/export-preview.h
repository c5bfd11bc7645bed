/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing area that shows a figure small, drawn by the functions that write the file, in a worker. */
#pragma once

#include "app/dialogs/export-job.h"

G_BEGIN_DECLS

/* Draws a copy of job; what was asked for before and is not drawn yet is dropped. */
void sem_export_preview_show (GtkDrawingArea *area, const SemExportJob *job);

G_END_DECLS
