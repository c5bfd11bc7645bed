/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity: the cosine matrix of the units of a text. */
#include "cli/command.h"
#include "cli/commands.h"

#include "core/analysis/table.h"

#include <string.h>

/* Two decimals, rows labelled, columns numbered as the rows are. */
static void
append_text (GString *out, SemAnalysis *analysis)
{
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  const SemPairStatistics *pairs = sem_analysis_get_pair_statistics (analysis);
  gsize n = sem_analysis_get_n (analysis);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (out, "%4" G_GSIZE_FORMAT, i + 1);
      for (gsize j = 0; j < n; j++)
        g_string_append_printf (
            out, " %5s",
            g_ascii_formatd (number, sizeof number, "%.2f", sem_matrix_get (matrix, i, j)));
      g_string_append_printf (out, "  %s\n",
                              sem_units_get (sem_analysis_get_units (analysis), i)->label);
    }
  if (pairs->n_pairs > 0)
    g_string_append_printf (out, "mean of %" G_GSIZE_FORMAT " pairs: %s\n", pairs->n_pairs,
                            g_ascii_formatd (number, sizeof number, "%.4f", pairs->mean));
}

int
sem_cmd_similarity (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  if (!sem_command_parse ("TEXT",
                          SEM_TAKES_MODEL | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_CSV
                              | SEM_TAKES_OUTPUT,
                          NULL, argc, argv, &options))
    return SEM_EXIT_USAGE;
  if (!sem_command_check_arguments (&options, 1, G_MAXUINT))
    return SEM_EXIT_USAGE;
  g_autoptr (SemAnalysis) analysis = sem_command_analyze (&options, FALSE, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  if (options.format != SEM_OUTPUT_TEXT)
    {
      g_autofree char *table = options.format == SEM_OUTPUT_JSON
                                   ? sem_table_similarity_json (analysis)
                                   : sem_table_similarity_csv (analysis);
      return sem_command_finish (&options, table, strlen (table));
    }
  g_autoptr (GString) out = g_string_new (NULL);
  append_text (out, analysis);
  return sem_command_finish (&options, out->str, out->len);
}
