/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors for the clipboard. */
#include "core/analysis/vector-text.h"

#include "core/analysis/table.h"

#include <string.h>

/* The units meant, in the order chosen or as typed. */
static gsize *
list_units (SemAnalysis *analysis, const SemFocus *focus, gsize *n_units)
{
  gsize n = sem_analysis_has_vectors (analysis) ? sem_analysis_get_n (analysis) : 0;
  gsize n_wanted = focus->n_selected > 0 ? focus->n_selected : n;
  gsize *units = g_new (gsize, MAX (n_wanted, 1));

  *n_units = 0;
  for (gsize i = 0; i < n_wanted; i++)
    {
      gsize unit = focus->n_selected > 0 ? focus->selected[i] : i;

      if (unit < n)
        units[(*n_units)++] = unit;
    }
  return units;
}

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

static void
append_numbers (GString *out, SemAnalysis *analysis, gsize unit, const char *separator)
{
  const SemMatrix *vectors = sem_analysis_get_vectors (analysis);
  const double *row = sem_matrix_get_row (vectors, unit);

  for (gsize j = 0; j < sem_matrix_get_n_cols (vectors); j++)
    {
      if (j > 0)
        g_string_append (out, separator);
      sem_append_number (out, row[j]);
    }
}

char *
sem_vectors_to_text (SemAnalysis *analysis, const SemFocus *focus)
{
  gsize n;
  g_autofree gsize *units = list_units (analysis, focus, &n);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      /* A sentence may have a tab or a line end in it. */
      g_autofree char *label
          = g_strdelimit (g_strdup (get_label (analysis, units[i])), "\t\r\n", ' ');

      g_string_append_printf (out, "%s\t", label);
      append_numbers (out, analysis, units[i], "\t");
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

char *
sem_vectors_to_python (SemAnalysis *analysis, const SemFocus *focus)
{
  gsize n;
  g_autofree gsize *units = list_units (analysis, focus, &n);
  GString *out = g_string_new ("[");

  for (gsize i = 0; i < n; i++)
    {
      if (n > 1)
        {
          g_string_append (out, i > 0 ? ",\n (" : "(");
          /* JSON's escapes are Python's too. */
          sem_append_json_string (out, get_label (analysis, units[i]));
          g_string_append (out, ", [");
        }
      append_numbers (out, analysis, units[i], ", ");
      g_string_append (out, n > 1 ? "])" : "");
    }
  g_string_append (out, "]\n");
  return g_string_free (out, FALSE);
}
