/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemWordCache: pre-tokens seen before and their pieces.  Fixed size; an entry is one cache line, and a new word
 * simply takes the place of an old one.  Words beyond 31 bytes or 6 pieces are not kept.
 *
 * A key is the word's bytes in four 64-bit numbers, zero-padded, with the length in the last byte. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define SEM_WORD_MAX 31
#define SEM_WORD_PIECES 6
#define SEM_WORD_SLOTS 16384u

typedef struct
{
  guint64 k[4];
} SemWordKey;

typedef struct
{
  SemWordKey key;
  guint8 n_pieces;
  guint8 ends[SEM_WORD_PIECES]; /* of the pieces, in the bytes of the word */
  guint8 flags;
  guint32 ids[SEM_WORD_PIECES];
} SemWordEntry;

typedef struct
{
  SemWordEntry *slots; /* SEM_WORD_SLOTS */
} SemWordCache;

/* sem_word_key_load: the key of length bytes (1..SEM_WORD_MAX) at word, after which 32 bytes may be read. */
static inline void
sem_word_key_load (SemWordKey *key, const char *word, gsize length)
{
  static const guint64 masks[9] = { 0,
                                    0xff,
                                    0xffff,
                                    0xffffff,
                                    0xffffffff,
                                    G_GUINT64_CONSTANT (0xffffffffff),
                                    G_GUINT64_CONSTANT (0xffffffffffff),
                                    G_GUINT64_CONSTANT (0xffffffffffffff),
                                    G_MAXUINT64 };
  guint64 last = GUINT64_TO_LE ((guint64) length << 56);

  memcpy (key->k, word, 8);
  key->k[1] = key->k[2] = key->k[3] = 0;
  if (length <= 8)
    key->k[0] &= GUINT64_TO_LE (masks[length]);
  else
    {
      memcpy (key->k + 1, word + 8, 24);
      if (length <= 16)
        {
          key->k[1] &= GUINT64_TO_LE (masks[length - 8]);
          key->k[2] = key->k[3] = 0;
        }
      else if (length <= 24)
        {
          key->k[2] &= GUINT64_TO_LE (masks[length - 16]);
          key->k[3] = 0;
        }
      else
        key->k[3] &= GUINT64_TO_LE (masks[length - 24]);
    }
  key->k[3] |= last;
}

static inline SemWordEntry *
sem_word_cache_slot (const SemWordCache *self, const SemWordKey *key)
{
  guint64 h = key->k[0] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  h ^= (key->k[1] ^ (h >> 31)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  h ^= (key->k[2] + (h >> 29)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  h ^= key->k[3] * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  h *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return &self->slots[(h >> 40) & (SEM_WORD_SLOTS - 1)];
}

static inline gboolean
sem_word_key_equal (const SemWordKey *a, const SemWordKey *b)
{
  return ((a->k[0] ^ b->k[0]) | (a->k[1] ^ b->k[1]) | (a->k[2] ^ b->k[2]) | (a->k[3] ^ b->k[3])) == 0;
}

G_END_DECLS
