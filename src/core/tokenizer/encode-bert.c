/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASCII words are found in the text itself, lowered eight bytes at a time and looked up; a word
 * with anything else in it is normalized character by character into a small buffer with spans.  A
 * text in which marks would have to be reordered goes the general way. */
#include "core/tokenizer/encode-bert.h"
#include "core/tokenizer/encode-fast.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

#define CANCEL_EVERY 0x1000

/* Keys of words taken from the text, whose pieces' ends are the same in the text and in the model's
 * form. */
#define RAW_LOWERED 0x20u

typedef struct
{
  const SemBertOptions *options;
  gboolean strip;
} Bert;

/* 'A'..'Z' to 'a'..'z' in eight ASCII bytes at once. */
static inline guint64
lower_eight (guint64 v)
{
  const guint64 high = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 ge_a = v + G_GUINT64_CONSTANT (0x3f3f3f3f3f3f3f3f),
          gt_z = v + G_GUINT64_CONSTANT (0x2525252525252525);

  return v | ((ge_a & ~gt_z & high) >> 2);
}

/* The pieces of a word that is not in the cache; key has the word in the model's form. */
static gboolean
tokenize_ascii_word (SemEncoder *e,
                     const SemWordKey *key,
                     SemWordEntry *entry,
                     guint32 at,
                     gsize length,
                     GError **error)
{
  const SemTokModel *model = e->tokenizer->model;
  GArray *pieces = e->ws->pieces;
  gboolean simple = TRUE;

  g_array_set_size (pieces, 0);
  if (!sem_tok_model_tokenize (model, (const char *)key->k, length, pieces, e->ws->scratch, error))
    return FALSE;
  for (guint i = 0; i < pieces->len; i++)
    {
      const SemPiece *p = &g_array_index (pieces, SemPiece, i);
      guint16 flags = sem_encoder_piece_flags (e, p->id, i == 0);

      *sem_encoder_add (e) = (SemToken){ p->id, at + p->start, at + p->end, e->type_id, flags };
      if (p->id == model->unknown && model->shows_text)
        {
          sem_encoder_add_note (e, (const char *)key->k + p->start, p->end - p->start);
          simple = FALSE;
        }
      /* An entry has one set of flags: an unknown among other pieces is not kept. */
      simple &= pieces->len == 1 || (flags & (guint16)~SEM_TOKEN_FURTHER) == 0;
    }
  if (!simple)
    return TRUE;
  sem_word_remember (entry, key, pieces, length);
  if (pieces->len == 1 && sem_word_key_equal (&entry->key, key))
    entry->flags
        = (guint8)sem_encoder_piece_flags (e, g_array_index (pieces, SemPiece, 0).id, TRUE);
  return TRUE;
}

/* An ASCII word of [at, at + length). */
static gboolean
encode_ascii_word (SemEncoder *e, gsize at, gsize length, gboolean lower, GError **error)
{
  SemWordEntry *entry;
  guint32 start = (guint32)at;
  guint16 flags = 0;
  SemWordKey key;

  sem_word_key_load (&key, e->encoding->text + at, length);
  if (lower)
    for (guint i = 0; i < 4; i++)
      key.k[i] = lower_eight (key.k[i]);
  /* The length byte is below 'A', so that it came through. */
  key.k[3] |= GUINT64_TO_LE ((guint64)RAW_LOWERED << 56);
  entry = sem_word_cache_slot (&e->ws->cache, &key);
  if (G_UNLIKELY (!sem_word_key_equal (&entry->key, &key)))
    return tokenize_ascii_word (e, &key, entry, start, length, error);
  flags = entry->flags;
  for (guint i = 0; i < entry->n_pieces; i++)
    {
      guint32 end = (guint32)at + entry->ends[i];

      *sem_encoder_add (e) = (SemToken){ entry->ids[i], start, end, e->type_id, flags };
      start = end;
      flags |= SEM_TOKEN_FURTHER;
    }
  return TRUE;
}

static gboolean
flush_word (SemEncoder *e, SemNormText *word, GError **error)
{
  gboolean fine = word->len == 0 || sem_encode_word (e, word, 0, word->len, error);

  word->len = 0;
  return fine;
}

/* One normalized character: into the word, or the end of it. */
static gboolean
put_char (SemEncoder *e, SemNormText *word, guint32 cp, SemSpan span, GError **error)
{
  guint32 flags = sem_uni_flags (cp);

  if (flags & SEM_UNI_SPACE)
    return flush_word (e, word, error);
  if (!(flags & SEM_UNI_BERT_PUNCT))
    {
      sem_norm_text_append_char (word, cp, span);
      return TRUE;
    }
  if (!flush_word (e, word, error))
    return FALSE;
  sem_norm_text_append_char (word, cp, span);
  return flush_word (e, word, error);
}

/* Accents off, lower case, for one character of the text. */
static gboolean
put_original (SemEncoder *e,
              const Bert *bert,
              SemNormText *word,
              guint32 cp,
              SemSpan span,
              GError **error)
{
  guint32 parts[SEM_UNI_MAX_EXPANSION] = { cp }, lower[SEM_UNI_MAX_EXPANSION];
  guint n = bert->strip ? sem_uni_decompose (cp, FALSE, parts) : 1;

  for (guint i = 0; i < n; i++)
    {
      guint n_lower = 1;

      if (bert->strip && (sem_uni_flags (parts[i]) & SEM_UNI_BERT_MARK))
        continue;
      lower[0] = parts[i];
      if (bert->options->lowercase)
        n_lower = sem_uni_to_lower (parts[i], lower);
      for (guint k = 0; k < n_lower; k++)
        if (!put_char (e, word, lower[k], span, error))
          return FALSE;
    }
  return TRUE;
}

/* From the start of a word with something other than ASCII letters in it, to its end. */
static gboolean
encode_rough (SemEncoder *e, const Bert *bert, gsize *at, gsize end, GError **error)
{
  const char *text = e->encoding->text;
  SemNormText *word = &e->ws->part;

  word->len = 0;
  while (*at < end)
    {
      guint32 cp, flags;
      guint n = sem_utf8_get (text + *at, &cp);
      SemSpan span = { (guint32)*at, (guint32)*at + n };
      gboolean cjk;

      flags = sem_uni_flags (cp);
      /* Some blanks (U+000B) are removed rather than blanks.  A blank is consumed, so that each
       * call makes progress. */
      *at += n;
      if (flags & SEM_UNI_BERT_REMOVED)
        continue;
      if (flags & SEM_UNI_SPACE)
        break;
      cjk = (flags & SEM_UNI_BERT_CJK) && bert->options->handle_chinese_chars;
      if ((cjk && !flush_word (e, word, error)) || !put_original (e, bert, word, cp, span, error)
          || (cjk && !flush_word (e, word, error)))
        return FALSE;
    }
  return flush_word (e, word, error);
}

/* TRUE when a mark that stays could change places with another: some character that is kept has a
 * class. */
static gboolean
may_reorder (const char *text, gsize start, gsize end)
{
  for (gsize at = start; at < end;)
    {
      guint32 cp, flags;

      if ((guint8)text[at] < 0x80)
        {
          at++;
          continue;
        }
      at += sem_utf8_get (text + at, &cp);
      flags = sem_uni_flags (cp);
      if ((flags & SEM_UNI_CCC) && !(flags & SEM_UNI_BERT_MARK))
        return TRUE;
    }
  return FALSE;
}

gboolean
sem_encode_bert (SemEncoder *e, gsize start, gsize end, GError **error)
{
  const SemBertOptions *options = sem_normalizer_get_bert (e->tokenizer->normalizer);
  Bert bert = { options,
                options->strip_accents == 1 || (options->strip_accents < 0 && options->lowercase) };
  const char *text = e->encoding->text;
  gsize n = 0;

  if (bert.strip && may_reorder (text, start, end))
    return sem_encode_general (e, start, end, error);
  for (gsize at = start; at < end;)
    {
      gsize stop = at;
      guint32 flags = (guint8)text[at] < 0x80 ? sem_uni_flags ((guint8)text[at]) : 0;
      gboolean fine = TRUE;

      if ((flags & SEM_UNI_SPACE) && !(flags & SEM_UNI_BERT_REMOVED))
        {
          at++;
          continue;
        }
      if (flags & SEM_UNI_BERT_PUNCT)
        stop++;
      else
        while (stop < end && (guint8)text[stop] < 0x80
               && !(sem_uni_flags ((guint8)text[stop])
                    & (SEM_UNI_SPACE | SEM_UNI_BERT_PUNCT | SEM_UNI_BERT_REMOVED)))
          stop++;
      /* A combining mark after punctuation or a word belongs to neither when it is dropped, but is
       * the start of another word when not: both are the rough way's business. */
      if (stop > at && stop - at <= SEM_WORD_MAX
          && (stop == end
              || ((guint8)text[stop] < 0x80
                  && !(sem_uni_flags ((guint8)text[stop]) & SEM_UNI_BERT_REMOVED))))
        {
          fine = encode_ascii_word (e, at, stop - at, options->lowercase, error);
          at = stop;
        }
      else
        fine = encode_rough (e, &bert, &at, end, error);
      if (!fine
          || ((++n % CANCEL_EVERY) == 0
              && g_cancellable_set_error_if_cancelled (e->cancellable, error)))
        return FALSE;
    }
  return TRUE;
}
