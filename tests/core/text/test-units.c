/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of a text: the counts of the issue, Unicode's rules, tokens of each unit, and texts of any
 * size. */
#include "core/text/units.h"

#include "core/text/segment.h"
#include "core/tokenizer/tokenizer.h"

#include <string.h>

#define EXAMPLE                                                                                    \
  "Earth is a planet of the solar system. There are 9 planets in the solar system. All planets "   \
  "revolve around the sun. "                                                                       \
  "Sun is a star."

static SemTokenizer *
make_tokenizer (void)
{
  static const char VOCAB[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nearth\nis\na\nplanet\n##"
                              "s\nthe\nsun\nstar\n.\nplay\n##ing\n9\n"
                              "e\nr\n##r\n##t\n日\n本\n😀\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) vocab = g_bytes_new_static (VOCAB, strlen (VOCAB));
  SemTokenizer *tokenizer = sem_tokenizer_new_from_vocab (vocab, NULL, &error);
  g_assert_no_error (error);
  return tokenizer;
}

static SemUnits *
cut_length (const char *text, gssize length, SemUnitKind kind, gboolean special, gsize max)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = make_tokenizer ();
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (tokenizer, text, length, SEM_ENCODE_TEMPLATE, NULL, &error);
  g_assert_no_error (error);
  SemUnits *units = sem_units_new (encoding, kind, special, max, NULL, &error);
  g_assert_no_error (error);
  return units;
}

static SemUnits *
cut (const char *text, SemUnitKind kind)
{
  return cut_length (text, -1, kind, FALSE, 0);
}

/* Labels of all units, with '|' between. */
static char *
join_labels (const SemUnits *units)
{
  GString *all = g_string_new (NULL);
  for (gsize i = 0; i < sem_units_get_n (units); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", sem_units_get (units, i)->label);
  return g_string_free (all, FALSE);
}

static void
assert_labels (const char *text, SemUnitKind kind, const char *expected)
{
  g_autoptr (SemUnits) units = cut (text, kind);
  g_autofree char *labels = join_labels (units);
  g_assert_cmpstr (labels, ==, expected);
}

static void
test_example (void)
{
  g_autoptr (SemUnits) words = cut (EXAMPLE, SEM_UNIT_WORD);
  g_autoptr (SemUnits) sentences = cut (EXAMPLE, SEM_UNIT_SENTENCE);
  g_autoptr (SemUnits) paragraphs = cut (EXAMPLE, SEM_UNIT_PARAGRAPH);
  g_autoptr (SemUnits) characters = cut (EXAMPLE, SEM_UNIT_CHARACTER);
  g_assert_cmpuint (sem_units_get_n (words), ==, 26);
  g_assert_cmpuint (sem_units_get_n (sentences), ==, 4);
  g_assert_cmpuint (sem_units_get_n (paragraphs), ==, 1);
  g_assert_cmpuint (sem_units_get_n (characters), ==, strlen (EXAMPLE));
  g_assert_cmpstr (sem_units_get (sentences, 3)->label, ==, "Sun is a star.");
  g_assert_cmpuint (sem_units_get (words, 25)->sentence, ==, 3);
  g_assert_cmpuint (sem_units_get (words, 25)->paragraph, ==, 0);
  SemTextCounts counts;
  sem_text_count (EXAMPLE, strlen (EXAMPLE), &counts);
  g_assert_cmpuint (counts.n_words, ==, 26);
  g_assert_cmpuint (counts.n_sentences, ==, 4);
  g_assert_cmpuint (counts.n_paragraphs, ==, 1);
  g_assert_cmpuint (counts.n_graphemes, ==, strlen (EXAMPLE));
}

static void
test_rules (void)
{
  assert_labels ("Don't stop; it's 3.14 or foo_bar, e.g. well-known!", SEM_UNIT_WORD,
                 "Don't|stop|it's|3.14|or|foo_bar|e.g|well|known");
  assert_labels ("日本語 テスト", SEM_UNIT_WORD, "日|本|語|テスト");
  assert_labels ("Hi 😀👍🏽 🇩🇪 ❤️ + © …", SEM_UNIT_WORD,
                 "Hi|😀|👍🏽|🇩🇪|❤️|©");
  assert_labels ("a\u0301e\u0301 👨‍👩‍👧", SEM_UNIT_CHARACTER,
                 "a\u0301|e\u0301|␣|👨‍👩‍👧");
  /* Abbreviations end a sentence when a capital follows, as Unicode says; numbers and quotes do
   * not. */
  assert_labels ("Dr. Smith came. He saw 3.5 things (yes.) and left. \"Go!\" he said.",
                 SEM_UNIT_SENTENCE,
                 "Dr.|Smith came.|He saw 3.5 things (yes.) and left.|\"Go!\"|he said.");
  assert_labels ("One\ntwo.\n \t\r\nThree\r\n\r\n\n  four  \n", SEM_UNIT_PARAGRAPH,
                 "One two.|Three|four");
}

static void
test_nothing (void)
{
  for (guint kind = 0; kind < SEM_N_UNIT_KINDS; kind++)
    {
      g_autoptr (SemUnits) empty = cut ("", kind);
      g_autoptr (SemUnits) blanks = cut (" \n \t ", kind);
      g_assert_cmpuint (sem_units_get_n (empty), ==, 0);
      g_assert_cmpuint (sem_units_get_n (blanks), ==, kind == SEM_UNIT_CHARACTER ? 5 : 0);
      g_assert_cmpuint (sem_units_find_byte (empty, 0), ==, G_MAXSIZE);
    }
}

/* [CLS] earth is play ##ing . [UNK] [SEP] */
static void
test_tokens_of_units (void)
{
  const char *text = "Earth is  playing. Qqq";
  g_autoptr (SemUnits) words = cut (text, SEM_UNIT_WORD);
  gsize n_ids;
  const guint32 *ids = sem_units_get_ids (words, 2, &n_ids);
  g_assert_cmpuint (sem_units_get_n (words), ==, 4);
  g_assert_cmpuint (n_ids, ==, 2);
  g_assert_cmpuint (ids[0], ==, 14);
  g_assert_cmpuint (ids[1], ==, 15);
  g_assert_cmpuint (sem_units_get (words, 2)->first_token, ==, 3);
  g_assert_cmpuint (sem_units_get (words, 2)->n_tokens, ==, 2);
  g_assert_false (sem_units_get (words, 2)->unknown);
  g_assert_true (sem_units_get (words, 3)->unknown);
  g_assert_cmpuint (sem_units_find_token (words, 0), ==, G_MAXSIZE); /* [CLS] */
  g_assert_cmpuint (sem_units_find_token (words, 1), ==, 0);
  g_assert_cmpuint (sem_units_find_token (words, 4), ==, 2);
  g_assert_cmpuint (sem_units_find_token (words, 5), ==, G_MAXSIZE); /* the full stop */
  g_assert_cmpuint (sem_units_find_byte (words, 0), ==, 0);
  g_assert_cmpuint (sem_units_find_byte (words, 9), ==, G_MAXSIZE);
  g_assert_cmpuint (sem_units_find_byte (words, 12), ==, 2);
  g_assert_cmpuint (sem_units_find_byte (words, 1000), ==, G_MAXSIZE);

  g_autoptr (SemUnits) plain = cut_length (text, -1, SEM_UNIT_TOKEN, FALSE, 0);
  g_autoptr (SemUnits) special = cut_length (text, -1, SEM_UNIT_TOKEN, TRUE, 0);
  g_autofree char *labels = join_labels (special);
  g_assert_cmpuint (sem_units_get_n (plain), ==, 6);
  g_assert_cmpstr (labels, ==, "[CLS]|Earth|is|play|ing|.|Qqq|[SEP]");
}

/* A character has the tokens it gets by itself, not those of the word around it. */
static void
test_characters (void)
{
  g_autoptr (SemUnits) units = cut ("ear r", SEM_UNIT_CHARACTER);
  gsize n_ids;
  g_assert_cmpuint (sem_units_get_ids (units, 0, &n_ids)[0], ==, 17);
  g_assert_cmpuint (n_ids, ==, 1);
  g_assert_cmpuint (sem_units_get_ids (units, 2, &n_ids)[0], ==, 18);
  g_assert_cmpuint (sem_units_get_ids (units, 4, &n_ids)[0], ==, 18);
  sem_units_get_ids (units, 3, &n_ids);
  g_assert_cmpuint (n_ids, ==, 0);
  g_assert_cmpuint (sem_units_get (units, 4)->first_like_it, ==, 2);
  g_assert_cmpuint (sem_units_get (units, 2)->n_like_it, ==, 2);
  g_assert_cmpuint (sem_units_get (units, 4)->n_like_it, ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "Earth is %u.\n%s", i, i % 10 == 9 ? "\n" : "");
  static const gsize TOTALS[SEM_N_UNIT_KINDS] = {
    [SEM_UNIT_WORD] = 9000,
    [SEM_UNIT_SENTENCE] = 3000,
    [SEM_UNIT_PARAGRAPH] = 300,
  };
  for (guint kind = 0; kind < SEM_N_UNIT_KINDS; kind++)
    {
      g_autoptr (SemUnits) all = cut_length (text->str, -1, kind, FALSE, 0);
      g_autoptr (SemUnits) some = cut_length (text->str, -1, kind, FALSE, 200);
      if (TOTALS[kind] > 0)
        g_assert_cmpuint (sem_units_get_n (all), ==, TOTALS[kind]);
      g_assert_cmpuint (sem_units_get_n (some), ==, 200);
      g_assert_cmpuint (sem_units_get_n_total (some), ==, sem_units_get_n (all));
      g_assert_cmpuint (sem_units_get_n_total (all), ==, sem_units_get_n (all));
      for (gsize i = 0; i < 200; i++)
        {
          const SemUnit *a = sem_units_get (all, i), *b = sem_units_get (some, i);
          g_assert_cmpuint (a->start, ==, b->start);
          g_assert_cmpuint (a->end, ==, b->end);
          g_assert_cmpuint (a->sentence, ==, b->sentence);
          g_assert_cmpuint (a->paragraph, ==, b->paragraph);
          g_assert_cmpstr (a->label, ==, b->label);
        }
    }
}

/* A line longer than a window is cut where nothing changes. */
static void
test_long_line (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) endless = g_string_new (NULL);
  g_auto (SemSegments) segments = { NULL };
  g_auto (SemSegments) open = { NULL };
  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (text, "Word number %u isn't 3.5 here. ", i);
      g_string_append (endless, "über 日本 😀 and so on ");
    }
  g_assert_true (sem_segment_text (text->str, text->len, SEM_SEGMENT_WORDS, 0, G_MAXSIZE,
                                   SEM_SEGMENT_WORDS, &segments, NULL, NULL));
  g_assert_cmpuint (segments.n_sentences, ==, 20000);
  g_assert_cmpuint (segments.n_words, ==, 6 * 20000);
  g_assert_cmpuint (segments.words->len, ==, 6 * 20000);
  g_assert_true (sem_segment_text (endless->str, endless->len, SEM_SEGMENT_WORDS, 10, G_MAXSIZE,
                                   SEM_SEGMENT_WORDS, &open, NULL, NULL));
  g_assert_cmpuint (open.n_sentences, ==, 1);
  g_assert_cmpuint (open.n_words, ==, 7 * 20000);
  g_assert_cmpuint (open.words->len, ==, 10);
  g_assert_cmpuint (open.sentences->len, ==, 1);
}

static void
test_emoji (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "😀");
  for (guint kind = 0; kind <= SEM_UNIT_CHARACTER; kind++)
    {
      g_autoptr (SemUnits) units = cut_length (text->str, -1, kind, FALSE, 2000);
      if (kind != SEM_UNIT_TOKEN) /* for the tokenizer they are one long word */
        {
          g_assert_cmpuint (sem_units_get_n (units), ==, 2000);
          g_assert_cmpuint (sem_units_get_n_total (units), ==, 100000);
        }
    }
}

/* What is only counted is counted another way; it must agree with Pango on every ASCII text. */
static void
test_count_agrees (void)
{
  static const char ALPHABET[] = "abZ019__:,;.''\" -!";
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  for (guint round = 0; round < 3000; round++)
    {
      char text[48] = "x. Y\n";
      guint n = 5 + g_rand_int (rand) % 40;
      for (guint i = 5; i < n; i++)
        text[i] = ALPHABET[g_rand_int (rand) % (sizeof ALPHABET - 1)];
      text[n] = '\0';
      g_auto (SemSegments) all = { NULL };
      g_auto (SemSegments) one = { NULL };
      sem_segment_text (text, n, SEM_SEGMENT_WORDS, 0, G_MAXSIZE, SEM_SEGMENT_WORDS, &all, NULL,
                        NULL);
      sem_segment_text (text, n, SEM_SEGMENT_WORDS, 1, G_MAXSIZE, SEM_SEGMENT_WORDS, &one, NULL,
                        NULL);
      if (one.n_words != all.n_words)
        g_error ("'%s': %zu words by counting, %zu by Pango", text, one.n_words, all.n_words);
    }
}

/* A word longer than any window is still one word. */
static void
test_long_word (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (SemUnits) words = cut (text, SEM_UNIT_WORD);
  g_assert_cmpuint (sem_units_get_n (words), ==, 1);
  g_assert_cmpuint (sem_units_get (words, 0)->end, ==, 100000);
  g_assert_cmpuint (g_utf8_strlen (sem_units_get (words, 0)->label, -1), <, 2000);
}

/* U+0000 is a character like any other. */
static void
test_nul (void)
{
  g_autoptr (SemUnits) words = cut_length ("the\0sun is", 10, SEM_UNIT_WORD, FALSE, 0);
  g_autofree char *labels = join_labels (words);
  g_assert_cmpstr (labels, ==, "the|sun|is");
  g_autoptr (SemUnits) characters = cut_length ("a\0b", 3, SEM_UNIT_CHARACTER, FALSE, 0);
  g_autofree char *names = join_labels (characters);
  g_assert_cmpstr (names, ==, "a|U+0000|b");
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SemTokenizer) tokenizer = make_tokenizer ();
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (tokenizer, EXAMPLE, -1, SEM_ENCODE_DEFAULT, NULL, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_null (sem_units_new (encoding, SEM_UNIT_WORD, FALSE, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_ids (void)
{
  for (guint kind = 0; kind < SEM_N_UNIT_KINDS; kind++)
    {
      SemUnitKind back;
      g_assert_true (sem_unit_kind_from_id (sem_unit_kind_get_id (kind), &back));
      g_assert_cmpuint (back, ==, kind);
    }
  SemUnitKind none;
  g_assert_false (sem_unit_kind_from_id ("Word", &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/units/example", test_example);
  g_test_add_func ("/units/rules", test_rules);
  g_test_add_func ("/units/nothing", test_nothing);
  g_test_add_func ("/units/tokens", test_tokens_of_units);
  g_test_add_func ("/units/characters", test_characters);
  g_test_add_func ("/units/limit", test_limit);
  g_test_add_func ("/units/long-line", test_long_line);
  g_test_add_func ("/units/emoji", test_emoji);
  g_test_add_func ("/units/count-agrees", test_count_agrees);
  g_test_add_func ("/units/long-word", test_long_word);
  g_test_add_func ("/units/nul", test_nul);
  g_test_add_func ("/units/cancelled", test_cancelled);
  g_test_add_func ("/units/ids", test_ids);
  return g_test_run ();
}
