/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the kinds of units. */
#include "core/text/units.h"

#include <string.h>

static const char *const IDS[SEM_N_UNIT_KINDS] = {
  [SEM_UNIT_WORD] = "word",           [SEM_UNIT_TOKEN] = "token",
  [SEM_UNIT_CHARACTER] = "character", [SEM_UNIT_SENTENCE] = "sentence",
  [SEM_UNIT_PARAGRAPH] = "paragraph",
};

const char *
sem_unit_kind_get_id (SemUnitKind kind)
{
  g_return_val_if_fail ((guint)kind < SEM_N_UNIT_KINDS, NULL);
  return IDS[kind];
}

gboolean
sem_unit_kind_from_id (const char *id, SemUnitKind *kind)
{
  for (guint i = 0; i < SEM_N_UNIT_KINDS; i++)
    if (strcmp (id, IDS[i]) == 0)
      {
        *kind = (SemUnitKind)i;
        return TRUE;
      }
  return FALSE;
}
