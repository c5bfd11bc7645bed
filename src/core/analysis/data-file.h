/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a picture as a file beside it: what the export dialog and `render --data` write. */
#pragma once

#include "core/analysis/comparison.h"
#include "core/analysis/item.h"
#include "core/analysis/view-options.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_DATA_SIMILARITY,  /* units x units, the metric of the analysis */
  SEM_DATA_COORDINATES, /* units x the two components of the map */
  SEM_DATA_VECTORS,     /* units x dimensions: the selected units, or all */
  SEM_DATA_TOKENS,      /* tokens x (id, start, end): byte offsets, -1 for special tokens */
} SemDataKind;

typedef enum
{
  SEM_DATA_CSV,   /* RFC 4180, a heading, full precision */
  SEM_DATA_JSON,  /* keys as the command line's own */
  SEM_DATA_LATEX, /* a tabular with the rules of booktabs; rounded; vectors with a line per dimension */
  SEM_DATA_NPY,   /* the numbers alone; tokens as int64 */
} SemDataFormat;
#define SEM_N_DATA_FORMATS 4
const char *sem_data_format_get_id (SemDataFormat format); /* "csv", "json", "tex", "npy": ending of the name */
gboolean sem_data_format_from_id (const char *id, SemDataFormat *format); /* "latex" too */

/* sem_data_file_make: the bytes.  note: a comment for the head of a LaTeX file, or NULL.  An analysis without vectors has
 * tokens only: the other kinds are then empty tables.  Cost: the size of the file. */
GBytes *sem_data_file_make (SemAnalysis *analysis,
                            SemDataKind kind,
                            SemDataFormat format,
                            const SemViewOptions *view,
                            const SemFocus *focus,
                            const char *note);
/* sem_data_file_make_two: of a picture of two models, with their names: a table each, and the difference of similarities where
 * there is one; coordinates on components, the second's turned onto the first's.  CSV: a column "model" before the labels;
 * similarities as sem_comparison_to_csv() or, of models that cut other tokens, a line for each value.  JSON: {"a":{"model",...},
 * "b":{...}}, similarities as sem_comparison_to_json().  NPY: the tables are the first axis.  kind: not vectors. */
GBytes *sem_data_file_make_two (SemComparison *comparison,
                                SemDataKind kind,
                                SemDataFormat format,
                                const SemViewOptions *view,
                                const char *note);

G_END_DECLS
