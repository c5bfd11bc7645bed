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

/* Units in the first so many paragraphs; each model may cut others. */
static gsize
count_first (SemAnalysis *analysis, gsize first_text)
{
  return first_text > 0
             ? sem_units_count_in_paragraphs (sem_analysis_get_units (analysis), first_text)
             : 0;
}

/* Of one text against another: the first's rows, the other's columns. */
static void
append_matrix (GString *json, const SemMatrix *matrix, gsize n_first)
{
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  if (matrix == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '[');
  for (gsize i = 0; i < (n_first > 0 ? MIN (n_first, n) : n); i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, sem_matrix_get_row (matrix, i) + n_first, n - n_first);
    }
  g_string_append_c (json, ']');
}

static void
append_labels (GString *json, const char *key, SemAnalysis *analysis, gsize from, gsize end)
{
  g_string_append_printf (json, ",\"%s\":[", key);
  for (gsize i = from; i < end; i++)
    {
      if (i > from)
        g_string_append_c (json, ',');
      sem_append_json_string (json, get_label (analysis, i));
    }
  g_string_append_c (json, ']');
}

/* The mean of the block of one text against another. */
static double
compute_mean (const SemMatrix *matrix, gsize n_first)
{
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  double sum = 0.0;
  for (gsize i = 0; i < MIN (n_first, n); i++)
    for (gsize j = n_first; j < n; j++)
      sum += sem_matrix_get (matrix, i, j);
  return n > n_first ? sum / (double)(n_first * (n - n_first)) : NAN;
}

static void
append_side (GString *json, const char *key, SemAnalysis *analysis, gsize n_first)
{
  SemModel *model = sem_analysis_get_model (analysis);
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  const SemPairStatistics *pairs = sem_analysis_get_pair_statistics (analysis);
  gsize n = sem_analysis_get_n (analysis);
  g_string_append_printf (json, ",\"%s\":{\"model\":", key);
  sem_append_json_string (json, sem_model_get_name (model));
  g_string_append_printf (json, ",\"dim\":%" G_GSIZE_FORMAT, sem_model_get_dim (model));
  if (n_first > 0)
    {
      append_labels (json, "rows", analysis, 0, n_first);
      append_labels (json, "columns", analysis, n_first, n);
    }
  else
    {
      append_labels (json, "labels", analysis, 0, n);
      g_string_append_printf (json, ",\"n\":%" G_GSIZE_FORMAT, n);
    }
  g_string_append (json, ",\"matrix\":");
  append_matrix (json, matrix, n_first);
  g_string_append (json, n_first > 0 ? ",\"mean\":" : ",\"mean_off_diagonal\":");
  sem_append_number (json, n_first > 0          ? compute_mean (matrix, n_first)
                           : pairs->n_pairs > 0 ? pairs->mean
                                                : NAN);
  g_string_append_c (json, '}');
}

static void
append_disagreements (GString *json, const SemComparison *self, const GArray *disagreements)
{
  SemAnalysis *first = sem_comparison_get_first (self);
  const SemDisagreement *pairs = (const SemDisagreement *)(gconstpointer)disagreements->data;
  for (gsize i = 0; i < disagreements->len; i++)
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
sem_comparison_to_json (const SemComparison *self, gsize first_text)
{
  const gsize n_first = count_first (sem_comparison_get_first (self), first_text);
  SemAnalysis *first = sem_comparison_get_first (self);
  const SemAnalysisOptions *options = sem_analysis_get_options (first);
  const char *obstacle = sem_comparison_get_obstacle (self);
  GString *json = g_string_new (NULL);
  SemAgreement agreement = { 0 };
  g_autoptr (GArray) disagreements = g_array_new (FALSE, FALSE, sizeof (SemDisagreement));
  if (obstacle == NULL)
    sem_comparison_agree (self, n_first, &agreement, disagreements);
  g_string_append_printf (json, "{\"metric\":\"%s\",\"centered\":%s",
                          sem_metric_get_id (options->metric),
                          options->centered ? "true" : "false");
  append_side (json, "a", first, n_first);
  append_side (json, "b", sem_comparison_get_second (self),
               count_first (sem_comparison_get_second (self), first_text));
  g_string_append (json, ",\"difference\":");
  append_matrix (json, sem_comparison_get_difference (self), n_first);
  if (obstacle != NULL)
    {
      g_string_append (json, ",\"why\":");
      sem_append_json_string (json, obstacle);
    }
  g_string_append (json, ",\"mean_absolute_difference\":");
  sem_append_number (json, obstacle == NULL ? agreement.mean : NAN);
  g_string_append (json, ",\"largest_difference\":");
  sem_append_number (json, obstacle == NULL ? agreement.largest : NAN);
  g_string_append (json, ",\"correlation\":");
  sem_append_number (json, obstacle == NULL ? agreement.correlation : NAN);
  g_string_append (json, ",\"disagreements\":");
  if (obstacle == NULL)
    {
      g_string_append_c (json, '[');
      append_disagreements (json, self, disagreements);
      g_string_append_c (json, ']');
    }
  else
    g_string_append (json, "null");
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

static void
append_heading (GString *csv, SemAnalysis *analysis, const char *letter)
{
  g_string_append_c (csv, ',');
  sem_append_csv_field (
      csv, analysis != NULL ? sem_model_get_name (sem_analysis_get_model (analysis)) : letter);
}

char *
sem_comparison_to_csv (const SemComparison *self,
                       gsize first_text,
                       gboolean with_names,
                       GError **error)
{
  const gsize n_first = count_first (sem_comparison_get_first (self), first_text);
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
  GString *csv = g_string_new ("first,second");
  append_heading (csv, with_names ? first : NULL, "a");
  append_heading (csv, with_names ? sem_comparison_get_second (self) : NULL, "b");
  g_string_append (csv, ",difference\r\n");
  for (gsize i = 0; i < (n_first > 0 ? n_first : n); i++)
    for (gsize j = MAX (i + 1, n_first); j < n; j++)
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

void
sem_append_alignment (GString *json, const SemAlignment *alignment)
{
  g_string_append (json, ",\"residual\":");
  sem_append_number (json, alignment->residual);
  g_string_append (json, ",\"angle_deg\":");
  sem_append_number (json, alignment->angle_deg);
  g_string_append_printf (json, ",\"mirrored\":%s", alignment->mirrored ? "true" : "false");
}
