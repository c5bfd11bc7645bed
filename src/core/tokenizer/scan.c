/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanners: classes of ASCII from a table, of everything else from the Unicode tables. */
#include "core/tokenizer/scan.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

/* End of the run of characters that have (or, with inverse, lack) one of the flags. */
static inline gsize
run_end (const char *s, gsize length, gsize at, guint32 flags, gboolean inverse)
{
  while (at < length)
    {
      guint32 cp;
      guint n = sem_utf8_get (s + at, &cp);

      if (((sem_uni_flags (cp) & flags) != 0) == inverse)
        break;
      at += n;
    }
  return at;
}

/* \s+(?!\S)|\s+ : all blanks up to the end, else all but the last, else the only one. */
static inline gsize
blanks_end (const char *s, gsize length, gsize at)
{
  gsize end = run_end (s, length, at, SEM_UNI_SPACE, FALSE), last;

  if (end == length)
    return end;
  last = sem_utf8_prev (s, end);
  return last > at ? last : end;
}

/* 's 't 're 've 'm 'll 'd after an apostrophe: length of the match, 0 when there is none. */
static inline guint
contraction (const char *s, gsize length, gsize at)
{
  char a, b;

  if (at + 1 >= length || s[at] != '\'')
    return 0;
  a = s[at + 1];
  if (a == 's' || a == 't' || a == 'm' || a == 'd')
    return 2;
  if (at + 2 >= length)
    return 0;
  b = s[at + 2];
  return (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l') ? 3 : 0;
}

gsize
sem_scan_gpt2 (const char *s, gsize length, gsize at)
{
  gsize start = at;
  guint32 cp, flags;
  guint n;

  if (s[at] == '\'' && (n = contraction (s, length, at)) > 0)
    return at + n;
  n = sem_utf8_get (s + at, &cp);
  flags = sem_uni_flags (cp);
  if (cp == ' ' && at + 1 < length)
    {
      at++;
      n = sem_utf8_get (s + at, &cp);
      flags = sem_uni_flags (cp);
    }
  if (flags & SEM_UNI_GPT2_L)
    return run_end (s, length, at + n, SEM_UNI_GPT2_L, FALSE);
  if (flags & SEM_UNI_GPT2_N)
    return run_end (s, length, at + n, SEM_UNI_GPT2_N, FALSE);
  if (!(flags & SEM_UNI_SPACE))
    return run_end (s, length, at + n, SEM_UNI_SPACE | SEM_UNI_GPT2_L | SEM_UNI_GPT2_N, TRUE);
  return blanks_end (s, length, start);
}

SemScanNext
sem_scan_find (const char *regex)
{
  return NULL;
}
