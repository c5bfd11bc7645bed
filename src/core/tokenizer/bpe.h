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
  gboolean whole_lines; /* as ignore_merges, for pre-tokens of nothing but U+000A */
} SemBpeOptions;

/* One merge as it happened, for people who want to see how a token came about. */
typedef struct
{
  guint32 rank; /* sentencepiece's: the score with the other sign */
  guint32 left, right, result;        /* ids */
  guint32 start, middle, end;         /* bytes of the pre-token */
} SemBpeMerge;

/* Takes the vocabulary, to which merges are added in order of rank. */
SemTokModel *sem_bpe_new (SemVocab *vocab, const SemBpeOptions *options);

#define SEM_BPE_BATCH (SEM_VOCAB_MANY / 2)

/* Adds merges; several at a time are looked up together. */
typedef struct
{
  SemTokModel *model;
  guint n;
  SemVocabKey sides[2 * SEM_BPE_BATCH]; /* left, right, left, .. */
  gsize numbers[SEM_BPE_BATCH];
  gsize bad_number; /* after FALSE: which merge it was, and the text of the piece that there is not */
  char *missing;    /* owned */
} SemBpeAdder;

void sem_bpe_adder_init (SemBpeAdder *self, SemTokModel *model);
void sem_bpe_adder_clear (SemBpeAdder *self);
/* The texts have to stay until the next flush.  number: what the reader counts.
 * FALSE when one of the parts or their union is no piece, of this merge or of one added before it. */
gboolean sem_bpe_adder_add (SemBpeAdder *self, SemVocabKey left, SemVocabKey right, gsize number);
/* Looks up what has been added so far. */
gboolean sem_bpe_adder_flush (SemBpeAdder *self);
/* Flushes, and makes the model ready.  Nothing can be added after it. */
gboolean sem_bpe_adder_finish (SemBpeAdder *self);
SemTokModel *sem_bpe_new_from_json (const json_t *node, SemJsonRange vocab, SemJsonRange merges, GError **error);


G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemBpeAdder, sem_bpe_adder_clear)

G_END_DECLS
