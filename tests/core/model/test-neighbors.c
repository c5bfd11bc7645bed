/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nearest neighbours against a plain double-precision search over all rows, for each way rows are
 * stored, and against the shared samples' expected neighbours. */
#include "core/analysis/neighbors.h"
#include "core/error.h"
#include "core/model/model-query.h"
#include "core/model/vocab-search.h"
#include "model-test.h"

#include <jansson.h>
#include <math.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

#define N_ROWS 1300
#define DIM 37

/* The same numbers every time. */
static double
next_random (guint64 *state)
{
  *state = *state * G_GUINT64_CONSTANT (6364136223846793005)
           + G_GUINT64_CONSTANT (1442695040888963407);
  return (double)(*state >> 11) / (double)(G_GUINT64_CONSTANT (1) << 53) - 0.5;
}

static void
put_value (GByteArray *out, const char *dtype, double value)
{
  float single = (float)value;
  guint32 bits;
  memcpy (&bits, &single, sizeof bits);
  if (g_str_equal (dtype, "F64"))
    g_byte_array_append (out, (const guint8 *)&value, sizeof value);
  else if (g_str_equal (dtype, "F32"))
    g_byte_array_append (out, (const guint8 *)&single, sizeof single);
  else if (g_str_equal (dtype, "BF16"))
    {
      guint16 upper = (guint16)(bits >> 16);
      g_byte_array_append (out, (const guint8 *)&upper, sizeof upper);
    }
  else if (g_str_equal (dtype, "F16"))
    {
      /* Cut, not rounded, and small exponents flushed: any half will do here. */
      int exponent = (int)(bits >> 23 & 255) - 127 + 15;
      guint16 half = (guint16)(bits >> 16 & 0x8000);
      if (exponent > 0)
        half = (guint16)(half | exponent << 10 | (bits >> 13 & 0x3ff));
      g_byte_array_append (out, (const guint8 *)&half, sizeof half);
    }
  else
    {
      gint8 small = (gint8)lrint (value * 200.0);
      g_byte_array_append (out, (const guint8 *)&small, 1);
    }
}

/* A folder with a vocab.txt of w0 w1 ... and one matrix; row 5 is zero, rows 7 and 9 are alike. */
static char *
make_folder (const char *dtype, gsize value_bytes)
{
  char *folder = model_test_make_folder ();
  g_autoptr (GString) vocab = g_string_new ("[UNK]\n[CLS]\n[SEP]\n[PAD]\n[MASK]\n");
  g_autoptr (GByteArray) data = g_byte_array_new ();
  double *rows = g_new (double, N_ROWS *DIM);
  guint64 state = 42;
  for (gsize i = 5; i < N_ROWS; i++)
    g_string_append_printf (vocab, "w%u\n", (guint)i);
  for (gsize i = 0; i < N_ROWS * DIM; i++)
    rows[i] = next_random (&state);
  memset (rows + 5 * DIM, 0, DIM * sizeof *rows);
  memcpy (rows + 9 * DIM, rows + 7 * DIM, DIM * sizeof *rows);
  for (gsize i = 0; i < N_ROWS * DIM; i++)
    put_value (data, dtype, rows[i]);
  g_free (rows);
  g_autofree char *header = g_strdup_printf ("{\"embeddings.word_embeddings.weight\":{\"dtype\":\"%"
                                             "s\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}",
                                             dtype, N_ROWS, DIM, (int)(N_ROWS * DIM * value_bytes));
  /* Padded as real files are, so that the floats are aligned and used in place. */
  g_autofree char *padded
      = g_strdup_printf ("%s%*s", header, (int)(7 - (strlen (header) + 7) % 8), "");
  g_autoptr (GBytes) file = model_test_safetensors (padded, data->data, data->len);
  model_test_write (folder, "vocab.txt", vocab->str, (gssize)vocab->len);
  model_test_write_bytes (folder, "model.safetensors", file);
  return folder;
}

static int
compare_neighbors (gconstpointer a, gconstpointer b)
{
  const SemNeighbor *left = a, *right = b;
  if (left->cosine != right->cosine)
    return left->cosine > right->cosine ? -1 : 1;
  return (left->id > right->id) - (left->id < right->id);
}

/* The definition, row by row. */
static GArray *
search_plainly (SemModel *model, const double *query)
{
  gsize n = sem_model_get_n_rows (model), dim = sem_model_get_dim (model);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (SemNeighbor));
  g_autofree double *row = g_new (double, dim);
  double norm = 0.0;
  for (gsize j = 0; j < dim; j++)
    norm += query[j] * query[j];
  for (gsize i = 0; i < n; i++)
    {
      double dot = 0.0, square = 0.0;
      sem_model_read_row (model, (guint32)i, row);
      for (gsize j = 0; j < dim; j++)
        {
          dot += row[j] * query[j];
          square += row[j] * row[j];
        }
      SemNeighbor neighbor = { (guint32)i, CLAMP (dot / sqrt (square * norm), -1.0, 1.0) };
      if (square > 0.0)
        g_array_append_val (found, neighbor);
    }
  g_array_sort (found, compare_neighbors);
  return found;
}

typedef struct
{
  const char *dtype;
  gsize value_bytes;
} Storage;

static const Storage storages[]
    = { { "F64", 8 }, { "F32", 4 }, { "F16", 2 }, { "BF16", 2 }, { "I8", 1 } };

static void
test_storage (gconstpointer data)
{
  const Storage *storage = data;
  g_autofree char *folder = make_folder (storage->dtype, storage->value_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sem_model_get_n_rows (model), ==, N_ROWS);
  g_assert_cmpuint (sem_model_get_dim (model), ==, DIM);
  g_assert_true ((sem_model_get_rows_f32 (model) != NULL) == (storage->value_bytes == 4));
  for (guint32 id = 6; id < 40; id += 11)
    {
      double query[DIM];
      sem_model_read_row (model, id, query);
      g_autoptr (GArray) expected = search_plainly (model, query);
      /* Twice: with the norms computed on the way, and with the kept ones. */
      for (int turn = 0; turn < 2; turn++)
        {
          g_autoptr (GArray) found = sem_neighbors_find (model, query, 25, NULL, 0, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (found->len, ==, 25);
          for (guint i = 0; i < found->len; i++)
            {
              const SemNeighbor *a = &g_array_index (found, SemNeighbor, i);
              const SemNeighbor *b = &g_array_index (expected, SemNeighbor, i);
              g_assert_cmpfloat_with_epsilon (a->cosine, b->cosine, 1e-12);
              if (storage->value_bytes > 1)
                g_assert_cmpuint (a->id, ==, b->id);
            }
        }
    }
  g_assert_nonnull (sem_model_get_row_norms (model));
  model_test_remove (folder);
}

static void
test_rules (void)
{
  g_autofree char *folder = make_folder ("F32", 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double query[DIM], zero[DIM] = { 0.0 };
  const guint32 exclude[] = { 7 };
  sem_model_read_row (model, 7, query);
  g_autoptr (GArray) tied = sem_neighbors_find (model, query, 2, NULL, 0, NULL, &error);
  g_assert_cmpuint (g_array_index (tied, SemNeighbor, 0).id, ==,
                    7); /* equal cosines: the lower id first */
  g_assert_cmpuint (g_array_index (tied, SemNeighbor, 1).id, ==, 9);
  g_autoptr (GArray) without = sem_neighbors_find (model, query, 1, exclude, 1, NULL, &error);
  g_assert_cmpuint (g_array_index (without, SemNeighbor, 0).id, ==, 9);
  g_autoptr (GArray) all = sem_neighbors_find (model, query, N_ROWS * 2, NULL, 0, NULL, &error);
  g_assert_cmpuint (all->len, ==, N_ROWS - 1); /* the zero row is no neighbour */
  g_autoptr (GArray) none = sem_neighbors_find (model, zero, 5, NULL, 0, NULL, &error);
  g_assert_cmpuint (none->len, ==, 0);
  query[3] = NAN;
  g_assert_null (sem_neighbors_find (model, query, 5, NULL, 0, NULL, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  query[3] = 1.0;
  g_assert_null (sem_neighbors_find (model, query, 5, NULL, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  model_test_remove (folder);
}

static void
test_query_and_search (void)
{
  g_autofree char *folder = make_folder ("F32", 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double query[DIM], a[DIM], b[DIM];
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_assert_true (sem_model_query (model, "w10 w11", query, ids, &error));
  sem_model_read_row (model, 10, a);
  sem_model_read_row (model, 11, b);
  g_assert_cmpuint (ids->len, ==, 2);
  for (gsize i = 0; i < DIM; i++)
    g_assert_cmpfloat_with_epsilon (query[i], (a[i] + b[i]) / 2.0, 1e-15);
  g_assert_false (sem_model_query (model, "qqq", query, NULL, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_VOCABULARY);
  gsize n_found;
  SemTokenizer *tokenizer = sem_model_get_tokenizer (model);
  g_autoptr (GArray) prefix
      = sem_vocab_search (tokenizer, SEM_VOCAB_SEARCH_PREFIX, "W12", 5, &n_found, NULL, NULL);
  g_assert_cmpuint (n_found, ==, 111); /* w12, w120..w129, w1200..w1299 */
  g_assert_cmpuint (prefix->len, ==, 5);
  g_assert_cmpuint (g_array_index (prefix, guint32, 0), ==, 12);
  g_autoptr (GArray) part
      = sem_vocab_search (tokenizer, SEM_VOCAB_SEARCH_SUBSTRING, "299", 5, &n_found, NULL, NULL);
  g_assert_cmpuint (n_found, ==, 2);
  g_autoptr (GArray) from
      = sem_vocab_search (tokenizer, SEM_VOCAB_SEARCH_ID, "1298", 5, &n_found, NULL, NULL);
  g_assert_cmpuint (from->len, ==, 2);
  g_autoptr (GArray) nothing
      = sem_vocab_search (tokenizer, SEM_VOCAB_SEARCH_PREFIX, "", 5, &n_found, NULL, NULL);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  for (int mode = SEM_VOCAB_SEARCH_PREFIX; mode <= SEM_VOCAB_SEARCH_ID; mode++)
    {
      g_clear_error (&error);
      g_assert_null (sem_vocab_search (tokenizer, (SemVocabSearchMode)mode, "1", 5, &n_found,
                                       cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  model_test_remove (folder);
}

static void
check_expected (SemModel *model, const char *word, json_t *expected)
{
  g_autofree double *query = g_new (double, sem_model_get_dim (model));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  g_assert_true (sem_model_query (model, word, query, ids, &error));
  g_autoptr (GArray) found
      = sem_neighbors_find (model, query, json_array_size (expected),
                            (const guint32 *)(gpointer)ids->data, ids->len, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < json_array_size (expected); i++)
    {
      json_t *pair = json_array_get (expected, i);
      const SemNeighbor *neighbor = &g_array_index (found, SemNeighbor, i);
      /* The file has six digits; neighbours closer than that may be in either order. */
      g_assert_cmpfloat_with_epsilon (neighbor->cosine,
                                      json_number_value (json_array_get (pair, 1)), 2e-6);
    }
  g_assert_cmpstr (sem_tokenizer_get_piece (sem_model_get_tokenizer (model),
                                            g_array_index (found, SemNeighbor, 0).id),
                   ==, json_string_value (json_array_get (json_array_get (expected, 0), 0)));
}

static void
test_shared (void)
{
  g_autofree char *folder = model_test_find_shared ("models");
  g_autofree char *path
      = folder != NULL ? g_build_filename (folder, "expected_vectors.json", NULL) : NULL;
  json_error_t trouble;
  g_autoptr (json_t) expected = path != NULL ? json_load_file (path, 0, &trouble) : NULL;
  if (expected == NULL)
    {
      g_test_skip ("shared/models is not here");
      return;
    }
  const char *name, *word;
  json_t *values, *neighbors;
  guint n_checked = 0;
  json_object_foreach (expected, name, values)
  {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (SemModel) model = sem_model_open (file, NULL, NULL, &error);
    g_assert_no_error (error);
    json_object_foreach (json_object_get (values, "cosine_neighbours"), word, neighbors)
    {
      check_expected (model, word, neighbors);
      n_checked++;
    }
  }
  g_assert_cmpuint (n_checked, >=, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (storages); i++)
    {
      g_autofree char *path = g_strconcat ("/neighbors/", storages[i].dtype, NULL);
      g_test_add_data_func (path, &storages[i], test_storage);
    }
  g_test_add_func ("/neighbors/rules", test_rules);
  g_test_add_func ("/neighbors/query-and-search", test_query_and_search);
  g_test_add_func ("/neighbors/shared", test_shared);
  return g_test_run ();
}
