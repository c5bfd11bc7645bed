/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemWordTable: the distinct words of a corpus, numbered in the order they were first seen, with their counts.
 * An open-addressing hash table over one arena of bytes: a corpus of 100 million words is looked up once per word, and
 * GHashTable with a string per key costs four times as much there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemWordTable SemWordTable;

#define SEM_WORD_MAX_BYTES 400 /* WordPiece gives up on words above 100 characters; longer ones are never stored */
#define SEM_NO_WORD_INDEX G_MAXUINT32

SemWordTable *sem_word_table_new (void);
void sem_word_table_free (SemWordTable *self);
/* sem_word_table_add: the index of a word, entered when new, and weight added to its count. */
guint32 sem_word_table_add (SemWordTable *self, const char *word, gsize length, guint32 weight);
/* The index of a word, or SEM_NO_WORD_INDEX. */
guint32 sem_word_table_find (const SemWordTable *self, const char *word, gsize length);
guint32 sem_word_table_get_n (const SemWordTable *self);
/* NUL-terminated, borrowed until the next add. */
const char *sem_word_table_get_word (const SemWordTable *self, guint32 index);
guint64 sem_word_table_get_count (const SemWordTable *self, guint32 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemWordTable, sem_word_table_free)

G_END_DECLS
