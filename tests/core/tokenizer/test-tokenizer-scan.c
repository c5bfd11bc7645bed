/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hand-written scanners against the expressions they stand for, run by PCRE2: on random texts
 * from alphabets that are chosen to hurt, and on every border between classes of characters. */
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/scan.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

#define N_RANDOM 3000

/* Characters of every class that some expression tells apart, and what its alternatives begin with.
 */
static const char *const alphabets[] = {
  "aB'sStTdDlLrReEvV 1\n",
  " \t\n\r\v\302\240\342\200\203a.",
  "aA\307\205\312\260\346\227\245\314\201 '",
  "1\302\275\331\243\342\205\243 a,\n/",
  "'\305\277sSlL\342\204\252kK\303\237 a1",
  "/.\n\r -\360\237\230\200\342\200\215a1",
  "A\346\227\245\314\201",
  "1234567890\302\275a ",
  "\341\274\200\341\276\210\330\247\331\213\340\244\225\340\245\215 \n.",
};

static guint64 random_state = 0x5e3b1a7ce;

static guint
next_random (guint bound)
{
  guint64 z = (random_state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint)((z ^ (z >> 31)) % bound);
}

static char *
make_random_text (void)
{
  const char *alphabet = alphabets[next_random (G_N_ELEMENTS (alphabets))];
  guint n = (guint)g_utf8_strlen (alphabet, -1), length = 1 + next_random (40);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    {
      const char *at = g_utf8_offset_to_pointer (alphabet, next_random (n));

      for (guint k = next_random (8) == 0 ? 1 + next_random (5) : 1; k > 0; k--)
        g_string_append_len (text, at, g_utf8_next_char (at) - at);
    }
  return g_string_free (text, FALSE);
}

/* The ends of the pieces, matches and what lies between them alike. */
static GArray *
cut_by_pattern (const SemPattern *pattern, const char *text, gsize length)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (SemMatch));
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GError) error = NULL;

  sem_pattern_find_all (pattern, text, length, matches, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < matches->len; i++)
    {
      const SemMatch *m = &g_array_index (matches, SemMatch, i);

      if (m->end > m->start)
        g_array_append_val (ends, m->end);
    }
  return ends;
}

static void
append_scanned (SemScanNext scan, const char *text, gsize base, gsize length, GArray *ends)
{
  for (gsize at = 0; at < length;)
    {
      gsize end = scan (text + base, length, at), absolute = base + end;

      g_assert_cmpuint (end, >, at);
      g_assert_cmpuint (end, <=, length);
      g_array_append_val (ends, absolute);
      at = end;
    }
}

static gboolean
equal_ends (const GArray *a, const GArray *b)
{
  return a->len == b->len
         && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gsize)) == 0);
}

static gboolean
agree (const SemPattern *pattern, SemScanNext scan, const char *text, gsize length)
{
  g_autoptr (GArray) want = cut_by_pattern (pattern, text, length);
  g_autoptr (GArray) got = g_array_new (FALSE, FALSE, sizeof (gsize));

  append_scanned (scan, text, 0, length, got);
  return equal_ends (want, got);
}

static guint
count_disagreements (const char *regex, SemScanNext scan, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemPattern) pattern = sem_pattern_new_regex (regex, strlen (regex), &error);
  guint wrong = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = make_random_text ();

      if (!agree (pattern, scan, text, strlen (text)) && wrong++ < 3)
        {
          g_autofree char *shown = g_strescape (text, NULL);

          g_test_message ("%.40s: %s", regex, shown);
        }
    }
  return wrong;
}

static void
test_random (void)
{
  const char *regex;

  for (gsize i = 0; (regex = sem_scan_get_regex (i)) != NULL; i++)
    {
      SemScanNext scan = sem_scan_find (regex);

      g_assert_nonnull (scan);
      g_assert_cmpuint (count_disagreements (regex, scan, N_RANDOM), ==, 0);
    }
}

/* Where the flags of neighbouring code points differ, both of them between letters, digits, blanks
 * and signs. */
static GString *
make_border_text (void)
{
  GString *text = g_string_new (NULL);
  guint32 before = 0;

  for (guint32 cp = 1; cp < 0x30000; cp++)
    {
      guint32 flags = sem_uni_flags (cp);
      char at[6] = { 0 };

      if (cp < 0xd800 || cp > 0xdfff)
        {
          sem_utf8_put (cp, at);
          if (flags != before)
            g_string_append_printf (text, "a%sB'%s %s1%s.%s\n%s\t%s%sb A%sA", at, at, at, at, at,
                                    at, at, at, at);
          before = flags;
        }
    }
  return text;
}

static void
test_borders (void)
{
  GString *text = make_border_text ();
  const char *regex;

  g_assert_cmpuint (text->len, >, 50000);
  for (gsize i = 0; (regex = sem_scan_get_regex (i)) != NULL; i++)
    {
      g_autoptr (SemPattern) pattern = sem_pattern_new_regex (regex, strlen (regex), NULL);

      g_assert_true (agree (pattern, sem_scan_find (regex), text->str, text->len));
    }
  g_string_free (text, TRUE);
}

/* An expression with another's scanner is found out. */
static void
test_comparator (void)
{
  guint n = 0;

  while (sem_scan_get_regex (n) != NULL)
    n++;
  g_assert_cmpuint (n, >=, 5);
  for (guint i = 2; i < n; i++)
    g_assert_cmpuint (count_disagreements (sem_scan_get_regex (i),
                                           sem_scan_find (sem_scan_get_regex ((i + 1) % n)), 400),
                      >, 0);
}

/* Digits and the byte-level expression in one pass, against one after the other. */
static void
test_digits (void)
{
  json_t *node = json_pack ("{s:s,s:b}", "type", "Digits", "individual_digits", 1);
  g_autoptr (SemPretokenizer) digits = sem_pretokenizer_new_from_json (node, "digits", NULL);
  SemNormText norm = { 0 }, scratch = { 0 };
  GArray *splits = g_array_new (FALSE, FALSE, sizeof (SemSplit)),
         *spare = g_array_new (FALSE, FALSE, sizeof (SemSplit));

  json_decref (node);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *text = make_random_text ();
      g_autoptr (GArray) want = g_array_new (FALSE, FALSE, sizeof (gsize)),
                         got = g_array_new (FALSE, FALSE, sizeof (gsize));
      SemSplit whole = { 0, strlen (text) };

      sem_norm_text_set_original (&norm, text, whole.end, 0);
      g_array_set_size (splits, 0);
      g_array_append_val (splits, whole);
      g_assert_true (sem_pretokenizer_apply (digits, &norm, &scratch, &splits, &spare, NULL));
      for (guint k = 0; k < splits->len; k++)
        {
          const SemSplit *s = &g_array_index (splits, SemSplit, k);

          append_scanned (sem_scan_gpt2, text, s->start, s->end - s->start, want);
        }
      append_scanned (sem_scan_gpt2_digits, text, 0, whole.end, got);
      if (!equal_ends (want, got))
        g_error ("'%s' is cut differently", text);
    }
  g_array_unref (splits);
  g_array_unref (spare);
  sem_norm_text_clear (&norm);
  sem_norm_text_clear (&scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/scan/random", test_random);
  g_test_add_func ("/tokenizer/scan/borders", test_borders);
  g_test_add_func ("/tokenizer/scan/comparator", test_comparator);
  g_test_add_func ("/tokenizer/scan/digits", test_digits);
  return g_test_run ();
}
