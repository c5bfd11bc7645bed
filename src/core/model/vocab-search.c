/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over all pieces. */
#include "core/model/vocab-search.h"

#include <string.h>

#define POLL_INTERVAL 4096 /* pieces between two looks at the cancellable */

typedef enum
{
  MATCH_NONE,
  MATCH_SOME,
  MATCH_EXACT,
} Match;

/* Folded copy; ASCII, which nearly all pieces are, without going through Unicode. */
static void
fold (const char *text, gsize length, GString *out)
{
  g_string_truncate (out, 0);
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar)text[i] >= 0x80)
        {
          g_autofree char *valid = g_utf8_make_valid (text, (gssize)length);
          g_autofree char *folded = g_utf8_casefold (valid, -1);
          g_string_assign (out, folded);
          return;
        }
      g_string_append_c (out, g_ascii_tolower (text[i]));
    }
}

static Match
match (const GString *piece, const char *wanted, SemVocabSearchMode mode)
{
  if (g_str_equal (piece->str, wanted))
    return MATCH_EXACT;
  gboolean found = mode == SEM_VOCAB_SEARCH_PREFIX ? g_str_has_prefix (piece->str, wanted)
                                                   : strstr (piece->str, wanted) != NULL;
  return found ? MATCH_SOME : MATCH_NONE;
}

/* The piece as it is written, and the text it stands for without blanks around it. */
static Match
match_piece (SemTokenizer *tokenizer,
             guint32 id,
             const char *wanted,
             SemVocabSearchMode mode,
             GString *scratch)
{
  const char *piece = sem_tokenizer_get_piece (tokenizer, id);
  if (piece == NULL)
    return MATCH_NONE;
  fold (piece, strlen (piece), scratch);
  Match best = match (scratch, wanted, mode);
  if (best == MATCH_EXACT)
    return best;
  g_autoptr (GBytes) bytes = sem_tokenizer_dup_piece_bytes (tokenizer, id);
  gsize length;
  const char *plain = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (plain == NULL)
    return best;
  while (length > 0 && *plain == ' ')
    {
      plain++;
      length--;
    }
  fold (plain, length, scratch);
  return MAX (best, match (scratch, wanted, mode));
}

static gboolean
is_cancelled (gsize id, GCancellable *cancellable, GError **error)
{
  return id % POLL_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GArray *
list_from_id (SemTokenizer *tokenizer,
              const char *text,
              gsize limit,
              gsize *n_found,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n = sem_tokenizer_get_vocab_size (tokenizer);
  guint64 first;
  *n_found = 0;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &first, NULL))
    return g_steal_pointer (&ids);
  for (guint64 id = first; id < n; id++)
    {
      guint32 value = (guint32)id;
      if (is_cancelled ((gsize)(id - first), cancellable, error))
        return NULL;
      if (sem_tokenizer_get_piece (tokenizer, value) == NULL)
        continue;
      (*n_found)++;
      if (ids->len < limit)
        g_array_append_val (ids, value);
    }
  return g_steal_pointer (&ids);
}

GArray *
sem_vocab_search (SemTokenizer *tokenizer,
                  SemVocabSearchMode mode,
                  const char *text,
                  gsize limit,
                  gsize *n_found,
                  GCancellable *cancellable,
                  GError **error)
{
  if (mode == SEM_VOCAB_SEARCH_ID)
    return list_from_id (tokenizer, text, limit, n_found, cancellable, error);
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autoptr (GArray) exact = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n = sem_tokenizer_get_vocab_size (tokenizer);
  fold (text, strlen (text), wanted);
  *n_found = 0;
  for (guint32 id = 0; id < n && wanted->len > 0; id++)
    {
      if (is_cancelled (id, cancellable, error))
        return NULL;
      Match found = match_piece (tokenizer, id, wanted->str, mode, scratch);
      GArray *list = found == MATCH_EXACT ? exact : others;
      if (found == MATCH_NONE)
        continue;
      (*n_found)++;
      if (list->len < limit)
        g_array_append_val (list, id);
    }
  if (exact->len > 0)
    g_array_prepend_vals (others, exact->data, exact->len);
  if (others->len > limit)
    g_array_set_size (others, (guint)limit);
  return g_steal_pointer (&others);
}
