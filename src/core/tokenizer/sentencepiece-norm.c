/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentencepiece's own normalizer (src/normalizer.cc of version 0.2), which works from the front: at
 * each place a user-defined symbol as it stands, else the longest entry of the character map, else
 * one character; blanks are thinned out on the way and become marks. */
#include "core/tokenizer/normalizer-private.h"

#include <string.h>

#define MARK "\342\226\201"

/* What stands at one place of the text, and what comes of it. */
typedef struct
{
  const char *text;
  gsize length;    /* of text */
  gsize consumed;  /* bytes of the input */
  gboolean copied; /* text is the input itself */
} Chunk;

static Chunk
read_chunk (const SemNormalizer *self, const SemNormText *in, gsize at)
{
  const char *s = in->bytes + at;
  gsize left = in->len - at, n = 0;
  Chunk chunk = { s, 0, 0, TRUE };

  if (self->spm.user != NULL)
    n = sem_vocab_longest_prefix (self->spm.user, s, left);
  if (n == 0 && self->charsmap != NULL)
    {
      chunk.text
          = sem_charsmap_find_longest (self->charsmap, s, left, &chunk.consumed, &chunk.length);
      if (chunk.text != NULL)
        {
          chunk.copied = FALSE;
          return chunk;
        }
      chunk.text = s;
    }
  chunk.length = chunk.consumed = n > 0 ? n : MIN (left, sem_utf8_length ((guint8)s[0]));
  return chunk;
}

static void
put_blank (const SemNormalizer *self, SemNormText *out, SemSpan span)
{
  sem_norm_text_append_bytes (out, self->spm.keep_blanks ? " " : MARK,
                              self->spm.keep_blanks ? 1 : strlen (MARK), span);
}

/* All of a chunk but its first `skip` bytes, blanks as marks. */
static void
put_chunk (const SemNormalizer *self,
           const SemNormText *in,
           gsize at,
           const Chunk *chunk,
           gsize skip,
           SemNormText *out)
{
  SemSpan whole = sem_norm_text_span (in, at, at + chunk->consumed);

  for (gsize i = skip; i < chunk->length; i++)
    {
      SemSpan span = chunk->copied ? in->spans[at + i] : whole;

      if (chunk->text[i] == ' ')
        put_blank (self, out, span);
      else
        sem_norm_text_append_bytes (out, chunk->text + i, 1, span);
    }
}

static gsize
skip_blanks (const SemNormalizer *self, const SemNormText *in)
{
  gsize at = 0;

  while (at < in->len)
    {
      Chunk chunk = read_chunk (self, in, at);

      if (chunk.length != 1 || chunk.text[0] != ' ')
        break;
      at += chunk.consumed;
    }
  return at;
}

/* Marks at the end go, also those that the text had itself. */
static void
drop_trailing_blanks (const SemNormalizer *self, SemNormText *out)
{
  const char *blank = self->spm.keep_blanks ? " " : MARK;
  gsize n = strlen (blank);

  while (out->len >= n && memcmp (out->bytes + out->len - n, blank, n) == 0)
    out->len -= n;
}

gboolean
sem_normalizer_apply_sentencepiece (const SemNormalizer *self,
                                    const SemNormText *in,
                                    SemNormText *out,
                                    GError **error)
{
  gboolean trim = self->spm.trim, after_blank = trim;
  gsize at = trim ? skip_blanks (self, in) : 0;

  out->len = 0;
  if (at == in->len)
    return TRUE;
  if (self->spm.prefix && !self->spm.suffix)
    put_blank (self, out, in->spans[at]);
  while (at < in->len)
    {
      Chunk chunk = read_chunk (self, in, at);
      gsize skip = 0;

      while (after_blank && skip < chunk.length && chunk.text[skip] == ' ')
        skip++;
      put_chunk (self, in, at, &chunk, skip, out);
      if (chunk.length > skip)
        after_blank = trim && chunk.text[chunk.length - 1] == ' ';
      at += chunk.consumed;
      if (!sem_norm_text_check_growth (in->len, out->len, error))
        return FALSE;
    }
  if (trim)
    drop_trailing_blanks (self, out);
  if (self->spm.prefix && self->spm.suffix)
    put_blank (self, out, in->spans[in->len - 1]);
  return TRUE;
}
