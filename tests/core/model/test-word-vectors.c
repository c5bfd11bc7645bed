/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Word vectors: text, gzip, binary, fastText; one bad file per check; the shared samples against
 * their expected values. */
#include "core/error.h"
#include "core/model/fasttext.h"
#include "core/model/word-text.h"
#include "core/model/word-vectors.h"
#include "model-test.h"

#include <jansson.h>
#include <math.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

static const SemWordReadOptions no_options;

typedef struct
{
  const char *name, *file, *text;
  gsize length; /* 0: strlen */
  gsize n, dim;
  const char *first, *last;
  double first_value, last_value;
  int code;
  const char *message;
} Case;

static const Case cases[] = {
  { "glove", "a.txt", "sun 1 2 3\nmoon -4 5.5 6e-1\n", 0, 2, 3, "sun", "moon", 1.0, 0.6f, -1,
    NULL },
  { "header", "a.vec", "2 2\nsun 1 2\nmoon 3 4 \n", 0, 2, 2, "sun", "moon", 1.0, 4.0, -1, NULL },
  { "announced-more", "a.vec", "9 2\nsun 1 2\n", 0, 1, 2, "sun", "sun", 1.0, 2.0, -1, NULL },
  { "crlf", "a.txt", "sun 1 2\r\nmoon 3 4\r\n", 0, 2, 2, "sun", "moon", 1.0, 4.0, -1, NULL },
  { "no-last-line-end", "a.txt", "sun 1 2\nmoon 3 4", 0, 2, 2, "sun", "moon", 1.0, 4.0, -1, NULL },
  { "tabs", "a.tsv", "sun\t1\t2\nmoon\t3\t4\n", 0, 2, 2, "sun", "moon", 1.0, 4.0, -1, NULL },
  { "blanks-in-words", "a.txt", ". . . 1 2 3\nNew York 4 5 6\nplain 7 8 9\n", 0, 3, 3, ". . .",
    "plain", 1.0, 9.0, -1, NULL },
  { "number-words", "a.txt", "sun 1 2 3\n2000 4 5 6\nat 7 9 8 7\n", 0, 3, 3, "sun", "at 7", 1.0,
    7.0, -1, NULL },
  { "not-utf8", "a.txt", "zee\xebn 1 2\nb 3 4\n", 0, 2, 2, "zee\\xebn", "b", 1.0, 4.0, -1, NULL },
  { "toy-text", "a.txt", "1 2\nking 0.9 0.1\n", 0, 1, 2, "king", "king", 0.9f, 0.1f, -1, NULL },
  { "binary", "a.bin", "2 1\nsun \0\0\x80?\nmoon \0\0\0\xc0\n", 23, 2, 1, "sun", "moon", 1.0, -2.0,
    -1, NULL },
  { "binary-unbroken", "a.bin", "2 1\nsun \0\0\x80?moon \0\0\0\xc0", 21, 2, 1, "sun", "moon", 1.0,
    -2.0, -1, NULL },
  { "nan", "a.txt", "a 1 2\nb nan 3\n", 0, 0, 0, NULL, NULL, 0, 0, SEM_FORMAT_ERROR_BAD_VALUE,
    "line 2: value 1 of 2 is 'nan', which is not a finite number" },
  { "infinite", "a.txt", "a 1 2\nb 3 -inf\n", 0, 0, 0, NULL, NULL, 0, 0, SEM_FORMAT_ERROR_BAD_VALUE,
    "line 2: value 2 of 2 is '-inf'" },
  { "out-of-range", "a.txt", "a 1 2\nb 1e400 1\n", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_BAD_VALUE, "line 2: value 1 of 2 is '1e400'" },
  { "not-numeric", "a.txt", "a 1 2 3\nb 1 2 3\nc 1 x 3\n", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_BAD_VALUE, "line 3: value 2 of 3 is 'x'" },
  { "short-row", "a.vec", "2 3\na 1 2 3\nb 1 2\n", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_BAD_VALUE, "line 3: 3 fields, expected a word and 3 numbers" },
  { "no-word", "a.txt", "a 1 2 3\n 1 2 3\n", 0, 0, 0, NULL, NULL, 0, 0, SEM_FORMAT_ERROR_BAD_VALUE,
    "line 2: 3 fields, expected a word and 3 numbers" },
  { "negative-count", "a.bin", "-41 2\nsun 12345678\n", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_BAD_VALUE, "the header announces -41 rows of 2 values" },
  { "absurd-count", "a.bin", "999999999999 9999\nsun abcdefgh", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_TRUNCATED,
    "the header announces 999999999999 rows of 9999 values, 12 bytes are left" },
  { "absurd-dimension", "a.bin", "3 999999999\nsun abcdefgh", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_BAD_VALUE, "rows of 1 to 65536 values" },
  { "cut", "a.bin", "2 1\nsun \0\0\x80?\nmoon \0\0", 20, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_TRUNCATED, "row 2 at offset 13 needs a word and 4 bytes" },
  { "prose", "a.txt", "It was a dark and stormy night.\n", 0, 0, 0, NULL, NULL, 0, 0,
    SEM_FORMAT_ERROR_UNSUPPORTED, "not a file of word vectors" },
  { "empty", "a.txt", "", 0, 0, 0, NULL, NULL, 0, 0, SEM_FORMAT_ERROR_UNSUPPORTED,
    "not a file of word vectors" },
};

static double
read_value (const SemWordVectors *vectors, gsize row, gsize column)
{
  g_autofree double *values = g_new (double, sem_rows_get_dim (vectors->rows));
  sem_rows_read (vectors->rows, row, values);
  return values[column];
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gsize length = c->length > 0 ? c->length : strlen (c->text);
  g_autoptr (GBytes) bytes = g_bytes_new (c->text, length);
  g_auto (SemWordVectors) vectors = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = sem_word_vectors_read (c->file, bytes, &no_options, &vectors, &error);
  if (c->code >= 0)
    {
      g_assert_false (good);
      g_assert_error (error, SEM_FORMAT_ERROR, c->code);
      model_test_assert_sentence (error, c->message);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (sem_rows_get_n (vectors.rows), ==, c->n);
  g_assert_cmpuint (sem_rows_get_dim (vectors.rows), ==, c->dim);
  g_assert_cmpuint (sem_word_list_get_n (vectors.words), ==, c->n);
  g_assert_cmpstr (sem_word_list_get (vectors.words, 0, NULL), ==, c->first);
  g_assert_cmpstr (sem_word_list_get (vectors.words, c->n - 1, NULL), ==, c->last);
  g_assert_cmpfloat (read_value (&vectors, 0, 0), ==, c->first_value);
  g_assert_cmpfloat (read_value (&vectors, c->n - 1, c->dim - 1), ==, c->last_value);
}

/* Every number is what strtod makes of it, rounded once more to single precision. */
static void
test_numbers (void)
{
  static const char *const good[] = { "0",
                                      "-0",
                                      "1",
                                      "+1.5",
                                      ".5",
                                      "5.",
                                      "-0.00066023",
                                      "1e5",
                                      "1E-5",
                                      "123456789012345678901234567890",
                                      "0.1234567890123456789",
                                      "1.7976931348623157e-30",
                                      "3.4028234e38",
                                      "1e-400",
                                      "7e-46",
                                      "0000000000000000000000012.5",
                                      "-8.269973595356034e-05",
                                      "9007199254740993",
                                      "1e22",
                                      "1e23" };
  static const char *const bad[]
      = { "", "-", ".", "e5", "1e", "1e+", "nan", "inf", "0x10", "1,5", "1e39", "--1", "1-" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      float value = 0.0f;
      const char *end = good[i] + strlen (good[i]);
      g_assert_true (sem_word_text_parse_number (good[i], end, &value) == end);
      g_assert_cmpfloat (value, ==, (float)g_ascii_strtod (good[i], NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      float value;
      if (sem_word_text_parse_number (bad[i], bad[i] + strlen (bad[i]), &value) != NULL)
        g_error ("'%s' was taken as a number", bad[i]);
    }
}

/* Fed a byte at a time after the first lines, a text gives what it gives whole. */
static void
test_pieces (void)
{
  const char *text = "sun 1 2\nmoon 3 4\nmars 5 6";
  g_autoptr (SemWordText) reader = sem_word_text_new (FALSE);
  g_autoptr (GError) error = NULL;
  gsize first = strlen ("sun 1 2\n"), length = strlen (text);
  g_assert_true (sem_word_text_feed (reader, text, first, FALSE, &error));
  for (gsize i = first; i < length; i++)
    g_assert_true (sem_word_text_feed (reader, text + i, 1, i + 1 == length, &error));
  g_auto (SemWordVectors) vectors = { 0 };
  g_assert_true (sem_word_text_finish (reader, &vectors, &error));
  g_assert_cmpuint (sem_rows_get_n (vectors.rows), ==, 3);
  g_assert_cmpstr (sem_word_list_get (vectors.words, 2, NULL), ==, "mars");
  g_assert_cmpfloat (read_value (&vectors, 2, 1), ==, 6.0);
}

static GBytes *
compress (gconstpointer data, gsize length)
{
  g_autoptr (GZlibCompressor) pack = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize)length, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (base, G_CONVERTER (pack));
  g_autoptr (GError) error = NULL;
  guint8 buffer[4096];
  gsize n;
  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer, &n, NULL, &error));
  return g_bytes_new (buffer, n);
}

static void
test_gzip (void)
{
  const char *text = "sun 1 2\nmoon 3 4\n";
  static const char binary[] = "2 1\nsun \0\0\x80?\nmoon \0\0\0\xc0\n";
  g_autoptr (GBytes) packed = compress (text, strlen (text));
  g_autoptr (GBytes) packed_binary = compress (binary, sizeof binary - 1);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 9);
  g_auto (SemWordVectors) vectors = { 0 };
  g_auto (SemWordVectors) others = { 0 };
  g_auto (SemWordVectors) none = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (sem_word_vectors_read ("a.txt.gz", packed, &no_options, &vectors, &error));
  g_assert_cmpfloat (read_value (&vectors, 1, 1), ==, 4.0);
  g_assert_true (sem_word_vectors_read ("a.bin.gz", packed_binary, &no_options, &others, &error));
  g_assert_cmpfloat (read_value (&others, 1, 0), ==, -2.0);
  g_assert_false (sem_word_vectors_read ("a.txt.gz", cut, &no_options, &none, &error));
  g_assert_nonnull (error);
}

static void
count_progress (double fraction, gpointer user_data)
{
  int *n = user_data;
  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
  (*n)++;
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 600000; i++)
    g_string_append_printf (text, "w%d 0.25 -1.5 %d\n", i, i);
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int n = 0;
  SemWordReadOptions options = { count_progress, &n, cancellable };
  g_auto (SemWordVectors) vectors = { 0 };
  g_auto (SemWordVectors) none = { 0 };
  g_assert_true (sem_word_vectors_read ("a.txt", bytes, &options, &vectors, &error));
  g_assert_cmpint (n, >=, 2);
  g_assert_cmpuint (sem_rows_get_n (vectors.rows), ==, 600000);
  g_assert_cmpfloat (read_value (&vectors, 599999, 2), ==, 599999.0);
  g_cancellable_cancel (cancellable);
  g_assert_false (sem_word_vectors_read ("a.txt", bytes, &options, &none, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (none.rows);
}

/* --- fastText -----------------------------------------------------------------------------------
 */

static const char *const fasttext_words[] = { "</s>", "planet", "earth", "größe", "地球", "a" };
#define FASTTEXT_BUCKET 97
#define FASTTEXT_DIM 5

static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8)(value >> (8 * i));
      g_byte_array_append (out, &byte, 1);
    }
}

/* field: one of the 14 leading integers to replace; -1: none. */
static GBytes *
make_fasttext (int field, guint32 replacement)
{
  const guint32 fields[]
      = { 793712314, 12, FASTTEXT_DIM, 5, 5, 1, 5, 1, 2, 2, FASTTEXT_BUCKET, 2, 4, 100 };
  gsize n_words = G_N_ELEMENTS (fasttext_words);
  GByteArray *out = g_byte_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    put (out, (int)i == field ? replacement : fields[i], 4);
  put (out, 0, 8);
  put (out, n_words, 4);
  put (out, n_words, 4);
  put (out, 0, 4);
  put (out, 1000, 8);
  put (out, G_MAXUINT64, 8);
  for (gsize i = 0; i < n_words; i++)
    {
      g_byte_array_append (out, (const guint8 *)fasttext_words[i],
                           (guint)strlen (fasttext_words[i]) + 1);
      put (out, 10, 8);
      put (out, 0, 1);
    }
  put (out, 0, 1);
  put (out, n_words + FASTTEXT_BUCKET, 8);
  put (out, FASTTEXT_DIM, 8);
  for (gsize row = 0; row < n_words + FASTTEXT_BUCKET; row++)
    for (gsize column = 0; column < FASTTEXT_DIM; column++)
      {
        float value = ((float)((row * 7 + column * 3) % 23) - 11.0f) / 8.0f;
        guint32 bits;
        memcpy (&bits, &value, sizeof bits);
        put (out, bits, 4);
      }
  return g_byte_array_free_to_bytes (out);
}

static void
test_fasttext (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "golden", "model", "fasttext.json", NULL);
  json_error_t trouble;
  g_autoptr (json_t) golden = json_load_file (path, 0, &trouble);
  g_assert_nonnull (golden);
  g_autoptr (GBytes) bytes = make_fasttext (-1, 0);
  g_auto (SemWordVectors) vectors = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (sem_word_vectors_read ("m.bin", bytes, &no_options, &vectors, &error));
  g_assert_cmpuint (sem_rows_get_n (vectors.rows), ==, G_N_ELEMENTS (fasttext_words));
  const char *word;
  json_t *values;
  guint n_unseen = 0;
  json_object_foreach (golden, word, values)
  {
    double row[FASTTEXT_DIM];
    gsize i = 0;
    while (i < G_N_ELEMENTS (fasttext_words) && !g_str_equal (fasttext_words[i], word))
      i++;
    if (i < G_N_ELEMENTS (fasttext_words))
      sem_rows_read (vectors.rows, i, row);
    else
      {
        g_assert_true (vectors.read_unseen (vectors.unseen_data, word, strlen (word), row));
        n_unseen++;
      }
    for (gsize j = 0; j < FASTTEXT_DIM; j++)
      g_assert_cmpfloat_with_epsilon (row[j], json_number_value (json_array_get (values, j)), 1e-6);
  }
  g_assert_cmpuint (n_unseen, ==, 4);
}

static void
test_bad_fasttext (void)
{
  static const struct
  {
    int field;
    guint32 value;
    const char *message;
  } bad[] = {
    { 1, 11, "fastText version is 11, allowed: 12" }, { 2, 0, "fastText dim is 0" },
    { 2, 6, "fastText number of columns is 5" },      { 10, G_MAXUINT32, "fastText bucket is -1" },
    { 10, 98, "fastText number of rows is 103" },     { 12, 1000, "fastText maxn is 1000" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = make_fasttext (bad[i].field, bad[i].value);
      g_auto (SemWordVectors) vectors = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_false (sem_word_vectors_read ("m.bin", bytes, &no_options, &vectors, &error));
      model_test_assert_sentence (error, bad[i].message);
    }
  g_autoptr (GBytes) whole = make_fasttext (-1, 0);
  for (gsize length = 4; length < g_bytes_get_size (whole); length += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, length);
      g_auto (SemWordVectors) vectors = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_false (sem_word_vectors_read ("m.bin", part, &no_options, &vectors, &error));
      g_assert_nonnull (error);
    }
}

/* --- shared samples -----------------------------------------------------------------------------
 */

static gsize
find_word (const SemWordVectors *vectors, const char *word)
{
  for (gsize i = 0; i < sem_word_list_get_n (vectors->words); i++)
    if (g_str_equal (sem_word_list_get (vectors->words, i, NULL), word))
      return i;
  return G_MAXSIZE;
}

static void
check_row (const SemWordVectors *vectors, gsize row, json_t *expected)
{
  g_autofree double *values = g_new (double, sem_rows_get_dim (vectors->rows));
  sem_rows_read (vectors->rows, row, values);
  for (gsize i = 0; i < json_array_size (expected); i++)
    {
      double want = json_number_value (json_array_get (expected, i));
      g_assert_cmpfloat_with_epsilon (values[i], want, fabs (want) * 1e-6 + 1e-40);
    }
}

static void
check_file (const char *path, const char *name, json_t *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sem_file_map (path, &error);
  g_assert_no_error (error);
  g_auto (SemWordVectors) vectors = { 0 };
  sem_word_vectors_read (name, bytes, &no_options, &vectors, &error);
  g_assert_no_error (error);
  gsize n = sem_rows_get_n (vectors.rows), dim = sem_rows_get_dim (vectors.rows);
  g_test_message ("%s: %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT ", %s", name, n, dim,
                  vectors.format);
  g_assert_cmpint ((gint64)n, ==, json_integer_value (json_object_get (expected, "rows")));
  g_assert_cmpint ((gint64)dim, ==, json_integer_value (json_object_get (expected, "dim")));
  const char *first = json_string_value (json_object_get (expected, "first_word"));
  const char *last = json_string_value (json_object_get (expected, "last_word"));
  g_assert_cmpstr (sem_word_list_get (vectors.words, 0, NULL), ==, first);
  g_assert_cmpstr (sem_word_list_get (vectors.words, n - 1, NULL), ==, last);
  check_row (&vectors, find_word (&vectors, first), json_object_get (expected, "first_vec"));
  check_row (&vectors, n - 1, json_object_get (expected, "last_vec"));
  double sum = 0.0, magnitude = 0.0;
  g_autofree double *row = g_new (double, dim);
  for (gsize i = 0; i < n; i++)
    {
      sem_rows_read (vectors.rows, i, row);
      for (gsize j = 0; j < dim; j++)
        {
          sum += row[j];
          magnitude += fabs (row[j]);
        }
    }
  double want = json_number_value (json_object_get (expected, "sum"));
  g_assert_cmpfloat_with_epsilon (sum, want, magnitude * 1e-7 + 1e-40);
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
  const char *name;
  json_t *values;
  json_object_foreach (expected, name, values)
  {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    check_file (file, name, values);
  }
}

static void
test_shared_bad (void)
{
  static const struct
  {
    const char *file, *message;
    gsize n;
    const char *last;
  } files[] = {
    { "glove_nonnumeric.txt", "line 6: value", 0, NULL },
    { "glove_crlf.txt", NULL, 76, "into" },
    { "glove_nan_inf.txt", "line 2: value 1 of 3 is 'nan'", 0, NULL },
    { "glove_spaced_word.txt", NULL, 3, "plain" },
    { "w2v_truncated.bin", "needs a word and 400 bytes", 0, NULL },
    { "w2v_header_huge.bin", "the header announces 999999999999 rows", 0, NULL },
    { "w2v_header_negative.bin", "the header announces -41 rows", 0, NULL },
  };
  g_autofree char *folder = model_test_find_shared ("models/bad");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/bad is not here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].file, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = sem_file_map (path, &error);
      g_assert_no_error (error);
      g_auto (SemWordVectors) vectors = { 0 };
      gboolean good = sem_word_vectors_read (files[i].file, bytes, &no_options, &vectors, &error);
      if (files[i].message != NULL)
        {
          g_assert_false (good);
          model_test_assert_sentence (error, files[i].message);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (sem_rows_get_n (vectors.rows), ==, files[i].n);
      g_assert_cmpstr (sem_word_list_get (vectors.words, files[i].n - 1, NULL), ==, files[i].last);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/word-vectors/case/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/word-vectors/numbers", test_numbers);
  g_test_add_func ("/word-vectors/pieces", test_pieces);
  g_test_add_func ("/word-vectors/gzip", test_gzip);
  g_test_add_func ("/word-vectors/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/word-vectors/fasttext", test_fasttext);
  g_test_add_func ("/word-vectors/bad-fasttext", test_bad_fasttext);
  g_test_add_func ("/word-vectors/shared", test_shared);
  g_test_add_func ("/word-vectors/shared-bad", test_shared_bad);
  return g_test_run ();
}
