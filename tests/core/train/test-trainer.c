/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From text to a model folder: a small corpus is learned, repeated to the bit, interrupted,
 * refused. */
#include "core/error.h"
#include "core/train/model-writer.h"
#include "core/train/piece-rows.h"
#include "core/tokenizer/tokenizer.h"
#include "core/train/trainer.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *folder;
static char *corpus_path;

/* Two subjects whose words never meet, and words that are rare. */
static void
write_corpus (void)
{
  static const char *const SUBJECTS[2][6]
      = { { "planet", "moon", "orbit", "comet", "star", "galaxy" },
          { "cheese", "bread", "butter", "soup", "pizza", "apple" } };
  g_autoptr (GString) text = g_string_new (NULL);
  SemRng rng = { 17 };

  for (int line = 0; line < 4000; line++)
    {
      guint subject = sem_rng_below (&rng, 2);

      for (int i = 0; i < 8; i++)
        g_string_append_printf (text, "%s%s ", SUBJECTS[subject][sem_rng_below (&rng, 6)],
                                sem_rng_below (&rng, 12) == 0 ? "s" : "");
      g_string_append_c (text, '\n');
    }
  corpus_path = g_build_filename (folder, "corpus.txt", NULL);
  g_assert_true (g_file_set_contents (corpus_path, text->str, -1, NULL));
}

static SemTrainerOptions
make_options (const SemCorpusFile *file, const char *target)
{
  SemTrainerOptions options = SEM_TRAINER_OPTIONS_INIT;

  options.files = file;
  options.n_files = 1;
  options.folder = target;
  options.name = "Toy";
  options.epochs = 3;
  options.threads = 1;
  options.vocabulary.size = 4000;
  options.skip_gram.dim = 16;
  options.skip_gram.sample = 0.0;
  options.context_share = 0.0;
  options.common_directions = 0;
  return options;
}

static SemTrainer *
prepare (const char *target)
{
  SemCorpusFile file = { corpus_path, 1 };
  SemTrainerOptions options = make_options (&file, target);
  GError *error = NULL;
  SemTrainer *trainer = sem_trainer_new (&options, &error);

  g_assert_no_error (error);
  g_assert_true (sem_trainer_prepare (trainer, NULL, NULL, &error));
  g_assert_no_error (error);
  return trainer;
}

static gboolean
find_piece (GPtrArray *pieces, const char *piece, guint *id)
{
  return g_ptr_array_find_with_equal_func (pieces, piece, g_str_equal, id);
}

static double
get_cosine (const float *rows, GPtrArray *pieces, const char *a, const char *b)
{
  double xy = 0.0, xx = 0.0, yy = 0.0;
  guint i, j;

  g_assert_true (find_piece (pieces, a, &i));
  g_assert_true (find_piece (pieces, b, &j));
  for (gsize c = 0; c < 16; c++)
    {
      double x = (double)rows[i * 16 + c], y = (double)rows[j * 16 + c];

      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
  return xy / sqrt (xx * yy);
}

static void
test_learns (void)
{
  g_autoptr (SemTrainer) trainer = prepare (NULL);
  g_autofree float *rows = NULL;
  GPtrArray *pieces = sem_trainer_get_pieces (trainer);

  g_assert_false (sem_trainer_is_done (trainer));
  while (sem_trainer_step (trainer, 1))
    ;
  g_assert_true (sem_trainer_is_done (trainer));
  g_assert_cmpfloat (sem_trainer_get_fraction (trainer), ==, 1.0);
  rows = sem_trainer_make_rows (trainer, NULL);
  g_assert_nonnull (rows);
  g_assert_cmpfloat (get_cosine (rows, pieces, "planet", "moon"), >, 0.5);
  g_assert_cmpfloat (get_cosine (rows, pieces, "cheese", "soup"), >, 0.5);
  g_assert_cmpfloat (get_cosine (rows, pieces, "planet", "soup"), <, 0.1);
}

static gboolean
count_reports (const SemTrainerProgress *progress, gpointer user_data)
{
  guint *n = user_data;

  g_assert_cmpfloat (progress->fraction, >=, 0.0);
  g_assert_cmpfloat (progress->fraction, <=, 1.0);
  g_assert_cmpfloat (progress->seconds_left, >=, 0.0);
  *n += 1;
  return TRUE;
}

static char *
train_into (const char *name, guint *n_reports)
{
  char *target = g_build_filename (folder, name, NULL);
  g_autoptr (SemTrainer) trainer = prepare (target);
  GError *error = NULL;

  sem_trainer_run (trainer, count_reports, n_reports);
  g_assert_true (sem_trainer_is_done (trainer));
  g_assert_true (sem_trainer_save (trainer, &error));
  g_assert_no_error (error);
  return target;
}

static void
assert_same_file (const char *a, const char *b, const char *name)
{
  g_autofree char *path_a = g_build_filename (a, name, NULL),
                  *path_b = g_build_filename (b, name, NULL);
  g_autofree char *data_a = NULL, *data_b = NULL;
  gsize size_a, size_b;

  g_assert_true (g_file_get_contents (path_a, &data_a, &size_a, NULL));
  g_assert_true (g_file_get_contents (path_b, &data_b, &size_b, NULL));
  g_assert_cmpmem (data_a, size_a, data_b, size_b);
}

static void
test_repeats_to_the_bit (void)
{
  guint n_reports = 0;
  g_autofree char *first = train_into ("first", &n_reports),
                  *again = train_into ("again", &n_reports);

  g_assert_cmpuint (n_reports, >=, 2);
  assert_same_file (first, again, "model.safetensors");
  assert_same_file (first, again, "tokenizer.json");
  assert_same_file (first, again, "config.json");
}

static void
test_folder (void)
{
  guint n_reports = 0;
  g_autofree char *target = train_into ("folder", &n_reports);
  g_autofree char *config = g_build_filename (target, "config.json", NULL);
  g_autofree char *tokenizer = g_build_filename (target, "tokenizer.json", NULL);
  g_autofree char *tensors = g_build_filename (target, "model.safetensors", NULL);
  g_autofree char *data = NULL;
  gsize size;
  guint64 header;
  json_t *root = json_load_file (config, 0, NULL), *vocab, *head;
  json_int_t n_pieces;

  g_assert_cmpstr (json_string_value (json_object_get (root, "name")), ==, "Toy");
  g_assert_cmpint (json_integer_value (json_object_get (root, "hidden_size")), ==, 16);
  n_pieces = json_integer_value (json_object_get (root, "vocab_size"));
  json_decref (root);

  root = json_load_file (tokenizer, 0, NULL);
  vocab = json_object_get (json_object_get (root, "model"), "vocab");
  g_assert_cmpint ((json_int_t)json_object_size (vocab), ==, n_pieces);
  g_assert_cmpint (json_integer_value (json_object_get (vocab, "[MASK]")), ==, 4);
  json_decref (root);

  g_assert_true (g_file_get_contents (tensors, &data, &size, NULL));
  memcpy (&header, data, 8);
  header = GUINT64_FROM_LE (header);
  g_assert_cmpuint (header % 8, ==, 0);
  g_assert_cmpuint (size, ==, 8 + header + (guint64)n_pieces * 16 * 2);
  head = json_loadb (data + 8, header, 0, NULL);
  g_assert_cmpstr (
      json_string_value (json_object_get (json_object_get (head, "embeddings.weight"), "dtype")),
      ==, "F16");
  json_decref (head);
}

/* The trainer's way of cutting a word is the tokenizer's. */
static void
test_cuts_as_the_tokenizer (void)
{
  static const char *const WORDS[]
      = { "planet", "planets", "cheeses", "zyx", "x2y", "straße", "λογος", "soupsoup", "“" };
  guint n_reports = 0;
  g_autofree char *target = train_into ("cuts", &n_reports);
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_open (target, NULL, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_nonnull (tokenizer);
  for (guint32 id = 0; id < sem_tokenizer_get_vocab_size (tokenizer); id++)
    g_hash_table_insert (known, g_strdup (sem_tokenizer_get_piece (tokenizer, id)),
                         GUINT_TO_POINTER (id + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autoptr (SemEncoding) encoding
          = sem_tokenizer_encode (tokenizer, WORDS[i], -1, SEM_ENCODE_DEFAULT, NULL, NULL);
      gsize n_tokens;
      const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
      guint32 ids[100];

      g_assert_cmpuint (sem_cut_word (known, WORDS[i], ids, 100), ==, n_tokens);
      for (gsize k = 0; k < n_tokens; k++)
        g_assert_cmpuint (tokens[k].id, ==, ids[k]);
    }
}

static gboolean
stop_at_once (const SemTrainerProgress *progress, gpointer user_data)
{
  return FALSE;
}

static void
test_checkpoint (void)
{
  g_autofree char *target = g_build_filename (folder, "stopped", NULL), *tensors = NULL;
  SemCorpusFile file = { corpus_path, 1000 };
  SemTrainerOptions options = make_options (&file, target);
  g_autoptr (SemTrainer) trainer = NULL;

  options.threads = 2;
  options.epochs = 100;
  trainer = sem_trainer_new (&options, NULL);
  g_assert_true (sem_trainer_prepare (trainer, NULL, NULL, NULL));
  sem_trainer_run (trainer, stop_at_once, NULL);
  g_assert_false (sem_trainer_is_done (trainer));
  g_assert_cmpfloat (sem_trainer_get_fraction (trainer), >, 0.0);
  g_assert_true (sem_trainer_save (trainer, NULL));
  tensors = g_build_filename (target, "model.safetensors", NULL);
  g_assert_true (g_file_test (tensors, G_FILE_TEST_IS_REGULAR));
}

static void
test_stop_while_reading (void)
{
  SemCorpusFile file = { corpus_path, 1 };
  SemTrainerOptions options = make_options (&file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTrainer) trainer = sem_trainer_new (&options, NULL);

  g_assert_false (sem_trainer_prepare (trainer, stop_at_once, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refusals (void)
{
  SemCorpusFile file = { corpus_path, 1 };
  SemTrainerOptions options
      = make_options (&file, corpus_path); /* a file stands where the folder should be */
  g_autoptr (GError) error = NULL;

  g_assert_null (sem_trainer_new (&options, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  g_assert_nonnull (strstr (error->message, corpus_path));
  g_clear_error (&error);

  options = make_options (&file, "/proc/semblance/model");
  g_assert_null (sem_trainer_new (&options, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  g_clear_error (&error);

  options = make_options (&file, NULL);
  options.epochs = 0;
  g_assert_null (sem_trainer_new (&options, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT);
  g_clear_error (&error);

  options = make_options (&file, NULL);
  options.vocabulary.size = 100;
  g_assert_null (sem_trainer_new (&options, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT);
  g_clear_error (&error);

  options = make_options (&file, NULL);
  options.n_files = 0;
  g_assert_null (sem_trainer_new (&options, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY);
}

/* Every word of letters of the Latin script can be cut; whole words come before parts of them. */
static void
test_vocabulary (void)
{
  static const char *const WORDS[]
      = { "planet", "zyx",    "strasse", "straße", "æther",    "łodz", "ıstanbul",
          "œuvre",  "ĳssel",  "ƿynn",    "x2y",    "10000000", "ﬁn",   "€",
          "5€",     "привет", "λογος",   "“",      "+" };
  g_autoptr (SemTrainer) trainer = prepare (NULL);
  GPtrArray *pieces = sem_trainer_get_pieces (trainer);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint32 ids[100];
  guint id;

  for (guint i = 0; i < pieces->len; i++)
    g_assert_true (
        g_hash_table_insert (known, g_ptr_array_index (pieces, i), GUINT_TO_POINTER (i + 1)));
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    g_assert_cmpuint (sem_cut_word (known, WORDS[i], ids, 100), >=, 1);
  g_assert_cmpuint (sem_cut_word (known, "planet", ids, 100), ==, 1);
  g_assert_cmpuint (sem_cut_word (known, "planetplanet", ids, 100), >, 1);
  g_assert_cmpuint (sem_cut_word (known, "planet\U0001F600", ids, 100), ==, 0);
  g_assert_true (find_piece (pieces, "~", &id));
  g_assert_false (find_piece (pieces, "##~", &id));
  g_assert_false (find_piece (pieces, "A", &id));
  g_assert_true (find_piece (pieces, "[PAD]", &id) && id == 0);
}

/* Rows keep the direction of the word, and frequent words are short. */
static void
test_rows (void)
{
  g_autoptr (SemTrainer) trainer = prepare (NULL);
  const SemCorpus *corpus = sem_trainer_get_corpus (trainer);
  guint32 n = sem_corpus_get_n_words (corpus), word = sem_corpus_find (corpus, "planet");
  g_autofree float *vectors = g_new0 (float, (gsize)n * 8);
  g_autofree float *rows = NULL;
  guint id;
  double share = (double)sem_corpus_get_counts (corpus)[word]
                 / (double)sem_corpus_get_n_running_words (corpus);

  for (guint32 i = 0; i < n; i++)
    vectors[i * 8 + i % 8] = 1.0f;
  rows = sem_piece_rows_new (sem_trainer_get_pieces (trainer), corpus, vectors, 8);
  g_assert_true (find_piece (sem_trainer_get_pieces (trainer), "planet", &id));
  g_assert_cmpfloat (fabs ((double)rows[id * 8 + word % 8] - 1e-3 / (1e-3 + share)), <, 1e-6);
  g_assert_cmpfloat ((double)rows[id * 8 + (word + 1) % 8], ==, 0.0);
  g_assert_true (find_piece (sem_trainer_get_pieces (trainer), "[PAD]", &id));
  g_assert_cmpfloat ((double)rows[id * 8], ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_autofree char *command = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("semblance-train-XXXXXX", NULL);
  write_corpus ();
  g_test_add_func ("/trainer/learns", test_learns);
  g_test_add_func ("/trainer/repeats-to-the-bit", test_repeats_to_the_bit);
  g_test_add_func ("/trainer/folder", test_folder);
  g_test_add_func ("/trainer/cuts-as-the-tokenizer", test_cuts_as_the_tokenizer);
  g_test_add_func ("/trainer/checkpoint", test_checkpoint);
  g_test_add_func ("/trainer/stop-while-reading", test_stop_while_reading);
  g_test_add_func ("/trainer/refusals", test_refusals);
  g_test_add_func ("/trainer/vocabulary", test_vocabulary);
  g_test_add_func ("/trainer/rows", test_rows);
  status = g_test_run ();
  command = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (system (command), ==, 0);
  g_free (folder);
  g_free (corpus_path);
  return status;
}
