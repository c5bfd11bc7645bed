/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BERT's words.  Almost all English text is ASCII, where the rule is simple: letters and digits go
 * together, in lower case, and every other visible character is a word.  Anything else goes through
 * the tokenizer's own parts. */
#include "core/train/word-splitter.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/train/word-table.h"

#include <string.h>

#define MAX_CHARACTERS 100

struct _SemWordSplitter
{
  SemNormalizer *normalizer;
  SemPretokenizer *pretokenizer;
  SemNormText text, scratch;
  GArray *splits, *spare; /* SemSplit */
};

SemWordSplitter *
sem_word_splitter_new (void)
{
  const SemBertOptions options = { TRUE, TRUE, TRUE, -1 };
  SemWordSplitter *self = g_new0 (SemWordSplitter, 1);

  self->normalizer = sem_normalizer_new_bert (&options);
  self->pretokenizer = sem_pretokenizer_new_bert ();
  self->splits = g_array_new (FALSE, FALSE, sizeof (SemSplit));
  self->spare = g_array_new (FALSE, FALSE, sizeof (SemSplit));
  return self;
}

void
sem_word_splitter_free (SemWordSplitter *self)
{
  if (self == NULL)
    return;
  sem_normalizer_free (self->normalizer);
  sem_pretokenizer_free (self->pretokenizer);
  sem_norm_text_clear (&self->text);
  sem_norm_text_clear (&self->scratch);
  g_array_unref (self->splits);
  g_array_unref (self->spare);
  g_free (self);
}

static void
split_other (SemWordSplitter *self,
             const char *chunk,
             gsize length,
             SemWordFunc func,
             gpointer user_data)
{
  SemSplit whole;

  sem_norm_text_set_original (&self->text, chunk, length, 0);
  if (!sem_normalizer_apply (self->normalizer, &self->text, &self->scratch, NULL))
    return;
  whole = (SemSplit){ 0, self->text.len };
  g_array_set_size (self->splits, 0);
  g_array_append_val (self->splits, whole);
  if (!sem_pretokenizer_apply (self->pretokenizer, &self->text, &self->scratch, &self->splits,
                               &self->spare, NULL))
    return;
  for (guint i = 0; i < self->splits->len; i++)
    {
      const SemSplit *split = &g_array_index (self->splits, SemSplit, i);
      gsize size = split->end - split->start;

      if (size <= SEM_WORD_MAX_BYTES
          && g_utf8_strlen (self->text.bytes + split->start, (gssize)size) <= MAX_CHARACTERS)
        func (self->text.bytes + split->start, size, user_data);
    }
}

/* The word of ASCII letters and digits at the beginning of text; returns its length. */
static gsize
split_ascii_word (const char *text, gsize length, SemWordFunc func, gpointer user_data)
{
  char word[MAX_CHARACTERS];
  gsize n = 0;

  for (; n < length && g_ascii_isalnum (text[n]); n++)
    if (n < sizeof word)
      word[n] = g_ascii_tolower (text[n]);
  if (n > 0 && n <= sizeof word)
    func (word, n, user_data);
  return n;
}

void
sem_word_splitter_split (SemWordSplitter *self,
                         const char *chunk,
                         gsize length,
                         SemWordFunc func,
                         gpointer user_data)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8)chunk[i] >= 0x80 || g_ascii_iscntrl (chunk[i]))
      {
        split_other (self, chunk, length, func, user_data);
        return;
      }
  for (gsize i = 0; i < length;)
    {
      i += split_ascii_word (chunk + i, length - i, func, user_data);
      if (i < length && !g_ascii_isalnum (chunk[i]))
        {
          if (g_ascii_isgraph (chunk[i]))
            func (chunk + i, 1, user_data);
          i++;
        }
    }
}
