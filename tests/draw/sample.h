/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small models made on the spot, the same on every machine, and analyses with them: what the tests of pictures look at. */
#pragma once

#include "core/analysis/analysis.h"

/* 48 words and pieces of BERT's kind, dim numbers each; words of one group share a direction. */
SemModel *sem_sample_model_new (gsize dim);
/* A vocabulary of single letters that spells the rest in bytes; without vectors. */
SemModel *sem_sample_byte_model_new (void);
/* Never NULL; words, special tokens kept when special. */
SemAnalysis *sem_sample_analysis_new (SemModel *model, const char *text, gboolean special);

#define SEM_SAMPLE_TEXT "Earth is a planet in the solar system. The moon orbits us, and a hotdog is food."
