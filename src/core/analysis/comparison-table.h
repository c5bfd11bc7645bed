/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a comparison as files: what "Save data" and `similarity -m A -m B` write, as core/analysis/table.h does. */
#pragma once

#include "core/analysis/comparison.h"

G_BEGIN_DECLS

/* {"metric","centered","a":{"model","dim","labels","n","matrix","mean_off_diagonal"},"b":{...},"difference":[[...]],
 *  "mean_absolute_difference","largest_difference","correlation",
 *  "disagreements":[{"i","j","labels":["...","..."],"a","b","difference"}]}
 * difference and what follows are null, and "why" says why, where the two cannot be subtracted.  first_text > 0: so many
 * paragraphs are one text, whose units stand against those of what follows; then "rows" and "columns" in place of "labels" and "n", "mean" for "mean_off_diagonal". */
char *sem_comparison_to_json (const SemComparison *self, gsize first_text);
/* A line for each pair in the order of the text: first,second,a,b,difference; with_names: the models' names for a and b.  NULL
 * where the two cannot be subtracted, with SEM_NUMERIC_ERROR_SHAPE. */
char *sem_comparison_to_csv (const SemComparison *self, gsize first_text, gboolean with_names, GError **error);
/* ,"residual":,"angle_deg":,"mirrored": of a second map turned onto the first. */
void sem_append_alignment (GString *json, const SemAlignment *alignment);
/* Why they cannot, untranslated; NULL when they can. */
const char *sem_comparison_get_obstacle (const SemComparison *self);

G_END_DECLS
