/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word of the document is explained, and its tokenizer's explanation made in a worker.
 *
 * A text of at most SEM_EXPLAIN_MAX bytes is explained as a whole, so that going from word to word costs nothing; of a longer
 * one the surroundings of the word, cut at blanks. */
#pragma once

#include "core/tokenizer/explain.h"
#include "doc/document.h"

G_BEGIN_DECLS

typedef struct
{
  SemExplanation *explanation;
  gsize start, end; /* the stretch of the text that was explained; spans count from start */
} SemExplained;

void sem_explained_free (SemExplained *self);
/* The byte of the text whose word is meant: of the token or unit under the pointer, else of the first selected one, else of the
 * first token; G_MAXSIZE without any. */
gsize sem_document_get_explained_byte (SemDocument *self);
/* The stretch around a byte that is explained for its sake: at most SEM_EXPLAIN_MAX bytes, whole characters. */
void sem_explained_find_stretch (const char *text, gsize length, gsize byte, gsize *start, gsize *end);
/* sem_document_explain_async: explains the current analysis' text around byte with its tokenizer; the document may go on
 * changing meanwhile.  Main thread.  Errors: those of sem_tokenizer_explain(); G_IO_ERROR_CANCELLED. */
void sem_document_explain_async (SemDocument *self,
                                 gsize byte,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
SemExplained *sem_document_explain_finish (SemDocument *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemExplained, sem_explained_free)

G_END_DECLS
