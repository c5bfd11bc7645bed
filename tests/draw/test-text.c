/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring, shortening and wrapping text: widths that hold, graphemes that stay whole, numbers
 * that are the same everywhere. */
#include "draw/text.h"

#include <locale.h>
#include <math.h>
#include <string.h>

typedef struct
{
  SemTextContext *text;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->text = sem_text_context_new (NULL, 1.0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sem_text_context_unref (fixture->text);
}

static double
measure (SemTextContext *text, const char *words)
{
  SemTextSize size;

  sem_text_measure (text, SEM_FONT_BODY, 0.0, words, &size);
  return size.width;
}

static void
test_measure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemTextContext) large = sem_text_context_new (NULL, 2.0);
  SemTextSize a, b;

  g_assert_cmpfloat (measure (fixture->text, ""), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (measure (fixture->text, "aaaa"),
                                  4.0 * measure (fixture->text, "a"), 0.01);
  /* No hinting: twice the size is twice as wide. */
  g_assert_cmpfloat_with_epsilon (measure (large, "Earth"), 2.0 * measure (fixture->text, "Earth"),
                                  0.02);
  sem_text_measure (fixture->text, SEM_FONT_BODY, 20.0, "Earth", &a);
  sem_text_measure (large, SEM_FONT_BODY, 20.0, "Earth", &b);
  g_assert_cmpfloat (a.width, ==, b.width); /* a size that was asked for is not scaled */
  g_assert_cmpfloat (a.ascent, >, 10.0);
  g_assert_cmpfloat (a.height, >, a.ascent);
  /* Line ends and invalid bytes are part of the one line. */
  sem_text_measure (fixture->text, SEM_FONT_BODY, 20.0, "a\nb\r\nc", &b);
  g_assert_cmpfloat (b.height, <, 2.0 * a.height);
  g_assert_cmpfloat (measure (fixture->text, "\xff\xfe"), >, 0.0);
}

/* More texts than are kept: the cache forgets, the answers stay. */
static void
test_cache (Fixture *fixture, gconstpointer data)
{
  double first = measure (fixture->text, "word 7");

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *words = g_strdup_printf ("word %d", i);

      g_assert_cmpfloat (measure (fixture->text, words), >, 0.0);
    }
  g_assert_cmpfloat (measure (fixture->text, "word 7"), ==, first);
}

static void
check_elided (SemTextContext *text, const char *words, double width)
{
  g_autofree char *shown = sem_text_dup_elided (text, SEM_FONT_BODY, 0.0, words, width);
  gsize length = strlen (shown), kept;

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_cmpfloat (measure (text, shown), <=, width + 0.01);
  if (measure (text, words) <= width)
    {
      g_assert_cmpstr (shown, ==, words);
      return;
    }
  if (length == 0)
    {
      g_assert_cmpfloat (measure (text, "…"), >, width);
      return;
    }
  g_assert_true (g_str_has_suffix (shown, "…"));
  kept = length - strlen ("…");
  g_assert_true (strncmp (words, shown, kept) == 0);
  /* Between graphemes: no combining mark, joiner or regional half begins what was left out. */
  while (words[kept] == ' ')
    kept++;
  g_assert_false (g_unichar_ismark (g_utf8_get_char (words + kept)));
  g_assert_cmpuint (g_utf8_get_char (words + kept), !=, 0x200d);
}

static void
test_elide (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = {
    "Earth",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301",
    "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧"
    "‍"
    "👦",
    "你好世界你好世界你好世界",
    "مرحبا بالعالم هذا نص طويل",
    "שלום abc עולם 123",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (double width = 0.0; width < 330.0; width += 7.3)
      check_elided (fixture->text, words[i], width);
}

/* A text far longer than any picture is wide takes no time worth speaking of. */
static void
test_elide_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *shown = NULL;

  while (words->len < 2000000)
    g_string_append (words, "supercalifragilistic");
  shown = sem_text_dup_elided (fixture->text, SEM_FONT_BODY, 0.0, words->str, 120.0);
  g_assert_cmpfloat (measure (fixture->text, shown), <=, 120.0);
  g_assert_cmpuint (strlen (shown), >, 10);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_wrap (Fixture *fixture, gconstpointer data)
{
  const char *words = "The sun is a star, and the moon orbits us.\nBread.";
  gboolean complete;
  g_autoptr (GArray) all
      = sem_text_wrap (fixture->text, SEM_FONT_BODY, 0.0, words, 120.0, 20, &complete);
  g_autoptr (GArray) two = NULL;
  gsize at = 0;

  g_assert_true (complete);
  g_assert_cmpuint (all->len, >=, 4);
  for (gsize i = 0; i < all->len; i++)
    {
      const SemTextLine *line = &g_array_index (all, SemTextLine, i);
      g_autofree char *part = g_strchomp (g_strndup (words + line->start, line->length));

      g_assert_cmpuint (line->start, >=, at);
      g_assert_cmpfloat (measure (fixture->text, part), <=, 120.01);
      at = line->start + line->length;
    }
  g_assert_cmpuint (at, ==, strlen (words));
  two = sem_text_wrap (fixture->text, SEM_FONT_BODY, 0.0, words, 120.0, 2, &complete);
  g_assert_false (complete);
  g_assert_cmpuint (two->len, ==, 2);
  /* The last line has the rest of its paragraph, for the caller to shorten. */
  at = g_array_index (two, SemTextLine, 1).start + g_array_index (two, SemTextLine, 1).length;
  g_assert_cmpint (words[at], ==, '\n');
}

static void
test_locate (Fixture *fixture, gconstpointer data)
{
  const char *words = "Earth is a planet";
  g_autoptr (GArray) found = sem_text_locate (fixture->text, SEM_FONT_BODY, 0.0, words, 11, 17);
  g_autoptr (GArray) rtl = sem_text_locate (fixture->text, SEM_FONT_BODY, 0.0, "שלום עולם", 0, 8);
  const double *range = (const double *)(void *)found->data;

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (range[0], measure (fixture->text, "Earth is a "), 0.05);
  g_assert_cmpfloat_with_epsilon (range[1], measure (fixture->text, words), 0.05);
  /* The first word of a line that runs from right to left is at its right. */
  g_assert_cmpuint (rtl->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (((const double *)(void *)rtl->data)[1],
                                  measure (fixture->text, "שלום עולם"), 0.05);
  g_assert_true (sem_text_is_rtl (fixture->text, SEM_FONT_BODY, 0.0, "שלום abc"));
  g_assert_false (sem_text_is_rtl (fixture->text, SEM_FONT_BODY, 0.0, "abc שלום"));
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    double value;
    int decimals;
    const char *text;
  } cases[] = {
    { 0.714, 2, "0.71" },   { -0.714, 2, "−0.71" }, { -0.001, 2, "0.00" },
    { 0.0, 0, "0" },        { 45.4, 0, "45" },      { -1234.5678, 4, "−1234.5678" },
    { 1e300, 2, "1e+300" }, { NAN, 2, "?" },        { -INFINITY, 2, "?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sem_text_dup_number (cases[i].value, cases[i].decimals);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("/draw/text/measure", test_measure);
  ADD ("/draw/text/cache", test_cache);
  ADD ("/draw/text/elide", test_elide);
  ADD ("/draw/text/elide-long", test_elide_long);
  ADD ("/draw/text/wrap", test_wrap);
  ADD ("/draw/text/locate", test_locate);
  ADD ("/draw/text/numbers", test_numbers);
  return g_test_run ();
}
