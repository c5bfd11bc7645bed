/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The neighbourhood of what is in focus: its nearest tokens in the whole vocabulary, found in a worker; and the two other
 * questions to a vocabulary, what is in it and what a - b + c comes to.  Main thread, except for the workers inside. */
#pragma once

#include "core/analysis/neighbors.h"
#include "core/model/vocab-search.h"
#include "doc/document.h"

G_BEGIN_DECLS

/* What neighbours are asked for: a vector and what it is made of.  Immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref_count;
  SemModel *model;
  char *title;    /* for people: "planet"; NULL when nothing is in focus */
  char *note;     /* a translated sentence that has to be said with it, or NULL */
  double *vector; /* dim of the model; NULL: there is none, and note says why */
  guint32 *own;   /* the tokens it is made of */
  gsize n_own;
} SemNeighborQuery;

/* Of the token or unit under the pointer, else of the first selected unit, else of the unit at (or ending at) a byte of the text,
 * where the caret is (G_MAXSIZE: nowhere); NULL without a model. */
SemNeighborQuery *sem_neighbor_query_new_focus (SemDocument *document, gsize caret);
SemNeighborQuery *sem_neighbor_query_new_token (SemModel *model, guint32 id);
SemNeighborQuery *sem_neighbor_query_ref (SemNeighborQuery *self);
void sem_neighbor_query_unref (SemNeighborQuery *self);
gboolean sem_neighbor_query_equal (const SemNeighborQuery *a, const SemNeighborQuery *b);
gboolean sem_neighbor_query_has_own (const SemNeighborQuery *self, guint32 id);

/* The k nearest tokens of a query with a vector; a single token is not its own neighbour, the parts of a longer unit are.
 * Errors: those of sem_neighbors_find().  The result is of SemNeighbor. */
void sem_neighbors_find_async (SemNeighborQuery *query,
                               gsize k,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GArray *sem_neighbors_find_finish (GAsyncResult *result, GError **error);

/* sem_vocab_search() in a worker; ids is of guint32, n_found how many there are in all. */
void sem_vocab_search_async (SemModel *model,
                             SemVocabSearchMode mode,
                             const char *text,
                             gsize limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GArray *sem_vocab_search_finish (GAsyncResult *result, gsize *n_found, GError **error);

/* a - b + c: the nearest to the sum with the inputs left in, and without them.  Errors: those of sem_terms_add_up(). */
void sem_analogy_async (SemModel *model,
                        const char *a,
                        const char *b,
                        const char *c,
                        gsize k,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean sem_analogy_finish (GAsyncResult *result, GArray **raw, GArray **without_inputs, GError **error);

/* What is added to a text for a token: its bytes without the blank around them, or NULL when they are not text. */
char *sem_token_dup_text (SemModel *model, guint32 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemNeighborQuery, sem_neighbor_query_unref)

G_END_DECLS
