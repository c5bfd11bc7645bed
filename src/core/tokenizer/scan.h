/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hand-written forms of well-known pre-tokenizer expressions.  Each gives the end of the piece that starts at `at`,
 * exactly as the expression would match there; tests compare them with the expression on PCRE2. */
#pragma once

#include "core/tokenizer/pretokenizer.h"

G_BEGIN_DECLS

/* The texts of the expressions that have a scanner. */
#define SEM_REGEX_GPT2 "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"
#define SEM_REGEX_ANY_CASE "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define SEM_REGEX_BOTH_CASES "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
#define SEM_REGEX_LINES "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define SEM_REGEX_CL100K(contractions, digits)                                                                         \
  contractions "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" digits "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" SEM_REGEX_LINES
#define SEM_REGEX_UPPER "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define SEM_REGEX_LOWER "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define SEM_REGEX_NO_LOWER "((?=[\\p{L}])([^a-z]))" /* llama.cpp's for the two above */
#define SEM_REGEX_NO_UPPER "((?=[\\p{L}])([^A-Z]))"
#define SEM_REGEX_NO_LOWER_M "((?=[\\p{L}\\p{M}])([^a-z]))" /* and with marks */
#define SEM_REGEX_NO_UPPER_M "((?=[\\p{L}\\p{M}])([^A-Z]))"
/* Numbers in threes from their right end, the first of them with what is before it. */
#define SEM_REGEX_THREES "[^\\p{N}]*\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))|[^\\p{N}]+"
/* Cuts before every third digit from the right of ASCII digits, and nowhere else. */
#define SEM_REGEX_BEFORE_THREES "[\\s\\S]+?(?=(?:[0-9]{3})+(?![0-9])|\\z)"
#define SEM_REGEX_O200K(upper, lower, contractions, digits)                                                            \
  "[^\\r\\n\\p{L}\\p{N}]?" upper "*" lower "+" contractions "|[^\\r\\n\\p{L}\\p{N}]?" upper "+" lower "*" contractions \
  "|" digits "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" SEM_REGEX_LINES

/* 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+ with the byte-level component's tables */
gsize sem_scan_gpt2 (const char *text, gsize length, gsize at);
/* The same after the Digits pre-tokenizer that cuts every digit off: both in one pass. */
gsize sem_scan_gpt2_digits (const char *text, gsize length, gsize at);

/* sem_scan_find: the scanner for an expression text, NULL when there is none for it. */
SemScanNext sem_scan_find (const char *regex);
/* The i-th expression that has one, NULL after the last. */
const char *sem_scan_get_regex (gsize i);

G_END_DECLS
