/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table behind a data file: names of rows and columns, and values. */
#pragma once

#include "core/analysis/data-file.h"

G_BEGIN_DECLS

typedef struct
{
  SemDataKind kind;
  const char *title;    /* borrowed: of one of several tables, else NULL */
  GPtrArray *row_names; /* of char *, owned */
  GPtrArray *col_names;
  double *values; /* n_rows x n_cols */
  guint decimals; /* for people: how many are worth printing */
} SemDataTable;

void sem_data_table_clear (SemDataTable *self);
/* Into a cleared one; as for sem_data_file_make(). */
void sem_data_table_fill (SemDataTable *self,
                          SemAnalysis *analysis,
                          SemDataKind kind,
                          const SemViewOptions *view,
                          const SemFocus *focus);

static inline double
sem_data_table_get (const SemDataTable *self, guint row, guint col)
{
  return self->values[(gsize)row * self->col_names->len + col];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemDataTable, sem_data_table_clear)

G_END_DECLS
