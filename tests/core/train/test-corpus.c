/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading text files: words, counts, repeats, refusals, long lines; and relations out of dictionary
 * lines. */
#include "core/error.h"
#include "core/train/corpus.h"
#include "core/train/relations.h"
#include "core/train/skipgram.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static char *folder;

static char *
write_file (const char *name, const char *data, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return path;
}

static SemCorpus *
read_one (const char *path, guint repeat, GError **error)
{
  SemCorpusFile file = { path, repeat };

  return sem_corpus_read (&file, 1, 1, 1000000, NULL, NULL, error);
}

static guint64
get_count (const SemCorpus *corpus, const char *word)
{
  guint32 number = sem_corpus_find (corpus, word);

  return number == SEM_NO_WORD_INDEX ? 0 : sem_corpus_get_counts (corpus)[number];
}

static void
test_words (void)
{
  g_autofree char *path = write_file (
      "words", "The hot-dog, THE end.\nCafé Ünïted “quoted” 北京 x\xc2\xa0y\n\nDon't\tthe\r\n", -1);
  g_autoptr (SemCorpus) corpus = read_one (path, 3, NULL);
  gsize n;
  const guint32 *stream;

  g_assert_nonnull (corpus);
  g_assert_cmpuint (get_count (corpus, "the"), ==, 9);
  g_assert_cmpuint (sem_corpus_find (corpus, "the"), ==, 0);
  g_assert_cmpuint (get_count (corpus, "dog"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "-"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "cafe"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "united"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "“"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "北"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "y"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "'"), ==, 3);
  g_assert_cmpuint (get_count (corpus, "THE"), ==, 0);
  stream = sem_corpus_get_stream (corpus, &n);
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (stream[0], ==, 0);
  g_assert_cmpuint (stream[n - 1], ==, SEM_STREAM_END_OF_LINE);
  sem_corpus_get_stretches (corpus, &n);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_min_count (void)
{
  g_autofree char *path = write_file ("rare", "a a a b b c\n", -1);
  SemCorpusFile file = { path, 1 };
  g_autoptr (SemCorpus) two = sem_corpus_read (&file, 1, 2, 100, NULL, NULL, NULL);
  g_autoptr (SemCorpus) one = sem_corpus_read (&file, 1, 1, 1, NULL, NULL, NULL);

  g_assert_cmpuint (sem_corpus_get_n_words (two), ==, 2);
  g_assert_cmpuint (sem_corpus_get_n_words (one), ==, 1);
  g_assert_cmpuint (sem_corpus_find (two, "c"), ==, SEM_NO_WORD_INDEX);
  g_assert_cmpuint (sem_corpus_get_n_running_words (two), ==, 6);
}

static void
test_gzip (void)
{
  g_autofree char *path = g_build_filename (folder, "text.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out = g_file_replace (file, NULL, FALSE, 0, NULL, NULL);
  g_autoptr (GConverter) gzip
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (G_OUTPUT_STREAM (out), gzip);
  g_autoptr (SemCorpus) corpus = NULL;

  g_assert_true (g_output_stream_write_all (packed, "one two two\n", 12, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (packed, NULL, NULL));
  corpus = read_one (path, 1, NULL);
  g_assert_nonnull (corpus);
  g_assert_cmpuint (get_count (corpus, "two"), ==, 2);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *data;
    gssize length;
    const char *says;
  } CASES[] = {
    { "", 0, "empty" },
    { "text \x00 more", 11, "0x00 at offset 5" },
    { "caf\xe9 au lait", 12, "0xe9 at offset 3" },
    { "\x7f"
      "ELF\x02\x01\x01\x00",
      8, "not UTF-8" },
    { "\xfd"
      "7zXZ\x00 and so on",
      16, "xz" },
    { " \n\t\n", 4, "no words" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = write_file ("bad", CASES[i].data, CASES[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemCorpus) corpus
          = sem_corpus_check_file (path, &error) ? read_one (path, 1, &error) : NULL;

      g_assert_null (corpus);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, CASES[i].says));
      g_assert_nonnull (strstr (error->message, path));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (sem_corpus_check_file ("/nonexistent/file", &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (sem_corpus_check_file (folder, &error));
    g_assert_nonnull (error);
  }
}

/* 50 MB without a line break, then 50 MB without even a blank; the last byte is wrong, far behind
 * what is checked first. */
static void
test_long_lines (void)
{
  const gsize size = 50 * 1000 * 1000;
  g_autofree char *data = g_malloc (size);
  g_autofree char *path = NULL;
  g_autoptr (SemCorpus) words = NULL, solid = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i + 10 <= size; i += 10)
    memcpy (data + i, "abcd efgh ", 10);
  path = write_file ("long", data, (gssize)size);
  words = read_one (path, 1, NULL);
  g_assert_cmpuint (get_count (words, "abcd"), ==, size / 10);
  g_assert_cmpuint (get_count (words, "efgh"), ==, size / 10);
  g_assert_cmpuint (sem_corpus_get_n_words (words), ==, 2);

  memset (data, 'z', size);
  memcpy (data + size - 6, " end\n", 5);
  data[size - 1] = '\n';
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  solid = read_one (path, 1, NULL);
  g_assert_cmpuint (get_count (solid, "end"), ==, 1);

  data[size - 1] = (char)0xff;
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  g_assert_null (read_one (path, 1, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "offset 49999999"));
  g_unlink (path);
}

static void
test_added_lines (void)
{
  g_autofree char *path = write_file ("base", "x y z\n", -1);
  g_autoptr (SemCorpus) corpus = read_one (path, 1, NULL);
  guint32 line[2] = { sem_corpus_find (corpus, "x"), sem_corpus_find (corpus, "z") };
  const SemCorpusStretch *stretches;
  gsize n;

  sem_corpus_add_line (corpus, line, 2);
  sem_corpus_end_added (corpus);
  g_assert_cmpuint (get_count (corpus, "x"), ==, 2);
  g_assert_cmpuint (get_count (corpus, "y"), ==, 1);
  stretches = sem_corpus_get_stretches (corpus, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (stretches[1].n, ==, 3);
}

static gboolean
walks_together (const SemRelations *relations,
                const SemCorpus *corpus,
                const char *a,
                const char *b)
{
  guint32 x = sem_corpus_find (corpus, a), y = sem_corpus_find (corpus, b);
  SemRng rng = { 9 };

  for (int i = 0; i < 2000; i++)
    {
      guint32 words[SEM_WALK_MAX];
      gsize n = sem_relations_walk (relations, &rng, words);

      g_assert_cmpuint (n, <=, SEM_WALK_MAX);
      for (gsize k = 0; k + 1 < n; k++)
        if ((words[k] == x && words[k + 1] == y) || (words[k] == y && words[k + 1] == x))
          return TRUE;
    }
  return FALSE;
}

static void
test_relations (void)
{
  g_autofree char *path = write_file ("dictionary",
                                      "frank, frankfurter, hotdog, weenie: a smooth sausage.\n"
                                      "frank, blunt, candid: direct in speech.\n"
                                      "frank or frankfurter or hotdog is a kind of sausage.\n"
                                      "Kinds of sausage: salami, bologna.\n"
                                      "He was frank with me.\n",
                                      -1);
  const char *paths[] = { path };
  g_autoptr (SemCorpus) corpus = read_one (path, 1, NULL);
  g_autoptr (SemRelations) relations = sem_relations_read (paths, 1, corpus, NULL);

  g_assert_nonnull (relations);
  g_assert_cmpuint (sem_relations_get_n_meanings (relations), ==, 3);
  g_assert_true (sem_relations_is_headword (relations, sem_corpus_find (corpus, "weenie")));
  g_assert_false (sem_relations_is_headword (relations, sem_corpus_find (corpus, "salami")));
  g_assert_true (walks_together (relations, corpus, "hotdog", "sausage"));
  g_assert_true (walks_together (relations, corpus, "blunt", "candid"));
  g_assert_true (walks_together (relations, corpus, "weenie", "frank"));
  g_assert_false (walks_together (relations, corpus, "hotdog", "candid"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("semblance-corpus-XXXXXX", NULL);
  g_test_add_func ("/corpus/words", test_words);
  g_test_add_func ("/corpus/min-count", test_min_count);
  g_test_add_func ("/corpus/gzip", test_gzip);
  g_test_add_func ("/corpus/refusals", test_refusals);
  g_test_add_func ("/corpus/long-lines", test_long_lines);
  g_test_add_func ("/corpus/added-lines", test_added_lines);
  g_test_add_func ("/corpus/relations", test_relations);
  status = g_test_run ();
  {
    g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

    g_assert_cmpint (system (command), ==, 0);
  }
  g_free (folder);
  return status;
}
