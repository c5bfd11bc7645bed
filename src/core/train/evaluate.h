/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a model's vectors agree with people: word pairs with human scores, and analogies.
 *
 * A word's vector is the mean of its pieces' rows, as in the pictures.  A word without a vector (unknown, or all zeros) has cosine
 * 0 with everything, so that no pair is left out.
 *
 * Pairs: one a line, "word word score", separated by tabs or blanks; further columns, blank lines and lines that begin with # are
 * passed over, and so is a first line without a number (a heading).
 * Analogies, the format of word2vec's questions-words.txt: ": section" lines, and lines of four words, a b c d: a is to b as c to d. */
#pragma once

#include "core/model/model.h"

G_BEGIN_DECLS

/* sem_spearman: rank correlation of a[n] and b[n], ties sharing their mean rank (Spearman 1904, as Pearson's r of the ranks).
 * NAN for n < 2 or when one of them is constant.  Cost: O(n log n).  NaN in the input: the result is NAN. */
double sem_spearman (const double *a, const double *b, gsize n);

typedef struct
{
  gboolean analogies;    /* which of the two it was */
  gsize n;               /* pairs or questions */
  gsize n_known;         /* those whose words all have vectors */
  gsize n_several;       /* those with a word of several pieces */
  double spearman;       /* pairs: over all of them */
  double spearman_known; /* over those that are known */
  double accuracy;       /* analogies: share of all questions answered rightly, the question's words not allowed as answers */
  double accuracy_open;  /* the same with every word allowed */
} SemEvaluation;

/* sem_evaluate: text is the file's content.  Errors: SEM_TEXT_ERROR_ENCODING; SEM_FORMAT_ERROR_BAD_VALUE naming the line;
 * SEM_TEXT_ERROR_EMPTY without a pair; SEM_FORMAT_ERROR_MISSING for a model without vectors; those of encoding; CANCELLED. */
gboolean sem_evaluate (SemModel *model, GBytes *text, GCancellable *cancellable, SemEvaluation *result, GError **error);

G_END_DECLS
