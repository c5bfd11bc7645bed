/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the merges of a file to the model's table: their pieces are looked up many at a time, and
 * the table is made when all are known. */
#include "core/tokenizer/bpe-private.h"

#include <string.h>

/* How many merges ahead their places in the table are asked for. */
#define AHEAD 12

/* The table of the listed merges, half full; of equal pairs the last one counts. */
static void
make_slots (SemBpe *self)
{
  const SemBpeSlot *list = (const SemBpeSlot *)(const void *)self->list->data;
  gsize n = self->list->len;

  self->n_slots = n * 2 + 1;
  self->slots = g_new (SemBpeSlot, self->n_slots);
  memset (self->slots, 0xff, self->n_slots * sizeof *self->slots); /* SEM_BPE_EMPTY */
  for (gsize i = 0; i < n; i++)
    {
      if (i + AHEAD < n)
        __builtin_prefetch (&self->slots[sem_bpe_slot_of (self, list[i + AHEAD].key)], 1);
      *sem_bpe_find_slot (self, list[i].key) = list[i];
    }
  g_clear_pointer (&self->list, g_array_unref);
}

/* The id of both sides together, SEM_VOCAB_NONE when there is no such piece. */
static guint32
find_union (const SemBpe *self, SemVocabKey left, SemVocabKey right)
{
  const SemVocab *vocab = self->parent.vocab;
  guint32 next = self->last_result + 1;
  guint64 hash;

  if (sem_vocab_is (vocab, next, left.bytes, left.length, right.bytes, right.length))
    return next;
  hash = sem_vocab_hash (SEM_VOCAB_HASH_START, left.bytes, left.length);
  hash = sem_vocab_hash (hash, right.bytes, right.length);
  return sem_vocab_find_hashed (vocab, hash, left.bytes, left.length, right.bytes, right.length);
}

void
sem_bpe_adder_init (SemBpeAdder *self, SemTokModel *model)
{
  memset (self, 0, sizeof *self);
  self->model = model;
}

void
sem_bpe_adder_clear (SemBpeAdder *self)
{
  g_clear_pointer (&self->missing, g_free);
}

/* ids: of both sides. */
static gboolean
add_merge (SemBpeAdder *adder, guint i, const guint32 *ids)
{
  SemBpe *self = (SemBpe *)adder->model;
  SemVocabKey left = adder->sides[2 * i], right = adder->sides[2 * i + 1];
  gsize skip = MIN (self->parent.prefix_length, right.length);
  SemBpeSlot merge = { sem_bpe_key (ids[0], ids[1]), self->list->len, SEM_VOCAB_NONE };

  adder->bad_number = adder->numbers[i];
  if (ids[0] == SEM_VOCAB_NONE || ids[1] == SEM_VOCAB_NONE)
    {
      const SemVocabKey *side = ids[0] == SEM_VOCAB_NONE ? &left : &right;

      adder->missing = g_strndup (side->bytes, side->length);
      return FALSE;
    }
  right.bytes += skip;
  right.length -= skip;
  merge.result = find_union (self, left, right);
  if (merge.result == SEM_VOCAB_NONE)
    {
      adder->missing = g_strdup_printf ("%.*s%.*s", (int)left.length, left.bytes, (int)right.length,
                                        right.bytes);
      return FALSE;
    }
  self->last_result = merge.result;
  g_array_append_val (self->list, merge);
  return TRUE;
}

gboolean
sem_bpe_adder_flush (SemBpeAdder *self)
{
  guint32 ids[2 * SEM_BPE_BATCH];
  guint n = self->n;

  self->n = 0;
  sem_vocab_find_many (self->model->vocab, self->sides, 2 * n, ids);
  for (guint i = 0; i < n; i++)
    if (!add_merge (self, i, ids + 2 * i))
      return FALSE;
  return TRUE;
}

gboolean
sem_bpe_adder_add (SemBpeAdder *self, SemVocabKey left, SemVocabKey right, gsize number)
{
  self->sides[2 * self->n] = left;
  self->sides[2 * self->n + 1] = right;
  self->numbers[self->n++] = number;
  return self->n < SEM_BPE_BATCH || sem_bpe_adder_flush (self);
}

gboolean
sem_bpe_adder_finish (SemBpeAdder *self)
{
  if (!sem_bpe_adder_flush (self))
    return FALSE;
  make_slots ((SemBpe *)self->model);
  return TRUE;
}
