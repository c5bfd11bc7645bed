/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making normalizers: from a tokenizer.json, and those that other files imply. */
#include "core/tokenizer/normalizer-private.h"
#include "core/tokenizer/json-field.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 256

static const char *const kind_names[]
    = { "BertNormalizer", "NFC",     "NFD",     "NFKC", "NFKD",        "Lowercase", "StripAccents",
        "Strip",          "Replace", "Prepend", "Nmt",  "Precompiled", "ByteLevel", "Sequence" };

static gpointer new_from_json (const json_t *node, const char *path, guint depth, GError **error);

static gboolean
read_bert (SemNormalizer *self, const json_t *node, const char *path, GError **error)
{
  const json_t *strip = json_object_get (node, "strip_accents");
  gboolean strip_value = FALSE;

  self->bert = (SemBertOptions){ TRUE, TRUE, TRUE, -1 };
  if (!sem_json_field_bool (node, path, "clean_text", &self->bert.clean_text, error)
      || !sem_json_field_bool (node, path, "handle_chinese_chars", &self->bert.handle_chinese_chars,
                               error)
      || !sem_json_field_bool (node, path, "lowercase", &self->bert.lowercase, error)
      || !sem_json_field_bool (node, path, "strip_accents", &strip_value, error))
    return FALSE;
  if (json_is_boolean (strip))
    self->bert.strip_accents = strip_value ? 1 : 0;
  return TRUE;
}

static gboolean
read_content (SemNormalizer *self,
              const json_t *node,
              const char *path,
              const char *key,
              GError **error)
{
  const char *content;

  if (!sem_json_require_string (node, path, key, &content, &self->content_length, error))
    return FALSE;
  self->content = g_memdup2 (content, self->content_length + 1);
  return TRUE;
}

static gboolean
read_charsmap (SemNormalizer *self, const json_t *node, const char *path, GError **error)
{
  const char *text;
  gsize length;
  g_autofree guchar *bytes = NULL;

  if (!sem_json_require_string (node, path, "precompiled_charsmap", &text, NULL, error))
    return FALSE;
  bytes = g_base64_decode (text, &length);
  self->charsmap = sem_charsmap_new (bytes, length, error);
  if (self->charsmap == NULL)
    g_prefix_error (error, "%s.precompiled_charsmap: ", path);
  return self->charsmap != NULL;
}

static gboolean
read_sequence (SemNormalizer *self,
               const json_t *node,
               const char *path,
               guint depth,
               GError **error)
{
  self->steps = sem_json_require_steps (node, path, "normalizers", MAX_STEPS, depth, new_from_json,
                                        (GDestroyNotify)sem_normalizer_free, error);
  return self->steps != NULL;
}

static gboolean
read_members (SemNormalizer *self,
              const json_t *node,
              const char *path,
              guint depth,
              GError **error)
{
  switch (self->kind)
    {
    case SEM_NORM_BERT:
      return read_bert (self, node, path, error);
    case SEM_NORM_STRIP:
      self->left = self->right = TRUE;
      return sem_json_field_bool (node, path, "strip_left", &self->left, error)
             && sem_json_field_bool (node, path, "strip_right", &self->right, error);
    case SEM_NORM_REPLACE:
      self->pattern = sem_pattern_new_from_json (node, path, "pattern", error);
      return self->pattern != NULL && read_content (self, node, path, "content", error);
    case SEM_NORM_PREPEND:
      return read_content (self, node, path, "prepend", error);
    case SEM_NORM_PRECOMPILED:
      return read_charsmap (self, node, path, error);
    case SEM_NORM_SEQUENCE:
      return read_sequence (self, node, path, depth, error);
    case SEM_NORM_LLAMA_BERT:
    case SEM_NORM_SENTENCEPIECE:
    case SEM_NORM_NFC:
    case SEM_NORM_NFD:
    case SEM_NORM_NFKC:
    case SEM_NORM_NFKD:
    case SEM_NORM_LOWERCASE:
    case SEM_NORM_STRIP_ACCENTS:
    case SEM_NORM_NMT:
    case SEM_NORM_BYTE_LEVEL:
      break;
    }
  return TRUE;
}

static gpointer
new_from_json (const json_t *node, const char *path, guint depth, GError **error)
{
  g_autoptr (SemNormalizer) self = NULL;
  int kind = sem_json_require_kind (node, path, depth, kind_names, G_N_ELEMENTS (kind_names),
                                    "normalizer", error);

  if (kind < 0)
    return NULL;
  self = g_new0 (SemNormalizer, 1);
  self->kind = (SemNormKind)kind;
  return read_members (self, node, path, depth, error) ? g_steal_pointer (&self) : NULL;
}

SemNormalizer *
sem_normalizer_new_from_json (const json_t *node, const char *path, GError **error)
{
  return new_from_json (node, path, 0, error);
}

SemNormalizer *
sem_normalizer_new_llama_bert (void)
{
  SemNormalizer *self = g_new0 (SemNormalizer, 1);

  self->kind = SEM_NORM_LLAMA_BERT;
  return self;
}

SemNormalizer *
sem_normalizer_new_sentencepiece (const SemSentencepieceOptions *options, GError **error)
{
  g_autoptr (SemNormalizer) self = g_new0 (SemNormalizer, 1);

  self->kind = SEM_NORM_SENTENCEPIECE;
  self->spm = *options;
  if (options->charsmap_length > 0)
    {
      self->charsmap = sem_charsmap_new (options->charsmap, options->charsmap_length, error);
      if (self->charsmap == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}
