/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as a project and back.  Main thread only. */
#pragma once

#include "core/project/project.h"
#include "doc/document.h"

G_BEGIN_DECLS

/* Everything but the page, which is the window's; the map's basis is kept as its frame. */
SemProject *sem_document_dup_project (SemDocument *self);

/* The figure last made of this document, width 0 for none; copied. */
const SemProjectFigure *sem_document_get_figure (SemDocument *self);
void sem_document_set_figure (SemDocument *self, const SemProjectFigure *figure);

/* Reads a project file, opens its model and makes its analysis in a worker.  When finish is called and well, the document
 * shows it; on an error it shows what it showed before.  Another model or project that is opened meanwhile wins. */
void sem_document_open_project_async (SemDocument *self,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* The project (for its page), transfer full.  *warning: what is not as it was when it was saved, or NULL. */
SemProject *sem_document_open_project_finish (SemDocument *self,
                                              GAsyncResult *result,
                                              char **warning,
                                              GError **error);

G_END_DECLS
