/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemComparison: two analyses of one text, made by two models with the same options, and what differs between them.
 * Immutable once made, reference-counted: a worker builds it with the analyses, the pictures only read it.
 *
 * "First" is the model that is open, "second" the one it is compared with; a difference is second - first. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/tokenizer/compare.h"

G_BEGIN_DECLS

#define SEM_MAX_DISAGREEMENTS 1000

typedef enum
{
  SEM_COMPARABLE,           /* the same stretches of text in both, both with vectors */
  SEM_INCOMPARABLE_UNITS,   /* the units are tokens: each model cuts its own */
  SEM_INCOMPARABLE_VECTORS, /* one of them has a tokenizer and no vectors */
} SemComparability;

typedef struct
{
  guint32 a, b; /* units, a < b */
  double first, second, difference;
} SemDisagreement;

/* How the two similarity matrices go together; of all pairs, diagonal left out.  All NAN without a pair. */
typedef struct
{
  double mean, largest; /* of |difference| */
  double correlation;   /* Pearson's, of first and second; NAN when one of them does not vary */
  gsize n_pairs;
} SemAgreement;

/* The second model's units turned onto the first's plane of two components. */
typedef struct
{
  SemMatrix *coordinates; /* n x 2 */
  double residual;        /* 0 (the same shape) to 1; NAN when one of the two has no extent */
  double angle_deg;       /* turned anticlockwise by, after mirroring; -180..180 */
  gboolean mirrored;      /* top and bottom changed places first */
} SemAlignment;
void sem_alignment_free (SemAlignment *self);

typedef struct _SemComparison SemComparison;

/* sem_comparison_new: takes references.  The two must be of the same text and options (a programmer's error otherwise).
 * Errors: SEM_NUMERIC_ERROR_SHAPE, CANCELLED.  Cost: O(text + n^2).  Thread: any; meant for a worker. */
SemComparison *sem_comparison_new (SemAnalysis *first, SemAnalysis *second, GCancellable *cancellable, GError **error);
SemComparison *sem_comparison_ref (SemComparison *self);
void sem_comparison_unref (SemComparison *self);

SemAnalysis *sem_comparison_get_first (const SemComparison *self);
SemAnalysis *sem_comparison_get_second (const SemComparison *self);
const SemTokenComparison *sem_comparison_get_tokens (const SemComparison *self);
/* Does one row (0: the first) end a token there where a token of the other goes on?  token: an index into its encoding.  And
 * how often that is so in both rows together: the places where the boundaries differ. */
gboolean sem_comparison_is_place (const SemComparison *self, guint row, gsize token);
gsize sem_comparison_get_n_places (const SemComparison *self);
/* The tokens of the other row that cover a byte of this one: how many, and the first of them.  Cost: O(tokens). */
gsize sem_comparison_find_tokens (const SemComparison *self, guint row, gsize token, gsize *first);
SemComparability sem_comparison_get_comparability (const SemComparison *self);

/* These three are of comparable ones; NULL and zeros otherwise. */
const SemMatrix *sem_comparison_get_difference (const SemComparison *self); /* n x n, second - first */
const SemAgreement *sem_comparison_get_agreement (const SemComparison *self);
/* The pairs of largest |difference|, largest first, ties in the order of the text; at most SEM_MAX_DISAGREEMENTS.  A pair
 * that repeated words make again is there once. */
const SemDisagreement *sem_comparison_get_disagreements (const SemComparison *self, gsize *n);
/* The same two of one text against another: the units of the first, n_first of them, with those after it (0: all pairs).  Of
 * comparable ones.  disagreements: of SemDisagreement, empty before.  Cost: O(n^2). */
void sem_comparison_agree (const SemComparison *self, gsize n_first, SemAgreement *out, GArray *disagreements);

/* The first model's unit at the place of one of the second's, and the other way round; G_MAXSIZE: none.  The same index
 * where the units are the same, else the one that stands at its first byte. */
gsize sem_comparison_find_first (const SemComparison *self, gsize second_unit);
gsize sem_comparison_find_second (const SemComparison *self, gsize first_unit);

/* sem_comparison_align: turns, mirrors, scales and shifts the second map of components (x, y) onto the first: orthogonal
 * Procrustes with scale.  residual is the disparity of scipy.spatial.procrustes (1.10): 1 - (sum of the singular values)^2 of
 * the two clouds, centred and scaled to unit size.  A component that a model does not have counts as 0.
 * NULL without error when they are not comparable.  Errors: those of sem_procrustes_fit().  Cost: O(n). */
SemAlignment *sem_comparison_align (const SemComparison *self, gsize x, gsize y, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemAlignment, sem_alignment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemComparison, sem_comparison_unref)

G_END_DECLS
