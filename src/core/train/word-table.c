/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distinct words of a corpus and their counts: open addressing with linear probing, kept at
 * most half full. */
#include "core/train/word-table.h"

#include <string.h>

#define FIRST_SLOTS (1u << 16)

typedef struct
{
  gsize offset; /* of the NUL-terminated word in the arena */
  guint32 hash;
  guint32 length;
  guint64 count;
} Word;

struct _SemWordTable
{
  GByteArray *arena;
  GArray *words;  /* of Word */
  guint32 *slots; /* index + 1; 0 is empty */
  guint32 mask;
};

/* FNV-1a, folded at the end so that the low bits depend on every byte. */
static guint32
hash_word (const char *word, gsize length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8)word[i]) * 16777619u;
  return hash ^ (hash >> 15);
}

static void
grow (SemWordTable *self)
{
  guint32 n_slots = (self->mask + 1) * 2;

  g_free (self->slots);
  self->slots = g_new0 (guint32, n_slots);
  self->mask = n_slots - 1;
  for (guint i = 0; i < self->words->len; i++)
    {
      guint32 slot = g_array_index (self->words, Word, i).hash & self->mask;

      while (self->slots[slot] != 0)
        slot = (slot + 1) & self->mask;
      self->slots[slot] = i + 1;
    }
}

/* The slot of a word: the one that holds it, or the empty one where it belongs. */
static guint32
find_slot (const SemWordTable *self, const char *word, gsize length, guint32 hash)
{
  guint32 slot = hash & self->mask;

  for (; self->slots[slot] != 0; slot = (slot + 1) & self->mask)
    {
      const Word *entry = &g_array_index (self->words, Word, self->slots[slot] - 1);

      if (entry->hash == hash && entry->length == length
          && memcmp (self->arena->data + entry->offset, word, length) == 0)
        break;
    }
  return slot;
}

SemWordTable *
sem_word_table_new (void)
{
  SemWordTable *self = g_new0 (SemWordTable, 1);

  self->arena = g_byte_array_new ();
  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  self->slots = g_new0 (guint32, FIRST_SLOTS);
  self->mask = FIRST_SLOTS - 1;
  return self;
}

void
sem_word_table_free (SemWordTable *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->arena);
  g_array_unref (self->words);
  g_free (self->slots);
  g_free (self);
}

guint32
sem_word_table_add (SemWordTable *self, const char *word, gsize length, guint32 weight)
{
  guint32 hash = hash_word (word, length);
  guint32 slot = find_slot (self, word, length, hash);

  if (self->slots[slot] == 0)
    {
      Word entry = { self->arena->len, hash, (guint32)length, 0 };

      g_byte_array_append (self->arena, (const guint8 *)word, (guint)length);
      g_byte_array_append (self->arena, (const guint8 *)"", 1);
      g_array_append_val (self->words, entry);
      self->slots[slot] = self->words->len;
      if (self->words->len > self->mask / 2)
        {
          grow (self);
          slot = find_slot (self, word, length, hash);
        }
    }
  g_array_index (self->words, Word, self->slots[slot] - 1).count += weight;
  return self->slots[slot] - 1;
}

guint32
sem_word_table_find (const SemWordTable *self, const char *word, gsize length)
{
  guint32 slot = find_slot (self, word, length, hash_word (word, length));

  return self->slots[slot] == 0 ? SEM_NO_WORD_INDEX : self->slots[slot] - 1;
}

guint32
sem_word_table_get_n (const SemWordTable *self)
{
  return self->words->len;
}

const char *
sem_word_table_get_word (const SemWordTable *self, guint32 index)
{
  return (const char *)self->arena->data + g_array_index (self->words, Word, index).offset;
}

guint64
sem_word_table_get_count (const SemWordTable *self, guint32 index)
{
  return g_array_index (self->words, Word, index).count;
}
