/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tokenizers on one text: the two rows of tokens, aligned.
 *
 * The text is cut at every byte where neither encoding has a token that straddles it; between two such cuts stands a
 * segment, the smallest stretch that both cut alike at its ends.  In a segment of the same tokens on both sides nothing
 * differs; in another the inner boundaries do.  The blank that byte-level and sentencepiece tokens begin with is not
 * compared: it says nothing about where a word is cut. */
#pragma once

#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

typedef struct
{
  gsize start, end;        /* bytes in the text, half open; blanks between tokens belong to no segment */
  gsize first_a, n_a;      /* tokens of encoding a whose bytes lie in it; none where a leaves the bytes out */
  gsize first_b, n_b;
  gboolean same;           /* the same number of tokens with the same boundaries on both sides */
} SemTokenSegment;

/* What is counted of one row. */
typedef struct
{
  gsize n_tokens;          /* without the template's */
  gsize n_unknown;
  double tokens_per_word;  /* NAN for a text without words */
} SemTokenRowCounts;

typedef struct
{
  GArray *segments;        /* of SemTokenSegment, in the order of the text */
  GArray *only_a, *only_b; /* of gsize: byte offsets of boundaries that only one has, ascending */
  gsize n_common;          /* boundaries inside the text that both have */
  SemTokenRowCounts a, b;
} SemTokenComparison;

/* sem_tokenizer_compare: a and b are encodings of the same text (a programmer's error otherwise); n_words: words of the text
 * for the rates.  Template tokens, which cover no bytes, are left out.  Cost: linear.  Thread: any. */
SemTokenComparison *sem_tokenizer_compare (const SemEncoding *a, const SemEncoding *b, gsize n_words);
void sem_token_comparison_free (SemTokenComparison *self);
/* One JSON object: "text", "a" and "b" with "tokenizer", "n_tokens", "n_unknown", "tokens_per_word", "tokens" as `tokenize`
 * writes them, then "segments" and "only_a", "only_b". */
char *sem_token_comparison_to_json (const SemTokenComparison *self,
                                    const SemEncoding *a,
                                    const SemEncoding *b,
                                    const char *name_a,
                                    const char *name_b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTokenComparison, sem_token_comparison_free)

G_END_DECLS
