/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GPT-2's printable alphabet for bytes: 188 bytes stand for themselves, the other 68 for U+0100 onwards. */
#pragma once

#include "core/tokenizer/norm-text.h"

G_BEGIN_DECLS

/* The code point that stands for a byte. */
guint32 sem_byte_level_char (guint8 byte);
/* The byte a code point stands for, -1 when it is none of the alphabet. */
int sem_byte_level_byte (guint32 cp);
/* Writes every byte of in as its character; each takes the span of the character it came from. */
void sem_byte_level_apply (const SemNormText *in, SemNormText *out);
/* sem_byte_level_decode: the bytes of a piece; FALSE when some character is not of the alphabet. */
gboolean sem_byte_level_decode (const char *piece, gsize length, GByteArray *out);

G_END_DECLS
