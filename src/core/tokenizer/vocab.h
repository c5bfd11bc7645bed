/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemVocab: pieces and their ids, both ways.  Filled once, indexed, then read-only.
 *
 * The hash is incremental (one multiplication a byte), so that a longest-match search computes the hashes of all
 * prefixes of a word in one pass.  The table is made at the end, when the number of pieces is known: of the right size,
 * and with the memory of the next pieces on its way while one is put in.  Limits: 16 777 216 ids, 1 GiB of pieces. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEM_VOCAB_MAX_ID (1u << 24)
#define SEM_VOCAB_NONE G_MAXUINT32
#define SEM_VOCAB_HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)

typedef struct
{
  guint32 offset, length; /* in the pool */
  guint32 id;
  guint32 tag; /* of the hash: the place in the table, and what tells two pieces there apart */
} SemVocabEntry;

typedef struct
{
  guint32 entry; /* index + 1, 0 = free */
  guint32 tag;
} SemVocabSlot;

typedef struct
{
  char *pool; /* NUL after each piece */
  gsize pool_len, pool_cap;
  SemVocabEntry *entries; /* in the order of the file */
  gsize n_entries, cap_entries;
  guint32 *by_id; /* entry index + 1 */
  gsize n_ids, cap_ids;
  SemVocabSlot *slots;
  gsize n_slots;
  gsize n_pieces; /* different pieces */
  guint32 max_length; /* of a piece, bytes */
} SemVocab;

SemVocab *sem_vocab_new (void);
void sem_vocab_free (SemVocab *self);
/* sem_vocab_reserve_piece: room for length bytes at the end of the pool; a reader writes the piece there and then
 * calls sem_vocab_commit.  NULL when the pool would pass its limit. */
char *sem_vocab_reserve_piece (SemVocab *self, gsize length);
/* sem_vocab_commit: takes the length bytes just written as a piece.  FALSE when id is beyond the limit. */
gboolean sem_vocab_commit (SemVocab *self, gsize length, guint32 id);
gboolean sem_vocab_add (SemVocab *self, const char *piece, gsize length, guint32 id);
/* sem_vocab_index: makes the table of all that was added; to be called once, before which no piece is found.  Of equal
 * pieces the last one's id is found, as in the reference's map. */
void sem_vocab_index (SemVocab *self);
guint32 sem_vocab_find (const SemVocab *self, const char *piece, gsize length);
/* The ids of "<0x00>" .. "<0xFF>", by which a model falls back to bytes. */
void sem_vocab_find_bytes (const SemVocab *self, guint32 ids[256]);
/* The piece of an id, NULL when there is none. */
const char *sem_vocab_get (const SemVocab *self, guint32 id, gsize *length);

static inline guint64
sem_vocab_hash_byte (guint64 hash, char byte)
{
  return (hash ^ (guint8) byte) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

static inline guint64
sem_vocab_hash (guint64 hash, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    hash = sem_vocab_hash_byte (hash, bytes[i]);
  return hash;
}

typedef struct
{
  const char *bytes;
  gsize length;
} SemVocabKey;

/* sem_vocab_find_many: the ids of up to SEM_VOCAB_MANY pieces.  Much faster than one by one, which waits for memory three
 * times each. */
#define SEM_VOCAB_MANY 64
void sem_vocab_find_many (const SemVocab *self, const SemVocabKey *keys, guint n, guint32 *ids);
/* TRUE when U+2581 is a piece, and none has it after another character: what is joined of neighbours never goes
 * across the start of one. */
gboolean sem_vocab_marks_begin (const SemVocab *self);
/* sem_vocab_hide: the id keeps its piece, but looking the piece up finds nothing. */
void sem_vocab_hide (SemVocab *self, guint32 id);
/* Bytes of the longest piece that text begins with, 0: none. */
gsize sem_vocab_longest_prefix (const SemVocab *self, const char *text, gsize length);
/* TRUE when looking left + right up would give id: cheaper than looking it up. */
gboolean sem_vocab_is (const SemVocab *self,
                       guint32 id,
                       const char *left,
                       gsize left_length,
                       const char *right,
                       gsize right_length);
/* sem_vocab_find_hashed: the id of a piece of which prefix + bytes are the two parts (prefix may be empty) and hash
 * the hash of both; SEM_VOCAB_NONE when there is none. */
guint32 sem_vocab_find_hashed (const SemVocab *self,
                               guint64 hash,
                               const char *prefix,
                               gsize prefix_length,
                               const char *bytes,
                               gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemVocab, sem_vocab_free)

G_END_DECLS
