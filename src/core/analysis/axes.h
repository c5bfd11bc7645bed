/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes made of word pairs: "man:woman,small:big" is a second way to lay vectors out in a plane.
 *
 * Formula: with a and b the vectors of a pair, u = (b - a) / |b - a| and m = (a + b) / 2, the coordinate of a vector v is (v - m) . u:
 * 0 halfway between the two words, -|b - a| / 2 at the first, +|b - a| / 2 at the second.  The two directions are not made
 * orthogonal: each axis says what it says; the angle between them is kept to be shown. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

#define SEM_AXES_MAX_BYTES 1000 /* of a description */

typedef struct
{
  char *from[2], *to[2]; /* the words; NULL when made from vectors */
  gsize dim;
  double *direction[2]; /* u, dim */
  double *middle[2];    /* m, dim */
  double length[2];     /* |b - a| */
  double angle_deg;     /* between the directions */
} SemAxes;

/* sem_axes_parse: two pairs of words, "a:b,c:d", blanks around a word left out, into words[0..3] (owned, NULL on an error).
 * Errors: SEM_TEXT_ERROR_EMPTY when it is not that. */
gboolean sem_axes_parse (const char *description, char *words[4], GError **error);
/* sem_axes_new: the words are looked up in the model, each pooled from its tokens.  Errors: those above;
 * SEM_TEXT_ERROR_VOCABULARY for a word the vocabulary does not have; SEM_NUMERIC_ERROR_SINGULAR when the words of a pair have the
 * same vector.  Thread: any. */
SemAxes *sem_axes_new (SemModel *model, const char *description, SemPooling pooling, GError **error);
/* The same from vectors of dim numbers. */
SemAxes *sem_axes_new_for_vectors (gsize dim,
                                   const double *const from[2],
                                   const double *const to[2],
                                   GError **error);
void sem_axes_free (SemAxes *self);
/* n x 2 coordinates of n x dim rows. */
SemMatrix *sem_axes_project (const SemAxes *self, const SemMatrix *rows, GError **error);

/* axes-table.c: what `project --axes` writes; keys: labels, method ("axes"), axes ({from, to, length}), angle_deg, coordinates,
 * neighbors_kept. */
char *sem_axes_dup_json (const SemAxes *self, SemAnalysis *analysis, const SemMatrix *coordinates);
char *sem_axes_dup_csv (const SemAxes *self, SemAnalysis *analysis, const SemMatrix *coordinates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemAxes, sem_axes_free)

G_END_DECLS
