/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words through the cache, and the loops over byte-level and Metaspace pipelines. */
#include "core/tokenizer/encode-fast.h"
#include "core/tokenizer/encode-bert.h"
#include "core/tokenizer/encode-marks.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

/* Keys of words that are not in the form the model sees get a mark beside the length. */
#define RAW_BYTES 0x80u
#define RAW_METASPACE 0x40u

#define MARK "\342\226\201"

static inline SemToken *
add_many (SemEncoder *e, guint n)
{
  SemEncoding *enc = e->encoding;

  if (G_UNLIKELY (enc->cap_tokens - enc->n_tokens < n))
    {
      enc->cap_tokens
          = MAX (enc->cap_tokens + enc->cap_tokens / 2, enc->n_tokens + enc->length / 4 + 16 + n);
      enc->tokens = g_renew (SemToken, enc->tokens, enc->cap_tokens);
    }
  enc->n_tokens += n;
  return enc->tokens + enc->n_tokens - n;
}

/* --- normalized words
 * ------------------------------------------------------------------------------------ */

static void
put_piece (SemEncoder *e,
           const SemNormText *text,
           gsize start,
           gsize end,
           const SemPiece *p,
           gboolean is_first)
{
  const SemTokModel *model = e->tokenizer->model;
  gsize from = MIN (start + p->start, end), to = MIN (start + p->end, end);
  SemSpan span = { text->spans[start].start, text->spans[start].start };
  SemToken *t = sem_encoder_add (e);

  if (to > from)
    span = sem_norm_text_span (text, from, to);
  *t = (SemToken){ p->id, span.start, MAX (span.end, span.start), e->type_id,
                   sem_encoder_piece_flags (e, p->id, is_first) };
  if (e->marks && end - from >= 3 && memcmp (text->bytes + from, MARK, 3) == 0)
    t->flags &= (guint16)~SEM_TOKEN_CONTINUATION;
  if (p->id == model->unknown && model->shows_text)
    sem_encoder_add_note (e, text->bytes + from, to - from);
}

static void
put_entry (SemEncoder *e,
           const SemWordEntry *entry,
           const SemNormText *text,
           gsize start,
           gsize end)
{
  guint32 before = 0;

  for (guint i = 0; i < entry->n_pieces; i++)
    {
      SemPiece p = { entry->ids[i], before, entry->ends[i] };

      put_piece (e, text, start, end, &p, i == 0);
      before = entry->ends[i];
    }
}

/* Keeps the pieces when they are few and follow each other. */
void
sem_word_remember (SemWordEntry *entry, const SemWordKey *key, const GArray *pieces, gsize length)
{
  guint32 before = 0;

  if (pieces->len == 0 || pieces->len > SEM_WORD_PIECES)
    return;
  for (guint i = 0; i < pieces->len; i++)
    {
      const SemPiece *p = &g_array_index (pieces, SemPiece, i);

      if (p->start != before || p->end < p->start)
        return;
      before = p->end;
    }
  if (before != length)
    return;
  entry->key = *key;
  entry->n_pieces = (guint8)pieces->len;
  entry->flags = 0;
  for (guint i = 0; i < pieces->len; i++)
    {
      entry->ids[i] = g_array_index (pieces, SemPiece, i).id;
      entry->ends[i] = (guint8)g_array_index (pieces, SemPiece, i).end;
    }
}

gboolean
sem_encode_word (SemEncoder *e, const SemNormText *text, gsize start, gsize end, GError **error)
{
  GArray *pieces = e->ws->pieces;
  gsize length = end - start;
  SemWordEntry *entry = NULL;
  SemWordKey key;

  if (length <= SEM_WORD_MAX)
    {
      char copy[32 + SEM_WORD_MAX];

      memcpy (copy, text->bytes + start, length);
      sem_word_key_load (&key, copy, length);
      entry = sem_word_cache_slot (&e->ws->cache, &key);
      if (sem_word_key_equal (&entry->key, &key))
        {
          put_entry (e, entry, text, start, end);
          return TRUE;
        }
    }
  g_array_set_size (pieces, 0);
  if (!sem_tok_model_tokenize (e->tokenizer->model, text->bytes + start, length, pieces,
                               e->ws->scratch, error))
    return FALSE;
  for (guint i = 0; i < pieces->len; i++)
    put_piece (e, text, start, end, &g_array_index (pieces, SemPiece, i), i == 0);
  if (entry != NULL)
    sem_word_remember (entry, &key, pieces, length);
  return TRUE;
}

/* --- byte level
 * ------------------------------------------------------------------------------------------ */

/* Tokenizes the letters of a raw word; the pieces come back in bytes of the word. */
static gboolean
tokenize_bytes (SemEncoder *e, const char *word, gsize length, GError **error)
{
  GByteArray *letters = e->ws->letters;
  GArray *pieces = e->ws->pieces;
  gsize at = 0, n_letters;
  guint32 byte = 0;

  g_byte_array_set_size (letters, (guint)length * 2);
  for (gsize i = 0; i < length; i++)
    {
      guint32 cp = sem_byte_level_char ((guint8)word[i]);

      if (cp < 0x80)
        letters->data[at++] = (guint8)cp;
      else
        {
          letters->data[at++] = (guint8)(0xc0 | cp >> 6);
          letters->data[at++] = (guint8)(0x80 | (cp & 0x3f));
        }
    }
  g_array_set_size (pieces, 0);
  if (!sem_tok_model_tokenize (e->tokenizer->model, (char *)letters->data, at, pieces,
                               e->ws->scratch, error))
    return FALSE;
  /* Letters to bytes: a piece that begins or ends inside a letter covers it (the reference moves
   * what follows a character without a piece up). */
  n_letters = at;
  at = 0;
  for (guint i = 0; i < pieces->len; i++)
    {
      SemPiece *p = &g_array_index (pieces, SemPiece, i);
      guint32 start;

      for (; at < p->start; at++)
        byte += (letters->data[at] & 0xc0) != 0x80;
      start = byte - (at < n_letters && (letters->data[at] & 0xc0) == 0x80);
      for (; at < p->end; at++)
        byte += (letters->data[at] & 0xc0) != 0x80;
      *p = (SemPiece){ p->id, start, byte };
    }
  return TRUE;
}

/* A piece whose ends are inside characters covers them whole, as the reference's alignment does. */
static inline SemSpan
whole_characters (const char *text, gsize length, guint32 start, guint32 end)
{
  while (start > 0 && ((guint8)text[start] & 0xc0) == 0x80)
    start--;
  while (end < length && ((guint8)text[end] & 0xc0) == 0x80)
    end++;
  return (SemSpan){ start, end };
}

static void
put_raw_piece (SemEncoder *e, guint32 base, const SemPiece *p, gboolean first)
{
  SemToken *t = sem_encoder_add (e);
  SemSpan span
      = whole_characters (e->encoding->text, e->encoding->length, base + p->start, base + p->end);

  *t = (SemToken){ p->id, span.start, span.end, e->type_id,
                   sem_encoder_piece_flags (e, p->id, first) };
}

/* TRUE when some piece needs more than its ends: an unknown, a part of a character, or an id that a
 * broken vocabulary gives to such a piece too. */
static gboolean
needs_care (const SemEncoder *e, const char *word, const SemWordEntry *entry)
{
  gsize length = entry->ends[entry->n_pieces - 1];

  for (gsize i = 0; i < length; i++)
    if ((guint8)word[i] >= 0x80)
      return TRUE;
  for (guint i = 0; i < entry->n_pieces; i++)
    if (sem_encoder_piece_flags (e, entry->ids[i], TRUE) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
encode_raw_word (SemEncoder *e, gsize at, gsize length, GError **error)
{
  const char *text = e->encoding->text + at;
  SemWordEntry *entry = NULL;
  SemWordKey key;

  if (G_LIKELY (length <= SEM_WORD_MAX))
    {
      sem_word_key_load (&key, text, length);
      key.k[3] |= GUINT64_TO_LE ((guint64)RAW_BYTES << 56);
      entry = sem_word_cache_slot (&e->ws->cache, &key);
      if (G_LIKELY (sem_word_key_equal (&entry->key, &key) && entry->flags == 0))
        {
          SemToken *t = add_many (e, entry->n_pieces);
          guint32 start = (guint32)at;
          guint16 flags = 0;

          for (guint i = 0; i < entry->n_pieces; i++)
            {
              guint32 end = (guint32)at + entry->ends[i];

              t[i] = (SemToken){ entry->ids[i], start, end, e->type_id, flags };
              start = end;
              flags = SEM_TOKEN_FURTHER;
            }
          return TRUE;
        }
      if (sem_word_key_equal (&entry->key, &key))
        {
          guint32 before = 0;

          for (guint i = 0; i < entry->n_pieces; i++)
            {
              SemPiece p = { entry->ids[i], before, entry->ends[i] };

              put_raw_piece (e, (guint32)at, &p, i == 0);
              before = entry->ends[i];
            }
          return TRUE;
        }
    }
  if (!tokenize_bytes (e, text, length, error))
    return FALSE;
  for (guint i = 0; i < e->ws->pieces->len; i++)
    put_raw_piece (e, (guint32)at, &g_array_index (e->ws->pieces, SemPiece, i), i == 0);
  if (entry != NULL)
    {
      sem_word_remember (entry, &key, e->ws->pieces, length);
      if (sem_word_key_equal (&entry->key, &key))
        entry->flags = needs_care (e, text, entry) ? 1 : 0;
    }
  return TRUE;
}

static gboolean
encode_raw_words (SemEncoder *e, gsize start, gsize end, GError **error)
{
  const char *text = e->encoding->text + start;
  SemScanNext scan = e->tokenizer->plan.scan;
  gsize length = end - start;

  for (gsize at = 0, stop, n = 0; at < length; at = stop, n++)
    {
      stop = scan (text, length, at);
      if (!encode_raw_word (e, start + at, stop - at, error))
        return FALSE;
      if ((n & 0xfff) == 0xfff && g_cancellable_set_error_if_cancelled (e->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
encode_byte_level (SemEncoder *e, gsize start, gsize end, gboolean *done, GError **error)
{
  const SemTokenizer *t = e->tokenizer;
  const char *text = e->encoding->text;
  GArray *inner = e->ws->inner;

  if (t->normalizer != NULL && !sem_normalizer_keeps (t->normalizer, text + start, end - start))
    return TRUE;
  *done = TRUE;
  if (!sem_added_tokens_any (t->added, TRUE))
    return encode_raw_words (e, start, end, error);
  g_array_set_size (inner, 0);
  if (!sem_added_tokens_split (t->added, TRUE, text + start, end - start, inner, error))
    return FALSE;
  for (guint i = 0; i < inner->len; i++)
    {
      const SemAddedMatch *m = &g_array_index (inner, SemAddedMatch, i);
      SemSpan span = { (guint32)(start + m->start), (guint32)(start + m->end) };

      if (m->token != NULL)
        sem_encoder_add_added (e, m->token, span, text + span.start, m->end - m->start);
      else if (!encode_raw_words (e, span.start, span.end, error))
        return FALSE;
    }
  return TRUE;
}

/* --- blanks, then Metaspace
 * ------------------------------------------------------------------------------- */

static inline gboolean
is_ascii_blank (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The pieces of a mark and the word; first and second may share the word's first character. */
static gboolean
encode_marked_word (SemEncoder *e, gsize at, gsize length, GError **error)
{
  const SemTokModel *model = e->tokenizer->model;
  GByteArray *letters = e->ws->letters;
  GArray *pieces = e->ws->pieces;
  const char *text = e->encoding->text + at;
  gboolean simple = TRUE;
  SemWordEntry *entry = NULL;
  SemWordKey key;

  if (length <= SEM_WORD_MAX)
    {
      sem_word_key_load (&key, text, length);
      key.k[3] |= GUINT64_TO_LE ((guint64)RAW_METASPACE << 56);
      entry = sem_word_cache_slot (&e->ws->cache, &key);
    }
  if (entry != NULL && sem_word_key_equal (&entry->key, &key))
    {
      SemToken *t = add_many (e, entry->n_pieces);
      guint32 start = 0;

      for (guint i = 0; i < entry->n_pieces; i++)
        {
          t[i] = (SemToken){ entry->ids[i], (guint32)at + start, (guint32)at + entry->ends[i],
                             e->type_id, i > 0 ? SEM_TOKEN_FURTHER : 0 };
          start = i == 0 && entry->flags != 0 ? 0 : entry->ends[i];
        }
      return TRUE;
    }
  g_byte_array_set_size (letters, 0);
  g_byte_array_append (letters, (const guint8 *)MARK, 3);
  for (gsize i = 0; i < length; i++)
    g_byte_array_append (letters, &e->tokenizer->ascii[(guint8)text[i]], 1);
  g_array_set_size (pieces, 0);
  if (!sem_tok_model_tokenize (model, (char *)letters->data, letters->len, pieces, e->ws->scratch,
                               error))
    return FALSE;
  for (guint i = 0; i < pieces->len; i++)
    {
      SemPiece *p = &g_array_index (pieces, SemPiece, i);
      const char *shown = (const char *)letters->data + p->start;
      guint32 n = p->end - p->start;
      SemToken *t = sem_encoder_add (e);

      /* The mark has the span of the first character. */
      p->start = p->start <= 3 ? 0 : p->start - 3;
      p->end = p->end <= 3 ? 1 : p->end - 3;
      *t = (SemToken){ p->id, (guint32)at + p->start, (guint32)at + p->end, e->type_id,
                       sem_encoder_piece_flags (e, p->id, i == 0) };
      if (p->id == model->unknown && model->shows_text)
        {
          sem_encoder_add_note (e, shown, n);
          simple = FALSE;
        }
      simple &= (t->flags & (guint16)~SEM_TOKEN_FURTHER) == 0;
    }
  if (entry != NULL && simple && pieces->len > 0)
    {
      gboolean shared = pieces->len > 1 && g_array_index (pieces, SemPiece, 1).start == 0;

      if (shared)
        g_array_index (pieces, SemPiece, 1).start = 1;
      sem_word_remember (entry, &key, pieces, length);
      if (sem_word_key_equal (&entry->key, &key))
        entry->flags = (guint8)shared;
    }
  return TRUE;
}

/* End of the stretch from `at` that needs the general path: a blank with an ASCII character after
 * it. */
static gsize
rough_end (const char *text, gsize end, gsize at)
{
  for (; at < end; at++)
    if (is_ascii_blank (text[at])
        && (at + 1 == end || ((guint8)text[at + 1] < 0x80 && text[at] != '\r')))
      return at;
  return end;
}

static gboolean
encode_metaspace (SemEncoder *e, gsize start, gsize end, GError **error)
{
  const char *text = e->encoding->text;
  const guint8 *map = e->tokenizer->ascii;
  gsize n = 0;

  for (gsize at = start; at < end;)
    {
      gsize stop = at;

      if (is_ascii_blank (text[at]) && (at + 1 == end || (guint8)text[at + 1] < 0x80))
        {
          at++;
          continue;
        }
      while (stop < end && (guint8)text[stop] < 0x80 && text[stop] > ' '
             && map[(guint8)text[stop]] != 0)
        stop++;
      if (stop > at && (stop == end || (is_ascii_blank (text[stop]))))
        {
          if (!encode_marked_word (e, at, stop - at, error))
            return FALSE;
        }
      else
        {
          stop = rough_end (text, end, at);
          if (!sem_encode_general (e, at, stop, error))
            return FALSE;
        }
      if ((++n & 0xfff) == 0 && g_cancellable_set_error_if_cancelled (e->cancellable, error))
        return FALSE;
      at = stop;
    }
  return TRUE;
}

/* --- choice
 * ---------------------------------------------------------------------------------------------- */

void
sem_encode_fast_prepare (SemTokenizer *t)
{
  gboolean simple = t->normalizer == NULL;
  guint8 blanks = 1;

  for (guint c = 0; c < 128; c++)
    t->ascii[c] = (guint8)c;
  if (t->normalizer != NULL)
    simple = sem_normalizer_map_ascii (t->normalizer, t->ascii);
  for (const char *p = " \n\t\r"; *p != '\0'; p++)
    blanks &= t->ascii[(guint8)*p] == ' ' || t->ascii[(guint8)*p] == (guint8)*p;
  if (t->plan.kind == SEM_PRETOK_BYTE_LEVEL && t->plan.scan != NULL && !t->plan.prefix_space
      && !t->model->shows_text)
    t->fast = SEM_FAST_BYTE_LEVEL;
  else if (t->plan.kind == SEM_PRETOK_METASPACE && simple && blanks
           && !sem_added_tokens_any (t->added, TRUE))
    t->fast = SEM_FAST_METASPACE;
  else if (t->plan.kind == SEM_PRETOK_BERT && t->normalizer != NULL
           && sem_normalizer_get_bert (t->normalizer) != NULL
           && sem_normalizer_get_bert (t->normalizer)->clean_text
           && !sem_added_tokens_any (t->added, TRUE))
    t->fast = SEM_FAST_BERT;
  else if (sem_encode_marks_fits (t))
    t->fast = SEM_FAST_MARKS;
  else if (sem_encode_blanks_fits (t))
    t->fast = SEM_FAST_BLANKS;
}

gboolean
sem_encode_fast (SemEncoder *e, gsize start, gsize end, gboolean *done, GError **error)
{
  *done = FALSE;
  if (e->general)
    return TRUE;
  switch (e->tokenizer->fast)
    {
    case SEM_FAST_BYTE_LEVEL:
      return encode_byte_level (e, start, end, done, error);
    case SEM_FAST_METASPACE:
      *done = TRUE;
      return encode_metaspace (e, start, end, error);
    case SEM_FAST_BERT:
      *done = TRUE;
      return sem_encode_bert (e, start, end, error);
    case SEM_FAST_MARKS:
      *done = TRUE;
      return sem_encode_marks (e, start, end, error);
    case SEM_FAST_BLANKS:
      *done = TRUE;
      return sem_encode_blanks (e, start, end, error);
    case SEM_FAST_NONE:
      break;
    }
  return TRUE;
}
