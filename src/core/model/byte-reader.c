/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds-checked reading of little-endian numbers. */
#include "core/model/byte-reader.h"

#include "core/error.h"

#include <string.h>

void
sem_byte_reader_init (SemByteReader *self, const void *base, gsize length)
{
  self->base = base;
  self->length = length;
  self->position = 0;
}

gsize
sem_byte_reader_get_left (const SemByteReader *self)
{
  return self->length - self->position;
}

gboolean
sem_byte_reader_bytes (SemByteReader *self,
                       const char *field,
                       guint64 n,
                       const guint8 **out,
                       GError **error)
{
  gsize left = sem_byte_reader_get_left (self);
  if (n > left)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                   "field '%s' needs %" G_GUINT64_FORMAT " bytes at offset %" G_GSIZE_FORMAT
                   ", %" G_GSIZE_FORMAT " left",
                   field, n, self->position, left);
      return FALSE;
    }
  *out = self->base + self->position;
  self->position += (gsize)n;
  return TRUE;
}

gboolean
sem_byte_reader_skip (SemByteReader *self, const char *field, guint64 n, GError **error)
{
  const guint8 *ignored;
  return sem_byte_reader_bytes (self, field, n, &ignored, error);
}

gboolean
sem_byte_reader_u8 (SemByteReader *self, const char *field, guint8 *out, GError **error)
{
  const guint8 *bytes;
  if (!sem_byte_reader_bytes (self, field, 1, &bytes, error))
    return FALSE;
  *out = bytes[0];
  return TRUE;
}

gboolean
sem_byte_reader_u16 (SemByteReader *self, const char *field, guint16 *out, GError **error)
{
  const guint8 *bytes;
  if (!sem_byte_reader_bytes (self, field, 2, &bytes, error))
    return FALSE;
  guint16 value;
  memcpy (&value, bytes, sizeof value);
  *out = GUINT16_FROM_LE (value);
  return TRUE;
}

gboolean
sem_byte_reader_u32 (SemByteReader *self, const char *field, guint32 *out, GError **error)
{
  const guint8 *bytes;
  if (!sem_byte_reader_bytes (self, field, 4, &bytes, error))
    return FALSE;
  guint32 value;
  memcpy (&value, bytes, sizeof value);
  *out = GUINT32_FROM_LE (value);
  return TRUE;
}

gboolean
sem_byte_reader_u64 (SemByteReader *self, const char *field, guint64 *out, GError **error)
{
  const guint8 *bytes;
  if (!sem_byte_reader_bytes (self, field, 8, &bytes, error))
    return FALSE;
  guint64 value;
  memcpy (&value, bytes, sizeof value);
  *out = GUINT64_FROM_LE (value);
  return TRUE;
}

gboolean
sem_byte_reader_f32 (SemByteReader *self, const char *field, float *out, GError **error)
{
  guint32 bits;
  if (!sem_byte_reader_u32 (self, field, &bits, error))
    return FALSE;
  memcpy (out, &bits, sizeof bits);
  return TRUE;
}

gboolean
sem_byte_reader_f64 (SemByteReader *self, const char *field, double *out, GError **error)
{
  guint64 bits;
  if (!sem_byte_reader_u64 (self, field, &bits, error))
    return FALSE;
  memcpy (out, &bits, sizeof bits);
  return TRUE;
}
