/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects an explanation: the general encoder runs and reports each stretch and pre-token; the
 * model's own steps are then traced for each. */
#include "core/tokenizer/explain-private.h"
#include "core/tokenizer/unicode-data.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/wordpiece.h"
#include "core/error.h"

#include <string.h>

/* Up to so many bytes the rest of a word is tried from the whole down. */
#define MAX_TRIED 400

static void
free_word (gpointer data)
{
  SemExplainWord *w = data;

  g_free (w->text);
  g_clear_pointer (&w->pieces, g_array_unref);
  g_clear_pointer (&w->tries, g_array_unref);
  g_clear_pointer (&w->symbols, g_array_unref);
  g_clear_pointer (&w->merges, g_array_unref);
  g_clear_pointer (&w->edges, g_array_unref);
  g_free (w);
}

static void
free_stretch (gpointer data)
{
  SemExplainStretch *s = data;

  sem_norm_text_clear (&s->normalized);
  g_free (s);
}

void
sem_explanation_free (SemExplanation *self)
{
  if (self == NULL)
    return;
  sem_encoding_unref (self->encoding);
  g_ptr_array_unref (self->stretches);
  g_ptr_array_unref (self->words);
  g_free (self);
}

void
sem_explanation_note_stretch (SemExplanation *self, SemSpan span, const SemNormText *normalized)
{
  SemExplainStretch *s = g_new0 (SemExplainStretch, 1);

  s->span = span;
  sem_norm_text_append_slice (&s->normalized, normalized, 0, normalized->len);
  g_ptr_array_add (self->stretches, s);
}

/* Longest first, one character shorter each time, until one is a piece; then on from its end. */
static GArray *
trace_wordpiece (const SemTokModel *model, const char *text, gsize length)
{
  GArray *tries = g_array_new (FALSE, FALSE, sizeof (SemExplainTry));
  gsize start = 0;

  if (sem_utf8_count (text, length) > sem_wordpiece_get_max_chars (model))
    return tries;
  while (start < length)
    {
      const char *prefix = start > 0 ? model->prefix : "";
      gsize prefix_length = start > 0 ? model->prefix_length : 0, end = length;
      SemExplainTry t = { (guint32)start, 0, SEM_VOCAB_NONE };

      /* Where words may have any length, what is longer than every piece is not worth a line. */
      if (end - start > MAX_TRIED && end - start > model->vocab->max_length)
        for (end = start + model->vocab->max_length; ((guint8)text[end] & 0xc0) == 0x80;)
          end--;
      for (; end > start && t.id == SEM_VOCAB_NONE; end = sem_utf8_prev (text, end))
        {
          guint64 hash = sem_vocab_hash (SEM_VOCAB_HASH_START, prefix, prefix_length);

          hash = sem_vocab_hash (hash, text + start, end - start);
          t.id = sem_vocab_find_hashed (model->vocab, hash, prefix, prefix_length, text + start,
                                        end - start);
          t.end = (guint32)end;
          g_array_append_val (tries, t);
        }
      if (t.id == SEM_VOCAB_NONE)
        break;
      start = t.end;
    }
  return tries;
}

static SemExplainWord *
add_word (SemExplanation *self, const char *text, gsize length)
{
  SemExplainWord *w = g_new0 (SemExplainWord, 1);

  w->text = g_strndup (text, length);
  w->length = length;
  w->pieces = g_array_new (FALSE, FALSE, sizeof (SemPiece));
  g_ptr_array_add (self->words, w);
  return w;
}

void
sem_explanation_note_word (SemExplanation *self,
                           const SemEncoder *e,
                           const SemNormText *text,
                           gsize start,
                           gsize end,
                           gsize first_token)
{
  const SemTokModel *model = e->tokenizer->model;
  const char *s = text->bytes + start;
  SemExplainWord *w = add_word (self, s, end - start);

  w->span = sem_norm_text_span (text, start, end);
  w->first_token = first_token;
  w->n_tokens = e->encoding->n_tokens - first_token;
  sem_tok_model_tokenize (model, s, end - start, w->pieces, e->ws->scratch, NULL);
  if (model->klass->trace != NULL)
    {
      w->symbols = g_array_new (FALSE, FALSE, sizeof (SemPiece));
      w->merges = g_array_new (FALSE, FALSE, sizeof (SemBpeMerge));
      model->klass->trace (model, s, end - start, w->symbols, w->merges);
    }
  else if (strcmp (model->klass->kind, "WordPiece") == 0)
    w->tries = trace_wordpiece (model, s, end - start);
  else if (strcmp (model->klass->kind, "Unigram") == 0)
    {
      w->edges = g_array_new (FALSE, FALSE, sizeof (SemExplainEdge));
      sem_unigram_trace (model, s, end - start, w->edges);
    }
}

void
sem_explanation_note_added (SemExplanation *self,
                            const SemEncoder *e,
                            const char *value,
                            gsize length)
{
  const SemToken *t = &e->encoding->tokens[e->encoding->n_tokens - 1];
  SemExplainWord *w = add_word (self, value, length);
  SemPiece piece = { t->id, 0, (guint32)length };

  w->span = (SemSpan){ t->start, t->end };
  w->first_token = e->encoding->n_tokens - 1;
  w->n_tokens = 1;
  w->added = TRUE;
  g_array_append_val (w->pieces, piece);
}

SemExplanation *
sem_tokenizer_explain (SemTokenizer *tokenizer,
                       const char *text,
                       gssize length,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (SemExplanation) self = g_new0 (SemExplanation, 1);
  gsize n = length < 0 ? strlen (text) : (gsize)length;

  self->stretches = g_ptr_array_new_with_free_func (free_stretch);
  self->words = g_ptr_array_new_with_free_func (free_word);
  if (n > SEM_EXPLAIN_MAX)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "the text has %" G_GSIZE_FORMAT " bytes, at most %d are explained", n,
                   SEM_EXPLAIN_MAX);
      return NULL;
    }
  self->encoding = sem_tokenizer_encode_explained (tokenizer, text, n, self, cancellable, error);
  return self->encoding != NULL ? g_steal_pointer (&self) : NULL;
}
