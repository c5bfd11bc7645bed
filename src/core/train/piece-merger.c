/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Byte-pair encoding over the types of a corpus.  Pairs are counted in rounds: a round takes the
 * most frequent pairs that share no piece with one taken before it, so that its counts are still
 * true, merges them all, and counts again. */
#include "core/train/piece-merger.h"

#include <string.h>

#define PAIRS_PER_ROUND 24

typedef struct
{
  guint64 pair; /* left piece << 32 | right piece */
  guint64 count;
} PairCount;

struct _SemPieceMerger
{
  SemWordTable *pieces; /* number <-> piece */
  GArray *symbols;      /* guint32: the pieces of all words, one after the other */
  GArray *starts;       /* gsize: where each word's pieces begin, and the end */
  GArray *weights;      /* guint64: each word's weight */
  GQueue ready;         /* char *: pieces of this round */
};

/* The logarithm tames frequent words: a piece is to be useful in many words, not in one. */
static guint64
damp (guint64 count)
{
  return (guint64)g_bit_storage ((gulong)count);
}

static void
add_word (SemPieceMerger *self, const char *word, guint64 count)
{
  gsize start = self->symbols->len;
  guint64 weight = damp (count);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      char piece[16] = "##";
      gsize length = (gsize)(g_utf8_next_char (p) - p);
      guint32 symbol;

      memcpy (piece + 2, p, length);
      symbol = p == word ? sem_word_table_add (self->pieces, piece + 2, length, 1)
                         : sem_word_table_add (self->pieces, piece, length + 2, 1);
      g_array_append_val (self->symbols, symbol);
    }
  g_array_append_val (self->starts, start);
  g_array_append_val (self->weights, weight);
}

SemPieceMerger *
sem_piece_merger_new (const SemCorpus *corpus, GHashTable *known)
{
  SemPieceMerger *self = g_new0 (SemPieceMerger, 1);
  gsize end;

  self->pieces = sem_word_table_new ();
  self->symbols = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->weights = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_queue_init (&self->ready);
  for (guint32 i = 0; i < sem_corpus_get_n_words (corpus); i++)
    {
      const char *word = sem_corpus_get_word (corpus, i);

      if (!g_hash_table_contains (known, word) && g_unichar_isalpha (g_utf8_get_char (word)))
        add_word (self, word, sem_corpus_get_counts (corpus)[i]);
    }
  end = self->symbols->len;
  g_array_append_val (self->starts, end);
  return self;
}

void
sem_piece_merger_free (SemPieceMerger *self)
{
  if (self == NULL)
    return;
  sem_word_table_free (self->pieces);
  g_array_unref (self->symbols);
  g_array_unref (self->starts);
  g_array_unref (self->weights);
  g_queue_clear_full (&self->ready, g_free);
  g_free (self);
}

/* g_int64_hash() is the exclusive or of the two halves, which is the same for thousands of pairs.
 */
static guint
hash_pair (gconstpointer key)
{
  return (guint)((*(const guint64 *)key * 0x9e3779b97f4a7c15u) >> 32);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const PairCount *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static GArray *
count_pairs (SemPieceMerger *self)
{
  g_autoptr (GHashTable) index = g_hash_table_new (hash_pair, g_int64_equal);
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (PairCount));
  GHashTableIter iter;
  gpointer key, value;

  for (guint w = 0; w + 1 < self->starts->len; w++)
    {
      gsize end = g_array_index (self->starts, gsize, w + 1);

      for (gsize i = g_array_index (self->starts, gsize, w) + 1; i < end; i++)
        {
          const guint32 *symbols = (const guint32 *)(gpointer)self->symbols->data;
          guint64 pair = (guint64)symbols[i - 1] << 32 | symbols[i];
          guint64 *count = g_hash_table_lookup (index, &pair);

          if (count == NULL)
            {
              PairCount *entry = g_new0 (PairCount, 1);

              entry->pair = pair;
              count = &entry->count;
              g_hash_table_insert (index, &entry->pair, count);
            }
          *count += g_array_index (self->weights, guint64, w);
        }
    }
  g_hash_table_iter_init (&iter, index);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      PairCount *entry = key; /* the first member: the entry itself */

      g_array_append_val (pairs, *entry);
      g_free (entry);
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

static guint32
merge_pieces (SemPieceMerger *self, guint64 pair)
{
  const char *left = sem_word_table_get_word (self->pieces, (guint32)(pair >> 32));
  const char *right = sem_word_table_get_word (self->pieces, (guint32)pair);
  char *merged = g_strconcat (left, right + 2, NULL);
  guint32 symbol = sem_word_table_add (self->pieces, merged, strlen (merged), 1);

  g_queue_push_tail (&self->ready, merged);
  return symbol;
}

/* Rewrites every word with the round's merges (pair -> symbol + 1). */
static void
apply_merges (SemPieceMerger *self, GHashTable *merges)
{
  guint32 *symbols = (guint32 *)(gpointer)self->symbols->data;
  gsize *starts = (gsize *)(gpointer)self->starts->data;
  gsize write = 0, begin = 0;

  for (guint w = 0; w + 1 < self->starts->len; w++)
    {
      gsize end = starts[w + 1];
      gsize first = write;

      for (gsize i = begin; i < end; i++)
        {
          guint64 pair = i + 1 < end ? (guint64)symbols[i] << 32 | symbols[i + 1] : G_MAXUINT64;
          gpointer merged = i + 1 < end ? g_hash_table_lookup (merges, &pair) : NULL;

          symbols[write++] = merged == NULL ? symbols[i] : GPOINTER_TO_UINT (merged) - 1;
          i += merged != NULL;
        }
      begin = end;
      starts[w] = first;
    }
  starts[self->starts->len - 1] = write;
}

static void
run_round (SemPieceMerger *self)
{
  g_autoptr (GArray) pairs = count_pairs (self);
  g_autoptr (GHashTable) merges = g_hash_table_new (hash_pair, g_int64_equal);
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < pairs->len && g_hash_table_size (merges) < PAIRS_PER_ROUND; i++)
    {
      PairCount *entry = &g_array_index (pairs, PairCount, i);
      gpointer left = GUINT_TO_POINTER ((guint)(entry->pair >> 32) + 1);
      gpointer right = GUINT_TO_POINTER ((guint)entry->pair + 1);

      if (entry->count < 2)
        break;
      if (g_hash_table_contains (used, left) || g_hash_table_contains (used, right))
        continue;
      g_hash_table_add (used, left);
      g_hash_table_add (used, right);
      g_hash_table_insert (merges, &entry->pair,
                           GUINT_TO_POINTER (merge_pieces (self, entry->pair) + 1));
    }
  if (g_hash_table_size (merges) > 0)
    apply_merges (self, merges);
}

char *
sem_piece_merger_next (SemPieceMerger *self)
{
  if (g_queue_is_empty (&self->ready))
    run_round (self);
  return g_queue_pop_head (&self->ready);
}
