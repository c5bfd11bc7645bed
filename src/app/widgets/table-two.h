/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of SemTableRows say of two models: cells of disagreements and of the text's segments. */
#pragma once

#include "core/analysis/comparison.h"
#include "core/analysis/item.h"

G_BEGIN_DECLS

/* column 2: by the first, 3: by the second, 4: the difference. */
char *sem_table_two_dup_disagreement (SemComparison *comparison, gsize a, gsize b, guint column);
/* column 0: the text, 1 and 2: each model's tokens with their ids, 3: the bytes. */
char *sem_table_two_dup_segment (SemComparison *comparison, guint index, guint column);
/* The first model's token there, or the second's where the first leaves the text out. */
void sem_table_two_get_segment_item (SemComparison *comparison, guint index, SemItem *item);

G_END_DECLS
