/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A normalizer's inside, shared by its application (normalizer.c) and its making (normalizer-new.c). */
#pragma once

#include "core/tokenizer/charsmap.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/unicode-data.h"
#include "core/tokenizer/vocab.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_NORM_BERT,
  SEM_NORM_NFC,
  SEM_NORM_NFD,
  SEM_NORM_NFKC,
  SEM_NORM_NFKD,
  SEM_NORM_LOWERCASE,
  SEM_NORM_STRIP_ACCENTS,
  SEM_NORM_STRIP,
  SEM_NORM_REPLACE,
  SEM_NORM_PREPEND,
  SEM_NORM_NMT,
  SEM_NORM_PRECOMPILED,
  SEM_NORM_BYTE_LEVEL,
  SEM_NORM_SEQUENCE,
  SEM_NORM_LLAMA_BERT, /* these have no name in a tokenizer.json */
  SEM_NORM_SENTENCEPIECE,
} SemNormKind;

struct _SemNormalizer
{
  SemNormKind kind;
  SemBertOptions bert;
  gboolean left, right; /* Strip */
  SemPattern *pattern;  /* Replace */
  char *content;        /* Replace, Prepend */
  gsize content_length;
  SemCharsmap *charsmap; /* Precompiled */
  GPtrArray *steps;      /* Sequence */
  SemSentencepieceOptions spm;
};

/* sentencepiece-norm.c.  Errors: SEM_FORMAT_ERROR_LIMIT, see sem_norm_text_check_growth. */
gboolean sem_normalizer_apply_sentencepiece (const SemNormalizer *self,
                                             const SemNormText *in,
                                             SemNormText *out,
                                             GError **error);

G_END_DECLS
