/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a comparison as files: what "Save data" and `similarity -m A -m B` write, as core/analysis/table.h does. */
#pragma once

#include "core/analysis/comparison.h"

G_BEGIN_DECLS

/* {"metric","centered","a":{"model","dim","labels","n","matrix","mean_off_diagonal"},"b":{...},"difference":[[...]],
 *  "mean_absolute_difference","largest_difference","correlation",
 *  "disagreements":[{"i","j","labels":["...","..."],"a","b","difference"}]}
 * difference and what follows are null, and "why" says why, where the two cannot be subtracted. */
char *sem_comparison_to_json (const SemComparison *self);
/* A line for each pair in the order of the text: first,second,a,b,difference.  NULL where the two cannot be
 * subtracted, with SEM_NUMERIC_ERROR_SHAPE. */
char *sem_comparison_to_csv (const SemComparison *self, GError **error);
/* Why they cannot, untranslated; NULL when they can. */
const char *sem_comparison_get_obstacle (const SemComparison *self);

G_END_DECLS
