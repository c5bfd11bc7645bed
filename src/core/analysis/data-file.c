/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture's numbers in several formats: one table of one model, or those of two. */
#include "core/analysis/data-file.h"

#include "core/analysis/comparison-table.h"
#include "core/analysis/data-table.h"
#include "core/analysis/npy-write.h"
#include "core/analysis/shown.h"
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

/* --- CSV and JSON
 * --------------------------------------------------------------------------------- */

static const char *
get_row_heading (SemDataKind kind)
{
  return kind == SEM_DATA_TOKENS ? "piece" : "label";
}

static void
append_csv_heading (GString *out, const SemDataTable *table)
{
  g_string_append (out, table->title != NULL ? "model," : "");
  g_string_append (out, get_row_heading (table->kind));
  for (guint j = 0; j < table->col_names->len; j++)
    {
      g_string_append_c (out, ',');
      sem_append_csv_field (out, g_ptr_array_index (table->col_names, j));
    }
  g_string_append (out, "\r\n");
}

static void
append_csv_rows (GString *out, const SemDataTable *table)
{
  for (guint i = 0; i < table->row_names->len; i++)
    {
      if (table->title != NULL)
        {
          sem_append_csv_field (out, table->title);
          g_string_append_c (out, ',');
        }
      sem_append_csv_field (out, g_ptr_array_index (table->row_names, i));
      for (guint j = 0; j < table->col_names->len; j++)
        {
          g_string_append_c (out, ',');
          sem_append_number (out, sem_data_table_get (table, i, j));
        }
      g_string_append (out, "\r\n");
    }
}

/* One line for each value: for tables whose columns are not the same. */
static void
append_csv_cells (GString *out, const SemDataTable *table)
{
  for (guint i = 0; i < table->row_names->len; i++)
    for (guint j = 0; j < table->col_names->len; j++)
      {
        const char *fields[] = { table->title, g_ptr_array_index (table->row_names, i),
                                 g_ptr_array_index (table->col_names, j) };

        for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
          {
            sem_append_csv_field (out, fields[k]);
            g_string_append_c (out, ',');
          }
        sem_append_number (out, sem_data_table_get (table, i, j));
        g_string_append (out, "\r\n");
      }
}

static void
append_json_names (GString *out, const char *key, const GPtrArray *names)
{
  g_string_append_printf (out, "\"%s\":[", key);
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      sem_append_json_string (out, g_ptr_array_index (names, i));
    }
  g_string_append (out, "],");
}

static const char *
get_values_key (SemDataKind kind)
{
  return kind == SEM_DATA_COORDINATES ? "coordinates"
         : kind == SEM_DATA_TOKENS    ? "tokens"
                                      : "vectors";
}

/* An object. */
static void
append_json (GString *out, const SemDataTable *table)
{
  g_string_append_c (out, '{');
  if (table->title != NULL)
    {
      g_string_append (out, "\"model\":");
      sem_append_json_string (out, table->title);
      g_string_append_c (out, ',');
    }
  append_json_names (out, "labels", table->row_names);
  append_json_names (out, "columns", table->col_names);
  g_string_append_printf (out, "\"%s\":[", get_values_key (table->kind));
  for (guint i = 0; i < table->row_names->len; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      sem_append_numbers (out, table->values + (gsize)i * table->col_names->len,
                          table->col_names->len);
    }
  g_string_append (out, "]}");
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
static void
append_latex (GString *out, const SemDataTable *self)
{
  gboolean is_turned = self->kind == SEM_DATA_VECTORS;
  const GPtrArray *lines = is_turned ? self->col_names : self->row_names,
                  *across = is_turned ? self->row_names : self->col_names;

  g_string_append (out, "\\begin{tabular}{l");
  for (guint j = 0; j < across->len; j++)
    g_string_append_c (out, 'r');
  g_string_append (out, "}\n\\toprule\n");
  if (self->title != NULL)
    append_latex_text (out, self->title);
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
          append_latex_number (
              out, is_turned ? sem_data_table_get (self, j, i) : sem_data_table_get (self, i, j),
              self->decimals);
        }
      g_string_append (out, " \\\\\n");
    }
  g_string_append (out, "\\bottomrule\n\\end{tabular}\n");
}

static void
append_latex_head (GString *out, const char *note)
{
  g_string_append (out, "% needs \\usepackage{booktabs}\n");
  if (note != NULL)
    {
      g_autofree char *line = g_strdelimit (g_strdup (note), "\r\n", ' ');

      g_string_append_printf (out, "%% %s\n", line);
    }
}

/* --- all of it
 * ------------------------------------------------------------------------------------ */

/* Several tables are layers of one array as large as the largest; what they do not have is NaN, or
 * -1 of tokens. */
static GBytes *
make_npy (const SemDataTable *tables, guint n_tables)
{
  const gboolean is_tokens = tables[0].kind == SEM_DATA_TOKENS;
  gsize n_rows = 0, n_cols = 0, n;
  g_autofree double *values = NULL;
  g_autofree gint64 *integers = NULL;

  for (guint t = 0; t < n_tables; t++)
    {
      n_rows = MAX (n_rows, tables[t].row_names->len);
      n_cols = MAX (n_cols, tables[t].col_names->len);
    }
  n = n_tables * n_rows * n_cols;
  values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    values[i] = is_tokens ? -1.0 : (double)NAN;
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].row_names->len; i++)
      memcpy (values + (t * n_rows + i) * n_cols,
              tables[t].values + (gsize)i * tables[t].col_names->len,
              tables[t].col_names->len * sizeof (double));
  if (!is_tokens)
    return sem_npy_write_doubles (values, n_tables, n_rows, n_cols);
  integers = g_new (gint64, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    integers[i] = (gint64)values[i];
  return sem_npy_write_integers (integers, n_tables, n_rows, n_cols);
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

GBytes *
sem_data_file_make (SemAnalysis *analysis,
                    SemDataKind kind,
                    SemDataFormat format,
                    const SemViewOptions *view,
                    const SemFocus *focus,
                    const char *note)
{
  g_auto (SemDataTable) table = { 0 };
  const gsize first = sem_shown_first (analysis, view);
  GString *out;

  if (format == SEM_DATA_JSON && kind == SEM_DATA_SIMILARITY)
    return take_text (first > 0 ? sem_table_against_json (analysis, first)
                                : sem_table_similarity_json (analysis));
  sem_data_table_fill (&table, analysis, kind, view, focus);
  if (format == SEM_DATA_NPY)
    return make_npy (&table, 1);
  out = g_string_new (NULL);
  if (format == SEM_DATA_JSON)
    {
      append_json (out, &table);
      g_string_append_c (out, '\n');
    }
  else if (format == SEM_DATA_LATEX)
    {
      append_latex_head (out, note);
      append_latex (out, &table);
    }
  else
    {
      append_csv_heading (out, &table);
      append_csv_rows (out, &table);
    }
  return take_text (g_string_free (out, FALSE));
}

/* --- two models
 * ----------------------------------------------------------------------------------- */

#define N_TWO 3 /* both, and the difference of similarities */

typedef struct
{
  SemDataTable tables[N_TWO];
  guint n;
  SemAlignment *alignment; /* of the second's coordinates, or NULL */
} Two;

static void
two_clear (Two *self)
{
  for (guint i = 0; i < N_TWO; i++)
    sem_data_table_clear (&self->tables[i]);
  g_clear_pointer (&self->alignment, sem_alignment_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Two, two_clear)

static void
add_difference (Two *self, SemComparison *comparison, const SemViewOptions *view)
{
  SemDataTable *table = &self->tables[self->n++];
  const gsize n_values
      = (gsize)self->tables[0].row_names->len * (gsize)self->tables[0].col_names->len;

  /* The names are the first's; the values follow. */
  sem_data_table_fill (table, sem_comparison_get_first (comparison), SEM_DATA_SIMILARITY, view,
                       NULL);
  table->title = "difference";
  for (gsize i = 0; i < n_values; i++)
    table->values[i] = self->tables[1].values[i] - self->tables[0].values[i];
}

/* The second's map as the window turns it. */
static void
turn_second (Two *self, SemComparison *comparison, const SemViewOptions *view)
{
  SemDataTable *table = &self->tables[1];

  self->alignment = sem_comparison_align (comparison, view->component_x, view->component_y, NULL);
  for (guint i = 0; self->alignment != NULL && i < table->row_names->len; i++)
    for (guint k = 0; k < 2; k++)
      table->values[2 * i + k] = sem_matrix_get (self->alignment->coordinates, i, k);
}

static void
two_fill (Two *self, SemComparison *comparison, SemDataKind kind, const SemViewOptions *view)
{
  SemAnalysis *sides[]
      = { sem_comparison_get_first (comparison), sem_comparison_get_second (comparison) };
  SemViewOptions shown = *view;

  shown.map_axes = NULL; /* two maps are of components, with nothing behind them */
  shown.nearby_words = FALSE;
  for (self->n = 0; self->n < 2; self->n++)
    {
      SemDataTable *table = &self->tables[self->n];

      sem_data_table_fill (table, sides[self->n], kind, &shown, NULL);
      table->title = sem_model_get_name (sem_analysis_get_model (sides[self->n]));
    }
  if (sem_comparison_get_comparability (comparison) != SEM_COMPARABLE)
    return;
  if (kind == SEM_DATA_SIMILARITY)
    add_difference (self, comparison, &shown);
  else if (kind == SEM_DATA_COORDINATES)
    turn_second (self, comparison, &shown);
}

static char *
dup_two_json (const Two *self)
{
  GString *out = g_string_new ("{\"a\":");

  append_json (out, &self->tables[0]);
  g_string_append (out, ",\"b\":");
  append_json (out, &self->tables[1]);
  if (self->alignment != NULL)
    sem_append_alignment (out, self->alignment);
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}

static char *
dup_two_csv (const Two *self)
{
  GString *out = g_string_new (NULL);

  if (self->tables[0].kind == SEM_DATA_SIMILARITY)
    g_string_append (out, "model,first,second,similarity\r\n");
  else
    append_csv_heading (out, &self->tables[0]);
  for (guint i = 0; i < self->n; i++)
    if (self->tables[0].kind == SEM_DATA_SIMILARITY)
      append_csv_cells (out, &self->tables[i]);
    else
      append_csv_rows (out, &self->tables[i]);
  return g_string_free (out, FALSE);
}

static char *
dup_two_latex (const Two *self, const char *note)
{
  GString *out = g_string_new (NULL);

  append_latex_head (out, note);
  for (guint i = 0; i < self->n; i++)
    append_latex (out, &self->tables[i]);
  return g_string_free (out, FALSE);
}

GBytes *
sem_data_file_make_two (SemComparison *comparison,
                        SemDataKind kind,
                        SemDataFormat format,
                        const SemViewOptions *view,
                        const char *note)
{
  const gboolean is_against = sem_shown_first (sem_comparison_get_first (comparison), view) > 0;
  const gsize first_text = is_against ? MAX (view->first_text, 1) : 0;
  g_auto (Two) two = { 0 };

  g_return_val_if_fail (kind != SEM_DATA_VECTORS, NULL);
  if (kind == SEM_DATA_SIMILARITY && format == SEM_DATA_JSON)
    return take_text (sem_comparison_to_json (comparison, first_text));
  if (kind == SEM_DATA_SIMILARITY && format == SEM_DATA_CSV
      && sem_comparison_get_obstacle (comparison) == NULL)
    return take_text (sem_comparison_to_csv (comparison, first_text, TRUE, NULL));
  two_fill (&two, comparison, kind, view);
  switch (format)
    {
    case SEM_DATA_NPY:
      return make_npy (two.tables, two.n);
    case SEM_DATA_JSON:
      return take_text (dup_two_json (&two));
    case SEM_DATA_LATEX:
      return take_text (dup_two_latex (&two, note));
    case SEM_DATA_CSV:
    default:
      return take_text (dup_two_csv (&two));
    }
}
