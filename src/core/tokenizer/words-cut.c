/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting a text into words and single characters. */
#include "core/tokenizer/words-cut.h"

#include "core/text/segment.h"

/* What is between two words: blanks are nothing, every other character is a token. */
static void
add_gap (GArray *cuts, const char *text, gsize start, gsize end)
{
  while (start < end)
    {
      gsize step = sem_next_grapheme (text + start, end - start);
      SemWordCut cut = { start, step > 0 ? start + step : end };
      if (text[start] != '\0' && !sem_is_blank (g_utf8_get_char (text + start)))
        g_array_append_val (cuts, cut);
      start = cut.end;
    }
}

GArray *
sem_words_cut (const char *text, gsize length, GCancellable *cancellable, GError **error)
{
  g_auto (SemSegments) segments = { 0 };
  gsize position = 0;
  if (!sem_segment_text (text, length, SEM_SEGMENT_WORDS, G_MAXSIZE, G_MAXSIZE, SEM_SEGMENT_WORDS,
                         &segments, cancellable, error))
    return NULL;
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (SemWordCut));
  for (guint i = 0; segments.words != NULL && i < segments.words->len; i++)
    {
      const SemSpan *span = &g_array_index (segments.words, SemSpan, i);
      SemWordCut cut = { span->start, span->end };
      add_gap (cuts, text, position, cut.start);
      g_array_append_val (cuts, cut);
      position = cut.end;
    }
  add_gap (cuts, text, position, length);
  return cuts;
}
