/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of a BPE model: settings from the tree, vocabulary and merges straight from the text. */
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/json-field.h"
#include "core/error.h"

#include <string.h>

#define MAX_SUFFIX 60

static gboolean
bad_merge (GError **error, gsize n, const char *what)
{
  return sem_json_field_bad (error, "model", "merges", "entry %" G_GSIZE_FORMAT " %s", n, what);
}

/* Strings with escapes are written out here until the merges they belong to have been looked up. */
#define MAX_WRITTEN_OUT (1u << 16)

typedef struct
{
  SemBpeAdder adder;
  GByteArray *buffer;
  GStringChunk *written_out;
  gsize n_written_out; /* bytes */
} MergeReader;

/* Reads a string; its text is in the document, or written out. */
static gboolean
read_string (MergeReader *r, SemJsonScan *scan, SemVocabKey *text)
{
  gssize length = sem_json_scan_plain (scan, &text->bytes);

  if (length < 0)
    {
      length = sem_json_scan_string_bound (scan);
      if (length < 0)
        return FALSE;
      if (r->buffer->len < (gsize)length + 1)
        g_byte_array_set_size (r->buffer, (guint)length + 1);
      length = sem_json_scan_string (scan, (char *)r->buffer->data);
      if (length < 0)
        return FALSE;
      text->bytes
          = g_string_chunk_insert_len (r->written_out, (const char *)r->buffer->data, length);
      r->n_written_out += (gsize)length;
    }
  text->length = (gsize)length;
  return TRUE;
}

static gboolean
not_a_piece (const MergeReader *r, GError **error)
{
  return sem_json_field_bad (error, "model", "merges",
                             "entry %" G_GSIZE_FORMAT
                             " needs the piece '%.60s', which is not in the vocabulary",
                             r->adder.bad_number, r->adder.missing);
}

/* "a b" at its blank. */
static gboolean
cut (SemVocabKey both, SemVocabKey *left, SemVocabKey *right)
{
  const char *end = both.bytes + both.length, *blank = memchr (both.bytes, ' ', both.length);

  if (blank == NULL || memchr (blank + 1, ' ', (gsize)(end - blank - 1)) != NULL)
    return FALSE;
  *left = (SemVocabKey){ both.bytes, (gsize)(blank - both.bytes) };
  *right = (SemVocabKey){ blank + 1, (gsize)(end - blank - 1) };
  return TRUE;
}

static gboolean
read_merge (MergeReader *r, SemJsonScan *scan, gsize n, GError **error)
{
  SemVocabKey left, right, both;

  if (r->n_written_out > MAX_WRITTEN_OUT)
    {
      if (!sem_bpe_adder_flush (&r->adder))
        return not_a_piece (r, error);
      g_string_chunk_clear (r->written_out);
      r->n_written_out = 0;
    }
  if (sem_json_scan_accept (scan, '['))
    {
      if (!read_string (r, scan, &left) || !sem_json_scan_accept (scan, ',')
          || !read_string (r, scan, &right) || !sem_json_scan_accept (scan, ']'))
        return bad_merge (error, n, "is not a pair of strings");
    }
  else if (!read_string (r, scan, &both))
    return bad_merge (error, n, "is not a string or a pair of strings");
  else if (!cut (both, &left, &right))
    return bad_merge (error, n, "is not two pieces with a blank between them");
  return sem_bpe_adder_add (&r->adder, left, right, n) || not_a_piece (r, error);
}

static gboolean
read_list (MergeReader *r, SemJsonRange range, GError **error)
{
  SemJsonScan scan;

  sem_json_scan_init (&scan, range.start, (gsize)(range.end - range.start));
  if (!sem_json_scan_accept (&scan, '['))
    return sem_json_field_bad (error, "model", "merges", "expected an array");
  if (!sem_json_scan_accept (&scan, ']'))
    {
      gsize n = 0;

      do
        if (!read_merge (r, &scan, n++, error))
          return FALSE;
      while (sem_json_scan_accept (&scan, ','));
      if (!sem_json_scan_accept (&scan, ']'))
        return bad_merge (error, n, "is not separated by a comma");
    }
  if (sem_json_scan_next (&scan) != '\0')
    return sem_json_field_bad (error, "model", "merges", "something stands after it");
  return sem_bpe_adder_finish (&r->adder) || not_a_piece (r, error);
}

static gboolean
read_merges (SemTokModel *model, SemJsonRange range, GError **error)
{
  MergeReader r = { .buffer = g_byte_array_new (), .written_out = g_string_chunk_new (4096) };
  gboolean fine;

  sem_bpe_adder_init (&r.adder, model);
  fine = read_list (&r, range, error);
  sem_bpe_adder_clear (&r.adder);
  g_string_chunk_free (r.written_out);
  g_byte_array_unref (r.buffer);
  return fine;
}

static gboolean
read_options (const json_t *node, SemBpeOptions *o, GError **error)
{
  const json_t *dropout = json_object_get (node, "dropout");
  gsize length = 0;

  if (json_is_number (dropout) && json_number_value (dropout) != 0.0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "model.dropout: %g makes tokens random; only 0 is read",
                   json_number_value (dropout));
      return FALSE;
    }
  if (!sem_json_field_string (node, "model", "unk_token", &o->unknown, NULL, error)
      || !sem_json_field_string (node, "model", "continuing_subword_prefix", &o->prefix, NULL,
                                 error)
      || !sem_json_field_string (node, "model", "end_of_word_suffix", &o->suffix, &length, error)
      || !sem_json_field_bool (node, "model", "fuse_unk", &o->fuse_unknown, error)
      || !sem_json_field_bool (node, "model", "byte_fallback", &o->byte_fallback, error)
      || !sem_json_field_bool (node, "model", "ignore_merges", &o->ignore_merges, error))
    return FALSE;
  if (length > MAX_SUFFIX)
    return sem_json_field_bad (error, "model", "end_of_word_suffix", "longer than %d bytes",
                               MAX_SUFFIX);
  return TRUE;
}

SemTokModel *
sem_bpe_new_from_json (const json_t *node,
                       SemJsonRange vocab_range,
                       SemJsonRange merges,
                       GError **error)
{
  g_autoptr (SemTokModel) model = NULL;
  SemBpeOptions options = { 0 };
  SemVocab *vocab;

  if (merges.start == NULL)
    {
      sem_json_field_bad (error, "model", "merges", "missing");
      return NULL;
    }
  if (!read_options (node, &options, error))
    return NULL;
  vocab = sem_vocab_read_object (vocab_range, "model.vocab", error);
  if (vocab == NULL)
    return NULL;
  model = sem_bpe_new (vocab, &options);
  return read_merges (model, merges, error) ? g_steal_pointer (&model) : NULL;
}
