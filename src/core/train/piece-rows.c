/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of pieces: taken over from words, or distilled from the words they make up. */
#include "core/train/piece-rows.h"
#include "core/train/refine.h"
#include "core/analysis/linalg.h"

#include <math.h>
#include <string.h>

#define MAX_PIECES_PER_WORD 100
#define SMOOTHING 1e-3 /* a of a / (a + p) */
#define WEIGHT_POWER                                                                               \
  0.25 /* of a word's count: between every word alike and every occurrence alike */
#define RIDGE 1.0
#define SWEEPS 12
#define COMMON_WORDS 10000
#define MAX_FRAGMENT_COSINE 0.42
#define SEPARATION_ROUNDS 30

gsize
sem_cut_word (GHashTable *known, const char *word, guint32 *ids, gsize max_ids)
{
  gsize length = strlen (word), start = 0, n = 0;
  char piece[SEM_WORD_MAX_BYTES + 3] = "##";

  if (length > SEM_WORD_MAX_BYTES)
    return 0;
  while (start < length)
    {
      gsize end = length;
      gpointer id = NULL;

      for (; end > start; end--)
        {
          if (((guint8)word[end] & 0xc0) == 0x80)
            continue;
          memcpy (piece + 2, word + start, end - start);
          piece[2 + end - start] = '\0';
          id = g_hash_table_lookup (known, start == 0 ? piece + 2 : piece);
          if (id != NULL)
            break;
        }
      if (id == NULL || n == max_ids)
        return 0;
      ids[n++] = GPOINTER_TO_UINT (id) - 1;
      start = end;
    }
  return n;
}

typedef struct
{
  GArray *starts;  /* gsize */
  GArray *pieces;  /* guint32 */
  GArray *targets; /* float */
  GArray *weights; /* float */
} WordLists;

static void
collect_cut_words (WordLists *lists,
                   GHashTable *known,
                   const SemCorpus *corpus,
                   const float *vectors,
                   gsize dim)
{
  const guint64 *counts = sem_corpus_get_counts (corpus);
  guint32 ids[MAX_PIECES_PER_WORD];
  gsize end;

  for (guint32 w = 0; w < sem_corpus_get_n_words (corpus); w++)
    {
      gsize n = sem_cut_word (known, sem_corpus_get_word (corpus, w), ids, MAX_PIECES_PER_WORD);
      gsize start = lists->pieces->len;
      float weight = (float)pow ((double)counts[w], WEIGHT_POWER);

      if (n < 2)
        continue;
      g_array_append_val (lists->starts, start);
      g_array_append_vals (lists->pieces, ids, (guint)n);
      g_array_append_vals (lists->targets, vectors + w * dim, (guint)dim);
      g_array_append_val (lists->weights, weight);
    }
  end = lists->pieces->len;
  g_array_append_val (lists->starts, end);
}

static void
distill_pieces (float *rows,
                gsize n_pieces,
                gsize dim,
                const guint8 *is_free,
                GHashTable *known,
                const SemCorpus *corpus,
                const float *vectors)
{
  WordLists lists
      = { g_array_new (FALSE, FALSE, sizeof (gsize)), g_array_new (FALSE, FALSE, sizeof (guint32)),
          g_array_new (FALSE, FALSE, sizeof (float)), g_array_new (FALSE, FALSE, sizeof (float)) };
  SemDistillWords words;

  collect_cut_words (&lists, known, corpus, vectors, dim);
  words.n_words = lists.weights->len;
  words.starts = (const gsize *)(gpointer)lists.starts->data;
  words.pieces = (const guint32 *)(gpointer)lists.pieces->data;
  words.targets = (const float *)(gpointer)lists.targets->data;
  words.weights = (const float *)(gpointer)lists.weights->data;
  sem_refine_distill (rows, n_pieces, dim, is_free, &words, RIDGE, SWEEPS);
  g_array_unref (lists.starts);
  g_array_unref (lists.pieces);
  g_array_unref (lists.targets);
  g_array_unref (lists.weights);
}

/* A piece that is no word has the direction of what it is a part of, and would stand among the
 * neighbours of words that people look up.  Where it comes closer than MAX_FRAGMENT_COSINE to one
 * of the common words it is moved away from it, by no more than that takes. */
static void
separate_fragment (float *row, const float *common, gsize n_common, gsize dim, float *cosines)
{
  for (guint round = 0; round < SEPARATION_ROUNDS; round++)
    {
      double length = 0.0, excess;
      gsize nearest = 0;

      for (gsize c = 0; c < dim; c++)
        length += (double)row[c] * (double)row[c];
      length = sqrt (length);
      sem_linalg_gemv_f32 (FALSE, n_common, dim, common, dim, row, cosines);
      for (gsize i = 1; i < n_common; i++)
        if (cosines[i] > cosines[nearest])
          nearest = i;
      excess = (double)cosines[nearest] - MAX_FRAGMENT_COSINE * length;
      if (excess <= 1e-3 * length)
        return;
      for (gsize c = 0; c < dim; c++)
        row[c] = (float)((double)row[c] - 1.1 * excess * (double)common[nearest * dim + c]);
    }
}

static void
separate_fragments (float *rows,
                    gsize n_pieces,
                    gsize dim,
                    const guint8 *is_free,
                    const SemCorpus *corpus,
                    const float *vectors)
{
  gsize n_common = MIN (COMMON_WORDS, sem_corpus_get_n_words (corpus));
  g_autofree float *cosines = g_new (float, n_common + 1);

  for (gsize p = 0; p < n_pieces; p++)
    if (is_free[p])
      separate_fragment (rows + p * dim, vectors, n_common, dim, cosines);
}

float *
sem_piece_rows_new (GPtrArray *pieces, const SemCorpus *corpus, const float *vectors, gsize dim)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint8 *is_free = g_new0 (guint8, pieces->len);
  float *rows = g_new0 (float, (gsize)pieces->len *dim);
  double n_running = (double)sem_corpus_get_n_running_words (corpus);

  for (guint i = 0; i < pieces->len; i++)
    {
      const char *piece = g_ptr_array_index (pieces, i);
      guint32 word = sem_corpus_find (corpus, piece);
      double share;

      g_hash_table_insert (known, (char *)piece, GUINT_TO_POINTER (i + 1));
      is_free[i] = word == SEM_NO_WORD_INDEX;
      if (is_free[i])
        continue;
      share = (double)sem_corpus_get_counts (corpus)[word] / n_running;
      for (gsize c = 0; c < dim; c++)
        rows[i * dim + c]
            = (float)((double)vectors[word * dim + c] * SMOOTHING / (SMOOTHING + share));
    }
  distill_pieces (rows, pieces->len, dim, is_free, known, corpus, vectors);
  separate_fragments (rows, pieces->len, dim, is_free, corpus, vectors);
  return rows;
}
