/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemRows: the n x dim embedding matrix wherever and however it is stored; a row becomes floating point only when it is
 * read.  Immutable, reference-counted, readable from several threads at once. */
#pragma once

#include "core/model/tensor-file.h"

G_BEGIN_DECLS

typedef struct _SemRows SemRows;

/* sem_rows_new_tensor: a 2-D tensor of a file.  scales: a tensor of one factor, or of one per row, or NULL.
 * Errors: SEM_FORMAT_ERROR when it has not two dimensions, no rows, no columns, more than 2^31 rows or 2^20 columns, or a
 * type that is no number. */
SemRows *sem_rows_new_tensor (SemTensorFile *file,
                              const SemTensor *tensor,
                              const SemTensor *scales,
                              GError **error);
/* Rows of dim little-endian floats at any offsets (n of them, taken) inside bytes; the caller has checked them. */
SemRows *sem_rows_new_scattered (GBytes *bytes, guint64 *offsets, gsize n, gsize dim);
/* Rows in memory; takes values, n x dim from g_malloc. */
SemRows *sem_rows_new_owned (float *values, gsize n, gsize dim);
/* Rows that are computed (fastText's words are averages): read is called with data, which destroy frees. */
typedef void (*SemRowFunc) (gpointer data, gsize row, float *out);
SemRows *sem_rows_new_computed (SemDtype stored, gsize n, gsize dim, SemRowFunc read, gpointer data,
                                GDestroyNotify destroy);

SemRows *sem_rows_ref (SemRows *self);
void sem_rows_unref (SemRows *self);
gsize sem_rows_get_n (const SemRows *self);
gsize sem_rows_get_dim (const SemRows *self);
SemDtype sem_rows_get_dtype (const SemRows *self); /* as stored */
void sem_rows_read (const SemRows *self, gsize row, double *out);
void sem_rows_read_f32 (const SemRows *self, gsize first, gsize n, float *out);
/* The rows in place, when they are aligned native floats one after the other; else NULL. */
const float *sem_rows_get_f32 (const SemRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemRows, sem_rows_unref)

G_END_DECLS
