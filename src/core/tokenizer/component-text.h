/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Components for files that have no tokenizer.json, written as the JSON they would have there. */
#pragma once

#include "core/tokenizer/tokenizer-private.h"

G_BEGIN_DECLS

/* Each: NULL text gives NULL.  Errors as for the component; none for the constant texts of this program. */
SemNormalizer *sem_normalizer_new_from_text (const char *json, GError **error);
SemPretokenizer *sem_pretokenizer_new_from_text (const char *json, GError **error);
SemDecoder *sem_decoder_new_from_text (const char *json, GError **error);

/* The decoder of sentencepiece pieces with byte fallback. */
#define SEM_LLAMA_DECODER                                                                                              \
  "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"\u2581\"},\"content\":\" \"}," \
  "{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},"                                                                   \
  "{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}"
#define SEM_LLAMA_NORMALIZER                                                                                           \
  "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":\"\u2581\"},"                             \
  "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\u2581\"}]}"
#define SEM_BLANKS_TO_MARKS                                                                                            \
  "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\u2581\"}"
#define SEM_BYTE_LEVEL_GPT2 "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":true}"

G_END_DECLS
