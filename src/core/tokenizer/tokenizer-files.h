/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokenizers from files that are not a tokenizer.json.  All errors: SEM_FORMAT_ERROR. */
#pragma once

#include "core/tokenizer/tokenizer.h"

G_BEGIN_DECLS

/* vocab.json ({"piece": id}) and merges.txt ("a b" a line, a first line "#version" skipped): GPT-2's byte level, or
 * CLIP's when pieces end in "</w>", with RoBERTa's template when the vocabulary has <s> and </s>. */
SemTokenizer *sem_tokenizer_new_from_merges (GBytes *vocab, GBytes *merges, GError **error);
/* tiktoken: base64 of the bytes, a blank, the rank, one a line.  name is the file's, which tells the expression and
 * the special tokens (cl100k_base, o200k_base, p50k_base, r50k_base, gpt2; others are taken as cl100k_base). */
SemTokenizer *sem_tokenizer_new_from_tiktoken (GBytes *bytes, const char *name, GError **error);
/* sentencepiece's .model (protocol buffers, sentencepiece_model.proto): 1 pieces (1 text, 2 score, 3 type),
 * 2 trainer (3 model type, 24 blanks as suffixes, 35 byte fallback), 3 normalizer (2 map, 3 dummy prefix, 4 extra blanks,
 * 5 blanks as marks).  Tokenizes as sentencepiece itself does, where the Hugging Face library differs: control symbols are
 * not found in a text, user-defined ones are cut out without a blank put after them, the longest entry of the map is
 * taken (not a grapheme), sums of a path are in single precision.  Unused pieces are left out, by BPE
 * after joining by way of them. */
SemTokenizer *sem_tokenizer_new_from_sentencepiece (GBytes *bytes, GError **error);

G_END_DECLS
