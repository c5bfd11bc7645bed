/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTokModel: the "model" part of a tokenizer.json: one pre-token to pieces.  Immutable; four kinds. */
#pragma once

#include "core/tokenizer/encoding.h"
#include "core/tokenizer/json-scan.h"
#include "core/tokenizer/vocab.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SemTokModel SemTokModel;

typedef struct
{
  guint32 id;
  guint32 start, end; /* bytes of the pre-token as the model saw it */
} SemPiece;

typedef struct
{
  const char *kind;
  /* Appends the SemPiece of text to out.  scratch: an array the model may use as it likes between calls (bytes).
   * Errors: SEM_TEXT_ERROR_VOCABULARY when the scheme needs an unknown token and has none. */
  gboolean (*tokenize) (const SemTokModel *self,
                        const char *text,
                        gsize length,
                        GArray *out,
                        GByteArray *scratch,
                        GError **error);
  void (*free) (SemTokModel *self);
  /* NULL but for "Words", which cuts a whole text by itself: fills encoding's tokens.  Errors: CANCELLED. */
  gboolean (*encode) (SemEncoding *encoding, GCancellable *cancellable, GError **error);
  /* TRUE when a text may be cut before each U+2581 that follows something else; NULL: never. */
  gboolean (*cuts_at_marks) (const SemTokModel *self);
  /* Those that merge: the merges of one pre-token in the order they happen (SemBpeMerge appended to merges), and the
   * pieces it started from (SemPiece appended to first).  NULL: there are none. */
  void (*trace) (const SemTokModel *self, const char *text, gsize length, GArray *first, GArray *merges);
} SemTokModelClass;

struct _SemTokModel
{
  const SemTokModelClass *klass;
  SemVocab *vocab;          /* owned */
  guint32 unknown;          /* SEM_VOCAB_NONE when there is none */
  gboolean shows_text;      /* an unknown piece is the text itself (Unigram) */
  char *prefix;             /* of continuing pieces, "" when there is none */
  gsize prefix_length;
};

/* sem_tok_model_new_from_json: node is the "model" object without its large members, which are the two ranges.
 * Errors: SEM_FORMAT_ERROR, naming the path. */
SemTokModel *sem_tok_model_new_from_json (const json_t *node,
                                          SemJsonRange vocab,
                                          SemJsonRange merges,
                                          GError **error);
void sem_tok_model_free (SemTokModel *self);

static inline gboolean
sem_tok_model_tokenize (const SemTokModel *self,
                        const char *text,
                        gsize length,
                        GArray *out,
                        GByteArray *scratch,
                        GError **error)
{
  return self->klass->tokenize (self, text, length, out, scratch, error);
}

/* Bytes of a piece that a model looks for at every place of a text: a piece of a megabyte would make that a hang. */
#define SEM_MODEL_MAX_SEARCHED 4096

/* FALSE, with SEM_FORMAT_ERROR_LIMIT, when a piece is longer than SEM_MODEL_MAX_SEARCHED. */
gboolean sem_vocab_check_lengths (const SemVocab *vocab, const char *path, GError **error);
/* sem_vocab_read_string: a JSON string to the end of the pool, for sem_vocab_commit.  Its length, -1 when it is malformed
 * or too long. */
gssize sem_vocab_read_string (SemJsonScan *scan, SemVocab *vocab);
/* sem_vocab_read_object: {"piece": id, ..} at path.  Errors: SEM_FORMAT_ERROR. */
SemVocab *sem_vocab_read_object (SemJsonRange range, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTokModel, sem_tok_model_free)

G_END_DECLS
