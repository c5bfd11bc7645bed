/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a stretch of text without blanks into words as BERT's normalizer and pre-tokenizer do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*SemWordFunc) (const char *word, gsize length, gpointer user_data);

/* chunk: length bytes of valid UTF-8 without ASCII blanks. */
void sem_split_words (const char *chunk, gsize length, SemWordFunc func, gpointer user_data);

G_END_DECLS
