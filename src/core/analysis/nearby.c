/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See nearby.h. */
#include "core/analysis/nearby.h"

#include "core/analysis/neighbors.h"

#include <math.h>
#include <string.h>

void
sem_nearby_free (SemNearby *self)
{
  for (gsize i = 0; i < self->n; i++)
    g_free (self->words[i].word);
  g_free (self->words);
  g_clear_pointer (&self->vectors, sem_matrix_unref);
  g_clear_pointer (&self->coordinates, sem_matrix_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemNearby, sem_nearby_free)

const SemNearby *
sem_nearby_get (const SemAnalysis *analysis)
{
  return g_atomic_pointer_get (sem_analysis_get_nearby_place (analysis));
}

/* --- which tokens are words
 * --------------------------------------------------------------------- */

static gboolean
has_letters_alone (const char *text)
{
  gsize n = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    if (!g_unichar_isalpha (g_utf8_get_char (p)) && !g_unichar_ismark (g_utf8_get_char (p)))
      return FALSE;
  return n > 1
         || (n == 1 && (guchar)*text >= 0x80); /* an ideogram is a word, a Latin letter none */
}

static gboolean
is_made_of (SemTokenizer *tokenizer, const char *text, guint32 id)
{
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, NULL);
  gsize n = 0;
  const SemToken *tokens = encoding != NULL ? sem_encoding_get_tokens (encoding, &n) : NULL;
  return n == 1 && tokens[0].id == id && tokens[0].start != SEM_NO_OFFSET;
}

/* The word a token is when it stands alone, or NULL: a piece within a word is made of another text.
 */
static char *
dup_word (SemTokenizer *tokenizer, guint32 id)
{
  if (sem_tokenizer_is_special (tokenizer, id))
    return NULL;
  g_autoptr (GBytes) bytes = sem_tokenizer_dup_piece_bytes (tokenizer, id);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (data == NULL || length == 0 || memchr (data, '\0', length) != NULL
      || !g_utf8_validate_len (data, length, NULL))
    return NULL;
  g_autofree char *word = g_strstrip (g_strndup (data, length));
  g_autofree char *after_blank = g_strconcat (" ", word, NULL);
  if (!has_letters_alone (word)
      || (!is_made_of (tokenizer, word, id) && !is_made_of (tokenizer, after_blank, id)))
    return NULL;
  return g_steal_pointer (&word);
}

/* --- choosing
 * ----------------------------------------------------------------------------------- */

typedef struct
{
  gsize unit;
  GArray *found; /* of SemNeighbor, nearest first */
  guint next;
} Source;

static void
clear_source (gpointer data)
{
  g_clear_pointer (&((Source *)data)->found, g_array_unref);
}

typedef struct
{
  const SemAnalysis *analysis;
  SemTokenizer *tokenizer;
  GArray *sources;   /* of Source, one for each different unit */
  GHashTable *taken; /* folded words of the text and those chosen */
  GArray *words;     /* of SemNearbyWord */
} Choice;

static void
choice_clear (Choice *self)
{
  g_clear_pointer (&self->sources, g_array_unref);
  g_clear_pointer (&self->taken, g_hash_table_unref);
  for (guint i = 0; self->words != NULL && i < self->words->len; i++)
    g_free (g_array_index (self->words, SemNearbyWord, i).word);
  g_clear_pointer (&self->words, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

/* The different units, and the words of the text: each unit, and each word within it. */
static void
list_sources (Choice *self)
{
  SemUnits *units = sem_analysis_get_units (self->analysis);
  for (gsize i = 0; i < sem_analysis_get_n (self->analysis); i++)
    {
      const SemUnit *unit = sem_units_get (units, i);
      g_auto (GStrv) words = g_strsplit_set (unit->label, " .,;:!?\"()", -1);
      Source source = { .unit = i };
      g_hash_table_add (self->taken, g_utf8_casefold (unit->label, -1));
      for (gsize w = 0; words[w] != NULL; w++)
        g_hash_table_add (self->taken, g_utf8_casefold (words[w], -1));
      if (unit->first_like_it == i && !sem_analysis_is_zero (self->analysis, i))
        g_array_append_val (self->sources, source);
    }
}

/* Enough for its share of the words, though many tokens are none. */
static gboolean
find_neighbors (Choice *self, GCancellable *cancellable, GError **error)
{
  SemUnits *units = sem_analysis_get_units (self->analysis);
  const gsize n = self->sources->len, k = MIN (4 * (SEM_NEARBY_COUNT / MAX (n, 1)) + 24, 150);
  for (guint i = 0; i < n; i++)
    {
      Source *source = &g_array_index (self->sources, Source, i);
      gsize n_ids;
      const guint32 *ids = sem_units_get_ids (units, source->unit, &n_ids);
      source->found = sem_neighbors_find (
          sem_analysis_get_model (self->analysis),
          sem_matrix_get_row (sem_analysis_get_vectors (self->analysis), source->unit), k, ids,
          n_ids, cancellable, error);
      if (source->found == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The next word of a source that is not there yet; FALSE when it has no more.  It is not taken. */
static gboolean
peek (Choice *self, Source *source, SemNearbyWord *out)
{
  for (; source->next < source->found->len; source->next++)
    {
      const SemNeighbor *neighbor = &g_array_index (source->found, SemNeighbor, source->next);
      g_autofree char *word = dup_word (self->tokenizer, neighbor->id);
      g_autofree char *folded = word != NULL ? g_utf8_casefold (word, -1) : NULL;
      if (folded == NULL || g_hash_table_contains (self->taken, folded))
        continue;
      *out = (SemNearbyWord){ g_steal_pointer (&word), neighbor->id, source->unit,
                              neighbor->cosine };
      return TRUE;
    }
  return FALSE;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const SemNearbyWord *p = a, *q = b;
  if (p->cosine != q->cosine)
    return p->cosine > q->cosine ? -1 : 1;
  return p->unit < q->unit ? -1 : p->unit > q->unit;
}

/* One turn: each source's next word, the nearest first.  FALSE when none had one. */
static gboolean
take_turn (Choice *self)
{
  g_autoptr (GArray) offered = g_array_new (FALSE, FALSE, sizeof (SemNearbyWord));
  for (guint i = 0; i < self->sources->len; i++)
    {
      SemNearbyWord word;
      if (peek (self, &g_array_index (self->sources, Source, i), &word))
        g_array_append_val (offered, word);
    }
  g_array_sort (offered, compare_words);
  for (guint i = 0; i < offered->len; i++)
    {
      SemNearbyWord *word = &g_array_index (offered, SemNearbyWord, i);
      char *folded = g_utf8_casefold (word->word, -1);
      if (self->words->len < SEM_NEARBY_COUNT && !g_hash_table_contains (self->taken, folded))
        {
          g_hash_table_add (self->taken, folded);
          g_array_append_val (self->words, *word);
        }
      else
        {
          g_free (folded);
          g_free (word->word);
        }
    }
  return offered->len > 0;
}

/* The unit a word is nearest to need not be the one that brought it. */
static void
find_nearest_unit (const Choice *self, SemNearbyWord *word, const double *vector, gsize dim)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const gsize unit = g_array_index (self->sources, Source, i).unit;
      const double *row = sem_matrix_get_row (sem_analysis_get_vectors (self->analysis), unit);
      double dot = 0.0, a = 0.0, b = 0.0, cosine;
      for (gsize j = 0; j < dim; j++)
        {
          dot += row[j] * vector[j];
          a += row[j] * row[j];
          b += vector[j] * vector[j];
        }
      cosine = dot / (sqrt (a) * sqrt (b));
      if (i == 0 || cosine > word->cosine)
        {
          word->unit = unit;
          word->cosine = cosine;
        }
    }
}

static SemNearby *
finish (Choice *self, GError **error)
{
  const gsize n = self->words->len,
              dim = sem_model_get_dim (sem_analysis_get_model (self->analysis));
  g_autoptr (SemNearby) nearby = g_new0 (SemNearby, 1);
  nearby->vectors = sem_matrix_new (n, dim, error);
  if (nearby->vectors == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      SemNearbyWord *word = &g_array_index (self->words, SemNearbyWord, i);
      double *row = sem_matrix_get_data (nearby->vectors) + i * dim;
      sem_model_read_row (sem_analysis_get_model (self->analysis), word->id, row);
      find_nearest_unit (self, word, row, dim);
    }
  nearby->coordinates
      = sem_pca_project (sem_analysis_get_pca (self->analysis), nearby->vectors, error);
  if (nearby->coordinates == NULL)
    return NULL;
  nearby->n = n;
  nearby->words = g_memdup2 (self->words->data, n * sizeof (SemNearbyWord));
  g_array_set_size (self->words, 0); /* moved */
  return g_steal_pointer (&nearby);
}

static SemNearby *
choose (const SemAnalysis *analysis, GCancellable *cancellable, GError **error)
{
  g_auto (Choice) self = { .analysis = analysis };
  self.sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (self.sources, clear_source);
  self.taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.words = g_array_new (FALSE, FALSE, sizeof (SemNearbyWord));
  if (!sem_analysis_has_vectors (analysis))
    return g_new0 (SemNearby, 1);
  self.tokenizer = sem_model_get_tokenizer (sem_analysis_get_model (analysis));
  list_sources (&self);
  if (self.sources->len <= SEM_NEARBY_MAX_UNITS)
    {
      if (!find_neighbors (&self, cancellable, error))
        return NULL;
      while (self.words->len < SEM_NEARBY_COUNT && take_turn (&self))
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return NULL;
    }
  return finish (&self, error);
}

const SemNearby *
sem_nearby_make (const SemAnalysis *analysis, GCancellable *cancellable, GError **error)
{
  SemNearby **place = sem_analysis_get_nearby_place (analysis);
  if (g_atomic_pointer_get (place) != NULL)
    return g_atomic_pointer_get (place);
  g_autoptr (SemNearby) made = choose (analysis, cancellable, error);
  if (made == NULL)
    return NULL;
  /* Of two threads that make them at once the first one's stay. */
  if (g_atomic_pointer_compare_and_exchange (place, NULL, made))
    g_steal_pointer (&made);
  return g_atomic_pointer_get (place);
}
