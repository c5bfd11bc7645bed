/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPretokenizer: the "pre_tokenizer" part of a tokenizer.json: cuts a normalized text into pre-tokens, and may
 * rewrite it on the way (blanks to U+2581, bytes to their letters).  Immutable. */
#pragma once

#include "core/tokenizer/norm-text.h"

#include <jansson.h>

G_BEGIN_DECLS

typedef struct _SemPretokenizer SemPretokenizer;

typedef struct
{
  gsize start, end; /* bytes of the normalized text */
} SemSplit;

/* What a fast path has to know of a whole pre-tokenizer; kind is SEM_PRETOK_OTHER when there is none for it. */
typedef enum
{
  SEM_PRETOK_OTHER,
  SEM_PRETOK_NONE,
  SEM_PRETOK_BERT,
  SEM_PRETOK_BYTE_LEVEL, /* with pattern, a scanner of scan.h */
  SEM_PRETOK_METASPACE,  /* WhitespaceSplit, then Metaspace with the scheme "always" */
  SEM_PRETOK_METASPACE_ALONE,
} SemPretokKind;

/* A pattern that covers the whole text: the end of the piece that starts at `at` (< length). */
typedef gsize (*SemScanNext) (const char *text, gsize length, gsize at);

typedef struct
{
  SemPretokKind kind;
  SemScanNext scan; /* BYTE_LEVEL: NULL means the text is one piece */
  gboolean prefix_space;
} SemPretokPlan;

SemPretokenizer *sem_pretokenizer_new_from_json (const json_t *node, const char *path, GError **error);
SemPretokenizer *sem_pretokenizer_new_bert (void);
void sem_pretokenizer_free (SemPretokenizer *self);

/* sem_pretokenizer_apply: cuts *text, given as splits (SemSplit), further.  *text may be rewritten with the help of
 * *scratch; splits and spare are swapped as needed, the result is in *splits.  Empty pieces are left out. */
gboolean sem_pretokenizer_apply (const SemPretokenizer *self,
                                 SemNormText *text,
                                 SemNormText *scratch,
                                 GArray **splits,
                                 GArray **spare,
                                 GError **error);
/* TRUE when the pieces are in the byte alphabet at the end. */
gboolean sem_pretokenizer_ends_in_bytes (const SemPretokenizer *self);
void sem_pretokenizer_get_plan (const SemPretokenizer *self, SemPretokPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPretokenizer, sem_pretokenizer_free)

G_END_DECLS
