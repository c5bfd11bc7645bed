/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decoder's inside, shared by its making (decoder.c) and its application (decoder-apply.c). */
#pragma once

#include "core/tokenizer/decoder.h"
#include "core/tokenizer/pattern.h"

G_BEGIN_DECLS

typedef enum
{
  DEC_BYTE_LEVEL,
  DEC_WORDPIECE,
  DEC_METASPACE,
  DEC_BPE,
  DEC_CTC,
  DEC_BYTE_FALLBACK,
  DEC_FUSE,
  DEC_STRIP,
  DEC_REPLACE,
  DEC_SEQUENCE,
} DecKind;

struct _SemDecoder
{
  DecKind kind;
  char *text; /* prefix, suffix, pad token, content */
  gsize text_length;
  char *delimiter; /* CTC's word delimiter */
  gboolean cleanup;
  gboolean prepends; /* Metaspace: the first mark is not a blank */
  guint32 cp;        /* Strip's and Metaspace's character */
  guint32 start, stop;
  SemPattern *pattern;
  GPtrArray *steps;
};

G_END_DECLS
