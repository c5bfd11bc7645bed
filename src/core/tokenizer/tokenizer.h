/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTokenizer: cuts text into tokens and gives each its ID, exactly as the reference does.
 *
 * Reference implementation: Hugging Face `tokenizers` 0.23 (Rust).  A tokenizer is immutable after it was
 * loaded, reference-counted, and may be used from several threads at once. */
#pragma once

#include "core/tokenizer/encoding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_ENCODE_DEFAULT = 0,
  SEM_ENCODE_TEMPLATE = 1 << 0, /* let the post-processor add its special tokens ([CLS] ... [SEP]) */
} SemEncodeFlags;

/* sem_tokenizer_new_from_json: reads a tokenizer.json.  bytes: the whole file.
 * Errors: SEM_FORMAT_ERROR (not JSON, a field missing or of the wrong type, an unknown component, a pattern
 * that does not compile, limits), each naming the JSON path ("model.vocab: expected an object"). */
SemTokenizer *sem_tokenizer_new_from_json (GBytes *bytes, GError **error);

/* sem_tokenizer_new_from_vocab: BERT's vocab.txt, one piece a line, and the optional tokenizer_config.json
 * (do_lower_case, strip_accents, tokenize_chinese_chars, the special tokens). */
SemTokenizer *sem_tokenizer_new_from_vocab (GBytes *vocab, GBytes *config, GError **error);

/* sem_tokenizer_open: a folder (tokenizer.json, else the other layouts), or one tokenizer file.
 * Errors: as above, SEM_FORMAT_ERROR_MISSING when the folder has none, G_FILE_ERROR/G_IO_ERROR. */
SemTokenizer *sem_tokenizer_open (const char *path, GCancellable *cancellable, GError **error);

SemTokenizer *sem_tokenizer_ref (SemTokenizer *self);
void sem_tokenizer_unref (SemTokenizer *self);

/* "WordPiece", "BPE", "Unigram", "WordLevel", "Words"; and a line for people ("WordPiece, lower case"). */
const char *sem_tokenizer_get_kind (const SemTokenizer *self);
const char *sem_tokenizer_get_title (const SemTokenizer *self);
/* Highest id + 1, added tokens included. */
gsize sem_tokenizer_get_vocab_size (const SemTokenizer *self);
/* The piece of an id, or NULL when no token has it.  Borrowed. */
const char *sem_tokenizer_get_piece (const SemTokenizer *self, guint32 id);
/* The id of an exact piece; FALSE when there is none. */
gboolean sem_tokenizer_find (const SemTokenizer *self, const char *piece, guint32 *id);
gboolean sem_tokenizer_is_special (const SemTokenizer *self, guint32 id);
/* The bytes a piece stands for, without continuation or blank markers: "##dog" -> "dog", "Ġplanet" -> " planet",
 * "<0x0A>" -> one byte.  Not necessarily UTF-8.  NULL for an id without a piece. */
GBytes *sem_tokenizer_dup_piece_bytes (const SemTokenizer *self, guint32 id);

/* sem_tokenizer_encode: the tokens of text (length bytes, or -1 when NUL-terminated).
 * Errors: SEM_TEXT_ERROR_ENCODING when text is not UTF-8 (message has the byte offset); SEM_FORMAT_ERROR_LIMIT when
 * a pattern ran away; G_IO_ERROR_CANCELLED.  Cost: linear in practice.  Thread: any. */
SemEncoding *sem_tokenizer_encode (SemTokenizer *self,
                                   const char *text,
                                   gssize length,
                                   SemEncodeFlags flags,
                                   GCancellable *cancellable,
                                   GError **error);

/* The same of a text that is given away (g_malloc'ed), which saves a copy of it. */
SemEncoding *sem_tokenizer_encode_take (SemTokenizer *self,
                                        char *text,
                                        gsize length,
                                        SemEncodeFlags flags,
                                        GCancellable *cancellable,
                                        GError **error);

/* sem_tokenizer_decode: text of ids by the file's decoder; special tokens left out when skip_special. */
char *sem_tokenizer_decode (SemTokenizer *self, const guint32 *ids, gsize n_ids, gboolean skip_special);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTokenizer, sem_tokenizer_unref)

G_END_DECLS
