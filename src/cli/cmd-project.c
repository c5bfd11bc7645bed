/* SPDX-License-Identifier: GPL-3.0-or-later */
/* project: the coordinates of the units of a text, on principal components or on axes made of word
 * pairs; of two models, the second's turned onto the first's. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/sum-json.h"

#include "core/analysis/axes.h"
#include "core/analysis/comparison-table.h"
#include "core/analysis/data-file.h"
#include "core/analysis/kept.h"
#include "core/analysis/table.h"

#include <math.h>
#include <string.h>

static void
append_places (GString *out, SemAnalysis *analysis, const SemMatrix *coordinates)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < sem_analysis_get_n (analysis); i++)
    g_string_append_printf (
        out, "%10s %10s  %s\n",
        g_ascii_formatd (x, sizeof x, "%.6f", sem_matrix_get (coordinates, i, 0)),
        g_ascii_formatd (y, sizeof y, "%.6f", sem_matrix_get (coordinates, i, 1)),
        sem_units_get (sem_analysis_get_units (analysis), i)->label);
}

/* The end of the last line. */
static void
append_kept (GString *out, double kept)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  if (isfinite (kept))
    g_string_append_printf (out, "; neighbours kept: %s %%",
                            g_ascii_formatd (x, sizeof x, "%.0f", 100.0 * kept));
  g_string_append_c (out, '\n');
}

static void
append_text (GString *out, SemAnalysis *analysis)
{
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  SemPca *pca = sem_analysis_get_pca (analysis);
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
  append_places (out, analysis, coordinates);
  g_ascii_formatd (x, sizeof x, "%.1f", 100.0 * sem_pca_get_explained_variance_ratio (pca, 0));
  g_ascii_formatd (y, sizeof y, "%.1f", 100.0 * sem_pca_get_explained_variance_ratio (pca, 1));
  g_string_append_printf (out, "variance: PC1 %s %%, PC2 %s %%", x, y);
  double kept = sem_analysis_neighbors_kept (analysis, 0, 1, NULL, NULL);
  append_kept (out, kept);
}

static void
append_axes_text (GString *out,
                  SemAnalysis *analysis,
                  const SemAxes *axes,
                  const SemMatrix *coordinates)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  append_places (out, analysis, coordinates);
  g_string_append_printf (out, "axes: %s to %s, %s to %s; angle between them %s degrees",
                          axes->from[0], axes->to[0], axes->from[1], axes->to[1],
                          g_ascii_formatd (x, sizeof x, "%.1f", axes->angle_deg));
  double kept = sem_neighbors_kept (sem_analysis_get_similarity (analysis),
                                    sem_analysis_get_options (analysis)->metric, coordinates, 0, 1,
                                    NULL, NULL);
  append_kept (out, kept);
}

static int
project_on_axes (const SemCommandOptions *options, SemAnalysis *analysis, const char *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemAxes) axes = sem_axes_new (sem_analysis_get_model (analysis), description,
                                           sem_analysis_get_options (analysis)->pooling, &error);
  g_autoptr (SemMatrix) coordinates
      = axes != NULL ? sem_axes_project (axes, sem_analysis_get_vectors (analysis), &error) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *table = NULL;
  if (coordinates == NULL)
    return sem_command_fail (error);
  if (options->format == SEM_OUTPUT_JSON)
    table = sem_axes_dup_json (axes, analysis, coordinates);
  else if (options->format == SEM_OUTPUT_CSV)
    table = sem_axes_dup_csv (axes, analysis, coordinates);
  else
    append_axes_text (out, analysis, axes, coordinates);
  return table != NULL ? sem_command_finish (options, table, strlen (table))
                       : sem_command_finish (options, out->str, out->len);
}

/* --axes has the form a:b,c:d; which words there are is the model's matter. */
gboolean
sem_command_check_axes (const char *axes)
{
  char *words[4];
  g_autoptr (GError) error = NULL;
  if (axes != NULL && !sem_axes_parse (axes, words, &error))
    {
      sem_command_usage_error ("--axes=%s: %s", axes, error->message);
      return FALSE;
    }
  for (guint i = 0; axes != NULL && i < 4; i++)
    g_free (words[i]);
  return TRUE;
}

/* Of one model, with its name: "a":{...}. */
static void
append_side (GString *out, const char *key, SemAnalysis *analysis)
{
  g_autofree char *table = sem_table_coordinates_json (analysis);
  g_string_append_printf (out, "\"%s\":{\"model\":", key);
  sem_append_json_string (out, sem_model_get_name (sem_analysis_get_model (analysis)));
  g_string_append_c (out, ',');
  /* Behind its opening brace, without its line end. */
  g_string_append_len (out, table + 1, (gssize)strlen (table) - 2);
}

static char *
dup_two_json (SemComparison *comparison, const SemAlignment *alignment)
{
  GString *out = g_string_new ("{");
  append_side (out, "a", sem_comparison_get_first (comparison));
  g_string_append_c (out, ',');
  append_side (out, "b", sem_comparison_get_second (comparison));
  if (alignment == NULL)
    {
      g_string_append (out, ",\"aligned\":null,\"why\":");
      sem_append_json_string (out, sem_comparison_get_obstacle (comparison));
    }
  else
    {
      g_string_append (out, ",\"aligned\":[");
      for (gsize i = 0; i < sem_matrix_get_n_rows (alignment->coordinates); i++)
        {
          g_string_append (out, i > 0 ? "," : "");
          sem_append_numbers (out, sem_matrix_get_row (alignment->coordinates, i), 2);
        }
      g_string_append_c (out, ']');
      sem_append_alignment (out, alignment);
    }
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}

static char *
dup_two_text (SemComparison *comparison, const SemAlignment *alignment)
{
  GString *out = g_string_new (NULL);
  SemAnalysis *sides[]
      = { sem_comparison_get_first (comparison), sem_comparison_get_second (comparison) };
  char residual[G_ASCII_DTOSTR_BUF_SIZE], angle[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_string_append_printf (out, "%s  %s\n", i == 0 ? "A" : "B",
                              sem_model_get_name (sem_analysis_get_model (sides[i])));
      append_text (out, sides[i]);
    }
  if (alignment == NULL)
    {
      g_string_append_printf (out, "%s\n", sem_comparison_get_obstacle (comparison));
      return g_string_free (out, FALSE);
    }
  g_string_append (out, "B turned onto A\n");
  append_places (out, sides[0], alignment->coordinates);
  if (isfinite (alignment->residual))
    g_string_append_printf (
        out, "residual %s of 1; %sturned by %s degrees\n",
        g_ascii_formatd (residual, sizeof residual, "%.4f", alignment->residual),
        alignment->mirrored ? "mirrored and " : "",
        g_ascii_formatd (angle, sizeof angle, "%.1f", alignment->angle_deg));
  return g_string_free (out, FALSE);
}

static int
project_two (const SemCommandOptions *options)
{
  static const SemViewOptions view = SEM_VIEW_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemComparison) comparison = sem_command_compare (options, FALSE, NULL, &error);
  g_autoptr (SemAlignment) alignment
      = comparison != NULL ? sem_comparison_align (comparison, 0, 1, &error) : NULL;
  g_autofree char *text = NULL;
  if (comparison == NULL || error != NULL)
    return sem_command_fail (error);
  if (options->format == SEM_OUTPUT_CSV)
    {
      g_autoptr (GBytes) csv
          = sem_data_file_make_two (comparison, SEM_DATA_COORDINATES, SEM_DATA_CSV, &view, NULL);
      return sem_command_finish (options, g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
    }
  text = options->format == SEM_OUTPUT_JSON ? dup_two_json (comparison, alignment)
                                            : dup_two_text (comparison, alignment);
  return sem_command_finish (options, text, strlen (text));
}

int
sem_cmd_project (int argc, char **argv)
{
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean explain = FALSE;
  g_autofree char *axes = NULL;
  const GOptionEntry extra[] = {
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain,
      "With --format=json: the largest terms of each coordinate", NULL },
    { "axes", 0, 0, G_OPTION_ARG_FILENAME, &axes,
      "Axes from word pairs in place of principal components: man:woman,small:big", "A:B,C:D" },
    { NULL },
  };
  if (!sem_command_parse ("TEXT",
                          SEM_TAKES_MODELS | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_CSV
                              | SEM_TAKES_OUTPUT,
                          extra, argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, G_MAXUINT) || !sem_command_check_axes (axes)
      || !sem_command_check_models (&options))
    return SEM_EXIT_USAGE;
  if (explain && options.format != SEM_OUTPUT_JSON)
    return sem_command_usage_error ("--explain needs --format=json");
  if (explain && axes != NULL)
    return sem_command_usage_error ("--explain is of principal components, not of --axes");
  if (sem_command_has_two (&options) && (explain || axes != NULL))
    return sem_command_usage_error ("--%s is for one model; -m was given twice",
                                    explain ? "explain" : "axes");
  if (sem_command_has_two (&options))
    return project_two (&options);
  g_autoptr (SemAnalysis) analysis = sem_command_analyze (&options, FALSE, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  if (axes != NULL)
    return project_on_axes (&options, analysis, axes);
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
