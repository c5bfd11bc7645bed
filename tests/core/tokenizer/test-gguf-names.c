/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pre-tokenizers that llama.cpp knows by name cut: the words of a text under a vocabulary
 * of the 256 bytes (or of a few characters, for those that do not work on bytes) without a merge.
 * The expected cuts were worked out from llama.cpp's expressions and code by hand. */
#include "core/error.h"
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/gguf-vocab.h"

#include <string.h>

static SemTokenizer *
new_byte_level (const char *pre, GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);
  SemGgufVocab v;

  for (guint i = 0; i < 256; i++)
    {
      char letter[8] = { 0 };

      g_unichar_to_utf8 (sem_byte_level_char ((guint8)i), letter);
      g_ptr_array_add (pieces, g_strdup (letter));
    }
  sem_gguf_vocab_init (&v);
  v.model = "gpt2";
  v.pre = pre;
  v.pieces = (const char *const *)pieces->pdata;
  v.n_pieces = pieces->len;
  return sem_tokenizer_new_from_gguf_vocab (&v, error);
}

/* The words, between bars. */
static char *
cut (SemTokenizer *tokenizer, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, &error);
  GString *out = g_string_new (NULL);
  const SemToken *tokens;
  guint32 at = 0;
  gsize n;

  g_assert_no_error (error);
  tokens = sem_encoding_get_tokens (encoding, &n);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && sem_encoding_get_word (encoding, i) != sem_encoding_get_word (encoding, i - 1))
        g_string_append_c (out, '|');
      if (tokens[i].end > at)
        g_string_append_len (out, text + at, tokens[i].end - at);
      at = MAX (at, tokens[i].end);
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *name, *text, *words;
} cases[] = {
  /* Han by its ranges; a contraction belongs to its word; letters of both cases in one. */
  { "kimi-k2", "iPhone's 中文字 a中b 12345 x\n\n  y",
    "iPhone's| |中文字| a|中|b| |123|45| x|\n\n| | y" },
  { "kimi-k2", "DON'T '中 ¿qué?", "DON'T| '|中| ¿|qué|?" },
  /* Numbers in threes from the right, and what stands before them cut with the first three. */
  { "afmoe", "a  1234567 x", "a| | |1|234|567| x" },
  { "afmoe", "12 日本語1000Test (ok)", "12| |日本語|1|000|Test| (|ok|)" },
  { "tiny_aya", "Price 1234567 helloWorld's", "Price| |1|234|567| helloWorld's" },
  { "cohere2moe", "a12b", "a|12|b" },
  /* Nothing but numbers is cut out. */
  { "superbpe", "a b 1234567, c 12", "a b |1|234|567|, c |12" },
  { "superbpe", "1234\302\27556789 x", "1|234\302\27556|789| x" },
  { "youtu", "helloWorld's 中文， 12 한글", "helloWorld's| |中文|，| |1|2| |한글" },
  { "granite-embed-multi-97m", "helloWorld a\314\201b 1234", "hello|World| a\314\201b| |123|4" },
  { "minicpm5", "I'LL 12345 go", "I|'LL| |123|45| go" },
  { "jais-2", "a       b  \n c", "a|    |  | b|  \n| c" },
  /* The signs of the third expression take ASCII letters in. */
  { "deepseek-llm", "Hello wörld! 12 你好 \n x  ", "Hello| w|ö|rld|!| |12| |你好| |\n| x|  " },
  { "spark2_5", "Hi 12345!\n\n ok", "Hi| |1|2|3|4|5|!|\n|\n| ok" },
  { "hy_v4", "Hi 12345!\n\n ok", "Hi| |123|45|!\n\n| ok" },
};

static void
test_cuts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemTokenizer) tokenizer = new_byte_level (cases[i].name, &error);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      words = cut (tokenizer, cases[i].text);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Much of what one expression or scanner could go over again and again. */
static void
test_long (void)
{
  static const char *const units[] = { "7", "a", " ", "A", "\n", "\345\255\227", "a\314\201" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (units); k++)
      {
        g_autoptr (SemTokenizer) tokenizer = new_byte_level (cases[i].name, NULL);
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (SemEncoding) encoding = NULL;

        while (text->len < 60000)
          g_string_append (text, units[k]);
        encoding = sem_tokenizer_encode (tokenizer, text->str, -1, 0, NULL, &error);
        g_assert_no_error (error);
      }
}

static SemTokenizer *
new_plain (const char *model, const char *pre)
{
  static const char *const pieces[] = { "a",    "b",      "\342\226\201", "\342\226\201a", "\n",
                                        "\n\n", "\n\n\n", "<0xC3>",       "<0xA9>",        " " };
  static const char *const merges[] = { "\342\226\201 a", "\n \n" };
  g_autoptr (GError) error = NULL;
  SemTokenizer *tokenizer;
  SemGgufVocab v;

  sem_gguf_vocab_init (&v);
  v.model = model;
  v.pre = pre;
  v.pieces = pieces;
  v.n_pieces = G_N_ELEMENTS (pieces);
  v.merges = merges;
  v.n_merges = G_N_ELEMENTS (merges);
  tokenizer = sem_tokenizer_new_from_gguf_vocab (&v, &error);
  g_assert_no_error (error);
  return tokenizer;
}

static void
check_plain (const char *model, const char *pre, const char *text, const char *want)
{
  g_autoptr (SemTokenizer) tokenizer = new_plain (model, pre);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (tokenizer, text, -1, 0, NULL, &error);
  g_autoptr (GString) got = g_string_new (NULL);
  g_autofree char *decoded = NULL;
  g_autofree guint32 *ids = NULL;
  const SemToken *tokens;
  gsize n;

  g_assert_no_error (error);
  tokens = sem_encoding_get_tokens (encoding, &n);
  ids = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      ids[i] = tokens[i].id;
      g_string_append_printf (got, "%s%u[%u,%u]", i > 0 ? " " : "", tokens[i].id, tokens[i].start,
                              tokens[i].end);
    }
  g_assert_cmpstr (got->str, ==, want);
  decoded = sem_tokenizer_decode (tokenizer, ids, n, FALSE);
  g_assert_cmpstr (decoded, ==, text);
}

/* Those whose pieces are text: blanks are marks, no blank is put in front, what is no piece is its
 * bytes.  Of gemma4, line ends in a row are one piece when there is one. */
static void
test_plain (void)
{
  check_plain ("gpt2", "gemma4", "a a\n\n\nb", "0[0,1] 3[1,3] 6[3,6] 1[6,7]");
  check_plain ("gpt2", "granite-embed-multi-311m", "\303\251  a", "7[0,2] 8[0,2] 2[2,3] 3[3,5]");
  check_plain ("gemma4", NULL, "\n\n\n\n", "5[0,2] 5[2,4]");
  check_plain ("gpt2", "sarvam-moe", "a\n\n\n", "0[0,1] 5[1,3] 4[3,4]");
  check_plain ("gpt2", "whitespace", "a b", "0[0,1] 9[1,2] 1[2,3]");
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (new_byte_level ("k2-horizon", &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, "tokenizer.ggml.pre: 'k2-horizon' is not known here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/gguf-names/cuts", test_cuts);
  g_test_add_func ("/tokenizer/gguf-names/long", test_long);
  g_test_add_func ("/tokenizer/gguf-names/plain", test_plain);
  g_test_add_func ("/tokenizer/gguf-names/refused", test_refused);
  return g_test_run ();
}
