/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels: short, one line, never empty. */
#include "core/text/unit-label.h"

#include "core/text/segment.h"
#include "core/tokenizer/tokenizer.h"

static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
label_of_blanks (const char *text, gsize length)
{
  const char *end = text + length;
  GString *label = g_string_new (NULL);
  for (const char *p = text; p < end && label->len < 12; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '\n')
        g_string_append_unichar (label, 0x23ce); /* return symbol */
      else if (c == '\t')
        g_string_append_unichar (label, 0x21e5); /* rightwards arrow to bar */
      else if (c != '\r')
        g_string_append_unichar (label, 0x2423); /* open box */
    }
  if (label->len == 0)
    g_string_append_unichar (label, 0x23ce);
  return g_string_free (label, FALSE);
}

char *
sem_unit_label_of_text (const char *text, gsize length)
{
  const char *end = text + length;
  g_autoptr (GString) label = g_string_new (NULL);
  gboolean blank = FALSE, visible = FALSE;
  guint n_chars = 0;
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (sem_is_blank (c))
        {
          blank = TRUE;
          continue;
        }
      if (++n_chars > SEM_MAX_LABEL_CHARS)
        {
          g_string_append (label, "…");
          break;
        }
      if (blank && label->len > 0)
        g_string_append_c (label, ' ');
      blank = FALSE;
      visible = visible || !is_invisible (c);
      if (c != 0 && g_unichar_type (c) != G_UNICODE_CONTROL)
        g_string_append_unichar (label, c);
    }
  if (visible)
    return g_string_free (g_steal_pointer (&label), FALSE);
  if (n_chars == 0)
    return label_of_blanks (text, length);
  const char *first = text;
  while (sem_is_blank (g_utf8_get_char (first)))
    first = g_utf8_next_char (first);
  return g_strdup_printf ("U+%04X", g_utf8_get_char (first));
}

static char *
label_of_bytes (const guint8 *bytes, gsize n)
{
  GString *label = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (label, i == 0 ? "%02X" : " %02X", bytes[i]);
  return g_string_free (label, FALSE);
}

char *
sem_unit_label_of_token (const SemEncoding *encoding, gsize index)
{
  gsize n_tokens, length;
  const SemToken *token = &sem_encoding_get_tokens (encoding, &n_tokens)[index];
  const char *text = sem_encoding_get_text (encoding, &length);
  if (token->flags & SEM_TOKEN_BYTE)
    {
      g_autoptr (GBytes) bytes
          = sem_tokenizer_dup_piece_bytes (sem_encoding_get_tokenizer (encoding), token->id);
      gsize n = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;
      if (n > 0 && !g_utf8_validate_len (data, n, NULL))
        return label_of_bytes ((const guint8 *)data, n);
    }
  if (!(token->flags & SEM_TOKEN_TEMPLATE) && token->end > token->start && token->end <= length)
    return sem_unit_label_of_text (text + token->start, token->end - token->start);
  const char *piece = sem_encoding_get_piece (encoding, index);
  return piece != NULL && *piece != '\0' ? g_strdup (piece) : g_strdup_printf ("%u", token->id);
}
