/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three constructors from JSON text. */
#include "core/tokenizer/component-text.h"

static json_t *
parse (const char *text)
{
  return text != NULL ? json_loads (text, 0, NULL) : NULL;
}

SemNormalizer *
sem_normalizer_new_from_text (const char *text, GError **error)
{
  json_t *node = parse (text);
  SemNormalizer *self
      = node != NULL ? sem_normalizer_new_from_json (node, "normalizer", error) : NULL;

  json_decref (node);
  return self;
}

SemPretokenizer *
sem_pretokenizer_new_from_text (const char *text, GError **error)
{
  json_t *node = parse (text);
  SemPretokenizer *self
      = node != NULL ? sem_pretokenizer_new_from_json (node, "pre_tokenizer", error) : NULL;

  json_decref (node);
  return self;
}

SemDecoder *
sem_decoder_new_from_text (const char *text, GError **error)
{
  json_t *node = parse (text);
  SemDecoder *self = node != NULL ? sem_decoder_new_from_json (node, "decoder", error) : NULL;

  json_decref (node);
  return self;
}
