/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one word got to its tokens, step by step: WordPiece's longest-match tries, BPE's merges in order, Unigram's lattice.
 * A list of steps made from an explanation, a sentence for each, and the picture of the first k of them.
 *
 * Picture: points, y down.  Text, normalised text and pre-token stand at the top, then one row a step, whose bars stand under
 * the letters of the pre-token they are about; letters run from left to right in the order of their bytes, whatever the script,
 * because that is how a tokenizer reads them.  Items are of kind SEM_ITEM_STEP. */
#pragma once

#include "core/tokenizer/explain.h"
#include "draw/layout.h"

G_BEGIN_DECLS

/* More steps of one word are counted, not shown; the result always is. */
#define SEM_EXPLAIN_MAX_STEPS 300

/* Immutable, reference-counted; keeps nothing of the explanation it was made from. */
typedef struct _SemExplainSteps SemExplainSteps;

/* sem_explain_steps_new: the steps of one of the explanation's words (a programmer's error when there is no such word). */
SemExplainSteps *sem_explain_steps_new (const SemExplanation *explanation, gsize word);
SemExplainSteps *sem_explain_steps_ref (SemExplainSteps *self);
void sem_explain_steps_unref (SemExplainSteps *self);
/* The number of steps; the result is the last. */
gsize sem_explain_steps_get_n (const SemExplainSteps *self);
/* What happens in step k, 1..n, as a sentence for people; 0: what there was before the first. */
char *sem_explain_steps_dup_sentence (const SemExplainSteps *self, gsize step);
/* The word that holds a byte of the explained text, else the one after it, else the last; G_MAXSIZE when there is none. */
gsize sem_explanation_find_word (const SemExplanation *explanation, gsize byte);

/* The picture of steps 1..step, the last of them accented.  steps NULL: a sentence that says there is nothing. */
SemLayout *sem_explain_layout_new (const SemLayoutInput *input, SemExplainSteps *steps, gsize step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemExplainSteps, sem_explain_steps_unref)

G_END_DECLS
