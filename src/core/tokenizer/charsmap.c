/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The double-array walk and the grapheme loop of the Precompiled normalizer (crate spm_precompiled
 * 0.1). */
#include "core/tokenizer/charsmap.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>
#include <utf8proc.h>

/* The reference looks up a grapheme as a whole only below this many bytes. */
#define WHOLE_GRAPHEME_LIMIT 6

/* Bytes of an entry that are looked at. */
#define MAX_ENTRY 256

struct _SemCharsmap
{
  guint32 *units;
  gsize n_units;
  char *strings; /* NUL-terminated as a whole too */
  gsize strings_length;
};

SemCharsmap *
sem_charsmap_new (const guint8 *bytes, gsize length, GError **error)
{
  SemCharsmap *self;
  guint32 trie_bytes;

  if (length < 4)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                   "the character map has %" G_GSIZE_FORMAT " bytes, at least 4 are needed",
                   length);
      return NULL;
    }
  memcpy (&trie_bytes, bytes, 4);
  trie_bytes = GUINT32_FROM_LE (trie_bytes);
  if (trie_bytes > length - 4 || trie_bytes % 4 != 0 || trie_bytes == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the character map's trie says %u bytes, %" G_GSIZE_FORMAT " are left",
                   trie_bytes, length - 4);
      return NULL;
    }
  self = g_new0 (SemCharsmap, 1);
  self->n_units = trie_bytes / 4;
  self->units = g_memdup2 (bytes + 4, trie_bytes);
  for (gsize i = 0; i < self->n_units; i++)
    self->units[i] = GUINT32_FROM_LE (self->units[i]);
  self->strings_length = length - 4 - trie_bytes;
  self->strings = g_malloc (self->strings_length + 1);
  memcpy (self->strings, bytes + 4 + trie_bytes, self->strings_length);
  self->strings[self->strings_length] = '\0';
  return self;
}

void
sem_charsmap_free (SemCharsmap *self)
{
  if (self == NULL)
    return;
  g_free (self->units);
  g_free (self->strings);
  g_free (self);
}

static gsize
unit_offset (guint32 unit)
{
  return (gsize)(unit >> 10) << ((unit & (1u << 9)) >> 6);
}

/* One byte further in the trie: FALSE when nothing goes on with it; *value is the replacement's
 * place when an entry ends here, else G_MAXUINT32. */
static gboolean
step (const SemCharsmap *self, gsize *node, char byte, guint32 *value)
{
  guint32 unit;

  *value = G_MAXUINT32;
  *node ^= (guint8)byte;
  if (byte == '\0' || *node >= self->n_units)
    return FALSE;
  unit = self->units[*node];
  if ((unit & ((1u << 31) | 0xff)) != (guint8)byte)
    return FALSE;
  *node ^= unit_offset (unit);
  if ((unit >> 8) & 1)
    {
      if (*node >= self->n_units)
        return FALSE;
      *value = self->units[*node] & ~(1u << 31);
    }
  return TRUE;
}

/* NULL when the map is broken there. */
static const char *
get_replacement (const SemCharsmap *self, guint32 value, gsize *length)
{
  const char *text = self->strings + value;

  if (value > self->strings_length)
    return NULL;
  *length = strlen (text);
  return g_utf8_validate (text, (gssize)*length, NULL) ? text : NULL;
}

const char *
sem_charsmap_find (const SemCharsmap *self,
                   const char *chunk,
                   gsize length,
                   gsize *replacement_length)
{
  gsize node = unit_offset (self->units[0]);
  guint32 value;

  for (gsize i = 0; i < length && step (self, &node, chunk[i], &value); i++)
    if (value != G_MAXUINT32)
      return get_replacement (self, value, replacement_length);
  return NULL;
}

const char *
sem_charsmap_find_longest (const SemCharsmap *self,
                           const char *text,
                           gsize length,
                           gsize *consumed,
                           gsize *replacement_length)
{
  gsize node = unit_offset (self->units[0]);
  guint32 value, best = G_MAXUINT32;

  for (gsize i = 0; i < MIN (length, MAX_ENTRY) && step (self, &node, text[i], &value); i++)
    if (value != G_MAXUINT32 && (i + 1 == length || ((guint8)text[i + 1] & 0xc0) != 0x80))
      {
        best = value;
        *consumed = i + 1;
      }
  return best != G_MAXUINT32 ? get_replacement (self, best, replacement_length) : NULL;
}

/* Puts the replacement for [start, end) of in: its characters take over the old ones' spans one by
 * one, further ones share the last. */
static void
put_replacement (const SemNormText *in,
                 gsize start,
                 gsize end,
                 const char *text,
                 gsize length,
                 SemNormText *out)
{
  gsize at = start;
  SemSpan span = in->spans[start];

  for (gsize i = 0; i < length;)
    {
      guint n = sem_utf8_length ((guint8)text[i]);

      if (at < end)
        {
          span = in->spans[at];
          at += sem_utf8_length ((guint8)in->bytes[at]);
        }
      sem_norm_text_append_bytes (out, text + i, n, span);
      i += n;
    }
}

static gsize
grapheme_end (const SemNormText *in, gsize at)
{
  utf8proc_int32_t state = 0;
  guint32 before, next;

  at += sem_utf8_get (in->bytes + at, &before);
  while (at < in->len)
    {
      guint n;

      /* Between two ASCII characters there is always a boundary, but for CR LF. */
      if (before < 0x80 && (guint8)in->bytes[at] < 0x80 && before != '\r')
        return at;
      n = sem_utf8_get (in->bytes + at, &next);
      if (utf8proc_grapheme_break_stateful ((utf8proc_int32_t)before, (utf8proc_int32_t)next,
                                            &state))
        return at;
      at += n;
      before = next;
    }
  return at;
}

gboolean
sem_charsmap_apply (const SemCharsmap *self,
                    const SemNormText *in,
                    SemNormText *out,
                    GError **error)
{
  out->len = 0;
  for (gsize at = 0; at < in->len;)
    {
      gsize end = grapheme_end (in, at), n;
      const char *found = NULL;

      if (end - at < WHOLE_GRAPHEME_LIMIT)
        found = sem_charsmap_find (self, in->bytes + at, end - at, &n);
      if (found != NULL)
        {
          put_replacement (in, at, end, found, n, out);
          at = end;
        }
      while (at < end)
        {
          guint length = sem_utf8_length ((guint8)in->bytes[at]);

          found = sem_charsmap_find (self, in->bytes + at, length, &n);
          if (found != NULL)
            put_replacement (in, at, at + length, found, n, out);
          else
            sem_norm_text_append_slice (out, in, at, at + length);
          at += length;
        }
      if (!sem_norm_text_check_growth (in->len, out->len, error))
        return FALSE;
    }
  return TRUE;
}
