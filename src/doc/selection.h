/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a selection when the text, the unit kind or the model under it changes. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

/* Bytes that two texts have in common at the start and, not counting those again, at the end; cut back to the beginning
 * of a character. */
typedef struct
{
  gsize prefix, suffix;
} SemTextOverlap;
void sem_text_overlap (const char *a, gsize n_a, const char *b, gsize n_b, SemTextOverlap *out);
/* Has the text been replaced rather than edited?  At most a third of the old one is left. */
gboolean sem_text_is_fresh (const char *old_text, gsize n_old, const char *new_text, gsize n_new);

/* The unit of `to` that unit of `from` has become, or SEM_NO_ITEM.  Found by its place in the text (moved along with what was
 * typed before it); of the same kind of units it must also still have its label. */
gsize sem_selection_map_unit (SemAnalysis *from, SemAnalysis *to, const SemTextOverlap *overlap, gsize unit);
/* Overlap of the texts behind two analyses. */
void sem_selection_overlap (SemAnalysis *from, SemAnalysis *to, SemTextOverlap *out);

G_END_DECLS
