/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of the pre-tokenizers, and those that split by class of character. */
#include "core/tokenizer/pretokenizer-private.h"
#include "core/tokenizer/json-field.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 256

static const char *const kind_names[]
    = { "BertPreTokenizer",   "ByteLevel",   "Whitespace",     "WhitespaceSplit",
        "Metaspace",          "Split",       "Punctuation",    "Digits",
        "CharDelimiterSplit", "FixedLength", "UnicodeScripts", "Sequence" };
static const char *const behavior_names[]
    = { "Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous" };

void
sem_pretokenizer_free (SemPretokenizer *self)
{
  if (self == NULL)
    return;
  sem_pattern_free (self->pattern);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

SemPretokenizer *
sem_pretokenizer_new_bert (void)
{
  SemPretokenizer *self = g_new0 (SemPretokenizer, 1);

  self->kind = PRE_BERT;
  return self;
}

static gpointer new_from_json (const json_t *node, const char *path, guint depth, GError **error);

static gboolean
read_behavior (SemPretokenizer *self, const json_t *node, const char *path, GError **error)
{
  const char *name = behavior_names[self->behavior];

  if (!sem_json_field_string (node, path, "behavior", &name, NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (behavior_names); i++)
    if (strcmp (behavior_names[i], name) == 0)
      {
        self->behavior = (PreBehavior)i;
        return TRUE;
      }
  return sem_json_field_bad (error, path, "behavior", "'%.60s' is none of the five behaviours",
                             name);
}

/* One character, given as a string. */
static gboolean
read_char (const json_t *node, const char *path, const char *key, guint32 *cp, GError **error)
{
  const char *text = NULL;
  gsize length = 0;

  if (!sem_json_field_string (node, path, key, &text, &length, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (length == 0 || sem_utf8_length ((guint8)text[0]) != length)
    return sem_json_field_bad (error, path, key, "expected one character, found '%.20s'", text);
  sem_utf8_get (text, cp);
  return TRUE;
}

static gboolean
read_metaspace (SemPretokenizer *self, const json_t *node, const char *path, GError **error)
{
  gboolean add_prefix = TRUE;
  const char *scheme = NULL;

  self->delimiter = 0x2581;
  self->split = TRUE;
  self->scheme = PREPEND_ALWAYS;
  if (!read_char (node, path, "replacement", &self->delimiter, error)
      || !sem_json_field_bool (node, path, "add_prefix_space", &add_prefix, error)
      || !sem_json_field_bool (node, path, "split", &self->split, error)
      || !sem_json_field_string (node, path, "prepend_scheme", &scheme, NULL, error))
    return FALSE;
  if (scheme == NULL)
    self->scheme = add_prefix ? PREPEND_ALWAYS : PREPEND_NEVER;
  else if (strcmp (scheme, "first") == 0)
    self->scheme = PREPEND_FIRST;
  else if (strcmp (scheme, "never") == 0)
    self->scheme = PREPEND_NEVER;
  else if (strcmp (scheme, "always") != 0)
    return sem_json_field_bad (error, path, "prepend_scheme",
                               "'%.60s' is not always, first or never", scheme);
  if (!add_prefix && scheme != NULL && self->scheme != PREPEND_NEVER)
    return sem_json_field_bad (error, path, "add_prefix_space",
                               "does not agree with prepend_scheme");
  return TRUE;
}

static gboolean
read_sequence (SemPretokenizer *self,
               const json_t *node,
               const char *path,
               guint depth,
               GError **error)
{
  self->steps
      = sem_json_require_steps (node, path, "pretokenizers", MAX_STEPS, depth, new_from_json,
                                (GDestroyNotify)sem_pretokenizer_free, error);
  return self->steps != NULL;
}

static gboolean
read_split (SemPretokenizer *self, const json_t *node, const char *path, GError **error)
{
  const char *regex
      = json_string_value (json_object_get (json_object_get (node, "pattern"), "Regex"));

  if (!read_behavior (self, node, path, error)
      || !sem_json_field_bool (node, path, "invert", &self->invert, error))
    return FALSE;
  /* A known expression needs no compilation.  Its scanner covers everything, so that Isolated and
   * inverted Removed are the same. */
  self->scan = regex != NULL ? sem_scan_find (regex) : NULL;
  if (self->scan != NULL
      && (self->behavior == BEHAVIOR_ISOLATED
          || (self->behavior == BEHAVIOR_REMOVED && self->invert)))
    return TRUE;
  self->scan = NULL;
  self->pattern = sem_pattern_new_from_json (node, path, "pattern", error);
  return self->pattern != NULL;
}

static gboolean
read_members (SemPretokenizer *self,
              const json_t *node,
              const char *path,
              guint depth,
              GError **error)
{
  switch (self->kind)
    {
    case PRE_BYTE_LEVEL:
      self->prefix_space = self->use_regex = TRUE;
      return sem_json_field_bool (node, path, "add_prefix_space", &self->prefix_space, error)
             && sem_json_field_bool (node, path, "use_regex", &self->use_regex, error);
    case PRE_METASPACE:
      return read_metaspace (self, node, path, error);
    case PRE_SPLIT:
      return read_split (self, node, path, error);
    case PRE_PUNCTUATION:
      self->behavior = BEHAVIOR_ISOLATED;
      return read_behavior (self, node, path, error);
    case PRE_DIGITS:
      return sem_json_field_bool (node, path, "individual_digits", &self->split, error);
    case PRE_CHAR_DELIMITER:
      if (!json_is_string (json_object_get (node, "delimiter")))
        return sem_json_field_bad (error, path, "delimiter", "expected one character");
      return read_char (node, path, "delimiter", &self->delimiter, error);
    case PRE_FIXED_LENGTH:
      self->length = 5;
      if (!sem_json_field_uint (node, path, "length", G_MAXINT32, &self->length, error))
        return FALSE;
      if (self->length == 0)
        return sem_json_field_bad (error, path, "length", "0 is not a length");
      return TRUE;
    case PRE_SEQUENCE:
      return read_sequence (self, node, path, depth, error);
    case PRE_BERT:
    case PRE_WHITESPACE:
    case PRE_WHITESPACE_SPLIT:
    case PRE_UNICODE_SCRIPTS:
      break;
    }
  return TRUE;
}

static gpointer
new_from_json (const json_t *node, const char *path, guint depth, GError **error)
{
  g_autoptr (SemPretokenizer) self = NULL;
  int kind = sem_json_require_kind (node, path, depth, kind_names, G_N_ELEMENTS (kind_names),
                                    "pre-tokenizer", error);

  if (kind < 0)
    return NULL;
  self = g_new0 (SemPretokenizer, 1);
  self->kind = (PreKind)kind;
  return read_members (self, node, path, depth, error) ? g_steal_pointer (&self) : NULL;
}

SemPretokenizer *
sem_pretokenizer_new_from_json (const json_t *node, const char *path, GError **error)
{
  return new_from_json (node, path, 0, error);
}

static gboolean
is_metaspace (const SemPretokenizer *self)
{
  return self->kind == PRE_METASPACE && self->split && self->scheme == PREPEND_ALWAYS
         && self->delimiter == 0x2581;
}

static gboolean
is_metaspace_pair (const SemPretokenizer *self)
{
  const SemPretokenizer *first, *second;

  if (self->kind != PRE_SEQUENCE || self->steps->len != 2)
    return FALSE;
  first = g_ptr_array_index (self->steps, 0);
  second = g_ptr_array_index (self->steps, 1);
  return first->kind == PRE_WHITESPACE_SPLIT && is_metaspace (second);
}

void
sem_pretokenizer_get_plan (const SemPretokenizer *self, SemPretokPlan *plan)
{
  *plan = (SemPretokPlan){ SEM_PRETOK_OTHER, NULL, FALSE };
  if (self->kind == PRE_SEQUENCE && self->steps->len == 1)
    sem_pretokenizer_get_plan (g_ptr_array_index (self->steps, 0), plan);
  else if (self->kind == PRE_BERT)
    plan->kind = SEM_PRETOK_BERT;
  else if (self->kind == PRE_BYTE_LEVEL)
    *plan = (SemPretokPlan){ SEM_PRETOK_BYTE_LEVEL, self->use_regex ? sem_scan_gpt2 : NULL,
                             self->prefix_space };
  else if (is_metaspace_pair (self))
    plan->kind = SEM_PRETOK_METASPACE;
  else if (is_metaspace (self))
    plan->kind = SEM_PRETOK_METASPACE_ALONE;
  else if (self->kind == PRE_SEQUENCE && self->steps->len == 2)
    {
      const SemPretokenizer *first = g_ptr_array_index (self->steps, 0);
      const SemPretokenizer *second = g_ptr_array_index (self->steps, 1);

      if (first->kind == PRE_SPLIT && first->scan != NULL && second->kind == PRE_BYTE_LEVEL
          && !second->use_regex && !second->prefix_space)
        *plan = (SemPretokPlan){ SEM_PRETOK_BYTE_LEVEL, first->scan, FALSE };
      else if (first->kind == PRE_DIGITS && first->split && second->kind == PRE_BYTE_LEVEL
               && second->use_regex && !second->prefix_space)
        *plan = (SemPretokPlan){ SEM_PRETOK_BYTE_LEVEL, sem_scan_gpt2_digits, FALSE };
    }
}

gboolean
sem_pretokenizer_ends_in_bytes (const SemPretokenizer *self)
{
  for (guint i = 0; self->kind == PRE_SEQUENCE && i < self->steps->len; i++)
    if (sem_pretokenizer_ends_in_bytes (g_ptr_array_index (self->steps, i)))
      return TRUE;
  return self->kind == PRE_BYTE_LEVEL;
}
