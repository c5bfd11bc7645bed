/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching: PCRE2 with JIT for expressions, memmem for fixed strings. */
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#define MATCH_LIMIT 20000000u
#define MAX_SOURCE 100000

struct _SemPattern
{
  char *source; /* the string, or the expression as given */
  gsize length;
  pcre2_code *code; /* NULL for a string */
};

SemPattern *
sem_pattern_new_string (const char *text, gsize length)
{
  SemPattern *self = g_new0 (SemPattern, 1);

  self->source = g_malloc (length + 1);
  memcpy (self->source, text, length);
  self->source[length] = '\0';
  self->length = length;
  return self;
}

SemPattern *
sem_pattern_new_regex (const char *source, gsize length, GError **error)
{
  g_autoptr (SemPattern) self = sem_pattern_new_string (source, length);
  g_autofree char *rewritten = NULL;
  pcre2_compile_context *context;
  PCRE2_SIZE at;
  int code;

  if (length > MAX_SOURCE)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "the regular expression has %" G_GSIZE_FORMAT " bytes, at most %d are allowed",
                   length, MAX_SOURCE);
      return NULL;
    }
  rewritten = sem_pattern_rewrite (source, length, error);
  if (rewritten == NULL)
    return NULL;
  context = pcre2_compile_context_create (NULL);
  pcre2_set_newline (context, PCRE2_NEWLINE_LF);
  pcre2_set_parens_nest_limit (context, 100);
  self->code = pcre2_compile ((PCRE2_SPTR)rewritten, strlen (rewritten),
                              PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C,
                              &code, &at, context);
  pcre2_compile_context_free (context);
  if (self->code == NULL)
    {
      PCRE2_UCHAR message[160];

      pcre2_get_error_message (code, message, sizeof message);
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the regular expression '%.60s' does not compile: %s", self->source,
                   (const char *)message);
      return NULL;
    }
  /* Without JIT (a hardened kernel) matching still works. */
  pcre2_jit_compile (self->code, PCRE2_JIT_COMPLETE);
  return g_steal_pointer (&self);
}

SemPattern *
sem_pattern_new_from_json (const json_t *object, const char *path, const char *key, GError **error)
{
  const json_t *node = json_object_get (object, key);
  const json_t *value;
  SemPattern *self;

  value = json_object_get (node, "String");
  if (json_is_string (value))
    return sem_pattern_new_string (json_string_value (value), json_string_length (value));
  value = json_object_get (node, "Regex");
  if (!json_is_string (value))
    {
      sem_json_field_bad (error, path, key, "expected {\"String\": ..} or {\"Regex\": ..}");
      return NULL;
    }
  self = sem_pattern_new_regex (json_string_value (value), json_string_length (value), error);
  if (self == NULL)
    g_prefix_error (error, "%s.%s: ", path, key);
  return self;
}

void
sem_pattern_free (SemPattern *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  if (self->code != NULL)
    pcre2_code_free (self->code);
  g_free (self);
}

const char *
sem_pattern_get_regex (const SemPattern *self)
{
  return self->code != NULL ? self->source : NULL;
}

const char *
sem_pattern_get_string (const SemPattern *self, gsize *length)
{
  *length = self->length;
  return self->code == NULL ? self->source : NULL;
}

static void
add_match (GArray *out, gsize *last, gsize start, gsize end)
{
  SemMatch m;

  if (start > *last)
    {
      m = (SemMatch){ *last, start, FALSE };
      g_array_append_val (out, m);
    }
  m = (SemMatch){ start, end, TRUE };
  g_array_append_val (out, m);
  *last = end;
}

static gsize
find_string (const SemPattern *self, const char *text, gsize length, GArray *out)
{
  gsize last = 0;
  const char *hit;

  if (self->length == 0)
    return 0;
  while ((hit = memmem (text + last, length - last, self->source, self->length)) != NULL)
    add_match (out, &last, (gsize)(hit - text), (gsize)(hit - text) + self->length);
  return last;
}

static gboolean
find_regex (const SemPattern *self,
            pcre2_match_data *data,
            pcre2_match_context *context,
            const char *text,
            gsize length,
            GArray *out,
            gsize *last,
            GError **error)
{
  gsize from = 0, last_match = G_MAXSIZE;
  guint32 options = PCRE2_NO_UTF_CHECK;

  while (from <= length)
    {
      const PCRE2_SIZE *v;
      int n = pcre2_match (self->code, (PCRE2_SPTR)text, length, from, options, data, context);

      if (n == PCRE2_ERROR_JIT_STACKLIMIT && !(options & PCRE2_NO_JIT))
        {
          /* The interpreter keeps its state on the heap. */
          options |= PCRE2_NO_JIT;
          continue;
        }
      if (n == PCRE2_ERROR_NOMATCH)
        return TRUE;
      if (n < 0)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "the regular expression '%.60s' ran away at byte %" G_GSIZE_FORMAT
                       " of the text (PCRE2 error %d)",
                       self->source, from, n);
          return FALSE;
        }
      v = pcre2_get_ovector_pointer (data);
      if (v[1] < v[0] || (v[0] == v[1] && v[1] == last_match))
        {
          /* An empty match right after the last one does not count. */
          from += from < length ? sem_utf8_length ((guint8)text[from]) : 1;
          continue;
        }
      from = last_match = v[1];
      add_match (out, last, v[0], v[1]);
    }
  return TRUE;
}

gboolean
sem_pattern_find_all (const SemPattern *self,
                      const char *text,
                      gsize length,
                      GArray *out,
                      GError **error)
{
  gsize last = 0;
  gboolean fine = TRUE;

  if (length > 0 && self->code == NULL)
    last = find_string (self, text, length, out);
  else if (length > 0)
    {
      pcre2_match_data *data = pcre2_match_data_create_from_pattern (self->code, NULL);
      pcre2_match_context *context = pcre2_match_context_create (NULL);

      pcre2_set_match_limit (context, MATCH_LIMIT);
      pcre2_set_heap_limit (context, 256 * 1024);
      fine = find_regex (self, data, context, text, length, out, &last, error);
      pcre2_match_context_free (context);
      pcre2_match_data_free (data);
    }
  if (fine && (last < length || length == 0))
    {
      SemMatch rest = { last, length, FALSE };

      g_array_append_val (out, rest);
    }
  return fine;
}
