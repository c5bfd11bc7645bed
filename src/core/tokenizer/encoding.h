/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemEncoding: the tokens of one text.  Immutable and reference-counted; owns a copy (or a reference)
 * of the text and a reference to the tokenizer that made it, so a piece can be looked up at any time.
 *
 * Offsets are bytes into the original text, half open.  Tokens stand in the order of the text; spans
 * lie inside it and are on character boundaries except for byte-level schemes, where a character may be
 * spread over several tokens (then the spans follow the reference implementation's rule, see tokenizer.h). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemEncoding SemEncoding;
typedef struct _SemTokenizer SemTokenizer;

#define SEM_NO_OFFSET G_MAXUINT32
#define SEM_NO_WORD G_MAXUINT32

typedef enum
{
  SEM_TOKEN_SPECIAL = 1 << 0,      /* a special token, from the template ([CLS]) or typed in the text */
  SEM_TOKEN_TEMPLATE = 1 << 1,     /* added by the post-processor: covers no text, start = end = SEM_NO_OFFSET */
  SEM_TOKEN_UNKNOWN = 1 << 2,      /* stands for text the vocabulary does not have */
  SEM_TOKEN_CONTINUATION = 1 << 3, /* continues the word of the token before it ("##", no leading blank) */
  SEM_TOKEN_ADDED = 1 << 4,        /* matched by an added token before the model saw it */
  SEM_TOKEN_BYTE = 1 << 5,         /* a byte-fallback piece, or a byte-level piece that is not whole characters */
  SEM_TOKEN_INSIDE = 1 << 6,       /* cut from the same pre-token as the token before it */
} SemTokenFlags;

/* Kept small: a long text has millions of them. */
typedef struct
{
  guint32 id;
  guint32 start, end; /* bytes in the original text */
  guint16 type_id;    /* segment of the template, 0 for the first text */
  guint16 flags;      /* SemTokenFlags */
} SemToken;

SemEncoding *sem_encoding_ref (SemEncoding *self);
void sem_encoding_unref (SemEncoding *self);
const SemToken *sem_encoding_get_tokens (const SemEncoding *self, gsize *n_tokens);
/* The text the offsets point into; borrowed, NUL-terminated after *length bytes. */
const char *sem_encoding_get_text (const SemEncoding *self, gsize *length);
/* Which pre-token a token was cut from, counted from 0 over those that gave tokens; SEM_NO_WORD for template tokens. */
guint32 sem_encoding_get_word (const SemEncoding *self, gsize token);
SemTokenizer *sem_encoding_get_tokenizer (const SemEncoding *self);
/* The piece of token i as the vocabulary writes it ("##dog", "Ġplanet"); borrowed from the tokenizer. */
const char *sem_encoding_get_piece (const SemEncoding *self, gsize token);
/* The same with its length: a piece may hold a NUL, where the text does. */
const char *sem_encoding_get_piece_bytes (const SemEncoding *self, gsize token, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemEncoding, sem_encoding_unref)

G_END_DECLS
