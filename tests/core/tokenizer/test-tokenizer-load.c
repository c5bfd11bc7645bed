/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of vocabularies and merges larger than what is looked up at a time: written plainly, with
 * escapes, as pairs; pieces that come twice; merges of pieces that there are not.  And the numbers
 * of the words that tokens were cut from, and Llama's words one at a time. */
#include "core/error.h"
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/tokenizer-private.h"

#include <string.h>

#define N_LETTERS 26
/* More than are looked up at a time, and more escaped text than is kept. */
#define N_PIECES (N_LETTERS * N_LETTERS * N_LETTERS)

typedef enum
{
  FORM_STRING,
  FORM_PAIR,
  FORM_ESCAPED,
} Form;

/* How a letter is written. */
static void
put (GString *out, Form form, char c)
{
  if (form == FORM_ESCAPED)
    g_string_append_printf (out, "\\u%04x", (guint)c);
  else
    g_string_append_c (out, c);
}

/* All words of one, two and three letters; two letters join, and a third one to them. */
static char *
make_json (Form form, const char *last)
{
  GString *vocab = g_string_new (NULL), *merges = g_string_new (NULL);
  guint id = 0;
  char *json;

  for (char a = 'a'; a <= 'z'; a++)
    g_string_append_printf (vocab, "%s\"%c\":%u", id > 0 ? "," : "", a, id), id++;
  for (guint i = 0; i < N_LETTERS * N_LETTERS + N_PIECES; i++)
    {
      guint n = i < N_LETTERS * N_LETTERS ? i : i - N_LETTERS * N_LETTERS;
      char word[4] = { 0 };
      guint length = i < N_LETTERS * N_LETTERS ? 2 : 3;

      for (guint k = length; k-- > 0; n /= N_LETTERS)
        word[k] = (char)('a' + n % N_LETTERS);
      g_string_append_printf (vocab, ",\"%s\":%u", word, id++);
      g_string_append (merges, i > 0 ? "," : "");
      g_string_append (merges, form == FORM_PAIR ? "[\"" : "\"");
      for (guint k = 0; k < length; k++)
        {
          if (k == length - 1)
            g_string_append (merges, form == FORM_PAIR ? "\",\"" : " ");
          put (merges, form, word[k]);
        }
      g_string_append (merges, form == FORM_PAIR ? "\"]" : "\"");
    }
  json = g_strdup_printf ("{\"model\":{\"type\":\"BPE\",\"vocab\":{%s},\"merges\":[%s%s]}}",
                          vocab->str, merges->str, last);
  g_string_free (vocab, TRUE);
  g_string_free (merges, TRUE);
  return json;
}

static SemTokenizer *
read_json (char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));

  return sem_tokenizer_new_from_json (bytes, error);
}

static void
check_ids (SemTokenizer *tokenizer, const char *text, const guint32 *want, gsize n_want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, &error);
  const SemToken *tokens;
  gsize n;

  g_assert_no_error (error);
  tokens = sem_encoding_get_tokens (encoding, &n);
  g_assert_cmpuint (n, ==, n_want);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (tokens[i].id, ==, want[i]);
}

/* Word number `index` of two or of three letters. */
static guint32
id_of (guint length, guint index)
{
  return N_LETTERS + (length == 3 ? N_LETTERS * N_LETTERS : 0) + index;
}

static void
test_merges (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer
      = read_json (make_json ((Form)GPOINTER_TO_UINT (data), ""), &error);
  /* The pair of lowest rank comes first: "ab" of "zabz", then its neighbours. */
  const guint32 three[] = { id_of (3, 1) }, four[] = { 25, id_of (3, N_LETTERS + 25) },
                last[] = { id_of (3, N_PIECES - 1) };

  g_assert_no_error (error);
  check_ids (tokenizer, "aab", three, 1);
  check_ids (tokenizer, "zabz", four, 2);
  check_ids (tokenizer, "zzz", last, 1);
}

static void
check_refused (Form form, const char *last, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = read_json (make_json (form, last), &error);

  g_assert_null (tokenizer);
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, sentence);
}

/* The piece that is missing is named with the number of its merge, wherever in a batch that is. */
static void
test_missing (void)
{
  GString *later = g_string_new (",\"! a\"");

  check_refused (FORM_STRING, ",\"a ?\"",
                 "model.merges: entry 18252 needs the piece '?', which is not in the vocabulary");
  check_refused (
      FORM_PAIR, ",[\"zzz\",\"z\"]",
      "model.merges: entry 18252 needs the piece 'zzzz', which is not in the vocabulary");
  for (guint i = 0; i < 100; i++)
    g_string_append (later, ",\"\\u0061 b\"");
  check_refused (FORM_ESCAPED, later->str,
                 "model.merges: entry 18252 needs the piece '!', which is not in the vocabulary");
  g_string_free (later, TRUE);
}

static void
test_merges_txt (void)
{
  g_autoptr (GBytes) vocab = g_bytes_new_static ("{\"a\":0,\"b\":1,\"ab\":2,\"aba\":3}", 30);
  const char *text = "#version: 0.2\r\na b\r\nab a\r\nab b\n";
  g_autoptr (GBytes) merges = g_bytes_new_static (text, strlen (text)),
                     good = g_bytes_new_static (text, strlen (text) - 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_merges (vocab, merges, &error);
  const guint32 ids[] = { 3, 2 };

  g_assert_null (tokenizer);
  g_assert_cmpstr (error->message, ==,
                   "merges.txt: line 4 needs a piece that is not in the vocabulary");
  g_clear_error (&error);
  tokenizer = sem_tokenizer_new_from_merges (vocab, good, &error);
  g_assert_no_error (error);
  check_ids (tokenizer, "abaab", ids, 2);
}

/* Of a piece that comes twice the last id is found, the first keeps showing it; nothing is found
 * before the index is there, nor what is hidden. */
static void
test_vocab (void)
{
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  SemVocabKey keys[SEM_VOCAB_MANY];
  guint32 ids[SEM_VOCAB_MANY];
  gsize length;

  for (guint32 i = 0; i < 3000; i++)
    {
      g_autofree char *piece = g_strdup_printf ("%u", i % 2000);

      g_assert_true (sem_vocab_add (vocab, piece, strlen (piece), i));
    }
  g_assert_cmpuint (sem_vocab_find (vocab, "7", 1), ==, SEM_VOCAB_NONE);
  sem_vocab_index (vocab);
  g_assert_cmpuint (vocab->n_pieces, ==, 2000);
  g_assert_cmpuint (sem_vocab_find (vocab, "7", 1), ==, 2007);
  g_assert_cmpuint (sem_vocab_find (vocab, "1007", 4), ==, 1007);
  g_assert_cmpstr (sem_vocab_get (vocab, 7, &length), ==, "7");
  g_assert_cmpuint (length, ==, 1);
  sem_vocab_hide (vocab, 1007);
  for (guint i = 0; i < SEM_VOCAB_MANY; i++)
    keys[i] = (SemVocabKey){ i % 3 == 0   ? "1007"
                             : i % 3 == 1 ? "1999"
                                          : "19999",
                             i % 3 == 2 ? 5 : 4 };
  sem_vocab_find_many (vocab, keys, SEM_VOCAB_MANY, ids);
  for (guint i = 0; i < SEM_VOCAB_MANY; i++)
    g_assert_cmpuint (ids[i], ==, i % 3 == 1 ? 1999 : SEM_VOCAB_NONE);
}

static void
check_same_both_ways (SemTokenizer *tokenizer, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (SemEncoding) fast
      = sem_tokenizer_encode (tokenizer, valid, -1, 0, NULL, NULL),
      general = sem_tokenizer_encode (tokenizer, valid, -1, SEM_ENCODE_GENERAL, NULL, NULL);
  gsize n, n_general;
  const SemToken *a = sem_encoding_get_tokens (fast, &n),
                 *b = sem_encoding_get_tokens (general, &n_general);

  g_assert_cmpuint (n, ==, n_general);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (a[i].id, ==, b[i].id);
      g_assert_cmpuint (a[i].start, ==, b[i].start);
      g_assert_cmpuint (a[i].end, ==, b[i].end);
      g_assert_cmpuint (a[i].flags, ==, b[i].flags);
    }
}

/* The pre-tokens are counted, a template's tokens are in none. */
static void
test_words (void)
{
  const char *json
      = "{\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"post_processor\":{\"type\":"
        "\"BertProcessing\",\"cls\":[\"a\",0],\"sep\":[\"b\",1]},\"model\":{\"type\":\"BPE\","
        "\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = read_json (g_strdup (json), &error);
  g_autoptr (SemEncoding) encoding = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n;

  g_assert_no_error (error);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, " aba b");
  encoding = sem_tokenizer_encode (tokenizer, text->str, -1, SEM_ENCODE_TEMPLATE, NULL, &error);
  g_assert_no_error (error);
  sem_encoding_get_tokens (encoding, &n);
  g_assert_cmpuint (n, ==, 3002);
  g_assert_cmpuint (sem_encoding_get_word (encoding, 0), ==, SEM_NO_WORD);
  g_assert_cmpuint (sem_encoding_get_word (encoding, 3001), ==, SEM_NO_WORD);
  for (guint32 i = 0; i < 3000; i++)
    g_assert_cmpuint (sem_encoding_get_word (encoding, i + 1), ==, i / 3 * 2 + (i % 3 == 2));
}

/* Llama's way with blanks, word by word and all at once. */
static void
test_marks (void)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "a",
                                       "ab  ab",
                                       " ab ab",
                                       "a\303\251b \303\251",
                                       "ab\nab \tc",
                                       "\342\226\201ab a\342\226\201b",
                                       "  \342\226\201 ab",
                                       "<s>ab <s> ab",
                                       "ab ababababababababababababababababababababab ab",
                                       "\342\226\202 \342\226 \0ab ab ab" };
  static const char start[]
      = "{\"added_tokens\":[{\"content\":\"<s>\",\"special\":true,\"normalized\":false}],"
        "\"normalizer\":{"
        "\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":\"\342\226\201\"}"
        ",{"
        "\"type\":\"Replace\",\"pattern\":{\"String\":\" "
        "\"},\"content\":\"\342\226\201\"}]},\"model\":{"
        "\"type\":\"BPE\",",
      rest[] = "\"fuse_unk\":true,\"byte_fallback\":true,\"vocab\":{\"<unk>\":0,\"<s>\":1,"
               "\"\342\226\201\":2,\"a\":3,\"b\":4,\"ab\":5,\"\342\226\201ab\":6,\"<0xC3>\":7,\"<"
               "0xA9>\":8,"
               "\"\342\226\201\342\226\201\":9},\"merges\":[\"\342\226\201 \342\226\201\",\"a b\","
               "\"\342\226\201 ab\"]}}";

  for (guint unknown = 0; unknown < 2; unknown++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemTokenizer) tokenizer = NULL;

      tokenizer = read_json (
          g_strconcat (start, unknown != 0 ? "\"unk_token\":\"<unk>\"," : "", rest, NULL), &error);
      g_assert_no_error (error);
      g_assert_cmpint (tokenizer->fast, ==, SEM_FAST_MARKS);
      for (gsize i = 0; i < 3 * G_N_ELEMENTS (texts); i++)
        check_same_both_ways (tokenizer, texts[i % G_N_ELEMENTS (texts)]);
    }
}

int
main (int argc, char **argv)
{
  static const char *const forms[] = { "string", "pair", "escaped" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/tokenizer/load/merges-", forms[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_merges);
    }
  g_test_add_func ("/tokenizer/load/missing", test_missing);
  g_test_add_func ("/tokenizer/load/merges-txt", test_merges_txt);
  g_test_add_func ("/tokenizer/load/vocab", test_vocab);
  g_test_add_func ("/tokenizer/load/words", test_words);
  g_test_add_func ("/tokenizer/load/marks", test_marks);
  return g_test_run ();
}
