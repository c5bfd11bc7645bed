/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the vocabulary nearest to an analysis' units: a background for its map, so that few points get context.  Made once
 * and kept with the analysis; a worker makes them and the pictures take what is there.  They change no number of the analysis.
 * Thread: any. */
#pragma once

#include "core/analysis/analysis.h"

G_BEGIN_DECLS

#define SEM_NEARBY_COUNT 50      /* words at most */
#define SEM_NEARBY_MAX_UNITS 200 /* different units; more have context enough, and get none */

typedef struct
{
  char *word;
  guint32 id;
  gsize unit;    /* the nearest to it */
  double cosine; /* to that one */
} SemNearbyWord;

typedef struct
{
  gsize n;
  SemNearbyWord *words;
  SemMatrix *vectors;     /* n x dim */
  SemMatrix *coordinates; /* n x components, in the analysis' basis */
} SemNearby;

/* The units take turns, each with its nearest word that is not there yet, until there are SEM_NEARBY_COUNT; of one turn the
 * larger cosine comes first, ties by unit.  A word is a token of letters that the tokenizer makes of that word alone: no piece,
 * mark or number; equal ones but for case are one; what the text has is left out.  Order: as they were chosen.
 * get: NULL when they have not been made yet; borrowed.  make: makes and keeps them.  Errors: CANCELLED; those of
 * sem_neighbors_find().  An analysis without vectors has none. */
const SemNearby *sem_nearby_get (const SemAnalysis *analysis);
const SemNearby *sem_nearby_make (const SemAnalysis *analysis, GCancellable *cancellable, GError **error);

/* For analysis.c alone. */
void sem_nearby_free (SemNearby *self);
SemNearby **sem_analysis_get_nearby_place (const SemAnalysis *self);

G_END_DECLS
