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

static void
append_matrix (GString *out, const char *title, SemAnalysis *analysis, const SemMatrix *matrix)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n = sem_matrix_get_n_rows (matrix);
  g_string_append_printf (out, "%s\n", title);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (out, "%4" G_GSIZE_FORMAT, i + 1);
      for (gsize j = 0; j < n; j++)
        g_string_append_printf (out, " %5s", format (sem_matrix_get (matrix, i, j), number));
      g_string_append_printf (out, "  %s\n",
                              sem_units_get (sem_analysis_get_units (analysis), i)->label);
    }
}

static void
append_disagreements (GString *out, const SemComparison *comparison)
{
  SemUnits *units = sem_analysis_get_units (sem_comparison_get_first (comparison));
  const SemAgreement *agreement = sem_comparison_get_agreement (comparison);
  char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);
  if (n > 0)
    g_string_append (out, "pairs that disagree most: A, B, B - A\n");
  for (gsize i = 0; i < MIN (n, N_LISTED); i++)
    g_string_append_printf (out, "     %5s %5s %5s  %s - %s\n", format (pairs[i].first, a),
                            format (pairs[i].second, b), format (pairs[i].difference, d),
                            sem_units_get (units, pairs[i].a)->label,
                            sem_units_get (units, pairs[i].b)->label);
  if (agreement->n_pairs == 0)
    return;
  g_string_append_printf (out, "%" G_GSIZE_FORMAT " pair%s: mean difference %s, largest %s",
                          agreement->n_pairs, agreement->n_pairs == 1 ? "" : "s",
                          format (agreement->mean, a), format (agreement->largest, b));
  if (!isnan (agreement->correlation))
    g_string_append_printf (out, ", correlation %s", format (agreement->correlation, d));
  g_string_append_c (out, '\n');
}

static char *
dup_text (const SemComparison *comparison)
{
  GString *out = g_string_new (NULL);
  const char *obstacle = sem_comparison_get_obstacle (comparison);
  SemAnalysis *sides[]
      = { sem_comparison_get_first (comparison), sem_comparison_get_second (comparison) };
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *title = g_strdup_printf (
          "%s  %s", i == 0 ? "A" : "B", sem_model_get_name (sem_analysis_get_model (sides[i])));
      append_matrix (out, title, sides[i], sem_analysis_get_similarity (sides[i]));
    }
  if (obstacle != NULL)
    g_string_append_printf (out, "%s\n", obstacle);
  else
    {
      append_matrix (out, "B - A", sides[0], sem_comparison_get_difference (comparison));
      append_disagreements (out, comparison);
    }
  return g_string_free (out, FALSE);
}

int
sem_similarity_compare (const SemCommandOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemComparison) comparison = sem_command_compare (options, FALSE, NULL, &error);
  g_autofree char *result = NULL;
  if (comparison == NULL)
    return sem_command_fail (error);
  if (options->format == SEM_OUTPUT_JSON)
    result = sem_comparison_to_json (comparison);
  else if (options->format == SEM_OUTPUT_CSV)
    result = sem_comparison_to_csv (comparison, &error);
  else
    result = dup_text (comparison);
  if (result == NULL)
    return sem_command_fail (error);
  return sem_command_finish (options, result, strlen (result));
}
