/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: announcing, jobs, the frozen frame, focus, errors. */
#include "core/analysis/clustered.h"
#include "core/analysis/nearby.h"
#include "core/error.h"
#include "doc/describe.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define EXAMPLE "Earth is a planet of the solar system. All planets revolve around the sun."

static void
count_cb (SemDocument *document, guint flags, guint *counters)
{
  for (guint i = 0; i < SEM_N_CHANGED; i++)
    if (flags & (1u << i))
      counters[i]++;
  counters[SEM_N_CHANGED]++;
}

static guint
counted (const guint *counters, SemChanged aspect)
{
  return counters[g_bit_nth_lsf (aspect, -1)];
}

static void
test_announce_once (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  guint counters[SEM_N_CHANGED + 1] = { 0 };
  const gsize units[] = { 1, 2 };

  g_signal_connect (document, "changed", G_CALLBACK (count_cb), counters);
  sem_document_set_selection (document, units, 1);
  sem_document_set_selection (document, units, 2);
  g_object_set (document, "dim-function-words", TRUE, NULL);
  g_assert_cmpuint (counters[SEM_N_CHANGED], ==, 0); /* nothing halfway */
  fixture_settle (document);
  g_assert_cmpuint (counters[SEM_N_CHANGED], ==, 1);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_SELECTION), ==, 1);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_VIEW), ==, 1);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ANALYSIS), ==, 0);
  /* The same values again announce nothing. */
  sem_document_set_selection (document, units, 2);
  g_object_set (document, "dim-function-words", TRUE, NULL);
  fixture_settle (document);
  g_assert_cmpuint (counters[SEM_N_CHANGED], ==, 1);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_same_value_no_notify (void)
{
  g_autoptr (SemDocument) document = sem_document_new ();
  guint n_properties, n = 0;
  g_autofree GParamSpec **properties
      = g_object_class_list_properties (G_OBJECT_GET_CLASS (document), &n_properties);

  g_assert_cmpuint (n_properties, ==, 23);
  g_signal_connect (document, "notify", G_CALLBACK (notify_cb), &n);
  for (guint i = 0; i < n_properties; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, properties[i]->value_type);
      g_object_get_property (G_OBJECT (document), properties[i]->name, &value);
      g_object_set_property (G_OBJECT (document), properties[i]->name, &value);
    }
  g_assert_cmpuint (n, ==, 0);
  g_object_set (document, "axes", "2x3", NULL);
  g_assert_cmpuint (n, ==, 3);                  /* three properties say it */
  g_object_set (document, "axes", "2x2", NULL); /* not two axes: refused */
  g_object_set (document, "axes", "0x1", NULL);
  g_object_set (document, "axes", "1x2x3", NULL);
  g_object_set (document, "component-x", "11", NULL);
  g_object_set (document, "component-y", "two", NULL);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (sem_document_get_view_options (document)->component_x, ==, 1);
  /* One projection at a time. */
  g_object_set (document, "map-depth", TRUE, "map-axes", "man:woman,small:big", NULL);
  g_assert_false (sem_document_get_view_options (document)->map_depth);
  g_object_set (document, "map-depth", TRUE, NULL);
  g_assert_null (sem_document_get_view_options (document)->map_axes);
  g_object_set (document, "map-axes", "man:woman,small:big", "axes", "2x3", NULL);
  g_assert_null (sem_document_get_view_options (document)->map_axes);
  g_object_set (document, "component-x", "3", NULL); /* what is up already is swapped with it */
  g_assert_cmpuint (sem_document_get_view_options (document)->component_x, ==, 2);
  g_assert_cmpuint (sem_document_get_view_options (document)->component_y, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&document));
}

static void
test_newest_wins (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  guint counters[SEM_N_CHANGED + 1] = { 0 };
  gsize length;

  g_signal_connect (document, "changed", G_CALLBACK (count_cb), counters);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s Number %d of them.", EXAMPLE, i);

      g_assert_true (sem_document_set_text (document, text, -1, NULL));
    }
  g_assert_true (sem_document_is_busy (document));
  fixture_settle (document);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ANALYSIS), ==, 1);
  g_assert_nonnull (
      strstr (sem_encoding_get_text (
                  sem_analysis_get_encoding (sem_document_get_analysis (document)), &length),
              "Number 19"));
}

/* The words behind the map are found by a worker once they are asked for, announced, and described;
 * a new text has its own. */
static void
test_nearby_words (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("king river");
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemItem item = SEM_ITEM_INIT;
  g_autoptr (SemDescription) description = NULL;
  guint counters[SEM_N_CHANGED + 1] = { 0 };

  g_signal_connect (document, "changed", G_CALLBACK (count_cb), counters);
  fixture_settle (document);
  g_assert_null (sem_nearby_get (analysis));
  g_object_set (document, "nearby-words", TRUE, NULL);
  fixture_settle (document);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 1);
  g_assert_cmpuint (sem_nearby_get (analysis)->n, ==, SEM_NEARBY_COUNT);
  item.kind = SEM_ITEM_NEARBY;
  item.token = 0;
  description = sem_description_new_for_item (analysis, &item);
  g_assert_true (g_str_has_prefix (description->subject, sem_nearby_get (analysis)->words[0].word));
  g_assert_cmpstr (description->quantity, ==, "cosine");
  g_assert_nonnull (strstr (description->details, "nearest to it is"));
  g_assert_true (sem_document_set_text (document, "king river bread", -1, NULL));
  fixture_settle (document);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 2);
  g_assert_true (sem_document_get_analysis (document) != analysis);
  g_assert_nonnull (sem_nearby_get (sem_document_get_analysis (document)));
}

/* A clustered order is made by a worker: announced when it is there, along with a new text when
 * there is one, and not at all when it is not wanted any more. */
static void
test_clustered_order (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  guint counters[SEM_N_CHANGED + 1] = { 0 };
  SemAnalysis *analysis = sem_document_get_analysis (document);
  const SemViewOptions *view = sem_document_get_view_options (document);

  g_signal_connect (document, "changed", G_CALLBACK (count_cb), counters);
  g_object_set (document, "order", SEM_ORDER_CLUSTERED, NULL);
  g_assert_false (sem_clustered_are_made (analysis, view));
  fixture_settle (document);
  g_assert_true (sem_clustered_are_made (analysis, view));
  g_assert_true (sem_document_get_analysis (document) == analysis);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 1);

  sem_document_set_text (document, EXAMPLE " And so on.", -1, NULL);
  fixture_settle (document);
  analysis = sem_document_get_analysis (document);
  g_assert_true (sem_clustered_are_made (analysis, view));
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 1);

  sem_document_set_text (document, "One two three.\n\nFour five six seven.", -1, NULL);
  fixture_settle (document);
  g_object_set (document, "shape", SEM_SHAPE_AGAINST, NULL);
  g_object_set (document, "order", SEM_ORDER_TYPED, NULL);
  fixture_settle (document);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 1);
  g_object_set (document, "order", SEM_ORDER_CLUSTERED, NULL);
  fixture_settle (document);
  analysis = sem_document_get_analysis (document);
  g_assert_cmpuint (counted (counters, SEM_CHANGED_ORDER), ==, 2);
  g_assert_cmpuint (sem_clustered_get (analysis, 0, 3)->n, ==, 3);
  g_assert_cmpuint (sem_clustered_get (analysis, 3, 4)->n, ==, 4);
  g_assert_finalize_object (g_steal_pointer (&document));
}

static void
test_frozen_frame (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemPca *frame = sem_analysis_get_pca (sem_document_get_analysis (document));

  g_assert_false (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  sem_document_set_text (document, EXAMPLE " So it is.", -1, NULL);
  fixture_settle (document);
  g_assert_true (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  g_assert_true (sem_analysis_get_pca (sem_document_get_analysis (document)) == frame);
  /* Centring changes no vector. */
  g_object_set (document, "centered", TRUE, NULL);
  fixture_settle (document);
  g_assert_true (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  sem_document_refit (document);
  fixture_settle (document);
  g_assert_false (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  /* Another text is fitted anew, and so is one grown to twice its units. */
  sem_document_set_text (document, "Bread and cheese", -1, NULL);
  fixture_settle (document);
  g_assert_false (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  sem_document_set_text (document, "Bread and cheese and", -1, NULL);
  fixture_settle (document);
  g_assert_true (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  sem_document_set_text (document, "Bread and cheese and milk today", -1, NULL);
  fixture_settle (document);
  g_assert_false (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  g_object_set (document, "unit", SEM_UNIT_TOKEN, NULL);
  fixture_settle (document);
  g_assert_false (sem_analysis_is_frozen (sem_document_get_analysis (document)));
}

static void
test_focus (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  gsize earth = fixture_find (document, "Earth"), planet = fixture_find (document, "planet"), a, b;
  SemItem item = SEM_ITEM_INIT;
  SemFocus focus;

  item.kind = SEM_ITEM_PAIR;
  item.unit = earth;
  item.other = planet;
  sem_document_select_item (document, &item);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 2);
  g_assert_true (sem_document_get_pair (document, &a, &b));
  g_assert_cmpuint (a, ==, earth);
  g_assert_cmpuint (b, ==, planet);
  sem_document_select_item (document, &item); /* again: taken back */
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 0);

  item.kind = SEM_ITEM_UNIT;
  sem_document_toggle_item (document, &item);
  item.unit = planet;
  sem_document_extend_to_item (document, &item);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, planet - earth + 1);
  sem_document_toggle_item (document, &item);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, planet - earth);
  /* Out of range and twice: left out. */
  {
    const gsize units[] = { 3, 3, 100000 };

    sem_document_set_selection (document, units, 3);
  }
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 1);
}

static void
test_selection_follows_text (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  const gsize sun = fixture_find (document, "sun");
  SemFocus focus;

  sem_document_set_selection (document, &sun, 1);
  sem_document_set_text (document, "Yes, " EXAMPLE, -1, NULL);
  fixture_settle (document);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 1);
  g_assert_cmpuint (focus.selected[0], ==, sun + 1);
  sem_document_set_text (document, "Bread", -1, NULL);
  fixture_settle (document);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 0);
}

static void
test_bad_text (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_false (sem_document_set_text (document, "abc\xFFxyz", -1, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "offset 3"));
  g_clear_error (&error);
  g_assert_false (sem_document_set_text (document, "a\0b", 3, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING);
  g_assert_cmpstr (sem_document_get_text (document, &length), ==, EXAMPLE);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), ==, 14);
}

static void
test_odd_texts (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (GString) emoji = g_string_new (NULL);

  sem_document_set_text (document, "", 0, NULL);
  fixture_settle (document);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), ==, 0);
  sem_document_set_text (document, "  \n\t ", -1, NULL);
  fixture_settle (document);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), ==, 0);
  for (int i = 0; i < 100000; i++)
    g_string_append (emoji, "\xF0\x9F\x98\x80");
  sem_document_set_text (document, emoji->str, (gssize)emoji->len, NULL);
  fixture_settle (document);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), <=, SEM_MAX_UNITS);
  g_assert_cmpint (sem_document_get_stage (document), ==, SEM_STAGE_READY);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError **error = data;

  g_assert_false (sem_document_open_model_finish (SEM_DOCUMENT (source), result, error));
  g_assert_nonnull (*error);
}

static void
test_model_error_keeps_model (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  g_autoptr (GError) error = NULL;

  sem_document_open_model_async (document, "/nonexistent/model", NULL, open_cb, &error);
  g_assert_cmpint (sem_document_get_stage (document), ==, SEM_STAGE_LOADING);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sem_document_get_model (document) == fixture_get_model ());
  g_assert_cmpint (sem_document_get_stage (document), ==, SEM_STAGE_READY);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), ==, 14);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *opened = data;
  g_autoptr (GError) error = NULL;

  *opened = sem_document_open_model_finish (SEM_DOCUMENT (source), result, &error);
  g_assert_no_error (error);
}

static void
test_open_model (void)
{
  g_autoptr (SemDocument) document = sem_document_new ();
  gboolean opened = FALSE;

  g_assert_cmpint (sem_document_get_stage (document), ==, SEM_STAGE_EMPTY);
  sem_document_set_text (document, EXAMPLE, -1, NULL);
  sem_document_open_model_async (document, NULL, NULL, opened_cb, &opened);
  while (!opened)
    g_main_context_iteration (NULL, TRUE);
  fixture_settle (document);
  g_assert_cmpuint (sem_analysis_get_n (sem_document_get_analysis (document)), ==, 14);
  g_assert_true (sem_model_is_builtin (sem_document_get_model (document)));
}

static void
test_dispose_while_busy (void)
{
  SemDocument *document = fixture_new_document (EXAMPLE);

  sem_document_set_text (document, "Bread and cheese", -1, NULL);
  g_object_run_dispose (G_OBJECT (document));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (document);
}

/* The range by hand: the end that moves keeps its place, numbers that are none are refused, and the
 * same range twice announces nothing. */
static void
test_range_by_hand (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  const SemViewOptions *view = sem_document_get_view_options (document);
  guint64 revision = sem_document_get_revision (document, SEM_CHANGED_VIEW);

  g_assert_false (sem_document_set_range (document, -1.0, 1.0));
  g_assert_false (sem_document_set_range (document, NAN, 1.0));
  g_assert_false (sem_document_set_range (document, 0.0, INFINITY));
  g_assert_cmpuint (sem_document_get_revision (document, SEM_CHANGED_VIEW), ==, revision);
  g_assert_true (sem_document_set_range (document, -0.2, 0.4));
  g_assert_cmpuint (sem_document_get_revision (document, SEM_CHANGED_VIEW), ==, revision + 1);
  g_assert_true (sem_document_set_range (document, 0.5, 0.4));
  g_assert_cmpfloat (view->range_min, ==, 0.5);
  g_assert_cmpfloat (view->range_max, >, 0.5);
  g_assert_true (sem_document_set_range (document, 0.5, -3.0));
  g_assert_cmpfloat (view->range_max, ==, -3.0);
  g_assert_cmpfloat (view->range_min, <, -3.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/document/announce-once", test_announce_once);
  g_test_add_func ("/doc/document/same-value-no-notify", test_same_value_no_notify);
  g_test_add_func ("/doc/document/newest-wins", test_newest_wins);
  g_test_add_func ("/document/clustered-order", test_clustered_order);
  g_test_add_func ("/doc/document/nearby-words", test_nearby_words);
  g_test_add_func ("/doc/document/frozen-frame", test_frozen_frame);
  g_test_add_func ("/doc/document/focus", test_focus);
  g_test_add_func ("/doc/document/selection-follows-text", test_selection_follows_text);
  g_test_add_func ("/doc/document/bad-text", test_bad_text);
  g_test_add_func ("/doc/document/odd-texts", test_odd_texts);
  g_test_add_func ("/doc/document/model-error-keeps-model", test_model_error_keeps_model);
  g_test_add_func ("/doc/document/open-model", test_open_model);
  g_test_add_func ("/doc/document/range-by-hand", test_range_by_hand);
  g_test_add_func ("/doc/document/dispose-while-busy", test_dispose_while_busy);
  return g_test_run ();
}
