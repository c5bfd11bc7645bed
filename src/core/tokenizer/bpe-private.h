/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the BPE model: the table of merges, half full, open addressing. */
#pragma once

#include "core/tokenizer/bpe.h"

G_BEGIN_DECLS

#define SEM_BPE_EMPTY G_MAXUINT64

typedef struct
{
  guint64 key; /* left id << 32 | right id */
  guint32 rank, result;
} SemBpeSlot;

typedef struct
{
  SemTokModel parent;
  GArray *list; /* SemBpeSlot, in order of rank; NULL when all are added */
  SemBpeSlot *slots;
  gsize n_slots;
  guint32
      last_result; /* of the merge added last: vocabularies are mostly in the order of the merges */
  gboolean fuse_unknown, byte_fallback, ignore_merges, whole_lines;
  char *suffix;
  gsize suffix_length;
  guint32 ascii[128];       /* ids of the ASCII characters as they stand */
  guint32 byte_pieces[256]; /* "<0x00>" .. */
  gboolean plain;           /* no prefix, no suffix */
} SemBpe;

static inline gsize
sem_bpe_slot_of (const SemBpe *self, guint64 key)
{
  guint64 h = key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  h ^= h >> 29;
  h = (h * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9)) >> 32;
  return (gsize)((h * self->n_slots) >> 32);
}

/* The slot of a key, or the free one where it would stand. */
static inline SemBpeSlot *
sem_bpe_find_slot (const SemBpe *self, guint64 key)
{
  gsize i = sem_bpe_slot_of (self, key);

  while (self->slots[i].key != SEM_BPE_EMPTY && self->slots[i].key != key)
    i = i + 1 < self->n_slots ? i + 1 : 0;
  return &self->slots[i];
}

static inline guint64
sem_bpe_key (guint32 left, guint32 right)
{
  return (guint64)left << 32 | right;
}

static inline const SemBpeSlot *
sem_bpe_find (const SemBpe *self, guint32 left, guint32 right)
{
  const SemBpeSlot *slot = sem_bpe_find_slot (self, sem_bpe_key (left, right));

  return slot->key != SEM_BPE_EMPTY ? slot : NULL;
}

G_END_DECLS
