/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a tokenizer got to its tokens, as data: normalized text with alignment, pre-tokens, and for each pre-token what
 * the model did: WordPiece's longest-match tries, BPE's merges in order, Unigram's lattice and best path. */
#pragma once

#include "core/tokenizer/bpe.h"
#include "core/tokenizer/norm-text.h"
#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

/* Longest text that is explained, bytes. */
#define SEM_EXPLAIN_MAX 20000

/* One look-up of WordPiece: [start, end) of the pre-token (with the continuing prefix when start > 0). */
typedef struct
{
  guint32 start, end;
  guint32 id; /* G_MAXUINT32: not in the vocabulary */
} SemExplainTry;

/* One edge of Unigram's lattice. */
typedef struct
{
  guint32 start, end; /* bytes of the pre-token */
  guint32 id;         /* the unknown's id when no piece covers the character */
  double score;       /* log probability of the piece */
  double best;        /* best sum of scores from the start through this edge */
  gboolean on_path;
} SemExplainEdge;

typedef struct
{
  SemSpan span;       /* bytes of the original text */
  char *text;         /* the pre-token as the model sees it, NUL-terminated */
  gsize length;
  gsize first_token, n_tokens; /* in the encoding */
  gboolean added;     /* matched by an added token: no steps */
  GArray *pieces;     /* SemPiece: the result, bytes of text */
  GArray *tries;      /* SemExplainTry, WordPiece; else NULL */
  GArray *symbols;    /* SemPiece, BPE: what merging starts from; else NULL */
  GArray *merges;     /* SemBpeMerge, BPE, in order; else NULL */
  GArray *edges;      /* SemExplainEdge, Unigram; else NULL */
} SemExplainWord;

/* Text between added tokens: original span, normalized form, and the span of each normalized byte. */
typedef struct
{
  SemSpan span;
  SemNormText normalized;
} SemExplainStretch;

typedef struct _SemExplanation
{
  SemEncoding *encoding; /* with the template's tokens */
  GPtrArray *stretches;  /* SemExplainStretch */
  GPtrArray *words;      /* SemExplainWord, in the order of the text */
} SemExplanation;

/* sem_tokenizer_explain: Errors: those of sem_tokenizer_encode, SEM_FORMAT_ERROR_LIMIT beyond SEM_EXPLAIN_MAX. */
SemExplanation *sem_tokenizer_explain (
    SemTokenizer *self, const char *text, gssize length, GCancellable *cancellable, GError **error);
void sem_explanation_free (SemExplanation *self);

/* sem_tokenizer_explain_to_json: the explanation as one JSON object (one line, UTF-8). */
char *sem_tokenizer_explain_to_json (const SemExplanation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemExplanation, sem_explanation_free)

G_END_DECLS
