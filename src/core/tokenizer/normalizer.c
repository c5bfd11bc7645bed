/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normalizers that are short enough to stand here, the dispatch over all of them, and their
 * reading. */
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/charsmap.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/normalize-unicode.h"
#include "core/tokenizer/pattern.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 256
#define MAX_DEPTH 16

typedef enum
{
  NORM_BERT,
  NORM_NFC,
  NORM_NFD,
  NORM_NFKC,
  NORM_NFKD,
  NORM_LOWERCASE,
  NORM_STRIP_ACCENTS,
  NORM_STRIP,
  NORM_REPLACE,
  NORM_PREPEND,
  NORM_NMT,
  NORM_PRECOMPILED,
  NORM_BYTE_LEVEL,
  NORM_SEQUENCE,
  NORM_LLAMA_BERT, /* these have no name in a tokenizer.json */
  NORM_TRIM,
} NormKind;

static const char *const kind_names[]
    = { "BertNormalizer", "NFC",     "NFD",     "NFKC", "NFKD",        "Lowercase", "StripAccents",
        "Strip",          "Replace", "Prepend", "Nmt",  "Precompiled", "ByteLevel", "Sequence" };

struct _SemNormalizer
{
  NormKind kind;
  SemBertOptions bert;
  gboolean left, right; /* Strip */
  SemPattern *pattern;  /* Replace */
  char *content;        /* Replace, Prepend */
  gsize content_length;
  SemCharsmap *charsmap; /* Precompiled */
  GPtrArray *steps;      /* Sequence */
};

void
sem_normalizer_free (SemNormalizer *self)
{
  if (self == NULL)
    return;
  sem_pattern_free (self->pattern);
  g_free (self->content);
  sem_charsmap_free (self->charsmap);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

SemNormalizer *
sem_normalizer_new_bert (const SemBertOptions *options)
{
  SemNormalizer *self = g_new0 (SemNormalizer, 1);

  self->kind = NORM_BERT;
  self->bert = *options;
  return self;
}

const SemBertOptions *
sem_normalizer_get_bert (const SemNormalizer *self)
{
  if (self->kind == NORM_SEQUENCE && self->steps->len == 1)
    return sem_normalizer_get_bert (g_ptr_array_index (self->steps, 0));
  return self->kind == NORM_BERT ? &self->bert : NULL;
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

static SemNormalizer *
new_from_json (const json_t *node, const char *path, guint depth, GError **error);

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
  json_t *list;

  if (!sem_json_require_array (node, path, "normalizers", &list, error))
    return FALSE;
  if (json_array_size (list) > MAX_STEPS)
    return sem_json_field_bad (error, path, "normalizers", "more than %d steps", MAX_STEPS);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)sem_normalizer_free);
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.normalizers[%" G_GSIZE_FORMAT "]", path, i);
      SemNormalizer *step = new_from_json (json_array_get (list, i), where, depth + 1, error);

      if (step == NULL)
        return FALSE;
      g_ptr_array_add (self->steps, step);
    }
  return TRUE;
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
    case NORM_BERT:
      return read_bert (self, node, path, error);
    case NORM_STRIP:
      self->left = self->right = TRUE;
      return sem_json_field_bool (node, path, "strip_left", &self->left, error)
             && sem_json_field_bool (node, path, "strip_right", &self->right, error);
    case NORM_REPLACE:
      self->pattern = sem_pattern_new_from_json (node, path, "pattern", error);
      return self->pattern != NULL && read_content (self, node, path, "content", error);
    case NORM_PREPEND:
      return read_content (self, node, path, "prepend", error);
    case NORM_PRECOMPILED:
      return read_charsmap (self, node, path, error);
    case NORM_SEQUENCE:
      return read_sequence (self, node, path, depth, error);
    case NORM_LLAMA_BERT:
    case NORM_TRIM:
    case NORM_NFC:
    case NORM_NFD:
    case NORM_NFKC:
    case NORM_NFKD:
    case NORM_LOWERCASE:
    case NORM_STRIP_ACCENTS:
    case NORM_NMT:
    case NORM_BYTE_LEVEL:
      break;
    }
  return TRUE;
}

static SemNormalizer *
new_from_json (const json_t *node, const char *path, guint depth, GError **error)
{
  g_autoptr (SemNormalizer) self = g_new0 (SemNormalizer, 1);
  const char *type;
  guint kind;

  if (depth > MAX_DEPTH)
    {
      sem_json_field_bad (error, path, "", "nested more than %d deep", MAX_DEPTH);
      return NULL;
    }
  if (!sem_json_require_string (node, path, "type", &type, NULL, error))
    return NULL;
  for (kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (strcmp (kind_names[kind], type) == 0)
      break;
  if (kind == G_N_ELEMENTS (kind_names))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "%s.type: no normalizer is called '%.60s'", path, type);
      return NULL;
    }
  self->kind = (NormKind)kind;
  return read_members (self, node, path, depth, error) ? g_steal_pointer (&self) : NULL;
}

SemNormalizer *
sem_normalizer_new_from_json (const json_t *node, const char *path, GError **error)
{
  return new_from_json (node, path, 0, error);
}

/* --- applying
 * ------------------------------------------------------------------------------------------ */

static void
clean_text (const SemNormText *in, SemNormText *out)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp;
      guint n = sem_utf8_get (in->bytes + at, &cp);
      guint32 flags = sem_uni_flags (cp);

      if (!(flags & SEM_UNI_BERT_REMOVED))
        {
          if (flags & SEM_UNI_SPACE)
            sem_norm_text_append_char (out, ' ', in->spans[at]);
          else
            sem_norm_text_append_slice (out, in, at, at + n);
        }
      at += n;
    }
}

static void
space_chinese (const SemNormText *in, SemNormText *out)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp;
      guint n = sem_utf8_get (in->bytes + at, &cp);
      gboolean cjk = (sem_uni_flags (cp) & SEM_UNI_BERT_CJK) != 0;

      if (cjk)
        sem_norm_text_append_char (out, ' ', in->spans[at]);
      sem_norm_text_append_slice (out, in, at, at + n);
      if (cjk)
        sem_norm_text_append_char (out, ' ', in->spans[at]);
      at += n;
    }
}

static void
apply_bert (const SemBertOptions *o, SemNormText *text, SemNormText *scratch)
{
  if (o->clean_text)
    {
      clean_text (text, scratch);
      sem_norm_text_swap (text, scratch);
    }
  if (o->handle_chinese_chars)
    {
      space_chinese (text, scratch);
      sem_norm_text_swap (text, scratch);
    }
  if (o->strip_accents == 1 || (o->strip_accents < 0 && o->lowercase))
    {
      sem_normalize_decompose (text, scratch, FALSE);
      sem_normalize_drop (scratch, text, SEM_UNI_BERT_MARK);
    }
  if (o->lowercase)
    {
      sem_normalize_lowercase (text, scratch);
      sem_norm_text_swap (text, scratch);
    }
}

static void
apply_strip (const SemNormalizer *self, SemNormText *text, SemNormText *scratch)
{
  gsize start = 0, end = text->len;
  guint32 cp;

  while (self->left && start < end)
    {
      guint n = sem_utf8_get (text->bytes + start, &cp);

      if (!(sem_uni_flags (cp) & SEM_UNI_SPACE))
        break;
      start += n;
    }
  while (self->right && end > start)
    {
      gsize before = sem_utf8_prev (text->bytes, end);

      sem_utf8_get (text->bytes + before, &cp);
      if (!(sem_uni_flags (cp) & SEM_UNI_SPACE))
        break;
      end = before;
    }
  if (start == 0 && end == text->len)
    return;
  scratch->len = 0;
  sem_norm_text_append_slice (scratch, text, start, end);
  sem_norm_text_swap (text, scratch);
}

/* What is put in takes the span of the last byte that was taken out. */
static gboolean
apply_replace (const SemNormalizer *self, SemNormText *text, SemNormText *scratch, GError **error)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (SemMatch));

  if (!sem_pattern_find_all (self->pattern, text->bytes, text->len, matches, error))
    return FALSE;
  scratch->len = 0;
  for (guint i = 0; i < matches->len; i++)
    {
      const SemMatch *m = &g_array_index (matches, SemMatch, i);

      if (m->is_match)
        sem_norm_text_append_bytes (scratch, self->content, self->content_length,
                                    m->end > 0 ? text->spans[m->end - 1] : (SemSpan){ 0, 0 });
      else
        sem_norm_text_append_slice (scratch, text, m->start, m->end);
    }
  sem_norm_text_swap (text, scratch);
  return TRUE;
}

static void
apply_prepend (const SemNormalizer *self, SemNormText *text, SemNormText *scratch)
{
  if (text->len == 0)
    return;
  scratch->len = 0;
  sem_norm_text_append_bytes (scratch, self->content, self->content_length, text->spans[0]);
  sem_norm_text_append_slice (scratch, text, 0, text->len);
  sem_norm_text_swap (text, scratch);
}

/* sentencepiece's NMT rules: controls go, odd blanks become blanks. */
static void
apply_nmt (const SemNormText *in, SemNormText *out)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp;
      guint n = sem_utf8_get (in->bytes + at, &cp);
      gboolean removed = (cp >= 0x01 && cp <= 0x08) || cp == 0x0b || (cp >= 0x0e && cp <= 0x1f)
                         || cp == 0x7f || cp == 0x8f || cp == 0x9f;
      gboolean blank = cp == 0x09 || cp == 0x0a || cp == 0x0c || cp == 0x0d || cp == 0x1680
                       || (cp >= 0x200b && cp <= 0x200f) || cp == 0x2028 || cp == 0x2029
                       || cp == 0x2581 || cp == 0xfeff || cp == 0xfffd;

      if (blank)
        sem_norm_text_append_char (out, ' ', in->spans[at]);
      else if (!removed)
        sem_norm_text_append_slice (out, in, at, at + n);
      at += n;
    }
}

static void
apply_llama_bert (const SemNormText *in, SemNormText *out)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      guint32 cp, parts[SEM_UNI_MAX_EXPANSION], lower[SEM_UNI_MAX_EXPANSION], flags;
      guint n = sem_utf8_get (in->bytes + at, &cp);
      SemSpan span = in->spans[at];
      gboolean alone;

      at += n;
      sem_uni_decompose (cp, FALSE, parts);
      flags = sem_uni_flags (parts[0]);
      if (flags & SEM_UNI_SPACE)
        {
          sem_norm_text_append_char (out, ' ', span);
          continue;
        }
      if (parts[0] == 0 || parts[0] == 0xfffd || (flags & SEM_UNI_BERT_REMOVED))
        continue;
      sem_uni_to_lower (parts[0], lower);
      alone = (flags & (SEM_UNI_P | SEM_UNI_BERT_CJK)) || (parts[0] < 0x7f && (flags & SEM_UNI_S));
      if (alone)
        sem_norm_text_append_char (out, ' ', span);
      sem_norm_text_append_char (out, lower[0], span);
      if (alone)
        sem_norm_text_append_char (out, ' ', span);
    }
}

/* Runs of blanks to one, none at the ends. */
static void
apply_trim (const SemNormText *in, SemNormText *out)
{
  gsize end = in->len;

  while (end > 0 && in->bytes[end - 1] == ' ')
    end--;
  out->len = 0;
  for (gsize at = 0; at < end; at++)
    if (in->bytes[at] != ' ' || (out->len > 0 && out->bytes[out->len - 1] != ' '))
      sem_norm_text_append_slice (out, in, at, at + 1);
}

gboolean
sem_normalizer_apply (const SemNormalizer *self,
                      SemNormText *text,
                      SemNormText *scratch,
                      GError **error)
{
  switch (self->kind)
    {
    case NORM_BERT:
      apply_bert (&self->bert, text, scratch);
      return TRUE;
    case NORM_STRIP:
      apply_strip (self, text, scratch);
      return TRUE;
    case NORM_REPLACE:
      return apply_replace (self, text, scratch, error);
    case NORM_PREPEND:
      apply_prepend (self, text, scratch);
      return TRUE;
    case NORM_SEQUENCE:
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_apply (g_ptr_array_index (self->steps, i), text, scratch, error))
          return FALSE;
      return TRUE;
    case NORM_NFC:
    case NORM_NFKC:
      sem_normalize_compose (text, scratch, self->kind == NORM_NFKC);
      break;
    case NORM_NFD:
    case NORM_NFKD:
      sem_normalize_decompose (text, scratch, self->kind == NORM_NFKD);
      break;
    case NORM_LOWERCASE:
      sem_normalize_lowercase (text, scratch);
      break;
    case NORM_STRIP_ACCENTS:
      sem_normalize_drop (text, scratch, SEM_UNI_MARK);
      break;
    case NORM_NMT:
      apply_nmt (text, scratch);
      break;
    case NORM_PRECOMPILED:
      sem_charsmap_apply (self->charsmap, text, scratch);
      break;
    case NORM_BYTE_LEVEL:
      sem_byte_level_apply (text, scratch);
      break;
    case NORM_LLAMA_BERT:
      apply_llama_bert (text, scratch);
      break;
    case NORM_TRIM:
      apply_trim (text, scratch);
      break;
    }
  sem_norm_text_swap (text, scratch);
  return TRUE;
}

static gboolean
has_no_flag (const char *text, gsize length, guint32 flags)
{
  for (gsize at = 0; at < length;)
    {
      guint32 cp;

      if ((guint8)text[at] < 0x80)
        {
          at++;
          continue;
        }
      at += sem_utf8_get (text + at, &cp);
      if (sem_uni_flags (cp) & flags)
        return FALSE;
    }
  return TRUE;
}

gboolean
sem_normalizer_keeps (const SemNormalizer *self, const char *text, gsize length)
{
  gsize n;
  const char *s;

  switch (self->kind)
    {
    case NORM_NFC:
      return has_no_flag (text, length, SEM_UNI_NFC_MAYBE);
    case NORM_NFKC:
      return has_no_flag (text, length, SEM_UNI_NFKC_MAYBE);
    case NORM_NFD:
      return has_no_flag (text, length, SEM_UNI_NFD | SEM_UNI_CCC);
    case NORM_NFKD:
      return has_no_flag (text, length, SEM_UNI_NFKD | SEM_UNI_CCC);
    case NORM_STRIP_ACCENTS:
      return has_no_flag (text, length, SEM_UNI_MARK);
    case NORM_REPLACE:
      s = sem_pattern_get_string (self->pattern, &n);
      return s != NULL && n > 0 && memmem (text, length, s, n) == NULL;
    case NORM_SEQUENCE:
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_keeps (g_ptr_array_index (self->steps, i), text, length))
          return FALSE;
      return TRUE;
    case NORM_BERT:
    case NORM_LOWERCASE:
    case NORM_STRIP:
    case NORM_PREPEND:
    case NORM_NMT:
    case NORM_PRECOMPILED:
    case NORM_BYTE_LEVEL:
    case NORM_LLAMA_BERT:
    case NORM_TRIM:
      break;
    }
  return length == 0;
}

gboolean
sem_normalizer_ends_in_bytes (const SemNormalizer *self)
{
  for (guint i = 0; self->kind == NORM_SEQUENCE && i < self->steps->len; i++)
    if (sem_normalizer_ends_in_bytes (g_ptr_array_index (self->steps, i)))
      return TRUE;
  return self->kind == NORM_BYTE_LEVEL;
}

/* One character through one step. */
static guint8
map_one (const SemNormalizer *self, guint8 c, SemNormText *text, SemNormText *scratch)
{
  char byte = (char)c;

  sem_norm_text_set_original (text, &byte, 1, 0);
  if (!sem_normalizer_apply (self, text, scratch, NULL) || text->len != 1
      || (guint8)text->bytes[0] >= 0x80)
    return 0;
  return (guint8)text->bytes[0];
}

gboolean
sem_normalizer_map_ascii (const SemNormalizer *self, guint8 map[128])
{
  SemNormText text = { 0 }, scratch = { 0 };
  gsize n;
  const char *s;

  if (self->kind == NORM_SEQUENCE)
    {
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_map_ascii (g_ptr_array_index (self->steps, i), map))
          return FALSE;
      return TRUE;
    }
  if (self->kind == NORM_STRIP || self->kind == NORM_PREPEND || self->kind == NORM_BYTE_LEVEL
      || self->kind >= NORM_LLAMA_BERT)
    return FALSE;
  if (self->kind == NORM_REPLACE)
    {
      /* A fixed string: its first character has to be looked at together with what follows. */
      s = sem_pattern_get_string (self->pattern, &n);
      for (guint c = 0; s != NULL && c < 128; c++)
        if (n > 0 && map[c] == (guint8)s[0])
          map[c] = 0;
      return s != NULL && n > 0 && memchr (s, ' ', n) == NULL;
    }
  for (guint c = 1; c < 128; c++)
    if (map[c] != 0)
      map[c] = map_one (self, map[c], &text, &scratch);
  sem_norm_text_clear (&text);
  sem_norm_text_clear (&scratch);
  return TRUE;
}

SemNormalizer *
sem_normalizer_new_llama_bert (void)
{
  SemNormalizer *self = g_new0 (SemNormalizer, 1);

  self->kind = NORM_LLAMA_BERT;
  return self;
}

static SemNormalizer *
add_step (SemNormalizer *sequence, NormKind kind, const char *content)
{
  SemNormalizer *step = g_new0 (SemNormalizer, 1);

  step->kind = kind;
  step->content = g_strdup (content);
  step->content_length = content != NULL ? strlen (content) : 0;
  g_ptr_array_add (sequence->steps, step);
  return step;
}

SemNormalizer *
sem_normalizer_new_sentencepiece (const guint8 *charsmap,
                                  gsize length,
                                  gboolean trim,
                                  gboolean prefix,
                                  GError **error)
{
  g_autoptr (SemNormalizer) self = g_new0 (SemNormalizer, 1);

  self->kind = NORM_SEQUENCE;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)sem_normalizer_free);
  if (length > 0)
    {
      SemNormalizer *map = add_step (self, NORM_PRECOMPILED, NULL);

      map->charsmap = sem_charsmap_new (charsmap, length, error);
      if (map->charsmap == NULL)
        return NULL;
    }
  if (trim)
    add_step (self, NORM_TRIM, NULL);
  if (prefix)
    add_step (self, NORM_PREPEND, "\342\226\201");
  add_step (self, NORM_REPLACE, "\342\226\201")->pattern = sem_pattern_new_string (" ", 1);
  return g_steal_pointer (&self);
}
