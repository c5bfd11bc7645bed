/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of a tokenizer.json, and of BERT's vocab.txt with its tokenizer_config.json. */
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/json-scan.h"
#include "core/tokenizer/tokenizer-private.h"
#include "core/tokenizer/unicode-data.h"
#include "core/tokenizer/wordpiece.h"
#include "core/error.h"

#include <string.h>

/* A member that may be missing or null. */
static const json_t *
get_part (const json_t *root, const char *key)
{
  const json_t *node = json_object_get (root, key);

  return json_is_null (node) ? NULL : node;
}

static gboolean
read_parts (const json_t *root,
            const SemJsonRange ranges[2],
            SemTokenizerParts *parts,
            GError **error)
{
  const json_t *node;

  parts->model
      = sem_tok_model_new_from_json (json_object_get (root, "model"), ranges[0], ranges[1], error);
  if (parts->model == NULL)
    return FALSE;
  if ((node = get_part (root, "normalizer")) != NULL
      && (parts->normalizer = sem_normalizer_new_from_json (node, "normalizer", error)) == NULL)
    return FALSE;
  if ((node = get_part (root, "pre_tokenizer")) != NULL
      && (parts->pretokenizer = sem_pretokenizer_new_from_json (node, "pre_tokenizer", error))
             == NULL)
    return FALSE;
  if ((node = get_part (root, "post_processor")) != NULL
      && (parts->post = sem_post_processor_new_from_json (node, "post_processor", error)) == NULL)
    return FALSE;
  if ((node = get_part (root, "decoder")) != NULL
      && (parts->decoder = sem_decoder_new_from_json (node, "decoder", error)) == NULL)
    return FALSE;
  parts->added = sem_added_tokens_new ();
  return sem_added_tokens_read (parts->added, parts->model->vocab,
                                json_object_get (root, "added_tokens"), error);
}

SemTokenizer *
sem_tokenizer_new_from_json (GBytes *bytes, GError **error)
{
  static const char *const members[2] = { "vocab", "merges" };
  g_auto (SemTokenizerParts) parts = { 0 };
  SemTokenizer *self = NULL;
  SemJsonRange ranges[2];
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length), *bad;
  json_t *root;

  if (text == NULL)
    text = "";
  if (!sem_utf8_validate (text, length, &bad))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "not valid JSON: not UTF-8 at byte %" G_GSIZE_FORMAT, (gsize)(bad - text));
      return NULL;
    }
  root = sem_json_load_split (text, length, "model", members, ranges, error);
  if (root == NULL)
    return NULL;
  if (!json_is_object (root))
    sem_json_field_bad (error, "tokenizer.json", "", "expected an object, found %s",
                        sem_json_field_kind (root));
  else if (read_parts (root, ranges, &parts, error))
    self = sem_tokenizer_new_take (&parts, error);
  json_decref (root);
  return self;
}

/* --- vocab.txt
 * ------------------------------------------------------------------------------------------- */

static gboolean
read_lines (GBytes *bytes, SemVocab *vocab, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length), *p = data != NULL ? data : "",
             *end = p + length, *bad;
  guint32 id = 0;

  if (length == 0 || !sem_utf8_validate (p, length, &bad))
    {
      g_set_error (error, SEM_FORMAT_ERROR,
                   length == 0 ? SEM_FORMAT_ERROR_TRUNCATED : SEM_FORMAT_ERROR_BAD_VALUE,
                   length == 0 ? "the vocabulary is empty"
                               : "the vocabulary is not UTF-8 at byte %" G_GSIZE_FORMAT,
                   (gsize)(length == 0 ? 0 : bad - p));
      return FALSE;
    }
  while (p < end)
    {
      const char *stop = memchr (p, '\n', (gsize)(end - p));
      const char *next = stop != NULL ? stop + 1 : end;

      if (stop == NULL)
        stop = end;
      while (stop > p && (stop[-1] == '\r' || stop[-1] == '\n'))
        stop--;
      if (!sem_vocab_add (vocab, p, (gsize)(stop - p), id))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "the vocabulary has more than %u lines", SEM_VOCAB_MAX_ID);
          return FALSE;
        }
      id++;
      p = next;
    }
  return TRUE;
}

/* "[CLS]", or {"content": "[CLS]", ..}. */
static const char *
special_name (const json_t *config, const char *key, const char *fallback)
{
  const json_t *node = json_object_get (config, key);
  const char *name
      = json_string_value (json_is_object (node) ? json_object_get (node, "content") : node);

  return name != NULL ? name : fallback;
}

static gboolean
read_bert_config (const json_t *config, SemTokenizerParts *parts, SemVocab *vocab, GError **error)
{
  SemBertOptions options = { TRUE, TRUE, TRUE, -1 };
  gboolean strip = FALSE;
  const char *unknown = special_name (config, "unk_token", "[UNK]");
  const char *cls = special_name (config, "cls_token", "[CLS]"),
             *sep = special_name (config, "sep_token", "[SEP]");
  guint32 cls_id = sem_vocab_find (vocab, cls, strlen (cls)),
          sep_id = sem_vocab_find (vocab, sep, strlen (sep));

  parts->model = sem_wordpiece_new (vocab, unknown, "##", 2, 100);
  if (!sem_json_field_bool (config, "tokenizer_config.json", "do_lower_case", &options.lowercase,
                            error)
      || !sem_json_field_bool (config, "tokenizer_config.json", "tokenize_chinese_chars",
                               &options.handle_chinese_chars, error)
      || !sem_json_field_bool (config, "tokenizer_config.json", "strip_accents", &strip, error))
    return FALSE;
  if (json_is_boolean (json_object_get (config, "strip_accents")))
    options.strip_accents = strip ? 1 : 0;
  parts->normalizer = sem_normalizer_new_bert (&options);
  parts->pretokenizer = sem_pretokenizer_new_bert ();
  parts->decoder = sem_decoder_new_wordpiece ("##", TRUE);
  parts->post = cls_id != SEM_VOCAB_NONE && sep_id != SEM_VOCAB_NONE
                    ? sem_post_processor_new_pair (cls_id, sep_id)
                    : sem_post_processor_new_empty ();
  parts->added = sem_added_tokens_new ();
  sem_tokenizer_parts_add_special (parts, special_name (config, "pad_token", "[PAD]"));
  sem_tokenizer_parts_add_special (parts, unknown);
  sem_tokenizer_parts_add_special (parts, cls);
  sem_tokenizer_parts_add_special (parts, sep);
  sem_tokenizer_parts_add_special (parts, special_name (config, "mask_token", "[MASK]"));
  return TRUE;
}

SemTokenizer *
sem_tokenizer_new_from_vocab (GBytes *vocab_bytes, GBytes *config_bytes, GError **error)
{
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  g_auto (SemTokenizerParts) parts = { 0 };
  SemTokenizer *self = NULL;
  json_t *config = NULL;

  if (!read_lines (vocab_bytes, vocab, error)
      || !sem_vocab_check_lengths (vocab, "the vocabulary", error))
    return NULL;
  sem_vocab_index (vocab);
  if (config_bytes != NULL)
    {
      static const char *const nothing[2] = { "", "" };
      SemJsonRange ranges[2];
      gsize length;
      const char *text = g_bytes_get_data (config_bytes, &length);

      config = sem_json_load_split (text != NULL ? text : "", length, "", nothing, ranges, error);
      if (config == NULL)
        {
          g_prefix_error (error, "tokenizer_config.json: ");
          return NULL;
        }
    }
  if (read_bert_config (config, &parts, g_steal_pointer (&vocab), error))
    self = sem_tokenizer_new_take (&parts, error);
  json_decref (config);
  return self;
}
