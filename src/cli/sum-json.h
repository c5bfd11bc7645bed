/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Show the sum" as JSON: what --explain adds to compare and project.  Every list with its rest adds up to its number. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

/* ,"contributions":[{"dimension","a","b","product"}],"rest": the dot product of x and y. */
void sem_append_dot_sum (GString *out, const double *x, const double *y, gsize dim);
/* ,"KEY":[{"id","piece","weight","norm","cosine"}]: the tokens that text's vector is the mean of. */
gboolean sem_append_piece_sum (GString *out, const char *key, SemModel *model, const char *text, const double *vector, GError **error);
/* ,"sums":[{"label","component","coordinate","terms":[{"dimension","value","mean","loading","product"}],"rest"}]: the first two
 * coordinates of each unit. */
void sem_append_coordinate_sums (GString *out, SemAnalysis *analysis);

G_END_DECLS
