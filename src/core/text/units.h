/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units: what one row of the pictures stands for.  Cut from a text and its encoding.
 *
 * Boundaries: words and sentences from pango_get_log_attrs() (Unicode UAX #29), graphemes from utf8proc, paragraphs
 * end at a blank line.  Words without a letter or digit (punctuation, blanks) are left out; emoji count.
 * Characters: each grapheme is a unit with the tokens it gets when encoded by itself (a sub-word's characters would
 * otherwise all have the sub-word's vector). */
#pragma once

#include "core/tokenizer/encoding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_UNIT_WORD, /* the default */
  SEM_UNIT_TOKEN,
  SEM_UNIT_CHARACTER,
  SEM_UNIT_SENTENCE,
  SEM_UNIT_PARAGRAPH,
} SemUnitKind;
#define SEM_N_UNIT_KINDS 5

/* "word", "token", ...: the names of --unit. */
const char *sem_unit_kind_get_id (SemUnitKind kind);
gboolean sem_unit_kind_from_id (const char *id, SemUnitKind *kind);

typedef struct
{
  gsize start, end;       /* bytes in the text */
  gsize first_token;      /* tokens of the text's encoding that overlap it */
  gsize n_tokens;
  gsize first_id, n_ids;  /* the ids pooled into its vector, into SemUnits.ids */
  guint32 sentence, paragraph; /* 0-based, of the sentence and paragraph it starts in */
  guint32 first_like_it;  /* index of the first unit with the same label after case folding; itself when new */
  guint32 n_like_it;      /* how often that label occurs, on its first unit; 0 on the later ones */
  gboolean unknown;       /* no token of it is known to the model: its vector is zero or the unknown token's */
  char *label;            /* what the pictures write: the text of the unit, blanks folded; never empty */
} SemUnit;

typedef struct _SemUnits SemUnits; /* immutable, reference-counted */

/* sem_units_new: at most max_units (0: no limit) units of the text behind encoding.  special: for tokens, keep
 * the template's special tokens.  Errors: G_IO_ERROR_CANCELLED; those of sem_tokenizer_encode(). */
SemUnits *sem_units_new (SemEncoding *encoding,
                         SemUnitKind kind,
                         gboolean special,
                         gsize max_units,
                         GCancellable *cancellable,
                         GError **error);
SemUnits *sem_units_ref (SemUnits *self);
void sem_units_unref (SemUnits *self);
SemUnitKind sem_units_get_kind (const SemUnits *self);
gsize sem_units_get_n (const SemUnits *self);       /* those kept */
gsize sem_units_get_n_total (const SemUnits *self); /* those in the text */
const SemUnit *sem_units_get (const SemUnits *self, gsize unit);
const guint32 *sem_units_get_ids (const SemUnits *self, gsize unit, gsize *n_ids);
/* The unit at a byte of the text, or G_MAXSIZE between units. */
gsize sem_units_find_byte (const SemUnits *self, gsize byte);
/* How many units, from the first on, stand in the first n_paragraphs paragraphs. */
gsize sem_units_count_in_paragraphs (const SemUnits *self, gsize n_paragraphs);
/* The unit a token of the encoding belongs to (the first one that overlaps), or G_MAXSIZE. */
gsize sem_units_find_token (const SemUnits *self, gsize token);

/* Counts of a whole text, for the Tokens page. */
typedef struct
{
  gsize n_bytes, n_code_points, n_graphemes, n_words, n_sentences, n_paragraphs;
} SemTextCounts;
void sem_text_count (const char *text, gsize length, SemTextCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemUnits, sem_units_unref)

G_END_DECLS
