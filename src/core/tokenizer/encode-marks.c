/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words with their blank, one at a time: a plain one through the cache as it stands in the text,
 * any other with its spans.  The first goes the general way, which puts a blank in front of it. */
#include "core/tokenizer/encode-marks.h"
#include "core/tokenizer/encode-fast.h"

#include <string.h>

#define MARK "\342\226\201"
/* Beside the length in the key of a word that is not in the form the model sees. */
#define RAW_MARKS 0x60u

gboolean
sem_encode_marks_fits (const SemTokenizer *t)
{
  return t->cuts_at_marks && t->normalizer != NULL && sem_normalizer_marks_blanks (t->normalizer)
         && !t->model->shows_text && !sem_added_tokens_any (t->added, TRUE);
}

/* Bytes of the blank or mark at `at`, 0 when there is none. */
static inline gsize
blank_at (const char *text, gsize end, gsize at)
{
  if (text[at] == ' ')
    return 1;
  return end - at >= 3 && memcmp (text + at, MARK, 3) == 0 ? 3 : 0;
}

/* End of the word that starts at `at` with its blanks, if any; *plain: it is ASCII and has one
 * blank. */
static gsize
find_end (const char *text, gsize end, gsize at, gboolean *plain)
{
  gsize first = at, n;
  guint8 all = 0;

  while (at < end && (n = blank_at (text, end, at)) > 0)
    at += n;
  *plain = at == first + 1;
  while (at < end && text[at] != ' ')
    {
      guint8 c = (guint8)text[at];

      if (c == 0xe2 && blank_at (text, end, at) > 0)
        break;
      all |= c;
      at++;
    }
  *plain &= all < 0x80;
  return at;
}

static gboolean
encode_rough_word (SemEncoder *e, gsize at, gsize end, GError **error)
{
  const char *text = e->encoding->text;
  SemNormText *word = &e->ws->part;

  sem_norm_text_set_original (&e->ws->text, text + at, end - at, (guint32)at);
  word->len = 0;
  for (gsize from = 0, to; from < end - at; from = to)
    {
      if (text[at + from] == ' ')
        {
          to = from + 1;
          sem_norm_text_append_bytes (word, MARK, 3, e->ws->text.spans[from]);
          continue;
        }
      for (to = from; to < end - at && text[at + to] != ' '; to++)
        ;
      sem_norm_text_append_slice (word, &e->ws->text, from, to);
    }
  return sem_encode_word (e, word, 0, word->len, error);
}

/* From the form the model sees to the text's: three bytes of a mark are one of a blank. */
static guint32
to_raw (guint32 at)
{
  return at >= 3 ? at - 2 : 0;
}

static gboolean
encode_plain_word (SemEncoder *e, gsize at, gsize length, GError **error)
{
  const char *text = e->encoding->text + at;
  const SemTokModel *model = e->tokenizer->model;
  GByteArray *letters = e->ws->letters;
  GArray *pieces = e->ws->pieces;
  gboolean simple = TRUE;
  SemWordEntry *entry;
  SemWordKey key;

  sem_word_key_load (&key, text, length);
  key.k[3] |= GUINT64_TO_LE ((guint64)RAW_MARKS << 56);
  entry = sem_word_cache_slot (&e->ws->cache, &key);
  if (G_LIKELY (sem_word_key_equal (&entry->key, &key)))
    {
      guint32 start = (guint32)at;
      guint16 flags = 0;

      for (guint i = 0; i < entry->n_pieces; i++)
        {
          guint32 end = (guint32)at + entry->ends[i];

          *sem_encoder_add (e) = (SemToken){ entry->ids[i], start, end, e->type_id, flags };
          start = end;
          flags = SEM_TOKEN_FURTHER;
        }
      return TRUE;
    }
  g_byte_array_set_size (letters, 0);
  g_byte_array_append (letters, (const guint8 *)MARK, 3);
  for (gsize i = 1; i < length; i++)
    g_byte_array_append (letters, &e->tokenizer->ascii[(guint8)text[i]], 1);
  g_array_set_size (pieces, 0);
  if (!sem_tok_model_tokenize (model, (const char *)letters->data, letters->len, pieces,
                               e->ws->scratch, error))
    return FALSE;
  /* A character that gave nothing moved the others. */
  if (pieces->len == 0 || g_array_index (pieces, SemPiece, pieces->len - 1).end != letters->len)
    return e->tokenizer->fast == SEM_FAST_MARKS ? encode_rough_word (e, at, at + length, error)
                                                : sem_encode_general (e, at, at + length, error);
  for (guint i = 0; i < pieces->len; i++)
    {
      SemPiece *p = &g_array_index (pieces, SemPiece, i);
      guint16 flags = sem_encoder_piece_flags (e, p->id, i == 0);
      const char *shown = (const char *)letters->data + p->start;
      guint32 n = p->end - p->start;

      simple &= (flags & (guint16)~SEM_TOKEN_FURTHER) == 0;
      p->start = to_raw (p->start);
      p->end = to_raw (p->end);
      *sem_encoder_add (e)
          = (SemToken){ p->id, (guint32)at + p->start, (guint32)at + p->end, e->type_id, flags };
      if (p->id == model->unknown && model->shows_text)
        sem_encoder_add_note (e, shown, n);
    }
  if (simple)
    sem_word_remember (entry, &key, pieces, length);
  return TRUE;
}

gboolean
sem_encode_marks (SemEncoder *e, gsize start, gsize end, GError **error)
{
  const char *text = e->encoding->text;
  gboolean plain;
  gsize n = 0, stop = find_end (text, end, start, &plain);

  if (!sem_encode_general (e, start, stop, error))
    return FALSE;
  for (gsize at = stop; at < end; at = stop)
    {
      stop = find_end (text, end, at, &plain);
      if (plain && stop - at <= SEM_WORD_MAX ? !encode_plain_word (e, at, stop - at, error)
                                             : !encode_rough_word (e, at, stop, error))
        return FALSE;
      if ((++n & 0xfff) == 0 && g_cancellable_set_error_if_cancelled (e->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Metaspace alone */

gboolean
sem_encode_blanks_fits (SemTokenizer *t)
{
  if (t->plan.kind != SEM_PRETOK_METASPACE_ALONE || sem_added_tokens_any (t->added, TRUE))
    return FALSE;
  for (guint c = 0; c < 128; c++)
    t->ascii[c] = (guint8)c;
  return (t->normalizer == NULL || sem_normalizer_map_words (t->normalizer, t->ascii))
         && t->ascii[' '] == ' ';
}

static inline gboolean
is_graphic (char c)
{
  return c > ' ' && c < 0x7f;
}

/* A blank between two characters that no rule looks at together with it: what is before it and what
 * is after it can be encoded each on its own. */
static inline gboolean
is_seam (const char *text, gsize start, gsize end, gsize at)
{
  return text[at] == ' ' && at > start && at + 1 < end && is_graphic (text[at - 1])
         && is_graphic (text[at + 1]);
}

/* End of the plain word after the blank at `at`; `at` itself when there is none. */
static gsize
plain_end (const SemTokenizer *t, const char *text, gsize start, gsize end, gsize at)
{
  gsize stop = at + 1;

  if (!is_seam (text, start, end, at))
    return at;
  while (stop < end && is_graphic (text[stop]) && t->ascii[(guint8)text[stop]] != 0)
    stop++;
  return stop - at <= SEM_WORD_MAX && (stop == end || is_seam (text, start, end, stop)) ? stop : at;
}

gboolean
sem_encode_blanks (SemEncoder *e, gsize start, gsize end, GError **error)
{
  const char *text = e->encoding->text;
  gsize n = 0;

  for (gsize at = start, stop; at < end; at = stop)
    {
      gboolean plain;

      stop = plain_end (e->tokenizer, text, start, end, at);
      plain = stop > at;
      if (!plain)
        for (stop = at + 1; stop < end && !is_seam (text, start, end, stop); stop++)
          ;
      if (plain ? !encode_plain_word (e, at, stop - at, error)
                : !sem_encode_general (e, at, stop, error))
        return FALSE;
      if ((++n & 0xfff) == 0 && g_cancellable_set_error_if_cancelled (e->cancellable, error))
        return FALSE;
    }
  return TRUE;
}
