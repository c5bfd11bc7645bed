/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemMapData: what a map shows, apart from any size or colour: names, coordinates, variances, repeated words, true neighbours.
 * Made from an analysis, or filled by hand for tests and for axes made of word pairs.  Immutable once made but for the
 * faithfulness it keeps; reference-counted; a layout hands it on to the one that replaces it.  Thread: one at a time. */
#pragma once

#include "core/analysis/axes.h"
#include "draw/layout.h"

G_BEGIN_DECLS

#define SEM_MAP_NEIGHBORS 5

typedef struct
{
  gatomicrefcount ref_count;
  gsize n, n_components;
  char **names;          /* by unit */
  SemMatrix *coordinates; /* n x n_components */
  double *ratios;        /* n_components: share of the variance */
  SemMatrix *similarity; /* n x n, or NULL: no lines to neighbours */
  gboolean is_distance;  /* of similarity: small is near */
  guint32 *name_ids;     /* by unit: equal for names that are equal but for their case */
  guint32 *hue_ids;      /* by unit: the id its colour comes from */
  guint32 *sentences;    /* by unit */
  gboolean *is_zero;     /* by unit: its vector is all zeros */
  gboolean *is_function; /* by unit: the, is, a ... */
  gsize *shown_as;       /* by unit: itself, or the first of the equal ones that it is merged into */
  guint32 *counts;       /* by unit: how many are shown as it */
  char *axis_titles[2];  /* instead of "PC1 (26 %)": axes from word pairs; NULL otherwise */
  SemAxes *axes;         /* coordinates are on these two axes made of word pairs; NULL: on components */
  const char *axes_description; /* they were made from, interned; also where that failed */
  SemMatrix *background;    /* the nearest words of the vocabulary, n_background x n_components; NULL: not asked for */
  char **background_names;
  gsize *background_units;  /* the nearest unit of each */
  double *background_cosines; /* to that one */
  gsize n_background;
  gboolean awaits_background; /* being made: none, or those of the text before */
  gboolean is_frozen;    /* projected into a kept frame */
  char *message;         /* said instead of a picture */
  SemAnalysis *analysis; /* it was made from, or NULL */
  gsize kept_x, kept_y, kept_k; /* what kept is of; computed when first asked for */
  double kept;                  /* NAN: not defined */
  double *kept_by_unit;         /* n shares */
  gboolean has_kept;
  SemRgba *colors; /* by unit, of colors_theme and colors_by: finding a colour that a screen can show is slow */
  const SemTheme *colors_theme;
  SemColorBy colors_by;
} SemMapData;

SemMapData *sem_map_data_new (SemAnalysis *analysis);
/* The same on axes made of word pairs (interned); what is wrong with the words is said in place of a picture. */
SemMapData *sem_map_data_new_for_axes (SemAnalysis *analysis, const char *axes);
/* Units with names and coordinates; ratios has a value for each column.  similarity may be NULL.  Everything else has its
 * defaults and may be changed before the data is used. */
SemMapData *sem_map_data_new_for_points (const char *const *names,
                                         SemMatrix *coordinates,
                                         const double *ratios,
                                         SemMatrix *similarity);
SemMapData *sem_map_data_ref (SemMapData *self);
void sem_map_data_unref (SemMapData *self);
/* Is it what these two would make again for the options? */
gboolean sem_map_data_fits (const SemMapData *self, const SemLayoutInput *input);
/* map-data-nearby.c: the words behind the points.  is_live: those that are not made yet are not waited for; the ones of previous
 * stay meanwhile where its frame is the same. */
void sem_map_data_take_nearby (SemMapData *self, const SemMapData *previous, gboolean is_live);
void sem_map_data_clear_nearby (SemMapData *self);
/* Up to k units nearest to unit by similarity, nearest first, those shown at the same point left out. */
gsize sem_map_data_nearest (const SemMapData *self, gsize unit, gsize *out, gsize k);
/* Share of the nearest neighbours that the plane of two components keeps, NAN when that is not defined; k: how many. */
double sem_map_data_get_kept (SemMapData *self, gsize x, gsize y, gsize *k);
/* The shares of the units, borrowed until the next call; NULL when they are not defined. */
const double *sem_map_data_get_kept_by_unit (SemMapData *self, gsize x, gsize y);
/* The colour of each unit by its id or by its sentence; borrowed, until the next call. */
const SemRgba *sem_map_data_get_colors (SemMapData *self, const SemTheme *theme, SemColorBy by);
/* Words with a job in the grammar rather than a meaning of their own; English. */
gboolean sem_map_is_function_word (const char *word);

/* The map of any data; input->analysis may be NULL. */
SemLayout *sem_map_layout_new_for_data (const SemLayoutInput *input, SemMapData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemMapData, sem_map_data_unref)

G_END_DECLS
