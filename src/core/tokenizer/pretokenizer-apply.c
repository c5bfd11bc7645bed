/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pre-tokenizers at work: each step turns a list of pieces into a finer one. */
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/pretokenizer-private.h"

typedef struct
{
  const SemPretokenizer *self;
  SemNormText *text;
  GArray *matches; /* SemMatch, scratch */
  GArray *out;     /* SemSplit */
} Step;

static inline void
add_split (GArray *out, gsize start, gsize end)
{
  SemSplit split = { start, end };

  if (end > start)
    g_array_append_val (out, split);
}

static inline void
add_match (GArray *matches, gsize start, gsize end, gboolean is_match)
{
  SemMatch m = { start, end, is_match };

  g_array_append_val (matches, m);
}

/* Contiguous and MergedWithPrevious: a match joins what came before it. */
static void
merge_backward (const GArray *matches, PreBehavior behavior)
{
  SemMatch *m = (SemMatch *)(void *)matches->data;
  gboolean previous = FALSE;
  guint n = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      gboolean is_match = m[i].is_match;
      gboolean join
          = behavior == BEHAVIOR_CONTIGUOUS ? is_match == previous : is_match && !previous;

      if (join && n > 0)
        m[n - 1].end = m[i].end;
      else
        m[n++] = m[i];
      previous = is_match;
    }
  ((GArray *)matches)->len = n;
}

static void
merge_forward (GArray *matches)
{
  SemMatch *m = (SemMatch *)(void *)matches->data;
  gboolean previous = FALSE;
  guint n = matches->len, at = n; /* the result grows downwards from n */

  for (guint i = n; i-- > 0;)
    {
      gboolean is_match = m[i].is_match;

      if (is_match && !previous && at < n)
        m[at].start = m[i].start;
      else
        m[--at] = m[i];
      previous = is_match;
    }
  g_array_remove_range (matches, 0, at);
}

/* Turns the matches found in one piece that starts at base into pieces. */
static void
settle (Step *step, gsize base, PreBehavior behavior)
{
  if (step->matches->len == 0)
    return;
  if (behavior == BEHAVIOR_CONTIGUOUS || behavior == BEHAVIOR_MERGED_WITH_PREVIOUS)
    merge_backward (step->matches, behavior);
  else if (behavior == BEHAVIOR_MERGED_WITH_NEXT)
    merge_forward (step->matches);
  for (guint i = 0; i < step->matches->len; i++)
    {
      const SemMatch *m = &g_array_index (step->matches, SemMatch, i);

      if (behavior != BEHAVIOR_REMOVED || !m->is_match)
        add_split (step->out, base + m->start, base + m->end);
    }
}

/* Every character that has one of the flags (or is delimiter, when that is not 0) is a match of its
 * own. */
static void
split_by_class (Step *step, SemSplit piece, guint32 flags, guint32 delimiter, PreBehavior behavior)
{
  const char *s = step->text->bytes;
  gsize last = piece.start;

  g_array_set_size (step->matches, 0);
  for (gsize at = piece.start; at < piece.end;)
    {
      guint32 cp;
      guint n = sem_utf8_get (s + at, &cp);

      if (delimiter != 0 ? cp == delimiter : (sem_uni_flags (cp) & flags) != 0)
        {
          if (at > last)
            add_match (step->matches, last, at, FALSE);
          add_match (step->matches, at, at + n, TRUE);
          last = at + n;
        }
      at += n;
    }
  if (piece.end > last)
    add_match (step->matches, last, piece.end, FALSE);
  settle (step, 0, behavior);
}

/* \w+|[^\w\s]+ : runs of word characters, runs of others; blanks go. */
static void
split_whitespace (Step *step, SemSplit piece)
{
  const char *s = step->text->bytes;
  gsize start = piece.start;
  int kind = 0; /* of the run: 0 blank, 1 word, 2 other */

  for (gsize at = piece.start; at < piece.end;)
    {
      guint32 cp;
      guint n = sem_utf8_get (s + at, &cp);
      guint32 flags = sem_uni_flags (cp);
      int now = flags & SEM_UNI_RUST_WORD ? 1 : flags & SEM_UNI_SPACE ? 0 : 2;

      if (now != kind)
        {
          if (kind != 0)
            add_split (step->out, start, at);
          start = at;
          kind = now;
        }
      at += n;
    }
  if (kind != 0)
    add_split (step->out, start, piece.end);
}

static void
split_bert (Step *step, SemSplit piece)
{
  const char *s = step->text->bytes;
  gsize start = piece.start;

  for (gsize at = piece.start; at < piece.end;)
    {
      guint32 cp;
      guint n = sem_utf8_get (s + at, &cp);
      guint32 flags = sem_uni_flags (cp);

      if (flags & (SEM_UNI_SPACE | SEM_UNI_BERT_PUNCT))
        {
          add_split (step->out, start, at);
          if (!(flags & SEM_UNI_SPACE))
            add_split (step->out, at, at + n);
          start = at + n;
        }
      at += n;
    }
  add_split (step->out, start, piece.end);
}

static void
split_fixed (Step *step, SemSplit piece)
{
  const char *s = step->text->bytes;
  gsize start = piece.start, at = piece.start;

  while (at < piece.end)
    {
      for (guint32 i = 0; i < step->self->length && at < piece.end; i++)
        at += sem_utf8_length ((guint8)s[at]);
      add_split (step->out, start, at);
      start = at;
    }
}

/* The reference's script of a character: Japanese kana count as Han; unassigned and the blank as
 * any. */
static GUnicodeScript
script_of (guint32 cp)
{
  GUnicodeScript script;

  if (cp == 0x30fc)
    return G_UNICODE_SCRIPT_HAN;
  if (cp == ' ' || !(sem_uni_flags (cp) & SEM_UNI_AGE_9))
    return G_UNICODE_SCRIPT_UNKNOWN;
  /* Later Unicode versions moved these two. */
  if (cp == 0x953 || cp == 0x954)
    return G_UNICODE_SCRIPT_DEVANAGARI;
  script = g_unichar_get_script (cp);
  return script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA
             ? G_UNICODE_SCRIPT_HAN
             : script;
}

static void
split_scripts (Step *step, SemSplit piece)
{
  const char *s = step->text->bytes;
  GUnicodeScript last = G_UNICODE_SCRIPT_INVALID_CODE;
  gsize start = G_MAXSIZE; /* what stands before the first script of the text is lost, as in the
                              reference */

  for (gsize at = piece.start; at < piece.end;)
    {
      guint32 cp;
      guint n = sem_utf8_get (s + at, &cp);
      GUnicodeScript script = script_of (cp);

      if (script != G_UNICODE_SCRIPT_UNKNOWN)
        {
          if (script != last)
            {
              if (start != G_MAXSIZE)
                add_split (step->out, start, at);
              start = at;
            }
          last = script;
        }
      at += n;
    }
  if (start != G_MAXSIZE)
    add_split (step->out, start, piece.end);
}

static gboolean
split_by_pattern (Step *step, SemSplit piece, GError **error)
{
  if (step->self->scan != NULL)
    {
      const char *s = step->text->bytes + piece.start;
      gsize length = piece.end - piece.start;

      for (gsize at = 0, end; at < length; at = end)
        {
          end = step->self->scan (s, length, at);
          add_split (step->out, piece.start + at, piece.start + end);
        }
      return TRUE;
    }
  g_array_set_size (step->matches, 0);
  if (!sem_pattern_find_all (step->self->pattern, step->text->bytes + piece.start,
                             piece.end - piece.start, step->matches, error))
    return FALSE;
  if (step->self->invert)
    for (guint i = 0; i < step->matches->len; i++)
      g_array_index (step->matches, SemMatch, i).is_match ^= TRUE;
  settle (step, piece.start, step->self->behavior);
  return TRUE;
}

/* --- steps that rewrite the text
 * ------------------------------------------------------------------------ */

/* Appends a piece with its blanks replaced, and perhaps the replacement before it, to scratch. */
static void
put_metaspace (const SemPretokenizer *self,
               const SemNormText *text,
               SemSplit piece,
               SemNormText *scratch)
{
  char mark[6];
  guint n = sem_utf8_put (self->delimiter, mark);
  gboolean has_mark
      = text->bytes[piece.start] == ' '
        || (piece.end - piece.start >= n && memcmp (text->bytes + piece.start, mark, n) == 0);

  if (!has_mark
      && (self->scheme == PREPEND_ALWAYS
          || (self->scheme == PREPEND_FIRST && text->spans[piece.start].start == 0)))
    sem_norm_text_append_bytes (scratch, mark, n, text->spans[piece.start]);
  for (gsize at = piece.start; at < piece.end; at++)
    if (text->bytes[at] == ' ')
      sem_norm_text_append_bytes (scratch, mark, n, text->spans[at]);
    else
      sem_norm_text_append_slice (scratch, text, at, at + 1);
}

/* MergedWithNext on the replacement character: a cut before each mark that follows something else,
 * and between marks. */
static void
split_at_marks (const SemPretokenizer *self,
                const SemNormText *text,
                gsize start,
                gsize end,
                GArray *out)
{
  char mark[6];
  guint n = sem_utf8_put (self->delimiter, mark);
  gsize from = start;

  for (gsize at = start; at + n <= end;)
    if (memcmp (text->bytes + at, mark, n) == 0)
      {
        add_split (out, from, at);
        from = at;
        at += n;
      }
    else
      at++;
  add_split (out, from, end);
}

static void
apply_metaspace (const SemPretokenizer *self,
                 SemNormText *text,
                 SemNormText *scratch,
                 GArray *in,
                 GArray *out)
{
  scratch->len = 0;
  for (guint i = 0; i < in->len; i++)
    {
      gsize start = scratch->len;

      put_metaspace (self, text, g_array_index (in, SemSplit, i), scratch);
      if (self->split)
        split_at_marks (self, scratch, start, scratch->len, out);
      else
        add_split (out, start, scratch->len);
    }
  sem_norm_text_swap (text, scratch);
}

static void
put_bytes (const SemNormText *text, gsize start, gsize end, SemNormText *scratch, GArray *out)
{
  gsize before = scratch->len;

  for (gsize at = start; at < end; at++)
    sem_norm_text_append_char (scratch, sem_byte_level_char ((guint8)text->bytes[at]),
                               text->spans[at]);
  add_split (out, before, scratch->len);
}

/* A blank put before the piece, then the expression, then bytes to letters. */
static void
apply_byte_level (const SemPretokenizer *self,
                  SemNormText *text,
                  SemNormText *scratch,
                  GArray *in,
                  GArray *out)
{
  SemNormText piece_text = { 0 };

  scratch->len = 0;
  for (guint i = 0; i < in->len; i++)
    {
      SemSplit piece = g_array_index (in, SemSplit, i);
      const SemNormText *from = text;

      if (self->prefix_space && text->bytes[piece.start] != ' ')
        {
          piece_text.len = 0;
          sem_norm_text_append_char (&piece_text, ' ', text->spans[piece.start]);
          sem_norm_text_append_slice (&piece_text, text, piece.start, piece.end);
          from = &piece_text;
          piece = (SemSplit){ 0, piece_text.len };
        }
      if (!self->use_regex)
        put_bytes (from, piece.start, piece.end, scratch, out);
      else
        for (gsize at = 0, end, length = piece.end - piece.start; at < length; at = end)
          {
            end = sem_scan_gpt2 (from->bytes + piece.start, length, at);
            put_bytes (from, piece.start + at, piece.start + end, scratch, out);
          }
    }
  sem_norm_text_clear (&piece_text);
  sem_norm_text_swap (text, scratch);
}

/* --- dispatch
 * ------------------------------------------------------------------------------------------- */

static gboolean
split_piece (Step *step, SemSplit piece, GError **error)
{
  const SemPretokenizer *self = step->self;

  switch (self->kind)
    {
    case PRE_BERT:
      split_bert (step, piece);
      return TRUE;
    case PRE_WHITESPACE:
      split_whitespace (step, piece);
      return TRUE;
    case PRE_WHITESPACE_SPLIT:
      split_by_class (step, piece, SEM_UNI_SPACE, 0, BEHAVIOR_REMOVED);
      return TRUE;
    case PRE_PUNCTUATION:
      split_by_class (step, piece, SEM_UNI_PUNCT, 0, self->behavior);
      return TRUE;
    case PRE_DIGITS:
      split_by_class (step, piece, SEM_UNI_NUMERIC, 0,
                      self->split ? BEHAVIOR_ISOLATED : BEHAVIOR_CONTIGUOUS);
      return TRUE;
    case PRE_CHAR_DELIMITER:
      split_by_class (step, piece, 0, self->delimiter, BEHAVIOR_REMOVED);
      return TRUE;
    case PRE_FIXED_LENGTH:
      split_fixed (step, piece);
      return TRUE;
    case PRE_UNICODE_SCRIPTS:
      split_scripts (step, piece);
      return TRUE;
    case PRE_SPLIT:
      return split_by_pattern (step, piece, error);
    case PRE_METASPACE:
    case PRE_BYTE_LEVEL:
    case PRE_SEQUENCE:
      break;
    }
  return TRUE;
}

gboolean
sem_pretokenizer_apply (const SemPretokenizer *self,
                        SemNormText *text,
                        SemNormText *scratch,
                        GArray **splits,
                        GArray **spare,
                        GError **error)
{
  GArray *swap;
  gboolean fine = TRUE;

  if (self->kind == PRE_SEQUENCE)
    {
      for (guint i = 0; i < self->steps->len && fine; i++)
        fine = sem_pretokenizer_apply (g_ptr_array_index (self->steps, i), text, scratch, splits,
                                       spare, error);
      return fine;
    }
  g_array_set_size (*spare, 0);
  if (self->kind == PRE_METASPACE)
    apply_metaspace (self, text, scratch, *splits, *spare);
  else if (self->kind == PRE_BYTE_LEVEL)
    apply_byte_level (self, text, scratch, *splits, *spare);
  else
    {
      g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (SemMatch));
      Step step = { self, text, matches, *spare };

      for (guint i = 0; i < (*splits)->len && fine; i++)
        fine = split_piece (&step, g_array_index (*splits, SemSplit, i), error);
    }
  swap = *splits;
  *splits = *spare;
  *spare = swap;
  return fine;
}
