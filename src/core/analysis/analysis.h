/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemAnalysis: everything computed for one text, one model and one set of options.  It never changes after it was
 * built: a worker builds the next one and the document swaps it in; pictures only read it.  Reference-counted. */
#pragma once

#include "core/analysis/matrix.h"
#include "core/analysis/pca.h"
#include "core/analysis/pool.h"
#include "core/analysis/similarity.h"
#include "core/model/model.h"
#include "core/text/units.h"

G_BEGIN_DECLS

#define SEM_MAX_UNITS 2000 /* pictures show at most so many, and say so */
#define SEM_NO_ITEM G_MAXSIZE

/* Zero-initialised = the defaults of DESIGN.md 7 (words, mean, cosine, raw). */
typedef struct
{
  SemUnitKind unit;
  SemPooling pooling;
  SemMetric metric;
  gboolean centered; /* cosine after subtracting the mean of the units */
  gboolean special;  /* keep [CLS] and [SEP] as units */
  gboolean merge_repeated_in_map; /* a repeated word is one point; the heatmap always has them all */
} SemAnalysisOptions;

typedef struct _SemAnalysis SemAnalysis;

/* sem_analysis_new: takes references; text is length bytes of UTF-8.  frame: a basis to project into (the frozen map),
 * or NULL to fit one.  A frame of another dimension is ignored and a new one is fitted.
 * Errors: those of encoding, SEM_NUMERIC_ERROR, CANCELLED.  A model without vectors gives an analysis with tokens and
 * units only (sem_analysis_has_vectors() is FALSE).  Thread: any; meant for a worker. */
SemAnalysis *sem_analysis_new (SemModel *model,
                               const char *text,
                               gsize length,
                               const SemAnalysisOptions *options,
                               SemPca *frame,
                               GCancellable *cancellable,
                               GError **error);
SemAnalysis *sem_analysis_ref (SemAnalysis *self);
void sem_analysis_unref (SemAnalysis *self);

const SemAnalysisOptions *sem_analysis_get_options (const SemAnalysis *self);
SemModel *sem_analysis_get_model (const SemAnalysis *self);
SemEncoding *sem_analysis_get_encoding (const SemAnalysis *self); /* with the template's special tokens */
SemUnits *sem_analysis_get_units (const SemAnalysis *self);
gsize sem_analysis_get_n (const SemAnalysis *self);               /* units shown */
gboolean sem_analysis_has_vectors (const SemAnalysis *self);
const SemMatrix *sem_analysis_get_vectors (const SemAnalysis *self);    /* n x d, as pooled */
const SemMatrix *sem_analysis_get_similarity (const SemAnalysis *self); /* n x n */
const SemPairStatistics *sem_analysis_get_pair_statistics (const SemAnalysis *self);
SemPca *sem_analysis_get_pca (const SemAnalysis *self);                 /* the basis: fitted, or the frame */
gboolean sem_analysis_is_frozen (const SemAnalysis *self);              /* the frame was used */
const SemMatrix *sem_analysis_get_coordinates (const SemAnalysis *self); /* n x k, in the basis */
gboolean sem_analysis_is_zero (const SemAnalysis *self, gsize unit);    /* its vector is all zeros */

/* Faithfulness of the 2-D picture: share of each unit's k nearest neighbours by cosine that are among its k nearest in
 * the plane of components (x, y), averaged; k = min (5, n - 1).  per_unit (n doubles) may be NULL.  NAN for n < 3.
 * Ties at the k-th place count for whoever has the lower index.  Formula: trustworthiness' simple kin, "neighbours kept". */
double sem_analysis_neighbors_kept (const SemAnalysis *self, gsize x, gsize y, gsize *k, double *per_unit);
/* The share of one unit. */
double sem_analysis_unit_kept (const SemAnalysis *self, gsize unit, gsize x, gsize y, gsize *k);
/* The k units nearest to unit by the similarity matrix, most similar first, itself left out; returns how many. */
gsize sem_analysis_nearest_units (const SemAnalysis *self, gsize unit, gsize *out, gsize k);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemAnalysis, sem_analysis_unref)

G_END_DECLS
