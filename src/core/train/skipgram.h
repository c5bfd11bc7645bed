/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemSkipGram: skip-gram with negative sampling over a stream of word indices.
 *
 * The caller owns the stream and decides how much is done at a time: sem_skip_gram_run() trains on one stretch and
 * returns, so a lesson can draw the vectors between two calls and several threads can work on stretches of their own
 * (Hogwild, Recht et al. 2011: rows are updated without locks).  With one caller the result depends on nothing but the
 * options and the order of the calls. */
#pragma once

#include "core/train/rng.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_STREAM_END_OF_LINE G_MAXUINT32 /* in a stream: no window reaches across it */

typedef struct
{
  gsize dim;           /* a multiple of 8 */
  guint window;        /* words to each side at most; each window's reach is drawn from 1..window */
  guint negatives;     /* per window */
  double sample;       /* words more frequent than this share of the corpus are thinned out; 0: never */
  double rate;         /* learning rate at the beginning; falls linearly */
  double min_rate;     /* share of rate at which it stops falling */
  double noise_power;  /* negatives are drawn from count^noise_power */
  guint64 seed;
} SemSkipGramOptions;

#define SEM_SKIP_GRAM_OPTIONS_INIT \
  { .dim = 192, .window = 6, .negatives = 8, .sample = 1e-4, .rate = 0.025, .min_rate = 0.004, .noise_power = 0.75, .seed = 1 }

typedef struct _SemSkipGram SemSkipGram;

/* sem_skip_gram_new: counts[n_words] of the stream's words, copied.
 * Errors: SEM_NUMERIC_ERROR_SHAPE for a dimension that is not a multiple of 8 or a window or number of negatives out of range. */
SemSkipGram *sem_skip_gram_new (const guint64 *counts,
                                guint32 n_words,
                                const SemSkipGramOptions *options,
                                GError **error);
/* The same check by itself. */
gboolean sem_skip_gram_check_options (const SemSkipGramOptions *options, GError **error);
void sem_skip_gram_free (SemSkipGram *self);

/* sem_skip_gram_run: trains on stream[n].  progress is how far the whole training is (0..1) and sets the learning rate.
 * Several threads may call it at once, each with its own rng.  */
void sem_skip_gram_run (SemSkipGram *self, const guint32 *stream, gsize n, double progress, SemRng *rng);

guint32 sem_skip_gram_get_n_words (const SemSkipGram *self);
gsize sem_skip_gram_get_dim (const SemSkipGram *self);
/* Rows as they are now: the word's own vector, and its vector as a neighbour (n_words x dim floats, borrowed). */
float *sem_skip_gram_get_vectors (SemSkipGram *self);
float *sem_skip_gram_get_contexts (SemSkipGram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemSkipGram, sem_skip_gram_free)

G_END_DECLS
