/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normalizers that are short enough to stand here, and the dispatch over all of them. */
#include "core/tokenizer/normalizer-private.h"
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/normalize-unicode.h"
#include "core/error.h"

#include <string.h>

void
sem_normalizer_free (SemNormalizer *self)
{
  if (self == NULL)
    return;
  sem_pattern_free (self->pattern);
  g_free (self->content);
  sem_charsmap_free (self->charsmap);
  sem_vocab_free (self->spm.user);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

SemNormalizer *
sem_normalizer_new_bert (const SemBertOptions *options)
{
  SemNormalizer *self = g_new0 (SemNormalizer, 1);

  self->kind = SEM_NORM_BERT;
  self->bert = *options;
  return self;
}

const SemBertOptions *
sem_normalizer_get_bert (const SemNormalizer *self)
{
  if (self->kind == SEM_NORM_SEQUENCE && self->steps->len == 1)
    return sem_normalizer_get_bert (g_ptr_array_index (self->steps, 0));
  return self->kind == SEM_NORM_BERT ? &self->bert : NULL;
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
  if (!sem_norm_text_check_growth (text->len, matches->len * self->content_length, error))
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

gboolean
sem_normalizer_apply (const SemNormalizer *self,
                      SemNormText *text,
                      SemNormText *scratch,
                      GError **error)
{
  switch (self->kind)
    {
    case SEM_NORM_BERT:
      apply_bert (&self->bert, text, scratch);
      return TRUE;
    case SEM_NORM_STRIP:
      apply_strip (self, text, scratch);
      return TRUE;
    case SEM_NORM_REPLACE:
      return apply_replace (self, text, scratch, error);
    case SEM_NORM_PREPEND:
      apply_prepend (self, text, scratch);
      return TRUE;
    case SEM_NORM_SEQUENCE:
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_apply (g_ptr_array_index (self->steps, i), text, scratch, error))
          return FALSE;
      return TRUE;
    case SEM_NORM_NFC:
    case SEM_NORM_NFKC:
      sem_normalize_compose (text, scratch, self->kind == SEM_NORM_NFKC);
      break;
    case SEM_NORM_NFD:
    case SEM_NORM_NFKD:
      sem_normalize_decompose (text, scratch, self->kind == SEM_NORM_NFKD);
      break;
    case SEM_NORM_LOWERCASE:
      sem_normalize_lowercase (text, scratch);
      break;
    case SEM_NORM_STRIP_ACCENTS:
      sem_normalize_drop (text, scratch, SEM_UNI_MARK);
      break;
    case SEM_NORM_NMT:
      apply_nmt (text, scratch);
      break;
    case SEM_NORM_PRECOMPILED:
      if (!sem_charsmap_apply (self->charsmap, text, scratch, error))
        return FALSE;
      break;
    case SEM_NORM_BYTE_LEVEL:
      sem_byte_level_apply (text, scratch);
      break;
    case SEM_NORM_LLAMA_BERT:
      apply_llama_bert (text, scratch);
      break;
    case SEM_NORM_SENTENCEPIECE:
      if (!sem_normalizer_apply_sentencepiece (self, text, scratch, error))
        return FALSE;
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
    case SEM_NORM_NFC:
      return has_no_flag (text, length, SEM_UNI_NFC_MAYBE);
    case SEM_NORM_NFKC:
      return has_no_flag (text, length, SEM_UNI_NFKC_MAYBE);
    case SEM_NORM_NFD:
      return has_no_flag (text, length, SEM_UNI_NFD | SEM_UNI_CCC);
    case SEM_NORM_NFKD:
      return has_no_flag (text, length, SEM_UNI_NFKD | SEM_UNI_CCC);
    case SEM_NORM_STRIP_ACCENTS:
      return has_no_flag (text, length, SEM_UNI_MARK);
    case SEM_NORM_REPLACE:
      s = sem_pattern_get_string (self->pattern, &n);
      return s != NULL && n > 0 && memmem (text, length, s, n) == NULL;
    case SEM_NORM_SEQUENCE:
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_keeps (g_ptr_array_index (self->steps, i), text, length))
          return FALSE;
      return TRUE;
    case SEM_NORM_BERT:
    case SEM_NORM_LOWERCASE:
    case SEM_NORM_STRIP:
    case SEM_NORM_PREPEND:
    case SEM_NORM_NMT:
    case SEM_NORM_PRECOMPILED:
    case SEM_NORM_BYTE_LEVEL:
    case SEM_NORM_LLAMA_BERT:
    case SEM_NORM_SENTENCEPIECE:
      break;
    }
  return length == 0;
}

gboolean
sem_normalizer_ends_in_bytes (const SemNormalizer *self)
{
  for (guint i = 0; self->kind == SEM_NORM_SEQUENCE && i < self->steps->len; i++)
    if (sem_normalizer_ends_in_bytes (g_ptr_array_index (self->steps, i)))
      return TRUE;
  return self->kind == SEM_NORM_BYTE_LEVEL;
}

/* Replace " " by U+2581. */
static gboolean
is_mark_for_blank (const SemNormalizer *self)
{
  gsize n = 0;
  const char *blank
      = self->kind == SEM_NORM_REPLACE ? sem_pattern_get_string (self->pattern, &n) : NULL;

  return blank != NULL && n == 1 && *blank == ' ' && self->content_length == 3
         && memcmp (self->content, "\342\226\201", 3) == 0;
}

gboolean
sem_normalizer_marks_blanks (const SemNormalizer *self)
{
  const SemNormalizer *first;

  if (self->kind != SEM_NORM_SEQUENCE)
    return is_mark_for_blank (self);
  if (self->steps->len != 2)
    return FALSE;
  first = g_ptr_array_index (self->steps, 0);
  return first->kind == SEM_NORM_PREPEND && first->content_length == 3
         && memcmp (first->content, "\342\226\201", 3) == 0
         && is_mark_for_blank (g_ptr_array_index (self->steps, 1));
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

  if (self->kind == SEM_NORM_SEQUENCE)
    {
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_map_ascii (g_ptr_array_index (self->steps, i), map))
          return FALSE;
      return TRUE;
    }
  if (self->kind == SEM_NORM_STRIP || self->kind == SEM_NORM_PREPEND
      || self->kind == SEM_NORM_BYTE_LEVEL || self->kind >= SEM_NORM_LLAMA_BERT)
    return FALSE;
  if (self->kind == SEM_NORM_REPLACE)
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

gboolean
sem_normalizer_map_words (const SemNormalizer *self, guint8 map[128])
{
  const char *regex = self->kind == SEM_NORM_REPLACE ? sem_pattern_get_regex (self->pattern) : NULL;

  if (self->kind == SEM_NORM_SEQUENCE)
    {
      for (guint i = 0; i < self->steps->len; i++)
        if (!sem_normalizer_map_words (g_ptr_array_index (self->steps, i), map))
          return FALSE;
      return TRUE;
    }
  if (self->kind == SEM_NORM_STRIP)
    return !self->left;
  if (regex != NULL)
    return strcmp (regex, " {2,}") == 0;
  return sem_normalizer_map_ascii (self, map);
}
