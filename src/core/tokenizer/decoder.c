/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All decoders of the reference: ByteLevel, WordPiece, Metaspace, BPEDecoder, CTC, ByteFallback,
 * Fuse, Strip, Replace, Sequence. */
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 256

typedef enum
{
  DEC_BYTE_LEVEL,
  DEC_WORDPIECE,
  DEC_METASPACE,
  DEC_BPE,
  DEC_CTC,
  DEC_BYTE_FALLBACK,
  DEC_FUSE,
  DEC_STRIP,
  DEC_REPLACE,
  DEC_SEQUENCE,
} DecKind;

static const char *const kind_names[]
    = { "ByteLevel",    "WordPiece", "Metaspace", "BPEDecoder", "CTC",
        "ByteFallback", "Fuse",      "Strip",     "Replace",    "Sequence" };

struct _SemDecoder
{
  DecKind kind;
  char *text; /* prefix, suffix, pad token, content */
  gsize text_length;
  char *delimiter; /* CTC's word delimiter */
  gboolean cleanup;
  gboolean prepends; /* Metaspace: the first mark is not a blank */
  guint32 cp;        /* Strip's and Metaspace's character */
  guint32 start, stop;
  SemPattern *pattern;
  GPtrArray *steps;
};

void
sem_decoder_free (SemDecoder *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->delimiter);
  sem_pattern_free (self->pattern);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

static SemDecoder *
new_kind (DecKind kind)
{
  SemDecoder *self = g_new0 (SemDecoder, 1);

  self->kind = kind;
  self->cp = 0x2581;
  self->prepends = TRUE;
  self->cleanup = TRUE;
  return self;
}

static void
set_text (SemDecoder *self, const char *text, gsize length)
{
  self->text = g_malloc (length + 1);
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->text_length = length;
}

SemDecoder *
sem_decoder_new_wordpiece (const char *prefix, gboolean cleanup)
{
  SemDecoder *self = new_kind (DEC_WORDPIECE);

  set_text (self, prefix, strlen (prefix));
  self->cleanup = cleanup;
  return self;
}

SemDecoder *
sem_decoder_new_byte_level (void)
{
  return new_kind (DEC_BYTE_LEVEL);
}

SemDecoder *
sem_decoder_new_metaspace (void)
{
  return new_kind (DEC_METASPACE);
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

static gpointer new_from_json (const json_t *node, const char *path, guint depth, GError **error);

static gboolean
read_text (SemDecoder *self,
           const json_t *node,
           const char *path,
           const char *key,
           const char *fallback,
           GError **error)
{
  const char *text = fallback;
  gsize length = strlen (fallback);

  if (!sem_json_field_string (node, path, key, &text, &length, error))
    return FALSE;
  set_text (self, text, length);
  return TRUE;
}

static gboolean
read_char (SemDecoder *self, const json_t *node, const char *path, const char *key, GError **error)
{
  const char *text = NULL;
  gsize length;

  if (!sem_json_field_string (node, path, key, &text, &length, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (length == 0 || sem_utf8_length ((guint8)text[0]) != length)
    return sem_json_field_bad (error, path, key, "expected one character, found '%.20s'", text);
  sem_utf8_get (text, &self->cp);
  return TRUE;
}

static gboolean
read_metaspace (SemDecoder *self, const json_t *node, const char *path, GError **error)
{
  gboolean add_prefix = TRUE;
  const char *scheme = NULL;

  if (!read_char (self, node, path, "replacement", error)
      || !sem_json_field_bool (node, path, "add_prefix_space", &add_prefix, error)
      || !sem_json_field_string (node, path, "prepend_scheme", &scheme, NULL, error))
    return FALSE;
  self->prepends = scheme != NULL ? strcmp (scheme, "never") != 0 : add_prefix;
  return TRUE;
}

static gboolean
read_sequence (SemDecoder *self, const json_t *node, const char *path, guint depth, GError **error)
{
  self->steps = sem_json_require_steps (node, path, "decoders", MAX_STEPS, depth, new_from_json,
                                        (GDestroyNotify)sem_decoder_free, error);
  return self->steps != NULL;
}

static gboolean
read_ctc (SemDecoder *self, const json_t *node, const char *path, GError **error)
{
  const char *delimiter = "|";

  if (!read_text (self, node, path, "pad_token", "<pad>", error)
      || !sem_json_field_string (node, path, "word_delimiter_token", &delimiter, NULL, error)
      || !sem_json_field_bool (node, path, "cleanup", &self->cleanup, error))
    return FALSE;
  self->delimiter = g_strdup (delimiter);
  return TRUE;
}

static gboolean
read_members (SemDecoder *self, const json_t *node, const char *path, guint depth, GError **error)
{
  switch (self->kind)
    {
    case DEC_WORDPIECE:
      return read_text (self, node, path, "prefix", "##", error)
             && sem_json_field_bool (node, path, "cleanup", &self->cleanup, error);
    case DEC_METASPACE:
      return read_metaspace (self, node, path, error);
    case DEC_BPE:
      return read_text (self, node, path, "suffix", "</w>", error);
    case DEC_CTC:
      return read_ctc (self, node, path, error);
    case DEC_STRIP:
      self->cp = ' ';
      return read_char (self, node, path, "content", error)
             && sem_json_field_uint (node, path, "start", G_MAXINT32, &self->start, error)
             && sem_json_field_uint (node, path, "stop", G_MAXINT32, &self->stop, error);
    case DEC_REPLACE:
      self->pattern = sem_pattern_new_from_json (node, path, "pattern", error);
      return self->pattern != NULL && read_text (self, node, path, "content", "", error);
    case DEC_SEQUENCE:
      return read_sequence (self, node, path, depth, error);
    case DEC_BYTE_LEVEL:
    case DEC_BYTE_FALLBACK:
    case DEC_FUSE:
      break;
    }
  return TRUE;
}

static gpointer
new_from_json (const json_t *node, const char *path, guint depth, GError **error)
{
  g_autoptr (SemDecoder) self = NULL;
  const char *type;
  guint kind;

  if (depth > 16)
    {
      sem_json_field_bad (error, path, "", "nested more than 16 deep");
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
                   "%s.type: no decoder is called '%.60s'", path, type);
      return NULL;
    }
  self = new_kind ((DecKind)kind);
  return read_members (self, node, path, depth, error) ? g_steal_pointer (&self) : NULL;
}

SemDecoder *
sem_decoder_new_from_json (const json_t *node, const char *path, GError **error)
{
  return new_from_json (node, path, 0, error);
}

/* --- applying
 * ------------------------------------------------------------------------------------------ */

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
