/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemMatrix: an immutable-once-shared, reference-counted, row-major matrix of doubles.
 *
 * Whoever makes one fills it through sem_matrix_get_data() before a second reference exists; after
 * that nobody writes.  Thread: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemMatrix SemMatrix;

/* sem_matrix_new: n_rows x n_cols zeros, or NULL with SEM_NUMERIC_ERROR_SHAPE when the size would not
 * fit in memory terms (n_rows * n_cols * 8 overflows or exceeds 64 GiB). */
SemMatrix *sem_matrix_new (gsize n_rows, gsize n_cols, GError **error);
/* The same without the zeros: whoever makes it writes every value.  Memory of a large matrix that was just let go is taken
 * over, as it is: clearing 32 MB anew for each key press costs a third of computing the cosines in it. */
SemMatrix *sem_matrix_new_unset (gsize n_rows, gsize n_cols, GError **error);
SemMatrix *sem_matrix_ref (SemMatrix *self);
void sem_matrix_unref (SemMatrix *self);
gsize sem_matrix_get_n_rows (const SemMatrix *self);
gsize sem_matrix_get_n_cols (const SemMatrix *self);
/* All values, row-major, leading dimension n_cols; borrowed. */
double *sem_matrix_get_data (SemMatrix *self);
const double *sem_matrix_get_row (const SemMatrix *self, gsize row);
double sem_matrix_get (const SemMatrix *self, gsize row, gsize col);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemMatrix, sem_matrix_unref)

G_END_DECLS
