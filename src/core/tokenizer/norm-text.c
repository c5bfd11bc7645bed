/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing and filling of SemNormText. */
#include "core/tokenizer/norm-text.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

void
sem_norm_text_clear (SemNormText *self)
{
  g_clear_pointer (&self->bytes, g_free);
  g_clear_pointer (&self->spans, g_free);
  self->len = self->cap = 0;
}

gboolean
sem_norm_text_check_growth (gsize from, gsize length, GError **error)
{
  if (length <= SEM_NORM_TEXT_MAX_SMALL || length / SEM_NORM_TEXT_MAX_GROWTH <= from)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
               "the tokenizer's rules make %" G_GSIZE_FORMAT " bytes or more of %" G_GSIZE_FORMAT
               ", at most %u times as many are allowed",
               length, from, SEM_NORM_TEXT_MAX_GROWTH);
  return FALSE;
}

void
sem_norm_text_reserve (SemNormText *self, gsize more)
{
  if (self->cap - self->len >= more)
    return;
  self->cap = MAX (MAX (self->cap + self->cap / 2, self->len + more), 64);
  self->bytes = g_renew (char, self->bytes, self->cap);
  self->spans = g_renew (SemSpan, self->spans, self->cap);
}

void
sem_norm_text_set_original (SemNormText *self, const char *text, gsize length, guint32 base)
{
  self->len = 0;
  sem_norm_text_reserve (self, length);
  memcpy (self->bytes, text, length);
  for (gsize at = 0; at < length;)
    {
      guint n = sem_utf8_length ((guint8)text[at]);
      SemSpan span = { base + (guint32)at, base + (guint32)at + n };

      for (guint i = 0; i < n; i++)
        self->spans[at++] = span;
    }
  self->len = length;
}

void
sem_norm_text_append_bytes (SemNormText *self, const char *bytes, gsize length, SemSpan span)
{
  sem_norm_text_reserve (self, length);
  memcpy (self->bytes + self->len, bytes, length);
  for (gsize i = 0; i < length; i++)
    self->spans[self->len + i] = span;
  self->len += length;
}

void
sem_norm_text_append_char (SemNormText *self, guint32 cp, SemSpan span)
{
  char utf8[6];
  guint n;

  if (cp < 0x80)
    {
      sem_norm_text_reserve (self, 1);
      self->bytes[self->len] = (char)cp;
      self->spans[self->len++] = span;
      return;
    }
  n = sem_utf8_put (cp, utf8);
  sem_norm_text_append_bytes (self, utf8, n, span);
}

void
sem_norm_text_append_slice (SemNormText *self, const SemNormText *other, gsize start, gsize end)
{
  gsize n = end - start;

  sem_norm_text_reserve (self, n);
  if (n == 0)
    return;
  memcpy (self->bytes + self->len, other->bytes + start, n);
  memcpy (self->spans + self->len, other->spans + start, n * sizeof (SemSpan));
  self->len += n;
}
