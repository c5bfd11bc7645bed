/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row is an index; its texts are made when a cell asks for them. */
#include "config.h"

#include "app/widgets/table-rows.h"

#include "app/widgets/table-two.h"
#include "doc/describe.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many units all pairs are listed; beyond, those of the selected unit alone. */
#define MAX_UNITS_ALL_PAIRS 250

typedef struct
{
  guint32 a, b;
  double value;
} Pair;

static const char *const unit_columns[] = { N_ ("Unit"), N_ ("IDs"),  N_ ("Tokens"), N_ ("Norm"),
                                            N_ ("PC 1"), N_ ("PC 2"), N_ ("Kept"),   NULL };
static const char *const pair_columns[]
    = { N_ ("First"), N_ ("Second"), N_ ("Similarity"), N_ ("Rank"), NULL };
static const char *const token_columns[]
    = { N_ ("Piece"), N_ ("ID"), N_ ("Bytes"), N_ ("Word"), N_ ("Kind"), NULL };
static const char *const value_columns[]
    = { N_ ("Dimension"), N_ ("First"), N_ ("Second"), N_ ("Product"), NULL };

static const char *const disagreement_columns[]
    = { N_ ("First"), N_ ("Second"), N_ ("by A"), N_ ("by B"), N_ ("B − A"), NULL };
static const char *const segment_columns[]
    = { N_ ("Text"), N_ ("Tokens of A"), N_ ("Tokens of B"), N_ ("Bytes"), NULL };

static const struct
{
  const char *id;
  const char *const *columns;
} kinds[SEM_N_TABLE_KINDS] = {
  [SEM_TABLE_UNITS] = { "units", unit_columns },
  [SEM_TABLE_PAIRS] = { "pairs", pair_columns },
  [SEM_TABLE_TOKENS] = { "tokens", token_columns },
  [SEM_TABLE_VALUES] = { "values", value_columns },
  [SEM_TABLE_DISAGREEMENTS] = { "disagreements", disagreement_columns },
  [SEM_TABLE_SEGMENTS] = { "segments", segment_columns },
};

struct _SemTableRows
{
  GObject parent_instance;

  SemTableKind kind;
  SemAnalysis *analysis;
  SemComparison *comparison; /* NULL: one model alone */
  GArray *pairs;             /* of Pair, most similar first */
  gsize first, second;       /* units whose values are shown; SEM_NO_ITEM: none */
  guint n;
};

struct _SemTableRow
{
  GObject parent_instance;

  SemTableRows *rows; /* owned: a row may outlive what the list shows now */
  SemAnalysis *analysis;
  SemItem item;
  guint index, rank;
  gsize first, second;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (SemTableRow, sem_table_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (SemTableRows,
                               sem_table_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

gboolean
sem_table_kind_from_id (const char *id, SemTableKind *kind)
{
  for (guint i = 0; i < SEM_N_TABLE_KINDS; i++)
    if (g_strcmp0 (id, kinds[i].id) == 0)
      {
        *kind = (SemTableKind)i;
        return TRUE;
      }
  return FALSE;
}

const char *const *
sem_table_kind_get_columns (SemTableKind kind)
{
  return kinds[kind].columns;
}

SemTableKind
sem_table_kind_for (SemTableKind kind, SemComparison *comparison)
{
  if (comparison == NULL)
    return kind;
  if (kind == SEM_TABLE_TOKENS)
    return SEM_TABLE_SEGMENTS;
  if (kind == SEM_TABLE_PAIRS && sem_comparison_get_comparability (comparison) == SEM_COMPARABLE)
    return SEM_TABLE_DISAGREEMENTS;
  return kind;
}

gboolean
sem_table_kind_is_text (SemTableKind kind, guint column)
{
  return (column == 0 && kind != SEM_TABLE_VALUES)
         || (column == 1 && (kind == SEM_TABLE_PAIRS || kind == SEM_TABLE_DISAGREEMENTS))
         || (column < 3 && kind == SEM_TABLE_SEGMENTS) || (column == 4 && kind == SEM_TABLE_TOKENS);
}

/* --- a row
 * ---------------------------------------------------------------------------------------- */

static void
sem_table_row_finalize (GObject *object)
{
  g_clear_pointer (&SEM_TABLE_ROW (object)->analysis, sem_analysis_unref);
  g_clear_object (&SEM_TABLE_ROW (object)->rows);
  G_OBJECT_CLASS (sem_table_row_parent_class)->finalize (object);
}

static void
sem_table_row_class_init (SemTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sem_table_row_finalize;
}

static void
sem_table_row_init (SemTableRow *self)
{
}

void
sem_table_row_get_item (SemTableRow *self, SemItem *item)
{
  *item = self->item;
}

static const char *
get_label (SemAnalysis *analysis, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (analysis), unit)->label;
}

static char *
dup_ids (SemAnalysis *analysis, gsize unit)
{
  gsize n_ids;
  const guint32 *ids = sem_units_get_ids (sem_analysis_get_units (analysis), unit, &n_ids);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n_ids, 12); i++)
    g_string_append_printf (list, "%s%u", i > 0 ? " " : "", ids[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* "3 of 5": its true nearest neighbours that are nearest in the plane of the columns before. */
static char *
dup_kept (SemAnalysis *analysis, gsize unit)
{
  const gboolean is_plane = sem_pca_get_n_components (sem_analysis_get_pca (analysis)) > 1;
  gsize k;
  double kept;

  if (!is_plane)
    return g_strdup ("–");
  kept = sem_analysis_unit_kept (analysis, unit, 0, 1, &k);
  if (kept != kept)
    return g_strdup ("–");
  return g_strdup_printf (_ ("%lu of %lu"), (gulong)(kept * (double)k + 0.5), (gulong)k);
}

static char *
dup_unit_text (SemTableRow *self, guint column)
{
  gsize unit = self->item.unit;
  const SemMatrix *rows;
  const SemMatrix *coordinates;
  SemCosine cosine;

  if (column == 0)
    return g_strdup (get_label (self->analysis, unit));
  if (column == 1)
    return dup_ids (self->analysis, unit);
  if (column == 2)
    return g_strdup_printf ("%" G_GSIZE_FORMAT,
                            sem_units_get (sem_analysis_get_units (self->analysis), unit)->n_ids);
  if (!sem_analysis_has_vectors (self->analysis))
    return g_strdup ("–");
  rows = sem_analysis_get_vectors (self->analysis);
  coordinates = sem_analysis_get_coordinates (self->analysis);
  if (column == 3)
    {
      const double *row = sem_matrix_get_row (rows, unit);

      sem_cosine (row, row, sem_matrix_get_n_cols (rows), &cosine);
      return sem_format_number (cosine.norm_a, 3);
    }
  if (column == 6)
    return dup_kept (self->analysis, unit);
  if (column - 4 >= sem_matrix_get_n_cols (coordinates))
    return g_strdup ("–");
  return sem_format_number (sem_matrix_get (coordinates, unit, column - 4), 3);
}

static char *
dup_pair_text (SemTableRow *self, guint column)
{
  if (column == 0)
    return g_strdup (get_label (self->analysis, self->item.unit));
  if (column == 1)
    return g_strdup (get_label (self->analysis, self->item.other));
  if (column == 2)
    return sem_format_number (sem_matrix_get (sem_analysis_get_similarity (self->analysis),
                                              self->item.unit, self->item.other),
                              4);
  return g_strdup_printf ("%u", self->rank);
}

static char *
dup_token_kind (const SemToken *token)
{
  if (token->flags & SEM_TOKEN_UNKNOWN)
    return g_strdup (_ ("unknown"));
  if (token->flags & SEM_TOKEN_SPECIAL)
    return g_strdup (_ ("special"));
  if (token->flags & SEM_TOKEN_BYTE)
    return g_strdup (_ ("bytes"));
  if (token->flags & SEM_TOKEN_CONTINUATION)
    return g_strdup (_ ("continues"));
  return g_strdup (_ ("begins"));
}

static char *
dup_token_text (SemTableRow *self, guint column)
{
  gsize n_tokens;
  SemEncoding *encoding = sem_analysis_get_encoding (self->analysis);
  const SemToken *token = sem_encoding_get_tokens (encoding, &n_tokens) + self->index;
  const char *piece = sem_encoding_get_piece (encoding, self->index);

  if (column == 0)
    return g_strdup (piece == NULL ? "?" : piece);
  if (column == 1)
    return g_strdup_printf ("%u", token->id);
  if (column == 2)
    return token->start == SEM_NO_OFFSET ? g_strdup ("–")
                                         : g_strdup_printf ("%u–%u", token->start, token->end);
  if (column == 3)
    {
      guint32 word = sem_encoding_get_word (encoding, self->index);

      return word == SEM_NO_WORD ? g_strdup ("–") : g_strdup_printf ("%u", word + 1);
    }
  return dup_token_kind (token);
}

static char *
dup_value_text (SemTableRow *self, guint column)
{
  const SemMatrix *rows = sem_analysis_get_vectors (self->analysis);
  gboolean has_second = self->second != SEM_NO_ITEM;
  double a = sem_matrix_get (rows, self->first, self->index);
  double b = has_second ? sem_matrix_get (rows, self->second, self->index) : 0.0;

  if (column == 0)
    return g_strdup_printf ("%u", self->index);
  if (column == 1)
    return sem_format_number (a, 5);
  if (!has_second)
    return g_strdup ("–");
  return sem_format_number (column == 2 ? b : a * b, 5);
}

char *
sem_table_row_dup_text (SemTableRow *self, guint column)
{
  switch (self->rows->kind)
    {
    case SEM_TABLE_UNITS:
      return dup_unit_text (self, column);
    case SEM_TABLE_PAIRS:
      return dup_pair_text (self, column);
    case SEM_TABLE_TOKENS:
      return dup_token_text (self, column);
    case SEM_TABLE_DISAGREEMENTS:
      return column < 2 ? dup_pair_text (self, column)
                        : sem_table_two_dup_disagreement (self->rows->comparison, self->item.unit,
                                                          self->item.other, column);
    case SEM_TABLE_SEGMENTS:
      return sem_table_two_dup_segment (self->rows->comparison, self->index, column);
    case SEM_TABLE_VALUES:
    default:
      return dup_value_text (self, column);
    }
}

/* --- the rows
 * ------------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return SEM_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return SEM_TABLE_ROWS (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SemTableRows *self = SEM_TABLE_ROWS (model);
  static const SemItem none = SEM_ITEM_INIT;
  SemTableRow *row;

  if (position >= self->n)
    return NULL;
  row = g_object_new (SEM_TYPE_TABLE_ROW, NULL);
  row->rows = g_object_ref (self);
  row->analysis = sem_analysis_ref (self->analysis);
  row->index = position;
  row->first = self->first;
  row->second = self->second;
  row->item = none;
  if (self->kind == SEM_TABLE_PAIRS || self->kind == SEM_TABLE_DISAGREEMENTS)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, position);

      row->item.kind = SEM_ITEM_PAIR;
      row->item.unit = pair->a;
      row->item.other = pair->b;
      row->rank = position + 1;
      while (row->rank > 1 && g_array_index (self->pairs, Pair, row->rank - 2).value == pair->value)
        row->rank--; /* equal values share the better rank */
    }
  else if (self->kind == SEM_TABLE_TOKENS)
    {
      row->item.kind = SEM_ITEM_TOKEN;
      row->item.token = position;
      row->item.unit = sem_units_find_token (sem_analysis_get_units (self->analysis), position);
      if (row->item.unit >= sem_analysis_get_n (self->analysis))
        row->item.unit = SEM_NO_ITEM;
    }
  else if (self->kind == SEM_TABLE_SEGMENTS)
    sem_table_two_get_segment_item (self->comparison, position, &row->item);
  else if (self->kind == SEM_TABLE_UNITS)
    {
      row->item.kind = SEM_ITEM_UNIT;
      row->item.unit = position;
    }
  else
    {
      row->item.kind = SEM_ITEM_DIMENSION;
      row->item.unit = self->first;
      row->item.dimension = position;
    }
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  if (x->value != y->value)
    return x->value > y->value ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static void
add_pair (SemTableRows *self, gsize a, gsize b)
{
  Pair pair = { (guint32)a, (guint32)b,
                sem_matrix_get (sem_analysis_get_similarity (self->analysis), a, b) };

  g_array_append_val (self->pairs, pair);
}

static void
list_pairs (SemTableRows *self)
{
  gsize n = sem_analysis_get_n (self->analysis);

  g_array_set_size (self->pairs, 0);
  if (!sem_analysis_has_vectors (self->analysis))
    return;
  if (self->first != SEM_NO_ITEM || n > MAX_UNITS_ALL_PAIRS)
    {
      gsize unit = self->first == SEM_NO_ITEM ? 0 : self->first;

      for (gsize other = 0; other < n; other++)
        if (other != unit)
          add_pair (self, unit, other);
    }
  else
    for (gsize a = 0; a < n; a++)
      for (gsize b = a + 1; b < n; b++)
        add_pair (self, a, b);
  if (self->pairs->len > 0)
    g_array_sort (self->pairs, compare_pairs);
}

/* The comparison's own list, or all pairs of the selected unit. */
static void
list_disagreements (SemTableRows *self)
{
  const SemMatrix *difference = sem_comparison_get_difference (self->comparison);
  gsize n;
  const SemDisagreement *all = sem_comparison_get_disagreements (self->comparison, &n);

  g_array_set_size (self->pairs, 0);
  for (gsize i = 0; i < n && self->first == SEM_NO_ITEM; i++)
    {
      Pair pair = { all[i].a, all[i].b, fabs (all[i].difference) };

      g_array_append_val (self->pairs, pair);
    }
  for (gsize other = 0; self->first != SEM_NO_ITEM && other < sem_analysis_get_n (self->analysis);
       other++)
    {
      Pair pair = { (guint32)self->first, (guint32)other,
                    fabs (sem_matrix_get (difference, self->first, other)) };

      if (other != self->first)
        g_array_append_val (self->pairs, pair);
    }
  if (self->first != SEM_NO_ITEM && self->pairs->len > 0)
    g_array_sort (self->pairs, compare_pairs);
}

static guint
count_rows (SemTableRows *self)
{
  gsize n_tokens;

  if (self->analysis == NULL)
    return 0;
  switch (self->kind)
    {
    case SEM_TABLE_UNITS:
      return (guint)sem_analysis_get_n (self->analysis);
    case SEM_TABLE_PAIRS:
      list_pairs (self);
      return self->pairs->len;
    case SEM_TABLE_DISAGREEMENTS:
      list_disagreements (self);
      return self->pairs->len;
    case SEM_TABLE_SEGMENTS:
      return sem_comparison_get_tokens (self->comparison)->segments->len;
    case SEM_TABLE_TOKENS:
      sem_encoding_get_tokens (sem_analysis_get_encoding (self->analysis), &n_tokens);
      return (guint)n_tokens;
    case SEM_TABLE_VALUES:
    default:
      if (!sem_analysis_has_vectors (self->analysis) || self->first == SEM_NO_ITEM)
        return 0;
      return (guint)sem_matrix_get_n_cols (sem_analysis_get_vectors (self->analysis));
    }
}

void
sem_table_rows_set_analysis (SemTableRows *self,
                             SemAnalysis *analysis,
                             SemComparison *comparison,
                             const SemFocus *focus)
{
  guint old_n = self->n;
  SemAnalysis *old = self->analysis;
  SemComparison *old_comparison = self->comparison;

  self->comparison = comparison == NULL ? NULL : sem_comparison_ref (comparison);
  g_clear_pointer (&old_comparison, sem_comparison_unref);

  self->analysis = analysis == NULL ? NULL : sem_analysis_ref (analysis);
  g_clear_pointer (&old, sem_analysis_unref);
  self->first = focus->n_selected > 0 ? focus->selected[0] : SEM_NO_ITEM;
  self->second = focus->n_selected > 1 ? focus->selected[1] : SEM_NO_ITEM;
  if (self->kind == SEM_TABLE_VALUES && self->first == SEM_NO_ITEM && analysis != NULL
      && sem_analysis_get_n (analysis) > 0)
    self->first = 0;
  self->n = count_rows (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old_n, self->n);
}

static void
sem_table_rows_finalize (GObject *object)
{
  SemTableRows *self = SEM_TABLE_ROWS (object);

  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_pointer (&self->comparison, sem_comparison_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  G_OBJECT_CLASS (sem_table_rows_parent_class)->finalize (object);
}

static void
sem_table_rows_class_init (SemTableRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sem_table_rows_finalize;
}

static void
sem_table_rows_init (SemTableRows *self)
{
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->first = self->second = SEM_NO_ITEM;
}

SemTableRows *
sem_table_rows_new (SemTableKind kind)
{
  SemTableRows *self = g_object_new (SEM_TYPE_TABLE_ROWS, NULL);

  self->kind = kind;
  return self;
}
