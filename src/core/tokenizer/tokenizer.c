/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTokenizer: its life, its questions, and the calls into the encoder and the decoder. */
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/encode-fast.h"
#include "core/tokenizer/tokenizer-private.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

void
sem_tokenizer_parts_clear (SemTokenizerParts *parts)
{
  g_clear_pointer (&parts->normalizer, sem_normalizer_free);
  g_clear_pointer (&parts->pretokenizer, sem_pretokenizer_free);
  g_clear_pointer (&parts->model, sem_tok_model_free);
  g_clear_pointer (&parts->post, sem_post_processor_free);
  g_clear_pointer (&parts->decoder, sem_decoder_free);
  g_clear_pointer (&parts->added, sem_added_tokens_free);
}

void
sem_tokenizer_parts_add_special (SemTokenizerParts *parts, const char *name)
{
  const SemAddedToken flags = { .special = TRUE };

  if (sem_vocab_find (parts->model->vocab, name, strlen (name)) != SEM_VOCAB_NONE)
    sem_added_tokens_add (parts->added, parts->model->vocab, name, strlen (name), &flags);
}

static char *
make_title (const SemTokenizer *self)
{
  const SemBertOptions *bert
      = self->normalizer != NULL ? sem_normalizer_get_bert (self->normalizer) : NULL;

  if (bert != NULL)
    return g_strdup_printf ("%s, %s", self->model->klass->kind,
                            bert->lowercase ? "lower case" : "cased");
  if (self->byte_level)
    return g_strdup_printf ("%s, byte-level", self->model->klass->kind);
  return g_strdup (self->model->klass->kind);
}

SemTokenizer *
sem_tokenizer_new_take (SemTokenizerParts *parts, GError **error)
{
  SemTokenizer *self;

  if (!sem_added_tokens_finish (parts->added, parts->normalizer, error))
    {
      sem_tokenizer_parts_clear (parts);
      return NULL;
    }
  self = g_new0 (SemTokenizer, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->normalizer = g_steal_pointer (&parts->normalizer);
  self->pretokenizer = g_steal_pointer (&parts->pretokenizer);
  self->model = g_steal_pointer (&parts->model);
  self->post = g_steal_pointer (&parts->post);
  self->decoder = g_steal_pointer (&parts->decoder);
  self->added = g_steal_pointer (&parts->added);
  if (self->post == NULL)
    self->post = sem_post_processor_new_empty ();
  if (self->pretokenizer != NULL)
    sem_pretokenizer_get_plan (self->pretokenizer, &self->plan);
  else
    self->plan.kind = SEM_PRETOK_NONE;
  self->byte_level
      = self->plan.kind == SEM_PRETOK_BYTE_LEVEL
        || (self->pretokenizer != NULL && sem_pretokenizer_ends_in_bytes (self->pretokenizer))
        || (self->normalizer != NULL && sem_normalizer_ends_in_bytes (self->normalizer));
  self->cuts_at_marks = self->pretokenizer == NULL && self->model->klass->cuts_at_marks != NULL
                        && self->model->klass->cuts_at_marks (self->model);
  sem_encode_fast_prepare (self);
  self->title = make_title (self);
  return self;
}

SemTokenizer *
sem_tokenizer_ref (SemTokenizer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_tokenizer_unref (SemTokenizer *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  sem_normalizer_free (self->normalizer);
  sem_pretokenizer_free (self->pretokenizer);
  sem_tok_model_free (self->model);
  sem_post_processor_free (self->post);
  sem_decoder_free (self->decoder);
  sem_added_tokens_free (self->added);
  sem_workspace_free (self->workspace);
  g_free (self->title);
  g_free (self);
}

const char *
sem_tokenizer_get_kind (const SemTokenizer *self)
{
  return self->model->klass->kind;
}

const char *
sem_tokenizer_get_title (const SemTokenizer *self)
{
  return self->title;
}

gsize
sem_tokenizer_get_vocab_size (const SemTokenizer *self)
{
  return MAX (self->model->vocab->n_ids, (gsize)sem_added_tokens_end (self->added));
}

const char *
sem_tokenizer_get_piece (const SemTokenizer *self, guint32 id)
{
  const SemAddedToken *added = sem_added_tokens_get (self->added, id);

  return added != NULL ? added->content : sem_vocab_get (self->model->vocab, id, NULL);
}

gboolean
sem_tokenizer_find (const SemTokenizer *self, const char *piece, guint32 *id)
{
  gsize length = strlen (piece);
  const SemAddedToken *added = sem_added_tokens_find (self->added, piece, length);
  guint32 found = added != NULL ? added->id : sem_vocab_find (self->model->vocab, piece, length);

  if (found == SEM_VOCAB_NONE)
    return FALSE;
  if (id != NULL)
    *id = found;
  return TRUE;
}

gboolean
sem_tokenizer_is_special (const SemTokenizer *self, guint32 id)
{
  const SemAddedToken *added = sem_added_tokens_get (self->added, id);

  return added != NULL && added->special;
}

/* Blank marks to blanks, "<0x0A>" to a byte, "##" away. */
static GByteArray *
plain_bytes (const SemTokenizer *self, const char *piece, gsize length)
{
  GByteArray *out = g_byte_array_new ();
  const SemTokModel *m = self->model;

  if (length == 6 && memcmp (piece, "<0x", 3) == 0 && piece[5] == '>' && g_ascii_isxdigit (piece[3])
      && g_ascii_isxdigit (piece[4]))
    {
      guint8 b = (guint8)(g_ascii_xdigit_value (piece[3]) * 16 + g_ascii_xdigit_value (piece[4]));

      return g_byte_array_append (out, &b, 1);
    }
  if (m->prefix_length > 0 && length > m->prefix_length
      && memcmp (piece, m->prefix, m->prefix_length) == 0)
    {
      piece += m->prefix_length;
      length -= m->prefix_length;
    }
  while (length > 0)
    {
      gboolean mark = length >= 3 && memcmp (piece, "\342\226\201", 3) == 0;

      g_byte_array_append (out, (const guint8 *)(mark ? " " : piece), 1);
      piece += mark ? 3 : 1;
      length -= mark ? 3 : 1;
    }
  return out;
}

GBytes *
sem_tokenizer_dup_piece_bytes (const SemTokenizer *self, guint32 id)
{
  const SemAddedToken *added = sem_added_tokens_get (self->added, id);
  gsize length;
  const char *piece;
  GByteArray *out;

  if (added != NULL)
    return g_bytes_new (added->content, added->length);
  piece = sem_vocab_get (self->model->vocab, id, &length);
  if (piece == NULL)
    return NULL;
  if (self->byte_level)
    {
      out = g_byte_array_new ();
      if (sem_byte_level_decode (piece, length, out))
        return g_byte_array_free_to_bytes (out);
      g_byte_array_unref (out);
    }
  return g_byte_array_free_to_bytes (plain_bytes (self, piece, length));
}

static gboolean
check_text (const char *text, gsize n, GError **error)
{
  const char *bad;

  if (n >= SEM_NO_OFFSET / 2)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "the text has %" G_GSIZE_FORMAT " bytes, at most %u are tokenized", n,
                   SEM_NO_OFFSET / 2 - 1);
      return FALSE;
    }
  if (!sem_utf8_validate (text, n, &bad))
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
                   "the text is not UTF-8 at byte %" G_GSIZE_FORMAT, (gsize)(bad - text));
      return FALSE;
    }
  return TRUE;
}

/* text: checked, with its padding; consumed. */
static SemEncoding *
encode_padded (SemTokenizer *self,
               char *text,
               gsize n,
               guint flags,
               struct _SemExplanation *explanation,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (SemEncoding) encoding = g_new0 (SemEncoding, 1);

  g_atomic_ref_count_init (&encoding->ref_count);
  encoding->tokenizer = sem_tokenizer_ref (self);
  /* The padding lets the fast paths load eight bytes at a time. */
  memset (text + n, 0, SEM_TEXT_PADDING);
  encoding->text = text;
  encoding->length = n;
  if (!sem_encode_run (self, encoding, flags, explanation, cancellable, error))
    return NULL;
  return g_steal_pointer (&encoding);
}

static SemEncoding *
encode (SemTokenizer *self,
        const char *text,
        gsize n,
        guint flags,
        struct _SemExplanation *explanation,
        GCancellable *cancellable,
        GError **error)
{
  char *copy;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_text (text, n, error))
    return NULL;
  copy = g_malloc (n + SEM_TEXT_PADDING);
  memcpy (copy, text, n);
  return encode_padded (self, copy, n, flags, explanation, cancellable, error);
}

SemEncoding *
sem_tokenizer_encode_take (SemTokenizer *self,
                           char *text,
                           gsize length,
                           SemEncodeFlags flags,
                           GCancellable *cancellable,
                           GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !check_text (text, length, error))
    {
      g_free (text);
      return NULL;
    }
  return encode_padded (self, g_realloc (text, length + SEM_TEXT_PADDING), length, flags, NULL,
                        cancellable, error);
}

SemEncoding *
sem_tokenizer_encode (SemTokenizer *self,
                      const char *text,
                      gssize length,
                      SemEncodeFlags flags,
                      GCancellable *cancellable,
                      GError **error)
{
  return encode (self, text, length < 0 ? strlen (text) : (gsize)length, flags, NULL, cancellable,
                 error);
}

SemEncoding *
sem_tokenizer_encode_explained (SemTokenizer *self,
                                const char *text,
                                gsize length,
                                struct _SemExplanation *explanation,
                                GCancellable *cancellable,
                                GError **error)
{
  return encode (self, text, length, SEM_ENCODE_TEMPLATE | SEM_ENCODE_GENERAL, explanation,
                 cancellable, error);
}

static void
free_string (gpointer s)
{
  g_string_free (s, TRUE);
}

char *
sem_tokenizer_decode (SemTokenizer *self, const guint32 *ids, gsize n_ids, gboolean skip_special)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (free_string);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n_ids; i++)
    {
      const SemAddedToken *added = sem_added_tokens_get (self->added, ids[i]);
      gsize length = added != NULL ? added->length : 0;
      const char *piece
          = added != NULL ? added->content : sem_vocab_get (self->model->vocab, ids[i], &length);

      if (piece == NULL
          || (skip_special && sem_added_tokens_is_special (self->added, piece, length)))
        continue;
      if (added != NULL && added->decoded != NULL)
        {
          piece = added->decoded;
          length = added->decoded_length;
        }
      g_ptr_array_add (pieces, g_string_new_len (piece, (gssize)length));
    }
  if (self->decoder != NULL)
    sem_decoder_apply (self->decoder, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const GString *s = g_ptr_array_index (pieces, i);

      if (i > 0 && self->decoder == NULL)
        g_string_append_c (out, ' ');
      g_string_append_len (out, s->str, (gssize)s->len);
    }
  return g_string_free (out, FALSE);
}
