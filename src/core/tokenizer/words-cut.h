/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the Words tokenizer cuts a text: Unicode words, and every other character that is no blank. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gsize start, end; /* bytes, half open */
} SemWordCut;

/* In the order of the text; an array of SemWordCut.  Errors: CANCELLED. */
GArray *sem_words_cut (const char *text, gsize length, GCancellable *cancellable, GError **error);

G_END_DECLS
