/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an explanation to steps and their sentences. */
#include "draw/explain-steps-private.h"

#include "draw/i18n.h"

#include <math.h>
#include <string.h>

static void
clear_step (gpointer data)
{
  g_free (((SemExplainStep *)data)->piece);
}

static void
add_step (SemExplainSteps *self, SemExplainStep step, char *piece)
{
  if (self->steps->len >= SEM_EXPLAIN_MAX_STEPS && step.kind != SEM_STEP_RESULT)
    {
      self->n_left_out++;
      g_free (piece);
      return;
    }
  step.piece = piece;
  g_array_append_val (self->steps, step);
}

static char *
dup_slice (const SemExplainWord *word, gsize start, gsize end)
{
  g_autofree char *raw = NULL;

  end = MIN (end, word->length);
  raw = g_strndup (word->text + MIN (start, end), end - MIN (start, end));
  return g_utf8_make_valid (raw, -1);
}

/* The piece of an id, or the text itself where the vocabulary has no such id. */
static char *
dup_piece (SemTokenizer *tokenizer, guint32 id, const SemExplainWord *word, gsize start, gsize end)
{
  const char *piece = sem_tokenizer_get_piece (tokenizer, id);

  return piece != NULL ? g_utf8_make_valid (piece, -1) : dup_slice (word, start, end);
}

/* What continuing pieces begin with, read off one that was found. */
static char *
dup_prefix (SemTokenizer *tokenizer, const SemExplainWord *word)
{
  for (guint i = 0; i < word->tries->len; i++)
    {
      const SemExplainTry *try = &g_array_index (word->tries, SemExplainTry, i);
      const char *piece
          = try->id == G_MAXUINT32 ? NULL : sem_tokenizer_get_piece (tokenizer, try->id);
      gsize length = try->end - try->start;

      if (piece != NULL && try->start > 0 && strlen (piece) >= length)
        return g_strndup (piece, strlen (piece) - length);
    }
  return g_strdup ("##");
}

static void
add_tries (SemExplainSteps *self, SemTokenizer *tokenizer, const SemExplainWord *word)
{
  g_autofree char *prefix = dup_prefix (tokenizer, word);

  for (guint i = 0; i < word->tries->len; i++)
    {
      const SemExplainTry *try = &g_array_index (word->tries, SemExplainTry, i);
      g_autofree char *slice = dup_slice (word, try->start, try->end);

      add_step (self,
                (SemExplainStep){
                    .kind = SEM_STEP_TRY, .start = try->start, .end = try->end, .id = try->id },
                g_strconcat (try->start > 0 ? prefix : "", slice, NULL));
    }
}

static void
add_merges (SemExplainSteps *self, SemTokenizer *tokenizer, const SemExplainWord *word)
{
  self->joined_at = g_new0 (guint32, word->length + 1);
  for (guint i = 0; i < word->symbols->len; i++)
    {
      const SemPiece *symbol = &g_array_index (word->symbols, SemPiece, i);

      if (symbol->start <= word->length)
        self->joined_at[symbol->start] = G_MAXUINT32;
    }
  add_step (self,
            (SemExplainStep){
                .kind = SEM_STEP_SYMBOLS, .end = (guint32)word->length, .id = word->symbols->len },
            dup_slice (word, 0, word->length));
  for (guint i = 0; i < word->merges->len; i++)
    {
      const SemBpeMerge *merge = &g_array_index (word->merges, SemBpeMerge, i);

      if (merge->middle <= word->length)
        self->joined_at[merge->middle] = self->steps->len;
      add_step (self,
                (SemExplainStep){ .kind = SEM_STEP_MERGE,
                                  .start = merge->start,
                                  .middle = merge->middle,
                                  .end = merge->end,
                                  .id = merge->result,
                                  .rank = merge->rank },
                dup_piece (tokenizer, merge->result, word, merge->start, merge->end));
    }
}

static void
add_edges (SemExplainSteps *self, SemTokenizer *tokenizer, const SemExplainWord *word)
{
  for (guint i = 0; i < word->edges->len; i++)
    {
      const SemExplainEdge *edge = &g_array_index (word->edges, SemExplainEdge, i);

      if (edge->on_path && edge->end == word->length)
        self->sum = edge->best;
      add_step (self,
                (SemExplainStep){ .kind = SEM_STEP_EDGE,
                                  .start = edge->start,
                                  .end = edge->end,
                                  .id = edge->id,
                                  .score = edge->score,
                                  .best = edge->best,
                                  .on_path = edge->on_path },
                dup_piece (tokenizer, edge->id, word, edge->start, edge->end));
    }
}

static void
add_result (SemExplainSteps *self, SemTokenizer *tokenizer, const SemExplainWord *word)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < word->pieces->len; i++)
    {
      const SemPiece *piece = &g_array_index (word->pieces, SemPiece, i);
      char *name = dup_piece (tokenizer, piece->id, word, piece->start, piece->end);

      g_array_append_val (self->pieces, *piece);
      g_ptr_array_add (self->names, name);
      g_string_append_printf (list, i == 0 ? "%s" : " %s", name);
    }
  add_step (
      self,
      (SemExplainStep){ .kind = SEM_STEP_RESULT, .end = (guint32)word->length, .id = G_MAXUINT32 },
      g_strdup (list->str));
}

/* The normalised bytes that come from the word's stretch of the text. */
static char *
dup_normalized (const SemExplanation *explanation, const SemExplainWord *word)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < explanation->stretches->len; i++)
    {
      const SemExplainStretch *stretch = g_ptr_array_index (explanation->stretches, i);

      if (stretch->span.end <= word->span.start || stretch->span.start >= word->span.end)
        continue;
      for (gsize j = 0; j < stretch->normalized.len; j++)
        {
          const SemSpan *span = &stretch->normalized.spans[j];

          if (span->start >= word->span.start && span->end <= word->span.end)
            g_string_append_c (out, stretch->normalized.bytes[j]);
        }
    }
  return g_utf8_make_valid (out->str, (gssize)out->len);
}

static char *
dup_original (const SemExplanation *explanation, const SemExplainWord *word)
{
  gsize length;
  const char *text = sem_encoding_get_text (explanation->encoding, &length);
  gsize start = MIN (word->span.start, length), end = MIN (word->span.end, length);

  return g_utf8_make_valid (text + start, (gssize)(MAX (start, end) - start));
}

SemExplainSteps *
sem_explain_steps_new (const SemExplanation *explanation, gsize index)
{
  SemTokenizer *tokenizer = sem_encoding_get_tokenizer (explanation->encoding);
  const SemExplainWord *word;
  SemExplainSteps *self;

  g_return_val_if_fail (index < explanation->words->len, NULL);
  word = g_ptr_array_index (explanation->words, index);
  self = g_new0 (SemExplainSteps, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->original = dup_original (explanation, word);
  self->text = dup_slice (word, 0, word->length);
  self->length = strlen (self->text); /* that of the pre-token, unless there is a NUL in it */
  self->added = word->added;
  self->normalized = word->added ? g_strdup (self->original) : dup_normalized (explanation, word);
  self->sum = NAN;
  self->steps = g_array_new (FALSE, FALSE, sizeof (SemExplainStep));
  g_array_set_clear_func (self->steps, clear_step);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (SemPiece));
  self->names = g_ptr_array_new_with_free_func (g_free);
  if (word->tries != NULL)
    add_tries (self, tokenizer, word);
  if (word->symbols != NULL && word->merges != NULL)
    add_merges (self, tokenizer, word);
  if (word->edges != NULL)
    add_edges (self, tokenizer, word);
  add_result (self, tokenizer, word);
  return self;
}

SemExplainSteps *
sem_explain_steps_ref (SemExplainSteps *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_explain_steps_unref (SemExplainSteps *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->original);
  g_free (self->normalized);
  g_free (self->text);
  g_free (self->joined_at);
  g_array_unref (self->steps);
  g_array_unref (self->pieces);
  g_ptr_array_unref (self->names);
  g_free (self);
}

gsize
sem_explain_steps_get_n (const SemExplainSteps *self)
{
  return self->steps->len;
}

gsize
sem_explanation_find_word (const SemExplanation *explanation, gsize byte)
{
  gsize low = 0, high = explanation->words->len;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const SemExplainWord *word = g_ptr_array_index (explanation->words, middle);

      if (word->span.end <= byte)
        low = middle + 1;
      else
        high = middle;
    }
  if (explanation->words->len == 0)
    return G_MAXSIZE;
  return MIN (low, explanation->words->len - 1);
}

/* --- sentences -----------------------------------------------------------------------------------
 */

static char *
dup_merge_sentence (const SemExplainSteps *self, const SemExplainStep *step, guint number)
{
  gsize middle = MIN (step->middle, self->length), start = MIN (step->start, middle);
  gsize end = CLAMP (step->end, middle, self->length);
  g_autofree char *left = g_strndup (self->text + start, middle - start);
  g_autofree char *right = g_strndup (self->text + middle, end - middle);

  return g_strdup_printf (_ ("merge %u: “%s” and “%s” become “%s”, rank %u"), number, left, right,
                          step->piece, step->rank);
}

static char *
dup_edge_sentence (const SemExplainStep *step, guint number)
{
  g_autofree char *score = sem_text_dup_number (step->score, 2);
  g_autofree char *best = sem_text_dup_number (step->best, 2);

  return g_strdup_printf (
      step->on_path ? _ ("piece %u: “%s” scores %s, best sum up to here %s, on the best path")
                    : _ ("piece %u: “%s” scores %s, best sum up to here %s"),
      number, step->piece, score, best);
}

static char *
dup_result_sentence (const SemExplainSteps *self, const SemExplainStep *step)
{
  g_autofree char *sum = NULL;

  if (self->added)
    return g_strdup_printf (_ ("“%s” is an added token: it is taken as it is"), self->text);
  if (isnan (self->sum))
    return g_strdup_printf (
        NG_ ("result: %u token, %s", "result: %u tokens, %s", self->pieces->len), self->pieces->len,
        step->piece);
  sum = sem_text_dup_number (self->sum, 2);
  return g_strdup_printf (NG_ ("result: %u token, %s, with the best sum, %s",
                               "result: %u tokens, %s, with the best sum, %s", self->pieces->len),
                          self->pieces->len, step->piece, sum);
}

char *
sem_explain_steps_dup_sentence (const SemExplainSteps *self, gsize index)
{
  const SemExplainStep *step;
  guint number = (guint)index;

  if (index == 0 || self->steps->len == 0)
    return g_strdup_printf (_ ("“%s” is to be cut: nothing has been looked up yet"), self->text);
  step = &g_array_index (self->steps, SemExplainStep, MIN (index, self->steps->len) - 1);
  switch (step->kind)
    {
    case SEM_STEP_TRY:
      if (step->id == G_MAXUINT32)
        return g_strdup_printf (_ ("try %u: “%s” is not in the vocabulary"), number, step->piece);
      return g_strdup_printf (_ ("try %u: “%s” is in the vocabulary, with id %u"), number,
                              step->piece, step->id);
    case SEM_STEP_SYMBOLS:
      return g_strdup_printf (
          NG_ ("“%s” starts as %u symbol", "“%s” starts as %u symbols", step->id), step->piece,
          step->id);
    case SEM_STEP_MERGE:
      return dup_merge_sentence (self, step, number - 1); /* step 1 was the symbols */
    case SEM_STEP_EDGE:
      return dup_edge_sentence (step, number);
    case SEM_STEP_RESULT:
    default:
      return dup_result_sentence (self, step);
    }
}
