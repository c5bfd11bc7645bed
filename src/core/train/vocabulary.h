/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemVocabulary: the pieces a WordPiece tokenizer knows, learned from a corpus.
 *
 * In this order: BERT's special tokens; single characters (all of ASCII, every letter of the Latin script, and what the
 * corpus uses of the rest), each also as a continuation "##x" where a word may go on with it; regular endings ("##ing") and
 * a few words of the program's own subject; whole words by falling count;
 * and pieces learned by merging the most frequent pair of neighbouring pieces, as in byte-pair encoding (Sennrich et al. 2016),
 * inside the words that did not make it.  Whole words come first because a word that is one piece has one vector: it is
 * what people type and what the pictures show. */
#pragma once

#include "core/train/corpus.h"
#include "core/train/relations.h"

G_BEGIN_DECLS

#define SEM_VOCABULARY_MIN_SIZE 2048
#define SEM_VOCABULARY_MAX_SIZE 1000000

typedef struct
{
  guint32 size;              /* pieces in all, if the corpus has that many */
  double subword_share;      /* of the size, for learned pieces */
  guint32 max_numbers;       /* words of digits alone that become pieces */
  guint headword_factor;     /* a dictionary's headword counts as if it occurred so many times as often */
} SemVocabularyOptions;

#define SEM_VOCABULARY_OPTIONS_INIT { .size = 30522, .subword_share = 0.06, .max_numbers = 400, .headword_factor = 3 }

/* sem_vocabulary_learn: an array of owned strings; index = id.  relations may be NULL.  Deterministic.
 * Errors: SEM_FORMAT_ERROR_LIMIT for a size outside the bounds above. */
GPtrArray *sem_vocabulary_learn (const SemCorpus *corpus,
                                 const SemRelations *relations,
                                 const SemVocabularyOptions *options,
                                 GError **error);

/* sem_vocabulary_to_json: the tokenizer.json of these pieces (BertNormalizer, BertPreTokenizer, WordPiece, template). */
char *sem_vocabulary_to_json (GPtrArray *pieces);

G_END_DECLS
