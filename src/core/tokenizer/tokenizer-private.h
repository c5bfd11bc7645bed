/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of SemTokenizer and SemEncoding, for the loaders, the encoder and the explainer. */
#pragma once

#include "core/tokenizer/added-tokens.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/model.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/post-processor.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

#define SEM_WORD_STEP 256
/* Zero bytes after the text of an encoding. */
#define SEM_TEXT_PADDING 40

struct _SemExplanation;

/* Beside SemEncodeFlags, for tests: no fast path. */
#define SEM_ENCODE_GENERAL (1 << 16)

typedef struct _SemWorkspace SemWorkspace;

typedef enum
{
  SEM_FAST_NONE,
  SEM_FAST_BERT,
  SEM_FAST_BYTE_LEVEL,
  SEM_FAST_METASPACE,
  SEM_FAST_MARKS,
  SEM_FAST_BLANKS,
} SemFastPath;

struct _SemTokenizer
{
  gatomicrefcount ref_count;
  char *title;
  SemNormalizer *normalizer;     /* NULL: none */
  SemPretokenizer *pretokenizer; /* NULL: none */
  SemTokModel *model;
  SemPostProcessor *post; /* never NULL */
  SemDecoder *decoder;    /* NULL: pieces joined by blanks */
  SemAddedTokens *added;  /* never NULL */
  SemPretokPlan plan;
  gboolean byte_level;   /* the pieces are written in the byte alphabet */
  gboolean cuts_at_marks; /* see SemTokModelClass */
  SemFastPath fast;
  guint8 ascii[128];      /* METASPACE, MARKS, BLANKS, BERT: the normalized form of an ASCII character, 0: look closer */
  SemWorkspace *workspace; /* one idle workspace, taken and put back atomically */
};

/* A piece that is not what the vocabulary writes for the id: an added token with its blanks, an unknown. */
typedef struct
{
  gsize token;
  char *piece;
  gsize length;
} SemPieceNote;

struct _SemEncoding
{
  gatomicrefcount ref_count;
  SemTokenizer *tokenizer;
  char *text;
  gsize length;
  SemToken *tokens;
  gsize n_tokens, cap_tokens;
  GArray *notes; /* SemPieceNote, by token; NULL when there are none */
  guint32 *word_counts; /* pre-tokens begun before every SEM_WORD_STEPth token; NULL until asked for */
};

/* The parts a loader has read; consumed by sem_tokenizer_new_take, whatever comes of it. */
typedef struct
{
  SemNormalizer *normalizer;
  SemPretokenizer *pretokenizer;
  SemTokModel *model;
  SemPostProcessor *post;
  SemDecoder *decoder;
  SemAddedTokens *added;
} SemTokenizerParts;

void sem_tokenizer_parts_clear (SemTokenizerParts *parts);
/* A special token by its name, when the vocabulary has it. */
void sem_tokenizer_parts_add_special (SemTokenizerParts *parts, const char *name);
/* Errors: those of normalizing the added tokens. */
SemTokenizer *sem_tokenizer_new_take (SemTokenizerParts *parts, GError **error);

/* As sem_tokenizer_encode with the template, by the general path, telling the explanation. */
SemEncoding *sem_tokenizer_encode_explained (SemTokenizer *self,
                                             const char *text,
                                             gsize length,
                                             struct _SemExplanation *explanation,
                                             GCancellable *cancellable,
                                             GError **error);
/* The encoder: fills encoding->tokens. */
gboolean sem_encode_run (SemTokenizer *tokenizer,
                         SemEncoding *encoding,
                         guint flags,
                         struct _SemExplanation *explanation,
                         GCancellable *cancellable,
                         GError **error);
void sem_workspace_free (SemWorkspace *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemTokenizerParts, sem_tokenizer_parts_clear)

G_END_DECLS
