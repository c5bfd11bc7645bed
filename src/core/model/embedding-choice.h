/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tensor of a model is its input embedding matrix: by the names that model families give it. */
#pragma once

#include "core/model/tensor-set.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;           /* the tensor */
  char *why;            /* a sentence: how it was chosen */
  char **candidates;    /* others that could be it (output embeddings, positions), NULL-terminated */
} SemEmbeddingChoice;

/* sem_embedding_choose: wanted: a tensor asked for, or NULL; vocab_size: the tokenizer's, or 0 when unknown, breaks ties
 * between tensors of the same rank.  Errors: SEM_FORMAT_ERROR_MISSING, listing the two-dimensional tensors. */
gboolean sem_embedding_choose (SemTensorSet *set,
                               const char *wanted,
                               gsize vocab_size,
                               SemEmbeddingChoice *choice,
                               GError **error);
void sem_embedding_choice_clear (SemEmbeddingChoice *choice);

/* Rank of a tensor name as an input embedding: 0 is the surest, G_MAXUINT none. */
guint sem_embedding_rank_name (const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemEmbeddingChoice, sem_embedding_choice_clear)

G_END_DECLS
