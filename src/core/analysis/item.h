/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemItem and SemFocus: what a person points at and has selected, in terms of an analysis.  Plain values shared by the
 * document (which keeps them) and the pictures (which light them up): the links of the chain. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_ITEM_NONE,
  SEM_ITEM_UNIT,      /* unit */
  SEM_ITEM_PAIR,      /* unit and other: a heatmap cell */
  SEM_ITEM_TOKEN,     /* token (index into the encoding), and unit when it belongs to one */
  SEM_ITEM_OTHER_TOKEN, /* token is an index into the encoding of the model compared with; unit, the first model's, at its place */
  SEM_ITEM_DIMENSION, /* unit and dimension: one number of a vector */
  SEM_ITEM_COMPONENT, /* of the principal components, by dimension; of no unit */
  SEM_ITEM_NEARBY, /* a word of the vocabulary behind the map, of no unit: its index among them stands in token */
  SEM_ITEM_STEP,      /* a step of a tokenizer, of no unit: its index stands in token; stays within its own picture */
} SemItemKind;

typedef struct
{
  SemItemKind kind;
  gsize unit, other, token, dimension; /* those its kind names are valid; the others are G_MAXSIZE */
} SemItem;

#define SEM_ITEM_INIT { SEM_ITEM_NONE, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE, G_MAXSIZE }

static inline gboolean
sem_item_equal (const SemItem *a, const SemItem *b)
{
  return a->kind == b->kind && a->unit == b->unit && a->other == b->other && a->token == b->token
         && a->dimension == b->dimension;
}

/* selected: unit indices in the order they were chosen, without duplicates; borrowed. */
typedef struct
{
  SemItem hover;
  const gsize *selected;
  gsize n_selected;
} SemFocus;

G_END_DECLS
