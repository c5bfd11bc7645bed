/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meanings, their members, neighbours and definitions; random walks. */
#include "core/train/relations.h"
#include "core/train/word-splitter.h"

#include <math.h>
#include <string.h>

#define KIND_OF " is a kind of "
#define MAX_HEAD_BYTES 400 /* what stands before a colon further on is prose */
#define MAX_COMMON_SHARE                                                                           \
  4e-4 /* words of a definition above this share of the corpus say nothing                         \
        */
#define START_TABLE_SIZE (1u << 18)
/* Chances at each step. */
#define GO_ON 0.8
#define STAY_IN_MEANING 0.3
#define SAY_DEFINITION 0.4 /* minus STAY_IN_MEANING: one in ten */

typedef struct
{
  GArray *members;     /* guint32 words */
  GArray *neighbors;   /* guint32 meanings; one entry per line that says so */
  GArray *definitions; /* guint32 words of all definitions */
} Meaning;

struct _SemRelations
{
  const SemCorpus *corpus;
  GHashTable *keys;      /* char * -> index + 1 */
  GArray *meanings;      /* Meaning */
  GHashTable *headwords; /* word + 1 -> GArray of guint32 meanings */
  guint32 *starts;       /* START_TABLE_SIZE headwords */
  guint64 common_count;
  SemWordSplitter *splitter;
};

static void
clear_meaning (gpointer data)
{
  Meaning *meaning = data;

  g_array_unref (meaning->members);
  g_array_unref (meaning->neighbors);
  g_array_unref (meaning->definitions);
}

static gboolean
contains (const GArray *array, guint32 value)
{
  for (guint i = 0; i < array->len; i++)
    if (g_array_index (array, guint32, i) == value)
      return TRUE;
  return FALSE;
}

static void
add_member (SemRelations *self, guint32 index, const char *name)
{
  guint32 word = sem_corpus_find (self->corpus, name);
  Meaning *meaning = &g_array_index (self->meanings, Meaning, index);
  GArray *places;

  if (word == SEM_NO_WORD_INDEX || contains (meaning->members, word))
    return;
  g_array_append_val (meaning->members, word);
  places = g_hash_table_lookup (self->headwords, GUINT_TO_POINTER (word + 1));
  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->headwords, GUINT_TO_POINTER (word + 1), places);
    }
  g_array_append_val (places, index);
}

/* The meaning with these members, separated as said; made when new. */
static guint32
enter_meaning (SemRelations *self, const char *list, gsize length, const char *separator)
{
  g_autofree char *text = g_strndup (list, length);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_auto (GStrv) names = g_strsplit (lower, separator, 0);
  g_autoptr (GString) key = g_string_new (NULL);
  guint32 index;

  for (guint i = 0; names[i] != NULL && i < 3; i++)
    g_string_append_printf (key, "%s|", g_strstrip (names[i]));
  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, key->str));
  if (index == 0)
    {
      Meaning meaning = { g_array_new (FALSE, FALSE, sizeof (guint32)),
                          g_array_new (FALSE, FALSE, sizeof (guint32)),
                          g_array_new (FALSE, FALSE, sizeof (guint32)) };

      g_array_append_val (self->meanings, meaning);
      index = self->meanings->len;
      g_hash_table_insert (self->keys, g_strdup (key->str), GUINT_TO_POINTER (index));
    }
  for (guint i = 0; names[i] != NULL; i++)
    add_member (self, index - 1, g_strstrip (names[i]));
  return index - 1;
}

typedef struct
{
  SemRelations *self;
  GArray *words;
} Definition;

static void
take_definition_word (const char *word, gsize length, gpointer user_data)
{
  Definition *definition = user_data;
  const SemCorpus *corpus = definition->self->corpus;
  g_autofree char *copy = g_strndup (word, length);
  guint32 number = sem_corpus_find (corpus, copy);

  if (number != SEM_NO_WORD_INDEX && g_ascii_isalpha (word[0])
      && sem_corpus_get_counts (corpus)[number] < definition->self->common_count)
    g_array_append_val (definition->words, number);
}

static void
read_line (SemRelations *self, const char *line)
{
  const char *kind = strstr (line, KIND_OF);
  const char *colon = strstr (line, ": ");

  if (kind != NULL)
    {
      const char *above = kind + strlen (KIND_OF);
      gsize length = strlen (above);
      guint32 a = enter_meaning (self, line, (gsize)(kind - line), " or ");
      guint32 b = enter_meaning (
          self, above, length > 0 && above[length - 1] == '.' ? length - 1 : length, " or ");

      g_array_append_val (g_array_index (self->meanings, Meaning, a).neighbors, b);
      g_array_append_val (g_array_index (self->meanings, Meaning, b).neighbors, a);
    }
  else if (colon != NULL && colon - line <= MAX_HEAD_BYTES && !g_str_has_prefix (line, "Kinds of "))
    {
      guint32 index = enter_meaning (self, line, (gsize)(colon - line), ", ");
      Definition definition = { self, g_array_index (self->meanings, Meaning, index).definitions };
      g_auto (GStrv) chunks = NULL;
      const char *end = strchr (colon, ';');
      g_autofree char *text
          = end == NULL ? g_strdup (colon + 2) : g_strndup (colon + 2, (gsize)(end - colon - 2));

      chunks = g_strsplit_set (text, " \t", 0);
      for (guint i = 0; chunks[i] != NULL; i++)
        sem_word_splitter_split (self->splitter, chunks[i], strlen (chunks[i]),
                                 take_definition_word, &definition);
    }
}

/* Headwords, each as often as the root of its count says. */
static void
fill_starts (SemRelations *self)
{
  const guint64 *counts = sem_corpus_get_counts (self->corpus);
  guint32 n = sem_corpus_get_n_words (self->corpus);
  double total = 0.0, sum = 0.0;
  guint32 filled = 0, last = 0;

  for (guint32 w = 0; w < n; w++)
    if (sem_relations_is_headword (self, w))
      total += sqrt ((double)MIN (counts[w], 20000));
  self->starts = g_new0 (guint32, START_TABLE_SIZE);
  for (guint32 w = 0; w < n && total > 0.0; w++)
    if (sem_relations_is_headword (self, w))
      {
        sum += sqrt ((double)MIN (counts[w], 20000)) / total;
        while (filled < START_TABLE_SIZE && (double)filled < sum * START_TABLE_SIZE)
          self->starts[filled++] = w;
        last = w;
      }
  while (filled < START_TABLE_SIZE)
    self->starts[filled++] = last;
}

SemRelations *
sem_relations_read (const char *const *paths,
                    gsize n_paths,
                    const SemCorpus *corpus,
                    GError **error)
{
  g_autoptr (SemRelations) self = g_new0 (SemRelations, 1);

  self->corpus = corpus;
  self->splitter = sem_word_splitter_new ();
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->meanings = g_array_new (FALSE, FALSE, sizeof (Meaning));
  g_array_set_clear_func (self->meanings, clear_meaning);
  self->headwords = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  self->common_count
      = (guint64)(MAX_COMMON_SHARE * (double)sem_corpus_get_n_running_words (corpus)) + 1;
  for (gsize i = 0; i < n_paths; i++)
    {
      g_autoptr (GInputStream) file = sem_corpus_open_file (paths[i], error);
      g_autoptr (GDataInputStream) lines = NULL;
      g_autoptr (GError) local = NULL;
      char *line;

      if (file == NULL)
        return NULL;
      lines = g_data_input_stream_new (file);
      while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &local)) != NULL)
        {
          if (g_utf8_validate (line, -1, NULL))
            read_line (self, g_strchomp (line));
          g_free (line);
        }
      if (local != NULL)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&local),
                                      "dictionary '%s': ", paths[i]);
          return NULL;
        }
    }
  fill_starts (self);
  return g_steal_pointer (&self);
}

void
sem_relations_free (SemRelations *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->keys);
  g_array_unref (self->meanings);
  g_hash_table_unref (self->headwords);
  g_free (self->starts);
  sem_word_splitter_free (self->splitter);
  g_free (self);
}

gsize
sem_relations_get_n_meanings (const SemRelations *self)
{
  return self->meanings->len;
}

gboolean
sem_relations_is_headword (const SemRelations *self, guint32 word)
{
  return g_hash_table_contains (self->headwords, GUINT_TO_POINTER (word + 1));
}

static guint32
draw (const GArray *array, SemRng *rng)
{
  return g_array_index (array, guint32, sem_rng_below (rng, array->len));
}

/* The next word of a walk; FALSE when there is no way on.  May move to another meaning. */
static gboolean
take_step (const SemRelations *self, SemRng *rng, guint32 *index, guint32 *word)
{
  const Meaning *meaning = &g_array_index (self->meanings, Meaning, *index);
  double chance = sem_rng_uniform (rng);
  gboolean defined = meaning->definitions->len > 0;

  if (chance < STAY_IN_MEANING && meaning->members->len > 1)
    *word = draw (meaning->members, rng);
  else if (chance < SAY_DEFINITION && defined)
    *word = draw (meaning->definitions, rng);
  else if (meaning->neighbors->len > 0)
    {
      const Meaning *next;

      *index = draw (meaning->neighbors, rng);
      next = &g_array_index (self->meanings, Meaning, *index);
      if (next->members->len > 0)
        *word = draw (next->members, rng);
    }
  else if (meaning->members->len > 1)
    *word = draw (meaning->members, rng);
  else if (defined)
    *word = draw (meaning->definitions, rng);
  else
    return FALSE;
  return TRUE;
}

gsize
sem_relations_walk (const SemRelations *self, SemRng *rng, guint32 words[SEM_WALK_MAX])
{
  guint32 word, index;
  const GArray *places;
  gsize n = 1;

  if (g_hash_table_size (self->headwords) == 0)
    return 0;
  word = self->starts[sem_rng_next (rng) & (START_TABLE_SIZE - 1)];
  places = g_hash_table_lookup (self->headwords, GUINT_TO_POINTER (word + 1));
  index = draw (places, rng);
  words[0] = word;
  while (n < SEM_WALK_MAX && sem_rng_uniform (rng) < GO_ON && take_step (self, rng, &index, &word))
    if (word != words[n - 1])
      words[n++] = word;
  return n >= 2 ? n : 0;
}
