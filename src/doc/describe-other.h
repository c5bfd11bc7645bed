/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of two models beside each other: in the strip and in the pictures' accessible descriptions.  Translated. */
#pragma once

#include "doc/document.h"

G_BEGIN_DECLS

/* "0.53 here, 0.41 in bert-base": the similarity of a pair by both; NULL where they cannot be compared. */
char *sem_describe_both (SemComparison *comparison, gsize a, gsize b);
/* What each page's picture shows of the two. */
char *sem_describe_two_rows (SemComparison *comparison);     /* "12 tokens against 9 tokens, boundaries differ at 3 places" */
char *sem_describe_two_heatmaps (SemComparison *comparison); /* "compared with bert-base: ..." */
char *sem_describe_two_maps (SemComparison *comparison, const SemViewOptions *options);

G_END_DECLS
