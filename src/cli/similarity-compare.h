/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity -m A -m B: two matrices, their difference, and the pairs that disagree most. */
#pragma once

#include "cli/command.h"

int sem_similarity_compare (const SemCommandOptions *options);
