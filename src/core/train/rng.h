/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemRng: the random numbers of the trainer.  SplitMix64 (Steele, Lea, Flood 2014): one 64-bit word of state, the same
 * draws from the same seed on every machine. */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 state;
} SemRng;

static inline guint64
sem_rng_next (SemRng *self)
{
  guint64 z = (self->state += 0x9e3779b97f4a7c15u);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* A number in [0, n), n > 0 and below 2^32; the bias of the multiplication is under n / 2^32. */
static inline guint32
sem_rng_below (SemRng *self, guint32 n)
{
  return (guint32)(((sem_rng_next (self) >> 32) * n) >> 32);
}

/* In [0, 1). */
static inline double
sem_rng_uniform (SemRng *self)
{
  return (double)(sem_rng_next (self) >> 11) * 0x1p-53;
}
