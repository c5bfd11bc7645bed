/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentencepiece's .model: a protocol buffer of which a dozen fields matter. */
#include "core/tokenizer/component-text.h"
#include "core/tokenizer/spm-bpe.h"
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/unicode-data.h"
#include "core/tokenizer/unigram.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const guint8 *at, *end;
} Proto;

typedef struct
{
  guint32 number;
  guint wire;    /* 0 varint, 1 eight bytes, 2 bytes, 5 four bytes */
  guint64 value; /* varint, fixed */
  Proto bytes;
} Field;

enum
{
  PIECE_UNKNOWN = 2,
  PIECE_CONTROL = 3,
  PIECE_USER_DEFINED = 4,
};

typedef struct
{
  SemVocab *vocab;
  GArray *scores; /* float */
  GArray *types;  /* guint8 */
  guint64 model_type;
  gboolean byte_fallback, prefix, trim;
  Proto charsmap;
} Reader;

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE, "sentencepiece model: %s",
               what);
  return FALSE;
}

static gboolean
read_varint (Proto *p, guint64 *value)
{
  guint64 v = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 b;

      if (p->at == p->end)
        return FALSE;
      b = *p->at++;
      v |= (guint64)(b & 0x7f) << shift;
      if (b < 0x80)
        {
          *value = v;
          return TRUE;
        }
    }
  return FALSE;
}

/* FALSE when the field is broken. */
static gboolean
read_field (Proto *p, Field *f)
{
  guint64 key, length;

  if (!read_varint (p, &key))
    return FALSE;
  f->number = (guint32)(key >> 3);
  f->wire = (guint)(key & 7);
  f->value = 0;
  f->bytes = (Proto){ p->at, p->at };
  switch (f->wire)
    {
    case 0:
      return read_varint (p, &f->value);
    case 2:
      if (!read_varint (p, &length) || length > (guint64)(p->end - p->at))
        return FALSE;
      f->bytes = (Proto){ p->at, p->at + length };
      break;
    case 1:
    case 5:
      length = f->wire == 1 ? 8 : 4;
      if (length > (guint64)(p->end - p->at))
        return FALSE;
      memcpy (&f->value, p->at, length);
      f->value = GUINT64_FROM_LE (f->value);
      break;
    default:
      return FALSE;
    }
  p->at += length;
  return TRUE;
}

static gboolean
read_piece (Reader *r, Proto p, GError **error)
{
  Proto text = { p.at, p.at };
  float score = 0;
  guint8 type = 1;
  guint32 bits;
  const char *bad;
  Field f;

  while (p.at < p.end)
    {
      if (!read_field (&p, &f))
        return broken (error, "a piece is cut short");
      if (f.number == 1 && f.wire == 2)
        text = f.bytes;
      else if (f.number == 2 && f.wire == 5)
        {
          bits = (guint32)f.value;
          memcpy (&score, &bits, 4);
        }
      else if (f.number == 3 && f.wire == 0)
        type = (guint8)MIN (f.value, 255);
    }
  if (!isfinite (score)
      || !sem_utf8_validate ((const char *)text.at, (gsize)(text.end - text.at), &bad)
      || memchr (text.at, 0, (gsize)(text.end - text.at)) != NULL)
    return broken (error, "a piece is not UTF-8, or its score is not a number");
  if (!sem_vocab_add (r->vocab, (const char *)text.at, (gsize)(text.end - text.at), r->scores->len))
    return broken (error, "more pieces than a vocabulary may have");
  g_array_append_val (r->scores, score);
  g_array_append_val (r->types, type);
  return TRUE;
}

static gboolean
read_settings (Reader *r, Proto p, gboolean trainer, GError **error)
{
  Field f;

  while (p.at < p.end)
    {
      if (!read_field (&p, &f))
        return broken (error, "its settings are cut short");
      if (trainer && f.number == 3)
        r->model_type = f.value;
      else if (trainer && f.number == 35)
        r->byte_fallback = f.value != 0;
      else if (trainer && f.number == 24 && f.value != 0)
        return broken (error, "blanks as suffixes are not read");
      else if (!trainer && f.number == 2 && f.wire == 2)
        r->charsmap = f.bytes;
      else if (!trainer && f.number == 3)
        r->prefix = f.value != 0;
      else if (!trainer && f.number == 4)
        r->trim = f.value != 0;
    }
  return TRUE;
}

static gboolean
read_model (Reader *r, Proto p, GError **error)
{
  Field f;

  while (p.at < p.end)
    {
      if (!read_field (&p, &f))
        return broken (error, "not a sentencepiece model, or cut short");
      if (f.wire != 2)
        continue;
      if (f.number == 1 && !read_piece (r, f.bytes, error))
        return FALSE;
      if ((f.number == 2 || f.number == 3) && !read_settings (r, f.bytes, f.number == 2, error))
        return FALSE;
    }
  if (r->scores->len == 0)
    return broken (error, "it has no pieces");
  if (r->model_type != 1 && r->model_type != 2)
    return broken (error, "only unigram and BPE models are read");
  return sem_vocab_check_lengths (r->vocab, "sentencepiece model", error);
}

static SemTokModel *
make_model (Reader *r)
{
  guint32 unknown = SEM_VOCAB_NONE;
  guint n = r->scores->len;

  for (guint i = 0; i < n && unknown == SEM_VOCAB_NONE; i++)
    if (g_array_index (r->types, guint8, i) == PIECE_UNKNOWN)
      unknown = i;
  if (r->model_type == 1)
    {
      double *scores = g_new (double, n);

      for (guint i = 0; i < n; i++)
        scores[i] = (double)g_array_index (r->scores, float, i);
      return sem_unigram_new (g_steal_pointer (&r->vocab), scores, unknown, r->byte_fallback);
    }
  return sem_spm_bpe_new (g_steal_pointer (&r->vocab),
                          (float *)(void *)g_array_free (g_steal_pointer (&r->scores), FALSE),
                          unknown, r->byte_fallback);
}

static gboolean
make_parts (Reader *r, SemTokenizerParts *parts, GError **error)
{
  parts->normalizer = sem_normalizer_new_sentencepiece (
      r->charsmap.at, (gsize)(r->charsmap.end - r->charsmap.at), r->trim, r->prefix, error);
  if (parts->normalizer == NULL)
    return FALSE;
  parts->model = make_model (r);
  parts->decoder = sem_decoder_new_from_text (SEM_LLAMA_DECODER, error);
  parts->added = sem_added_tokens_new ();
  for (guint i = 0; i < r->types->len; i++)
    {
      guint8 type = g_array_index (r->types, guint8, i);
      SemAddedToken flags = { 0 };
      gsize length;
      const char *piece = sem_vocab_get (parts->model->vocab, i, &length);

      flags.special = type != PIECE_USER_DEFINED;
      if ((type == PIECE_CONTROL || type == PIECE_USER_DEFINED || type == PIECE_UNKNOWN)
          && length > 0)
        sem_added_tokens_add (parts->added, parts->model->vocab, piece, length, &flags);
    }
  return parts->decoder != NULL;
}

SemTokenizer *
sem_tokenizer_new_from_sentencepiece (GBytes *bytes, GError **error)
{
  g_auto (SemTokenizerParts) parts = { 0 };
  Reader r = { sem_vocab_new (g_bytes_get_size (bytes) / 24),
               g_array_new (FALSE, TRUE, sizeof (float)),
               g_array_new (FALSE, TRUE, 1),
               1,
               FALSE,
               TRUE,
               TRUE,
               { NULL, NULL } };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean fine = size > 0 && read_model (&r, (Proto){ data, data + size }, error)
                  && make_parts (&r, &parts, error);

  if (size == 0)
    broken (error, "the file is empty");
  g_clear_pointer (&r.vocab, sem_vocab_free);
  g_clear_pointer (&r.scores, g_array_unref);
  g_array_unref (r.types);
  return fine ? sem_tokenizer_new_take (&parts, error) : NULL;
}
