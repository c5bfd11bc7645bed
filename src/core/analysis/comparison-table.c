/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a comparison as JSON and CSV. */
#include "core/analysis/comparison-table.h"

#include "core/analysis/table.h"
#include "core/error.h"

#include <math.h>

const char *
sem_comparison_get_obstacle (const SemComparison *self)
{
  switch (sem_comparison_get_comparability (self))
    {
    case SEM_INCOMPARABLE_UNITS:
      return "each model cuts its own tokens: there is no difference of their similarities";
    case SEM_INCOMPARABLE_VECTORS:
      return "one of the two models has no vectors: there is no difference of their similarities";
    case SEM_COMPARABLE:
    default:
      return NULL;
    }
}

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

static void
append_matrix (GString *json, const SemMatrix *matrix)
{
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  if (matrix == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '[');
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, sem_matrix_get_row (matrix, i), n);
    }
  g_string_append_c (json, ']');
}

static void
append_side (GString *json, const char *key, SemAnalysis *analysis)
{
  SemModel *model = sem_analysis_get_model (analysis);
  const SemPairStatistics *pairs = sem_analysis_get_pair_statistics (analysis);
  gsize n = sem_analysis_get_n (analysis);
  g_string_append_printf (json, ",\"%s\":{\"model\":", key);
  sem_append_json_string (json, sem_model_get_name (model));
  g_string_append_printf (json, ",\"dim\":%" G_GSIZE_FORMAT ",\"labels\":[",
                          sem_model_get_dim (model));
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_json_string (json, get_label (analysis, i));
    }
  g_string_append_printf (json, "],\"n\":%" G_GSIZE_FORMAT ",\"matrix\":", n);
  append_matrix (json, sem_analysis_get_similarity (analysis));
  g_string_append (json, ",\"mean_off_diagonal\":");
  sem_append_number (json, pairs->n_pairs > 0 ? pairs->mean : NAN);
  g_string_append_c (json, '}');
}

static void
append_disagreements (GString *json, const SemComparison *self)
{
  SemAnalysis *first = sem_comparison_get_first (self);
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (self, &n);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (json, "%s{\"i\":%u,\"j\":%u,\"labels\":[", i > 0 ? "," : "",
                              pairs[i].a, pairs[i].b);
      sem_append_json_string (json, get_label (first, pairs[i].a));
      g_string_append_c (json, ',');
      sem_append_json_string (json, get_label (first, pairs[i].b));
      g_string_append (json, "],\"a\":");
      sem_append_number (json, pairs[i].first);
      g_string_append (json, ",\"b\":");
      sem_append_number (json, pairs[i].second);
      g_string_append (json, ",\"difference\":");
      sem_append_number (json, pairs[i].difference);
      g_string_append_c (json, '}');
    }
}

char *
sem_comparison_to_json (const SemComparison *self)
{
  SemAnalysis *first = sem_comparison_get_first (self);
  const SemAnalysisOptions *options = sem_analysis_get_options (first);
  const SemAgreement *agreement = sem_comparison_get_agreement (self);
  const char *obstacle = sem_comparison_get_obstacle (self);
  GString *json = g_string_new (NULL);
  g_string_append_printf (json, "{\"metric\":\"%s\",\"centered\":%s",
                          sem_metric_get_id (options->metric),
                          options->centered ? "true" : "false");
  append_side (json, "a", first);
  append_side (json, "b", sem_comparison_get_second (self));
  g_string_append (json, ",\"difference\":");
  append_matrix (json, sem_comparison_get_difference (self));
  if (obstacle != NULL)
    {
      g_string_append (json, ",\"why\":");
      sem_append_json_string (json, obstacle);
    }
  g_string_append (json, ",\"mean_absolute_difference\":");
  sem_append_number (json, obstacle == NULL ? agreement->mean : NAN);
  g_string_append (json, ",\"largest_difference\":");
  sem_append_number (json, obstacle == NULL ? agreement->largest : NAN);
  g_string_append (json, ",\"correlation\":");
  sem_append_number (json, obstacle == NULL ? agreement->correlation : NAN);
  g_string_append (json, ",\"disagreements\":");
  if (obstacle == NULL)
    {
      g_string_append_c (json, '[');
      append_disagreements (json, self);
      g_string_append_c (json, ']');
    }
  else
    g_string_append (json, "null");
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

char *
sem_comparison_to_csv (const SemComparison *self, GError **error)
{
  SemAnalysis *first = sem_comparison_get_first (self);
  const SemMatrix *a = sem_analysis_get_similarity (first);
  const SemMatrix *b = sem_analysis_get_similarity (sem_comparison_get_second (self));
  const SemMatrix *difference = sem_comparison_get_difference (self);
  gsize n = sem_analysis_get_n (first);
  if (difference == NULL)
    {
      g_set_error_literal (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                           sem_comparison_get_obstacle (self));
      return NULL;
    }
  GString *csv = g_string_new ("first,second,a,b,difference\r\n");
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 1; j < n; j++)
      {
        const SemMatrix *values[] = { a, b, difference };
        sem_append_csv_field (csv, get_label (first, i));
        g_string_append_c (csv, ',');
        sem_append_csv_field (csv, get_label (first, j));
        for (gsize k = 0; k < G_N_ELEMENTS (values); k++)
          {
            g_string_append_c (csv, ',');
            sem_append_number (csv, sem_matrix_get (values[k], i, j));
          }
        g_string_append (csv, "\r\n");
      }
  return g_string_free (csv, FALSE);
}
