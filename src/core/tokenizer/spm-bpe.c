/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The merge loop over symbols that are slices of the text, with a heap of candidates. */
#include "core/tokenizer/spm-bpe.h"
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/norm-text.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

typedef struct
{
  SemTokModel parent;
  float *scores;
  SemVocab *user; /* NULL: none */
  guint8 *unused; /* by id; NULL: none is */
  gboolean byte_fallback;
  guint32 byte_pieces[256];
} SemSpmBpe;

typedef struct
{
  guint32 start, length; /* length 0: joined to another */
  gint32 prev, next;
  gboolean frozen; /* a user-defined symbol */
} Symbol;

typedef struct
{
  float score;
  guint32 left, length; /* bytes of both together: tells whether the candidate is stale */
} Candidate;

static gboolean
before (const Candidate *a, const Candidate *b)
{
  return a->score > b->score || (a->score == b->score && a->left < b->left);
}

static void
push (GArray *heap, Candidate c)
{
  guint i = heap->len;
  Candidate *h;

  g_array_append_val (heap, c);
  h = (Candidate *)(void *)heap->data;
  while (i > 0 && before (&c, &h[(i - 1) / 2]))
    {
      h[i] = h[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  h[i] = c;
}

static Candidate
pop (GArray *heap)
{
  Candidate *h = (Candidate *)(void *)heap->data;
  Candidate top = h[0], last = h[heap->len - 1];
  guint n = heap->len - 1, i = 0;

  g_array_set_size (heap, n);
  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && before (&h[child + 1], &h[child]))
        child++;
      if (!before (&h[child], &last))
        break;
      h[i] = h[child];
      i = child;
    }
  if (n > 0)
    h[i] = last;
  return top;
}

/* splits: of unused pieces, by id, the length of the left part they were last offered with. */
static void
offer (const SemSpmBpe *self,
       const char *text,
       const Symbol *s,
       gint32 left,
       GArray *heap,
       GHashTable *splits)
{
  guint32 id, length;

  if (left < 0 || s[left].next < 0 || s[left].frozen || s[s[left].next].frozen)
    return;
  length = s[left].length + s[s[left].next].length;
  if (length > self->parent.vocab->max_length)
    return;
  id = sem_vocab_find (self->parent.vocab, text + s[left].start, length);
  if (id == SEM_VOCAB_NONE)
    return;
  push (heap, (Candidate){ self->scores[id], (guint32)left, length });
  if (splits != NULL && self->unused[id] != 0)
    g_hash_table_replace (splits, GUINT_TO_POINTER (id), GUINT_TO_POINTER (s[left].length));
}

static guint
split_characters (const SemSpmBpe *self, const char *text, gsize length, GByteArray *scratch)
{
  Symbol *s;
  guint n = (guint)sem_utf8_count (text, length), i = 0;

  g_byte_array_set_size (scratch, n * (guint)sizeof (Symbol));
  s = (Symbol *)(void *)scratch->data;
  for (gsize at = 0; at < length; i++)
    {
      gsize user
          = self->user != NULL ? sem_vocab_longest_prefix (self->user, text + at, length - at) : 0;
      guint size = user > 0 ? (guint)user : sem_utf8_length ((guint8)text[at]);

      s[i] = (Symbol){ (guint32)at, size, (gint32)i - 1, (gint32)i + 1, user > 0 };
      at += size;
    }
  if (i > 0)
    s[i - 1].next = -1;
  return i;
}

static void
put_symbol (const SemSpmBpe *self,
            const char *text,
            SemSpan span,
            GHashTable *splits,
            GArray *out,
            gboolean *unknown)
{
  guint32 length = span.end - span.start;
  SemPiece piece
      = { sem_vocab_find (self->parent.vocab, text + span.start, length), span.start, span.end };
  gboolean was_unknown = *unknown;
  gpointer left;

  if (splits != NULL && piece.id != SEM_VOCAB_NONE && self->unused[piece.id] != 0
      && (left = g_hash_table_lookup (splits, GUINT_TO_POINTER (piece.id))) != NULL)
    {
      guint32 middle = span.start + GPOINTER_TO_UINT (left);

      put_symbol (self, text, (SemSpan){ span.start, middle }, splits, out, unknown);
      put_symbol (self, text, (SemSpan){ middle, span.end }, splits, out, unknown);
      return;
    }

  *unknown = FALSE;
  if (piece.id != SEM_VOCAB_NONE)
    {
      g_array_append_val (out, piece);
      return;
    }
  for (guint32 i = 0; self->byte_fallback && i < length; i++)
    {
      piece.id = self->byte_pieces[(guint8)text[span.start + i]];
      if (piece.id == SEM_VOCAB_NONE)
        piece.id = self->parent.unknown;
      g_array_append_val (out, piece);
    }
  if (self->byte_fallback)
    return;
  *unknown = TRUE;
  if (was_unknown)
    g_array_index (out, SemPiece, out->len - 1).end = piece.end;
  else
    {
      piece.id = self->parent.unknown;
      g_array_append_val (out, piece);
    }
}

static guint32
find_span (const SemSpmBpe *self, const char *text, guint32 start, guint32 end)
{
  return sem_vocab_find (self->parent.vocab, text + start, end - start);
}

/* The symbol at left is about to take in the one at right. */
static void
note_merge (const SemSpmBpe *self,
            const char *text,
            const Symbol *left,
            const Symbol *right,
            float score,
            GArray *trace)
{
  guint32 start = left->start, middle = right->start, end = right->start + right->length;
  SemBpeMerge step = { (guint32)CLAMP (-score, 0.0f, 1e9f),
                       find_span (self, text, start, middle),
                       find_span (self, text, middle, end),
                       find_span (self, text, start, end),
                       start,
                       middle,
                       end };

  g_array_append_val (trace, step);
}

/* Joins the n symbols until none of their neighbours make a piece.  trace: SemBpeMerge, or NULL. */
static void
merge_all (const SemSpmBpe *self,
           const char *text,
           Symbol *s,
           guint n,
           GHashTable *splits,
           GArray *trace)
{
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i + 1 < n; i++)
    offer (self, text, s, (gint32)i, heap, splits);
  while (heap->len > 0)
    {
      Candidate c = pop (heap);
      gint32 left = (gint32)c.left, right = s[left].next;

      if (s[left].length == 0 || right < 0 || s[left].length + s[right].length != c.length)
        continue;
      if (trace != NULL)
        note_merge (self, text, &s[left], &s[right], c.score, trace);
      s[left].length = c.length;
      s[right].length = 0;
      s[left].next = s[right].next;
      if (s[left].next >= 0)
        s[s[left].next].prev = left;
      offer (self, text, s, s[left].prev, heap, splits);
      offer (self, text, s, left, heap, splits);
    }
}

static void
spm_bpe_trace (const SemTokModel *model,
               const char *text,
               gsize length,
               GArray *first,
               GArray *merges)
{
  const SemSpmBpe *self = (const SemSpmBpe *)model;
  g_autoptr (GByteArray) scratch = g_byte_array_new ();
  guint n = split_characters (self, text, length, scratch);
  Symbol *s = (Symbol *)(void *)scratch->data;

  for (guint i = 0; i < n; i++)
    {
      SemPiece piece = { 0, s[i].start, s[i].start + s[i].length };

      piece.id = find_span (self, text, piece.start, piece.end);
      if (piece.id == SEM_VOCAB_NONE)
        piece.id = self->parent.unknown;
      g_array_append_val (first, piece);
    }
  merge_all (self, text, s, n, NULL, merges);
}

static gboolean
spm_bpe_tokenize (const SemTokModel *model,
                  const char *text,
                  gsize length,
                  GArray *out,
                  GByteArray *scratch,
                  GError **error)
{
  const SemSpmBpe *self = (const SemSpmBpe *)model;
  g_autoptr (GHashTable) splits = self->unused != NULL ? g_hash_table_new (NULL, NULL) : NULL;
  gboolean unknown = FALSE;
  guint n;
  Symbol *s;

  if (length > G_MAXINT32 / sizeof (Symbol))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a stretch of %" G_GSIZE_FORMAT
                   " bytes without a cut is too long for byte pair encoding",
                   length);
      return FALSE;
    }
  n = split_characters (self, text, length, scratch);
  s = (Symbol *)(void *)scratch->data;
  merge_all (self, text, s, n, splits, NULL);
  for (gint32 i = n > 0 ? 0 : -1; i >= 0; i = s[i].next)
    put_symbol (self, text, (SemSpan){ s[i].start, s[i].start + s[i].length }, splits, out,
                &unknown);
  return TRUE;
}

static void
spm_bpe_free (SemTokModel *model)
{
  g_free (((SemSpmBpe *)model)->scores);
  g_free (((SemSpmBpe *)model)->unused);
  sem_vocab_free (((SemSpmBpe *)model)->user);
}

static gboolean
spm_bpe_cuts_at_marks (const SemTokModel *model)
{
  return sem_vocab_marks_begin (model->vocab);
}

static const SemTokModelClass spm_bpe_class = { .kind = "BPE",
                                                .tokenize = spm_bpe_tokenize,
                                                .free = spm_bpe_free,
                                                .cuts_at_marks = spm_bpe_cuts_at_marks,
                                                .trace = spm_bpe_trace };

SemTokModel *
sem_spm_bpe_new (SemVocab *vocab,
                 float *scores,
                 SemVocab *user,
                 guint32 unknown,
                 gboolean byte_fallback)
{
  SemSpmBpe *self = g_new0 (SemSpmBpe, 1);

  self->parent.klass = &spm_bpe_class;
  self->parent.vocab = vocab;
  self->parent.unknown = unknown;
  self->parent.prefix = g_strdup ("");
  self->scores = scores;
  self->user = user;
  self->byte_fallback = byte_fallback;
  sem_vocab_find_bytes (vocab, self->byte_pieces);
  return &self->parent;
}

void
sem_spm_bpe_set_unused (SemTokModel *model, guint8 *unused)
{
  ((SemSpmBpe *)model)->unused = unused;
}
