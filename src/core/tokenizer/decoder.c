/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making of the decoders of the reference: ByteLevel, WordPiece, Metaspace, BPEDecoder, CTC,
 * ByteFallback, Fuse, Strip, Replace, Sequence. */
#include "core/tokenizer/decoder-private.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 256

static const char *const kind_names[]
    = { "ByteLevel",    "WordPiece", "Metaspace", "BPEDecoder", "CTC",
        "ByteFallback", "Fuse",      "Strip",     "Replace",    "Sequence" };

void
sem_decoder_free (SemDecoder *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->delimiter);
  sem_pattern_free (self->pattern);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

static SemDecoder *
new_kind (DecKind kind)
{
  SemDecoder *self = g_new0 (SemDecoder, 1);

  self->kind = kind;
  self->cp = 0x2581;
  self->prepends = TRUE;
  self->cleanup = TRUE;
  return self;
}

static void
set_text (SemDecoder *self, const char *text, gsize length)
{
  self->text = g_malloc (length + 1);
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->text_length = length;
}

SemDecoder *
sem_decoder_new_wordpiece (const char *prefix, gboolean cleanup)
{
  SemDecoder *self = new_kind (DEC_WORDPIECE);

  set_text (self, prefix, strlen (prefix));
  self->cleanup = cleanup;
  return self;
}

SemDecoder *
sem_decoder_new_byte_level (void)
{
  return new_kind (DEC_BYTE_LEVEL);
}

SemDecoder *
sem_decoder_new_metaspace (void)
{
  return new_kind (DEC_METASPACE);
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

static gpointer new_from_json (const json_t *node, const char *path, guint depth, GError **error);

static gboolean
read_text (SemDecoder *self,
           const json_t *node,
           const char *path,
           const char *key,
           const char *fallback,
           GError **error)
{
  const char *text = fallback;
  gsize length = strlen (fallback);

  if (!sem_json_field_string (node, path, key, &text, &length, error))
    return FALSE;
  set_text (self, text, length);
  return TRUE;
}

static gboolean
read_char (SemDecoder *self, const json_t *node, const char *path, const char *key, GError **error)
{
  const char *text = NULL;
  gsize length;

  if (!sem_json_field_string (node, path, key, &text, &length, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (length == 0 || sem_utf8_length ((guint8)text[0]) != length)
    return sem_json_field_bad (error, path, key, "expected one character, found '%.20s'", text);
  sem_utf8_get (text, &self->cp);
  return TRUE;
}

static gboolean
read_metaspace (SemDecoder *self, const json_t *node, const char *path, GError **error)
{
  gboolean add_prefix = TRUE;
  const char *scheme = NULL;

  if (!read_char (self, node, path, "replacement", error)
      || !sem_json_field_bool (node, path, "add_prefix_space", &add_prefix, error)
      || !sem_json_field_string (node, path, "prepend_scheme", &scheme, NULL, error))
    return FALSE;
  self->prepends = scheme != NULL ? strcmp (scheme, "never") != 0 : add_prefix;
  return TRUE;
}

static gboolean
read_sequence (SemDecoder *self, const json_t *node, const char *path, guint depth, GError **error)
{
  self->steps = sem_json_require_steps (node, path, "decoders", MAX_STEPS, depth, new_from_json,
                                        (GDestroyNotify)sem_decoder_free, error);
  return self->steps != NULL;
}

static gboolean
read_ctc (SemDecoder *self, const json_t *node, const char *path, GError **error)
{
  const char *delimiter = "|";

  if (!read_text (self, node, path, "pad_token", "<pad>", error)
      || !sem_json_field_string (node, path, "word_delimiter_token", &delimiter, NULL, error)
      || !sem_json_field_bool (node, path, "cleanup", &self->cleanup, error))
    return FALSE;
  self->delimiter = g_strdup (delimiter);
  return TRUE;
}

static gboolean
read_members (SemDecoder *self, const json_t *node, const char *path, guint depth, GError **error)
{
  switch (self->kind)
    {
    case DEC_WORDPIECE:
      return read_text (self, node, path, "prefix", "##", error)
             && sem_json_field_bool (node, path, "cleanup", &self->cleanup, error);
    case DEC_METASPACE:
      return read_metaspace (self, node, path, error);
    case DEC_BPE:
      return read_text (self, node, path, "suffix", "</w>", error);
    case DEC_CTC:
      return read_ctc (self, node, path, error);
    case DEC_STRIP:
      self->cp = ' ';
      return read_char (self, node, path, "content", error)
             && sem_json_field_uint (node, path, "start", G_MAXINT32, &self->start, error)
             && sem_json_field_uint (node, path, "stop", G_MAXINT32, &self->stop, error);
    case DEC_REPLACE:
      self->pattern = sem_pattern_new_from_json (node, path, "pattern", error);
      return self->pattern != NULL && read_text (self, node, path, "content", "", error);
    case DEC_SEQUENCE:
      return read_sequence (self, node, path, depth, error);
    case DEC_BYTE_LEVEL:
    case DEC_BYTE_FALLBACK:
    case DEC_FUSE:
      break;
    }
  return TRUE;
}

static gpointer
new_from_json (const json_t *node, const char *path, guint depth, GError **error)
{
  g_autoptr (SemDecoder) self = NULL;
  int kind = sem_json_require_kind (node, path, depth, kind_names, G_N_ELEMENTS (kind_names),
                                    "decoder", error);

  if (kind < 0)
    return NULL;
  self = new_kind ((DecKind)kind);
  return read_members (self, node, path, depth, error) ? g_steal_pointer (&self) : NULL;
}

SemDecoder *
sem_decoder_new_from_json (const json_t *node, const char *path, GError **error)
{
  return new_from_json (node, path, 0, error);
}
