/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanners.  Each is written for a family of expressions with the differences as constant
 * arguments, which the compiler folds. */
#include "core/tokenizer/scan.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

/* The classes of the o200k expression: what may stand in the first and in the second half of a
 * word.
 */
#define UPPER (SEM_UNI_LU | SEM_UNI_LT | SEM_UNI_LM | SEM_UNI_LO | SEM_UNI_M)
#define LOWER (SEM_UNI_LL | SEM_UNI_LM | SEM_UNI_LO | SEM_UNI_M)

static inline guint32
flags_at (const char *s, gsize at, guint *n)
{
  guint32 cp;

  *n = sem_utf8_get (s + at, &cp);
  return sem_uni_flags (cp);
}

/* End of the run of characters that have (or, with inverse, lack) one of the flags. */
static inline gsize
run_end (const char *s, gsize length, gsize at, guint32 flags, gboolean inverse)
{
  while (at < length)
    {
      guint n;

      if (((flags_at (s, at, &n) & flags) != 0) == inverse)
        break;
      at += n;
    }
  return at;
}

/* The same for letters, of which most are ASCII. */
static inline gsize
letters_end (const char *s, gsize length, gsize at, guint32 letters)
{
  for (;;)
    {
      guint n;

      while (at < length && (guint8)((s[at] | 0x20) - 'a') < 26)
        at++;
      if (at == length || (guint8)s[at] < 0x80 || !(flags_at (s, at, &n) & letters))
        return at;
      at += n;
    }
}

static inline gsize
digits_end (const char *s, gsize length, gsize at, guint limit)
{
  for (guint i = 0, n; i < limit && at < length && (flags_at (s, at, &n) & SEM_UNI_N); i++)
    at += n;
  return at;
}

static inline gsize
newlines_end (const char *s, gsize length, gsize at, gboolean slash)
{
  while (at < length && (s[at] == '\r' || s[at] == '\n' || (slash && s[at] == '/')))
    at++;
  return at;
}

/* \s+(?!\S)|\s+ over the blanks [at, end): all of them where the text ends, else all but the last,
 * else the only one. */
static inline gsize
blanks_before (const char *s, gsize at, gsize end, gboolean is_end)
{
  gsize last;

  if (is_end)
    return end;
  last = sem_utf8_prev (s, end);
  return last > at ? last : end;
}

/* \s*[\r\n]+|\s+(?!\S)|\s+ */
static inline gsize
blanks_and_lines (const char *s, gsize length, gsize at)
{
  gsize end = run_end (s, length, at, SEM_UNI_SPACE, FALSE), line = end;

  while (line > at && s[line - 1] != '\r' && s[line - 1] != '\n')
    line--;
  return line > at ? line : blanks_before (s, at, end, end == length);
}

/* --- GPT-2 */

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

/* A character with a stop flag is where the text ends: it is a piece of its own. */
static inline gsize
scan_gpt2 (const char *s, gsize length, gsize at, guint32 letter, guint32 number, guint32 stop)
{
  gsize start = at, end;
  guint32 flags;
  guint n;

  if (s[at] == '\'' && (n = contraction (s, length, at)) > 0)
    return at + n;
  flags = flags_at (s, at, &n);
  if (flags & stop)
    return at + n;
  if (s[at] == ' ' && at + 1 < length)
    {
      guint after;
      guint32 next = flags_at (s, at + 1, &after);

      if (!(next & stop))
        {
          at++;
          flags = next;
          n = after;
        }
    }
  if (flags & letter)
    {
      /* A letter never stops. */
      return letters_end (s, length, at + n, letter);
    }
  if (flags & number)
    {
      at += n;
      while (at < length && ((flags = flags_at (s, at, &n)) & number) && !(flags & stop))
        at += n;
      return at;
    }
  if (!(flags & SEM_UNI_SPACE))
    return run_end (s, length, at + n, SEM_UNI_SPACE | letter | number | stop, TRUE);
  end = run_end (s, length, start, SEM_UNI_SPACE, FALSE);
  return blanks_before (s, start, end, end == length || (flags_at (s, end, &n) & stop));
}

gsize
sem_scan_gpt2 (const char *s, gsize length, gsize at)
{
  return scan_gpt2 (s, length, at, SEM_UNI_GPT2_L, SEM_UNI_GPT2_N, 0);
}

gsize
sem_scan_gpt2_digits (const char *s, gsize length, gsize at)
{
  return scan_gpt2 (s, length, at, SEM_UNI_GPT2_L, SEM_UNI_GPT2_N, SEM_UNI_NUMERIC);
}

/* As an expression, which has other tables than the byte-level component. */
static gsize
scan_gpt2_regex (const char *s, gsize length, gsize at)
{
  return scan_gpt2 (s, length, at, SEM_UNI_L, SEM_UNI_N, 0);
}

/* --- cl100k and its relatives */

/* (?i:'s|'t|'re|'ve|'m|'ll|'d), where the long s (U+017F) is an s too, or the same without it. */
static inline guint
contraction_any_case (const char *s, gsize length, gsize at, gboolean long_s)
{
  char a, b;

  if (at + 1 >= length || s[at] != '\'')
    return 0;
  a = s[at + 1] | 0x20;
  if (a == 's' || a == 't' || a == 'm' || a == 'd')
    return 2;
  if (at + 2 >= length)
    return 0;
  if (long_s && s[at + 1] == '\305' && s[at + 2] == '\277')
    return 3;
  b = s[at + 2] | 0x20;
  return (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l') ? 3 : 0;
}

/* What follows the words in all of them: \p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|blanks */
static inline gsize
scan_no_word (const char *s, gsize length, gsize at, guint digits, gboolean slash)
{
  guint n;
  guint32 flags = flags_at (s, at, &n);

  if (flags & SEM_UNI_N)
    return digits_end (s, length, at, digits);
  if (s[at] == ' ' && at + 1 < length)
    {
      guint after;
      guint32 next = flags_at (s, at + 1, &after);

      if (!(next & (SEM_UNI_SPACE | SEM_UNI_L | SEM_UNI_N)))
        {
          at++;
          flags = next;
          n = after;
        }
    }
  if (!(flags & SEM_UNI_SPACE))
    {
      at = run_end (s, length, at + n, SEM_UNI_SPACE | SEM_UNI_L | SEM_UNI_N, TRUE);
      return newlines_end (s, length, at, slash);
    }
  return blanks_and_lines (s, length, at);
}

/* (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}|... */
static inline gsize
scan_cl100k (const char *s, gsize length, gsize at, guint digits, gboolean long_s)
{
  guint n, after;
  guint32 flags;

  if (s[at] == '\'' && (n = contraction_any_case (s, length, at, long_s)) > 0)
    return at + n;
  flags = flags_at (s, at, &n);
  if (flags & SEM_UNI_L)
    return letters_end (s, length, at + n, SEM_UNI_L);
  if (!(flags & SEM_UNI_N) && s[at] != '\r' && s[at] != '\n' && at + n < length
      && (flags_at (s, at + n, &after) & SEM_UNI_L))
    return letters_end (s, length, at + n + after, SEM_UNI_L);
  return scan_no_word (s, length, at, digits, FALSE);
}

static gsize
scan_cl100k_3 (const char *s, gsize length, gsize at)
{
  return scan_cl100k (s, length, at, 3, TRUE);
}

static gsize
scan_cl100k_1 (const char *s, gsize length, gsize at)
{
  return scan_cl100k (s, length, at, 1, TRUE);
}

static gsize
scan_llama_3 (const char *s, gsize length, gsize at)
{
  return scan_cl100k (s, length, at, 3, FALSE);
}

static gsize
scan_llama_1 (const char *s, gsize length, gsize at)
{
  return scan_cl100k (s, length, at, 1, FALSE);
}

/* --- o200k and its relatives */

/* What may stand in the first and in the second half of a word: by general category, or (llama.cpp)
 * every letter but a-z, every letter but A-Z, with the marks or without. */
typedef enum
{
  HALVES_BY_CATEGORY,
  HALVES_BY_ASCII,
  HALVES_BY_ASCII_WITH_MARKS,
} Halves;

static inline guint32
letters_of (Halves halves)
{
  return halves == HALVES_BY_ASCII ? SEM_UNI_L : SEM_UNI_L | SEM_UNI_M;
}

static inline gboolean
is_upper (Halves halves, guint32 flags, char c)
{
  return halves == HALVES_BY_CATEGORY ? (flags & UPPER) != 0
                                      : (flags & letters_of (halves)) && !(c >= 'a' && c <= 'z');
}

static inline gboolean
is_lower (Halves halves, guint32 flags, char c)
{
  return halves == HALVES_BY_CATEGORY ? (flags & LOWER) != 0
                                      : (flags & letters_of (halves)) && !(c >= 'A' && c <= 'Z');
}

static inline gsize
lower_end (const char *s, gsize length, gsize at, Halves halves)
{
  guint n;

  while (at < length && is_lower (halves, flags_at (s, at, &n), s[at]))
    at += n;
  return at;
}

/* [upper]*[lower]+ at `at`: greedy, giving back as few of the first as needed.  0: no match. */
static inline gsize
upper_then_lower (const char *s, gsize length, gsize at, Halves halves)
{
  gsize end = at, both = 0; /* end of the last character of the run that may be in either half */
  guint n;

  while (end < length)
    {
      guint32 flags = flags_at (s, end, &n);
      char c = s[end];

      if (!is_upper (halves, flags, c))
        break;
      end += n;
      if (is_lower (halves, flags, c))
        both = end;
    }
  if (end < length && is_lower (halves, flags_at (s, end, &n), s[end]))
    return lower_end (s, length, end + n, halves);
  return both;
}

/* [upper]+[lower]*.  0: no match. */
static inline gsize
upper_maybe_lower (const char *s, gsize length, gsize at, Halves halves)
{
  gsize end = at;
  guint n;

  while (end < length && is_upper (halves, flags_at (s, end, &n), s[end]))
    end += n;
  return end > at ? lower_end (s, length, end, halves) : 0;
}

/* The two kinds of words, each with the character before it or without; 0: none. */
static inline gsize
o200k_word (const char *s, gsize length, gsize at, Halves halves)
{
  guint n;
  guint32 flags = flags_at (s, at, &n);
  gboolean prefix = !(flags & (SEM_UNI_L | SEM_UNI_N)) && s[at] != '\r' && s[at] != '\n';
  gsize end = prefix ? upper_then_lower (s, length, at + n, halves) : 0;

  if (prefix && !is_upper (halves, flags, s[at]))
    return end > 0 ? end : upper_maybe_lower (s, length, at + n, halves);
  if (end == 0)
    end = upper_then_lower (s, length, at, halves);
  if (end == 0 && prefix)
    end = upper_maybe_lower (s, length, at + n, halves);
  return end > 0 ? end : upper_maybe_lower (s, length, at, halves);
}

static gsize
scan_o200k (const char *s, gsize length, gsize at)
{
  gsize end = o200k_word (s, length, at, HALVES_BY_CATEGORY);

  return end > 0 ? end + contraction_any_case (s, length, end, TRUE)
                 : scan_no_word (s, length, at, 3, TRUE);
}

static gsize
scan_llama_o200k (const char *s, gsize length, gsize at)
{
  gsize end = o200k_word (s, length, at, HALVES_BY_ASCII);

  return end > 0 ? end + contraction_any_case (s, length, end, FALSE)
                 : scan_no_word (s, length, at, 3, TRUE);
}

static gsize
scan_tekken (const char *s, gsize length, gsize at)
{
  gsize end = o200k_word (s, length, at, HALVES_BY_CATEGORY);

  return end > 0 ? end : scan_no_word (s, length, at, 1, TRUE);
}

static gsize
scan_llama_tekken (const char *s, gsize length, gsize at)
{
  gsize end = o200k_word (s, length, at, HALVES_BY_ASCII);

  return end > 0 ? end : scan_no_word (s, length, at, 1, TRUE);
}

static gsize
scan_llama_o200k_marks (const char *s, gsize length, gsize at)
{
  gsize end = o200k_word (s, length, at, HALVES_BY_ASCII_WITH_MARKS);

  return end > 0 ? end + contraction_any_case (s, length, end, FALSE)
                 : scan_no_word (s, length, at, 3, TRUE);
}

/* --- numbers in threes */

/* End of n characters. */
static inline gsize
skip_characters (const char *s, gsize at, guint n)
{
  while (n-- > 0)
    at += sem_utf8_length ((guint8)s[at]);
  return at;
}

static gboolean
is_number_before (const char *s, gsize at)
{
  guint n;

  return at > 0 && (flags_at (s, sem_utf8_prev (s, at), &n) & SEM_UNI_N);
}

static gsize
scan_threes (const char *s, gsize length, gsize at)
{
  gsize start = run_end (s, length, at, SEM_UNI_N, TRUE), count;

  if (start == length)
    return length;
  /* After the first of a number what is left is a multiple of three: not to be counted again. */
  if (start == at && is_number_before (s, at))
    return skip_characters (s, at, 3);
  count = sem_utf8_count (s + start, run_end (s, length, start, SEM_UNI_N, FALSE) - start);
  return skip_characters (s, start, count % 3 > 0 ? (guint)(count % 3) : 3);
}

static gsize
ascii_digits_end (const char *s, gsize length, gsize at)
{
  while (at < length && g_ascii_isdigit (s[at]))
    at++;
  return at;
}

/* The end is a place that a multiple of three digits follow.  A piece that starts at one needs no
 * counting: its own digits are three. */
static gsize
scan_before_threes (const char *s, gsize length, gsize at)
{
  gsize start = at;

  if (at > 0 && at + 3 < length && ascii_digits_end (s, at + 4, at) == at + 4)
    return at + 3;
  while (at < length)
    {
      gsize end = ascii_digits_end (s, length, at), first = at + (end - at) % 3;

      if (first == start)
        first += 3;
      if (first < end)
        return first;
      at = end < length ? end + sem_utf8_length ((guint8)s[end]) : end;
    }
  return length;
}

static const struct
{
  const char *regex;
  SemScanNext scan;
} known[] = {
  { SEM_REGEX_GPT2 "|\\s+", scan_gpt2_regex },
  { SEM_REGEX_GPT2, scan_gpt2_regex }, /* the blank that it leaves over is a piece all the same */
  { SEM_REGEX_CL100K (SEM_REGEX_ANY_CASE, "\\p{N}{1,3}"), scan_cl100k_3 }, /* also Llama 3 */
  { SEM_REGEX_CL100K (SEM_REGEX_ANY_CASE, "\\p{N}"), scan_cl100k_1 },      /* Qwen 2 */
  { SEM_REGEX_CL100K (SEM_REGEX_BOTH_CASES, "\\p{N}{1,3}"), scan_llama_3 },
  { SEM_REGEX_CL100K (SEM_REGEX_BOTH_CASES, "\\p{N}"), scan_llama_1 },
  { SEM_REGEX_O200K (SEM_REGEX_UPPER, SEM_REGEX_LOWER, SEM_REGEX_ANY_CASE "?", "\\p{N}{1,3}"),
    scan_o200k },
  { SEM_REGEX_O200K (SEM_REGEX_UPPER, SEM_REGEX_LOWER, "", "\\p{N}"), scan_tekken },
  { SEM_REGEX_O200K (SEM_REGEX_NO_LOWER,
                     SEM_REGEX_NO_UPPER,
                     SEM_REGEX_BOTH_CASES "?",
                     "\\p{N}{1,3}"),
    scan_llama_o200k },
  { SEM_REGEX_O200K (SEM_REGEX_NO_LOWER, SEM_REGEX_NO_UPPER, "", "\\p{N}"), scan_llama_tekken },
  { SEM_REGEX_O200K (SEM_REGEX_NO_LOWER_M,
                     SEM_REGEX_NO_UPPER_M,
                     SEM_REGEX_BOTH_CASES "?",
                     "\\p{N}{1,3}"),
    scan_llama_o200k_marks },
  { SEM_REGEX_THREES, scan_threes },
  { SEM_REGEX_BEFORE_THREES, scan_before_threes },
};

SemScanNext
sem_scan_find (const char *regex)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].regex, regex) == 0)
      return known[i].scan;
  return NULL;
}

const char *
sem_scan_get_regex (gsize i)
{
  return i < G_N_ELEMENTS (known) ? known[i].regex : NULL;
}
