/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encoder: added tokens out of the original text, normalization, added tokens out of the
 * normalized text, pre-tokens, pieces, spans, template.  A workspace holds the buffers from one
 * call to the next. */
#include "core/tokenizer/encode-fast.h"
#include "core/tokenizer/explain-private.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

static SemWorkspace *
take_workspace (SemTokenizer *tokenizer)
{
  SemWorkspace *ws = g_atomic_pointer_exchange (&tokenizer->workspace, NULL);

  if (ws != NULL)
    return ws;
  ws = g_new0 (SemWorkspace, 1);
  ws->splits = g_array_new (FALSE, FALSE, sizeof (SemSplit));
  ws->spare = g_array_new (FALSE, FALSE, sizeof (SemSplit));
  ws->outer = g_array_new (FALSE, FALSE, sizeof (SemAddedMatch));
  ws->inner = g_array_new (FALSE, FALSE, sizeof (SemAddedMatch));
  ws->pieces = g_array_new (FALSE, FALSE, sizeof (SemPiece));
  ws->scratch = g_byte_array_new ();
  ws->letters = g_byte_array_new ();
  ws->cache.slots = g_new0 (SemWordEntry, SEM_WORD_SLOTS);
  return ws;
}

void
sem_workspace_free (SemWorkspace *self)
{
  if (self == NULL)
    return;
  sem_norm_text_clear (&self->text);
  sem_norm_text_clear (&self->other);
  sem_norm_text_clear (&self->part);
  g_array_unref (self->splits);
  g_array_unref (self->spare);
  g_array_unref (self->outer);
  g_array_unref (self->inner);
  g_array_unref (self->pieces);
  g_byte_array_unref (self->scratch);
  g_byte_array_unref (self->letters);
  g_free (self->cache.slots);
  g_free (self);
}

/* Buffers that a very long text left behind are not kept. */
static void
give_workspace (SemTokenizer *tokenizer, SemWorkspace *ws)
{
  if (ws->text.cap + ws->other.cap + ws->part.cap > 1u << 20 || ws->scratch->len > 1u << 20)
    {
      sem_norm_text_clear (&ws->text);
      sem_norm_text_clear (&ws->other);
      sem_norm_text_clear (&ws->part);
      g_byte_array_unref (ws->scratch);
      ws->scratch = g_byte_array_new ();
    }
  ws = g_atomic_pointer_exchange (&tokenizer->workspace, ws);
  sem_workspace_free (ws);
}

SemToken *
sem_encoder_add (SemEncoder *e)
{
  SemEncoding *enc = e->encoding;

  if (G_UNLIKELY (enc->n_tokens == enc->cap_tokens))
    {
      enc->cap_tokens = MAX (enc->cap_tokens * 2, enc->length / 4 + 16);
      enc->tokens = g_renew (SemToken, enc->tokens, enc->cap_tokens);
    }
  return &enc->tokens[enc->n_tokens++];
}

void
sem_encoder_add_note (SemEncoder *e, const char *bytes, gsize length)
{
  SemPieceNote note = { e->encoding->n_tokens - 1, g_malloc (length + 1), length };

  memcpy (note.piece, bytes, length);
  note.piece[length] = '\0';
  if (e->encoding->notes == NULL)
    e->encoding->notes = g_array_new (FALSE, FALSE, sizeof (SemPieceNote));
  g_array_append_val (e->encoding->notes, note);
}

/* TRUE when a byte-level piece does not consist of whole characters. */
static gboolean
is_partial (const SemTokenizer *tokenizer, guint32 id)
{
  gsize length;
  const char *piece = sem_vocab_get (tokenizer->model->vocab, id, &length);
  char bytes[64];
  const char *bad;
  gsize n = 0;

  if (piece == NULL || length > 2 * sizeof bytes)
    return FALSE;
  for (gsize at = 0; at < length && n < sizeof bytes;)
    {
      guint32 cp;
      int b;

      at += sem_utf8_get (piece + at, &cp);
      b = sem_byte_level_byte (cp);
      if (b < 0)
        return FALSE;
      bytes[n++] = (char)b;
    }
  return !sem_utf8_validate (bytes, n, &bad);
}

guint16
sem_encoder_piece_flags (const SemEncoder *e, guint32 id, gboolean first)
{
  const SemTokenizer *t = e->tokenizer;
  guint16 flags = first ? 0 : SEM_TOKEN_FURTHER;

  if (id == t->model->unknown)
    flags |= SEM_TOKEN_UNKNOWN;
  if (t->byte_level)
    flags |= is_partial (t, id) ? SEM_TOKEN_BYTE : 0;
  else if (id < t->model->vocab->n_ids)
    {
      gsize length;
      const char *piece = sem_vocab_get (t->model->vocab, id, &length);

      if (piece != NULL && length == 6 && memcmp (piece, "<0x", 3) == 0 && piece[5] == '>')
        flags |= SEM_TOKEN_BYTE;
    }
  return flags;
}

void
sem_encoder_add_added (SemEncoder *e,
                       const SemAddedToken *token,
                       SemSpan span,
                       const char *value,
                       gsize length)
{
  SemToken *t = sem_encoder_add (e);

  *t = (SemToken){ token->id, span.start, span.end, e->type_id,
                   (guint16)(SEM_TOKEN_ADDED | (token->special ? SEM_TOKEN_SPECIAL : 0)) };
  if (length != token->length || memcmp (value, token->content, length) != 0)
    sem_encoder_add_note (e, value, length);
  if (e->explanation != NULL)
    sem_explanation_note_added (e->explanation, e, value, length);
}

/* Without a pre-tokenizer and with a vocabulary that allows it, a cut before each mark that follows
 * something else. */
static void
cut_at_marks (const SemNormText *text, GArray *splits)
{
  SemSplit piece = { 0, text->len };
  gboolean after_mark = TRUE;

  g_array_set_size (splits, 0);
  for (gsize at = 0; at < text->len;)
    {
      gboolean mark = text->len - at >= 3 && memcmp (text->bytes + at, "\342\226\201", 3) == 0;

      if (mark && !after_mark)
        {
          piece.end = at;
          g_array_append_val (splits, piece);
          piece.start = at;
        }
      after_mark = mark;
      at += mark ? 3 : 1;
    }
  piece.end = text->len;
  g_array_append_val (splits, piece);
}

/* A normalized text without added tokens. */
static gboolean
encode_normalized (SemEncoder *e, SemNormText *text, GError **error)
{
  SemWorkspace *ws = e->ws;
  SemSplit whole = { 0, text->len };

  if (text->len == 0)
    return TRUE;
  g_array_set_size (ws->splits, 0);
  g_array_append_val (ws->splits, whole);
  if (e->tokenizer->pretokenizer != NULL
      && !sem_pretokenizer_apply (e->tokenizer->pretokenizer, text, &ws->other, &ws->splits,
                                  &ws->spare, error))
    return FALSE;
  if (e->tokenizer->cuts_at_marks)
    cut_at_marks (text, ws->splits);
  for (guint i = 0; i < ws->splits->len; i++)
    {
      const SemSplit *s = &g_array_index (ws->splits, SemSplit, i);
      gsize first;

      if ((i & 1023) == 1023 && g_cancellable_set_error_if_cancelled (e->cancellable, error))
        return FALSE;
      first = e->encoding->n_tokens;
      if (!sem_encode_word (e, text, s->start, s->end, error))
        return FALSE;
      if (e->explanation != NULL)
        sem_explanation_note_word (e->explanation, e, text, s->start, s->end, first);
    }
  return TRUE;
}

/* Text between added tokens of the original text: [start, end). */
gboolean
sem_encode_general (SemEncoder *e, gsize start, gsize end, GError **error)
{
  SemWorkspace *ws = e->ws;
  const SemTokenizer *t = e->tokenizer;

  sem_norm_text_set_original (&ws->text, e->encoding->text + start, end - start, (guint32)start);
  if (t->normalizer != NULL && !sem_normalizer_apply (t->normalizer, &ws->text, &ws->other, error))
    return FALSE;
  if (e->explanation != NULL)
    sem_explanation_note_stretch (e->explanation, (SemSpan){ (guint32)start, (guint32)end },
                                  &ws->text);
  if (!sem_added_tokens_any (t->added, TRUE))
    return encode_normalized (e, &ws->text, error);
  g_array_set_size (ws->inner, 0);
  if (!sem_added_tokens_split (t->added, TRUE, ws->text.bytes, ws->text.len, ws->inner, error))
    return FALSE;
  for (guint i = 0; i < ws->inner->len; i++)
    {
      const SemAddedMatch *m = &g_array_index (ws->inner, SemAddedMatch, i);

      if (m->token != NULL)
        {
          sem_encoder_add_added (e, m->token, sem_norm_text_span (&ws->text, m->start, m->end),
                                 ws->text.bytes + m->start, m->end - m->start);
          continue;
        }
      ws->part.len = 0;
      sem_norm_text_append_slice (&ws->part, &ws->text, m->start, m->end);
      if (!encode_normalized (e, &ws->part, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
encode_stretch (SemEncoder *e, gsize start, gsize end, GError **error)
{
  gboolean done = FALSE;

  if (!sem_encode_fast (e, start, end, &done, error))
    return FALSE;
  return done || sem_encode_general (e, start, end, error);
}

static gboolean
encode_text (SemEncoder *e, GError **error)
{
  const SemTokenizer *t = e->tokenizer;
  const char *text = e->encoding->text;
  GArray *outer = e->ws->outer;

  if (!sem_added_tokens_any (t->added, FALSE))
    return e->encoding->length == 0 || encode_stretch (e, 0, e->encoding->length, error);
  g_array_set_size (outer, 0);
  if (!sem_added_tokens_split (t->added, FALSE, text, e->encoding->length, outer, error))
    return FALSE;
  for (guint i = 0; i < outer->len; i++)
    {
      const SemAddedMatch *m = &g_array_index (outer, SemAddedMatch, i);
      SemSpan span = { (guint32)m->start, (guint32)m->end };

      if (m->token != NULL)
        sem_encoder_add_added (e, m->token, span, text + m->start, m->end - m->start);
      else if (!encode_stretch (e, m->start, m->end, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_template (SemEncoder *e, const GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const SemTemplateToken *from = &g_array_index (tokens, SemTemplateToken, i);

      *sem_encoder_add (e) = (SemToken){ from->id, SEM_NO_OFFSET, SEM_NO_OFFSET, from->type_id,
                                         SEM_TOKEN_SPECIAL | SEM_TOKEN_TEMPLATE };
    }
}

/* Number of leading (or trailing) characters of a piece that stand for blanks. */
static guint
count_blanks (const char *piece, gsize length, gboolean trailing)
{
  gsize at = trailing ? length : 0;
  guint n = 0;

  while (trailing ? at > 0 : at < length)
    {
      gsize from = trailing ? sem_utf8_prev (piece, at) : at;
      guint32 cp;
      guint size = sem_utf8_get (piece + from, &cp);

      if (cp != 0x120 && !(sem_uni_flags (cp) & SEM_UNI_SPACE))
        break;
      n++;
      at = trailing ? from : at + size;
    }
  return n;
}

/* Takes the blanks at both ends of pieces out of their spans, character by character (ByteLevel's
 * trim_offsets). */
static void
trim_spans (SemEncoding *enc, gsize from, gboolean prefix_space)
{
  for (gsize i = from; i < enc->n_tokens; i++)
    {
      SemToken *t = &enc->tokens[i];
      gsize length;
      const char *piece = sem_encoding_get_piece_bytes (enc, i, &length);
      guint leading = count_blanks (piece, length, FALSE);
      guint trailing = count_blanks (piece, length, TRUE);

      if (leading > 0 && prefix_space && (i == from || t->start == 0))
        leading = 0;
      while (leading-- > 0 && t->start < t->end)
        t->start += sem_utf8_length ((guint8)enc->text[t->start]);
      while (trailing-- > 0 && t->end > t->start)
        t->end = (guint32)sem_utf8_prev (enc->text, t->end);
      t->end = MAX (t->end, t->start);
    }
}

gboolean
sem_encode_run (SemTokenizer *tokenizer,
                SemEncoding *encoding,
                guint flags,
                struct _SemExplanation *explanation,
                GCancellable *cancellable,
                GError **error)
{
  if (tokenizer->model->klass->encode != NULL)
    return tokenizer->model->klass->encode (encoding, cancellable, error);
  const SemPostPlan *plan = sem_post_processor_get_plan (tokenizer->post);
  SemEncoder e = { tokenizer,
                   encoding,
                   take_workspace (tokenizer),
                   cancellable,
                   plan->type_id,
                   !tokenizer->byte_level && tokenizer->plan.kind == SEM_PRETOK_NONE,
                   (flags & SEM_ENCODE_GENERAL) != 0,
                   explanation };
  gboolean template = (flags & SEM_ENCODE_TEMPLATE) != 0, fine;
  gsize first;

  if (template)
    add_template (&e, plan->before);
  first = encoding->n_tokens;
  fine = !plan->has_text || encode_text (&e, error);
  if (fine && plan->trim_offsets)
    trim_spans (encoding, first, plan->add_prefix_space);
  if (fine && template)
    add_template (&e, plan->after);
  give_workspace (tokenizer, e.ws);
  return fine;
}
