/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hand-written forms of well-known pre-tokenizer expressions.  Each gives the end of the piece that starts at `at`,
 * exactly as the expression would match there; tests compare them with the expression on PCRE2. */
#pragma once

#include "core/tokenizer/pretokenizer.h"

G_BEGIN_DECLS

/* 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+ with the byte-level component's tables */
gsize sem_scan_gpt2 (const char *text, gsize length, gsize at);
/* The same after the Digits pre-tokenizer that cuts every digit off: both in one pass. */
gsize sem_scan_gpt2_digits (const char *text, gsize length, gsize at);

/* sem_scan_find: the scanner for an expression text, NULL when there is none for it. */
SemScanNext sem_scan_find (const char *regex);
/* The i-th expression that has one, NULL after the last. */
const char *sem_scan_get_regex (gsize i);

G_END_DECLS
