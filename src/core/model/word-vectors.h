/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of word vectors: a list of words and one row for each.
 *
 * Text (word2vec, GloVe, fastText .vec; LF or CR LF; blanks or tabs between fields), plain or gzip:
 *   1. optionally a line "N D": rows and dimension (the count is only an announcement; files are often cut down)
 *   2. lines "word v1 ... vD"; a word may contain blanks: the last D fields are the vector
 * word2vec binary:
 *   1. the line "N D"
 *   2. N times: word, one blank, D little-endian f32, optionally a line feed
 * fastText .bin: see fasttext.h.  Bytes of a word that are no UTF-8 are written \xNN. */
#pragma once

#include "core/model/model.h"
#include "core/model/rows.h"
#include "core/model/word-list.h"

G_BEGIN_DECLS

typedef struct
{
  SemWordList *words;
  SemRows *rows;
  const char *format;        /* for people: "word2vec text" */
  guint64 n_announced;       /* rows the header speaks of; 0: no header */
  guint64 n_file_bytes;
  char *hash;
  /* fastText: the vector of a word that is not in the list; FALSE when it has no n-gram. */
  gboolean (*read_unseen) (gconstpointer data, const char *word, gsize length, double *row);
  gconstpointer unseen_data; /* lives as long as rows */
} SemWordVectors;

void sem_word_vectors_clear (SemWordVectors *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SemWordVectors, sem_word_vectors_clear)

typedef struct
{
  SemProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} SemWordReadOptions;

/* Is this a file of word vectors?  Looks at the first bytes (decompressed when gzip) and the name. */
gboolean sem_word_vectors_sniff (const char *name, GBytes *bytes);

/* sem_word_vectors_read: name decides only where content does not ("1 2" files).
 * Errors: SEM_FORMAT_ERROR with line or row, what was found and what is allowed; CANCELLED. */
gboolean sem_word_vectors_read (const char *name,
                                GBytes *bytes,
                                const SemWordReadOptions *options,
                                SemWordVectors *out,
                                GError **error);
/* Lines of numbers alone (TensorFlow Embedding Projector's tensors): words stays empty. */
gboolean sem_word_vectors_read_numbers (GBytes *bytes,
                                        const SemWordReadOptions *options,
                                        SemWordVectors *out,
                                        GError **error);
/* One word a line; first_column: only what is before the first tab; skip_header: leave the first line out. */
SemWordList *sem_word_list_read (GBytes *bytes, gboolean first_column, gboolean skip_header);

G_END_DECLS
