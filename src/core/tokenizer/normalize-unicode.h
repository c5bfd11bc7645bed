/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Unicode steps of the normalizers, on aligned text.  Each reads in and fills out (emptied first). */
#pragma once

#include "core/tokenizer/norm-text.h"
#include "core/tokenizer/unicode-data.h"

G_BEGIN_DECLS

void sem_normalize_decompose (const SemNormText *in, SemNormText *out, gboolean compatibility);
void sem_normalize_compose (const SemNormText *in, SemNormText *out, gboolean compatibility);
void sem_normalize_lowercase (const SemNormText *in, SemNormText *out);
/* Drops the characters that have one of the flags. */
void sem_normalize_drop (const SemNormText *in, SemNormText *out, guint32 flags);

G_END_DECLS
