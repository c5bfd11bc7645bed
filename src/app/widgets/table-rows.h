/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows and columns behind SemTable: a list model over an analysis that makes a row object only when it is looked at. */
#pragma once

#include "core/analysis/comparison.h"
#include "core/analysis/item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_TABLE_UNITS,
  SEM_TABLE_PAIRS,
  SEM_TABLE_TOKENS,
  SEM_TABLE_VALUES,
  SEM_TABLE_DISAGREEMENTS, /* of two models: in place of pairs */
  SEM_TABLE_SEGMENTS,      /* of two models: in place of tokens */
} SemTableKind;
#define SEM_N_TABLE_KINDS 6
#define SEM_TABLE_MAX_COLUMNS 7

gboolean sem_table_kind_from_id (const char *id, SemTableKind *kind);
/* Untranslated column titles, NULL-terminated. */
const char *const *sem_table_kind_get_columns (SemTableKind kind);

/* Words stand at the left of their column, numbers at the right. */
gboolean sem_table_kind_is_text (SemTableKind kind, guint column);

#define SEM_TYPE_TABLE_ROW (sem_table_row_get_type ())
G_DECLARE_FINAL_TYPE (SemTableRow, sem_table_row, SEM, TABLE_ROW, GObject)
char *sem_table_row_dup_text (SemTableRow *self, guint column);
void sem_table_row_get_item (SemTableRow *self, SemItem *item);

#define SEM_TYPE_TABLE_ROWS (sem_table_rows_get_type ())
G_DECLARE_FINAL_TYPE (SemTableRows, sem_table_rows, SEM, TABLE_ROWS, GObject)
SemTableRows *sem_table_rows_new (SemTableKind kind);
/* Shows an analysis (NULL: none) and, for pairs and values, what is selected: a pair with the first selected unit, the
 * numbers of the first two. */
void sem_table_rows_set_analysis (SemTableRows *self,
                                  SemAnalysis *analysis,
                                  SemComparison *comparison,
                                  const SemFocus *focus);
/* The kind that shows the same of two models, when they are compared; else itself. */
SemTableKind sem_table_kind_for (SemTableKind kind, SemComparison *comparison);

G_END_DECLS
