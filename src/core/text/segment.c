/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a text with pango_get_log_attrs(), one line or one window of a long line at a time.
 *
 * Cutting at line ends changes nothing: UAX #29 breaks words and sentences there (WB3a, SB4).  A
 * line longer than a window is cut at its last sentence boundary, or inside a sentence at a blank,
 * well before the window's end because rule SB8 looks ahead; an open sentence then goes on in the
 * next window. */
#include "core/text/segment.h"

#include <pango/pango.h>
#include <string.h>
#include <utf8proc.h>

#define WINDOW_BYTES 32768
#define LOOK_AHEAD_CHARS 256

typedef struct
{
  const char *text;
  gsize length;
  SemSegmentKinds limited, count;
  gsize max_stored, store_until;
  SemSegments *out;
  gboolean storing;
  SemSegmentKinds
      open; /* kinds whose span that was open when the storing ended is still to be stored */
  PangoLanguage *language;
  PangoLogAttr *attrs;
  gsize n_attrs;
  gsize sentence_start,
      sentence_end; /* of the open sentence without outer blanks; start G_MAXSIZE: nothing yet */
  gsize paragraph_start, paragraph_end;
} Segmenter;

gboolean
sem_is_blank (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || g_unichar_isspace (c);
}

static gboolean
is_word_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char)c);
  const utf8proc_property_t *property = utf8proc_get_property ((utf8proc_int32_t)c);
  switch (property->category)
    {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return TRUE;
    case UTF8PROC_CATEGORY_SO:
      return property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC
             || property->boundclass == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR;
    default:
      return c == 0xfe0f; /* asks for the emoji form of what stands before it */
    }
}

static void
append_span (GArray *spans, gsize start, gsize end)
{
  SemSpan span = { start, end };
  g_array_append_val (spans, span);
}

static void
stop_storing (Segmenter *self)
{
  if (self->storing)
    self->open = (SEM_SEGMENT_SENTENCES | SEM_SEGMENT_PARAGRAPHS) & ~self->limited;
  self->storing = FALSE;
}

/* One more of a kind: stored while storing, counted always; the limited kind's last one ends the
 * storing. */
static void
emit (Segmenter *self, SemSegmentKinds kind, gsize start, gsize end)
{
  SemSegments *out = self->out;
  GArray *spans = kind == SEM_SEGMENT_WORDS       ? out->words
                  : kind == SEM_SEGMENT_SENTENCES ? out->sentences
                                                  : out->paragraphs;
  gsize *n = kind == SEM_SEGMENT_WORDS       ? &out->n_words
             : kind == SEM_SEGMENT_SENTENCES ? &out->n_sentences
                                             : &out->n_paragraphs;
  (*n)++;
  if (kind == self->limited && self->max_stored > 0 && *n > self->max_stored)
    stop_storing (self);
  /* Words are many: they are kept only where they are the units. */
  if ((kind != SEM_SEGMENT_WORDS || self->limited == SEM_SEGMENT_WORDS)
      && (self->storing || (self->open & kind)))
    append_span (spans, start, end);
  self->open &= ~kind;
}

static void
finish_sentence (Segmenter *self)
{
  if (self->sentence_start != G_MAXSIZE)
    emit (self, SEM_SEGMENT_SENTENCES, self->sentence_start, self->sentence_end);
  self->sentence_start = G_MAXSIZE;
}

static void
finish_paragraph (Segmenter *self)
{
  if (self->paragraph_start != G_MAXSIZE)
    emit (self, SEM_SEGMENT_PARAGRAPHS, self->paragraph_start, self->paragraph_end);
  self->paragraph_start = G_MAXSIZE;
}

/* Where to cut a window that does not end its line: a character index, and whether a sentence ends
 * there. */
static gsize
choose_cut (const Segmenter *self, const char *window, gsize n_chars)
{
  gsize limit = n_chars > LOOK_AHEAD_CHARS ? n_chars - LOOK_AHEAD_CHARS : n_chars;
  gsize sentence = 0, blank = 0, word = 0;
  const char *p = window;
  gunichar before = 0;
  for (gsize i = 0; i < limit; i++, p = g_utf8_next_char (p))
    {
      if (i > 0 && self->attrs[i].is_sentence_boundary)
        sentence = i;
      if (i > 0 && self->attrs[i].is_word_boundary)
        {
          word = i;
          if (sem_is_blank (before))
            blank = i;
        }
      before = g_utf8_get_char (p);
    }
  return sentence > 0 ? sentence : blank > 0 ? blank : word;
}

/* Walks n characters of a window whose attributes are known. */
static void
walk_window (Segmenter *self, gsize from, gsize n, gboolean ends_line)
{
  const char *p = self->text + from;
  gsize segment = from;
  gboolean is_word = FALSE;
  for (gsize i = 0; i <= n; i++)
    {
      gsize at = (gsize)(p - self->text);
      if (i > 0 && (i == n || self->attrs[i].is_word_boundary))
        {
          if (is_word)
            emit (self, SEM_SEGMENT_WORDS, segment, at);
          segment = at;
          is_word = FALSE;
        }
      if (i > 0 && ((i == n && ends_line) || self->attrs[i].is_sentence_boundary))
        finish_sentence (self);
      if (i == n)
        break;
      gunichar c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      is_word = is_word || is_word_char (c);
      if (sem_is_blank (c) || c == 0)
        continue;
      if (self->sentence_start == G_MAXSIZE)
        self->sentence_start = at;
      self->sentence_end = (gsize)(p - self->text);
    }
}

static void
read_attributes (Segmenter *self, gsize from, gsize to, gsize n_chars)
{
  if (self->n_attrs < n_chars + 1)
    {
      self->n_attrs = n_chars + 1 + n_chars / 2;
      g_free (self->attrs);
      self->attrs = g_new (PangoLogAttr, self->n_attrs);
    }
  memset (self->attrs, 0, (n_chars + 1) * sizeof (PangoLogAttr));
  pango_get_log_attrs (self->text + from, (int)(to - from), -1, self->language, self->attrs,
                       (int)n_chars + 1);
}

/* --- counting words of ASCII --- */

typedef enum
{
  WB_OTHER,
  WB_LETTER,
  WB_NUMERIC,
  WB_EXTEND,     /* _ */
  WB_MID_LETTER, /* : */
  WB_MID_NUM,    /* , ; */
  WB_MID_BOTH,   /* . ' */
} WordBreak;

static WordBreak
classify_ascii (char c)
{
  if (g_ascii_isalpha (c))
    return WB_LETTER;
  if (g_ascii_isdigit (c))
    return WB_NUMERIC;
  switch (c)
    {
    case '_':
      return WB_EXTEND;
    case ':':
      return WB_MID_LETTER;
    case ',':
    case ';':
      return WB_MID_NUM;
    case '.':
    case '\'':
      return WB_MID_BOTH;
    default:
      return WB_OTHER;
    }
}

/* Is there no boundary between `before` and the character at p?  UAX #29 WB5 to WB13b, for ASCII.
 */
static gboolean
is_joined (WordBreak before_that, WordBreak before, WordBreak here, WordBreak after)
{
  gboolean word_before = before == WB_LETTER || before == WB_NUMERIC,
           word_here = here == WB_LETTER || here == WB_NUMERIC;
  if (word_here && (word_before || before == WB_EXTEND))
    return TRUE;
  if (here == WB_EXTEND && (word_before || before == WB_EXTEND))
    return TRUE;
  if (before == WB_LETTER && after == WB_LETTER && (here == WB_MID_LETTER || here == WB_MID_BOTH))
    return TRUE;
  if (before == WB_NUMERIC && after == WB_NUMERIC && (here == WB_MID_NUM || here == WB_MID_BOTH))
    return TRUE;
  return (here == WB_LETTER && before_that == WB_LETTER
          && (before == WB_MID_LETTER || before == WB_MID_BOTH))
         || (here == WB_NUMERIC && before_that == WB_NUMERIC
             && (before == WB_MID_NUM || before == WB_MID_BOTH));
}

/* The number of words in a line of ASCII, as Pango would find them at a hundredth of its time; what
 * lies behind the units that are shown is only counted. */
static gsize
count_ascii_words (const char *p, const char *end)
{
  WordBreak before_that = WB_OTHER, before = WB_OTHER,
            here = p < end ? classify_ascii (*p) : WB_OTHER;
  gboolean counted = FALSE;
  gsize n = 0;
  for (; p < end; p++)
    {
      WordBreak after = p + 1 < end ? classify_ascii (p[1]) : WB_OTHER;
      if (!is_joined (before_that, before, here, after))
        counted = FALSE;
      if (!counted && (here == WB_LETTER || here == WB_NUMERIC))
        {
          counted = TRUE;
          n++;
        }
      before_that = before;
      before = here;
      here = after;
    }
  return n;
}

static gboolean
is_ascii (const char *p, const char *end)
{
  for (; p < end; p++)
    if (*p & 0x80)
      return FALSE;
  return TRUE;
}

/* Only words are left to be counted, and the rest of the line is ASCII. */
static gboolean
can_count_quickly (const Segmenter *self, gsize from, gsize to)
{
  return !self->storing && self->count == SEM_SEGMENT_WORDS && !(self->open & SEM_SEGMENT_SENTENCES)
         && is_ascii (self->text + from, self->text + to);
}

/* One line, without its line break. */
static gboolean
segment_line (Segmenter *self, gsize from, gsize to, GCancellable *cancellable, GError **error)
{
  gsize window = WINDOW_BYTES;
  while (from < to)
    {
      if (from >= self->store_until)
        stop_storing (self);
      if (!self->storing && !(self->count & (SEM_SEGMENT_WORDS | SEM_SEGMENT_SENTENCES)))
        break;
      if (can_count_quickly (self, from, to))
        {
          self->out->n_words += count_ascii_words (self->text + from, self->text + to);
          break;
        }
      gsize end = to;
      if (to - from > window)
        {
          end = from + window;
          while ((self->text[end] & 0xc0) == 0x80)
            end--;
        }
      gsize n_chars = (gsize)g_utf8_strlen (self->text + from, (gssize)(end - from));
      read_attributes (self, from, end, n_chars);
      gsize n = end == to ? n_chars : choose_cut (self, self->text + from, n_chars);
      if (n == 0)
        {
          window *= 2;
          continue;
        }
      window = WINDOW_BYTES;
      walk_window (self, from, n, end == to);
      from = n == n_chars
                 ? end
                 : (gsize)(g_utf8_offset_to_pointer (self->text + from, (glong)n) - self->text);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* The line without the blanks around it; start == end when there is nothing else. */
static SemSpan
trim_line (const char *text, gsize from, gsize to)
{
  while (from < to && sem_is_blank (g_utf8_get_char (text + from)))
    from = (gsize)(g_utf8_next_char (text + from) - text);
  while (to > from)
    {
      const char *last = g_utf8_prev_char (text + to);
      if (!sem_is_blank (g_utf8_get_char (last)))
        break;
      to = (gsize)(last - text);
    }
  return (SemSpan){ from, to };
}

static void
note_line (Segmenter *self, gsize from, gsize to)
{
  SemSpan line = trim_line (self->text, from, to);
  if (line.start == line.end)
    {
      finish_paragraph (self);
      return;
    }
  if (self->paragraph_start == G_MAXSIZE)
    self->paragraph_start = line.start;
  self->paragraph_end = line.end;
}

static gboolean
segment_lines (Segmenter *self, GCancellable *cancellable, GError **error)
{
  gsize from = 0;
  const char *nul = memchr (self->text, '\0', self->length);
  guint n_lines = 0;
  while (from < self->length)
    {
      /* Pango takes U+0000 for the end of the text: such a place is treated like a line's end,
       * which it is not for paragraphs. */
      const char *p = self->text + from;
      if (nul != NULL && nul < p)
        nul = memchr (p, '\0', self->length - from);
      const char *stop = memchr (p, '\n', self->length - from);
      if (nul != NULL && (stop == NULL || nul < stop))
        stop = nul;
      gsize to = stop != NULL ? (gsize)(stop - self->text) : self->length;
      note_line (self, from, to);
      if (!segment_line (self, from, to, cancellable, error))
        return FALSE;
      if (!self->storing && self->count == 0)
        break;
      if (++n_lines % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      from = to + 1;
    }
  finish_sentence (self);
  finish_paragraph (self);
  return TRUE;
}

gboolean
sem_segment_text (const char *text,
                  gsize length,
                  SemSegmentKinds limited,
                  gsize max_stored,
                  gsize store_until,
                  SemSegmentKinds count,
                  SemSegments *segments,
                  GCancellable *cancellable,
                  GError **error)
{
  Segmenter self = { text, length, limited, count, max_stored, store_until, segments, TRUE };
  memset (segments, 0, sizeof *segments);
  segments->words = g_array_new (FALSE, FALSE, sizeof (SemSpan));
  segments->sentences = g_array_new (FALSE, FALSE, sizeof (SemSpan));
  segments->paragraphs = g_array_new (FALSE, FALSE, sizeof (SemSpan));
  self.sentence_start = self.paragraph_start = G_MAXSIZE;
  /* Not the locale's: the same text has the same units everywhere. */
  self.language = pango_language_from_string ("en");
  gboolean done = segment_lines (&self, cancellable, error);
  g_free (self.attrs);
  return done;
}

void
sem_segments_clear (SemSegments *segments)
{
  g_clear_pointer (&segments->words, g_array_unref);
  g_clear_pointer (&segments->sentences, g_array_unref);
  g_clear_pointer (&segments->paragraphs, g_array_unref);
}

gsize
sem_next_grapheme (const char *text, gsize length)
{
  utf8proc_int32_t state = 0, before, c;
  if (length == 0)
    return 0;
  gsize at = (gsize)utf8proc_iterate ((const guint8 *)text, (gssize)length, &before);
  while (at < length)
    {
      gssize n = utf8proc_iterate ((const guint8 *)text + at, (gssize)(length - at), &c);
      if (utf8proc_grapheme_break_stateful (before, c, &state))
        break;
      before = c;
      at += (gsize)n;
    }
  return at;
}

gsize
sem_count_graphemes (const char *text, gsize length)
{
  gsize n = 0;
  for (gsize at = 0; at < length; n++)
    {
      /* Between two printable ASCII characters there is always a break. */
      if (at + 1 < length && text[at] >= ' ' && text[at] < 0x7f && text[at + 1] >= ' '
          && text[at + 1] < 0x7f)
        at++;
      else
        at += sem_next_grapheme (text + at, length - at);
    }
  return n;
}
