/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity -m A -m B. */
#include "cli/similarity-compare.h"

#include "core/analysis/comparison-table.h"

#include <math.h>
#include <string.h>

#define N_LISTED 10

static const char *
format (double value, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", value);
}

static gsize
count_first (SemAnalysis *analysis, gsize first_text)
{
  return first_text > 0
             ? sem_units_count_in_paragraphs (sem_analysis_get_units (analysis), first_text)
             : 0;
}

/* The n_first units of one text as rows, those after them as columns; 0: all pairs. */
static void
append_matrix (GString *out,
               const char *title,
               SemAnalysis *analysis,
               const SemMatrix *matrix,
               gsize n_first)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n = sem_matrix_get_n_rows (matrix);
  g_string_append_printf (out, "%s\n", title);
  for (gsize i = 0; i < (n_first > 0 ? n_first : n); i++)
    {
      g_string_append_printf (out, "%4" G_GSIZE_FORMAT, i + 1);
      for (gsize j = n_first; j < n; j++)
        g_string_append_printf (out, " %5s", format (sem_matrix_get (matrix, i, j), number));
      g_string_append_printf (out, "  %s\n",
                              sem_units_get (sem_analysis_get_units (analysis), i)->label);
    }
}

static void
append_disagreements (GString *out, const SemComparison *comparison, gsize n_first)
{
  SemUnits *units = sem_analysis_get_units (sem_comparison_get_first (comparison));
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SemDisagreement));
  char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];
  SemAgreement agreement;
  sem_comparison_agree (comparison, n_first, &agreement, list);
  if (list->len > 0)
    g_string_append (out, "pairs that disagree most: A, B, B - A\n");
  for (guint i = 0; i < MIN (list->len, N_LISTED); i++)
    {
      const SemDisagreement *pair = &g_array_index (list, SemDisagreement, i);
      g_string_append_printf (out, "     %5s %5s %5s  %s - %s\n", format (pair->first, a),
                              format (pair->second, b), format (pair->difference, d),
                              sem_units_get (units, pair->a)->label,
                              sem_units_get (units, pair->b)->label);
    }
  if (agreement.n_pairs == 0)
    return;
  g_string_append_printf (out, "%" G_GSIZE_FORMAT " pair%s: mean difference %s, largest %s",
                          agreement.n_pairs, agreement.n_pairs == 1 ? "" : "s",
                          format (agreement.mean, a), format (agreement.largest, b));
  if (!isnan (agreement.correlation))
    g_string_append_printf (out, ", correlation %s", format (agreement.correlation, d));
  g_string_append_c (out, '\n');
}

static char *
dup_text (const SemComparison *comparison, gsize first_text)
{
  GString *out = g_string_new (NULL);
  const char *obstacle = sem_comparison_get_obstacle (comparison);
  SemAnalysis *sides[]
      = { sem_comparison_get_first (comparison), sem_comparison_get_second (comparison) };
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const gsize n_first = count_first (sides[i], first_text);
      g_autofree char *title = g_strdup_printf (
          "%s  %s", i == 0 ? "A" : "B", sem_model_get_name (sem_analysis_get_model (sides[i])));
      append_matrix (out, title, sides[i], sem_analysis_get_similarity (sides[i]), n_first);
      if (obstacle != NULL)
        sem_append_column_names (out, sides[i], n_first);
    }
  if (obstacle != NULL)
    g_string_append_printf (out, "%s\n", obstacle);
  else
    {
      const gsize n_first = count_first (sides[0], first_text);
      append_matrix (out, "B - A", sides[0], sem_comparison_get_difference (comparison), n_first);
      sem_append_column_names (out, sides[0], n_first);
      append_disagreements (out, comparison, n_first);
    }
  return g_string_free (out, FALSE);
}

int
sem_similarity_compare (const SemCommandOptions *options)
{
  g_autoptr (GError) error = NULL;
  gsize first_text;
  g_autoptr (SemComparison) comparison = sem_command_compare (options, FALSE, &first_text, &error);
  g_autofree char *result = NULL;
  if (comparison == NULL)
    return sem_command_fail (error);
  if (options->format == SEM_OUTPUT_JSON)
    result = sem_comparison_to_json (comparison, first_text);
  else if (options->format == SEM_OUTPUT_CSV)
    result = sem_comparison_to_csv (comparison, first_text, FALSE, &error);
  else
    result = dup_text (comparison, first_text);
  if (result == NULL)
    return sem_command_fail (error);
  return sem_command_finish (options, result, strlen (result));
}
