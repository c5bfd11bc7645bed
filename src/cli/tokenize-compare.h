/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokenize with two models: both rows of tokens, aligned on the text. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

/* options->models has exactly two.  Returns the exit status. */
int sem_tokenize_compare (const SemCommandOptions *options);

G_END_DECLS
