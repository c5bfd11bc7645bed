/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemWordList: many words in one block of memory, by index.  Filled once, then read-only; reference-counted. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemWordList SemWordList;

SemWordList *sem_word_list_new (void);
SemWordList *sem_word_list_ref (SemWordList *self);
void sem_word_list_unref (SemWordList *self);
/* Bytes that are no UTF-8 (and NUL) become \xNN. */
void sem_word_list_add (SemWordList *self, const char *word, gsize length);
gsize sem_word_list_get_n (const SemWordList *self);
/* NUL-terminated, borrowed; length may be NULL. */
const char *sem_word_list_get (const SemWordList *self, gsize i, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemWordList, sem_word_list_unref)

G_END_DECLS
