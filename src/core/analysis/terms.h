/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sum of words, "king - man + woman", as one vector whose neighbours are asked for. */
#pragma once

#include "core/model/model.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* a piece of the vocabulary or any text, as sem_model_query() takes it */
  gboolean minus;
} SemTerm;

/* sem_terms_add_up: sum: dim doubles.  A single term is its vector; of several each is made unit length first, as is usual
 * for analogies (Mikolov, Yih, Zweig 2013, "Linguistic regularities", 3CosAdd).  ids: the tokens used are appended (of guint32).
 * Errors: those of sem_model_query(), for the first term that has no vector. */
gboolean sem_terms_add_up (
    SemModel *model, const SemTerm *terms, gsize n_terms, double *sum, GArray *ids, GError **error);

G_END_DECLS
