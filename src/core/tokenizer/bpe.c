/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The merge loop.  A short pre-token is merged by scanning an array for the lowest rank; a long one
 * with a heap of candidate pairs, which keeps a megabyte without a blank in n log n.  Both give the
 * order of the reference: lowest rank first, leftmost among equals. */
#include "core/tokenizer/bpe-private.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

#define SHORT_WORD 48
#define NO_RANK G_MAXUINT32

typedef struct
{
  guint32 id, start, end;
  gint32 prev, next;
} Symbol;

typedef struct
{
  guint64 key; /* rank << 32 | position: the heap's order */
  guint32 result;
} Candidate;

/* --- from text to symbols
 * -------------------------------------------------------------------------------- */

static guint32
find_char (const SemBpe *self, const char *text, gsize n, gboolean first, gboolean last)
{
  const SemTokModel *m = &self->parent;
  const char *prefix = m->prefix;
  gsize prefix_length = first ? 0 : m->prefix_length;
  guint64 hash;
  char with_suffix[4 + 64];

  if (self->plain && n == 1)
    return self->ascii[(guint8)text[0]];
  hash = sem_vocab_hash (SEM_VOCAB_HASH_START, prefix, prefix_length);
  if (last && self->suffix_length > 0)
    {
      memcpy (with_suffix, text, n);
      memcpy (with_suffix + n, self->suffix, self->suffix_length);
      text = with_suffix;
      n += self->suffix_length;
    }
  hash = sem_vocab_hash (hash, text, n);
  return sem_vocab_find_hashed (m->vocab, hash, prefix, prefix_length, text, n);
}

typedef struct
{
  GByteArray *symbols; /* Symbol */
  guint32 at;          /* where the next symbol starts */
} SymbolList;

static void
add_symbol (SymbolList *list, guint32 id, guint32 length)
{
  Symbol s = { id, list->at, list->at + length, 0, 0 };

  g_byte_array_append (list->symbols, (const guint8 *)&s, sizeof s);
  list->at += length;
}

static gboolean
add_bytes (const SemBpe *self,
           SymbolList *list,
           const char *text,
           gsize n,
           gboolean first,
           gboolean last)
{
  g_autoptr (GString) s = g_string_new (NULL);

  if (!first)
    g_string_append_len (s, self->parent.prefix, (gssize)self->parent.prefix_length);
  g_string_append_len (s, text, (gssize)n);
  if (last)
    g_string_append_len (s, self->suffix, (gssize)self->suffix_length);
  for (gsize i = 0; i < s->len; i++)
    if (self->byte_pieces[(guint8)s->str[i]] == SEM_VOCAB_NONE)
      return FALSE;
  for (gsize i = 0; i < s->len; i++)
    add_symbol (list, self->byte_pieces[(guint8)s->str[i]], 1);
  return TRUE;
}

/* Characters to symbols; an unknown one is the unknown token (several in a row one, with fuse_unk),
 * or nothing when there is none: then what follows moves up, as in the reference. */
static void
read_symbols (const SemBpe *self, const char *text, gsize length, GByteArray *scratch)
{
  SymbolList list = { scratch, 0 };
  guint32 pending = 0; /* bytes of the unknown not yet written */

  g_byte_array_set_size (scratch, 0);
  for (gsize at = 0; at < length;)
    {
      guint n = sem_utf8_length ((guint8)text[at]);
      gboolean first = at == 0, last = at + n >= length;
      guint32 id = find_char (self, text + at, n, first, last);

      if (id != SEM_VOCAB_NONE)
        {
          if (pending > 0)
            add_symbol (&list, self->parent.unknown, pending);
          pending = 0;
          add_symbol (&list, id, n);
        }
      else if (self->byte_fallback && add_bytes (self, &list, text + at, n, first, last))
        ;
      else if (self->parent.unknown != SEM_VOCAB_NONE)
        {
          if (pending > 0 && !self->fuse_unknown)
            {
              add_symbol (&list, self->parent.unknown, pending);
              pending = 0;
            }
          pending += n;
        }
      at += n;
    }
  if (pending > 0)
    add_symbol (&list, self->parent.unknown, pending);
}

/* --- merging
 * --------------------------------------------------------------------------------------------- */

static inline void
note_merge (GArray *trace, const SemBpeSlot *m, const Symbol *a, const Symbol *b)
{
  SemBpeMerge step = { m->rank, a->id, b->id, m->result, a->start, a->end, b->end };

  g_array_append_val (trace, step);
}

/* Scans for the lowest rank; returns the number of symbols left. */
static guint
merge_short (const SemBpe *self, Symbol *s, guint n, GArray *trace)
{
  const SemBpeSlot *best[SHORT_WORD];

  for (guint i = 0; i + 1 < n; i++)
    best[i] = sem_bpe_find (self, s[i].id, s[i + 1].id);
  while (n > 1)
    {
      guint at = 0;
      guint32 rank = NO_RANK;

      for (guint i = 0; i + 1 < n; i++)
        if (best[i] != NULL && best[i]->rank < rank)
          {
            rank = best[i]->rank;
            at = i;
          }
      if (rank == NO_RANK)
        break;
      if (trace != NULL)
        note_merge (trace, best[at], &s[at], &s[at + 1]);
      s[at].id = best[at]->result;
      s[at].end = s[at + 1].end;
      memmove (&s[at + 1], &s[at + 2], (n - at - 2) * sizeof *s);
      if (at + 2 < n)
        memmove (&best[at], &best[at + 1], (n - at - 2) * sizeof best[0]);
      n--;
      if (at + 1 < n)
        best[at] = sem_bpe_find (self, s[at].id, s[at + 1].id);
      if (at > 0)
        best[at - 1] = sem_bpe_find (self, s[at - 1].id, s[at].id);
    }
  return n;
}

static void
heap_push (Candidate *heap, gsize *n, Candidate c)
{
  gsize i = (*n)++;

  while (i > 0 && heap[(i - 1) / 2].key > c.key)
    {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  heap[i] = c;
}

static Candidate
heap_pop (Candidate *heap, gsize *n)
{
  Candidate top = heap[0], last = heap[--(*n)];
  gsize i = 0;

  for (;;)
    {
      gsize child = 2 * i + 1;

      if (child >= *n)
        break;
      if (child + 1 < *n && heap[child + 1].key < heap[child].key)
        child++;
      if (heap[child].key >= last.key)
        break;
      heap[i] = heap[child];
      i = child;
    }
  heap[i] = last;
  return top;
}

static void
push_pair (const SemBpe *self, const Symbol *s, gint32 left, Candidate *heap, gsize *n)
{
  const SemBpeSlot *m;

  if (left < 0 || s[left].next < 0)
    return;
  m = sem_bpe_find (self, s[left].id, s[s[left].next].id);
  if (m != NULL)
    heap_push (heap, n, (Candidate){ (guint64)m->rank << 32 | (guint32)left, m->result });
}

static guint
merge_long (const SemBpe *self, Symbol *s, guint n, GArray *trace)
{
  /* Each merge removes a symbol and adds at most two candidates: 3 n is enough. */
  Candidate *heap = g_new (Candidate, (gsize)n * 3);
  gsize heap_n = 0;
  guint left = 0;

  for (guint i = 0; i < n; i++)
    {
      s[i].prev = (gint32)i - 1;
      s[i].next = i + 1 < n ? (gint32)i + 1 : -1;
    }
  for (guint i = 0; i + 1 < n; i++)
    push_pair (self, s, (gint32)i, heap, &heap_n);
  while (heap_n > 0)
    {
      Candidate c = heap_pop (heap, &heap_n);
      gint32 at = (gint32)(guint32)c.key, right;
      const SemBpeSlot *m;

      if (s[at].end == 0 || s[at].next < 0)
        continue;
      right = s[at].next;
      m = sem_bpe_find (self, s[at].id, s[right].id);
      if (m == NULL || m->result != c.result)
        continue;
      if (trace != NULL)
        note_merge (trace, m, &s[at], &s[right]);
      s[at].id = m->result;
      s[at].end = s[right].end;
      s[right].end = 0; /* gone */
      s[at].next = s[right].next;
      if (s[at].next >= 0)
        s[s[at].next].prev = at;
      push_pair (self, s, s[at].prev, heap, &heap_n);
      push_pair (self, s, at, heap, &heap_n);
    }
  g_free (heap);
  for (gint32 i = n > 0 ? 0 : -1; i >= 0; i = s[i].next)
    s[left++] = s[i];
  return left;
}

static guint
merge_all (const SemBpe *self, Symbol *symbols, guint n, GArray *trace)
{
  if (n <= SHORT_WORD)
    return merge_short (self, symbols, n, trace);
  return merge_long (self, symbols, n, trace);
}

static void
put_symbols (const Symbol *s, guint n, GArray *out)
{
  for (guint i = 0; i < n; i++)
    {
      SemPiece piece = { s[i].id, s[i].start, s[i].end };

      g_array_append_val (out, piece);
    }
}

static gboolean
is_line_ends (const char *text, gsize length)
{
  while (length > 0 && text[length - 1] == '\n')
    length--;
  return length == 0;
}

static gboolean
bpe_tokenize (const SemTokModel *model,
              const char *text,
              gsize length,
              GArray *out,
              GByteArray *scratch,
              GError **error)
{
  const SemBpe *self = (const SemBpe *)model;
  guint n;

  if (self->ignore_merges || (self->whole_lines && is_line_ends (text, length)))
    {
      SemPiece piece = { sem_vocab_find (model->vocab, text, length), 0, (guint32)length };

      if (piece.id != SEM_VOCAB_NONE)
        {
          g_array_append_val (out, piece);
          return TRUE;
        }
    }
  if (length > G_MAXINT32 / sizeof (Symbol))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "a stretch of %" G_GSIZE_FORMAT
                   " bytes without a cut is too long for byte pair encoding",
                   length);
      return FALSE;
    }
  read_symbols (self, text, length, scratch);
  n = merge_all (self, (Symbol *)(void *)scratch->data, scratch->len / (guint)sizeof (Symbol),
                 NULL);
  put_symbols ((const Symbol *)(const void *)scratch->data, n, out);
  return TRUE;
}

static void
bpe_trace (const SemTokModel *model, const char *text, gsize length, GArray *first, GArray *merges)
{
  const SemBpe *self = (const SemBpe *)model;
  g_autoptr (GByteArray) scratch = g_byte_array_new ();
  guint n;

  read_symbols (self, text, length, scratch);
  n = scratch->len / (guint)sizeof (Symbol);
  put_symbols ((const Symbol *)(const void *)scratch->data, n, first);
  merge_all (self, (Symbol *)(void *)scratch->data, n, merges);
}

static gboolean
bpe_cuts_at_marks (const SemTokModel *model)
{
  const SemBpe *self = (const SemBpe *)model;

  return self->plain && !self->ignore_merges && sem_vocab_marks_begin (model->vocab);
}

static void
bpe_free (SemTokModel *model)
{
  SemBpe *self = (SemBpe *)model;

  g_clear_pointer (&self->list, g_array_unref);
  g_free (self->slots);
  g_free (self->suffix);
}

static const SemTokModelClass bpe_class = { .kind = "BPE",
                                            .tokenize = bpe_tokenize,
                                            .free = bpe_free,
                                            .cuts_at_marks = bpe_cuts_at_marks,
                                            .trace = bpe_trace };

SemTokModel *
sem_bpe_new (SemVocab *vocab, const SemBpeOptions *options)
{
  SemBpe *self = g_new0 (SemBpe, 1);

  self->list = g_array_new (FALSE, FALSE, sizeof (SemBpeSlot));
  self->parent.klass = &bpe_class;
  self->parent.vocab = vocab;
  self->parent.unknown = options->unknown != NULL
                             ? sem_vocab_find (vocab, options->unknown, strlen (options->unknown))
                             : SEM_VOCAB_NONE;
  self->parent.prefix = g_strdup (options->prefix != NULL ? options->prefix : "");
  self->parent.prefix_length = strlen (self->parent.prefix);
  self->suffix = g_strdup (options->suffix != NULL ? options->suffix : "");
  self->suffix_length = strlen (self->suffix);
  self->fuse_unknown = options->fuse_unknown;
  self->byte_fallback = options->byte_fallback;
  self->ignore_merges = options->ignore_merges;
  self->whole_lines = options->whole_lines;
  self->plain = self->parent.prefix_length == 0 && self->suffix_length == 0;
  for (guint i = 0; i < 128; i++)
    {
      char c = (char)i;

      self->ascii[i] = sem_vocab_find (vocab, &c, 1);
    }
  sem_vocab_find_bytes (vocab, self->byte_pieces);
  return &self->parent;
}
