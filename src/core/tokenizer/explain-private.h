/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the encoder tells an explanation while it works. */
#pragma once

#include "core/tokenizer/encode-private.h"
#include "core/tokenizer/explain.h"

G_BEGIN_DECLS

void sem_explanation_note_stretch (SemExplanation *self, SemSpan span, const SemNormText *normalized);
void sem_explanation_note_word (SemExplanation *self,
                                const SemEncoder *e,
                                const SemNormText *text,
                                gsize start,
                                gsize end,
                                gsize first_token);
void sem_explanation_note_added (SemExplanation *self, const SemEncoder *e, const char *value, gsize length);

G_END_DECLS
