/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a corpus: blocks of a file, cut at blanks, into word numbers. */
#include "core/train/corpus.h"
#include "core/train/skipgram.h"
#include "core/train/word-splitter.h"
#include "core/error.h"

#include <string.h>

#define BLOCK_BYTES (1u << 20)
#define CHUNK_MAX_BYTES (1u << 16) /* text without a blank is cut there */
#define STRETCH_WORDS 10000

struct _SemCorpus
{
  SemWordTable *table;
  guint32 *numbers; /* table index -> word number or SEM_NO_WORD_INDEX */
  guint32 *order;   /* word number -> table index */
  guint32 n_words;
  guint64 *counts;
  guint32 *stream;
  gsize n_stream, n_allocated;
  guint64 n_running;
  gsize added;       /* where the stretch of added lines begins; 0: none */
  GArray *stretches; /* of SemCorpusStretch */
};

typedef struct
{
  SemCorpus *corpus;
  const SemCorpusFile *file;
  SemWordSplitter *splitter;
  goffset offset; /* of the text handed over so far, after decompression */
  gsize n_words;  /* of this file */
} Reader;

static void
append (SemCorpus *self, guint32 value)
{
  if (self->n_stream == self->n_allocated)
    {
      self->n_allocated = self->n_allocated == 0 ? 1 << 16 : self->n_allocated * 2;
      self->stream = g_realloc_n (self->stream, self->n_allocated, sizeof (guint32));
    }
  self->stream[self->n_stream++] = value;
}

static void
take_word (const char *word, gsize length, gpointer user_data)
{
  Reader *reader = user_data;

  append (reader->corpus,
          sem_word_table_add (reader->corpus->table, word, length, reader->file->repeat));
  reader->n_words++;
}

static gboolean
check_chunk (const Reader *reader, const char *chunk, gsize length, goffset offset, GError **error)
{
  const char *end;

  if (g_utf8_validate_len (chunk, length, &end))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
               "corpus '%s' is not UTF-8 text: byte 0x%02x at offset %" G_GINT64_FORMAT,
               reader->file->path, (guint8)*end, (gint64)offset + (end - chunk));
  return FALSE;
}

/* Takes all whole chunks of data[n]; returns the bytes used, or -1.  A chunk at the end may go on
 * in the next block. */
static gssize
take_block (Reader *reader, const char *data, gsize n, gboolean last, GError **error)
{
  gsize start = 0;

  for (gsize i = 0; i <= n; i++)
    {
      gboolean blank
          = i < n && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r');
      gsize length = i - start;

      if (i == n && !last)
        break;
      if (!blank && i < n && length >= CHUNK_MAX_BYTES && ((guint8)data[i] & 0xc0) != 0x80)
        ; /* too long: cut between two characters */
      else if (!blank && i < n)
        continue;
      if (length > 0)
        {
          if (!check_chunk (reader, data + start, length, reader->offset + (goffset)start, error))
            return -1;
          sem_word_splitter_split (reader->splitter, data + start, length, take_word, reader);
        }
      if (i < n && data[i] == '\n')
        append (reader->corpus, SEM_STREAM_END_OF_LINE);
      start = blank ? i + 1 : i;
    }
  return (gssize)start;
}

/* The name of a compression that is not read, by the file's first six bytes; NULL for others. */
static const char *
name_compression (const guint8 *magic)
{
  if (memcmp (magic,
              "\xfd"
              "7zXZ",
              6)
      == 0)
    return "xz";
  if (memcmp (magic, "BZh", 3) == 0)
    return "bzip2";
  if (memcmp (magic, "\x28\xb5\x2f\xfd", 4) == 0)
    return "zstd";
  if (memcmp (magic, "PK\x03\x04", 4) == 0)
    return "zip";
  return NULL;
}

GInputStream *
sem_corpus_open_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) plain = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GConverter) gunzip = NULL;
  const guint8 *magic;
  gsize n = 0;

  if (plain == NULL)
    {
      g_prefix_error (error, "corpus '%s': ", path);
      return NULL;
    }
  buffered = g_buffered_input_stream_new_sized (G_INPUT_STREAM (plain), 65536);
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), 65536, NULL, error) < 0)
    {
      g_prefix_error (error, "corpus '%s': ", path);
      return NULL;
    }
  magic = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &n);
  if (n >= 6 && name_compression (magic) != NULL)
    {
      g_set_error (
          error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
          "corpus '%s' is compressed with %s: unpack it first (plain text and gzip are read)", path,
          name_compression (magic));
      return NULL;
    }
  if (n < 2 || magic[0] != 0x1f || magic[1] != 0x8b)
    return g_steal_pointer (&buffered);
  gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return g_converter_input_stream_new (buffered, gunzip);
}

gboolean
sem_corpus_check_file (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = sem_corpus_open_file (path, error);
  char start[4096];
  gsize n = 0;
  const char *end;

  if (stream == NULL)
    return FALSE;
  if (!g_input_stream_read_all (stream, start, sizeof start, &n, NULL, error))
    {
      g_prefix_error (error, "corpus '%s': ", path);
      return FALSE;
    }
  if (n == 0)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "corpus '%s' is empty", path);
      return FALSE;
    }
  /* A character may be cut at the end of what was read. */
  if (g_utf8_validate_len (start, n, &end)
      || (n == sizeof start && start + n - end < 4 && *end != '\0'))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
               "corpus '%s' is not UTF-8 text: byte 0x%02x at offset %td", path, (guint8)*end,
               end - start);
  return FALSE;
}

/* How far reading has come in bytes of all files. */
typedef struct
{
  goffset done, all;
  SemCorpusProgress func;
  gpointer user_data;
} Position;

static gboolean
report (const Position *position, goffset in_file, GError **error)
{
  if (position->func == NULL
      || position->func (
          MIN (1.0, (double)(position->done + in_file) / (double)MAX (position->all, 1)),
          position->user_data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped while reading the corpus");
  return FALSE;
}

static gboolean
read_file (Reader *reader, const Position *position, GError **error)
{
  g_autoptr (GInputStream) stream = sem_corpus_open_file (reader->file->path, error);
  g_autofree char *buffer = g_malloc (BLOCK_BYTES + CHUNK_MAX_BYTES + 8);
  gsize held = 0, n_read = 0;

  if (stream == NULL)
    return FALSE;
  do
    {
      gssize used;

      if (!g_input_stream_read_all (stream, buffer + held, BLOCK_BYTES, &n_read, NULL, error))
        {
          g_prefix_error (error, "corpus '%s': ", reader->file->path);
          return FALSE;
        }
      used = take_block (reader, buffer, held + n_read, n_read < BLOCK_BYTES, error);
      if (used < 0)
        return FALSE;
      reader->offset += used;
      held = held + n_read - (gsize)used;
      memmove (buffer, buffer + used, held);
      if (!report (position, reader->offset, error))
        return FALSE;
    }
  while (n_read == BLOCK_BYTES);
  append (reader->corpus, SEM_STREAM_END_OF_LINE);
  return TRUE;
}

static goffset
measure_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);

  return info == NULL ? 0 : g_file_info_get_size (info);
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SemWordTable *table = user_data;
  guint32 i = *(const guint32 *)a, j = *(const guint32 *)b;
  guint64 count_i = sem_word_table_get_count (table, i),
          count_j = sem_word_table_get_count (table, j);

  if (count_i != count_j)
    return count_i > count_j ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* Numbers the words by falling count (ties by first occurrence). */
static void
number_words (SemCorpus *self, guint64 min_count, guint32 max_words)
{
  guint32 n = sem_word_table_get_n (self->table);

  self->order = g_new (guint32, n);
  self->numbers = g_new (guint32, n);
  self->counts = g_new0 (guint64, n);
  for (guint32 i = 0; i < n; i++)
    self->order[i] = i;
  g_qsort_with_data (self->order, (gint)n, sizeof (guint32), compare_counts, self->table);
  for (guint32 i = 0; i < n; i++)
    {
      guint64 count = sem_word_table_get_count (self->table, self->order[i]);
      gboolean kept = i < max_words && count >= min_count;

      self->n_running += count;
      self->numbers[self->order[i]] = kept ? i : SEM_NO_WORD_INDEX;
      self->counts[i] = count;
      if (kept)
        self->n_words = i + 1;
    }
}

static void
add_stretch (SemCorpus *self, gsize first, gsize end, guint repeat)
{
  SemCorpusStretch stretch = { first, end - first };

  for (guint k = 0; k < repeat && end > first; k++)
    g_array_append_val (self->stretches, stretch);
}

/* Rewrites stream[first..) in word numbers without rare words and cuts it into stretches. */
static void
number_stream (SemCorpus *self, gsize first, gsize end, gsize *write, guint repeat)
{
  gsize start = *write;

  for (gsize i = first; i < end; i++)
    {
      guint32 value = self->stream[i];
      gboolean ends_line = value == SEM_STREAM_END_OF_LINE;

      if (!ends_line)
        value = self->numbers[value];
      if (ends_line ? *write == start || self->stream[*write - 1] == SEM_STREAM_END_OF_LINE
                    : value == SEM_NO_WORD_INDEX)
        continue;
      self->stream[(*write)++] = value;
      if (*write - start >= STRETCH_WORDS * (ends_line ? 1 : 4))
        {
          add_stretch (self, start, *write, repeat);
          start = *write;
        }
    }
  add_stretch (self, start, *write, repeat);
}

SemCorpus *
sem_corpus_read (const SemCorpusFile *files,
                 gsize n_files,
                 guint64 min_count,
                 guint32 max_words,
                 SemCorpusProgress progress,
                 gpointer progress_data,
                 GError **error)
{
  g_autoptr (SemCorpus) self = g_new0 (SemCorpus, 1);
  g_autoptr (SemWordSplitter) splitter = sem_word_splitter_new ();
  g_autofree gsize *ends = g_new0 (gsize, n_files + 1);
  Position position = { 0, 0, progress, progress_data };
  gsize write = 0;

  self->table = sem_word_table_new ();
  self->stretches = g_array_new (FALSE, FALSE, sizeof (SemCorpusStretch));
  for (gsize i = 0; i < n_files; i++)
    position.all += measure_file (files[i].path);
  for (gsize i = 0; i < n_files; i++)
    {
      Reader reader = { self, &files[i], splitter, 0, 0 };

      if (!read_file (&reader, &position, error))
        return NULL;
      position.done += measure_file (files[i].path);
      ends[i + 1] = self->n_stream;
    }
  if (sem_word_table_get_n (self->table) == 0)
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "corpus '%s' has no words",
                   files[0].path);
      return NULL;
    }
  number_words (self, min_count, max_words);
  for (gsize i = 0; i < n_files; i++)
    number_stream (self, ends[i], ends[i + 1], &write, files[i].repeat);
  self->n_stream = write;
  return g_steal_pointer (&self);
}

void
sem_corpus_free (SemCorpus *self)
{
  if (self == NULL)
    return;
  sem_word_table_free (self->table);
  g_free (self->numbers);
  g_free (self->order);
  g_free (self->counts);
  g_free (self->stream);
  g_array_unref (self->stretches);
  g_free (self);
}

guint32
sem_corpus_get_n_words (const SemCorpus *self)
{
  return self->n_words;
}

const char *
sem_corpus_get_word (const SemCorpus *self, guint32 word)
{
  return sem_word_table_get_word (self->table, self->order[word]);
}

guint32
sem_corpus_find (const SemCorpus *self, const char *word)
{
  guint32 index = sem_word_table_find (self->table, word, strlen (word));

  return index == SEM_NO_WORD_INDEX ? index : self->numbers[index];
}

const guint64 *
sem_corpus_get_counts (const SemCorpus *self)
{
  return self->counts;
}

const guint32 *
sem_corpus_get_stream (const SemCorpus *self, gsize *n)
{
  *n = self->n_stream;
  return self->stream;
}

void
sem_corpus_add_line (SemCorpus *self, const guint32 *words, gsize n)
{
  if (self->added == 0)
    self->added = self->n_stream;
  for (gsize i = 0; i < n; i++)
    {
      append (self, words[i]);
      self->counts[words[i]]++;
    }
  self->n_running += n;
  append (self, SEM_STREAM_END_OF_LINE);
  if (self->n_stream - self->added >= STRETCH_WORDS)
    sem_corpus_end_added (self);
}

void
sem_corpus_end_added (SemCorpus *self)
{
  SemCorpusStretch stretch = { self->added, self->n_stream - self->added };

  if (self->added > 0)
    g_array_append_val (self->stretches, stretch);
  self->added = 0;
}

guint64
sem_corpus_get_n_running_words (const SemCorpus *self)
{
  return self->n_running;
}

const SemCorpusStretch *
sem_corpus_get_stretches (const SemCorpus *self, gsize *n)
{
  *n = self->stretches->len;
  return (const SemCorpusStretch *)(gpointer)self->stretches->data;
}
