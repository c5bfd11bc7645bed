/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop over Llama's pipeline: blanks become U+2581, and the text may be cut before each of them. */
#pragma once

#include "core/tokenizer/encode-private.h"

G_BEGIN_DECLS

/* TRUE when the tokenizer is such a one. */
gboolean sem_encode_marks_fits (const SemTokenizer *tokenizer);
gboolean sem_encode_marks (SemEncoder *e, gsize start, gsize end, GError **error);

G_END_DECLS
