/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlap of two texts, freshness, and what a unit becomes when the text changes. */
#include "doc/selection.h"
#include "fixture.h"

#include <string.h>

static void
test_overlap (void)
{
  static const struct
  {
    const char *a, *b;
    gsize prefix, suffix;
  } cases[] = {
    { "", "", 0, 0 },
    { "abc", "abc", 3, 0 },
    { "abc", "abXc", 2, 1 },
    { "aaa", "aaaa", 3, 0 },              /* never counted twice */
    { "x\xC3\xA4y", "x\xC3\xB6y", 1, 1 }, /* half a character is not common */
    { "abc", "xyz", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SemTextOverlap overlap;

      sem_text_overlap (cases[i].a, strlen (cases[i].a), cases[i].b, strlen (cases[i].b), &overlap);
      g_assert_cmpuint (overlap.prefix, ==, cases[i].prefix);
      g_assert_cmpuint (overlap.suffix, ==, cases[i].suffix);
    }
}

static gboolean
is_fresh (const char *a, const char *b)
{
  return sem_text_is_fresh (a, strlen (a), b, strlen (b));
}

static void
test_fresh (void)
{
  g_assert_true (is_fresh ("", "Earth"));
  g_assert_true (is_fresh ("Earth is a planet.", "Bread and cheese"));
  g_assert_false (is_fresh ("Earth is a planet.", "Earth is a planet. The sun"));
  g_assert_false (is_fresh ("Earth is a planet.", "Earth is planet."));
  g_assert_true (is_fresh ("Earth is a planet.", ""));
}

/* The label that the unit called `label` of `before` has after the change, or NULL. */
static const char *
follow (const char *before, const char *after, const char *label)
{
  g_autoptr (SemDocument) old = fixture_new_document (before);
  g_autoptr (SemDocument) new = fixture_new_document (after);
  SemAnalysis *to = sem_document_get_analysis (new);
  SemTextOverlap overlap;
  gsize unit;

  sem_selection_overlap (sem_document_get_analysis (old), to, &overlap);
  unit = sem_selection_map_unit (sem_document_get_analysis (old), to, &overlap,
                                 fixture_find (old, label));
  return unit == SEM_NO_ITEM
             ? NULL
             : g_intern_string (sem_units_get (sem_analysis_get_units (to), unit)->label);
}

static void
test_map_unit (void)
{
  g_assert_cmpstr (follow ("Earth is a planet", "Our Earth is a planet", "planet"), ==, "planet");
  g_assert_cmpstr (follow ("Earth is a planet", "Earth is a planet of the sun", "Earth"), ==,
                   "Earth");
  g_assert_cmpstr (follow ("Earth is a planet", "Earth is a", "planet"), ==, NULL);
  g_assert_cmpstr (follow ("Earth is a planet", "Earth is a planets", "planet"), ==, NULL);
  g_assert_cmpstr (follow ("the sun and the moon", "the sun, the moon", "moon"), ==, "moon");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/selection/overlap", test_overlap);
  g_test_add_func ("/doc/selection/fresh", test_fresh);
  g_test_add_func ("/doc/selection/map-unit", test_map_unit);
  return g_test_run ();
}
