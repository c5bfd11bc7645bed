/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture's numbers as one table - names of rows and columns, and values - in several formats. */
#include "core/analysis/data-file.h"

#include "core/analysis/axes.h"
#include "core/analysis/npy-write.h"
#include "core/analysis/table.h"

#include <math.h>
#include <string.h>

static const char *const format_ids[SEM_N_DATA_FORMATS] = { "csv", "json", "tex", "npy" };

const char *
sem_data_format_get_id (SemDataFormat format)
{
  g_return_val_if_fail ((guint)format < SEM_N_DATA_FORMATS, NULL);
  return format_ids[format];
}

gboolean
sem_data_format_from_id (const char *id, SemDataFormat *format)
{
  if (strcmp (id, "latex") == 0)
    id = "tex";
  for (int i = 0; i < SEM_N_DATA_FORMATS; i++)
    if (strcmp (id, format_ids[i]) == 0)
      {
        *format = (SemDataFormat)i;
        return TRUE;
      }
  return FALSE;
}

/* --- the table
 * ------------------------------------------------------------------------------------ */

typedef struct
{
  SemDataKind kind;
  GPtrArray *row_names; /* of char *, owned */
  GPtrArray *col_names;
  double *values; /* n_rows x n_cols */
  guint decimals; /* for people: how many are worth printing */
} Table;

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->row_names, g_ptr_array_unref);
  g_clear_pointer (&self->col_names, g_ptr_array_unref);
  g_free (self->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
add_unit_names (SemAnalysis *analysis, const gsize *units, gsize n, GPtrArray *names)
{
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (names,
                     g_strdup (sem_units_get (sem_analysis_get_units (analysis), units[i])->label));
}

/* Units of the first text when one text is shown against another, else 0. */
static gsize
count_first (SemAnalysis *analysis, const SemViewOptions *view)
{
  gsize n = sem_analysis_get_n (analysis), n_first;

  if (view->shape != SEM_SHAPE_AGAINST)
    return 0;
  n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis),
                                           MAX (view->first_text, 1));
  return n_first < n ? n_first : 0;
}

/* Of one text against another: the first's units as rows, the other's as columns, as the heatmap
 * has them. */
static void
fill_similarity (Table *self,
                 SemAnalysis *analysis,
                 const SemViewOptions *view,
                 const gsize *units,
                 gsize n)
{
  const SemMatrix *matrix = sem_analysis_get_similarity (analysis);
  gsize first = count_first (analysis, view), n_rows = first > 0 ? first : n, n_cols = n - first;

  add_unit_names (analysis, units, n_rows, self->row_names);
  add_unit_names (analysis, units + first, n_cols, self->col_names);
  self->decimals = 2;
  self->values = g_new (double, MAX (n_rows * n_cols, 1));
  for (gsize i = 0; i < n_rows; i++)
    memcpy (self->values + i * n_cols, sem_matrix_get_row (matrix, i) + first,
            n_cols * sizeof (double));
}

/* On axes made of word pairs, as the map then shows them; FALSE when the words make none. */
static gboolean
fill_axes (Table *self,
           SemAnalysis *analysis,
           const SemViewOptions *view,
           const gsize *units,
           gsize n)
{
  g_autoptr (SemAxes) axes = sem_axes_new (sem_analysis_get_model (analysis), view->map_axes,
                                           sem_analysis_get_options (analysis)->pooling, NULL);
  g_autoptr (SemMatrix) coordinates = NULL;
  g_auto (GStrv) names = g_strsplit (view->map_axes, ",", 2);

  if (axes != NULL)
    coordinates = sem_axes_project (axes, sem_analysis_get_vectors (analysis), NULL);
  if (coordinates == NULL)
    return FALSE;
  add_unit_names (analysis, units, n, self->row_names);
  self->decimals = 3;
  self->values = g_new (double, MAX (2 * n, 1));
  for (gsize k = 0; k < 2; k++)
    {
      g_ptr_array_add (self->col_names, g_strdup (g_strstrip (names[k])));
      for (gsize i = 0; i < n; i++)
        self->values[2 * i + k] = sem_matrix_get (coordinates, i, k);
    }
  return TRUE;
}

static void
fill_coordinates (Table *self,
                  SemAnalysis *analysis,
                  const SemViewOptions *view,
                  const gsize *units,
                  gsize n)
{
  const SemMatrix *coordinates = sem_analysis_get_coordinates (analysis);
  gsize last = sem_matrix_get_n_cols (coordinates) - 1;
  gsize axes[2] = { MIN (view->component_x, last), MIN (view->component_y, last) };

  if (view->map_axes != NULL && fill_axes (self, analysis, view, units, n))
    return;
  add_unit_names (analysis, units, n, self->row_names);
  self->decimals = 3;
  self->values = g_new (double, MAX (2 * n, 1));
  for (gsize k = 0; k < 2; k++)
    {
      g_ptr_array_add (self->col_names, g_strdup_printf ("PC%" G_GSIZE_FORMAT, axes[k] + 1));
      for (gsize i = 0; i < n; i++)
        self->values[2 * i + k] = sem_matrix_get (coordinates, i, axes[k]);
    }
}

static void
fill_vectors (Table *self, SemAnalysis *analysis, const gsize *units, gsize n)
{
  const SemMatrix *vectors = sem_analysis_get_vectors (analysis);
  gsize dim = sem_matrix_get_n_cols (vectors);

  add_unit_names (analysis, units, n, self->row_names);
  self->decimals = 4;
  for (gsize j = 0; j < dim; j++)
    g_ptr_array_add (self->col_names, g_strdup_printf ("%" G_GSIZE_FORMAT, j));
  self->values = g_new (double, MAX (n * dim, 1));
  for (gsize i = 0; i < n; i++)
    memcpy (self->values + i * dim, sem_matrix_get_row (vectors, units[i]), dim * sizeof (double));
}

static void
fill_tokens (Table *self, SemAnalysis *analysis)
{
  static const char *const names[] = { "id", "start", "end" };
  SemEncoding *encoding = sem_analysis_get_encoding (analysis);
  gsize n;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n);

  self->values = g_new (double, MAX (3 * n, 1));
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    g_ptr_array_add (self->col_names, g_strdup (names[k]));
  for (gsize i = 0; i < n; i++)
    {
      const char *piece = sem_encoding_get_piece (encoding, i);
      gboolean is_special = tokens[i].start == SEM_NO_OFFSET;

      g_ptr_array_add (self->row_names, g_strdup (piece != NULL ? piece : ""));
      self->values[3 * i] = tokens[i].id;
      self->values[3 * i + 1] = is_special ? -1.0 : tokens[i].start;
      self->values[3 * i + 2] = is_special ? -1.0 : tokens[i].end;
    }
}

static void
fill_table (Table *self,
            SemAnalysis *analysis,
            SemDataKind kind,
            const SemViewOptions *view,
            const SemFocus *focus)
{
  gsize n = sem_analysis_has_vectors (analysis) ? sem_analysis_get_n (analysis) : 0, n_shown = 0;
  gboolean is_chosen = kind == SEM_DATA_VECTORS && focus != NULL && focus->n_selected > 0;
  g_autofree gsize *units = g_new (gsize, MAX (n, 1));

  for (gsize i = 0; i < (is_chosen ? focus->n_selected : n); i++)
    {
      gsize unit = is_chosen ? focus->selected[i] : i;

      if (unit < n && n_shown < n)
        units[n_shown++] = unit;
    }
  self->kind = kind;
  self->row_names = g_ptr_array_new_with_free_func (g_free);
  self->col_names = g_ptr_array_new_with_free_func (g_free);
  if (kind == SEM_DATA_TOKENS)
    fill_tokens (self, analysis);
  else if (n > 0 && kind == SEM_DATA_SIMILARITY)
    fill_similarity (self, analysis, view, units, n_shown);
  else if (n > 0 && kind == SEM_DATA_COORDINATES)
    fill_coordinates (self, analysis, view, units, n_shown);
  else if (n > 0)
    fill_vectors (self, analysis, units, n_shown);
}

static double
get_value (const Table *self, guint row, guint col)
{
  return self->values[(gsize)row * self->col_names->len + col];
}

/* --- CSV and JSON
 * --------------------------------------------------------------------------------- */

static char *
make_csv (const Table *self)
{
  GString *out = g_string_new (self->kind == SEM_DATA_TOKENS ? "piece" : "label");

  for (guint j = 0; j < self->col_names->len; j++)
    {
      g_string_append_c (out, ',');
      sem_append_csv_field (out, g_ptr_array_index (self->col_names, j));
    }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < self->row_names->len; i++)
    {
      sem_append_csv_field (out, g_ptr_array_index (self->row_names, i));
      for (guint j = 0; j < self->col_names->len; j++)
        {
          g_string_append_c (out, ',');
          sem_append_number (out, get_value (self, i, j));
        }
      g_string_append (out, "\r\n");
    }
  return g_string_free (out, FALSE);
}

static char *
make_json (const Table *self, const char *values_key)
{
  GString *out = g_string_new ("{\"labels\":[");

  for (guint i = 0; i < self->row_names->len; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      sem_append_json_string (out, g_ptr_array_index (self->row_names, i));
    }
  g_string_append (out, "],\"columns\":[");
  for (guint j = 0; j < self->col_names->len; j++)
    {
      g_string_append (out, j > 0 ? "," : "");
      sem_append_json_string (out, g_ptr_array_index (self->col_names, j));
    }
  g_string_append_printf (out, "],\"%s\":[", values_key);
  for (guint i = 0; i < self->row_names->len; i++)
    {
      g_string_append (out, i > 0 ? ",[" : "[");
      for (guint j = 0; j < self->col_names->len; j++)
        {
          g_string_append (out, j > 0 ? "," : "");
          sem_append_number (out, get_value (self, i, j));
        }
      g_string_append_c (out, ']');
    }
  g_string_append (out, "]}\n");
  return g_string_free (out, FALSE);
}

/* --- LaTeX
 * ---------------------------------------------------------------------------------------- */

static void
append_latex_text (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\\')
        g_string_append (out, "\\textbackslash{}");
      else if (c == '~')
        g_string_append (out, "\\textasciitilde{}");
      else if (c == '^')
        g_string_append (out, "\\textasciicircum{}");
      else if (c < 0x80 && strchr ("&%$#_{}", (int)c) != NULL)
        g_string_append_printf (out, "\\%c", (int)c);
      else if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
}

static void
append_latex_number (GString *out, double value, guint decimals)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const char format[] = { '%', '.', (char)('0' + decimals), 'f', '\0' };

  if (!isfinite (value))
    g_string_append (out, "--");
  else
    g_string_append_printf (out, "$%s$",
                            g_ascii_formatd (buffer, sizeof buffer, format, value + 0.0));
}

/* Columns of vectors are lines of the page: there are hundreds of them. */
static char *
make_latex (const Table *self, const char *note)
{
  gboolean is_turned = self->kind == SEM_DATA_VECTORS;
  const GPtrArray *lines = is_turned ? self->col_names : self->row_names,
                  *across = is_turned ? self->row_names : self->col_names;
  GString *out = g_string_new ("% needs \\usepackage{booktabs}\n");

  if (note != NULL)
    {
      g_autofree char *line = g_strdelimit (g_strdup (note), "\r\n", ' ');

      g_string_append_printf (out, "%% %s\n", line);
    }
  g_string_append (out, "\\begin{tabular}{l");
  for (guint j = 0; j < across->len; j++)
    g_string_append_c (out, 'r');
  g_string_append (out, "}\n\\toprule\n");
  for (guint j = 0; j < across->len; j++)
    {
      g_string_append (out, " & ");
      append_latex_text (out, g_ptr_array_index (across, j));
    }
  g_string_append (out, " \\\\\n\\midrule\n");
  for (guint i = 0; i < lines->len; i++)
    {
      append_latex_text (out, g_ptr_array_index (lines, i));
      for (guint j = 0; j < across->len; j++)
        {
          g_string_append (out, " & ");
          append_latex_number (out, is_turned ? get_value (self, j, i) : get_value (self, i, j),
                               self->decimals);
        }
      g_string_append (out, " \\\\\n");
    }
  g_string_append (out, "\\bottomrule\n\\end{tabular}\n");
  return g_string_free (out, FALSE);
}

/* --- all of it
 * ------------------------------------------------------------------------------------ */

static GBytes *
make_npy (const Table *self)
{
  gsize n_rows = self->row_names->len, n_cols = self->col_names->len;
  g_autofree gint64 *integers = NULL;

  if (self->kind != SEM_DATA_TOKENS)
    return sem_npy_write_doubles (self->values, n_rows, n_cols);
  integers = g_new (gint64, MAX (n_rows * n_cols, 1));
  for (gsize i = 0; i < n_rows * n_cols; i++)
    integers[i] = (gint64)self->values[i];
  return sem_npy_write_integers (integers, n_rows, n_cols);
}

GBytes *
sem_data_file_make (SemAnalysis *analysis,
                    SemDataKind kind,
                    SemDataFormat format,
                    const SemViewOptions *view,
                    const SemFocus *focus,
                    const char *note)
{
  g_auto (Table) table = { 0 };
  char *text;

  if (format == SEM_DATA_JSON && kind == SEM_DATA_SIMILARITY)
    {
      gsize first = count_first (analysis, view);

      text = first > 0 ? sem_table_against_json (analysis, first)
                       : sem_table_similarity_json (analysis);
      return g_bytes_new_take (text, strlen (text));
    }
  fill_table (&table, analysis, kind, view, focus);
  switch (format)
    {
    case SEM_DATA_JSON:
      text = make_json (&table, kind == SEM_DATA_COORDINATES ? "coordinates"
                                : kind == SEM_DATA_TOKENS    ? "tokens"
                                                             : "vectors");
      break;
    case SEM_DATA_LATEX:
      text = make_latex (&table, note);
      break;
    case SEM_DATA_NPY:
      return make_npy (&table);
    case SEM_DATA_CSV:
    default:
      text = make_csv (&table);
      break;
    }
  return g_bytes_new_take (text, strlen (text));
}
