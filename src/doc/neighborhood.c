/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in focus as a vector, and the workers.  Each sees only its job; who asks anew cancels the
 * question before. */
#include "doc/neighborhood.h"

#include "core/analysis/terms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- queries
 * ------------------------------------------------------------------------------------ */

static SemNeighborQuery *
query_new (SemModel *model, const char *title)
{
  SemNeighborQuery *self = g_new0 (SemNeighborQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->model = sem_model_ref (model);
  self->title = g_strdup (title);
  return self;
}

SemNeighborQuery *
sem_neighbor_query_ref (SemNeighborQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_neighbor_query_unref (SemNeighborQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sem_model_unref (self->model);
  g_free (self->title);
  g_free (self->note);
  g_free (self->vector);
  g_free (self->own);
  g_free (self);
}

gboolean
sem_neighbor_query_equal (const SemNeighborQuery *a, const SemNeighborQuery *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->model == b->model && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->note, b->note) == 0 && a->n_own == b->n_own
         && (a->vector != NULL) == (b->vector != NULL)
         && (a->n_own == 0 || memcmp (a->own, b->own, a->n_own * sizeof *a->own) == 0)
         && (a->vector == NULL
             || memcmp (a->vector, b->vector, sem_model_get_dim (a->model) * sizeof (double)) == 0);
}

gboolean
sem_neighbor_query_has_own (const SemNeighborQuery *self, guint32 id)
{
  for (gsize i = 0; i < self->n_own; i++)
    if (self->own[i] == id)
      return TRUE;
  return FALSE;
}

static gboolean
is_zero (const double *vector, gsize dim)
{
  for (gsize i = 0; i < dim; i++)
    if (vector[i] != 0)
      return FALSE;
  return TRUE;
}

/* Takes a vector over, or says why it is none. */
static void
take_vector (SemNeighborQuery *self, double *vector)
{
  if (sem_model_get_n_rows (self->model) == 0)
    self->note = g_strdup_printf (_ ("This model has no vectors: %s."),
                                  sem_model_get_why_no_vectors (self->model));
  else if (vector == NULL || is_zero (vector, sem_model_get_dim (self->model)))
    self->note
        = g_strdup_printf (_ ("“%s” has no vector: the model does not know it."), self->title);
  else
    self->vector = g_steal_pointer (&vector);
  g_free (vector);
}

static double *
dup_row (SemModel *model, guint32 id)
{
  g_autofree double *row = g_new (double, MAX (sem_model_get_dim (model), 1));

  return sem_model_read_row (model, id, row) ? g_steal_pointer (&row) : NULL;
}

SemNeighborQuery *
sem_neighbor_query_new_token (SemModel *model, guint32 id)
{
  const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (model), id);
  SemNeighborQuery *self = query_new (model, piece == NULL ? "?" : piece);

  self->own = g_memdup2 (&id, sizeof id);
  self->n_own = 1;
  take_vector (self, dup_row (model, id));
  return self;
}

/* What the model does not know has the vector of a stand-in, if any: that must not look like its
 * own. */
static void
add_unknown_note (SemNeighborQuery *self)
{
  const char *piece = sem_tokenizer_get_piece (sem_model_get_tokenizer (self->model), self->own[0]);

  if (self->vector != NULL && piece != NULL)
    self->note = g_strdup_printf (
        _ ("The model does not know “%s”: these are the neighbours of %s, which stands for it."),
        self->title, piece);
}

static SemNeighborQuery *
new_of_token (SemAnalysis *analysis, gsize token)
{
  SemModel *model = sem_analysis_get_model (analysis);
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  gsize n_tokens;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
  const char *text = sem_encoding_get_text (encoding, NULL);
  SemNeighborQuery *self;
  g_autofree char *shown = NULL;
  g_autofree double *row = NULL;

  if (token >= n_tokens)
    return query_new (model, NULL);
  if (!(tokens[token].flags & SEM_TOKEN_UNKNOWN) || tokens[token].start == SEM_NO_OFFSET)
    return sem_neighbor_query_new_token (model, tokens[token].id);
  shown = g_strndup (text + tokens[token].start, tokens[token].end - tokens[token].start);
  self = query_new (model, shown);
  row = g_new (double, MAX (sem_model_get_dim (model), 1));
  if (sem_model_read_unseen (model, shown, strlen (shown), row))
    {
      take_vector (self, g_steal_pointer (&row));
      return self;
    }
  self->own = g_memdup2 (&tokens[token].id, sizeof tokens[token].id);
  self->n_own = 1;
  take_vector (self, dup_row (model, tokens[token].id));
  add_unknown_note (self);
  return self;
}

static SemNeighborQuery *
new_of_unit (SemAnalysis *analysis, gsize unit)
{
  SemModel *model = sem_analysis_get_model (analysis);
  SemUnits *units = sem_analysis_get_units (analysis);
  SemNeighborQuery *self;
  const guint32 *ids;

  if (unit >= sem_units_get_n (units))
    return query_new (model, NULL);
  self = query_new (model, sem_units_get (units, unit)->label);
  ids = sem_units_get_ids (units, unit, &self->n_own);
  self->own = g_memdup2 (ids, self->n_own * sizeof *ids);
  take_vector (self, sem_analysis_has_vectors (analysis) ? g_memdup2 (
                         sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit),
                         sem_model_get_dim (model) * sizeof (double))
                                                         : NULL);
  if (sem_units_get (units, unit)->unknown && self->n_own > 0 && self->vector != NULL)
    add_unknown_note (self);
  return self;
}

/* The unit the caret is in, or whose end it touches, as it does while a word is typed. */
static gsize
find_caret_unit (SemAnalysis *analysis, gsize caret)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  gsize unit = sem_units_find_byte (units, caret);

  return unit == G_MAXSIZE && caret > 0 ? sem_units_find_byte (units, caret - 1) : unit;
}

SemNeighborQuery *
sem_neighbor_query_new_focus (SemDocument *document, gsize caret)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemModel *model = sem_document_get_model (document);
  SemFocus focus;

  if (analysis == NULL || sem_analysis_get_model (analysis) != model)
    return model == NULL ? NULL : query_new (model, NULL);
  sem_document_get_focus (document, &focus);
  if (focus.hover.kind == SEM_ITEM_TOKEN)
    return new_of_token (analysis, focus.hover.token);
  if (focus.hover.kind != SEM_ITEM_NONE && focus.hover.unit != SEM_NO_ITEM)
    return new_of_unit (analysis, focus.hover.unit);
  if (focus.n_selected > 0)
    return new_of_unit (analysis, focus.selected[0]);
  if (caret != G_MAXSIZE)
    return new_of_unit (analysis, find_caret_unit (analysis, caret));
  return query_new (model, NULL);
}

/* --- neighbours
 * --------------------------------------------------------------------------------- */

typedef struct
{
  SemNeighborQuery *query;
  gsize k;
} NeighborsJob;

static void
neighbors_job_free (NeighborsJob *job)
{
  sem_neighbor_query_unref (job->query);
  g_free (job);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const NeighborsJob *job = data;
  const SemNeighborQuery *query = job->query;
  GError *error = NULL;
  GArray *found = sem_neighbors_find (query->model, query->vector, job->k, query->own,
                                      query->n_own == 1 ? 1 : 0, cancellable, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify)g_array_unref);
}

void
sem_neighbors_find_async (SemNeighborQuery *query,
                          gsize k,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  NeighborsJob *job = g_new0 (NeighborsJob, 1);

  g_return_if_fail (query->vector != NULL);
  g_task_set_source_tag (task, sem_neighbors_find_async);
  job->query = sem_neighbor_query_ref (query);
  job->k = k;
  g_task_set_task_data (task, job, (GDestroyNotify)neighbors_job_free);
  g_task_run_in_thread (task, find_in_thread);
}

GArray *
sem_neighbors_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- searching
 * ---------------------------------------------------------------------------------- */

typedef struct
{
  SemModel *model;
  SemVocabSearchMode mode;
  char *text;
  gsize limit;

  /* filled by the worker */
  gsize n_found;
} SearchJob;

static void
search_job_free (SearchJob *job)
{
  sem_model_unref (job->model);
  g_free (job->text);
  g_free (job);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SearchJob *job = data;
  GError *error = NULL;
  GArray *ids = sem_vocab_search (sem_model_get_tokenizer (job->model), job->mode, job->text,
                                  job->limit, &job->n_found, cancellable, &error);

  if (ids == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ids, (GDestroyNotify)g_array_unref);
}

void
sem_vocab_search_async (SemModel *model,
                        SemVocabSearchMode mode,
                        const char *text,
                        gsize limit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SearchJob *job = g_new0 (SearchJob, 1);

  g_task_set_source_tag (task, sem_vocab_search_async);
  job->model = sem_model_ref (model);
  job->mode = mode;
  job->text = g_strdup (text);
  job->limit = limit;
  g_task_set_task_data (task, job, (GDestroyNotify)search_job_free);
  g_task_run_in_thread (task, search_in_thread);
}

GArray *
sem_vocab_search_finish (GAsyncResult *result, gsize *n_found, GError **error)
{
  GArray *ids;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  ids = g_task_propagate_pointer (G_TASK (result), error);
  if (ids != NULL)
    *n_found = ((SearchJob *)g_task_get_task_data (G_TASK (result)))->n_found;
  return ids;
}

/* --- analogies
 * ---------------------------------------------------------------------------------- */

typedef struct
{
  SemModel *model;
  char *words[3];
  gsize k;

  /* filled by the worker */
  GArray *raw, *without;
} AnalogyJob;

static void
analogy_job_free (AnalogyJob *job)
{
  sem_model_unref (job->model);
  for (gsize i = 0; i < G_N_ELEMENTS (job->words); i++)
    g_free (job->words[i]);
  g_clear_pointer (&job->raw, g_array_unref);
  g_clear_pointer (&job->without, g_array_unref);
  g_free (job);
}

static gboolean
compute_analogy (AnalogyJob *job, GCancellable *cancellable, GError **error)
{
  const SemTerm terms[]
      = { { job->words[0], FALSE }, { job->words[1], TRUE }, { job->words[2], FALSE } };
  g_autofree double *sum = g_new0 (double, MAX (sem_model_get_dim (job->model), 1));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!sem_terms_add_up (job->model, terms, G_N_ELEMENTS (terms), sum, ids, error))
    return FALSE;
  job->raw = sem_neighbors_find (job->model, sum, 1, NULL, 0, cancellable, error);
  if (job->raw == NULL)
    return FALSE;
  job->without = sem_neighbors_find (job->model, sum, job->k, (const guint32 *)(gpointer)ids->data,
                                     ids->len, cancellable, error);
  return job->without != NULL;
}

static void
analogy_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (compute_analogy (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sem_analogy_async (SemModel *model,
                   const char *a,
                   const char *b,
                   const char *c,
                   gsize k,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  AnalogyJob *job = g_new0 (AnalogyJob, 1);

  g_task_set_source_tag (task, sem_analogy_async);
  job->model = sem_model_ref (model);
  job->words[0] = g_strdup (a);
  job->words[1] = g_strdup (b);
  job->words[2] = g_strdup (c);
  job->k = k;
  g_task_set_task_data (task, job, (GDestroyNotify)analogy_job_free);
  g_task_run_in_thread (task, analogy_in_thread);
}

gboolean
sem_analogy_finish (GAsyncResult *result, GArray **raw, GArray **without_inputs, GError **error)
{
  AnalogyJob *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  *raw = g_steal_pointer (&job->raw);
  *without_inputs = g_steal_pointer (&job->without);
  return TRUE;
}

char *
sem_token_dup_text (SemModel *model, guint32 id)
{
  g_autoptr (GBytes) bytes = sem_tokenizer_dup_piece_bytes (sem_model_get_tokenizer (model), id);
  g_autofree char *text = NULL;
  gsize length;
  const char *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);

  if (data == NULL || length == 0 || memchr (data, '\0', length) != NULL
      || !g_utf8_validate_len (data, length, NULL))
    return NULL;
  text = g_strstrip (g_strndup (data, length));
  return *text == '\0' ? NULL : g_steal_pointer (&text);
}
