/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing through the system's dialog: one page with the figure, in the print theme, as large as the paper allows. */
#pragma once

#include "app/dialogs/export-job.h"

G_BEGIN_DECLS

/* The operation, with the job (taken) on its page: run it, or export it to a file. */
GtkPrintOperation *sem_print_operation_new (SemExportJob *job);
/* Shows the dialog for the picture of a page of the window. */
void sem_print_picture (SemWindow *window, SemPictureKind picture);

G_END_DECLS
