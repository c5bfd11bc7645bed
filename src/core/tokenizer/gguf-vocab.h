/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tokenizer from the vocabulary inside a GGUF file (tokenizer.ggml.*), which tokenizes as llama.cpp does.
 *
 * Takes plain arrays, so that the GGUF reader does not have to know tokenizers nor the other way round.  Where
 * llama.cpp and the Hugging Face library differ, llama.cpp is followed, because the file is made for it:
 *  - BERT: the first code point of each decomposition instead of stripped accents, no limit of a word's length;
 *  - no normalization form (NFC, NFKC) before byte-level BPE;
 *  - its expressions for the named pre-tokenizers: contractions in upper case too but not with the long s (U+017F),
 *    and for gpt-4o and tekken "any letter but a-z, then any letter but A-Z" instead of the general categories;
 *    and for tiny_aya, cohere2moe and youtu any letter in both halves of a word; numbers are cut in threes from the
 *    right together with what is before them (afmoe, tiny_aya); its own ranges of Han (kimi-k2);
 *  - its defaults of what is put around a text (a beginning for llama, llama-bpe, tekken and chameleon);
 *  - blanks after a special token are taken with it in models called Phi-3 (not after <s>, <unk>, <|endoftext|>),
 *    blanks before <mask> in jina-v2 and before [MASK] in ModernBERT.
 * The Hugging Face library is followed in one thing: added tokens are found leftmost and then longest, where llama.cpp
 * looks for the longest ones in the whole text first; and blanks beside them are Unicode's, not only ASCII's. */
#pragma once

#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

/* tokenizer.ggml.token_type */
typedef enum
{
  SEM_GGUF_TOKEN_NORMAL = 1,
  SEM_GGUF_TOKEN_UNKNOWN = 2,
  SEM_GGUF_TOKEN_CONTROL = 3,
  SEM_GGUF_TOKEN_USER_DEFINED = 4,
  SEM_GGUF_TOKEN_UNUSED = 5,
  SEM_GGUF_TOKEN_BYTE = 6,
} SemGgufTokenType;

/* Fill with sem_gguf_vocab_init first; everything is borrowed and copied by sem_tokenizer_new_from_gguf_vocab. */
typedef struct
{
  const char *model; /* tokenizer.ggml.model: "llama", "gpt2", "bert", "t5", "gemma4" */
  const char *pre;   /* tokenizer.ggml.pre, NULL when missing */
  const char *name;  /* general.name, NULL when missing */
  gsize n_pieces;
  const char *const *pieces; /* tokenizer.ggml.tokens, by id, NUL-terminated UTF-8 */
  const float *scores;       /* tokenizer.ggml.scores, n_pieces, or NULL */
  const gint32 *types;       /* tokenizer.ggml.token_type, n_pieces, or NULL */
  gsize n_merges;
  const char *const *merges;        /* tokenizer.ggml.merges, "a b", or NULL */
  gint64 bos, eos, unk, sep, pad, mask; /* ..._token_id, -1 when missing (sep also separator_, seperator_) */
  int add_bos, add_eos, add_sep;    /* tokenizer.ggml.add_bos_token .., -1 when missing */
  int add_space_prefix;             /* tokenizer.ggml.add_space_prefix, -1 when missing */
  int remove_extra_whitespaces;     /* -1 when missing */
  const guint8 *charsmap;           /* tokenizer.ggml.precompiled_charsmap, or NULL */
  gsize charsmap_length;
} SemGgufVocab;

/* All fields to "missing". */
void sem_gguf_vocab_init (SemGgufVocab *vocab);

/* sem_tokenizer_new_from_gguf_vocab: Errors: SEM_FORMAT_ERROR_UNSUPPORTED (a model or pre-tokenizer name not known
 * here), SEM_FORMAT_ERROR_BAD_VALUE (a merge of pieces that are not there, a special id out of range). */
SemTokenizer *sem_tokenizer_new_from_gguf_vocab (const SemGgufVocab *vocab, GError **error);

G_END_DECLS
