/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemJsonScan: reads the two large parts of a tokenizer.json (model.vocab and model.merges) without building a tree.
 *
 * jansson reads everything else.  Measured here: jansson alone took 300 ms for Qwen2's 4.7 MB file and 29 ms for a
 * 466 KB BERT file, which is on the start-up path; this scan takes a tenth of it.
 * Strict: UTF-8, JSON escapes, no trailing commas, nesting up to SEM_JSON_MAX_DEPTH. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

#define SEM_JSON_MAX_DEPTH 256

typedef struct
{
  const char *base, *at, *end;
} SemJsonScan;

typedef struct
{
  const char *start, *end; /* NULL when the member is missing */
} SemJsonRange;

void sem_json_scan_init (SemJsonScan *self, const char *text, gsize length);
char sem_json_scan_next_after_blanks (SemJsonScan *self);

/* The next byte that is not white space, 0 at the end; not consumed. */
static inline char
sem_json_scan_next (SemJsonScan *self)
{
  if (G_LIKELY (self->at < self->end && (guint8) *self->at > ' '))
    return *self->at;
  return sem_json_scan_next_after_blanks (self);
}

/* Consumes c (after white space); FALSE when something else stands there. */
static inline gboolean
sem_json_scan_accept (SemJsonScan *self, char c)
{
  if (sem_json_scan_next (self) != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* Skips one value.  FALSE when it is not well-formed enough to find its end. */
gboolean sem_json_scan_skip (SemJsonScan *self);
/* Length in bytes that the string at the cursor needs at most; -1 when there is no string. */
gssize sem_json_scan_string_bound (SemJsonScan *self);
/* Reads a string into out (room for sem_json_scan_string_bound bytes); -1 when it is malformed. */
gssize sem_json_scan_string (SemJsonScan *self, char *out);
/* Reads a string that has no escapes where it stands: *text points into the document.  -1, and nothing consumed, for
 * any other. */
gssize sem_json_scan_plain (SemJsonScan *self, const char **text);
/* Reads a number. */
gboolean sem_json_scan_number (SemJsonScan *self, double *value);
/* Reads a non-negative integer, FALSE when it is not one or above limit. */
gboolean sem_json_scan_integer (SemJsonScan *self, guint64 limit, guint64 *value);

/* sem_json_load_split: parses a JSON document whose object `outer` may hold two huge members: their text is left
 * out of the tree (null stands there) and returned as ranges.  Errors: SEM_FORMAT_ERROR_BAD_VALUE with line and
 * column. */
json_t *sem_json_load_split (const char *text,
                             gsize length,
                             const char *outer,
                             const char *const names[2],
                             SemJsonRange ranges[2],
                             GError **error);

G_END_DECLS
