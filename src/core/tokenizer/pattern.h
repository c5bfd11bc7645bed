/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPattern: what a Split or Replace component looks for: a fixed string, or a regular expression.
 *
 * The reference compiles expressions with Oniguruma (Ruby syntax).  Here they run on PCRE2 with JIT after a rewriting
 * that keeps the meaning: \p{..}, \s, \w, \d become explicit ranges from the reference's own tables, ^ and $ match at
 * line ends, \h is a hexadecimal digit, nested classes are united.  Class intersection (&&) and the absence operator
 * (?~ are Oniguruma's alone and refused.  A match has a step limit. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct _SemPattern SemPattern;

typedef struct
{
  gsize start, end;
  gboolean is_match;
} SemMatch;

SemPattern *sem_pattern_new_string (const char *text, gsize length);
/* Errors: SEM_FORMAT_ERROR_BAD_VALUE (does not compile), SEM_FORMAT_ERROR_UNSUPPORTED (Oniguruma only). */
SemPattern *sem_pattern_new_regex (const char *source, gsize length, GError **error);
/* {"String": ..} or {"Regex": ..} at path.key. */
SemPattern *sem_pattern_new_from_json (
    const json_t *object, const char *path, const char *key, GError **error);
void sem_pattern_free (SemPattern *self);
/* The expression as the file has it, NULL for a fixed string. */
const char *sem_pattern_get_regex (const SemPattern *self);
const char *sem_pattern_get_string (const SemPattern *self, gsize *length);

/* sem_pattern_find_all: cuts text into matches and what is between them; appends SemMatch to out.  An empty text
 * is one piece that is no match.  Errors: SEM_FORMAT_ERROR_LIMIT when the expression ran away. */
gboolean sem_pattern_find_all (
    const SemPattern *self, const char *text, gsize length, GArray *out, GError **error);

/* sem_pattern_rewrite: the PCRE2 form of an Oniguruma expression; for tests. */
char *sem_pattern_rewrite (const char *source, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPattern, sem_pattern_free)

G_END_DECLS
