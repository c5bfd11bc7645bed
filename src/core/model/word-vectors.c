/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which form of word vectors a file has, decompression, and the binary form of word2vec. */
#include "core/model/word-vectors.h"

#include "core/error.h"
#include "core/model/fasttext.h"
#include "core/model/model-private.h"
#include "core/model/word-text.h"

#include <string.h>

#define CHUNK (4 << 20)
#define FIRST_CHUNK (1 << 20)
#define MAX_DIM (1 << 16)
#define MAX_WORD 4096
#define MAX_UNPACKED (G_GUINT64_CONSTANT (1) << 34)
#define HASHED_BYTES 65536
#define ROWS_BETWEEN_CHECKS 4096

void
sem_word_vectors_clear (SemWordVectors *self)
{
  g_clear_pointer (&self->words, sem_word_list_unref);
  g_clear_pointer (&self->rows, sem_rows_unref);
  g_clear_pointer (&self->hash, g_free);
}

static gboolean
report (const SemWordReadOptions *options, double fraction, GError **error)
{
  if (options->progress != NULL)
    options->progress (fraction, options->progress_data);
  return !g_cancellable_set_error_if_cancelled (options->cancellable, error);
}

static gboolean
is_gzip (GBytes *bytes)
{
  gsize length;
  const guint8 *head = g_bytes_get_data (bytes, &length);
  return length >= 18 && head[0] == 0x1f && head[1] == 0x8b;
}

static GInputStream *
open_gzip (GBytes *bytes, GInputStream **base)
{
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  *base = g_memory_input_stream_new_from_bytes (bytes);
  return g_converter_input_stream_new (*base, G_CONVERTER (unpack));
}

/* The first bytes, unpacked. */
static GBytes *
dup_head (GBytes *bytes)
{
  if (!is_gzip (bytes))
    return g_bytes_new_from_bytes (bytes, 0, MIN (g_bytes_get_size (bytes), FIRST_CHUNK));
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) stream = open_gzip (bytes, &base);
  g_autofree guint8 *head = g_malloc (FIRST_CHUNK);
  gsize length = 0;
  g_input_stream_read_all (stream, head, FIRST_CHUNK, &length, NULL, NULL);
  return g_bytes_new_take (g_steal_pointer (&head), length);
}

/* Reads one row of the binary form; FALSE at an impossible place. */
static gboolean
skip_binary_row (const char **p,
                 const char *end,
                 gsize row_bytes,
                 const char **word,
                 gsize *word_length)
{
  while (*p < end && **p == '\n')
    (*p)++;
  const char *blank = *p < end ? memchr (*p, ' ', (gsize)MIN (end - *p, MAX_WORD)) : NULL;
  if (blank == NULL || (gsize)(end - blank - 1) < row_bytes)
    return FALSE;
  *word = *p;
  *word_length = (gsize)(blank - *p);
  *p = blank + 1 + row_bytes;
  return TRUE;
}

/* Does the whole file, as the binary form, end where the header says?  Only for small files, where
 * a text could be mistaken for it: the words of a text with four bytes a number. */
static gboolean
consumes_as_binary (const char *text, gsize length)
{
  gint64 n, dim;
  const char *end = text + length, *p = sem_word_text_parse_header (text, end, &n, &dim), *word;
  gsize word_length;
  if (p == NULL || n < 1 || dim < 1 || dim > MAX_DIM)
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    if (!skip_binary_row (&p, end, (gsize)dim * sizeof (float), &word, &word_length))
      return FALSE;
  while (p < end && *p == '\n')
    p++;
  return p == end;
}

static gboolean
has_text_name (const char *name)
{
  static const char *const suffixes[] = { ".txt", ".vec", ".glove", ".tsv", ".csv", ".gz" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;
  return FALSE;
}

typedef enum
{
  KIND_NONE,
  KIND_TEXT,
  KIND_BINARY,
  KIND_FASTTEXT,
} Kind;

static Kind
find_kind (const char *name, GBytes *bytes)
{
  g_autoptr (GBytes) head = dup_head (bytes);
  gsize length;
  const char *text = g_bytes_get_data (head, &length);
  gint64 n, dim;
  if (length == 0)
    return KIND_NONE;
  if (sem_fasttext_sniff ((const guint8 *)text, length))
    return KIND_FASTTEXT;
  gboolean binary_too
      = !has_text_name (name) && length < FIRST_CHUNK && consumes_as_binary (text, length);
  if (sem_word_text_sniff (text, length) && !binary_too)
    return KIND_TEXT;
  return sem_word_text_parse_header (text, text + length, &n, &dim) != NULL ? KIND_BINARY
                                                                            : KIND_NONE;
}

gboolean
sem_word_vectors_sniff (const char *name, GBytes *bytes)
{
  return find_kind (name, bytes) != KIND_NONE;
}

static gboolean
read_plain_text (SemWordText *text,
                 GBytes *bytes,
                 const SemWordReadOptions *options,
                 GError **error)
{
  gsize length;
  const char *base = g_bytes_get_data (bytes, &length);
  for (gsize done = 0; done < length;)
    {
      gsize part = MIN (length - done, CHUNK);
      if (!report (options, (double)done / (double)length, error)
          || !sem_word_text_feed (text, base + done, part, done + part == length, error))
        return FALSE;
      done += part;
    }
  return TRUE;
}

static gboolean
read_gzip_text (SemWordText *text, GBytes *bytes, const SemWordReadOptions *options, GError **error)
{
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) stream = open_gzip (bytes, &base);
  g_autofree char *chunk = g_malloc (CHUNK);
  double total = (double)g_bytes_get_size (bytes);
  gsize length = CHUNK;
  while (length == CHUNK)
    {
      double done = (double)g_seekable_tell (G_SEEKABLE (base));
      if (!report (options, done / total, error)
          || !g_input_stream_read_all (stream, chunk, CHUNK, &length, options->cancellable, error)
          || !sem_word_text_feed (text, chunk, length, length < CHUNK, error))
        return FALSE;
    }
  return TRUE;
}

/* A binary file inside gzip has to be in memory; rows then point into it. */
static GBytes *
unpack (GBytes *bytes, const SemWordReadOptions *options, GError **error)
{
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) stream = open_gzip (bytes, &base);
  g_autofree guint8 *all = NULL;
  gsize used = 0, length = CHUNK;
  while (length == CHUNK)
    {
      guint8 *larger = used + CHUNK <= MAX_UNPACKED ? g_try_realloc (all, used + CHUNK) : NULL;
      if (larger == NULL)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "more than %" G_GSIZE_FORMAT " bytes when unpacked; unpack the file first",
                       used);
          return NULL;
        }
      all = larger;
      if (!report (options,
                   (double)g_seekable_tell (G_SEEKABLE (base)) / (double)g_bytes_get_size (bytes),
                   error)
          || !g_input_stream_read_all (stream, all + used, CHUNK, &length, options->cancellable,
                                       error))
        return NULL;
      used += length;
    }
  return g_bytes_new_take (g_steal_pointer (&all), used);
}

static gboolean
check_binary_header (gint64 n, gint64 dim, gsize left, GError **error)
{
  if (n < 1 || dim < 1 || dim > MAX_DIM)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the header announces %" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT
                   " values; allowed are 1 or more rows of 1 to %d values",
                   n, dim, MAX_DIM);
      return FALSE;
    }
  if ((guint64)n <= left / ((guint64)dim * sizeof (float) + 2))
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
               "the header announces %" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT
               " values, %" G_GSIZE_FORMAT " bytes are left",
               n, dim, left);
  return FALSE;
}

static gboolean
read_binary (GBytes *bytes, const SemWordReadOptions *options, SemWordVectors *out, GError **error)
{
  gsize length, word_length;
  const char *base = g_bytes_get_data (bytes, &length), *end = base + length, *word;
  gint64 n, dim;
  const char *p = sem_word_text_parse_header (base, end, &n, &dim);
  if (!check_binary_header (n, dim, (gsize)(end - p), error))
    return FALSE;
  g_autoptr (SemWordList) words = sem_word_list_new ();
  g_autofree guint64 *offsets = g_new (guint64, n);
  gsize row_bytes = (gsize)dim * sizeof (float);
  for (gint64 i = 0; i < n; i++)
    {
      if (i % ROWS_BETWEEN_CHECKS == 0
          && !report (options, (double)(p - base) / (double)length, error))
        return FALSE;
      if (!skip_binary_row (&p, end, row_bytes, &word, &word_length))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                       "row %" G_GINT64_FORMAT " at offset %" G_GSIZE_FORMAT
                       " needs a word and %" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " are left",
                       i + 1, (gsize)(p - base), row_bytes, (gsize)(end - p));
          return FALSE;
        }
      sem_word_list_add (words, word, word_length);
      offsets[i] = (guint64)(p - base) - row_bytes;
    }
  out->format = "word2vec binary";
  out->n_announced = (guint64)n;
  out->rows = sem_rows_new_scattered (bytes, g_steal_pointer (&offsets), (gsize)n, (gsize)dim);
  out->words = g_steal_pointer (&words);
  return TRUE;
}

static gboolean
read_text (GBytes *bytes,
           gboolean numbers_only,
           const SemWordReadOptions *options,
           SemWordVectors *out,
           GError **error)
{
  g_autoptr (SemWordText) text = sem_word_text_new (numbers_only);
  gboolean good = is_gzip (bytes) ? read_gzip_text (text, bytes, options, error)
                                  : read_plain_text (text, bytes, options, error);
  return good && sem_word_text_finish (text, out, error);
}

gboolean
sem_word_vectors_read_numbers (GBytes *bytes,
                               const SemWordReadOptions *options,
                               SemWordVectors *out,
                               GError **error)
{
  return read_text (bytes, TRUE, options, out, error);
}

gboolean
sem_word_vectors_read (const char *name,
                       GBytes *bytes,
                       const SemWordReadOptions *options,
                       SemWordVectors *out,
                       GError **error)
{
  Kind kind = find_kind (name, bytes);
  g_autoptr (GBytes) content = kind == KIND_TEXT || !is_gzip (bytes)
                                   ? g_bytes_ref (bytes)
                                   : unpack (bytes, options, error);
  if (content == NULL)
    return FALSE;
  gboolean good = FALSE;
  if (kind == KIND_TEXT)
    good = read_text (content, FALSE, options, out, error);
  else if (kind == KIND_BINARY)
    good = read_binary (content, options, out, error);
  else if (kind == KIND_FASTTEXT)
    good = sem_fasttext_read (content, options, out, error);
  else
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                 "not a file of word vectors");
  if (!good)
    return FALSE;
  out->n_file_bytes = g_bytes_get_size (bytes);
  out->hash = sem_model_hash (name, bytes, HASHED_BYTES);
  return TRUE;
}

SemWordList *
sem_word_list_read (GBytes *bytes, gboolean first_column, gboolean skip_header)
{
  gsize length;
  const char *p = g_bytes_get_data (bytes, &length);
  SemWordList *words = sem_word_list_new ();
  if (length == 0)
    return words;
  const char *end = p + length;
  for (gboolean first = TRUE; p < end; first = FALSE)
    {
      const char *line_end = memchr (p, '\n', (gsize)(end - p));
      const char *next = line_end != NULL ? line_end + 1 : end;
      const char *stop = line_end != NULL ? line_end : end;
      if (stop > p && stop[-1] == '\r')
        stop--;
      const char *tab = first_column && stop > p ? memchr (p, '\t', (gsize)(stop - p)) : NULL;
      if (!first || !skip_header)
        sem_word_list_add (words, p, (gsize)((tab != NULL ? tab : stop) - p));
      p = next;
    }
  return words;
}
