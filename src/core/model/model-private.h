/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a SemModel is put together: an opener (model-folder.c, model-file.c) fills a SemModelParts, model.c makes the
 * immutable model of it. */
#pragma once

#include "core/model/model.h"
#include "core/model/rows.h"
#include "core/model/tensor-set.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  SemTokenizer *tokenizer;
  SemRows *rows;          /* NULL: none, and why_no_vectors says why */
  char *why_no_vectors;
  guint32 *mapping;       /* token id -> row, n_mapping of them; NULL: the id is the row */
  gsize n_mapping;
  double *weights;        /* per token id, n_weights of them; NULL: 1 */
  gsize n_weights;
  gboolean normalizes;
  gboolean (*read_unseen) (gconstpointer data, const char *word, gsize length, double *row);
  gconstpointer unseen_data; /* lives as long as rows */
  char *hash;
  char *tensor; /* the matrix's name; NULL: the format has none */
  char **candidates;
  GPtrArray *facts;       /* of SemModelFact */
} SemModelParts;

void sem_model_parts_clear (SemModelParts *parts);
void sem_model_parts_add_fact (SemModelParts *parts, const char *key, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemModelParts, sem_model_parts_clear)

/* What every opener gets. */
typedef struct
{
  const char *path;
  const SemModelOpenOptions *options; /* never NULL */
  GCancellable *cancellable;
} SemModelRequest;

/* Each fills parts or sets an error. */
gboolean sem_model_folder_open (const SemModelRequest *request, SemModelParts *parts, GError **error);
gboolean sem_model_file_open (const SemModelRequest *request, SemModelParts *parts, GError **error);

gboolean sem_model_gguf_open (const SemModelRequest *request, GBytes *bytes, SemModelParts *parts, GError **error);
SemTokenizer *sem_model_gguf_open_tokenizer (const SemTensorFile *file, GError **error);
/* A file of word vectors; the projector's pair; an array with a word list beside it. */
gboolean sem_model_words_open (
    const SemModelRequest *request, const char *name, GBytes *bytes, SemModelParts *parts, GError **error);
gboolean sem_model_is_projector (const char *path, GBytes *bytes);
gboolean sem_model_projector_open (const SemModelRequest *request, GBytes *bytes, SemModelParts *parts, GError **error);
gboolean sem_model_npy_open (const SemModelRequest *request, GBytes *bytes, SemModelParts *parts, GError **error);
/* The file or index with a folder's tensors.  Errors: SEM_FORMAT_ERROR_MISSING, saying what is there instead. */
gboolean sem_model_folder_find_tensors (const char *folder, char **path, gboolean *is_index, GError **error);

/* For openers of tensor files: choose the matrix of set, read weights and mapping, add the facts.  The tokenizer must
 * be there.  Errors: those of choosing and reading. */
gboolean sem_model_parts_take_tensors (SemModelParts *parts,
                                       SemTensorSet *set,
                                       const char *wanted,
                                       GError **error);
#define SEM_MODEL_MAX_SPECIALS_LISTED 12
void sem_model_parts_add_tokenizer_facts (SemModelParts *parts);
/* The sentence that says why a pickle is not opened and how to get safetensors. */
char *sem_model_dup_pickle_advice (const char *name);
/* 12 hex digits of the SHA-256 of name, size and the first header_size bytes. */
char *sem_model_hash (const char *name, GBytes *bytes, gsize header_size);
/* A name for people from a path: "org/model" inside a Hugging Face cache, else the last part. */
char *sem_model_dup_display_name (const char *path);
/* "1.2 GB" */
char *sem_model_format_size (guint64 n_bytes);

G_END_DECLS
