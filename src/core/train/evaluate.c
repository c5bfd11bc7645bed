/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring a model against files of word pairs and analogies. */
#include "core/train/evaluate.h"
#include "core/analysis/linalg.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

#define MAX_COLUMNS 16
#define QUESTIONS_AT_ONCE 64

typedef struct
{
  char *words[4];
  double score;
  gsize line;
} Item;

static void
clear_item (gpointer data)
{
  Item *item = data;

  for (gsize i = 0; i < 4; i++)
    g_free (item->words[i]);
}

/* Splits a line at tabs and blanks in place. */
static gsize
split_columns (char *line, char **columns)
{
  gsize n = 0;
  char *rest = line;

  while (n < MAX_COLUMNS)
    {
      rest += strspn (rest, " \t\r");
      if (*rest == '\0')
        break;
      columns[n++] = rest;
      rest += strcspn (rest, " \t\r");
      if (*rest != '\0')
        *rest++ = '\0';
    }
  return n;
}

static gboolean
parse_number (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*value);
}

/* One line into items; FALSE with the error set when it fits neither format. */
static gboolean
parse_line (char *line, gsize number, GArray *items, gboolean *analogies, GError **error)
{
  char *columns[MAX_COLUMNS];
  gsize n;
  double score = 0.0;
  Item item = { { NULL }, 0.0, number };

  if (line[0] == ':')
    {
      *analogies = TRUE;
      return TRUE;
    }
  n = split_columns (line, columns);
  if (n == 0 || columns[0][0] == '#')
    return TRUE;
  if (!*analogies && items->len == 0 && n == 4 && !parse_number (columns[2], &score)
      && !parse_number (columns[3], &score))
    *analogies = TRUE;
  if (*analogies ? n != 4 : n < 3 || !parse_number (columns[2], &score))
    {
      if (!*analogies && number == 1)
        return TRUE;
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "line %" G_GSIZE_FORMAT ": %s", number,
                   *analogies ? "an analogy has four words" : "a pair is two words and a number");
      return FALSE;
    }
  item.score = score;
  for (gsize i = 0; i < (*analogies ? 4u : 2u); i++)
    item.words[i] = g_strdup (columns[i]);
  g_array_append_val (items, item);
  return TRUE;
}

static GArray *
parse_items (GBytes *text, gboolean *analogies, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  const char *end;

  g_array_set_clear_func (items, clear_item);
  if (size > 0 && !g_utf8_validate_len (data, size, &end))
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
                   "not UTF-8 text: byte 0x%02x at offset %td", (guint8)*end, end - data);
      return NULL;
    }
  *analogies = FALSE;
  for (gsize start = 0, line = 1; start < size; line++)
    {
      const char *newline = memchr (data + start, '\n', size - start);
      gsize length = newline == NULL ? size - start : (gsize)(newline - data) - start;
      g_autofree char *copy = g_strndup (data + start, length);

      if (!parse_line (copy, line, items, analogies, error))
        return NULL;
      start += length + 1;
    }
  if (items->len == 0)
    {
      g_set_error_literal (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "no word pair in it");
      return NULL;
    }
  return g_steal_pointer (&items);
}

/* --- words
 * -------------------------------------------------------------------------------------------------------
 */

typedef struct
{
  float *vector; /* unit length; all zeros when there is none */
  gboolean known;
  gsize n_pieces;
  guint32 id; /* of a word that is one piece */
} WordVector;

typedef struct
{
  SemModel *model;
  gsize dim;
  GHashTable *words; /* char * (borrowed) -> WordVector * */
} Words;

static void
free_word (gpointer data)
{
  WordVector *word = data;

  g_free (word->vector);
  g_free (word);
}

/* The mean of the pieces' rows, at unit length. */
static void
pool_word (const Words *words, const SemToken *tokens, gsize n, WordVector *word)
{
  g_autofree double *row = g_new (double, words->dim);
  g_autofree double *sum = g_new0 (double, words->dim);
  double length = 0.0;

  word->known = n > 0;
  for (gsize i = 0; i < n; i++)
    {
      double weight = sem_model_get_token_weight (words->model, tokens[i].id);

      if ((tokens[i].flags & SEM_TOKEN_UNKNOWN) != 0
          || !sem_model_read_row (words->model, tokens[i].id, row))
        {
          word->known = FALSE;
          continue;
        }
      for (gsize c = 0; c < words->dim; c++)
        sum[c] += weight * row[c];
    }
  length = sem_linalg_norm (words->dim, sum);
  word->known = word->known && length > 0.0 && isfinite (length);
  for (gsize c = 0; c < words->dim; c++)
    word->vector[c] = word->known ? (float)(sum[c] / length) : 0.0f;
}

static const WordVector *
look_up (Words *words, const char *text, GCancellable *cancellable, GError **error)
{
  WordVector *word = g_hash_table_lookup (words->words, text);
  g_autoptr (SemEncoding) encoding = NULL;
  const SemToken *tokens;

  if (word != NULL)
    return word;
  encoding = sem_tokenizer_encode (sem_model_get_tokenizer (words->model), text, -1,
                                   SEM_ENCODE_DEFAULT, cancellable, error);
  if (encoding == NULL)
    return NULL;
  word = g_new0 (WordVector, 1);
  word->vector = g_new0 (float, words->dim);
  tokens = sem_encoding_get_tokens (encoding, &word->n_pieces);
  word->id = word->n_pieces == 1 ? tokens[0].id : G_MAXUINT32;
  pool_word (words, tokens, word->n_pieces, word);
  g_hash_table_insert (words->words, (char *)text, word);
  return word;
}

/* The words of an item, and what they do to the counts. */
static gboolean
look_up_item (Words *words,
              const Item *item,
              const WordVector **found,
              GCancellable *cancellable,
              SemEvaluation *result,
              gboolean *known,
              GError **error)
{
  gboolean several = FALSE;

  *known = TRUE;
  for (gsize i = 0; i < 4 && item->words[i] != NULL; i++)
    {
      found[i] = look_up (words, item->words[i], cancellable, error);
      if (found[i] == NULL)
        {
          g_prefix_error (error, "line %" G_GSIZE_FORMAT ": ", item->line);
          return FALSE;
        }
      *known = *known && found[i]->known;
      several = several || found[i]->n_pieces > 1;
    }
  result->n_known += *known;
  result->n_several += several;
  return TRUE;
}

/* --- pairs
 * -------------------------------------------------------------------------------------------------------
 */

static gboolean
score_pairs (Words *words,
             const GArray *items,
             GCancellable *cancellable,
             SemEvaluation *result,
             GError **error)
{
  g_autofree double *human = g_new (double, items->len), *known_human = g_new (double, items->len);
  g_autofree double *model = g_new (double, items->len), *known_model = g_new (double, items->len);
  gsize n_known = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      const WordVector *found[4] = { NULL };
      gboolean known;

      if (!look_up_item (words, item, found, cancellable, result, &known, error))
        return FALSE;
      human[i] = item->score;
      model[i] = 0.0;
      for (gsize c = 0; c < words->dim; c++)
        model[i] += (double)found[0]->vector[c] * (double)found[1]->vector[c];
      if (!known)
        continue;
      known_human[n_known] = human[i];
      known_model[n_known++] = model[i];
    }
  result->spearman = sem_spearman (human, model, items->len);
  result->spearman_known = sem_spearman (known_human, known_model, n_known);
  return TRUE;
}

/* --- analogies
 * ---------------------------------------------------------------------------------------------------
 */

/* All possible answers: every whole-word piece, at unit length (others stay zero), then the file's
 * words of several pieces. */
static float *
make_candidates (Words *words, GPtrArray *extra, gsize *n)
{
  gsize n_rows = sem_model_get_n_rows (words->model);
  SemTokenizer *tokenizer = sem_model_get_tokenizer (words->model);
  GHashTableIter iter;
  gpointer value;
  float *candidates;

  g_hash_table_iter_init (&iter, words->words);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((WordVector *)value)->known && ((WordVector *)value)->n_pieces > 1)
      g_ptr_array_add (extra, value);
  *n = n_rows + extra->len;
  candidates = g_new0 (float, *n * words->dim);
  for (gsize id = 0; id < n_rows; id++)
    {
      const char *piece = sem_tokenizer_get_piece (tokenizer, (guint32)id);
      float *row = candidates + id * words->dim;
      double length = 0.0;

      if (piece == NULL || g_str_has_prefix (piece, "##")
          || sem_tokenizer_is_special (tokenizer, (guint32)id))
        continue;
      sem_model_read_rows_f32 (words->model, id, 1, row);
      for (gsize c = 0; c < words->dim; c++)
        length += (double)row[c] * (double)row[c];
      for (gsize c = 0; c < words->dim && length > 0.0; c++)
        row[c] = (float)((double)row[c] / sqrt (length));
    }
  for (guint i = 0; i < extra->len; i++)
    memcpy (candidates + (n_rows + i) * words->dim,
            ((WordVector *)g_ptr_array_index (extra, i))->vector, words->dim * sizeof (float));
  return candidates;
}

static gsize
find_candidate (const WordVector *word, GPtrArray *extra, gsize n_rows)
{
  guint index = 0;

  if (word->n_pieces == 1)
    return word->id;
  return g_ptr_array_find (extra, word, &index) ? n_rows + index : G_MAXSIZE;
}

/* The candidate with the largest product, those in `without` (4, G_MAXSIZE: none) left out. */
static gsize
find_best (const float *products, gsize n, const gsize *without)
{
  gsize best = G_MAXSIZE;

  for (gsize i = 0; i < n; i++)
    if ((best == G_MAXSIZE || products[i] > products[best]) && i != without[0] && i != without[1]
        && i != without[2])
      best = i;
  return best;
}

static gboolean
score_analogies (Words *words,
                 const GArray *items,
                 GCancellable *cancellable,
                 SemEvaluation *result,
                 GError **error)
{
  static const gsize NONE[3] = { G_MAXSIZE, G_MAXSIZE, G_MAXSIZE };
  gsize n_rows = sem_model_get_n_rows (words->model), n, n_right = 0, n_right_open = 0;
  g_autofree const WordVector **found = g_new0 (const WordVector *, (gsize)items->len * 4);
  g_autofree gboolean *known = g_new (gboolean, items->len);
  g_autofree float *candidates = NULL, *queries = NULL, *products = NULL;
  g_autoptr (GPtrArray) extra = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    if (!look_up_item (words, &g_array_index (items, Item, i), found + 4 * i, cancellable, result,
                       &known[i], error))
      return FALSE;
  candidates = make_candidates (words, extra, &n);
  queries = g_new (float, QUESTIONS_AT_ONCE * words->dim);
  products = g_new (float, QUESTIONS_AT_ONCE *n);
  for (gsize first = 0; first < items->len; first += QUESTIONS_AT_ONCE)
    {
      gsize n_questions = MIN (QUESTIONS_AT_ONCE, items->len - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize q = 0; q < n_questions; q++)
        for (gsize c = 0; c < words->dim; c++)
          {
            const WordVector **w = found + 4 * (first + q);

            queries[q * words->dim + c] = w[1]->vector[c] - w[0]->vector[c] + w[2]->vector[c];
          }
      sem_linalg_gemm_f32 (FALSE, TRUE, n_questions, n, words->dim, 1.0f, queries, words->dim,
                           candidates, words->dim, 0.0f, products, n);
      for (gsize q = 0; q < n_questions; q++)
        {
          const WordVector **w = found + 4 * (first + q);
          gsize without[3], answer = find_candidate (w[3], extra, n_rows);

          for (gsize k = 0; k < 3; k++)
            without[k] = find_candidate (w[k], extra, n_rows);
          if (!known[first + q])
            continue;
          n_right += find_best (products + q * n, n, without) == answer;
          n_right_open += find_best (products + q * n, n, NONE) == answer;
        }
    }
  result->accuracy = (double)n_right / (double)items->len;
  result->accuracy_open = (double)n_right_open / (double)items->len;
  return TRUE;
}

gboolean
sem_evaluate (SemModel *model,
              GBytes *text,
              GCancellable *cancellable,
              SemEvaluation *result,
              GError **error)
{
  SemEvaluation evaluation
      = { .spearman = NAN, .spearman_known = NAN, .accuracy = NAN, .accuracy_open = NAN };
  Words words = { model, sem_model_get_dim (model), NULL };
  g_autoptr (GHashTable) table = NULL;
  g_autoptr (GArray) items = NULL;

  if (sem_model_get_n_rows (model) == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "the model has no vectors: %s", sem_model_get_why_no_vectors (model));
      return FALSE;
    }
  items = parse_items (text, &evaluation.analogies, error);
  if (items == NULL)
    return FALSE;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_word);
  words.words = table;
  evaluation.n = items->len;
  if (evaluation.analogies ? !score_analogies (&words, items, cancellable, &evaluation, error)
                           : !score_pairs (&words, items, cancellable, &evaluation, error))
    return FALSE;
  *result = evaluation;
  return TRUE;
}
