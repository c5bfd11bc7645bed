/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemCorpus: text files as one stream of word numbers, held in memory (4 bytes a word).
 *
 * A file is UTF-8, plain or gzip-compressed, one paragraph a line.  Words are what BERT's normalizer and pre-tokenizer
 * cut (lower case, accents stripped, punctuation by itself), so that they are the program's own pre-tokens.  Lines may be of any length: files are
 * read in blocks and cut at blanks. */
#pragma once

#include "core/train/word-table.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SemCorpus SemCorpus;

typedef struct
{
  const char *path;
  guint repeat; /* times the file is read in one epoch, at least 1 */
} SemCorpusFile;

/* FALSE stops: the call then fails with G_IO_ERROR_CANCELLED. */
typedef gboolean (*SemCorpusProgress) (double fraction, gpointer user_data);

/* sem_corpus_read: all files.  Keeps the max_words most frequent words that occur at least min_count times (repeats
 * counted); others leave no trace in the stream.  Words are numbered by falling count.
 * Errors: G_IO_ERROR for a file that cannot be read; SEM_TEXT_ERROR_ENCODING for one that is not UTF-8 text, with the byte offset;
 * SEM_TEXT_ERROR_EMPTY without a word; SEM_FORMAT_ERROR_UNSUPPORTED for another compression; CANCELLED. */
SemCorpus *sem_corpus_read (const SemCorpusFile *files,
                            gsize n_files,
                            guint64 min_count,
                            guint32 max_words,
                            SemCorpusProgress progress,
                            gpointer progress_data,
                            GError **error);
void sem_corpus_free (SemCorpus *self);

guint32 sem_corpus_get_n_words (const SemCorpus *self);
const char *sem_corpus_get_word (const SemCorpus *self, guint32 word);
guint32 sem_corpus_find (const SemCorpus *self, const char *word);
const guint64 *sem_corpus_get_counts (const SemCorpus *self); /* repeats counted */
/* The stream: word numbers and SEM_STREAM_END_OF_LINE. */
const guint32 *sem_corpus_get_stream (const SemCorpus *self, gsize *n);
/* Words of one epoch as they stand in the files, repeats counted, rare ones included. */
guint64 sem_corpus_get_n_running_words (const SemCorpus *self);

/* sem_corpus_add_line: a line of word numbers that stands in no file; counted as if it did. */
void sem_corpus_add_line (SemCorpus *self, const guint32 *words, gsize n);
/* Ends the stretch that lines were added to. */
void sem_corpus_end_added (SemCorpus *self);

/* sem_corpus_open_file: the file's text, gunzipped when it has to be.  Errors: as sem_corpus_read(), with the path. */
GInputStream *sem_corpus_open_file (const char *path, GError **error);
/* sem_corpus_check_file: can it be opened, is its beginning text?  Errors: as sem_corpus_read(). */
gboolean sem_corpus_check_file (const char *path, GError **error);

/* Stretches of about ten thousand words that end with a line, a repeated file's several times. */
typedef struct
{
  gsize first, n;
} SemCorpusStretch;
const SemCorpusStretch *sem_corpus_get_stretches (const SemCorpus *self, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemCorpus, sem_corpus_free)

G_END_DECLS
