/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates on axes made of word pairs, as CSV and JSON. */
#include "core/analysis/axes.h"
#include "core/analysis/kept.h"
#include "core/analysis/table.h"

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

char *
sem_axes_dup_json (const SemAxes *self, SemAnalysis *analysis, const SemMatrix *coordinates)
{
  gsize n = sem_matrix_get_n_rows (coordinates);
  GString *json = g_string_new ("{\"labels\":[");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      sem_append_json_string (json, get_label (analysis, i));
    }
  g_string_append (json, "],\"method\":\"axes\",\"axes\":[");
  for (guint axis = 0; axis < 2; axis++)
    {
      g_string_append (json, axis > 0 ? ",{\"from\":" : "{\"from\":");
      sem_append_json_string (json, self->from[axis]);
      g_string_append (json, ",\"to\":");
      sem_append_json_string (json, self->to[axis]);
      g_string_append (json, ",\"length\":");
      sem_append_number (json, self->length[axis]);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "],\"angle_deg\":");
  sem_append_number (json, self->angle_deg);
  g_string_append (json, ",\"coordinates\":[");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      sem_append_numbers (json, sem_matrix_get_row (coordinates, i), 2);
    }
  g_string_append (json, "],\"neighbors_kept\":");
  sem_append_number (json, sem_neighbors_kept (sem_analysis_get_similarity (analysis),
                                               sem_analysis_get_options (analysis)->metric,
                                               coordinates, 0, 1, NULL, NULL));
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

char *
sem_axes_dup_csv (const SemAxes *self, SemAnalysis *analysis, const SemMatrix *coordinates)
{
  GString *csv = g_string_new ("label");
  for (guint axis = 0; axis < 2; axis++)
    {
      g_autofree char *title = g_strdup_printf ("%s to %s", self->from[axis], self->to[axis]);
      g_string_append_c (csv, ',');
      sem_append_csv_field (csv, title);
    }
  g_string_append (csv, "\r\n");
  for (gsize i = 0; i < sem_matrix_get_n_rows (coordinates); i++)
    {
      sem_append_csv_field (csv, get_label (analysis, i));
      for (gsize axis = 0; axis < 2; axis++)
        {
          g_string_append_c (csv, ',');
          sem_append_number (csv, sem_matrix_get (coordinates, i, axis));
        }
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
