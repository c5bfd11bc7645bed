/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the neighbourhood asks for, and the three workers behind it; their numbers against a plain
 * double loop. */
#include "core/error.h"
#include "doc/neighborhood.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define EXAMPLE "Earth tokenization king"

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static guint32
find_id (SemDocument *document, const char *piece)
{
  guint32 id = G_MAXUINT32;

  g_assert_true (
      sem_tokenizer_find (sem_model_get_tokenizer (sem_document_get_model (document)), piece, &id));
  return id;
}

static void
test_focus (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (SemNeighborQuery) nothing = sem_neighbor_query_new_focus (document, G_MAXSIZE);
  g_autoptr (SemNeighborQuery) caret = sem_neighbor_query_new_focus (document, 2);
  g_autoptr (SemNeighborQuery) end = sem_neighbor_query_new_focus (document, strlen (EXAMPLE));
  SemItem hover = SEM_ITEM_INIT;
  gsize unit = fixture_find (document, "king");

  g_assert_null (nothing->title);
  g_assert_null (nothing->vector);
  g_assert_cmpstr (caret->title, ==, "Earth");
  g_assert_cmpstr (end->title, ==, "king"); /* the word just typed */
  sem_document_set_selection (document, &unit, 1);
  g_autoptr (SemNeighborQuery) selected = sem_neighbor_query_new_focus (document, 2);
  g_assert_cmpstr (selected->title, ==, "king");
  g_assert_true (sem_neighbor_query_equal (selected, end));
  hover.kind = SEM_ITEM_UNIT;
  hover.unit = fixture_find (document, "Earth");
  sem_document_set_hover (document, &hover);
  g_autoptr (SemNeighborQuery) hovered = sem_neighbor_query_new_focus (document, 2);
  g_assert_cmpstr (hovered->title, ==, "Earth");
  g_assert_false (sem_neighbor_query_equal (hovered, selected));
  g_assert_false (sem_neighbor_query_equal (hovered, NULL));
}

/* A unit of several tokens is asked for by its pooled vector and knows its parts. */
static void
test_pooled (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemAnalysis *analysis = sem_document_get_analysis (document);
  gsize unit = fixture_find (document, "tokenization");

  sem_document_set_selection (document, &unit, 1);
  g_autoptr (SemNeighborQuery) query = sem_neighbor_query_new_focus (document, G_MAXSIZE);
  g_assert_cmpuint (query->n_own, >, 1);
  g_assert_true (sem_neighbor_query_has_own (query, query->own[1]));
  g_assert_cmpmem (query->vector, sem_model_get_dim (query->model) * sizeof (double),
                   sem_matrix_get_row (sem_analysis_get_vectors (analysis), unit),
                   sem_model_get_dim (query->model) * sizeof (double));
}

/* The nearest by a plain loop; the id itself is left out. */
static guint32
find_nearest (SemModel *model, guint32 id, double *cosine)
{
  gsize dim = sem_model_get_dim (model), n = sem_model_get_n_rows (model);
  g_autofree double *a = g_new (double, dim), *b = g_new (double, dim);
  guint32 best = G_MAXUINT32;

  *cosine = -2;
  sem_model_read_row (model, id, a);
  for (guint32 i = 0; i < n; i++)
    {
      double dot = 0, aa = 0, bb = 0;

      sem_model_read_row (model, i, b);
      for (gsize j = 0; j < dim; j++)
        {
          dot += a[j] * b[j];
          aa += a[j] * a[j];
          bb += b[j] * b[j];
        }
      if (i != id && bb > 0 && dot / sqrt (aa * bb) > *cosine)
        {
          *cosine = dot / sqrt (aa * bb);
          best = i;
        }
    }
  return best;
}

static void
test_find (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemModel *model = sem_document_get_model (document);
  guint32 id = find_id (document, "king");
  g_autoptr (SemNeighborQuery) query = sem_neighbor_query_new_token (model, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double expected;
  guint32 nearest = find_nearest (model, id, &expected);

  sem_neighbors_find_async (query, 3, NULL, keep_cb, &result);
  g_autoptr (GArray) found = sem_neighbors_find_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpuint (g_array_index (found, SemNeighbor, 0).id, ==, nearest);
  g_assert_cmpfloat_with_epsilon (g_array_index (found, SemNeighbor, 0).cosine, expected, 1e-12);
}

static void
test_cancel (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (SemNeighborQuery) query = sem_neighbor_query_new_token (
      sem_document_get_model (document), find_id (document, "king"));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  sem_neighbors_find_async (query, 3, cancellable, keep_cb, &result);
  g_autoptr (GArray) found = sem_neighbors_find_finish (wait_for (&result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (found);
}

static void
test_search (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemModel *model = sem_document_get_model (document);
  g_autoptr (GAsyncResult) result = NULL;
  gsize n_found = 0;

  sem_vocab_search_async (model, SEM_VOCAB_SEARCH_PREFIX, "plan", 1, NULL, keep_cb, &result);
  g_autoptr (GArray) ids = sem_vocab_search_finish (wait_for (&result), &n_found, NULL);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpuint (n_found, >, 1);
  g_assert_true (g_str_has_prefix (
      sem_tokenizer_get_piece (sem_model_get_tokenizer (model), g_array_index (ids, guint32, 0)),
      "plan"));
}

static void
test_analogy (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemModel *model = sem_document_get_model (document);
  const guint32 inputs[]
      = { find_id (document, "king"), find_id (document, "man"), find_id (document, "woman") };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) raw = NULL;
  g_autoptr (GArray) without = NULL;
  g_autoptr (GError) error = NULL;

  sem_analogy_async (model, "king", "man", "woman", 4, NULL, keep_cb, &result);
  g_assert_true (sem_analogy_finish (wait_for (&result), &raw, &without, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (raw->len, ==, 1);
  g_assert_cmpuint (without->len, ==, 4);
  for (guint i = 0; i < without->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (inputs); j++)
      g_assert_cmpuint (g_array_index (without, SemNeighbor, i).id, !=, inputs[j]);
  g_assert_cmpfloat (g_array_index (raw, SemNeighbor, 0).cosine, >=,
                     g_array_index (without, SemNeighbor, 0).cosine);
}

static void
test_token_text (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemModel *model = sem_document_get_model (document);
  g_autofree char *word = sem_token_dup_text (model, find_id (document, "king"));
  g_autofree char *ending = sem_token_dup_text (model, find_id (document, "##s"));
  g_autofree char *none = sem_token_dup_text (model, G_MAXUINT32);

  g_assert_cmpstr (word, ==, "king");
  g_assert_cmpstr (ending, ==, "s");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighborhood/focus", test_focus);
  g_test_add_func ("/neighborhood/pooled", test_pooled);
  g_test_add_func ("/neighborhood/find", test_find);
  g_test_add_func ("/neighborhood/cancel", test_cancel);
  g_test_add_func ("/neighborhood/search", test_search);
  g_test_add_func ("/neighborhood/analogy", test_analogy);
  g_test_add_func ("/neighborhood/token-text", test_token_text);
  return g_test_run ();
}
