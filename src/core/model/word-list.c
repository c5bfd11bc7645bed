/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words packed one after the other. */
#include "core/model/word-list.h"

#include <string.h>

struct _SemWordList
{
  gatomicrefcount ref_count;
  char *pool; /* words, each with its NUL */
  gsize used, capacity;
  gsize *starts; /* n + 1 of them */
  gsize n, room;
};

SemWordList *
sem_word_list_new (void)
{
  SemWordList *self = g_new0 (SemWordList, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->capacity = 4096;
  self->pool = g_malloc (self->capacity);
  self->room = 256;
  self->starts = g_new (gsize, self->room + 1);
  self->starts[0] = 0;
  return self;
}

SemWordList *
sem_word_list_ref (SemWordList *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_word_list_unref (SemWordList *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->pool);
  g_free (self->starts);
  g_free (self);
}

/* Writes at most 4 bytes for each byte of word. */
static gsize
escape_bytes (const char *word, gsize length, char *target)
{
  char *out = target;
  const char *end = word + length;
  while (word < end)
    {
      const char *valid;
      g_utf8_validate_len (word, (gsize)(end - word), &valid);
      memcpy (out, word, (gsize)(valid - word));
      out += valid - word;
      if (valid < end)
        {
          static const char digits[] = "0123456789abcdef";
          guint8 byte = (guint8)*valid++;
          *out++ = '\\';
          *out++ = 'x';
          *out++ = digits[byte >> 4];
          *out++ = digits[byte & 15];
        }
      word = valid;
    }
  return (gsize)(out - target);
}

static gboolean
is_plain (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (word[i] <= 0)
      return g_utf8_validate_len (word, length, NULL);
  return TRUE;
}

void
sem_word_list_add (SemWordList *self, const char *word, gsize length)
{
  gsize needed = 4 * length + 1;
  if (self->capacity - self->used < needed)
    {
      self->capacity = MAX (2 * self->capacity, self->used + needed);
      self->pool = g_realloc (self->pool, self->capacity);
    }
  if (self->n == self->room)
    {
      self->room *= 2;
      self->starts = g_renew (gsize, self->starts, self->room + 1);
    }
  char *target = self->pool + self->used;
  if (is_plain (word, length))
    memcpy (target, word, length);
  else
    length = escape_bytes (word, length, target);
  target[length] = '\0';
  self->used += length + 1;
  self->starts[++self->n] = self->used;
}

gsize
sem_word_list_get_n (const SemWordList *self)
{
  return self->n;
}

const char *
sem_word_list_get (const SemWordList *self, gsize i, gsize *length)
{
  g_return_val_if_fail (i < self->n, NULL);
  if (length != NULL)
    *length = self->starts[i + 1] - self->starts[i] - 1;
  return self->pool + self->starts[i];
}
