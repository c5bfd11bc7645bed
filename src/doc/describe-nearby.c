/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word of the vocabulary behind the map in a sentence. */
#include "doc/describe.h"

#include "core/analysis/nearby.h"

#include <glib/gi18n-lib.h>

void
sem_describe_nearby (SemDescription *self, SemAnalysis *analysis, gsize index)
{
  const SemNearbyWord *word = &sem_nearby_get (analysis)->words[index];
  const char *nearest = sem_units_get (sem_analysis_get_units (analysis), word->unit)->label;

  self->subject = g_strdup_printf ("%s – %s", word->word, nearest);
  self->quantity = g_strdup (_ ("cosine"));
  self->value = sem_format_number (word->cosine, 2);
  /* Translators: of a word behind the map's points; the second %s is the text's word nearest to it
   */
  self->details = g_strdup_printf (_ ("“%s” is a word of the vocabulary; nearest to it is “%s”"),
                                   word->word, nearest);
}
