/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemNormText: a text on its way through normalization, each byte with the span of the original it came from.
 *
 * Same alignment rule as the reference's NormalizedString: a character that replaces another takes over its span;
 * one that is inserted takes the span of the character before it; all bytes of a character share one span. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 start, end; /* bytes in the original text, half open */
} SemSpan;

typedef struct
{
  char *bytes;    /* UTF-8, not terminated */
  SemSpan *spans; /* one per byte */
  gsize len, cap;
} SemNormText;

/* What a rule of a tokenizer file may make of a text: a megabyte of one letter, each replaced by a long string, is refused
 * rather than built. */
#define SEM_NORM_TEXT_MAX_GROWTH 64
#define SEM_NORM_TEXT_MAX_SMALL (16u << 20)

void sem_norm_text_clear (SemNormText *self);
/* FALSE, with SEM_FORMAT_ERROR_LIMIT, when length bytes are more than may come of a text of `from` bytes. */
gboolean sem_norm_text_check_growth (gsize from, gsize length, GError **error);
void sem_norm_text_reserve (SemNormText *self, gsize more);
/* Replaces the content by length bytes of valid UTF-8 that stand at base in the original. */
void sem_norm_text_set_original (SemNormText *self, const char *text, gsize length, guint32 base);
void sem_norm_text_append_char (SemNormText *self, guint32 cp, SemSpan span);
void sem_norm_text_append_bytes (SemNormText *self, const char *bytes, gsize length, SemSpan span);
/* Appends [start, end) of other, spans included. */
void sem_norm_text_append_slice (SemNormText *self, const SemNormText *other, gsize start, gsize end);

/* The span of [start, end) of normalized bytes: from the first byte's start to the last one's end. */
static inline SemSpan
sem_norm_text_span (const SemNormText *self, gsize start, gsize end)
{
  return (SemSpan){ self->spans[start].start, self->spans[end - 1].end };
}

static inline void
sem_norm_text_swap (SemNormText *a, SemNormText *b)
{
  SemNormText t = *a;
  *a = *b;
  *b = t;
}

G_END_DECLS
