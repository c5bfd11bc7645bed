/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that sentences cut, in full: a sentence or paragraph is a unit too. */
#include "doc/describe.h"

/* Of one name; a paragraph may have pages. */
#define MAX_NAME 600

static void
append_name (GString *names, SemAnalysis *analysis, gsize unit)
{
  const char *label;

  if (unit >= sem_analysis_get_n (analysis))
    return;
  label = sem_units_get (sem_analysis_get_units (analysis), unit)->label;
  if (g_utf8_strlen (label, -1) <= SEM_SHORT_NAME)
    return;
  if (names->len > 0)
    g_string_append_c (names, '\n');
  if (g_utf8_strlen (label, -1) <= MAX_NAME)
    g_string_append (names, label);
  else
    {
      g_string_append_len (names, label, g_utf8_offset_to_pointer (label, MAX_NAME) - label);
      g_string_append (names, "…");
    }
}

char *
sem_describe_long_names (SemAnalysis *analysis, const SemItem *item)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (item->kind != SEM_ITEM_UNIT && item->kind != SEM_ITEM_PAIR)
    return NULL;
  append_name (names, analysis, item->unit);
  if (item->kind == SEM_ITEM_PAIR && item->other != item->unit)
    append_name (names, analysis, item->other);
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}
