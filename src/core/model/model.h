/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemModel: a tokenizer and an embedding matrix from one source - a folder in the Hugging Face layout, a single file, or
 * the built-in model.  Memory-mapped: a row is converted only when it is read.  Immutable after opening,
 * reference-counted, usable from several threads at once.
 *
 * Either half may be missing: without weights only tokens can be shown (sem_model_get_n_rows() is 0 and
 * sem_model_get_why_no_vectors() says why); a word-vector file brings its own word tokenizer. */
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SemModel SemModel;

/* Progress of a long read: fraction 0..1.  Called from the thread that opens, at most some tens of times. */
typedef void (*SemProgressFunc) (double fraction, gpointer user_data);

/* What sem_model_open() may be told; zero-initialise for the defaults. */
typedef struct
{
  const char *tensor;           /* take this tensor as the embedding matrix; NULL: choose by the known names */
  gboolean tokenizer_only_ok;   /* a folder without weights opens (window); else it is refused (command line) */
  SemProgressFunc progress;
  gpointer progress_data;
} SemModelOpenOptions;

/* sem_model_open: path of a folder or file, or NULL for the built-in model.
 * Errors: SEM_FORMAT_ERROR with the file's name and what is wrong where, G_FILE_ERROR/G_IO_ERROR, CANCELLED. */
SemModel *sem_model_open (const char *path,
                          const SemModelOpenOptions *options,
                          GCancellable *cancellable,
                          GError **error);
SemModel *sem_model_ref (SemModel *self);
void sem_model_unref (SemModel *self);

/* The built-in model's folder: $SEMBLANCE_DATADIR/models/semblance-en, the installed one, or the source tree's. */
char *sem_model_dup_builtin_path (void);
/* A path of data shipped with the program ("examples/..."), found by the same rule; NULL when it is not there. */
char *sem_data_dup_path (const char *relative);

const char *sem_model_get_name (const SemModel *self);  /* for people: "Semblance English" */
const char *sem_model_get_path (const SemModel *self);
gboolean sem_model_is_builtin (const SemModel *self);
/* The tensor that was asked for when it was opened, or NULL: then the matrix was chosen by the known names. */
const char *sem_model_get_wanted_tensor (const SemModel *self);
SemTokenizer *sem_model_get_tokenizer (const SemModel *self); /* borrowed; never NULL */
gsize sem_model_get_n_rows (const SemModel *self);            /* 0: no vectors */
gsize sem_model_get_dim (const SemModel *self);
const char *sem_model_get_why_no_vectors (const SemModel *self);

/* sem_model_read_row: the vector of a token id, dim doubles into row.  The values are the file's, dequantised and
 * widened exactly.  FALSE when the id has no row (then row is zeros: the unit is marked, nothing is invented). */
gboolean sem_model_read_row (const SemModel *self, guint32 id, double *row);
/* sem_model_read_unseen: the vector of a word that the vocabulary does not have, where the model makes one from its
 * characters (fastText); FALSE, and zeros, where it does not. */
gboolean sem_model_read_unseen (const SemModel *self, const char *word, gsize length, double *row);
/* The same as n x dim floats for rows [first, first + n): the bulk path of nearest neighbours; rows past the end
 * are a programmer's error.  For F32 files sem_model_get_rows_f32() needs no copy. */
void sem_model_read_rows_f32 (const SemModel *self, gsize first, gsize n, float *rows);
/* Mapped F32 rows, or NULL when the file stores another type. */
const float *sem_model_get_rows_f32 (const SemModel *self);
/* FALSE when a file of it has become shorter since it was opened and what was read of the lost part was zeros.  Asked after
 * reading, before the result is shown.  Errors: SEM_FORMAT_ERROR_TRUNCATED.  Thread: any. */
gboolean sem_model_check_files (const SemModel *self, GError **error);
/* Weight of a token in a pooled vector (model2vec's `weights`); 1 without such a tensor. */
double sem_model_get_token_weight (const SemModel *self, guint32 id);
/* Should pooled vectors be normalised, as the model's own configuration says (model2vec `normalize`). */
gboolean sem_model_get_normalizes (const SemModel *self);

/* Euclidean norms of all rows as sem_neighbors_find() computed them on its first pass (NAN where single precision does
 * not do), or NULL before; and the call by which it leaves them: takes norms, the first to come is kept.  Thread: any. */
const float *sem_model_get_row_norms (SemModel *self);
void sem_model_keep_row_norms (SemModel *self, float *norms);

/* What it is, for the model page and `info`: an ordered list of (key, value) pairs; keys are stable English words
 * (format, path, tensor, dtype, shape, vocabulary, tokenizer, special tokens, licence, size, hash, choice). */
typedef struct
{
  const char *key;   /* interned */
  char *value;
} SemModelFact;
GPtrArray *sem_model_dup_facts (const SemModel *self); /* of SemModelFact, owned */
/* First 12 hex digits of the SHA-256 of the embedding file's name, size and header: names the model in captions.
 * Never reads the whole file. */
const char *sem_model_get_hash (const SemModel *self);
/* Tensors that could be the matrix: the name of the one that is (NULL for a format without named tensors), and the others,
 * NULL-terminated.  Borrowed. */
const char *sem_model_get_tensor (const SemModel *self);
const char *const *sem_model_get_candidates (const SemModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemModel, sem_model_unref)

G_END_DECLS
