/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long texts without a cut, in every kind of tokenizer: whatever grows with the square of the text
 * would take minutes here.  The bound is on processor time and some fifty times what is needed, so
 * that a busy machine or a sanitizer does not matter. */
#include "core/tokenizer/gguf-vocab.h"
#include "core/tokenizer/tokenizer-files.h"

#include <string.h>
#include <time.h>

#define LONG_BYTES 1000000
#define SHORT_BYTES 100000
#define MAX_SECONDS(bytes) ((bytes) == LONG_BYTES ? 30.0 : 6.0)

#define WORDPIECE(max)                                                                             \
  "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"max_input_chars_per_word\":" max    \
  ",\"vocab\":{\"[UNK]\":0,\"a\":1,\"##a\":2,\"e\":3,\"##e\":4,\"##aaaaaaaaaaaaaaaaaaaaae\":5}}"
#define LETTERS                                                                                    \
  "\"a\":0,\"e\":1,\"t\":2,\"\u0120\":3,\"\u2581\":4,\"aa\":5,\"aaaa\":6,\"et\":7,"                \
  "\"\u0120\u0120\":8"
#define BPE(options)                                                                               \
  "\"model\":{\"type\":\"BPE\"," options "\"vocab\":{" LETTERS "},"                                \
  "\"merges\":[\"a a\",\"aa aa\",\"e t\",\"\u0120 \u0120\"]}"
#define UNIGRAM                                                                                    \
  "\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0],[\"\u2581\",-2],[\"a\","  \
  "-1],[\"aaaa\",-2],[\"et\",-2],[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaae\",-3]]}"
#define WORDLEVEL                                                                                  \
  "\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"a\",\"vocab\":{\"a\":0,\"aa\":1}}"
#define ADDED                                                                                      \
  "\"added_tokens\":[{\"content\":\"<|end|>\",\"special\":true},{\"content\":\" \",\"rstrip\":"    \
  "true,\"lstrip\":true,\"normalized\":false},{\"content\":\"ae\",\"single_word\":true,"           \
  "\"normalized\":true},{\"content\":\"aaaaaaaaaaaaaaaaaaaaaat\"}],"
#define SPLIT(regex, rest)                                                                         \
  "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{"  \
  "\"Regex\":\"" regex "\"},\"behavior\":\"Isolated\"}," rest "]},"
#define BYTES "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}"

static const struct
{
  const char *name, *json;
} kinds[] = {
  { "wordpiece", "\"normalizer\":{\"type\":\"BertNormalizer\"},\"pre_tokenizer\":{\"type\":"
                 "\"BertPreTokenizer\"}," WORDPIECE ("100") },
  { "wordpiece-any-length", "\"pre_tokenizer\":{\"type\":\"Whitespace\"}," WORDPIECE ("9999999") },
  { "bpe-byte-level", "\"pre_tokenizer\":{\"type\":\"ByteLevel\"}," BPE ("") },
  { "bpe-whole", BPE ("\"unk_token\":\"t\",\"fuse_unk\":true,") },
  { "bpe-llama",
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":"
    "\"\u2581\"},{"
    "\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\u2581\"}]}," BPE ("") },
  { "bpe-suffix", BPE ("\"end_of_word_suffix\":\"</w>\",\"byte_fallback\":true,") },
  { "bpe-cl100k",
    SPLIT ("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}| ?"
           "[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+",
           BYTES) BPE ("") },
  { "bpe-pcre2",
    SPLIT ("'s| ?\\\\p{L}+| ?[^\\\\s\\\\p{L}]+|\\\\s+(?!\\\\S)|\\\\s+", BYTES) BPE ("") },
  { "unigram", UNIGRAM },
  { "unigram-metaspace",
    "\"normalizer\":{\"type\":\"NFKC\"},\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":"
    "[{\"type\":\"WhitespaceSplit\"},{\"type\":\"Metaspace\"}]}," UNIGRAM },
  { "unigram-metaspace-alone", "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":"
                               "\"Strip\",\"strip_left\":false,"
                               "\"strip_right\":true},{\"type\":\"Replace\",\"pattern\":{\"Regex\":"
                               "\" {2,}\"},\"content\":\"\u2581\"}]},"
                               "\"pre_tokenizer\":{\"type\":\"Metaspace\"}," UNIGRAM },
  { "wordlevel", "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFD\"},{"
                 "\"type\":\"StripAccents\"},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\\\\s+"
                 "\"},\"content\":\" \"}]},\"pre_tokenizer\":{\"type\":\"Sequence\","
                 "\"pretokenizers\":[{\"type\":\"Punctuation\"},{\"type\":\"Digits\"},{\"type\":"
                 "\"UnicodeScripts\"}]}," WORDLEVEL },
  { "added", ADDED WORDLEVEL },
};

/* The bar's two texts are long, the others show the same in a tenth. */
static const struct
{
  const char *unit;
  gsize bytes;
} texts[] = {
  { "a", LONG_BYTES },
  { "aet", LONG_BYTES },
  { "aetaaet\314\201", SHORT_BYTES },
  { " ", SHORT_BYTES },
  { "\n", SHORT_BYTES },
  { " \n", SHORT_BYTES },
  { "7", SHORT_BYTES },
  { "=", SHORT_BYTES },
  { "'", SHORT_BYTES },
  { "\314\201", SHORT_BYTES },
  { "<|end", SHORT_BYTES },
  { "aaaaaaaaaaaa", SHORT_BYTES },
  { "\342\226\201", SHORT_BYTES },
  { "\345\234\260", SHORT_BYTES },
  { "ae ", SHORT_BYTES },
};

static double
get_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
check_growth (SemTokenizer *tokenizer, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_sized_new (texts[i].bytes + 16);
      g_autoptr (SemEncoding) encoding = NULL;
      g_autoptr (GError) error = NULL;
      double start = get_cpu_seconds (), seconds;

      while (text->len < texts[i].bytes)
        g_string_append (text, texts[i].unit);
      encoding = sem_tokenizer_encode (tokenizer, text->str, (gssize)text->len, 0, NULL, &error);
      g_assert_no_error (error);
      seconds = get_cpu_seconds () - start;
      if (seconds > 1)
        g_test_message ("%s, text %" G_GSIZE_FORMAT ": %.2f s", name, i, seconds);
      g_assert_cmpfloat (seconds, <, MAX_SECONDS (texts[i].bytes));
    }
}

static void
test_json (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *json = g_strdup_printf ("{%s}", kinds[i].json);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_json (bytes, &error);

  g_assert_no_error (error);
  check_growth (tokenizer, kinds[i].name);
}

static void
test_tiktoken (void)
{
  const char *ranks = "YQ== 0\nZQ== 1\ndA== 2\nYWE= 3\nYWFhYQ== 4\nIA== 5\nCg== 6\nICA= 7\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (ranks, strlen (ranks));
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_tiktoken (bytes, "o200k_base", NULL);

  g_assert_nonnull (tokenizer);
  check_growth (tokenizer, "tiktoken");
}

static void
test_gguf (gconstpointer data)
{
  static const char *const pieces[] = { "<unk>", "<s>", "</s>", "\342\226\201", "a",
                                        "e",     "aa",  "aaaa", "[UNK]",        "\342\226\201a" };
  static const float scores[] = { 0, 0, 0, -1, -2, -3, -4, -5, -6, -7 };
  g_autoptr (SemTokenizer) tokenizer = NULL;
  g_autoptr (GError) error = NULL;
  SemGgufVocab vocab;

  sem_gguf_vocab_init (&vocab);
  vocab.model = data;
  vocab.pieces = pieces;
  vocab.scores = scores;
  vocab.n_pieces = G_N_ELEMENTS (pieces);
  vocab.unk = 0;
  tokenizer = sem_tokenizer_new_from_gguf_vocab (&vocab, &error);
  g_assert_no_error (error);
  check_growth (tokenizer, data);
}

/* What would be many times the text is refused, not built. */
static void
test_refused (void)
{
  g_autofree char *filler = g_strnfill (1000, 'x'), *text = g_strnfill (LONG_BYTES, 'a');
  g_autofree char *json = g_strdup_printf ("{\"normalizer\":{\"type\":\"Replace\",\"pattern\":{"
                                           "\"String\":\"a\"},\"content\":\"%s\"}," WORDLEVEL "}",
                                           filler);
  g_autofree char *piece = g_strnfill (5000, 'y');
  g_autofree char *long_piece = g_strdup_printf (
      "{\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"%s\",0]]}}", piece);
  const char *shared = "{\"added_tokens\":[{\"content\":\" \",\"rstrip\":true}]," WORDLEVEL "}";
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json)),
                     second = g_bytes_new (long_piece, strlen (long_piece)),
                     third = g_bytes_new_static (shared, strlen (shared));
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_json (bytes, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, &error));
  g_assert_nonnull (strstr (error->message, "at most 64 times"));
  g_clear_error (&error);
  g_assert_null (sem_tokenizer_new_from_json (second, &error));
  g_assert_nonnull (strstr (error->message, "5000 bytes"));
  g_clear_error (&error);
  g_clear_pointer (&tokenizer, sem_tokenizer_unref);
  tokenizer = sem_tokenizer_new_from_json (third, NULL);
  memset (text, ' ', LONG_BYTES);
  g_assert_null (sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, &error));
  g_assert_nonnull (strstr (error->message, "at most 64 times"));
}

int
main (int argc, char **argv)
{
  static const char *const models[] = { "llama", "t5", "bert", "gpt2" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/tokenizer/growth/", kinds[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_json);
    }
  g_test_add_func ("/tokenizer/growth/tiktoken", test_tiktoken);
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *path = g_strconcat ("/tokenizer/growth/gguf-", models[i], NULL);

      g_test_add_data_func (path, models[i], test_gguf);
    }
  g_test_add_func ("/tokenizer/growth/refused", test_refused);
  return g_test_run ();
}
