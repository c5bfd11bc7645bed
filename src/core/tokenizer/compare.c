/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligning two encodings by the bytes they cover. */
#include "core/tokenizer/compare.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of one encoding that cover text, and where they may be cut. */
typedef struct
{
  const SemToken *tokens;
  gsize n;
  guint32 *starts;   /* of each token, without the blanks that byte-level schemes put in front */
  guint8 *straddled; /* a bit a byte offset: some token starts before and ends after it */
  guint8 *edges;     /* a bit a byte offset: some token starts or ends there */
} Row;

static gboolean
get_bit (const guint8 *bits, gsize at)
{
  return bits[at / 8] >> (at % 8) & 1;
}

static void
set_bit (guint8 *bits, gsize at)
{
  bits[at / 8] = (guint8)(bits[at / 8] | 1u << (at % 8));
}

static gboolean
covers_text (const SemToken *token)
{
  return token->start != SEM_NO_OFFSET && token->end > token->start;
}

/* A blank belongs to the token behind it in some schemes and to none in others; that alone is no
 * difference.  A token of blanks only keeps them. */
static guint32
skip_blanks (const char *text, const SemToken *token)
{
  const char *p = text + token->start, *end = text + token->end;
  while (p < end && g_unichar_isspace (g_utf8_get_char_validated (p, end - p)))
    p = g_utf8_next_char (p);
  return p < end ? (guint32)(p - text) : token->start;
}

static void
row_init (Row *row, const SemEncoding *encoding, gsize length)
{
  const char *text = sem_encoding_get_text (encoding, NULL);
  row->tokens = sem_encoding_get_tokens (encoding, &row->n);
  row->starts = g_new (guint32, MAX (row->n, 1));
  row->straddled = g_malloc0 (length / 8 + 1);
  row->edges = g_malloc0 (length / 8 + 1);
  for (gsize i = 0; i < row->n; i++)
    {
      const SemToken *token = &row->tokens[i];
      row->starts[i] = token->start;
      if (!covers_text (token))
        continue;
      row->starts[i] = skip_blanks (text, token);
      set_bit (row->edges, row->starts[i]);
      set_bit (row->edges, token->end);
      for (gsize at = row->starts[i] + 1; at < token->end; at++)
        set_bit (row->straddled, at);
    }
}

static void
row_clear (Row *row)
{
  g_free (row->starts);
  g_free (row->straddled);
  g_free (row->edges);
}

static void
count_row (const Row *row, gsize n_words, SemTokenRowCounts *counts)
{
  for (gsize i = 0; i < row->n; i++)
    if (!(row->tokens[i].flags & SEM_TOKEN_TEMPLATE))
      {
        counts->n_tokens++;
        counts->n_unknown += (row->tokens[i].flags & SEM_TOKEN_UNKNOWN) != 0;
      }
  counts->tokens_per_word = n_words > 0 ? (double)counts->n_tokens / (double)n_words : NAN;
}

/* Boundaries inside the text; its two ends are nobody's choice. */
static void
compare_boundaries (SemTokenComparison *self, const Row *a, const Row *b, gsize length)
{
  for (gsize at = 1; at < length; at++)
    {
      gboolean in_a = get_bit (a->edges, at), in_b = get_bit (b->edges, at);
      if (in_a && in_b)
        self->n_common++;
      else if (in_a && get_bit (b->straddled, at))
        g_array_append_val (self->only_a, at);
      else if (in_b && get_bit (a->straddled, at))
        g_array_append_val (self->only_b, at);
    }
}

/* Moves *next past the tokens that begin before end; *first is the first of them. */
static gsize
take_tokens (const Row *row, gsize *next, gsize end, gsize *first)
{
  gsize n = 0;
  while (*next < row->n && !covers_text (&row->tokens[*next]))
    (*next)++;
  *first = *next;
  for (; *next < row->n && (!covers_text (&row->tokens[*next]) || row->starts[*next] < end);
       (*next)++)
    n++;
  while (n > 0 && !covers_text (&row->tokens[*first + n - 1]))
    n--;
  return n;
}

static gboolean
same_boundaries (const Row *a, const Row *b, const SemTokenSegment *segment)
{
  if (segment->n_a != segment->n_b)
    return FALSE;
  for (gsize i = 0; i < segment->n_a; i++)
    if (a->starts[segment->first_a + i] != b->starts[segment->first_b + i]
        || a->tokens[segment->first_a + i].end != b->tokens[segment->first_b + i].end)
      return FALSE;
  return TRUE;
}

static void
cut_segments (SemTokenComparison *self, const Row *a, const Row *b, gsize length)
{
  gsize next_a = 0, next_b = 0;
  for (gsize at = 1; at <= length; at++)
    {
      gboolean edge = get_bit (a->edges, at) || get_bit (b->edges, at) || at == length;
      if (!edge || get_bit (a->straddled, at) || get_bit (b->straddled, at))
        continue;
      SemTokenSegment segment = { .end = at };
      gsize start = at;
      segment.n_a = take_tokens (a, &next_a, at, &segment.first_a);
      segment.n_b = take_tokens (b, &next_b, at, &segment.first_b);
      segment.same = same_boundaries (a, b, &segment);
      /* Without the blank before the first token. */
      if (segment.n_a > 0)
        start = a->starts[segment.first_a];
      if (segment.n_b > 0)
        start = segment.n_a > 0 ? MIN (start, b->starts[segment.first_b])
                                : b->starts[segment.first_b];
      segment.start = start;
      if (segment.n_a > 0 || segment.n_b > 0)
        g_array_append_val (self->segments, segment);
    }
}

SemTokenComparison *
sem_tokenizer_compare (const SemEncoding *a, const SemEncoding *b, gsize n_words)
{
  gsize length, length_b;
  const char *text = sem_encoding_get_text (a, &length),
             *text_b = sem_encoding_get_text (b, &length_b);
  g_return_val_if_fail (length == length_b && memcmp (text, text_b, length) == 0, NULL);

  SemTokenComparison *self = g_new0 (SemTokenComparison, 1);
  self->segments = g_array_new (FALSE, FALSE, sizeof (SemTokenSegment));
  self->only_a = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->only_b = g_array_new (FALSE, FALSE, sizeof (gsize));
  Row row_a, row_b;
  row_init (&row_a, a, length);
  row_init (&row_b, b, length);
  count_row (&row_a, n_words, &self->a);
  count_row (&row_b, n_words, &self->b);
  compare_boundaries (self, &row_a, &row_b, length);
  cut_segments (self, &row_a, &row_b, length);
  row_clear (&row_a);
  row_clear (&row_b);
  return self;
}

void
sem_token_comparison_free (SemTokenComparison *self)
{
  g_array_unref (self->segments);
  g_array_unref (self->only_a);
  g_array_unref (self->only_b);
  g_free (self);
}

/* --- JSON
 * ---------------------------------------------------------------------------------------- */

static json_t *
row_to_json (const SemEncoding *encoding, const char *name, const SemTokenRowCounts *counts)
{
  gsize n;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n);
  json_t *list = json_array ();
  for (gsize i = 0; i < n; i++)
    {
      gboolean covers = tokens[i].start != SEM_NO_OFFSET;
      const char *piece = sem_encoding_get_piece (encoding, i);
      json_array_append_new (
          list,
          json_pack ("{s:I, s:s, s:I, s:I, s:b}", "id", (json_int_t)tokens[i].id, "piece",
                     piece != NULL ? piece : "", "start", covers ? (json_int_t)tokens[i].start : -1,
                     "end", covers ? (json_int_t)tokens[i].end : -1, "special",
                     (tokens[i].flags & (SEM_TOKEN_SPECIAL | SEM_TOKEN_TEMPLATE)) != 0));
    }
  return json_pack (
      "{s:s, s:I, s:I, s:o, s:o}", "tokenizer", name, "n_tokens", (json_int_t)counts->n_tokens,
      "n_unknown", (json_int_t)counts->n_unknown, "tokens_per_word",
      isnan (counts->tokens_per_word) ? json_null () : json_real (counts->tokens_per_word),
      "tokens", list);
}

static json_t *
sizes_to_json (const GArray *sizes)
{
  json_t *list = json_array ();
  for (guint i = 0; i < sizes->len; i++)
    json_array_append_new (list, json_integer ((json_int_t)g_array_index (sizes, gsize, i)));
  return list;
}

char *
sem_token_comparison_to_json (const SemTokenComparison *self,
                              const SemEncoding *a,
                              const SemEncoding *b,
                              const char *name_a,
                              const char *name_b)
{
  gsize length;
  const char *text = sem_encoding_get_text (a, &length);
  json_t *segments = json_array ();
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SemTokenSegment *segment = &g_array_index (self->segments, SemTokenSegment, i);
      json_array_append_new (segments,
                             json_pack ("{s:I, s:I, s:[I,I], s:[I,I], s:b}", "start",
                                        (json_int_t)segment->start, "end", (json_int_t)segment->end,
                                        "a", (json_int_t)segment->first_a, (json_int_t)segment->n_a,
                                        "b", (json_int_t)segment->first_b, (json_int_t)segment->n_b,
                                        "same", segment->same));
    }
  json_t *root = json_pack ("{s:s%, s:o, s:o, s:o, s:o, s:o}", "text", text, length, "a",
                            row_to_json (a, name_a, &self->a), "b",
                            row_to_json (b, name_b, &self->b), "segments", segments, "only_a",
                            sizes_to_json (self->only_a), "only_b", sizes_to_json (self->only_b));
  /* ASCII, so that a line of it is a line for every reader (U+2028 is a line break to some). */
  char *dumped = json_dumps (root, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION (17));
  char *result = g_strdup (dumped);
  free (dumped);
  json_decref (root);
  return result;
}
