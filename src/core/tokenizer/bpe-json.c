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

/* Reads a string: *text points into the document, or into buf, which grows. */
static gssize
read_string (SemJsonScan *scan, GByteArray *buf, const char **text)
{
  gssize length = sem_json_scan_plain (scan, text);

  if (length >= 0)
    return length;
  length = sem_json_scan_string_bound (scan);
  if (length < 0)
    return -1;
  if (buf->len < (gsize)length + 1)
    g_byte_array_set_size (buf, (guint)length + 1);
  *text = (const char *)buf->data;
  return sem_json_scan_string (scan, (char *)buf->data);
}

typedef struct
{
  SemTokModel *model;
  GByteArray *left, *right;
} MergeReader;

static gboolean
add (MergeReader *r,
     const char *a,
     gsize a_length,
     const char *b,
     gsize b_length,
     gsize n,
     GError **error)
{
  g_autofree char *missing = NULL;

  if (sem_bpe_add_merge (r->model, a, a_length, b, b_length, &missing))
    return TRUE;
  return sem_json_field_bad (error, "model", "merges",
                             "entry %" G_GSIZE_FORMAT
                             " needs the piece '%.60s', which is not in the vocabulary",
                             n, missing);
}

static gboolean
read_merge (MergeReader *r, SemJsonScan *scan, gsize n, GError **error)
{
  gssize a_length, b_length;
  const char *a, *b, *blank;

  if (sem_json_scan_accept (scan, '['))
    {
      a_length = read_string (scan, r->left, &a);
      if (a_length < 0 || !sem_json_scan_accept (scan, ',')
          || (b_length = read_string (scan, r->right, &b)) < 0 || !sem_json_scan_accept (scan, ']'))
        return bad_merge (error, n, "is not a pair of strings");
      return add (r, a, (gsize)a_length, b, (gsize)b_length, n, error);
    }
  a_length = read_string (scan, r->left, &a);
  if (a_length < 0)
    return bad_merge (error, n, "is not a string or a pair of strings");
  blank = memchr (a, ' ', (gsize)a_length);
  if (blank == NULL || memchr (blank + 1, ' ', (gsize)(a + a_length - blank - 1)) != NULL)
    return bad_merge (error, n, "is not two pieces with a blank between them");
  return add (r, a, (gsize)(blank - a), blank + 1, (gsize)(a + a_length - blank - 1), n, error);
}

static gboolean
read_merges (SemTokModel *model, SemJsonRange range, GError **error)
{
  g_autoptr (GByteArray) left = g_byte_array_new (), right = g_byte_array_new ();
  MergeReader r = { model, left, right };
  SemJsonScan scan;

  sem_json_scan_init (&scan, range.start, (gsize)(range.end - range.start));
  if (!sem_json_scan_accept (&scan, '['))
    return sem_json_field_bad (error, "model", "merges", "expected an array");
  if (!sem_json_scan_accept (&scan, ']'))
    {
      gsize n = 0;

      do
        if (!read_merge (&r, &scan, n++, error))
          return FALSE;
      while (sem_json_scan_accept (&scan, ','));
      if (!sem_json_scan_accept (&scan, ']'))
        return bad_merge (error, n, "is not separated by a comma");
    }
  return sem_json_scan_next (&scan) == '\0'
         || sem_json_field_bad (error, "model", "merges", "something stands after it");
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
  model = sem_bpe_new (vocab, &options, (gsize)(merges.end - merges.start) / 10);
  return read_merges (model, merges, error) ? g_steal_pointer (&model) : NULL;
}
