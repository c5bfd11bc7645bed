/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemWindow: the one window.  It owns a SemDocument, builds a page when it is first shown, and keeps text, strip and header in
 * step with the document.  Split by topic: window-text.c (the text and its marks), window-actions.c (the table of
 * actions), window-files.c (opening and saving), window-model.c (the model button), window-opening.c (progress of a long opening),
 * window-state.c (what is remembered). */
#pragma once

#include "doc/document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SEM_TYPE_WINDOW (sem_window_get_type ())
G_DECLARE_FINAL_TYPE (SemWindow, sem_window, SEM, WINDOW, AdwApplicationWindow)

/* What main() prepared while GTK was starting: model and first analysis, or an error.  See preload.h. */
typedef struct _SemPreload SemPreload;

SemWindow *sem_window_new (GtkApplication *application, SemPreload *preload);
/* Opens a text file, or a model when it is a folder or has a model's ending. */
void sem_window_open_file (SemWindow *self, GFile *file);
/* Opens the model at path ("" or NULL: the built-in one) with this tensor as its matrix (NULL: the program chooses). */
void sem_window_open_tensor (SemWindow *self, const char *path, const char *tensor);
/* message: Pango markup. */
void sem_window_show_toast (SemWindow *self, const char *message);
/* "what: the error's sentence" */
void sem_window_show_error (SemWindow *self, const char *what, const GError *error);
SemDocument *sem_window_get_document (SemWindow *self);

G_END_DECLS
