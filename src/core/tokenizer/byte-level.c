/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte alphabet and its inverse. */
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/unicode-data.h"

static gboolean
is_printable (guint b)
{
  return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
}

static guint16 chars[256];
static gint16 bytes[0x144];

static void
fill_tables (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      guint next = 0x100;

      for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
        bytes[i] = -1;
      for (guint b = 0; b < 256; b++)
        {
          guint c = is_printable (b) ? b : next++;

          chars[b] = (guint16)c;
          bytes[c] = (gint16)b;
        }
      g_once_init_leave (&done, 1);
    }
}

guint32
sem_byte_level_char (guint8 byte)
{
  fill_tables ();
  return chars[byte];
}

int
sem_byte_level_byte (guint32 cp)
{
  fill_tables ();
  return cp < G_N_ELEMENTS (bytes) ? bytes[cp] : -1;
}

void
sem_byte_level_apply (const SemNormText *in, SemNormText *out)
{
  fill_tables ();
  out->len = 0;
  for (gsize i = 0; i < in->len; i++)
    sem_norm_text_append_char (out, chars[(guint8)in->bytes[i]], in->spans[i]);
}

gboolean
sem_byte_level_decode (const char *piece, gsize length, GByteArray *out)
{
  for (gsize at = 0; at < length;)
    {
      guint32 cp;
      int b;
      guint8 byte;

      at += sem_utf8_get (piece + at, &cp);
      b = sem_byte_level_byte (cp);
      if (b < 0)
        return FALSE;
      byte = (guint8)b;
      g_byte_array_append (out, &byte, 1);
    }
  return TRUE;
}
