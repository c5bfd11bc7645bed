/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences say what the numbers are; the opened sum adds up. */
#include "doc/describe.h"
#include "doc/sum.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

#define EXAMPLE "Earth is a planet of the solar system."

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    int digits;
    const char *text;
  } cases[] = {
    { 0.534, 2, "0.53" }, { -0.001, 2, "0.00" }, { -1.5, 1, "\u22121.5" },
    { 58.4, 0, "58" },    { NAN, 2, "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sem_format_number (cases[i].value, cases[i].digits);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_ordinals (void)
{
  static const struct
  {
    gsize n;
    const char *text;
  } cases[] = { { 1, "1st" },   { 2, "2nd" },   { 3, "3rd" },     { 4, "4th" },    { 11, "11th" },
                { 12, "12th" }, { 21, "21st" }, { 113, "113th" }, { 122, "122nd" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sem_format_ordinal (cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_pair (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  const gsize units[] = { fixture_find (document, "Earth"), fixture_find (document, "planet") };
  SemAnalysis *analysis = sem_document_get_analysis (document);
  double cosine = sem_matrix_get (sem_analysis_get_similarity (analysis), units[0], units[1]);
  g_autofree char *value = sem_format_number (cosine, 2);
  g_autoptr (SemDescription) description = NULL;
  g_autofree char *sentence = NULL;

  sem_document_set_selection (document, units, 2);
  description = sem_description_new (document);
  sentence = sem_description_dup_sentence (description);
  g_assert_cmpstr (description->subject, ==, "Earth – planet");
  g_assert_cmpstr (description->value, ==, value);
  g_assert_true (description->has_sum);
  g_assert_nonnull (strstr (sentence, "of 28 pairs"));
  g_assert_nonnull (strstr (sentence, "angle"));
}

static void
test_unit_and_token (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemItem item = { SEM_ITEM_TOKEN, 0, G_MAXSIZE, 1, G_MAXSIZE };
  g_autoptr (SemDescription) token = sem_description_new_for_item (analysis, &item);
  SemDescription *unit;

  g_assert_cmpstr (token->subject, ==, "earth");
  g_assert_nonnull (strstr (token->details, "bytes 0–5"));
  g_assert_nonnull (strstr (token->details, "U+0045"));
  item.kind = SEM_ITEM_UNIT;
  unit = sem_description_new_for_item (analysis, &item);
  g_assert_cmpstr (unit->subject, ==, "Earth");
  g_assert_nonnull (strstr (unit->details, "nearest: "));
  sem_description_free (unit);
  /* An item of another analysis is no reason to crash. */
  item.unit = 100000;
  unit = sem_description_new_for_item (analysis, &item);
  g_assert_cmpstr (unit->subject, ==, "8 words");
  sem_description_free (unit);
}

static void
test_counts (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("One tree. Two trees.\n\nNaïve!");
  g_autofree char *counts = sem_describe_counts (sem_document_get_analysis (document));

  g_assert_cmpstr (counts, ==,
                   "8 tokens · 5 words · 1.60 tokens per word · 3 sentences · 2 paragraphs · "
                   "28 characters · 28 code points · 29 bytes");
}

/* Adds the parts up again; the check must be able to fail, so a wrong part is tried too. */
static double
add_up (const SemSum *sum)
{
  double total = sum->rest;

  for (gsize i = 0; i < sum->n_top; i++)
    total += sum->top[i].product;
  return total;
}

static void
check_sum (SemDocument *document)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  SemSum sum;

  g_assert_true (sem_sum_compute (analysis, NULL, 0, 3, 10, &sum));
  g_assert_cmpuint (sum.n_top, ==, 10);
  g_assert_cmpfloat_with_epsilon (add_up (&sum), sum.cosine.dot, 1e-12);
  g_assert_cmpfloat_with_epsilon (sum.cosine.dot / (sum.cosine.norm_a * sum.cosine.norm_b),
                                  sum.cosine.cosine, 1e-12);
  g_assert_cmpfloat_with_epsilon (
      sum.cosine.cosine, sem_matrix_get (sem_analysis_get_similarity (analysis), 0, 3), 1e-9);
  sum.top[0].product += 0.01;
  g_assert_cmpfloat (fabs (add_up (&sum) - sum.cosine.dot), >, 0.005);
  g_assert_false (sem_sum_compute (analysis, NULL, 0, 100000, 10, &sum));
}

static void
test_sum (void)
{
  g_autoptr (SemDocument) document = fixture_new_document (EXAMPLE);

  check_sum (document);
  g_object_set (document, "centered", TRUE, NULL);
  fixture_settle (document);
  check_sum (document);
}

static void
test_nothing (void)
{
  g_autoptr (SemDocument) document = sem_document_new ();
  g_autoptr (SemDescription) description = sem_description_new (document);
  g_autofree char *content = sem_describe_content (document);

  g_assert_cmpstr (description->subject, ==, "No model");
  g_assert_cmpstr (content, ==, "no picture yet");
}

/* What a sentence cuts is said in full: of one unit, of both of a pair, and never of a short one.
 */
static void
test_long_names (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("Bread and cheese.\n\n" EXAMPLE
                                                           " All planets revolve around the sun.");
  SemItem item = { SEM_ITEM_UNIT, 1, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE };
  g_autofree char *one = NULL, *both = NULL;

  g_object_set (document, "unit", SEM_UNIT_SENTENCE, NULL);
  fixture_settle (document);
  one = sem_describe_long_names (sem_document_get_analysis (document), &item);
  g_assert_cmpstr (one, ==, EXAMPLE);
  item = (SemItem){ SEM_ITEM_PAIR, 1, 2, G_MAXSIZE, G_MAXSIZE };
  both = sem_describe_long_names (sem_document_get_analysis (document), &item);
  g_assert_cmpstr (both, ==, EXAMPLE "\nAll planets revolve around the sun.");
  item = (SemItem){ SEM_ITEM_UNIT, 0, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE };
  g_assert_null (sem_describe_long_names (sem_document_get_analysis (document), &item));
  item.unit = 99;
  g_assert_null (sem_describe_long_names (sem_document_get_analysis (document), &item));
}

/* One text against another: a pair's rank is among those of the two texts. */
static void
test_rank_shown (void)
{
  g_autoptr (SemDocument) document = fixture_new_document ("sun moon\n\nstar planet king");
  const gsize pair[] = { fixture_find (document, "moon"), fixture_find (document, "star") };
  const gsize within[] = { fixture_find (document, "sun"), fixture_find (document, "moon") };
  g_autoptr (SemDescription) all = NULL;
  g_autoptr (SemDescription) shown = NULL;
  g_autoptr (SemDescription) other = NULL;

  sem_document_set_selection (document, pair, 2);
  all = sem_description_new (document);
  g_assert_nonnull (strstr (all->details, " of 10 pairs"));
  g_object_set (document, "shape", SEM_SHAPE_AGAINST, NULL);
  shown = sem_description_new (document);
  g_assert_nonnull (strstr (shown->details, " of 6 pairs"));
  sem_document_set_selection (document, within, 2); /* no cell of the heatmap */
  other = sem_description_new (document);
  g_assert_nonnull (strstr (other->details, " of 10 pairs"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/describe/numbers", test_numbers);
  g_test_add_func ("/doc/describe/ordinals", test_ordinals);
  g_test_add_func ("/doc/describe/pair", test_pair);
  g_test_add_func ("/doc/describe/unit-and-token", test_unit_and_token);
  g_test_add_func ("/doc/describe/counts", test_counts);
  g_test_add_func ("/doc/describe/sum", test_sum);
  g_test_add_func ("/doc/describe/nothing", test_nothing);
  g_test_add_func ("/doc/describe/long-names", test_long_names);
  g_test_add_func ("/doc/describe/rank-shown", test_rank_shown);
  return g_test_run ();
}
