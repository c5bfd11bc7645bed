/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BERT's words.  Almost all English text is ASCII, where the rule is simple: letters and digits go
 * together, in lower case, and every other visible character is a word. */
#include "core/train/word-splitter.h"
#include "core/train/word-table.h"

#include <utf8proc.h>

static void
split_other (const char *chunk, gsize length, SemWordFunc func, gpointer user_data)
{
  char word[SEM_WORD_MAX_BYTES + 8];
  gsize n = 0;
  gboolean too_long = FALSE;
  utf8proc_uint8_t *mapped = NULL;
  utf8proc_ssize_t size = utf8proc_map ((const utf8proc_uint8_t *)chunk, (utf8proc_ssize_t)length,
                                        &mapped, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
  for (utf8proc_ssize_t i = 0; i < size;)
    {
      utf8proc_int32_t c;
      utf8proc_ssize_t step = utf8proc_iterate (mapped + i, size - i, &c);
      utf8proc_category_t category;
      if (step <= 0)
        break;
      i += step;
      category = utf8proc_category (c);
      if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_CC
          || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CO || c == 0xfffd)
        continue;
      c = utf8proc_tolower (c);
      gboolean blank = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL
                       || category == UTF8PROC_CATEGORY_ZP;
      gboolean alone
          = (c < 128 ? !g_ascii_isalnum ((gchar)c)
                     : (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO))
            || (c >= 0x4e00 && c <= 0x9fff);
      if ((blank || alone) && n > 0)
        {
          if (!too_long)
            func (word, n, user_data);
          n = 0;
        }
      if (blank || alone)
        too_long = FALSE;
      if (blank)
        continue;
      if (alone)
        {
          utf8proc_uint8_t one[4];
          func ((char *)one, (gsize)utf8proc_encode_char (c, one), user_data);
          continue;
        }
      if (n + 4 > SEM_WORD_MAX_BYTES)
        too_long = TRUE, n = 1;
      else
        n += (gsize)utf8proc_encode_char (c, (utf8proc_uint8_t *)word + n);
    }
  if (n > 0 && !too_long)
    func (word, n, user_data);
  g_free (mapped);
}

void
sem_split_words (const char *chunk, gsize length, SemWordFunc func, gpointer user_data)
{
  char word[SEM_WORD_MAX_BYTES];
  gsize n = 0, start = 0;

  for (gsize i = 0; i < length; i++)
    if ((guint8)chunk[i] >= 0x80)
      {
        split_other (chunk, length, func, user_data);
        return;
      }
  while (start < length)
    {
      n = 0;
      while (start + n < length && g_ascii_isalnum (chunk[start + n]))
        {
          if (n < sizeof word)
            word[n] = g_ascii_tolower (chunk[start + n]);
          n++;
        }
      if (n > 0 && n <= 100)
        func (word, n, user_data);
      start += n;
      if (start < length && !g_ascii_isalnum (chunk[start]))
        {
          if (g_ascii_isgraph (chunk[start]))
            func (chunk + start, 1, user_data);
          start++;
        }
    }
}
