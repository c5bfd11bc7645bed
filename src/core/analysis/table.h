/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of an analysis as files: what "Save data" and `--format=json|csv` write. Full precision (17 digits, shortest
 * that round-trips), UTF-8, CSV after RFC 4180. Keys as in DESIGN.md 8. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

char *sem_table_similarity_csv (SemAnalysis *analysis);
char *sem_table_similarity_json (SemAnalysis *analysis);
/* One text against another: the first n_first units as rows, those after them as columns; 0 < n_first < n. */
char *sem_table_against_csv (SemAnalysis *analysis, gsize n_first);
char *sem_table_against_json (SemAnalysis *analysis, gsize n_first);
char *sem_table_coordinates_csv (SemAnalysis *analysis);
char *sem_table_coordinates_json (SemAnalysis *analysis);
/* A number as text: shortest that reads back the same; locale-independent. JSON has no NaN: it becomes null. */
void sem_append_number (GString *string, double value);
/* A JSON string with quotes, escaped; text is UTF-8, length bytes or -1 when it ends at its first NUL. */
void sem_append_json_string (GString *string, const char *text);
void sem_append_json_string_len (GString *string, const char *text, gssize length);
void sem_append_numbers (GString *string, const double *values, gsize n); /* a JSON array */
/* A field of CSV after RFC 4180: quoted where it has to be. */
void sem_append_csv_field (GString *string, const char *text);
/* "cosine", "dot", "euclidean": as JSON and --format say it. */
const char *sem_metric_get_id (SemMetric metric);

G_END_DECLS
