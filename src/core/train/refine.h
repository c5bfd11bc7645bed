/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to vectors after training: rows of n x dim floats, changed in place. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every row to length 1; a zero row stays. */
void sem_refine_normalize (float *rows, gsize n, gsize dim);
/* rows = rows / mean length of rows + share * others / mean length of others: a word's vector and its vector as a neighbour. */
void sem_refine_add (float *rows, const float *others, gsize n, gsize dim, double share);
/* sem_refine_remove_common: subtracts the mean of the first n_reference rows from all and then scales the n_top directions of
 * largest variance among them by keep (0 removes them): what all words have in common says nothing about any of them, and
 * afterwards unrelated words have a cosine near 0.  Mu & Viswanath 2018, "All-but-the-top".
 * Errors: SEM_NUMERIC_ERROR of the eigenvalue routine. */
gboolean sem_refine_remove_common (float *rows,
                                   gsize n,
                                   gsize dim,
                                   gsize n_reference,
                                   gsize n_top,
                                   double keep,
                                   GError **error);

/* The words that a vocabulary cuts into several pieces, as lists of piece numbers. */
typedef struct
{
  gsize n_words;
  const gsize *starts;   /* n_words + 1 positions in pieces */
  const guint32 *pieces; /* the words' pieces, one word after the other */
  const float *targets;  /* n_words x dim: what the mean of a word's pieces should be */
  const float *weights;  /* n_words: how much a word counts */
} SemDistillWords;

/* sem_refine_distill: sets the rows of pieces (n_pieces x dim) that are free so that the mean of each word's pieces comes as near
 * to its target as it can: least squares with a ridge, by sweeps of block coordinate descent, which lower the sum every time.
 * Cost: O(sweeps x pieces of all words x dim). */
void sem_refine_distill (float *rows,
                         gsize n_pieces,
                         gsize dim,
                         const guint8 *is_free,
                         const SemDistillWords *words,
                         double ridge,
                         guint n_sweeps);
/* The sum that is minimised, without the ridge: sum_w weight |target - mean|^2. */
double sem_refine_distill_loss (const float *rows, gsize dim, const SemDistillWords *words);

G_END_DECLS
