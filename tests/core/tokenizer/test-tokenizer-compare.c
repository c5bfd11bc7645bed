/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tokenizers on one text: where they cut alike and where not. */
#include "core/tokenizer/compare.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define HEAD "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
#define TEXT "Embeddings are fun 🌍 x"

static SemTokenizer *
make_tokenizer (const char *pieces)
{
  g_autofree char *vocab = g_strconcat (HEAD, pieces, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (vocab, strlen (vocab));
  g_autoptr (GError) error = NULL;
  SemTokenizer *tokenizer = sem_tokenizer_new_from_vocab (bytes, NULL, &error);
  g_assert_no_error (error);
  return tokenizer;
}

static SemEncoding *
encode (SemTokenizer *tokenizer, const char *text)
{
  g_autoptr (GError) error = NULL;
  SemEncoding *encoding
      = sem_tokenizer_encode (tokenizer, text, -1, SEM_ENCODE_TEMPLATE, NULL, &error);
  g_assert_no_error (error);
  return encoding;
}

typedef struct
{
  SemTokenizer *whole, *pieces;
  SemEncoding *a, *b;
  SemTokenComparison *comparison;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->whole = make_tokenizer ("embeddings\nare\nfun\nx\n");
  fixture->pieces = make_tokenizer ("em\n##bed\n##ding\n##s\nare\nf\n##un\n🌍\nx\n");
  fixture->a = encode (fixture->whole, TEXT);
  fixture->b = encode (fixture->pieces, TEXT);
  fixture->comparison = sem_tokenizer_compare (fixture->a, fixture->b, 4);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sem_token_comparison_free (fixture->comparison);
  sem_encoding_unref (fixture->a);
  sem_encoding_unref (fixture->b);
  sem_tokenizer_unref (fixture->whole);
  sem_tokenizer_unref (fixture->pieces);
}

static void
test_segments (Fixture *fixture, gconstpointer data)
{
  const SemTokenSegment expected[] = {
    { 0, 10, 1, 1, 1, 4, FALSE }, /* [CLS] is token 0 */
    { 11, 14, 2, 1, 5, 1, TRUE }, { 15, 18, 3, 1, 6, 2, FALSE },
    { 19, 23, 4, 1, 8, 1, TRUE }, /* unknown to a, one token of four bytes all the same */
    { 24, 25, 5, 1, 9, 1, TRUE },
  };
  const GArray *segments = fixture->comparison->segments;
  g_assert_cmpuint (segments->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < segments->len; i++)
    {
      const SemTokenSegment *segment = &g_array_index (segments, SemTokenSegment, i);
      g_assert_cmpuint (segment->start, ==, expected[i].start);
      g_assert_cmpuint (segment->end, ==, expected[i].end);
      g_assert_cmpuint (segment->first_a, ==, expected[i].first_a);
      g_assert_cmpuint (segment->n_a, ==, expected[i].n_a);
      g_assert_cmpuint (segment->first_b, ==, expected[i].first_b);
      g_assert_cmpuint (segment->n_b, ==, expected[i].n_b);
      g_assert_cmpint (segment->same, ==, expected[i].same);
    }
}

static void
test_boundaries (Fixture *fixture, gconstpointer data)
{
  const gsize only_b[] = { 2, 5, 9, 16 };
  const SemTokenComparison *comparison = fixture->comparison;
  g_assert_cmpuint (comparison->only_a->len, ==, 0);
  g_assert_cmpmem (comparison->only_b->data, comparison->only_b->len * sizeof (gsize), only_b,
                   sizeof only_b);
  g_assert_cmpuint (comparison->n_common, ==, 8);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  const SemTokenComparison *comparison = fixture->comparison;
  g_assert_cmpuint (comparison->a.n_tokens, ==, 5);
  g_assert_cmpuint (comparison->a.n_unknown, ==, 1);
  g_assert_cmpuint (comparison->b.n_tokens, ==, 9);
  g_assert_cmpuint (comparison->b.n_unknown, ==, 0);
  g_assert_cmpfloat (comparison->b.tokens_per_word, ==, 2.25);
}

/* Either order says the same, mirrored; one tokenizer twice says that nothing differs. */
static void
test_symmetry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemTokenComparison) mirrored = sem_tokenizer_compare (fixture->b, fixture->a, 4);
  g_autoptr (SemTokenComparison) alike = sem_tokenizer_compare (fixture->b, fixture->b, 0);
  g_assert_cmpuint (mirrored->segments->len, ==, fixture->comparison->segments->len);
  g_assert_cmpuint (mirrored->only_a->len, ==, fixture->comparison->only_b->len);
  g_assert_cmpuint (alike->only_a->len + alike->only_b->len, ==, 0);
  g_assert_true (isnan (alike->a.tokens_per_word));
  for (guint i = 0; i < alike->segments->len; i++)
    g_assert_true (g_array_index (alike->segments, SemTokenSegment, i).same);
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = sem_token_comparison_to_json (fixture->comparison, fixture->a, fixture->b,
                                                        "whole", "pieces");
  json_t *root = json_loads (text, 0, NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (json_string_value (json_object_get (root, "text")), ==, TEXT);
  json_t *b = json_object_get (root, "b");
  g_assert_cmpstr (json_string_value (json_object_get (b, "tokenizer")), ==, "pieces");
  g_assert_cmpuint (json_array_size (json_object_get (b, "tokens")), ==, 11);
  g_assert_cmpuint (json_array_size (json_object_get (root, "segments")), ==, 5);
  g_assert_cmpuint (json_array_size (json_object_get (root, "only_b")), ==, 4);
  json_decref (root);
}

static void
test_empty (void)
{
  g_autoptr (SemTokenizer) tokenizer = make_tokenizer ("a\n");
  g_autoptr (SemEncoding) nothing = encode (tokenizer, "");
  g_autoptr (SemTokenComparison) comparison = sem_tokenizer_compare (nothing, nothing, 0);
  g_assert_cmpuint (comparison->segments->len, ==, 0);
  g_assert_cmpuint (comparison->n_common, ==, 0);
  g_assert_cmpuint (comparison->a.n_tokens, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tokenizer/compare/segments", Fixture, NULL, set_up, test_segments, tear_down);
  g_test_add ("/tokenizer/compare/boundaries", Fixture, NULL, set_up, test_boundaries, tear_down);
  g_test_add ("/tokenizer/compare/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/tokenizer/compare/symmetry", Fixture, NULL, set_up, test_symmetry, tear_down);
  g_test_add ("/tokenizer/compare/json", Fixture, NULL, set_up, test_json, tear_down);
  g_test_add_func ("/tokenizer/compare/empty", test_empty);
  return g_test_run ();
}
