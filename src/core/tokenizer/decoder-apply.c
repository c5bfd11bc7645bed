/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoders at work: each turns a list of pieces into another, of which the text is made. */
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/decoder-private.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

static void
replace_all (GString *s, const char *from, const char *to)
{
  g_string_replace (s, from, to, 0);
}

/* English clean-up of the WordPiece and CTC decoders. */
static void
clean_up (GString *s)
{
  static const char *const pairs[][2]
      = { { " .", "." },   { " ?", "?" },     { " !", "!" },    { " ,", "," },
          { " ' ", "'" },  { " n't", "n't" }, { " 'm", "'m" },  { " do not", " don't" },
          { " 's", "'s" }, { " 've", "'ve" }, { " 're", "'re" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    replace_all (s, pairs[i][0], pairs[i][1]);
}

static void
apply_wordpiece (const SemDecoder *self, GPtrArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      GString *s = g_ptr_array_index (pieces, i);

      if (i > 0)
        {
          if (s->len >= self->text_length && memcmp (s->str, self->text, self->text_length) == 0)
            g_string_erase (s, 0, (gssize)self->text_length);
          else
            g_string_prepend_c (s, ' ');
        }
      if (self->cleanup)
        clean_up (s);
    }
}

/* Length of the broken sequence at p: the longest start of a character, at least 1 (Unicode 15,
 * table 3-8). */
static gsize
broken_length (const guint8 *p, const guint8 *end)
{
  guint8 low = 0x80, high = 0xbf;
  gsize need = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : 1, n = 1;

  if (p[0] < 0xc2 || p[0] > 0xf4)
    return 1;
  if (p[0] == 0xe0)
    low = 0xa0;
  else if (p[0] == 0xed)
    high = 0x9f;
  else if (p[0] == 0xf0)
    low = 0x90;
  else if (p[0] == 0xf4)
    high = 0x8f;
  while (n <= need && p + n < end && p[n] >= low && p[n] <= high)
    {
      low = 0x80;
      high = 0xbf;
      n++;
    }
  return MIN (n, need);
}

/* Appends bytes as UTF-8, one U+FFFD for each broken sequence, as Rust's lossy conversion does. */
static void
append_lossy (GString *out, const guint8 *bytes, gsize length)
{
  static const guint8 nothing[1] = { 0 };
  const char *p = (const char *)(bytes != NULL ? bytes : nothing), *end = p + length, *bad;

  while (p < end)
    {
      if (sem_utf8_validate (p, (gsize)(end - p), &bad))
        bad = end;
      g_string_append_len (out, p, bad - p);
      p = bad;
      if (p < end)
        {
          g_string_append (out, "\357\277\275");
          p += broken_length ((const guint8 *)p, (const guint8 *)end);
        }
    }
}

static void
apply_byte_level (GPtrArray *pieces)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const GString *s = g_ptr_array_index (pieces, i);
      guint before = bytes->len;

      /* A piece with a character outside the alphabet (an added token) stands for its own bytes. */
      if (!sem_byte_level_decode (s->str, s->len, bytes))
        {
          g_byte_array_set_size (bytes, before);
          g_byte_array_append (bytes, (const guint8 *)s->str, (guint)s->len);
        }
    }
  append_lossy (all, bytes->data, bytes->len);
  g_ptr_array_set_size (pieces, 0);
  g_ptr_array_add (pieces, all);
}

static void
apply_metaspace (const SemDecoder *self, GPtrArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      GString *s = g_ptr_array_index (pieces, i), *out = g_string_sized_new (s->len);

      for (gsize at = 0; at < s->len;)
        {
          guint32 cp;
          guint n = sem_utf8_get (s->str + at, &cp);

          if (cp != self->cp)
            g_string_append_len (out, s->str + at, n);
          else if (i > 0 || !self->prepends)
            g_string_append_c (out, ' ');
          at += n;
        }
      pieces->pdata[i] = out;
      g_string_free (s, TRUE);
    }
}

static void
apply_bpe (const SemDecoder *self, GPtrArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++)
    if (self->text_length > 0)
      replace_all (g_ptr_array_index (pieces, i), self->text, i + 1 == pieces->len ? "" : " ");
}

static void
apply_ctc (const SemDecoder *self, GPtrArray *pieces)
{
  g_autofree char *last = NULL;
  guint n = 0; /* pieces kept */

  for (guint i = 0; i < pieces->len; i++)
    {
      GString *s = g_ptr_array_index (pieces, i);
      gboolean repeated = last != NULL && strcmp (last, s->str) == 0;

      g_free (last);
      last = g_strdup (s->str);
      if (!repeated && self->text_length > 0)
        replace_all (s, self->text, "");
      if (!repeated && self->cleanup)
        {
          clean_up (s);
          if (self->delimiter[0] != '\0')
            replace_all (s, self->delimiter, " ");
        }
      if (repeated || s->len == 0)
        g_string_free (s, TRUE);
      else
        pieces->pdata[n++] = s;
    }
  pieces->len = n;
}

/* "<0x41>": the byte, -1 when the piece is something else. */
static int
byte_of_piece (const GString *s)
{
  int high, low;

  if (s->len != 6 || memcmp (s->str, "<0x", 3) != 0 || s->str[5] != '>')
    return -1;
  high = g_ascii_xdigit_value (s->str[3]);
  low = g_ascii_xdigit_value (s->str[4]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Runs of byte pieces become their text, or one U+FFFD a byte where that is not UTF-8. */
static void
apply_byte_fallback (GPtrArray *pieces)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i <= pieces->len; i++)
    {
      GString *s = i < pieces->len ? pieces->pdata[i] : NULL;
      int b = s != NULL ? byte_of_piece (s) : -1;
      const char *bad;

      if (b >= 0)
        {
          guint8 byte = (guint8)b;

          g_byte_array_append (bytes, &byte, 1);
          g_string_free (s, TRUE);
          continue;
        }
      if (bytes->len > 0)
        {
          if (sem_utf8_validate ((const char *)bytes->data, bytes->len, &bad))
            g_ptr_array_add (out, g_string_new_len ((const char *)bytes->data, bytes->len));
          else
            for (guint k = 0; k < bytes->len; k++)
              g_ptr_array_add (out, g_string_new ("\357\277\275"));
          g_byte_array_set_size (bytes, 0);
        }
      if (s != NULL)
        g_ptr_array_add (out, s);
    }
  pieces->len = 0;
  for (guint i = 0; i < out->len; i++)
    g_ptr_array_add (pieces, out->pdata[i]);
}

static void
apply_fuse (GPtrArray *pieces)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const GString *s = g_ptr_array_index (pieces, i);

      g_string_append_len (all, s->str, (gssize)s->len);
    }
  g_ptr_array_set_size (pieces, 0);
  g_ptr_array_add (pieces, all);
}

static void
apply_strip (const SemDecoder *self, GPtrArray *pieces)
{
  char mark[6];
  guint n = sem_utf8_put (self->cp, mark);

  for (guint i = 0; i < pieces->len; i++)
    {
      GString *s = g_ptr_array_index (pieces, i);

      for (guint32 k = 0; k < self->start && s->len >= n && memcmp (s->str, mark, n) == 0; k++)
        g_string_erase (s, 0, n);
      for (guint32 k = 0;
           k < self->stop && s->len >= n && memcmp (s->str + s->len - n, mark, n) == 0; k++)
        g_string_truncate (s, s->len - n);
    }
}

static void
apply_replace (const SemDecoder *self, GPtrArray *pieces)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (SemMatch));

  for (guint i = 0; i < pieces->len; i++)
    {
      GString *s = g_ptr_array_index (pieces, i), *out;

      g_array_set_size (matches, 0);
      if (!sem_pattern_find_all (self->pattern, s->str, s->len, matches, NULL))
        continue;
      out = g_string_sized_new (s->len);
      for (guint k = 0; k < matches->len; k++)
        {
          const SemMatch *m = &g_array_index (matches, SemMatch, k);

          if (m->is_match)
            g_string_append_len (out, self->text, (gssize)self->text_length);
          else
            g_string_append_len (out, s->str + m->start, (gssize)(m->end - m->start));
        }
      pieces->pdata[i] = out;
      g_string_free (s, TRUE);
    }
}

void
sem_decoder_apply (const SemDecoder *self, GPtrArray *pieces)
{
  switch (self->kind)
    {
    case DEC_BYTE_LEVEL:
      apply_byte_level (pieces);
      break;
    case DEC_WORDPIECE:
      apply_wordpiece (self, pieces);
      break;
    case DEC_METASPACE:
      apply_metaspace (self, pieces);
      break;
    case DEC_BPE:
      apply_bpe (self, pieces);
      break;
    case DEC_CTC:
      apply_ctc (self, pieces);
      break;
    case DEC_BYTE_FALLBACK:
      apply_byte_fallback (pieces);
      break;
    case DEC_FUSE:
      apply_fuse (pieces);
      break;
    case DEC_STRIP:
      apply_strip (self, pieces);
      break;
    case DEC_REPLACE:
      apply_replace (self, pieces);
      break;
    case DEC_SEQUENCE:
      for (guint i = 0; i < self->steps->len; i++)
        sem_decoder_apply (g_ptr_array_index (self->steps, i), pieces);
      break;
    }
}
