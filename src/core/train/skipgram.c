/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skip-gram over a stream of word indices: thinning of frequent words, windows, shared negatives.
 * The arithmetic of one window is in skipgram-kernel.c. */
#include "core/train/skipgram.h"
#include "core/train/skipgram-kernel.h"
#include "core/error.h"

#include <math.h>

#define NOISE_TABLE_SIZE (1u << 22)
#define SENTENCE_MAX 4096 /* words kept of one stretch; a longer line is cut there */
#define ALIGNMENT 64

struct _SemSkipGram
{
  SemSkipGramOptions options;
  guint32 n_words;
  float *vectors;
  float *contexts;
  guint32 *keep;  /* of 2^32: how often an occurrence of the word is kept */
  guint32 *noise; /* word indices, each as often as its share of the noise distribution */
};

/* word2vec's rule: an occurrence is kept with probability sqrt (t / f) + t / f, f the word's share
 * of the corpus. */
static guint32 *
make_keep (const guint64 *counts, guint32 n_words, double sample)
{
  guint32 *keep = g_new (guint32, n_words);
  double total = 0.0;

  for (guint32 i = 0; i < n_words; i++)
    total += (double)counts[i];
  for (guint32 i = 0; i < n_words; i++)
    {
      double ratio = sample * total / MAX (1.0, (double)counts[i]);
      double probability = sample > 0.0 ? sqrt (ratio) + ratio : 1.0;

      keep[i] = probability >= 1.0 ? G_MAXUINT32 : (guint32)(probability * 4294967295.0);
    }
  return keep;
}

static guint32 *
make_noise (const guint64 *counts, guint32 n_words, double power)
{
  guint32 *noise = g_new (guint32, NOISE_TABLE_SIZE);
  double total = 0.0, sum = 0.0;
  guint32 filled = 0;

  for (guint32 i = 0; i < n_words; i++)
    total += pow ((double)counts[i], power);
  for (guint32 i = 0; i < n_words && total > 0.0; i++)
    {
      sum += pow ((double)counts[i], power) / total;
      while (filled < NOISE_TABLE_SIZE && (double)filled < sum * NOISE_TABLE_SIZE)
        noise[filled++] = i;
    }
  while (filled < NOISE_TABLE_SIZE)
    noise[filled++] = n_words - 1;
  return noise;
}

gboolean
sem_skip_gram_check_options (const SemSkipGramOptions *options, GError **error)
{
  if (options->dim == 0 || options->dim % SEM_KERNEL_LANES != 0 || options->dim > 4096)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "dimension: found %" G_GSIZE_FORMAT ", allowed are multiples of %d up to 4096",
                   options->dim, SEM_KERNEL_LANES);
      return FALSE;
    }
  if (options->window == 0 || options->window > SEM_KERNEL_MAX_INPUTS / 2)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "window: found %u words, allowed are 1 to %d", options->window,
                   SEM_KERNEL_MAX_INPUTS / 2);
      return FALSE;
    }
  if (options->negatives == 0 || options->negatives >= SEM_KERNEL_MAX_OUTPUTS)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "negatives: found %u, allowed are 1 to %d", options->negatives,
                   SEM_KERNEL_MAX_OUTPUTS - 1);
      return FALSE;
    }
  return TRUE;
}

SemSkipGram *
sem_skip_gram_new (const guint64 *counts,
                   guint32 n_words,
                   const SemSkipGramOptions *options,
                   GError **error)
{
  SemSkipGram *self;
  SemRng rng = { options->seed };
  gsize n_values = (gsize)n_words * options->dim;

  if (!sem_skip_gram_check_options (options, error))
    return NULL;
  self = g_new0 (SemSkipGram, 1);
  self->options = *options;
  self->n_words = n_words;
  self->vectors = g_aligned_alloc0 (n_values, sizeof (float), ALIGNMENT);
  self->contexts = g_aligned_alloc0 (n_values, sizeof (float), ALIGNMENT);
  for (gsize i = 0; i < n_values; i++)
    self->vectors[i] = (float)((sem_rng_uniform (&rng) - 0.5) / (double)options->dim);
  self->keep = make_keep (counts, n_words, options->sample);
  self->noise = make_noise (counts, n_words, options->noise_power);
  return self;
}

void
sem_skip_gram_free (SemSkipGram *self)
{
  if (self == NULL)
    return;
  g_aligned_free (self->vectors);
  g_aligned_free (self->contexts);
  g_free (self->keep);
  g_free (self->noise);
  g_free (self);
}

/* All windows of one thinned-out sentence. */
static void
train_sentence (SemSkipGram *self,
                const guint32 *sentence,
                gsize n,
                float rate,
                SemRng *rng,
                float *scratch)
{
  gsize dim = self->options.dim;

  for (gsize center = 0; center < n; center++)
    {
      float *inputs[SEM_KERNEL_MAX_INPUTS], *outputs[SEM_KERNEL_MAX_OUTPUTS];
      gsize reach = 1 + sem_rng_below (rng, self->options.window);
      gsize first = center > reach ? center - reach : 0;
      gsize last = MIN (n - 1, center + reach);
      gsize n_inputs = 0, n_outputs = 1;

      for (gsize i = first; i <= last; i++)
        if (i != center)
          inputs[n_inputs++] = self->vectors + sentence[i] * dim;
      if (n_inputs == 0)
        continue;
      outputs[0] = self->contexts + sentence[center] * dim;
      for (guint i = 0; i < self->options.negatives; i++)
        {
          guint32 word = self->noise[sem_rng_next (rng) & (NOISE_TABLE_SIZE - 1)];

          if (word != sentence[center])
            outputs[n_outputs++] = self->contexts + word * dim;
        }
      sem_skip_gram_step (inputs, n_inputs, outputs, n_outputs, dim, rate, scratch);
    }
}

void
sem_skip_gram_run (SemSkipGram *self, const guint32 *stream, gsize n, double progress, SemRng *rng)
{
  const SemSkipGramOptions *options = &self->options;
  float rate = (float)(options->rate * MAX (options->min_rate, 1.0 - progress));
  float *scratch
      = g_aligned_alloc (options->dim * SEM_KERNEL_MAX_INPUTS, sizeof (float), ALIGNMENT);
  guint32 *sentence = g_new (guint32, SENTENCE_MAX);
  gsize length = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 word = stream[i];

      if (word < self->n_words && (guint32)sem_rng_next (rng) <= self->keep[word])
        sentence[length++] = word;
      if (word == SEM_STREAM_END_OF_LINE || length == SENTENCE_MAX || i + 1 == n)
        {
          train_sentence (self, sentence, length, rate, rng, scratch);
          length = 0;
        }
    }
  g_free (sentence);
  g_aligned_free (scratch);
}

guint32
sem_skip_gram_get_n_words (const SemSkipGram *self)
{
  return self->n_words;
}

gsize
sem_skip_gram_get_dim (const SemSkipGram *self)
{
  return self->options.dim;
}

float *
sem_skip_gram_get_vectors (SemSkipGram *self)
{
  return self->vectors;
}

float *
sem_skip_gram_get_contexts (SemSkipGram *self)
{
  return self->contexts;
}
