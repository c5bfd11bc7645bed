/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors as text to paste elsewhere: the selected units', or all.  Full precision. */
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/item.h"

G_BEGIN_DECLS

/* A line per unit: its label, then its numbers, with tabs between them. */
char *sem_vectors_to_text (SemAnalysis *analysis, const SemFocus *focus);
/* Python: a list of numbers for one unit, [("label", [...]), ...] for several. */
char *sem_vectors_to_python (SemAnalysis *analysis, const SemFocus *focus);

G_END_DECLS
