/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Byte pair encoding: a pre-token starts as its characters; the neighbours whose merge has the lowest rank are
 * joined, leftmost first, until no merge applies. */
#pragma once

#include "core/tokenizer/model.h"

G_BEGIN_DECLS

typedef struct
{
  const char *unknown;              /* piece, or NULL */
  const char *prefix, *suffix;      /* of continuing and of last characters, or NULL */
  gboolean fuse_unknown, byte_fallback, ignore_merges;
} SemBpeOptions;

/* One merge as it happened, for people who want to see how a token came about. */
typedef struct
{
  guint32 rank;
  guint32 left, right, result;        /* ids */
  guint32 start, middle, end;         /* bytes of the pre-token */
} SemBpeMerge;

/* Takes the vocabulary, to which merges are added with sem_bpe_add_merge in order of rank. */
SemTokModel *sem_bpe_new (SemVocab *vocab, const SemBpeOptions *options, gsize expected_merges);
/* FALSE when one of the parts or their union is no piece; *missing then is its text (to be freed). */
gboolean sem_bpe_add_merge (SemTokModel *model,
                            const char *left,
                            gsize left_length,
                            const char *right,
                            gsize right_length,
                            char **missing);
/* Merges by ids, for vocabularies without a merge list (tiktoken, sentencepiece): rank is given. */
void sem_bpe_add_merge_ids (SemTokModel *model, guint32 left, guint32 right, guint32 result, guint32 rank);
SemTokModel *sem_bpe_new_from_json (const json_t *node, SemJsonRange vocab, SemJsonRange merges, GError **error);

/* sem_bpe_trace: the merges of one pre-token in the order they happen (SemBpeMerge appended to merges), and the
 * pieces it started from (SemPiece appended to first). */
void sem_bpe_trace (const SemTokModel *self, const char *text, gsize length, GArray *first, GArray *merges);
/* TRUE when the model is one with a list of merges. */
gboolean sem_tok_model_is_bpe (const SemTokModel *model);
/* TRUE when no piece has a U+2581 after another character, so that a text may be cut before each of them. */
gboolean sem_bpe_cuts_at_marks (const SemTokModel *self);

G_END_DECLS
