/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemByteReader: little-endian reading of untrusted bytes.  Every call names its field, refuses before it moves, and
 * copies out; nothing is cast over file bytes.  Lives on the stack; borrows the bytes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *base;
  gsize length;
  gsize position; /* <= length */
} SemByteReader;

void sem_byte_reader_init (SemByteReader *self, const void *base, gsize length);
gsize sem_byte_reader_get_left (const SemByteReader *self);

/* Each reads one number and moves past it.
 * Errors: SEM_FORMAT_ERROR_TRUNCATED, "field 'x' needs 8 bytes at offset 16, 3 left"; the position stays. */
gboolean sem_byte_reader_u8 (SemByteReader *self, const char *field, guint8 *out, GError **error);
gboolean sem_byte_reader_u16 (SemByteReader *self, const char *field, guint16 *out, GError **error);
gboolean sem_byte_reader_u32 (SemByteReader *self, const char *field, guint32 *out, GError **error);
gboolean sem_byte_reader_u64 (SemByteReader *self, const char *field, guint64 *out, GError **error);
gboolean sem_byte_reader_f32 (SemByteReader *self, const char *field, float *out, GError **error);
gboolean sem_byte_reader_f64 (SemByteReader *self, const char *field, double *out, GError **error);
/* n bytes in place, borrowed from the base. */
gboolean sem_byte_reader_bytes (SemByteReader *self,
                                const char *field,
                                guint64 n,
                                const guint8 **out,
                                GError **error);
gboolean sem_byte_reader_skip (SemByteReader *self, const char *field, guint64 n, GError **error);

G_END_DECLS
