/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemNormalizer: the "normalizer" part of a tokenizer.json.  Immutable. */
#pragma once

#include "core/tokenizer/norm-text.h"
#include "core/tokenizer/vocab.h"

#include <jansson.h>

G_BEGIN_DECLS

typedef struct _SemNormalizer SemNormalizer;

/* BERT's switches.  strip_accents: -1 means "as lowercase says". */
typedef struct
{
  gboolean clean_text, handle_chinese_chars, lowercase;
  int strip_accents;
} SemBertOptions;

/* sem_normalizer_new_from_json: node is the object, path its place in the file for messages.
 * Errors: SEM_FORMAT_ERROR (unknown type, bad member), naming the path. */
SemNormalizer *sem_normalizer_new_from_json (const json_t *node, const char *path, GError **error);
SemNormalizer *sem_normalizer_new_bert (const SemBertOptions *options);
/* llama.cpp's clean-up for BERT: the first code point of each decomposition, lower case, blanks around punctuation;
 * marks of their own stay. */
SemNormalizer *sem_normalizer_new_llama_bert (void);
/* sentencepiece's normalizer_spec, and what of the model it looks at. */
typedef struct
{
  const guint8 *charsmap; /* NULL: none; copied */
  gsize charsmap_length;
  gboolean trim;        /* remove_extra_whitespaces */
  gboolean prefix;      /* add_dummy_prefix */
  gboolean suffix;      /* treat_whitespace_as_suffix: the dummy stands at the end */
  gboolean keep_blanks; /* not escape_whitespaces */
  SemVocab *user;       /* user-defined symbols, which are not normalized; NULL: none; taken */
} SemSentencepieceOptions;

/* Errors: those of the map. */
SemNormalizer *sem_normalizer_new_sentencepiece (const SemSentencepieceOptions *options, GError **error);
void sem_normalizer_free (SemNormalizer *self);

/* sem_normalizer_apply: normalizes *text in place; *scratch is a second buffer whose content is lost.
 * Errors: SEM_FORMAT_ERROR_LIMIT when a Replace expression ran away. */
gboolean sem_normalizer_apply (const SemNormalizer *self,
                               SemNormText *text,
                               SemNormText *scratch,
                               GError **error);
/* sem_normalizer_keeps: TRUE when it is certain at a glance that these bytes come out unchanged. */
gboolean sem_normalizer_keeps (const SemNormalizer *self, const char *text, gsize length);
/* sem_normalizer_map_ascii: what the normalizer makes of each ASCII character, when it treats them one by one whatever
 * stands around them: map[c] is the new character, or 0 when c needs the general path.  FALSE when it works
 * otherwise (Strip, Prepend, expressions). */
gboolean sem_normalizer_map_ascii (const SemNormalizer *self, guint8 map[128]);
/* sem_normalizer_map_words: the same for words with one blank between them: what only looks at blanks in a row or at the end
 * of the text does not matter. */
gboolean sem_normalizer_map_words (const SemNormalizer *self, guint8 map[128]);
/* TRUE when all it does is to write U+2581 for every blank, after one put in front or without it. */
gboolean sem_normalizer_marks_blanks (const SemNormalizer *self);
/* TRUE when it writes the text in the byte alphabet. */
gboolean sem_normalizer_ends_in_bytes (const SemNormalizer *self);
/* The options when the whole normalizer is one BertNormalizer, else NULL. */
const SemBertOptions *sem_normalizer_get_bert (const SemNormalizer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemNormalizer, sem_normalizer_free)

G_END_DECLS
