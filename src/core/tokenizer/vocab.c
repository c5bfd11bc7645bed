/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash table behind SemVocab: open addressing, at most half full, 8 bytes a slot so that a miss
 * rarely costs more than one cache line. */
#include "core/tokenizer/vocab.h"

#include <string.h>

#define MAX_POOL (1u << 30)

SemVocab *
sem_vocab_new (gsize expected)
{
  SemVocab *self = g_new0 (SemVocab, 1);
  guint bits = 6;

  while (((gsize)1 << bits) < expected * 2 && bits < 26)
    bits++;
  self->shift = 64 - bits;
  self->slots = g_new0 (SemVocabSlot, (gsize)1 << bits);
  return self;
}

void
sem_vocab_free (SemVocab *self)
{
  if (self == NULL)
    return;
  g_free (self->pool);
  g_free (self->entries);
  g_free (self->by_id);
  g_free (self->slots);
  g_free (self);
}

char *
sem_vocab_reserve_piece (SemVocab *self, gsize length)
{
  if (length >= MAX_POOL || self->pool_len + length + 1 > MAX_POOL)
    return NULL;
  if (self->pool_cap - self->pool_len < length + 1)
    {
      self->pool_cap = MAX (self->pool_cap + self->pool_cap / 2, self->pool_len + length + 4096);
      self->pool = g_realloc (self->pool, self->pool_cap);
    }
  return self->pool + self->pool_len;
}

static inline guint64
spread (guint64 hash)
{
  /* The incremental hash is weak in its upper bits for short pieces; one more step evens it out. */
  hash ^= hash >> 32;
  return hash * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
}

static void
insert_slot (SemVocab *self, guint64 hash, guint32 entry)
{
  gsize mask = ((gsize)1 << (64 - self->shift)) - 1, i = spread (hash) >> self->shift;

  while (self->slots[i].entry != 0)
    i = (i + 1) & mask;
  self->slots[i] = (SemVocabSlot){ entry + 1, (guint32)hash };
}

static void
grow_slots (SemVocab *self)
{
  g_free (self->slots);
  self->shift--;
  self->slots = g_new0 (SemVocabSlot, (gsize)1 << (64 - self->shift));
  for (gsize i = 0; i < self->n_entries; i++)
    {
      const SemVocabEntry *e = &self->entries[i];

      if (e->id != SEM_VOCAB_NONE)
        insert_slot (self, sem_vocab_hash (SEM_VOCAB_HASH_START, self->pool + e->offset, e->length),
                     (guint32)i);
    }
}

static SemVocabEntry *
find_entry (const SemVocab *self,
            guint64 hash,
            const char *prefix,
            gsize prefix_length,
            const char *bytes,
            gsize length)
{
  gsize mask = ((gsize)1 << (64 - self->shift)) - 1, i = spread (hash) >> self->shift;
  guint32 tag = (guint32)hash;

  for (; self->slots[i].entry != 0; i = (i + 1) & mask)
    {
      SemVocabEntry *e;

      if (self->slots[i].tag != tag)
        continue;
      e = &self->entries[self->slots[i].entry - 1];
      if (e->length == prefix_length + length
          && memcmp (self->pool + e->offset + prefix_length, bytes, length) == 0
          && (prefix_length == 0 || memcmp (self->pool + e->offset, prefix, prefix_length) == 0))
        return e;
    }
  return NULL;
}

static void
set_by_id (SemVocab *self, guint32 id, guint32 entry)
{
  if (id >= self->cap_ids)
    {
      gsize cap = MAX ((gsize)id + 1, self->cap_ids + self->cap_ids / 2 + 256);

      self->by_id = g_renew (guint32, self->by_id, cap);
      memset (self->by_id + self->cap_ids, 0, (cap - self->cap_ids) * sizeof (guint32));
      self->cap_ids = cap;
    }
  self->by_id[id] = entry + 1;
  self->n_ids = MAX (self->n_ids, (gsize)id + 1);
}

gboolean
sem_vocab_commit (SemVocab *self, gsize length, guint32 id)
{
  const char *piece = self->pool + self->pool_len;
  guint64 hash = sem_vocab_hash (SEM_VOCAB_HASH_START, piece, length);
  SemVocabEntry *old;

  if (id >= SEM_VOCAB_MAX_ID)
    return FALSE;
  self->pool[self->pool_len + length] = '\0';
  if (self->n_entries == self->cap_entries)
    {
      self->cap_entries = MAX (self->cap_entries + self->cap_entries / 2, 1024);
      self->entries = g_renew (SemVocabEntry, self->entries, self->cap_entries);
    }
  self->entries[self->n_entries]
      = (SemVocabEntry){ (guint32)self->pool_len, (guint32)length, id, (guint32)hash };
  old = find_entry (self, hash, NULL, 0, piece, length);
  if (old != NULL)
    {
      /* The look-up now gives the new id; the old id keeps showing the piece. */
      old->id = id;
      self->entries[self->n_entries].id = SEM_VOCAB_NONE;
    }
  else
    {
      self->n_pieces++;
      if (self->n_pieces * 2 > (gsize)1 << (64 - self->shift))
        grow_slots (self);
      insert_slot (self, hash, (guint32)self->n_entries);
    }
  set_by_id (self, id, (guint32)self->n_entries);
  self->n_entries++;
  self->pool_len += length + 1;
  self->max_length = MAX (self->max_length, (guint32)length);
  return TRUE;
}

gboolean
sem_vocab_add (SemVocab *self, const char *piece, gsize length, guint32 id)
{
  char *room = sem_vocab_reserve_piece (self, length);

  if (room == NULL)
    return FALSE;
  memcpy (room, piece, length);
  return sem_vocab_commit (self, length, id);
}

guint32
sem_vocab_find_hashed (const SemVocab *self,
                       guint64 hash,
                       const char *prefix,
                       gsize prefix_length,
                       const char *bytes,
                       gsize length)
{
  const SemVocabEntry *e = find_entry (self, hash, prefix, prefix_length, bytes, length);

  return e != NULL ? e->id : SEM_VOCAB_NONE;
}

guint32
sem_vocab_find (const SemVocab *self, const char *piece, gsize length)
{
  return sem_vocab_find_hashed (self, sem_vocab_hash (SEM_VOCAB_HASH_START, piece, length), NULL, 0,
                                piece, length);
}

void
sem_vocab_hide (SemVocab *self, guint32 id)
{
  if (id < self->n_ids && self->by_id[id] != 0)
    self->entries[self->by_id[id] - 1].id = SEM_VOCAB_NONE;
}

gsize
sem_vocab_longest_prefix (const SemVocab *self, const char *text, gsize length)
{
  guint64 hash = SEM_VOCAB_HASH_START;
  gsize best = 0;

  for (gsize n = 1; n <= MIN (length, self->max_length); n++)
    {
      hash = sem_vocab_hash_byte (hash, text[n - 1]);
      if (sem_vocab_find_hashed (self, hash, NULL, 0, text, n) != SEM_VOCAB_NONE)
        best = n;
    }
  return best;
}

gboolean
sem_vocab_is (const SemVocab *self,
              guint32 id,
              const char *left,
              gsize left_length,
              const char *right,
              gsize right_length)
{
  const SemVocabEntry *e;

  if (id >= self->n_ids || self->by_id[id] == 0)
    return FALSE;
  e = &self->entries[self->by_id[id] - 1];
  return e->id == id && e->length == left_length + right_length
         && memcmp (self->pool + e->offset, left, left_length) == 0
         && memcmp (self->pool + e->offset + left_length, right, right_length) == 0;
}

const char *
sem_vocab_get (const SemVocab *self, guint32 id, gsize *length)
{
  const SemVocabEntry *e;

  if (id >= self->n_ids || self->by_id[id] == 0)
    return NULL;
  e = &self->entries[self->by_id[id] - 1];
  if (length != NULL)
    *length = e->length;
  return self->pool + e->offset;
}
