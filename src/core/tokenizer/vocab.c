/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash table behind SemVocab: open addressing, half full, 8 bytes a slot so that a miss rarely
 * costs more than one cache line. */
#include "core/tokenizer/vocab.h"

#include <string.h>

#define MAX_POOL (1u << 30)

/* Asks for memory that is needed soon. */
#define PREFETCH(address) __builtin_prefetch (address)
/* How many pieces ahead. */
#define AHEAD 12

/* The table before there is one. */
static SemVocabSlot no_slots[1];

SemVocab *
sem_vocab_new (void)
{
  SemVocab *self = g_new0 (SemVocab, 1);

  self->slots = no_slots;
  self->n_slots = G_N_ELEMENTS (no_slots);
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
  if (self->slots != no_slots)
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

static inline guint32
make_tag (guint64 hash)
{
  /* The incremental hash is weak in its upper bits for short pieces; one more step evens it out. */
  hash ^= hash >> 32;
  return (guint32)((hash * G_GUINT64_CONSTANT (0xd6e8feb86659fd93)) >> 32);
}

static inline gsize
first_slot (const SemVocab *self, guint32 tag)
{
  return (gsize)(((guint64)tag * self->n_slots) >> 32);
}

static inline gsize
next_slot (const SemVocab *self, gsize i)
{
  return i + 1 < self->n_slots ? i + 1 : 0;
}

static inline SemVocabEntry *
find_tagged (const SemVocab *self,
             guint32 tag,
             const char *prefix,
             gsize prefix_length,
             const char *bytes,
             gsize length)
{
  for (gsize i = first_slot (self, tag); self->slots[i].entry != 0; i = next_slot (self, i))
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
  guint64 hash = sem_vocab_hash (SEM_VOCAB_HASH_START, self->pool + self->pool_len, length);

  if (id >= SEM_VOCAB_MAX_ID)
    return FALSE;
  self->pool[self->pool_len + length] = '\0';
  if (self->n_entries == self->cap_entries)
    {
      self->cap_entries = MAX (self->cap_entries + self->cap_entries / 2, 1024);
      self->entries = g_renew (SemVocabEntry, self->entries, self->cap_entries);
    }
  self->entries[self->n_entries]
      = (SemVocabEntry){ (guint32)self->pool_len, (guint32)length, id, make_tag (hash) };
  set_by_id (self, id, (guint32)self->n_entries);
  self->n_entries++;
  self->pool_len += length + 1;
  self->max_length = MAX (self->max_length, (guint32)length);
  return TRUE;
}

static void
index_entry (SemVocab *self, gsize n)
{
  SemVocabEntry *e = &self->entries[n],
                *old = find_tagged (self, e->tag, NULL, 0, self->pool + e->offset, e->length);
  gsize i = first_slot (self, e->tag);

  if (old != NULL)
    {
      /* The look-up now gives the new id; the old id keeps showing the piece. */
      old->id = e->id;
      e->id = SEM_VOCAB_NONE;
      return;
    }
  while (self->slots[i].entry != 0)
    i = next_slot (self, i);
  self->slots[i] = (SemVocabSlot){ (guint32)n + 1, e->tag };
  self->n_pieces++;
}

void
sem_vocab_index (SemVocab *self)
{
  g_return_if_fail (self->slots == no_slots);

  self->n_slots = self->n_entries * 2 + 1;
  self->slots = g_new0 (SemVocabSlot, self->n_slots);
  for (gsize i = 0; i < self->n_entries; i++)
    {
      if (i + AHEAD < self->n_entries)
        PREFETCH (&self->slots[first_slot (self, self->entries[i + AHEAD].tag)]);
      index_entry (self, i);
    }
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
  const SemVocabEntry *e
      = find_tagged (self, make_tag (hash), prefix, prefix_length, bytes, length);

  return e != NULL ? e->id : SEM_VOCAB_NONE;
}

guint32
sem_vocab_find (const SemVocab *self, const char *piece, gsize length)
{
  return sem_vocab_find_hashed (self, sem_vocab_hash (SEM_VOCAB_HASH_START, piece, length), NULL, 0,
                                piece, length);
}

void
sem_vocab_find_bytes (const SemVocab *self, guint32 ids[256])
{
  for (guint i = 0; i < 256; i++)
    {
      char piece[8];

      g_snprintf (piece, sizeof piece, "<0x%02X>", i);
      ids[i] = sem_vocab_find (self, piece, 6);
    }
}

/* The entry that a tag leads to first, most likely the right one; NULL when there is none. */
static const SemVocabEntry *
guess_entry (const SemVocab *self, guint32 tag)
{
  for (gsize i = first_slot (self, tag); self->slots[i].entry != 0; i = next_slot (self, i))
    if (self->slots[i].tag == tag)
      return &self->entries[self->slots[i].entry - 1];
  return NULL;
}

void
sem_vocab_find_many (const SemVocab *self, const SemVocabKey *keys, guint n, guint32 *ids)
{
  guint32 tags[SEM_VOCAB_MANY];
  const SemVocabEntry *guesses[SEM_VOCAB_MANY];

  g_return_if_fail (n <= SEM_VOCAB_MANY);
  for (guint i = 0; i < n; i++)
    {
      tags[i] = make_tag (sem_vocab_hash (SEM_VOCAB_HASH_START, keys[i].bytes, keys[i].length));
      PREFETCH (&self->slots[first_slot (self, tags[i])]);
    }
  for (guint i = 0; i < n; i++)
    {
      guesses[i] = guess_entry (self, tags[i]);
      PREFETCH (guesses[i]);
    }
  for (guint i = 0; i < n; i++)
    if (guesses[i] != NULL)
      PREFETCH (self->pool + guesses[i]->offset);
  for (guint i = 0; i < n; i++)
    {
      const SemVocabEntry *e = find_tagged (self, tags[i], NULL, 0, keys[i].bytes, keys[i].length);

      ids[i] = e != NULL ? e->id : SEM_VOCAB_NONE;
    }
}

/* The entry of an id, NULL when there is none. */
static SemVocabEntry *
entry_of (const SemVocab *self, guint32 id)
{
  return id < self->n_ids && self->by_id[id] != 0 ? &self->entries[self->by_id[id] - 1] : NULL;
}

void
sem_vocab_hide (SemVocab *self, guint32 id)
{
  SemVocabEntry *e = entry_of (self, id);

  if (e != NULL)
    e->id = SEM_VOCAB_NONE;
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
sem_vocab_marks_begin (const SemVocab *self)
{
  static const char mark[3] = "\342\226\201";

  for (gsize i = 0; i < self->n_entries; i++)
    {
      const char *piece = self->pool + self->entries[i].offset;

      for (gsize at = 1; at + 3 <= self->entries[i].length; at++)
        if (memcmp (piece + at, mark, 3) == 0 && (at < 3 || memcmp (piece + at - 3, mark, 3) != 0))
          return FALSE;
    }
  return sem_vocab_find (self, mark, 3) != SEM_VOCAB_NONE;
}

gboolean
sem_vocab_is (const SemVocab *self,
              guint32 id,
              const char *left,
              gsize left_length,
              const char *right,
              gsize right_length)
{
  const SemVocabEntry *e = entry_of (self, id);

  return e != NULL && e->id == id && e->length == left_length + right_length
         && memcmp (self->pool + e->offset, left, left_length) == 0
         && memcmp (self->pool + e->offset + left_length, right, right_length) == 0;
}

const char *
sem_vocab_get (const SemVocab *self, guint32 id, gsize *length)
{
  const SemVocabEntry *e = entry_of (self, id);

  if (e == NULL)
    return NULL;
  if (length != NULL)
    *length = e->length;
  return self->pool + e->offset;
}
