/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selections are remapped by place: a unit before the edit keeps its byte, one after it moves with
 * the text. */
#include "doc/selection.h"

#include <string.h>

static gsize
common_prefix (const char *a, const char *b, gsize limit)
{
  gsize i = 0;

  /* Blocks first: a 10 MB text is compared on every key. */
  while (i + 64 <= limit && memcmp (a + i, b + i, 64) == 0)
    i += 64;
  while (i < limit && a[i] == b[i])
    i++;
  return i;
}

static gboolean
is_continuation_byte (char c)
{
  return ((guchar)c & 0xC0) == 0x80;
}

void
sem_text_overlap (const char *a, gsize n_a, const char *b, gsize n_b, SemTextOverlap *out)
{
  gsize limit = MIN (n_a, n_b);
  gsize prefix = common_prefix (a, b, limit);
  gsize suffix = 0;

  while (prefix > 0 && prefix < n_a && is_continuation_byte (a[prefix]))
    prefix--;
  limit -= prefix;
  while (suffix < limit && a[n_a - 1 - suffix] == b[n_b - 1 - suffix])
    suffix++;
  while (suffix > 0 && is_continuation_byte (a[n_a - suffix]))
    suffix--;
  out->prefix = prefix;
  out->suffix = suffix;
}

gboolean
sem_text_is_fresh (const char *old_text, gsize n_old, const char *new_text, gsize n_new)
{
  SemTextOverlap overlap;

  if (n_old == 0)
    return TRUE;
  sem_text_overlap (old_text, n_old, new_text, n_new, &overlap);
  return (overlap.prefix + overlap.suffix) * 3 <= n_old;
}

void
sem_selection_overlap (SemAnalysis *from, SemAnalysis *to, SemTextOverlap *out)
{
  gsize n_from, n_to;
  const char *from_text = sem_encoding_get_text (sem_analysis_get_encoding (from), &n_from);
  const char *to_text = sem_encoding_get_text (sem_analysis_get_encoding (to), &n_to);

  sem_text_overlap (from_text, n_from, to_text, n_to, out);
}

gsize
sem_selection_map_unit (SemAnalysis *from,
                        SemAnalysis *to,
                        const SemTextOverlap *overlap,
                        gsize unit)
{
  gsize n_from, n_to, byte, found;
  const SemUnit *old_unit, *new_unit;
  SemUnits *units = sem_analysis_get_units (to);

  if (unit >= sem_analysis_get_n (from))
    return SEM_NO_ITEM;
  old_unit = sem_units_get (sem_analysis_get_units (from), unit);
  sem_encoding_get_text (sem_analysis_get_encoding (from), &n_from);
  sem_encoding_get_text (sem_analysis_get_encoding (to), &n_to);
  if (old_unit->start >= n_from) /* a special token covers no text */
    return SEM_NO_ITEM;

  if (old_unit->start >= n_from - overlap->suffix)
    byte = old_unit->start + n_to
           - n_from; /* unsigned wrap-around is meant: n_to may be the smaller */
  else if (old_unit->start <= overlap->prefix)
    byte = old_unit->start;
  else
    return SEM_NO_ITEM;

  found = sem_units_find_byte (units, byte);
  if (found >= sem_analysis_get_n (to))
    return SEM_NO_ITEM;
  new_unit = sem_units_get (units, found);
  if (sem_units_get_kind (units) == sem_units_get_kind (sem_analysis_get_units (from))
      && g_strcmp0 (old_unit->label, new_unit->label) != 0)
    return SEM_NO_ITEM;
  return found;
}
