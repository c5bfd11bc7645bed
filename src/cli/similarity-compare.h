/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity -m A -m B: two matrices, their difference, and the pairs that disagree most. */
#pragma once

#include "cli/command.h"

/* The columns of one text against another, by number; nothing for n_first 0. */
void sem_append_column_names (GString *out, SemAnalysis *analysis, gsize n_first);
int sem_similarity_compare (const SemCommandOptions *options);
