/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of the model: which kind, its vocabulary, its settings. */
#include "core/tokenizer/model.h"
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/wordlevel.h"
#include "core/tokenizer/wordpiece.h"
#include "core/error.h"

#include <string.h>

void
sem_tok_model_free (SemTokModel *self)
{
  if (self == NULL)
    return;
  if (self->klass->free != NULL)
    self->klass->free (self);
  sem_vocab_free (self->vocab);
  g_free (self->prefix);
  g_free (self);
}

static gboolean
bad_entry (GError **error, const char *path, gsize n, const char *what)
{
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "%s: entry %" G_GSIZE_FORMAT " %s", path, n, what);
  return FALSE;
}

gboolean
sem_vocab_check_lengths (const SemVocab *vocab, const char *path, GError **error)
{
  if (vocab->max_length <= SEM_MODEL_MAX_SEARCHED)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
               "%s: a piece has %u bytes, at most %d are allowed", path, vocab->max_length,
               SEM_MODEL_MAX_SEARCHED);
  return FALSE;
}

gssize
sem_vocab_read_string (SemJsonScan *scan, SemVocab *vocab)
{
  const char *plain;
  gssize length = sem_json_scan_plain (scan, &plain);
  char *room;

  if (length >= 0)
    {
      room = sem_vocab_reserve_piece (vocab, (gsize)length);
      if (room == NULL)
        return -1;
      memcpy (room, plain, (gsize)length);
      return length;
    }
  length = sem_json_scan_string_bound (scan);
  room = length >= 0 ? sem_vocab_reserve_piece (vocab, (gsize)length) : NULL;
  return room != NULL ? sem_json_scan_string (scan, room) : -1;
}

static gboolean
read_entry (SemJsonScan *scan, SemVocab *vocab, const char *path, gsize n, GError **error)
{
  gssize length = sem_vocab_read_string (scan, vocab);
  guint64 id;

  if (length < 0)
    return bad_entry (error, path, n, "is not \"piece\": id");
  if (!sem_json_scan_accept (scan, ':') || !sem_json_scan_integer (scan, SEM_VOCAB_MAX_ID - 1, &id))
    return bad_entry (error, path, n, "has no whole number below 16777216 as its id");
  return sem_vocab_commit (vocab, (gsize)length, (guint32)id)
         || bad_entry (error, path, n, "is beyond the limits of a vocabulary");
}

SemVocab *
sem_vocab_read_object (SemJsonRange range, const char *path, GError **error)
{
  gsize bytes = (gsize)(range.end - range.start);
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  SemJsonScan scan;

  sem_json_scan_init (&scan, range.start, bytes);
  if (!sem_json_scan_accept (&scan, '{'))
    {
      sem_json_field_bad (error, path, "", "expected an object");
      return NULL;
    }
  if (!sem_json_scan_accept (&scan, '}'))
    {
      for (gsize n = 0;; n++)
        {
          if (!read_entry (&scan, vocab, path, n, error))
            return NULL;
          if (!sem_json_scan_accept (&scan, ','))
            break;
        }
      if (!sem_json_scan_accept (&scan, '}'))
        {
          bad_entry (error, path, vocab->n_entries, "is not separated by a comma");
          return NULL;
        }
    }
  if (sem_json_scan_next (&scan) != '\0')
    {
      sem_json_field_bad (error, path, "", "something stands after the object");
      return NULL;
    }
  sem_vocab_index (vocab);
  return g_steal_pointer (&vocab);
}

static SemTokModel *
new_wordpiece (const json_t *node, SemJsonRange range, GError **error)
{
  const char *unknown = "[UNK]", *prefix = "##";
  gsize prefix_length = 2;
  guint32 max_chars = 100;
  g_autoptr (SemVocab) vocab = NULL;

  if (!sem_json_field_string (node, "model", "unk_token", &unknown, NULL, error)
      || !sem_json_field_string (node, "model", "continuing_subword_prefix", &prefix,
                                 &prefix_length, error)
      || !sem_json_field_uint (node, "model", "max_input_chars_per_word", G_MAXINT32, &max_chars,
                               error))
    return NULL;
  vocab = sem_vocab_read_object (range, "model.vocab", error);
  if (vocab == NULL || !sem_vocab_check_lengths (vocab, "model.vocab", error))
    return NULL;
  return sem_wordpiece_new (g_steal_pointer (&vocab), unknown, prefix, prefix_length, max_chars);
}

static SemTokModel *
new_wordlevel (const json_t *node, SemJsonRange range, GError **error)
{
  const char *unknown = "<unk>";
  SemVocab *vocab;

  if (!sem_json_field_string (node, "model", "unk_token", &unknown, NULL, error))
    return NULL;
  vocab = sem_vocab_read_object (range, "model.vocab", error);
  return vocab != NULL ? sem_wordlevel_new (vocab, unknown) : NULL;
}

/* Old files leave the type out. */
static const char *
infer_type (const json_t *node, SemJsonRange vocab, SemJsonRange merges)
{
  if (merges.start != NULL)
    return "BPE";
  if (vocab.start != NULL && *vocab.start == '[')
    return "Unigram";
  if (json_object_get (node, "max_input_chars_per_word") != NULL
      || json_object_get (node, "continuing_subword_prefix") != NULL)
    return "WordPiece";
  return "WordLevel";
}

SemTokModel *
sem_tok_model_new_from_json (const json_t *node,
                             SemJsonRange vocab,
                             SemJsonRange merges,
                             GError **error)
{
  const char *type = NULL;

  if (!json_is_object (node))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "model: expected an object, found %s", sem_json_field_kind (node));
      return NULL;
    }
  if (!sem_json_field_string (node, "model", "type", &type, NULL, error))
    return NULL;
  if (type == NULL)
    type = infer_type (node, vocab, merges);
  else if (strcmp (type, "WordPiece") != 0 && strcmp (type, "WordLevel") != 0
           && strcmp (type, "BPE") != 0 && strcmp (type, "Unigram") != 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "model.type: no model is called '%.60s' (WordPiece, BPE, Unigram, WordLevel)",
                   type);
      return NULL;
    }
  if (vocab.start == NULL)
    {
      sem_json_field_bad (error, "model", "vocab", "missing");
      return NULL;
    }
  if (strcmp (type, "WordPiece") == 0)
    return new_wordpiece (node, vocab, error);
  if (strcmp (type, "WordLevel") == 0)
    return new_wordlevel (node, vocab, error);
  if (strcmp (type, "BPE") == 0)
    return sem_bpe_new_from_json (node, vocab, merges, error);
  return sem_unigram_new_from_json (node, vocab, error);
}
