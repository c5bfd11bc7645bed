/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One vector from several tokens. */
#pragma once

#include "core/model/model.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_POOLING_MEAN,
  SEM_POOLING_FIRST,
  SEM_POOLING_LAST,
  SEM_POOLING_MAX,
} SemPooling;

/* sem_pool_tokens: the vector (dim doubles) of tokens together: the mean of their rows, each times its weight where the
 * model has weights, divided by their number (model2vec 0.6 does not divide by the weights' sum), and scaled to length 1
 * where the model's configuration says so.  No tokens: zeros.  FALSE when the vector is all zeros.  Thread: any. */
gboolean sem_pool_tokens (const SemModel *model, const guint32 *ids, gsize n_ids, SemPooling pooling, double *vector);

/* The vector of a whole text by itself, its special tokens left out.  Errors: those of sem_tokenizer_encode(). */
gboolean sem_pool_text (SemModel *model, const char *text, gssize length, SemPooling pooling, double *vector, GError **error);

G_END_DECLS
