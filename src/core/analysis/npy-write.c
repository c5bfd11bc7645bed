/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A magic, a Python dictionary padded with blanks so that the numbers begin at a multiple of 64,
 * the numbers. */
#include "core/analysis/npy-write.h"

#include <string.h>

#define PREAMBLE 10 /* magic, version, length of the header */
#define ALIGNMENT 64

G_STATIC_ASSERT (sizeof (double) == sizeof (guint64));

static GBytes *
write_array (const char *descr, gconstpointer values, gsize n_layers, gsize n_rows, gsize n_cols)
{
  g_autofree char *layers
      = n_layers == 1 ? g_strdup ("") : g_strdup_printf ("%" G_GSIZE_FORMAT ", ", n_layers);
  g_autofree char *header
      = g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': (%s%" G_GSIZE_FORMAT
                         ", %" G_GSIZE_FORMAT "), }",
                         descr, layers, n_rows, n_cols);
  gsize used = strlen (header), n = n_layers * n_rows * n_cols;
  /* With the line end that the format asks for. */
  gsize length = (PREAMBLE + used + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - PREAMBLE;
  gsize size = PREAMBLE + length + n * sizeof (guint64);
  guint8 *out = g_malloc (size), *to = out + PREAMBLE + length;

  memcpy (out, "\x93NUMPY\x01\x00", 8);
  out[8] = (guint8)(length & 0xff);
  out[9] = (guint8)(length >> 8);
  memset (out + PREAMBLE, ' ', length);
  memcpy (out + PREAMBLE, header, used);
  out[PREAMBLE + length - 1] = '\n';
  for (gsize i = 0; i < n; i++, to += sizeof (guint64))
    {
      guint64 bits;

      memcpy (&bits, (const guint8 *)values + i * sizeof bits, sizeof bits);
      bits = GUINT64_TO_LE (bits);
      memcpy (to, &bits, sizeof bits);
    }
  return g_bytes_new_take (out, size);
}

GBytes *
sem_npy_write_doubles (const double *values, gsize n_layers, gsize n_rows, gsize n_cols)
{
  return write_array ("<f8", values, n_layers, n_rows, n_cols);
}

GBytes *
sem_npy_write_integers (const gint64 *values, gsize n_layers, gsize n_rows, gsize n_cols)
{
  return write_array ("<i8", values, n_layers, n_rows, n_cols);
}
