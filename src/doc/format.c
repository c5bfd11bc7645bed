/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and counts as people read them. */
#include "config.h"

#include "doc/describe.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

char *
sem_format_number (double value, int digits)
{
  char plain[64];
  double unit = pow (10.0, -digits);

  if (isnan (value))
    return g_strdup ("–");
  if (fabs (value) < unit / 2)
    value = 0.0; /* no "-0.00" */
  g_snprintf (plain, sizeof plain, "%.*f", digits, fabs (value));
  return g_strconcat (value < 0 ? "\u2212" : "", plain, NULL);
}

char *
sem_format_ordinal (gsize n)
{
  /* Translators: the way to write an ordinal number.  Leave "english" for 1st, 2nd, 3rd; else a
   * format with one %lu, such as
   * "%lu." */
  const char *style = C_ ("ordinal", "english");
  const char *suffix = "th";

  if (strcmp (style, "english") != 0 && strstr (style, "%lu") != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (style, "%lu", 2);

      return g_strdup_printf ("%s%lu%s", parts[0], (gulong)n, parts[1]);
    }
  if (n % 100 < 11 || n % 100 > 13)
    suffix = n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
  return g_strdup_printf ("%lu%s", (gulong)n, suffix);
}

char *
sem_describe_units (SemUnitKind kind, gsize n)
{
  gulong count = (gulong)n;

  switch (kind)
    {
    case SEM_UNIT_TOKEN:
      return g_strdup_printf (ngettext ("%lu token", "%lu tokens", count), count);
    case SEM_UNIT_CHARACTER:
      return g_strdup_printf (ngettext ("%lu character", "%lu characters", count), count);
    case SEM_UNIT_SENTENCE:
      return g_strdup_printf (ngettext ("%lu sentence", "%lu sentences", count), count);
    case SEM_UNIT_PARAGRAPH:
      return g_strdup_printf (ngettext ("%lu paragraph", "%lu paragraphs", count), count);
    case SEM_UNIT_WORD:
    default:
      return g_strdup_printf (ngettext ("%lu word", "%lu words", count), count);
    }
}

gsize
sem_count_text_tokens (SemAnalysis *analysis)
{
  gsize n_tokens, n = 0;
  const SemToken *tokens
      = sem_encoding_get_tokens (sem_analysis_get_encoding (analysis), &n_tokens);

  for (gsize i = 0; i < n_tokens; i++)
    n += !(tokens[i].flags & SEM_TOKEN_TEMPLATE);
  return n;
}

/* A character is what a reader sees as one (a grapheme); code points are what programs count. */
char *
sem_describe_counts (SemAnalysis *analysis)
{
  gsize length, n_tokens = sem_count_text_tokens (analysis);
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (analysis), &length);
  SemTextCounts counts;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  sem_text_count (text, length, &counts);
  g_ptr_array_add (parts, sem_describe_units (SEM_UNIT_TOKEN, n_tokens));
  g_ptr_array_add (parts, sem_describe_units (SEM_UNIT_WORD, counts.n_words));
  if (counts.n_words > 0)
    {
      g_autofree char *rate = sem_format_number ((double)n_tokens / (double)counts.n_words, 2);

      g_ptr_array_add (parts, g_strdup_printf (_ ("%s tokens per word"), rate));
    }
  g_ptr_array_add (parts, sem_describe_units (SEM_UNIT_SENTENCE, counts.n_sentences));
  g_ptr_array_add (parts, sem_describe_units (SEM_UNIT_PARAGRAPH, counts.n_paragraphs));
  g_ptr_array_add (parts, sem_describe_units (SEM_UNIT_CHARACTER, counts.n_graphemes));
  g_ptr_array_add (parts, g_strdup_printf (ngettext ("%lu code point", "%lu code points",
                                                     (gulong)counts.n_code_points),
                                           (gulong)counts.n_code_points));
  g_ptr_array_add (parts,
                   g_strdup_printf (ngettext ("%lu byte", "%lu bytes", (gulong)counts.n_bytes),
                                    (gulong)counts.n_bytes));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}
