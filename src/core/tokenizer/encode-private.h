/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the general encoder and the fast paths share. */
#pragma once

#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/tokenizer-private.h"
#include "core/tokenizer/word-cache.h"

G_BEGIN_DECLS

struct _SemWorkspace
{
  SemNormText text, other, part;
  GArray *splits, *spare; /* SemSplit */
  GArray *outer, *inner;  /* SemAddedMatch */
  GArray *pieces;         /* SemPiece */
  GByteArray *scratch;    /* the model's */
  GByteArray *letters;    /* a word in the byte alphabet, or with its mark */
  SemWordCache cache;
};

typedef struct
{
  SemTokenizer *tokenizer;
  SemEncoding *encoding;
  SemWorkspace *ws;
  GCancellable *cancellable;
  guint16 type_id;
  gboolean marks;   /* words begin at U+2581 inside a pre-token */
  gboolean general; /* no fast path */
  struct _SemExplanation *explanation; /* told what happens, or NULL */
} SemEncoder;

/* Flags of what is not the first piece of a pre-token. */
#define SEM_TOKEN_FURTHER (SEM_TOKEN_CONTINUATION | SEM_TOKEN_INSIDE)

/* Room for one more token. */
SemToken *sem_encoder_add (SemEncoder *e);
guint16 sem_encoder_piece_flags (const SemEncoder *e, guint32 id, gboolean first);

G_END_DECLS
