/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups in the generated Unicode tables, and Hangul, which is arithmetic (Unicode 15,
 * section 3.12). */
#include "core/tokenizer/unicode-data.h"

#include <string.h>

#define HANGUL_S 0xac00u
#define HANGUL_L 0x1100u
#define HANGUL_V 0x1161u
#define HANGUL_T 0x11a7u
#define HANGUL_N_L 19u
#define HANGUL_N_V 21u
#define HANGUL_N_T 28u
#define HANGUL_N_S (HANGUL_N_L * HANGUL_N_V * HANGUL_N_T)

guint
sem_utf8_put (guint32 cp, char *out)
{
  return (guint)g_unichar_to_utf8 (cp, out);
}

gsize
sem_utf8_prev (const char *s, gsize at)
{
  do
    at--;
  while (at > 0 && ((guint8)s[at] & 0xc0) == 0x80);
  return at;
}

gsize
sem_utf8_count (const char *s, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += ((guint8)s[i] & 0xc0) != 0x80;
  return n;
}

gboolean
sem_utf8_validate (const char *text, gsize length, const char **bad)
{
  const char *p = text, *end = text + length;

  while (p < end)
    {
      guint64 eight;
      gunichar c;

      while (end - p >= 8)
        {
          memcpy (&eight, p, 8);
          if (eight & G_GUINT64_CONSTANT (0x8080808080808080))
            break;
          p += 8;
        }
      if (p == end)
        break;
      if ((guint8)*p < 0x80)
        {
          p++;
          continue;
        }
      /* Two and three bytes without the special cases; what is left is asked for in full. */
      if (end - p >= 3 && ((guint8)p[1] & 0xc0) == 0x80)
        {
          guint8 first = (guint8)*p;

          if (first >= 0xc2 && first <= 0xdf)
            {
              p += 2;
              continue;
            }
          if (first >= 0xe1 && first <= 0xef && first != 0xed && ((guint8)p[2] & 0xc0) == 0x80)
            {
              p += 3;
              continue;
            }
        }
      c = g_utf8_get_char_validated (p, end - p);
      if (c >= 0x110000)
        {
          *bad = p;
          return FALSE;
        }
      p += sem_utf8_length ((guint8)*p);
    }
  return TRUE;
}

static const SemUniMap *
find_map (const SemUniMap *maps, gsize n, guint32 cp)
{
  gsize lo = 0, hi = n;

  while (lo < hi)
    {
      gsize mid = (lo + hi) / 2;

      if (maps[mid].cp < cp)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo < n && maps[lo].cp == cp ? &maps[lo] : NULL;
}

static guint
copy_map (const SemUniMap *map, guint32 cp, guint32 *out)
{
  if (map == NULL)
    {
      out[0] = cp;
      return 1;
    }
  for (guint i = 0; i < map->n; i++)
    out[i] = sem_uni_pool[map->first + i];
  return map->n;
}

guint
sem_uni_to_lower (guint32 cp, guint32 *out)
{
  if (cp < 0x80)
    {
      out[0] = cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
      return 1;
    }
  if (!(sem_uni_flags (cp) & SEM_UNI_LOWER))
    return copy_map (NULL, cp, out);
  return copy_map (find_map (sem_uni_lower, sem_uni_lower_n, cp), cp, out);
}

guint
sem_uni_decompose (guint32 cp, gboolean compatibility, guint32 *out)
{
  guint32 flags = sem_uni_flags (cp);

  if (!(flags & (compatibility ? SEM_UNI_NFKD : SEM_UNI_NFD)))
    return copy_map (NULL, cp, out);
  if (cp >= HANGUL_S && cp < HANGUL_S + HANGUL_N_S)
    {
      guint32 s = cp - HANGUL_S;

      out[0] = HANGUL_L + s / (HANGUL_N_V * HANGUL_N_T);
      out[1] = HANGUL_V + s % (HANGUL_N_V * HANGUL_N_T) / HANGUL_N_T;
      out[2] = HANGUL_T + s % HANGUL_N_T;
      return s % HANGUL_N_T == 0 ? 2 : 3;
    }
  if (compatibility)
    return copy_map (find_map (sem_uni_nfkd, sem_uni_nfkd_n, cp), cp, out);
  return copy_map (find_map (sem_uni_nfd, sem_uni_nfd_n, cp), cp, out);
}

guint8
sem_uni_ccc_of (guint32 cp)
{
  gsize lo = 0, hi = sem_uni_ccc_n;

  if (!(sem_uni_flags (cp) & SEM_UNI_CCC))
    return 0;
  while (lo < hi)
    {
      gsize mid = (lo + hi) / 2;

      if (sem_uni_ccc[mid] >> 8 < cp)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo < sem_uni_ccc_n && sem_uni_ccc[lo] >> 8 == cp ? (guint8)(sem_uni_ccc[lo] & 0xff) : 0;
}

guint32
sem_uni_compose (guint32 a, guint32 b)
{
  gsize lo = 0, hi = sem_uni_compose_n;

  if (a >= HANGUL_L && a < HANGUL_L + HANGUL_N_L && b >= HANGUL_V && b < HANGUL_V + HANGUL_N_V)
    return HANGUL_S + ((a - HANGUL_L) * HANGUL_N_V + (b - HANGUL_V)) * HANGUL_N_T;
  if (a >= HANGUL_S && a < HANGUL_S + HANGUL_N_S && (a - HANGUL_S) % HANGUL_N_T == 0 && b > HANGUL_T
      && b < HANGUL_T + HANGUL_N_T)
    return a + (b - HANGUL_T);
  while (lo < hi)
    {
      gsize mid = (lo + hi) / 2;
      guint32 x = sem_uni_compose_first[mid], y = sem_uni_compose_second[mid];

      if (x < a || (x == a && y < b))
        lo = mid + 1;
      else
        hi = mid;
    }
  if (lo < sem_uni_compose_n && sem_uni_compose_first[lo] == a && sem_uni_compose_second[lo] == b)
    return sem_uni_compose_result[lo];
  return 0;
}
