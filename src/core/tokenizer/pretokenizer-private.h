/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of SemPretokenizer, shared by its reader and its engine. */
#pragma once

#include "core/tokenizer/pattern.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/scan.h"
#include "core/tokenizer/unicode-data.h"

G_BEGIN_DECLS

typedef enum
{
  PRE_BERT,
  PRE_BYTE_LEVEL,
  PRE_WHITESPACE,
  PRE_WHITESPACE_SPLIT,
  PRE_METASPACE,
  PRE_SPLIT,
  PRE_PUNCTUATION,
  PRE_DIGITS,
  PRE_CHAR_DELIMITER,
  PRE_FIXED_LENGTH,
  PRE_UNICODE_SCRIPTS,
  PRE_SEQUENCE,
} PreKind;

typedef enum
{
  BEHAVIOR_REMOVED,
  BEHAVIOR_ISOLATED,
  BEHAVIOR_MERGED_WITH_PREVIOUS,
  BEHAVIOR_MERGED_WITH_NEXT,
  BEHAVIOR_CONTIGUOUS,
} PreBehavior;

typedef enum
{
  PREPEND_ALWAYS,
  PREPEND_FIRST,
  PREPEND_NEVER,
} PrePrepend;

struct _SemPretokenizer
{
  PreKind kind;
  gboolean prefix_space, use_regex; /* ByteLevel */
  guint32 delimiter;                /* Metaspace's replacement, CharDelimiterSplit */
  PrePrepend scheme;                /* Metaspace */
  gboolean split;                   /* Metaspace; Digits: one by one */
  PreBehavior behavior;             /* Split, Punctuation */
  gboolean invert;                  /* Split */
  SemPattern *pattern;              /* Split, NULL when scan does its work */
  SemScanNext scan;
  guint32 length;   /* FixedLength */
  GPtrArray *steps; /* Sequence */
};

G_END_DECLS
