/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The BERT pipeline (BertNormalizer, BertPreTokenizer, any model) in one pass over the original text. */
#pragma once

#include "core/tokenizer/encode-private.h"

G_BEGIN_DECLS

gboolean sem_encode_bert (SemEncoder *e, gsize start, gsize end, GError **error);

G_END_DECLS
