/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The word in focus and the worker that explains it. */
#include "doc/explained.h"

#include <string.h>

/* How far a line's or a word's beginning is looked for. */
#define MAX_SEARCH 512

void
sem_explained_free (SemExplained *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->explanation, sem_explanation_free);
  g_free (self);
}

static gsize
byte_of_unit (SemAnalysis *analysis, gsize unit)
{
  if (unit >= sem_analysis_get_n (analysis))
    return G_MAXSIZE;
  return sem_units_get (sem_analysis_get_units (analysis), unit)->start;
}

static gsize
byte_of_token (SemAnalysis *analysis, gsize token)
{
  gsize n_tokens;
  const SemToken *tokens
      = sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);

  if (token >= n_tokens || tokens[token].start == SEM_NO_OFFSET)
    return G_MAXSIZE;
  return tokens[token].start;
}

gsize
sem_document_get_explained_byte (SemDocument *self)
{
  SemAnalysis *analysis = sem_document_get_analysis (self);
  gsize byte = G_MAXSIZE, n_tokens;
  SemFocus focus;

  if (analysis == NULL)
    return G_MAXSIZE;
  sem_document_get_focus (self, &focus);
  if (focus.hover.kind == SEM_ITEM_TOKEN)
    byte = byte_of_token (analysis, focus.hover.token);
  else if (focus.hover.kind != SEM_ITEM_NONE)
    byte = byte_of_unit (analysis, focus.hover.unit);
  for (gsize i = 0; i < focus.n_selected && byte == G_MAXSIZE; i++)
    byte = byte_of_unit (analysis, focus.selected[i]);
  sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);
  for (gsize i = 0; i < n_tokens && byte == G_MAXSIZE; i++)
    byte = byte_of_token (analysis, i);
  return byte;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static gboolean
is_inside_character (char c)
{
  return ((guchar)c & 0xc0) == 0x80;
}

void
sem_explained_find_stretch (const char *text, gsize length, gsize byte, gsize *start, gsize *end)
{
  const gsize half = SEM_EXPLAIN_MAX / 2;
  gsize first, last, limit;

  *start = 0;
  *end = length;
  if (length <= SEM_EXPLAIN_MAX)
    return;
  byte = MIN (byte, length);
  first = byte > half ? byte - half : 0;
  last = MIN (first + SEM_EXPLAIN_MAX, length);
  /* A word must not be cut where the stretch is, if it can be helped. */
  limit = MIN (first + MAX_SEARCH, byte);
  for (gsize i = first; first > 0 && i < limit; i++)
    if (is_blank (text[i]))
      {
        first = i;
        break;
      }
  limit = MAX (last - MAX_SEARCH, byte);
  for (gsize i = last; last < length && i > limit; i--)
    if (is_blank (text[i]))
      {
        last = i;
        break;
      }
  while (first < byte && is_inside_character (text[first]))
    first++;
  while (last > byte && last < length && is_inside_character (text[last]))
    last--;
  *start = first;
  *end = last;
}

typedef struct
{
  SemTokenizer *tokenizer;
  char *text; /* the stretch */
  gsize start, length;
} ExplainJob;

static void
explain_job_free (ExplainJob *job)
{
  sem_tokenizer_unref (job->tokenizer);
  g_free (job->text);
  g_free (job);
}

static void
explain_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ExplainJob *job = data;
  g_autoptr (SemExplained) result = g_new0 (SemExplained, 1);
  GError *error = NULL;

  result->start = job->start;
  result->end = job->start + job->length;
  result->explanation
      = sem_tokenizer_explain (job->tokenizer, job->text, (gssize)job->length, cancellable, &error);
  if (result->explanation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&result), (GDestroyNotify)sem_explained_free);
}

void
sem_document_explain_async (SemDocument *self,
                            gsize byte,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SemAnalysis *analysis = sem_document_get_analysis (self);
  ExplainJob *job;
  SemEncoding *encoding;
  const char *text;
  gsize length, end;

  g_return_if_fail (analysis != NULL);
  g_task_set_source_tag (task, sem_document_explain_async);
  encoding = sem_analysis_get_encoding (analysis);
  text = sem_encoding_get_text (encoding, &length);
  job = g_new0 (ExplainJob, 1);
  job->tokenizer = sem_tokenizer_ref (sem_encoding_get_tokenizer (encoding));
  sem_explained_find_stretch (text, length, byte, &job->start, &end);
  job->length = end - job->start;
  job->text = g_strndup (text + job->start, job->length);
  g_task_set_task_data (task, job, (GDestroyNotify)explain_job_free);
  g_task_run_in_thread (task, explain_in_thread);
}

SemExplained *
sem_document_explain_finish (SemDocument *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
