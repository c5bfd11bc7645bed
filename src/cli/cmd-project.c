/* SPDX-License-Identifier: GPL-3.0-or-later */
/* project: the PCA coordinates of the units of a text. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/sum-json.h"

#include "core/analysis/table.h"

#include <math.h>
#include <string.h>

static void
append_text (GString *out, SemAnalysis *analysis)
{
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  SemPca *pca = sem_analysis_get_pca (analysis);
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < sem_analysis_get_n (analysis); i++)
    g_string_append_printf (
        out, "%10s %10s  %s\n",
        g_ascii_formatd (x, sizeof x, "%.6f", sem_matrix_get (coordinates, i, 0)),
        g_ascii_formatd (y, sizeof y, "%.6f", sem_matrix_get (coordinates, i, 1)),
        sem_units_get (sem_analysis_get_units (analysis), i)->label);
  g_ascii_formatd (x, sizeof x, "%.1f", 100.0 * sem_pca_get_explained_variance_ratio (pca, 0));
  g_ascii_formatd (y, sizeof y, "%.1f", 100.0 * sem_pca_get_explained_variance_ratio (pca, 1));
  g_string_append_printf (out, "variance: PC1 %s %%, PC2 %s %%", x, y);
  double kept = sem_analysis_neighbors_kept (analysis, 0, 1, NULL, NULL);
  if (isfinite (kept))
    g_string_append_printf (out, "; neighbours kept: %s %%",
                            g_ascii_formatd (x, sizeof x, "%.0f", 100.0 * kept));
  g_string_append_c (out, '\n');
}

int
sem_cmd_project (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean explain = FALSE;
  const GOptionEntry extra[] = {
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
      "With --format=json: the largest terms of each coordinate", NULL },
    { NULL },
  };
  if (!sem_command_parse ("TEXT",
                          SEM_TAKES_MODEL | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_CSV
                              | SEM_TAKES_OUTPUT,
                          extra, argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, G_MAXUINT))
    return SEM_EXIT_USAGE;
  if (explain && options.format != SEM_OUTPUT_JSON)
    return sem_command_usage_error ("--explain needs --format=json");
  g_autoptr (SemAnalysis) analysis = sem_command_analyze (&options, FALSE, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  if (options.format != SEM_OUTPUT_TEXT)
    {
      g_autofree char *table = options.format == SEM_OUTPUT_JSON
                                   ? sem_table_coordinates_json (analysis)
                                   : sem_table_coordinates_csv (analysis);
      g_autoptr (GString) explained = NULL;
      if (!explain)
        return sem_command_finish (&options, table, strlen (table));
      /* Into the object, before its closing brace and line end. */
      explained = g_string_new_len (table, (gssize)strlen (table) - 2);
      sem_append_coordinate_sums (explained, analysis);
      g_string_append (explained, "}\n");
      return sem_command_finish (&options, explained->str, explained->len);
    }
  g_autoptr (GString) out = g_string_new (NULL);
  append_text (out, analysis);
  return sem_command_finish (&options, out->str, out->len);
}
