/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of added tokens, their numbering, and the cutting of a text at them. */
#include "core/tokenizer/added-tokens.h"
#include "core/tokenizer/json-field.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/unicode-data.h"

#include <string.h>

#define MAX_ADDED 1000000
#define MAX_CONTENT 10000

/* A trie over bytes; children of a node are a linked list, which is short but at the root. */
typedef struct
{
  guint32 child, sibling; /* 0: none; node 0 is the root */
  guint32 token;          /* index into tokens + 1 */
  guint8 byte;
} Node;

typedef struct
{
  GArray *nodes; /* Node */
  guint32 first[256];
  guint n_firsts;
  guint8 only_first; /* when n_firsts is 1 */
} Trie;

struct _SemAddedTokens
{
  GPtrArray *tokens;      /* SemAddedToken, the order of the file */
  GHashTable *by_content; /* GBytes -> SemAddedToken */
  GHashTable *by_id;      /* id -> SemAddedToken */
  GHashTable *specials;   /* GBytes */
  guint32 max_id;
  gboolean any;
  Trie sets[2]; /* as they stand, normalized */
};

static void
free_token (gpointer data)
{
  SemAddedToken *token = data;

  g_free (token->content);
  g_free (token->decoded);
  g_free (token);
}

SemAddedTokens *
sem_added_tokens_new (void)
{
  SemAddedTokens *self = g_new0 (SemAddedTokens, 1);

  self->tokens = g_ptr_array_new_with_free_func (free_token);
  self->by_content
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->specials
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  return self;
}

void
sem_added_tokens_free (SemAddedTokens *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->sets[i].nodes, g_array_unref);
  g_hash_table_unref (self->by_content);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->specials);
  g_ptr_array_unref (self->tokens);
  g_free (self);
}

static SemAddedToken *
lookup (GHashTable *table, const char *content, gsize length)
{
  g_autoptr (GBytes) key = g_bytes_new_static (content, length);

  return g_hash_table_lookup (table, key);
}

const SemAddedToken *
sem_added_tokens_find (const SemAddedTokens *self, const char *content, gsize length)
{
  return lookup (self->by_content, content, length);
}

const SemAddedToken *
sem_added_tokens_get (const SemAddedTokens *self, guint32 id)
{
  return g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));
}

gboolean
sem_added_tokens_is_special (const SemAddedTokens *self, const char *content, gsize length)
{
  return lookup (self->specials, content, length) != NULL;
}

guint32
sem_added_tokens_end (const SemAddedTokens *self)
{
  return self->any ? self->max_id + 1 : 0;
}

static gboolean
same_flags (const SemAddedToken *a, const SemAddedToken *b)
{
  return a->single_word == b->single_word && a->lstrip == b->lstrip && a->rstrip == b->rstrip
         && a->normalized == b->normalized && a->special == b->special;
}

/* The id rule of the reference: an old id stays, a piece of the model keeps the model's id, else
 * numbering goes on from the vocabulary's size or the highest added id. */
static guint32
choose_id (const SemAddedTokens *self, const SemVocab *vocab, const char *content, gsize length)
{
  const SemAddedToken *old = sem_added_tokens_find (self, content, length);
  guint32 id, size = (guint32)vocab->n_pieces;

  if (old != NULL)
    return old->id;
  id = sem_vocab_find (vocab, content, length);
  if (id != SEM_VOCAB_NONE)
    return id;
  if (!self->any)
    return size;
  return self->max_id >= size || size == 0 ? self->max_id + 1 : size;
}

void
sem_added_tokens_add (SemAddedTokens *self,
                      const SemVocab *vocab,
                      const char *content,
                      gsize length,
                      const SemAddedToken *flags)
{
  const SemAddedToken *old = sem_added_tokens_find (self, content, length);
  SemAddedToken *token;

  if (length == 0 || (old != NULL && same_flags (old, flags)))
    return;
  token = g_new0 (SemAddedToken, 1);
  *token = *flags;
  token->content = g_malloc (length + 1);
  memcpy (token->content, content, length);
  token->content[length] = '\0';
  token->length = length;
  token->id = choose_id (self, vocab, content, length);
  if (flags->special)
    g_hash_table_replace (self->specials, g_bytes_new_static (token->content, length), token);
  g_hash_table_replace (self->by_content, g_bytes_new_static (token->content, length), token);
  g_hash_table_replace (self->by_id, GUINT_TO_POINTER (token->id), token);
  self->max_id = self->any ? MAX (self->max_id, token->id) : token->id;
  self->any = TRUE;
  g_ptr_array_add (self->tokens, token);
}

static gboolean
read_one (SemAddedTokens *self, const SemVocab *vocab, const json_t *node, gsize i, GError **error)
{
  g_autofree char *path = g_strdup_printf ("added_tokens[%" G_GSIZE_FORMAT "]", i);
  SemAddedToken flags = { 0 };
  const char *content;
  gsize length;

  if (!sem_json_require_string (node, path, "content", &content, &length, error)
      || !sem_json_field_bool (node, path, "special", &flags.special, error))
    return FALSE;
  flags.normalized = !flags.special;
  if (!sem_json_field_bool (node, path, "single_word", &flags.single_word, error)
      || !sem_json_field_bool (node, path, "lstrip", &flags.lstrip, error)
      || !sem_json_field_bool (node, path, "rstrip", &flags.rstrip, error)
      || !sem_json_field_bool (node, path, "normalized", &flags.normalized, error))
    return FALSE;
  if (length > MAX_CONTENT)
    return sem_json_field_bad (error, path, "content", "longer than %d bytes", MAX_CONTENT);
  sem_added_tokens_add (self, vocab, content, length, &flags);
  return TRUE;
}

gboolean
sem_added_tokens_read (SemAddedTokens *self,
                       const SemVocab *vocab,
                       const json_t *list,
                       GError **error)
{
  if (list == NULL || json_is_null (list))
    return TRUE;
  if (!json_is_array (list))
    return sem_json_field_bad (error, "added_tokens", "", "expected an array, found %s",
                               sem_json_field_kind (list));
  if (json_array_size (list) > MAX_ADDED)
    return sem_json_field_bad (error, "added_tokens", "", "more than %d tokens", MAX_ADDED);
  for (gsize i = 0; i < json_array_size (list); i++)
    if (!read_one (self, vocab, json_array_get (list, i), i, error))
      return FALSE;
  return TRUE;
}

/* --- searching
 * ------------------------------------------------------------------------------------------- */

static guint32
find_child (const Trie *trie, guint32 node, guint8 byte)
{
  const Node *nodes = (const Node *)(const void *)trie->nodes->data;
  guint32 child = nodes[node].child;

  while (child != 0 && nodes[child].byte != byte)
    child = nodes[child].sibling;
  return child;
}

static void
trie_insert (Trie *trie, const char *text, gsize length, guint32 token)
{
  guint32 node = 0;

  if (trie->nodes == NULL)
    {
      Node root = { 0 };

      trie->nodes = g_array_new (FALSE, TRUE, sizeof (Node));
      g_array_append_val (trie->nodes, root);
    }
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8)text[i];
      guint32 child = i == 0 ? trie->first[byte] : find_child (trie, node, byte);

      if (child == 0)
        {
          Node fresh = { 0, g_array_index (trie->nodes, Node, node).child, 0, byte };

          child = trie->nodes->len;
          g_array_append_val (trie->nodes, fresh);
          g_array_index (trie->nodes, Node, node).child = child;
          if (i == 0)
            {
              trie->first[byte] = child;
              trie->n_firsts++;
              trie->only_first = byte;
            }
        }
      node = child;
    }
  /* Of equal patterns the first one wins, as in the reference's automaton. */
  if (length > 0 && g_array_index (trie->nodes, Node, node).token == 0)
    g_array_index (trie->nodes, Node, node).token = token + 1;
}

static gboolean
insert_token (SemAddedTokens *self, guint i, const SemNormalizer *normalizer, GError **error)
{
  SemAddedToken *token = g_ptr_array_index (self->tokens, i);
  SemNormText text = { 0 }, scratch = { 0 };
  gboolean fine = TRUE;

  if (token->unmatched || sem_added_tokens_find (self, token->content, token->length) != token)
    return TRUE;
  if (!token->normalized || normalizer == NULL)
    trie_insert (&self->sets[token->normalized ? 1 : 0], token->content, token->length, i);
  else
    {
      sem_norm_text_set_original (&text, token->content, token->length, 0);
      fine = sem_normalizer_apply (normalizer, &text, &scratch, error);
      if (fine)
        {
          trie_insert (&self->sets[1], text.bytes, text.len, i);
          token->decoded = g_strndup (text.bytes, text.len);
          token->decoded_length = text.len;
        }
    }
  sem_norm_text_clear (&text);
  sem_norm_text_clear (&scratch);
  return fine;
}

gboolean
sem_added_tokens_finish (SemAddedTokens *self, const SemNormalizer *normalizer, GError **error)
{
  /* Special tokens first: they win where two normalize to the same text. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->tokens->len; i++)
      {
        const SemAddedToken *token = g_ptr_array_index (self->tokens, i);
        gboolean special = sem_added_tokens_is_special (self, token->content, token->length);

        if (special == (pass == 0) && !insert_token (self, i, normalizer, error))
          return FALSE;
      }
  return TRUE;
}

gboolean
sem_added_tokens_any (const SemAddedTokens *self, gboolean normalized)
{
  return self->sets[normalized ? 1 : 0].nodes != NULL;
}

/* Index + 1 of the longest token that starts at `at`, and its end. */
static guint32
match_at (const Trie *trie, const char *text, gsize length, gsize at, gsize *end)
{
  const Node *nodes = (const Node *)(const void *)trie->nodes->data;
  guint32 node = trie->first[(guint8)text[at]], best = 0;

  while (node != 0)
    {
      at++;
      if (nodes[node].token != 0)
        {
          best = nodes[node].token;
          *end = at;
        }
      if (at == length)
        break;
      node = find_child (trie, node, (guint8)text[at]);
    }
  return best;
}

static guint32
next_match (const Trie *trie, const char *text, gsize length, gsize from, gsize *start, gsize *end)
{
  while (from < length)
    {
      guint32 hit;

      if (trie->n_firsts == 1)
        {
          const char *p = memchr (text + from, trie->only_first, length - from);

          if (p == NULL)
            return 0;
          from = (gsize)(p - text);
        }
      else
        while (from < length && trie->first[(guint8)text[from]] == 0)
          from++;
      if (from == length)
        return 0;
      hit = match_at (trie, text, length, from, end);
      if (hit != 0)
        {
          *start = from;
          return hit;
        }
      from++;
    }
  return 0;
}

static gboolean
has_flag_before (const char *text, gsize at, guint32 flag)
{
  guint32 cp;

  if (at == 0)
    return FALSE;
  sem_utf8_get (text + sem_utf8_prev (text, at), &cp);
  return (sem_uni_flags (cp) & flag) != 0;
}

static gboolean
has_flag_after (const char *text, gsize length, gsize at, guint32 flag)
{
  guint32 cp;

  if (at >= length)
    return FALSE;
  sem_utf8_get (text + at, &cp);
  return (sem_uni_flags (cp) & flag) != 0;
}

/* End of the blanks from `at` on.  *known is the run seen last: tokens that are blanks themselves
 * would else be asked about the same run again and again. */
static gsize
blanks_end (const char *text, gsize length, gsize at, SemSplit *known)
{
  if (at >= known->start && at < known->end)
    return known->end;
  known->start = at;
  while (has_flag_after (text, length, at, SEM_UNI_SPACE))
    at += sem_utf8_length ((guint8)text[at]);
  known->end = at;
  return at;
}

gboolean
sem_added_tokens_split (const SemAddedTokens *self,
                        gboolean normalized,
                        const char *text,
                        gsize length,
                        GArray *out,
                        GError **error)
{
  const Trie *trie = &self->sets[normalized ? 1 : 0];
  gsize done = 0, covered = 0, start, end;
  SemSplit blanks = { 0, 0 };
  SemAddedMatch m;
  guint32 hit;

  for (gsize from = 0;
       trie->nodes != NULL && (hit = next_match (trie, text, length, from, &start, &end)) != 0;)
    {
      const SemAddedToken *token = g_ptr_array_index (self->tokens, hit - 1);

      from = end;
      if (token->single_word
          && (has_flag_before (text, start, SEM_UNI_RUST_WORD)
              || has_flag_after (text, length, end, SEM_UNI_RUST_WORD)))
        continue;
      while (token->lstrip && start > done && has_flag_before (text, start, SEM_UNI_SPACE))
        start = sem_utf8_prev (text, start);
      /* What a token before this one has taken is not taken again; only rstrip alone does that, as
       * in the reference. */
      if (token->lstrip)
        start = MAX (start, done);
      if (token->rstrip)
        end = blanks_end (text, length, end, &blanks);
      if (start > done)
        {
          m = (SemAddedMatch){ done, start, NULL };
          g_array_append_val (out, m);
        }
      if (start >= end)
        continue;
      m = (SemAddedMatch){ start, end, token };
      g_array_append_val (out, m);
      done = end;
      covered += end - start;
    }
  if (done < length)
    {
      m = (SemAddedMatch){ done, length, NULL };
      g_array_append_val (out, m);
    }
  return sem_norm_text_check_growth (length, covered, error);
}
