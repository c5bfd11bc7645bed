/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of an analysis as CSV and JSON. */
#include "core/analysis/table.h"

#include <math.h>
#include <string.h>

void
sem_append_number (GString *string, double value)
{
  static const char *const FORMATS[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite (value))
    {
      g_string_append (string, "null");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, FORMATS[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (string, buffer);
}

/* Bytes that may stand in a JSON string as they are.  U+0085, U+2028 and U+2029 may too, but many
 * readers take them for the end of a line, and the command line writes one object a line: they are
 * escaped. */
static gsize
count_plain (const char *p, const char *end)
{
  const char *from = p;
  for (; p < end; p++)
    {
      guchar c = (guchar)*p;
      if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f
          || (c == 0xc2 && end - p > 1 && (guchar)p[1] == 0x85)
          || (c == 0xe2 && end - p > 2 && (guchar)p[1] == 0x80 && ((guchar)p[2] & 0xfe) == 0xa8))
        break;
    }
  return (gsize)(p - from);
}

void
sem_append_json_string_len (GString *string, const char *text, gssize length)
{
  const char *p = text, *end = text + (length < 0 ? (gssize)strlen (text) : length);
  g_string_append_c (string, '"');
  while (p < end)
    {
      gsize plain = count_plain (p, end);
      g_string_append_len (string, p, (gssize)plain);
      p += plain;
      if (p == end)
        break;
      gunichar c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      if (c == '"' || c == '\\')
        g_string_append_printf (string, "\\%c", (int)c);
      else if (c == '\n')
        g_string_append (string, "\\n");
      else
        g_string_append_printf (string, "\\u%04x", c);
    }
  g_string_append_c (string, '"');
}

void
sem_append_json_string (GString *string, const char *text)
{
  sem_append_json_string_len (string, text, -1);
}

void
sem_append_csv_field (GString *string, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (string, text);
      return;
    }
  g_string_append_c (string, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (string, '"');
      g_string_append_c (string, *p);
    }
  g_string_append_c (string, '"');
}

void
sem_append_numbers (GString *string, const double *values, gsize n)
{
  g_string_append_c (string, '[');
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (string, ',');
      sem_append_number (string, values[i]);
    }
  g_string_append_c (string, ']');
}

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

/* "key":[labels of the units first .. end - 1] */
static void
append_labels_of (GString *string, const char *key, SemAnalysis *analysis, gsize first, gsize end)
{
  g_string_append_printf (string, "\"%s\":[", key);
  for (gsize i = first; i < end; i++)
    {
      if (i > first)
        g_string_append_c (string, ',');
      sem_append_json_string (string, get_label (analysis, i));
    }
  g_string_append_c (string, ']');
}

static void
append_labels (GString *string, SemAnalysis *analysis)
{
  g_string_append_c (string, '{');
  append_labels_of (string, "labels", analysis, 0, sem_analysis_get_n (analysis));
}

const char *
sem_metric_get_id (SemMetric metric)
{
  switch (metric)
    {
    case SEM_METRIC_DOT:
      return "dot";
    case SEM_METRIC_EUCLIDEAN:
      return "euclidean";
    case SEM_METRIC_COSINE:
    default:
      return "cosine";
    }
}

char *
sem_table_similarity_json (SemAnalysis *analysis)
{
  const SemAnalysisOptions *options = sem_analysis_get_options (analysis);
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  const SemPairStatistics *pairs = sem_analysis_get_pair_statistics (analysis);
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  GString *json = g_string_new (NULL);
  append_labels (json, analysis);
  g_string_append_printf (
      json,
      ",\"n\":%" G_GSIZE_FORMAT ",\"dim\":%" G_GSIZE_FORMAT
      ",\"metric\":\"%s\",\"centered\":%s,\"matrix\":[",
      sem_analysis_get_n (analysis), sem_model_get_dim (sem_analysis_get_model (analysis)),
      sem_metric_get_id (options->metric), options->centered ? "true" : "false");
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, sem_matrix_get_row (matrix, i), n);
    }
  g_string_append (json, "],\"mean_off_diagonal\":");
  sem_append_number (json, pairs->n_pairs > 0 ? pairs->mean : NAN);
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

/* Units 0 .. end_row - 1 against first_col .. n - 1. */
static char *
make_similarity_csv (SemAnalysis *analysis, gsize end_row, gsize first_col)
{
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  GString *csv = g_string_new (NULL);
  for (gsize j = first_col; j < n; j++)
    {
      g_string_append_c (csv, ',');
      sem_append_csv_field (csv, get_label (analysis, j));
    }
  g_string_append (csv, "\r\n");
  for (gsize i = 0; i < MIN (end_row, n); i++)
    {
      sem_append_csv_field (csv, get_label (analysis, i));
      for (gsize j = first_col; j < n; j++)
        {
          g_string_append_c (csv, ',');
          sem_append_number (csv, sem_matrix_get (matrix, i, j));
        }
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}

char *
sem_table_similarity_csv (SemAnalysis *analysis)
{
  return make_similarity_csv (analysis, sem_analysis_get_n (analysis), 0);
}

/* --- one text against another --- */

char *
sem_table_against_json (SemAnalysis *analysis, gsize n_first)
{
  const SemAnalysisOptions *options = sem_analysis_get_options (analysis);
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  gsize n = matrix != NULL ? sem_matrix_get_n_rows (matrix) : 0;
  GString *json = g_string_new ("{");
  double sum = 0.0;
  append_labels_of (json, "rows", analysis, 0, n_first);
  g_string_append_c (json, ',');
  append_labels_of (json, "columns", analysis, n_first, n);
  g_string_append_printf (
      json, ",\"dim\":%" G_GSIZE_FORMAT ",\"metric\":\"%s\",\"centered\":%s,\"matrix\":[",
      sem_model_get_dim (sem_analysis_get_model (analysis)), sem_metric_get_id (options->metric),
      options->centered ? "true" : "false");
  for (gsize i = 0; i < n_first; i++)
    {
      const double *row = sem_matrix_get_row (matrix, i);
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, row + n_first, n - n_first);
      for (gsize j = n_first; j < n; j++)
        sum += row[j];
    }
  g_string_append (json, "],\"mean\":");
  sem_append_number (json, sum / (double)(n_first * (n - n_first)));
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

char *
sem_table_against_csv (SemAnalysis *analysis, gsize n_first)
{
  return make_similarity_csv (analysis, n_first, n_first);
}

char *
sem_table_coordinates_json (SemAnalysis *analysis)
{
  SemPca *pca = sem_analysis_get_pca (analysis);
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  gsize n = coordinates != NULL ? sem_matrix_get_n_rows (coordinates) : 0;
  gsize dim = pca != NULL ? sem_pca_get_dim (pca) : 0, k = pca != NULL ? 2 : 0;
  GString *json = g_string_new (NULL);
  double ratios[2] = { 0.0, 0.0 };
  for (gsize i = 0; i < k; i++)
    ratios[i] = sem_pca_get_explained_variance_ratio (pca, i);
  append_labels (json, analysis);
  g_string_append (json, ",\"method\":\"pca\",\"explained_variance_ratio\":");
  sem_append_numbers (json, ratios, k);
  g_string_append (json, ",\"mean\":");
  sem_append_numbers (json, pca != NULL ? sem_pca_get_mean (pca) : NULL, dim);
  g_string_append (json, ",\"components\":[");
  for (gsize i = 0; i < k; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, sem_pca_get_component (pca, i), dim);
    }
  g_string_append (json, "],\"coordinates\":[");
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sem_append_numbers (json, sem_matrix_get_row (coordinates, i), 2);
    }
  g_string_append (json, "],\"neighbors_kept\":");
  sem_append_number (json, sem_analysis_neighbors_kept (analysis, 0, 1, NULL, NULL));
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

char *
sem_table_coordinates_csv (SemAnalysis *analysis)
{
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  gsize n = coordinates != NULL ? sem_matrix_get_n_rows (coordinates) : 0;
  GString *csv = g_string_new ("label,x,y\r\n");
  for (gsize i = 0; i < n; i++)
    {
      sem_append_csv_field (csv, get_label (analysis, i));
      for (gsize j = 0; j < 2; j++)
        {
          g_string_append_c (csv, ',');
          sem_append_number (csv, sem_matrix_get (coordinates, i, j));
        }
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
