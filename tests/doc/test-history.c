/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: one list of text, options and Refit; grouping; the map's basis comes back too. */
#include "doc/document-history.h"
#include "fixture.h"

#include <string.h>

#define TEXT "The sun is a star and the moon is not"

static SemDocument *
new_document (void)
{
  SemDocument *document = fixture_new_document (TEXT);

  sem_document_begin_history (document);
  return document;
}

static void
set_text (SemDocument *document, const char *text)
{
  g_assert_true (sem_document_set_text (document, text, -1, NULL));
}

/* One character after the other, as a text view gives them. */
static void
type (SemDocument *document, const char *characters)
{
  for (const char *p = characters; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *text = g_strdup_printf ("%s%.*s", sem_document_get_text (document, NULL),
                                               (int)(g_utf8_next_char (p) - p), p);

      set_text (document, text);
    }
}

static void
assert_text (SemDocument *document, const char *text)
{
  gsize length;

  g_assert_cmpstr (sem_document_get_text (document, &length), ==, text);
  g_assert_cmpuint (length, ==, strlen (text));
}

static void
assert_undo (SemDocument *document, const char *what)
{
  SemHistoryStep step;

  g_assert_true (sem_document_can_undo (document));
  g_assert_true (sem_document_undo (document, &step));
  g_assert_cmpstr (step.what, ==, what);
}

static void
assert_redo (SemDocument *document, const char *what)
{
  SemHistoryStep step;

  g_assert_true (sem_document_redo (document, &step));
  g_assert_cmpstr (step.what, ==, what);
}

static void
test_nothing (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (TEXT);
  SemHistoryStep step;

  set_text (document, "sun"); /* before the history begins */
  g_assert_false (sem_document_undo (document, &step));
  sem_document_begin_history (document);
  g_assert_false (sem_document_can_undo (document));
  g_assert_false (sem_document_can_redo (document));
  set_text (document, "sun"); /* not another text */
  g_object_set (document, "unit", SEM_UNIT_WORD, "drag-tool", SEM_DRAG_LASSO, NULL);
  g_assert_false (sem_document_can_undo (document));
}

static void
test_one_order (void)
{
  g_autoptr (SemDocument) document = new_document ();
  const SemAnalysisOptions *options = sem_document_get_options (document);
  const SemViewOptions *view = sem_document_get_view_options (document);

  type (document, " here");
  g_object_set (document, "unit", SEM_UNIT_TOKEN, NULL);
  g_object_set (document, "color-map", "viridis", NULL);
  type (document, " too");
  g_object_set (document, "centered", TRUE, NULL);

  assert_undo (document, "centered");
  g_assert_false (options->centered);
  assert_text (document, TEXT " here too");
  assert_undo (document, "text");
  assert_text (document, TEXT " here");
  g_assert_cmpstr (view->color_map, ==, "viridis");
  assert_undo (document, "color-map");
  g_assert_null (view->color_map);
  assert_redo (document, "color-map");
  assert_undo (document, "color-map");
  assert_undo (document, "unit");
  g_assert_cmpint (options->unit, ==, SEM_UNIT_WORD);
  assert_undo (document, "text");
  assert_text (document, TEXT);
  g_assert_false (sem_document_can_undo (document));

  assert_redo (document, "text");
  assert_redo (document, "unit");
  assert_redo (document, "color-map");
  assert_redo (document, "text");
  assert_redo (document, "centered");
  g_assert_false (sem_document_can_redo (document));
  assert_text (document, TEXT " here too");
  g_assert_cmpint (options->unit, ==, SEM_UNIT_TOKEN);
  g_assert_true (options->centered);
  fixture_settle (document);
  g_assert_cmpint (sem_analysis_get_options (sem_document_get_analysis (document))->unit, ==,
                   SEM_UNIT_TOKEN);
}

static void
test_typing (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("x");
  SemHistoryStep step;

  sem_document_begin_history (document);
  set_text (document, "");
  type (document, "über alle Berge");
  set_text (document, "über alle Berg");
  set_text (document, "über alle Ber");
  assert_undo (document, "text"); /* what was erased */
  assert_text (document, "über alle Berge");
  assert_undo (document, "text"); /* word by word */
  assert_text (document, "über alle ");
  assert_undo (document, "text");
  assert_text (document, "über ");
  type (document, "u"); /* begins anew, also behind an undone step */
  g_assert_false (sem_document_can_redo (document));
  assert_undo (document, "text");
  assert_text (document, "über ");
  g_assert_true (sem_document_undo (document, &step));
  assert_text (document, "");
  g_assert_cmpuint (step.offset, ==, 0);
  g_assert_true (sem_document_redo (document, &step));
  g_assert_cmpuint (step.offset, ==, strlen ("über "));
}

/* A whole text in place of another, in the middle of characters of several bytes. */
static void
test_replaced (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("日本語");

  sem_document_begin_history (document);
  set_text (document, "日木語");
  set_text (document, "");
  set_text (document, "Ärger Öl");
  set_text (document, "Ärger Äl"); /* typed over a selected letter, and on */
  set_text (document, "Ärger Äal");
  assert_undo (document, "text");
  assert_text (document, "Ärger Öl");
  assert_undo (document, "text");
  assert_undo (document, "text");
  assert_text (document, "日木語");
  assert_undo (document, "text");
  assert_text (document, "日本語");
}

static void
test_runs (void)
{
  g_autoptr (SemDocument) document = new_document ();
  const SemViewOptions *view = sem_document_get_view_options (document);

  for (int i = 1; i <= 5; i++)
    sem_document_set_range (document, 0.1 * i, 1.0);
  sem_document_seal_history (document);
  sem_document_set_range (document, 0.7, 1.0);
  g_assert_cmpfloat (view->range_min, ==, 0.7);
  assert_undo (document, SEM_STEP_RANGE);
  g_assert_cmpfloat (view->range_min, ==, 0.5);
  assert_undo (document, SEM_STEP_RANGE);
  g_assert_cmpfloat (view->range_min, ==, -1.0);
  g_assert_false (sem_document_can_undo (document));
}

/* Where one looks, and what is selected, is neither a step nor lost by one. */
static void
test_look_stays (void)
{
  g_autoptr (SemDocument) document = new_document ();
  const SemViewOptions *view = sem_document_get_view_options (document);
  const SemViewport near = { 0.25, 0.25, 3.0 };
  const gsize unit = 1;
  SemFocus focus;

  g_object_set (document, "dim-function-words", TRUE, NULL);
  sem_document_set_map_view (document, &near);
  sem_document_set_map_turn (document, 20.0, 5.0);
  sem_document_set_selection (document, &unit, 1);
  assert_undo (document, "dim-function-words");
  g_assert_cmpfloat (view->map_view.zoom, ==, 3.0);
  g_assert_cmpfloat (view->map_yaw, ==, 20.0);
  sem_document_get_focus (document, &focus);
  g_assert_cmpuint (focus.n_selected, ==, 1);
  g_assert_false (sem_document_can_undo (document));
}

static void
test_notifies_what_changes (void)
{
  g_autoptr (SemDocument) document = new_document ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_object_set (document, "range", SEM_RANGE_UNIT, NULL);
  g_object_set (document, "axes", "2x3", NULL);
  g_signal_connect_swapped (document, "notify::range", G_CALLBACK (g_ptr_array_add), names);
  assert_undo (document, "axes");
  g_assert_cmpuint (names->len, ==, 0);
  assert_undo (document, "range");
  g_assert_cmpuint (names->len, ==, 1);
}

static double
first_coordinate (SemDocument *document)
{
  return sem_matrix_get (sem_analysis_get_coordinates (sem_document_get_analysis (document)), 1, 0);
}

/* The frozen basis that Refit, another unit and a fresh text give up is there again. */
static void
test_frame (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("sun moon star planet earth");
  double before, refitted;

  sem_document_begin_history (document);
  set_text (document, "sun moon star planet earth king queen");
  fixture_settle (document);
  g_assert_true (sem_analysis_is_frozen (sem_document_get_analysis (document)));
  before = first_coordinate (document);

  sem_document_refit (document);
  fixture_settle (document);
  refitted = first_coordinate (document);
  g_assert_cmpfloat (refitted, !=, before);
  assert_undo (document, SEM_STEP_REFIT);
  fixture_settle (document);
  g_assert_cmpfloat_with_epsilon (first_coordinate (document), before, 1e-12);
  assert_redo (document, SEM_STEP_REFIT);
  fixture_settle (document);
  g_assert_cmpfloat_with_epsilon (first_coordinate (document), refitted, 1e-12);
  assert_undo (document, SEM_STEP_REFIT);

  g_object_set (document, "unit", SEM_UNIT_CHARACTER, NULL);
  fixture_settle (document);
  assert_undo (document, "unit");
  fixture_settle (document);
  g_assert_cmpfloat_with_epsilon (first_coordinate (document), before, 1e-12);

  set_text (document, "Something else altogether");
  fixture_settle (document);
  assert_undo (document, "text");
  fixture_settle (document);
  g_assert_cmpfloat_with_epsilon (first_coordinate (document), before, 1e-12);
}

/* The unit to order by is the one it was, though the units in between were others. */
static void
test_order_unit (void)
{
  g_autoptr (SemDocument) document = new_document ();
  const SemViewOptions *view = sem_document_get_view_options (document);
  const gsize moon = fixture_find (document, "moon");

  sem_document_order_by (document, moon);
  g_object_set (document, "unit", SEM_UNIT_CHARACTER, NULL);
  fixture_settle (document);
  g_assert_cmpuint (view->order_unit, !=, moon);
  assert_undo (document, "unit");
  fixture_settle (document);
  g_assert_cmpuint (view->order_unit, ==, moon);
  assert_undo (document, "order");
  g_assert_cmpint (view->order, ==, SEM_ORDER_TYPED);
}

/* Bounds: the oldest go first. */
static void
test_bounds (void)
{
  g_autoptr (SemDocument) document = sem_document_new (); /* there is nothing to compute */
  g_autofree char *large = g_strnfill (70u << 20, 'a');
  SemHistoryStep step;
  guint n = 0;

  sem_document_begin_history (document);
  for (int i = 0; i < 300; i++)
    g_object_set (document, "dim-function-words", i % 2 == 0, NULL);
  while (sem_document_undo (document, &step))
    n++;
  g_assert_cmpuint (n, ==, 200);
  set_text (document, large);
  g_assert_false (sem_document_can_undo (document)); /* too large to keep */
  g_assert_false (sem_document_can_redo (document));
  set_text (document, "small"); /* and so is the way back */
  g_assert_false (sem_document_can_undo (document));
  set_text (document, "other");
  assert_undo (document, "text");
  assert_text (document, "small");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/history/nothing", test_nothing);
  g_test_add_func ("/doc/history/one-order", test_one_order);
  g_test_add_func ("/doc/history/typing", test_typing);
  g_test_add_func ("/doc/history/replaced", test_replaced);
  g_test_add_func ("/doc/history/runs", test_runs);
  g_test_add_func ("/doc/history/look-stays", test_look_stays);
  g_test_add_func ("/doc/history/notifies-what-changes", test_notifies_what_changes);
  g_test_add_func ("/doc/history/frame", test_frame);
  g_test_add_func ("/doc/history/order-unit", test_order_unit);
  g_test_add_func ("/doc/history/bounds", test_bounds);
  return g_test_run ();
}
