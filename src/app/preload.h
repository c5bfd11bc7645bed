/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPreload: opens the last model and analyses the last text in a thread, started first thing in main() so that it overlaps
 * with GTK's own start.  Joined when the window is built. */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

SemPreload *sem_preload_start (void);

typedef struct
{
  char *text; /* the first text, NUL-terminated after length bytes */
  gsize length;
  SemModel *model;       /* NULL: not even the built-in one could be opened */
  SemAnalysis *analysis; /* of text with the options; NULL when it failed */
  SemAnalysisOptions options;
  char *late_path, *late_tensor; /* the last model (and tensor, "" for none), when it takes long: still to be opened; or NULL */
  GError *error;         /* why the last model was not opened (the built-in one then stands in), or NULL */
} SemPreloaded;

/* Waits for the thread, but not for a last model that takes long.  Consumes self. */
SemPreloaded *sem_preload_finish (SemPreload *self);
void sem_preloaded_free (SemPreloaded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPreloaded, sem_preloaded_free)

G_END_DECLS
