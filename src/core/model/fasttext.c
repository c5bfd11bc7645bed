/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fastText models: rows are averaged when they are read, from the mapped input matrix. */
#include "core/model/fasttext.h"

#include "core/error.h"
#include "core/model/byte-reader.h"
#include "core/model/dtype.h"

#include <string.h>

#define MAGIC 793712314u
#define VERSION 12
#define MAX_DIM 65536
#define MAX_WORD 65536
#define MAX_NGRAM 64
#define END_OF_SENTENCE "</s>"
#define MODEL_SUPERVISED 3

typedef struct
{
  GBytes *bytes;
  SemWordList *words;
  const guint8 *matrix;
  gsize dim;
  guint32 n_words, bucket;
  guint32 min_n, max_n;
} FastText;

typedef struct
{
  gint32 dim, model, bucket, min_n, max_n;
  gint32 size, n_words, n_labels;
  gint64 pruned;
} Header;

static void
free_fasttext (gpointer data)
{
  FastText *self = data;
  g_clear_pointer (&self->words, sem_word_list_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static gboolean
read_i32 (SemByteReader *reader, const char *field, gint32 *out, GError **error)
{
  guint32 value;
  if (!sem_byte_reader_u32 (reader, field, &value, error))
    return FALSE;
  *out = (gint32)value;
  return TRUE;
}

static gboolean
refuse (GError **error, SemFormatError code, const char *field, gint64 found, const char *allowed)
{
  g_set_error (error, SEM_FORMAT_ERROR, code, "fastText %s is %" G_GINT64_FORMAT ", allowed: %s",
               field, found, allowed);
  return FALSE;
}

static gboolean
check_header (const Header *header, guint32 version, GError **error)
{
  if (version != VERSION)
    return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED, "version", version, "12");
  if (header->dim < 1 || header->dim > MAX_DIM)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "dim", header->dim, "1 to 65536");
  if (header->bucket < 0)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "bucket", header->bucket, "0 or more");
  if (header->min_n < 0 || header->max_n < 0 || header->max_n > MAX_NGRAM)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "maxn", header->max_n, "0 to 64");
  if (header->n_words < 0 || header->n_labels < 0 || header->size < 0
      || (gint64)header->n_words + header->n_labels != header->size)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "size", header->size, "words + labels");
  if (header->pruned >= 0)
    return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED, "pruned index", header->pruned,
                   "none (use the .bin, not the quantised .ftz)");
  return TRUE;
}

static gboolean
read_header (SemByteReader *reader, Header *header, GError **error)
{
  gint32 magic, version, ignored;
  guint64 tokens, pruned;
  double t;
  gint32 *const fields[]
      = { &magic,          &version,       &header->dim,   &ignored, &ignored,
          &ignored,        &ignored,       &ignored,       &ignored, &header->model,
          &header->bucket, &header->min_n, &header->max_n, &ignored };
  static const char *const names[]
      = { "magic",      "version", "dim",   "ws",     "epoch", "minCount", "neg",
          "wordNgrams", "loss",    "model", "bucket", "minn",  "maxn",     "lrUpdateRate" };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!read_i32 (reader, names[i], fields[i], error))
      return FALSE;
  if (!sem_byte_reader_f64 (reader, "t", &t, error)
      || !read_i32 (reader, "size", &header->size, error)
      || !read_i32 (reader, "nwords", &header->n_words, error)
      || !read_i32 (reader, "nlabels", &header->n_labels, error)
      || !sem_byte_reader_u64 (reader, "ntokens", &tokens, error)
      || !sem_byte_reader_u64 (reader, "pruneidx_size", &pruned, error))
    return FALSE;
  header->pruned = (gint64)pruned;
  return check_header (header, (guint32)version, error);
}

/* Words come first; labels after them are passed over. */
static gboolean
read_dictionary (SemByteReader *reader, const Header *header, SemWordList *words, GError **error)
{
  for (gint32 i = 0; i < header->size; i++)
    {
      const guint8 *start = reader->base + reader->position;
      gsize left = sem_byte_reader_get_left (reader);
      const guint8 *end = left > 0 ? memchr (start, '\0', MIN (left, MAX_WORD)) : NULL;
      if (end == NULL)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                       "fastText word %d at offset %" G_GSIZE_FORMAT
                       " does not end within %d bytes",
                       i, reader->position, MAX_WORD);
          return FALSE;
        }
      if (i < header->n_words)
        sem_word_list_add (words, (const char *)start, (gsize)(end - start));
      if (!sem_byte_reader_skip (reader, "word", (guint64)(end - start) + 1 + 8 + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_matrix (SemByteReader *reader, const Header *header, const guint8 **matrix, GError **error)
{
  guint8 quantised;
  guint64 rows, columns, n_bytes;
  if (!sem_byte_reader_u8 (reader, "quantised", &quantised, error))
    return FALSE;
  if (quantised != 0)
    return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED, "quantised flag", quantised,
                   "0 (use the .bin, not the quantised .ftz)");
  if (!sem_byte_reader_u64 (reader, "rows", &rows, error)
      || !sem_byte_reader_u64 (reader, "columns", &columns, error))
    return FALSE;
  if (columns != (guint64)header->dim)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "number of columns", (gint64)columns, "dim");
  if (rows < (guint64)header->n_words + (guint64)header->bucket)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "number of rows", (gint64)rows,
                   "words + bucket or more");
  if (!g_uint64_checked_mul (&n_bytes, rows, columns * sizeof (float)))
    return refuse (error, SEM_FORMAT_ERROR_LIMIT, "number of rows", (gint64)rows,
                   "what fits in 64 bits");
  return sem_byte_reader_bytes (reader, "input matrix", n_bytes, matrix, error);
}

/* 32-bit FNV-1a over signed chars, as fastText computes it. */
static guint32
hash_ngram (const char *text, gsize length)
{
  guint32 hash = 2166136261u;
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint32)(gint8)text[i]) * 16777619u;
  return hash;
}

static inline gboolean
is_continuation (char c)
{
  return (c & 0xc0) == 0x80;
}

static void
add_row (const FastText *self, guint64 row, double *sum)
{
  const guint8 *values = self->matrix + row * self->dim * sizeof (float);
  for (gsize i = 0; i < self->dim; i++)
    {
      guint32 bits;
      float value;
      memcpy (&bits, values + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy (&value, &bits, sizeof value);
      sum[i] += value;
    }
}

/* Adds the rows of all n-grams of "<word>"; returns how many.  A lone "<" or ">" is none. */
static gsize
add_ngrams (const FastText *self, const char *word, gsize length, double *sum)
{
  gsize n_rows = 0, framed_length = length + 2;
  g_autofree char *framed = g_malloc (framed_length);
  framed[0] = '<';
  memcpy (framed + 1, word, length);
  framed[length + 1] = '>';
  for (gsize i = 0; self->bucket > 0 && i < framed_length; i++)
    {
      if (is_continuation (framed[i]))
        continue;
      gsize end = i;
      for (guint32 n = 1; end < framed_length && n <= self->max_n; n++)
        {
          for (end++; end < framed_length && is_continuation (framed[end]);)
            end++;
          if (n < self->min_n || (n == 1 && (i == 0 || end == framed_length)))
            continue;
          add_row (self, (guint64)self->n_words + hash_ngram (framed + i, end - i) % self->bucket,
                   sum);
          n_rows++;
        }
    }
  return n_rows;
}

static void
divide (double *sum, gsize dim, gsize n)
{
  for (gsize i = 0; i < dim; i++)
    sum[i] /= (double)n;
}

static void
read_word (gpointer data, gsize row, float *out)
{
  const FastText *self = data;
  gsize length, n = 1;
  const char *word = sem_word_list_get (self->words, row, &length);
  g_autofree double *sum = g_new0 (double, self->dim);
  add_row (self, row, sum);
  if (!g_str_equal (word, END_OF_SENTENCE))
    n += add_ngrams (self, word, length, sum);
  divide (sum, self->dim, n);
  for (gsize i = 0; i < self->dim; i++)
    out[i] = (float)sum[i];
}

static gboolean
read_unseen (gconstpointer data, const char *word, gsize length, double *row)
{
  const FastText *self = data;
  memset (row, 0, self->dim * sizeof *row);
  gsize n = add_ngrams (self, word, length, row);
  if (n > 0)
    divide (row, self->dim, n);
  return n > 0;
}

gboolean
sem_fasttext_sniff (const guint8 *head, gsize length)
{
  SemByteReader reader;
  guint32 magic;
  sem_byte_reader_init (&reader, head, length);
  return sem_byte_reader_u32 (&reader, "magic", &magic, NULL) && magic == MAGIC;
}

gboolean
sem_fasttext_read (GBytes *bytes,
                   const SemWordReadOptions *options,
                   SemWordVectors *out,
                   GError **error)
{
  SemByteReader reader;
  Header header = { 0 };
  gsize length;
  const guint8 *base = g_bytes_get_data (bytes, &length), *matrix;
  g_autoptr (SemWordList) words = sem_word_list_new ();
  sem_byte_reader_init (&reader, base, length);
  if (!read_header (&reader, &header, error) || !read_dictionary (&reader, &header, words, error)
      || !read_matrix (&reader, &header, &matrix, error)
      || g_cancellable_set_error_if_cancelled (options->cancellable, error))
    return FALSE;
  if (header.n_words == 0)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "number of words", 0, "1 or more");
  FastText *self = g_new0 (FastText, 1);
  self->bytes = g_bytes_ref (bytes);
  self->words = sem_word_list_ref (words);
  self->matrix = matrix;
  self->dim = (gsize)header.dim;
  self->n_words = (guint32)header.n_words;
  /* A classifier has no character n-grams unless it was asked for them. */
  self->bucket = header.max_n > 0 ? (guint32)header.bucket : 0;
  self->min_n = (guint32)header.min_n;
  self->max_n = (guint32)header.max_n;
  out->format = header.model == MODEL_SUPERVISED ? "fastText classifier" : "fastText";
  out->rows = sem_rows_new_computed (SEM_DTYPE_F32, self->n_words, self->dim, read_word, self,
                                     free_fasttext);
  out->read_unseen = read_unseen;
  out->unseen_data = self;
  out->words = g_steal_pointer (&words);
  return TRUE;
}
