/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bottom strip says: one sentence about the hovered or selected thing, cut into the parts that are set in
 * different type.  Translated. */
#pragma once

#include "doc/document.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject;  /* "Earth – planet" */
  char *quantity; /* "cosine", or NULL */
  char *value;    /* "0.53" */
  char *word;     /* "similar", or NULL */
  gboolean is_high, is_low; /* how to colour the word: at least similar, opposite */
  char *details;  /* "angle 58°   3rd of 36 pairs   dot 1.42 ÷ (1.63 × 1.64)" */
  gboolean has_sum; /* the pair can be opened: a, b */
  gsize a, b;
} SemDescription;

SemDescription *sem_description_new (SemDocument *document); /* of the focus; never NULL */
SemDescription *sem_description_new_for_item (SemAnalysis *analysis, const SemItem *item);
/* The same of the document's analysis, with what the other model says of it. */
SemDescription *sem_description_new_for_item_in (SemDocument *document, const SemItem *item);
void sem_description_free (SemDescription *self);
/* Names longer than SEM_SHORT_NAME characters are cut in sentences and elided in pictures: those of an item in full, one a line;
 * NULL when none is that long. */
#define SEM_SHORT_NAME 32
char *sem_describe_long_names (SemAnalysis *analysis, const SemItem *item);
/* The parts in one line: for the accessible description and tooltips. */
char *sem_description_dup_sentence (const SemDescription *self);
/* What a whole picture shows, for its accessible description: "26 words, 2 selected: Earth, planet". */
char *sem_describe_content (SemDocument *document);
/* The tokens of the text, without those a template puts around it. */
gsize sem_count_text_tokens (SemAnalysis *analysis);
/* All that can be counted in the text: "30 tokens · 26 words · 1.15 tokens per word · 4 sentences · 1 paragraph ·
 * 134 characters · 134 code points · 134 bytes". */
char *sem_describe_counts (SemAnalysis *analysis);
/* "26 words"; the unit kind in the right number. */
char *sem_describe_units (SemUnitKind kind, gsize n);
/* A number with `digits` decimals and a real minus sign, in the locale's notation. */
char *sem_format_number (double value, int digits);
/* "3rd"; in other languages what the translator says. */
char *sem_format_ordinal (gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemDescription, sem_description_free)

/* describe-nearby.c: fills in what is said of a word behind the map; index: among the analysis' words (core/analysis/nearby.h). */
void sem_describe_nearby (SemDescription *self, SemAnalysis *analysis, gsize index);

G_END_DECLS
