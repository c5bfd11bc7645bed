/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing NumPy's .npy, format 1.0 (layout: core/model/npy.h): little-endian, row-major, two dimensions or three. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* '<f8' and '<i8': values are n_layers x n_rows x n_cols, row-major; one layer is two-dimensional.  numpy.load() gives the same numbers. */
GBytes *sem_npy_write_doubles (const double *values, gsize n_layers, gsize n_rows, gsize n_cols);
GBytes *sem_npy_write_integers (const gint64 *values, gsize n_layers, gsize n_rows, gsize n_cols);

G_END_DECLS
