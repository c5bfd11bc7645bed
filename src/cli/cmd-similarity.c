/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity: the cosine matrix of the units of a text, or of one text against another; of two
 * models, in similarity-compare.c. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/similarity-compare.h"

#include "core/analysis/table.h"

#include <string.h>

void
sem_append_column_names (GString *out, SemAnalysis *analysis, gsize n_first)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  for (gsize j = n_first; n_first > 0 && j < sem_analysis_get_n (analysis); j++)
    g_string_append_printf (out, "column %" G_GSIZE_FORMAT ": %s\n", j - n_first + 1,
                            sem_units_get (units, j)->label);
}

/* Two decimals, rows labelled, columns numbered: from first_col on, as the rows are or as listed
 * below. */
static void
append_text (GString *out, SemAnalysis *analysis, gsize end_row, gsize first_col)
{
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  const SemPairStatistics *pairs = sem_analysis_get_pair_statistics (analysis);
  SemUnits *units = sem_analysis_get_units (analysis);
  gsize n = sem_analysis_get_n (analysis);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < end_row; i++)
    {
      g_string_append_printf (out, "%4" G_GSIZE_FORMAT, i + 1);
      for (gsize j = first_col; j < n; j++)
        g_string_append_printf (
            out, " %5s",
            g_ascii_formatd (number, sizeof number, "%.2f", sem_matrix_get (matrix, i, j)));
      g_string_append_printf (out, "  %s\n", sem_units_get (units, i)->label);
    }
  sem_append_column_names (out, analysis, first_col);
  if (pairs->n_pairs > 0 && first_col == 0)
    g_string_append_printf (out, "mean of %" G_GSIZE_FORMAT " pairs: %s\n", pairs->n_pairs,
                            g_ascii_formatd (number, sizeof number, "%.4f", pairs->mean));
}

static char *
make_table (SemAnalysis *analysis, gsize n_first, SemOutputFormat format)
{
  if (format == SEM_OUTPUT_JSON)
    return n_first > 0 ? sem_table_against_json (analysis, n_first)
                       : sem_table_similarity_json (analysis);
  return n_first > 0 ? sem_table_against_csv (analysis, n_first)
                     : sem_table_similarity_csv (analysis);
}

int
sem_cmd_similarity (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autofree char *against = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry extra[] = {
    { "against", 0, 0, G_OPTION_ARG_FILENAME, &against,
      "A second text: its units are the columns, those of TEXT the rows", "TEXT" },
    { NULL },
  };
  gsize first_text, n_first = 0;
  if (!sem_command_parse ("TEXT",
                          SEM_TAKES_MODELS | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_CSV
                              | SEM_TAKES_OUTPUT,
                          extra, argc, argv, &options))
    return SEM_EXIT_USAGE;
  if (!sem_command_check_arguments (&options, 1, G_MAXUINT) || !sem_command_check_models (&options))
    return SEM_EXIT_USAGE;
  options.against = g_steal_pointer (&against);
  if (sem_command_has_two (&options))
    return sem_similarity_compare (&options);
  g_autoptr (SemAnalysis) analysis = sem_command_analyze_two (&options, FALSE, &first_text, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  if (first_text > 0)
    n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis), first_text);
  if (options.format != SEM_OUTPUT_TEXT)
    {
      g_autofree char *table = make_table (analysis, n_first, options.format);
      return sem_command_finish (&options, table, strlen (table));
    }
  g_autoptr (GString) out = g_string_new (NULL);
  append_text (out, analysis, n_first > 0 ? n_first : sem_analysis_get_n (analysis), n_first);
  return sem_command_finish (&options, out->str, out->len);
}
