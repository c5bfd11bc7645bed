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
  PIECE_NORMAL = 1,
  PIECE_UNKNOWN = 2,
  PIECE_CONTROL = 3,
  PIECE_USER_DEFINED = 4,
  PIECE_UNUSED = 5,
  PIECE_BYTE = 6,
};

typedef struct
{
  SemVocab *vocab;
  GArray *scores; /* float */
  GArray *types;  /* guint8 */
  guint64 model_type;
  gboolean byte_fallback, prefix, trim, suffix, keep_blanks;
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
      else if (trainer && f.number == 24)
        r->suffix = f.value != 0;
      else if (!trainer && f.number == 2 && f.wire == 2)
        r->charsmap = f.bytes;
      else if (!trainer && f.number == 3)
        r->prefix = f.value != 0;
      else if (!trainer && f.number == 4)
        r->trim = f.value != 0;
      else if (!trainer && f.number == 5)
        r->keep_blanks = f.value == 0;
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
  if (!sem_vocab_check_lengths (r->vocab, "sentencepiece model", error))
    return FALSE;
  sem_vocab_index (r->vocab);
  return TRUE;
}

/* The user-defined symbols on their own; NULL when there are none. */
static SemVocab *
copy_user_defined (const Reader *r, const SemVocab *vocab)
{
  SemVocab *user = NULL;

  for (guint i = 0; i < r->types->len; i++)
    if (g_array_index (r->types, guint8, i) == PIECE_USER_DEFINED)
      {
        gsize length;
        const char *piece = sem_vocab_get (vocab, i, &length);

        if (user == NULL)
          user = sem_vocab_new ();
        if (length > 0)
          sem_vocab_add (user, piece, length, i);
      }
  if (user != NULL)
    sem_vocab_index (user);
  return user;
}

/* A user-defined symbol's score is such that it is always taken; an unknown's lies below all
 * others.
 */
static SemTokModel *
make_unigram (Reader *r, guint32 unknown)
{
  guint n = r->scores->len;
  double *scores = g_new (double, n);
  float lowest = 0, highest = 0;
  gboolean any = FALSE;
  SemTokModel *model;

  for (guint i = 0; i < n; i++)
    if (g_array_index (r->types, guint8, i) == PIECE_NORMAL)
      {
        float score = g_array_index (r->scores, float, i);

        lowest = any ? MIN (lowest, score) : score;
        highest = any ? MAX (highest, score) : score;
        any = TRUE;
      }
  for (guint i = 0; i < n; i++)
    {
      gsize length = 0;

      sem_vocab_get (r->vocab, i, &length);
      scores[i] = g_array_index (r->types, guint8, i) == PIECE_USER_DEFINED
                      ? (double)((float)length * highest) - 0.1
                      : (double)g_array_index (r->scores, float, i);
    }
  model = sem_unigram_new (g_steal_pointer (&r->vocab), scores, unknown, r->byte_fallback);
  sem_unigram_set_sentencepiece (model, lowest - 10.0f);
  return model;
}

/* Which pieces are unused, by id; NULL when none is. */
static guint8 *
copy_unused (const Reader *r)
{
  guint8 *unused = NULL;

  for (guint i = 0; i < r->types->len; i++)
    if (g_array_index (r->types, guint8, i) == PIECE_UNUSED)
      {
        if (unused == NULL)
          unused = g_new0 (guint8, r->types->len);
        unused[i] = 1;
      }
  return unused;
}

static SemTokModel *
make_model (Reader *r)
{
  guint32 unknown = SEM_VOCAB_NONE;
  SemTokModel *model;
  SemVocab *user;
  guint8 *unused;

  for (guint i = 0; i < r->types->len && unknown == SEM_VOCAB_NONE; i++)
    if (g_array_index (r->types, guint8, i) == PIECE_UNKNOWN)
      unknown = i;
  if (r->model_type == 1)
    return make_unigram (r, unknown);
  user = copy_user_defined (r, r->vocab);
  unused = copy_unused (r);
  model = sem_spm_bpe_new (g_steal_pointer (&r->vocab),
                           (float *)(void *)g_array_free (g_steal_pointer (&r->scores), FALSE),
                           user, unknown, r->byte_fallback);
  sem_spm_bpe_set_unused (model, unused);
  return model;
}

/* Control symbols, the unknown and bytes have an id but are never found in a text; nor are unused
 * pieces, but that BPE joins by way of them. */
static void
hide_pieces (const Reader *r, SemTokenizerParts *parts)
{
  SemVocab *vocab = parts->model->vocab;

  for (guint i = 0; i < r->types->len; i++)
    {
      guint8 type = g_array_index (r->types, guint8, i);
      SemAddedToken flags = { .special = TRUE, .unmatched = TRUE };
      gsize length;
      const char *piece = sem_vocab_get (vocab, i, &length);

      if ((type == PIECE_CONTROL || type == PIECE_UNKNOWN) && length > 0)
        sem_added_tokens_add (parts->added, vocab, piece, length, &flags);
      if (type != PIECE_NORMAL && type != PIECE_USER_DEFINED
          && (type != PIECE_UNUSED || r->model_type == 1))
        sem_vocab_hide (vocab, i);
    }
}

/* Marks to blanks, and the dummy blank away where one was put. */
static SemDecoder *
make_decoder (const Reader *r, GError **error)
{
  gboolean dummy = r->prefix || r->trim;
  g_autofree char *json = g_strdup_printf (
      "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":"
      "\"\342\226\201\"},\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},"
      "{\"type\":\"Strip\",\"content\":\" \",\"start\":%d,\"stop\":%d}]}",
      dummy && !r->suffix, dummy && r->suffix);

  return sem_decoder_new_from_text (json, error);
}

static gboolean
make_parts (Reader *r, SemTokenizerParts *parts, GError **error)
{
  const SemSentencepieceOptions options
      = { .charsmap = r->charsmap.at,
          .charsmap_length = (gsize)(r->charsmap.end - r->charsmap.at),
          .trim = r->trim,
          .prefix = r->prefix,
          .suffix = r->suffix,
          .keep_blanks = r->keep_blanks,
          .user = copy_user_defined (r, r->vocab) };

  parts->normalizer = sem_normalizer_new_sentencepiece (&options, error);
  if (parts->normalizer == NULL)
    return FALSE;
  parts->model = make_model (r);
  parts->decoder = make_decoder (r, error);
  parts->added = sem_added_tokens_new ();
  hide_pieces (r, parts);
  return parts->decoder != NULL;
}

SemTokenizer *
sem_tokenizer_new_from_sentencepiece (GBytes *bytes, GError **error)
{
  g_auto (SemTokenizerParts) parts = { 0 };
  Reader r = { .vocab = sem_vocab_new (),
               .scores = g_array_new (FALSE, TRUE, sizeof (float)),
               .types = g_array_new (FALSE, TRUE, 1),
               .model_type = 1,
               .prefix = TRUE,
               .trim = TRUE };
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
