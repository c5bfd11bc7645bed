/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best cut of a pre-token under a unigram model, as the reference's optimized encoder finds it:
 * forward over the characters, sums in double precision, a path replaced only by a strictly better
 * one, an unknown character at the lowest score minus 10, unknowns in a row made one. */
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/explain.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

#define UNKNOWN_PENALTY 10.0

typedef struct
{
  SemTokModel parent;
  double *scores; /* by id */
  double unknown_score;
  gboolean byte_fallback;
  gboolean single_precision; /* sentencepiece's sums */
  guint32 byte_pieces[256];
} SemUnigram;

/* The best path that ends here. */
typedef struct
{
  double score;
  guint32 start; /* G_MAXUINT32: none yet */
  guint32 id;
} Node;

static inline void
offer (const SemUnigram *self, Node *node, double score, guint32 start, guint32 id)
{
  if (node->start == G_MAXUINT32 || score > node->score)
    *node = (Node){ self->single_precision ? (double)(float)score : score, start, id };
}

static gboolean
run_forward (const SemUnigram *self, const char *text, gsize length, Node *nodes, GError **error)
{
  const SemVocab *vocab = self->parent.vocab;

  for (gsize at = 0; at < length;)
    {
      gsize n = sem_utf8_length ((guint8)text[at]), limit = MIN (length - at, vocab->max_length);
      guint64 hash = SEM_VOCAB_HASH_START;
      gboolean single = FALSE;
      double here = nodes[at].score;

      for (gsize k = 0; k < limit;)
        {
          guint32 id;

          hash = sem_vocab_hash_byte (hash, text[at + k++]);
          if (at + k < length && ((guint8)text[at + k] & 0xc0) == 0x80)
            continue;
          id = sem_vocab_find_hashed (vocab, hash, NULL, 0, text + at, k);
          if (id == SEM_VOCAB_NONE)
            continue;
          offer (self, &nodes[at + k], self->scores[id] + here, (guint32)at, id);
          single |= k == n;
        }
      if (!single)
        {
          if (self->parent.unknown == SEM_VOCAB_NONE)
            {
              g_set_error (
                  error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY,
                  "'%.*s' is not in the vocabulary, and the vocabulary has no unknown token",
                  (int)n, text + at);
              return FALSE;
            }
          offer (self, &nodes[at + n], self->unknown_score + here, (guint32)at,
                 self->parent.unknown);
        }
      at += n;
    }
  return TRUE;
}

/* The piece for [start, end): its id, or its bytes', or the unknown. */
static void
put_piece (const SemUnigram *self, const char *text, guint32 start, guint32 end, GArray *out)
{
  SemPiece piece = { sem_vocab_find (self->parent.vocab, text + start, end - start), start, end };

  if (piece.id == SEM_VOCAB_NONE && self->byte_fallback)
    {
      gboolean all = TRUE;

      for (guint32 i = start; i < end; i++)
        all &= self->byte_pieces[(guint8)text[i]] != SEM_VOCAB_NONE;
      for (guint32 i = start; all && i < end; i++)
        {
          piece.id = self->byte_pieces[(guint8)text[i]];
          g_array_append_val (out, piece);
        }
      if (all)
        return;
    }
  if (piece.id == SEM_VOCAB_NONE)
    piece.id = self->parent.unknown;
  g_array_append_val (out, piece);
}

typedef struct
{
  guint32 start, end;
  gboolean unknown;
} Step;

/* Walks back along the best path; unknowns in a row become one step.  Returns the number of steps,
 * last first. */
static gsize
walk_back (const SemUnigram *self, const Node *nodes, gsize length, Step *steps)
{
  gsize n = 0;

  for (gsize end = length; end > 0; end = nodes[end].start)
    {
      gboolean unknown
          = nodes[end].id == self->parent.unknown && self->parent.unknown != SEM_VOCAB_NONE;

      if (unknown && n > 0 && steps[n - 1].unknown)
        steps[n - 1].start = nodes[end].start;
      else
        steps[n++] = (Step){ nodes[end].start, (guint32)end, unknown };
    }
  return n;
}

static gboolean
unigram_tokenize (const SemTokModel *model,
                  const char *text,
                  gsize length,
                  GArray *out,
                  GByteArray *scratch,
                  GError **error)
{
  const SemUnigram *self = (const SemUnigram *)model;
  Node *nodes;
  Step *steps;
  gsize n;

  if (length >= G_MAXUINT32 / (sizeof (Node) + sizeof (Step)) - 1)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a stretch of %" G_GSIZE_FORMAT
                   " bytes without a cut is too long for a unigram model",
                   length);
      return FALSE;
    }
  g_byte_array_set_size (scratch, (guint)((length + 1) * (sizeof (Node) + sizeof (Step))));
  nodes = (Node *)(void *)scratch->data;
  steps = (Step *)(void *)(nodes + length + 1);
  for (gsize i = 0; i <= length; i++)
    nodes[i] = (Node){ 0.0, G_MAXUINT32, 0 };
  if (!run_forward (self, text, length, nodes, error))
    return FALSE;
  n = walk_back (self, nodes, length, steps);
  while (n-- > 0)
    put_piece (self, text, steps[n].start, steps[n].end, out);
  return TRUE;
}

static void
add_edges (const SemUnigram *self,
           const char *text,
           gsize length,
           gsize at,
           double here,
           GArray *edges)
{
  const SemVocab *vocab = self->parent.vocab;
  gsize n = sem_utf8_length ((guint8)text[at]);
  gboolean single = FALSE;

  for (gsize k = 1; k <= MIN (length - at, vocab->max_length); k++)
    {
      guint32 id = SEM_VOCAB_NONE;
      SemExplainEdge edge = { (guint32)at, (guint32)(at + k), 0, 0.0, 0.0, FALSE };

      if (at + k == length || ((guint8)text[at + k] & 0xc0) != 0x80)
        id = sem_vocab_find (vocab, text + at, k);
      if (id == SEM_VOCAB_NONE)
        continue;
      edge.id = id;
      edge.score = self->scores[id];
      edge.best = here + edge.score;
      g_array_append_val (edges, edge);
      single |= k == n;
    }
  if (!single)
    {
      SemExplainEdge edge = { (guint32)at,         (guint32)(at + n),          self->parent.unknown,
                              self->unknown_score, here + self->unknown_score, FALSE };

      g_array_append_val (edges, edge);
    }
}

void
sem_unigram_trace (const SemTokModel *model, const char *text, gsize length, GArray *edges)
{
  const SemUnigram *self = (const SemUnigram *)model;
  g_autofree Node *nodes = g_new (Node, length + 1);
  g_autofree guint32 *ends = NULL; /* of the step of the best path that starts here, 0: none */

  for (gsize i = 0; i <= length; i++)
    nodes[i] = (Node){ 0.0, G_MAXUINT32, 0 };
  if (!run_forward (self, text, length, nodes, NULL))
    return;
  for (gsize at = 0; at < length; at += sem_utf8_length ((guint8)text[at]))
    add_edges (self, text, length, at, nodes[at].score, edges);
  ends = g_new0 (guint32, length + 1);
  for (gsize end = length; end > 0; end = nodes[end].start)
    ends[nodes[end].start] = (guint32)end;
  for (guint i = 0; i < edges->len; i++)
    {
      SemExplainEdge *e = &g_array_index (edges, SemExplainEdge, i);

      e->on_path = ends[e->start] == e->end && e->id == nodes[e->end].id;
    }
}

static void
unigram_free (SemTokModel *model)
{
  g_free (((SemUnigram *)model)->scores);
}

static const SemTokModelClass unigram_class = { "Unigram", unigram_tokenize, unigram_free };

SemTokModel *
sem_unigram_new (SemVocab *vocab, double *scores, guint32 unknown, gboolean byte_fallback)
{
  SemUnigram *self = g_new0 (SemUnigram, 1);
  double lowest = HUGE_VAL;

  self->parent.klass = &unigram_class;
  self->parent.vocab = vocab;
  self->parent.unknown = unknown;
  self->parent.shows_text = TRUE;
  self->parent.prefix = g_strdup ("");
  self->scores = scores;
  for (gsize i = 0; i < vocab->n_ids; i++)
    if (vocab->by_id[i] != 0)
      lowest = MIN (lowest, scores[i]);
  self->unknown_score = lowest - UNKNOWN_PENALTY;
  self->byte_fallback = byte_fallback;
  sem_vocab_find_bytes (vocab, self->byte_pieces);
  return &self->parent;
}

void
sem_unigram_set_sentencepiece (SemTokModel *model, float unknown_score)
{
  SemUnigram *self = (SemUnigram *)model;

  self->single_precision = TRUE;
  self->unknown_score = (double)unknown_score;
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

static gboolean
read_entry (SemJsonScan *scan, SemVocab *vocab, GArray *scores, GError **error)
{
  gssize length;
  double score;
  guint n = scores->len;

  if (!sem_json_scan_accept (scan, '[') || (length = sem_vocab_read_string (scan, vocab)) < 0
      || !sem_json_scan_accept (scan, ',') || !sem_json_scan_number (scan, &score)
      || !isfinite (score) || !sem_json_scan_accept (scan, ']'))
    return sem_json_field_bad (error, "model", "vocab", "entry %u is not [piece, score]", n);
  g_array_append_val (scores, score);
  return sem_vocab_commit (vocab, (gsize)length, n)
         || sem_json_field_bad (error, "model", "vocab", "more than %u pieces", SEM_VOCAB_MAX_ID);
}

static gboolean
read_list (SemJsonRange range, SemVocab *vocab, GArray *scores, GError **error)
{
  SemJsonScan scan;

  sem_json_scan_init (&scan, range.start, (gsize)(range.end - range.start));
  if (!sem_json_scan_accept (&scan, '['))
    return sem_json_field_bad (error, "model", "vocab", "expected an array of [piece, score]");
  if (!sem_json_scan_accept (&scan, ']'))
    {
      do
        if (!read_entry (&scan, vocab, scores, error))
          return FALSE;
      while (sem_json_scan_accept (&scan, ','));
      if (!sem_json_scan_accept (&scan, ']'))
        return sem_json_field_bad (error, "model", "vocab", "entry %u is not separated by a comma",
                                   scores->len);
    }
  return TRUE;
}

SemTokModel *
sem_unigram_new_from_json (const json_t *node, SemJsonRange range, GError **error)
{
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));
  guint32 unknown = SEM_VOCAB_NONE;
  gboolean byte_fallback = FALSE;

  if (!sem_json_field_bool (node, "model", "byte_fallback", &byte_fallback, error)
      || !read_list (range, vocab, scores, error)
      || !sem_vocab_check_lengths (vocab, "model.vocab", error)
      || !sem_json_field_uint (node, "model", "unk_id", G_MAXUINT32 - 1, &unknown, error))
    return NULL;
  if (scores->len == 0)
    {
      sem_json_field_bad (error, "model", "vocab", "has no pieces");
      return NULL;
    }
  if (unknown != SEM_VOCAB_NONE && unknown >= scores->len)
    {
      sem_json_field_bad (error, "model", "unk_id", "%u is not an id of %u pieces", unknown,
                          scores->len);
      return NULL;
    }
  sem_vocab_index (vocab);
  return sem_unigram_new (g_steal_pointer (&vocab),
                          (double *)(void *)g_array_free (g_steal_pointer (&scores), FALSE),
                          unknown, byte_fallback);
}
