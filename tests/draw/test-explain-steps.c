/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word's steps: what they say, pick at every drawn place, how many are shown, the reference
 * images of the three schemes. */
#include "draw/explain-steps.h"
#include "image-compare.h"
#include "sample.h"

#include <string.h>

#define PIPELINE                                                                                   \
  "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"                 \
  "\"normalizer\":{\"type\":\"Lowercase\"},\"pre_tokenizer\":{\"type\":\"Whitespace\"},"           \
  "\"post_processor\":null,\"decoder\":null,\"model\":"

static const char wordpiece[]
    = PIPELINE "{\"type\":\"WordPiece\",\"unk_token\":\"?\",\"continuing_subword_prefix\":\"##\","
               "\"max_input_chars_per_word\":100,\"vocab\":{\"?\":0,\"hot\":1,\"##d\":2,"
               "\"##og\":3}}}";
static const char bpe[]
    = PIPELINE "{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,"
               "\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,"
               "\"fuse_unk\":false,\"byte_fallback\":false,\"vocab\":{\"h\":0,\"o\":1,\"t\":2,"
               "\"d\":3,\"g\":4,\"og\":5,\"ho\":6,\"hot\":7,\"dog\":8},"
               "\"merges\":[[\"o\",\"g\"],[\"h\",\"o\"],[\"ho\",\"t\"],[\"d\",\"og\"]]}}";
static const char unigram[]
    = PIPELINE "{\"type\":\"Unigram\",\"unk_id\":0,\"byte_fallback\":false,\"vocab\":["
               "[\"<unk>\",0.0],[\"h\",-5.0],[\"o\",-4.0],[\"t\",-4.5],[\"d\",-4.25],[\"g\",-5.5],"
               "[\"hot\",-3.0],[\"dog\",-3.5],[\"ho\",-6.0],[\"hotd\",-9.0],[\"og\",-6.5]]}}";

static SemExplainSteps *
explain (const char *json, const char *text, gsize word)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_json (bytes, &error);
  g_autoptr (SemExplanation) explanation = NULL;

  g_assert_no_error (error);
  explanation = sem_tokenizer_explain (tokenizer, text, -1, NULL, &error);
  g_assert_no_error (error);
  return sem_explain_steps_new (explanation, word);
}

static SemLayout *
lay_out (SemExplainSteps *steps, gsize step, SemTextContext *text, double width)
{
  SemLayoutInput input = { .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = width,
                           .height = 100.0,
                           .scale = 1.0 };

  return sem_explain_layout_new (&input, steps, step);
}

static void
assert_sentence (SemExplainSteps *steps, gsize step, const char *expected)
{
  g_autofree char *sentence = sem_explain_steps_dup_sentence (steps, step);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_wordpiece (void)
{
  g_autoptr (SemExplainSteps) steps = explain (wordpiece, "A Hotdog", 1);

  g_assert_cmpuint (sem_explain_steps_get_n (steps), ==, 9); /* 4, 3 and 1 tries */
  assert_sentence (steps, 0, "“hotdog” is to be cut: nothing has been looked up yet");
  assert_sentence (steps, 1, "try 1: “hotdog” is not in the vocabulary");
  assert_sentence (steps, 3, "try 3: “hotd” is not in the vocabulary");
  assert_sentence (steps, 4, "try 4: “hot” is in the vocabulary, with id 1");
  assert_sentence (steps, 5, "try 5: “##dog” is not in the vocabulary");
  assert_sentence (steps, 7, "try 7: “##d” is in the vocabulary, with id 2");
  assert_sentence (steps, 8, "try 8: “##og” is in the vocabulary, with id 3");
  assert_sentence (steps, 9, "result: 3 tokens, hot ##d ##og");
}

static void
test_bpe (void)
{
  g_autoptr (SemExplainSteps) steps = explain (bpe, "Hotdog", 0);

  g_assert_cmpuint (sem_explain_steps_get_n (steps), ==, 6);
  assert_sentence (steps, 1, "“hotdog” starts as 6 symbols");
  assert_sentence (steps, 2, "merge 1: “o” and “g” become “og”, rank 0");
  assert_sentence (steps, 3, "merge 2: “h” and “o” become “ho”, rank 1");
  assert_sentence (steps, 4, "merge 3: “ho” and “t” become “hot”, rank 2");
  assert_sentence (steps, 5, "merge 4: “d” and “og” become “dog”, rank 3");
  assert_sentence (steps, 6, "result: 2 tokens, hot dog");
  assert_sentence (steps, 99, "result: 2 tokens, hot dog"); /* past the end: the end */
}

static void
test_unigram (void)
{
  g_autoptr (SemExplainSteps) steps = explain (unigram, "hotdog", 0);
  gsize n = sem_explain_steps_get_n (steps), n_on_path = 0;

  assert_sentence (steps, n, "result: 2 tokens, hot dog, with the best sum, −6.50");
  for (gsize i = 1; i < n; i++)
    {
      g_autofree char *sentence = sem_explain_steps_dup_sentence (steps, i);

      if (strstr (sentence, "on the best path") == NULL)
        continue;
      n_on_path++;
      g_assert_nonnull (strstr (sentence, n_on_path == 1
                                              ? "“hot” scores −3.00, best sum up to here −3.00"
                                              : "“dog” scores −3.50, best sum up to here −6.50"));
    }
  g_assert_cmpuint (n_on_path, ==, 2);
}

/* A model that looks whole words up has no steps but the result. */
static void
test_word_level (void)
{
  g_autoptr (SemExplainSteps) steps
      = explain (PIPELINE "{\"type\":\"WordLevel\",\"unk_token\":\"?\",\"vocab\":{\"?\":0,"
                          "\"cat\":1}}}",
                 "Cat", 0);

  g_assert_cmpuint (sem_explain_steps_get_n (steps), ==, 1);
  assert_sentence (steps, 1, "result: 1 token, cat");
}

/* pick (locate (step)) == step for those that are shown; the others are nowhere. */
static void
check_pick (SemExplainSteps *steps, gsize shown, SemTextContext *text, double width)
{
  g_autoptr (SemLayout) layout = lay_out (steps, shown, text, width);
  gsize n = sem_explain_steps_get_n (steps);

  for (gsize i = 0; i < n; i++)
    {
      SemItem item = SEM_ITEM_INIT, found;
      SemBox box;

      item.kind = SEM_ITEM_STEP;
      item.token = i;
      g_assert_cmpint (sem_layout_locate (layout, &item, &box), ==, i < shown);
      if (i >= shown)
        continue;
      sem_layout_pick (layout, box.x + 0.01, box.y + 0.01, &found);
      g_assert_true (sem_item_equal (&item, &found));
      sem_layout_pick (layout, box.x + box.width - 0.01, box.y + box.height - 0.01, &found);
      g_assert_true (sem_item_equal (&item, &found));
      sem_layout_pick (layout, box.x + box.width + 1.0, box.y + 1.0, &found);
      g_assert_cmpint (found.kind, ==, SEM_ITEM_NONE);
      g_assert_cmpfloat (box.y + box.height, <=, layout->content_height);
    }
}

static void
test_pick (void)
{
  static const char *const models[] = { wordpiece, bpe, unigram };
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (SemExplainSteps) steps = explain (models[i], "Hotdog", 0);

      for (double width = 1.0; width < 900.0; width = width * 2.3 + 7.0)
        for (gsize shown = 0; shown <= sem_explain_steps_get_n (steps); shown++)
          check_pick (steps, shown, text, width);
    }
}

/* Stepping by key goes through all that is shown and stays within. */
static void
test_step (void)
{
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autoptr (SemExplainSteps) steps = explain (bpe, "Hotdog", 0);
  g_autoptr (SemLayout) layout = lay_out (steps, 4, text, 400.0);
  SemItem at = SEM_ITEM_INIT, next;

  sem_layout_step (layout, &at, 1, 0, &at);
  g_assert_cmpuint (at.token, ==, 0);
  for (gsize i = 1; i < 6; i++)
    {
      sem_layout_step (layout, &at, i % 2, 1 - (int)(i % 2), &next);
      g_assert_cmpuint (next.token, ==, MIN (i, 3));
      at = next;
    }
  sem_layout_step (layout, &at, -1, 0, &next);
  g_assert_cmpuint (next.token, ==, 2);
}

static cairo_surface_t *
draw (SemLayout *layout, int width, int height)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (image);

  sem_rgba_set_source (sem_theme_get (SEM_THEME_LIGHT)->surface, cr);
  cairo_paint (cr);
  sem_layout_draw (layout, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return image;
}

/* No word, a word without end, marks on letters, a strip of a picture: nothing may be drawn outside
 * or fail. */
static void
test_extremes (void)
{
  static const char *const texts[] = { "Ǻ́ñ", "你好世界", "مرحبا", "😀👩‍👧", "x" };
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  g_autofree char *endless = g_strnfill (SEM_EXPLAIN_MAX, 'o');
  g_autoptr (SemExplainSteps) longest = explain (bpe, endless, 0);
  g_autoptr (SemLayout) empty = lay_out (NULL, 3, text, 300.0);
  g_autoptr (SemLayout) long_layout
      = lay_out (longest, sem_explain_steps_get_n (longest), text, 500.0);
  SemItem item;

  cairo_surface_destroy (draw (empty, 300, 100));
  sem_layout_pick (empty, 10.0, 10.0, &item);
  g_assert_cmpint (item.kind, ==, SEM_ITEM_NONE);
  g_assert_cmpuint (sem_explain_steps_get_n (longest), <=, SEM_EXPLAIN_MAX_STEPS + 1);
  cairo_surface_destroy (draw (long_layout, 500, 200));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (double width = 5.0; width < 500.0; width *= 3.0)
      {
        g_autoptr (SemExplainSteps) steps = explain (unigram, texts[i], 0);
        g_autoptr (SemLayout) layout
            = lay_out (steps, sem_explain_steps_get_n (steps), text, width);

        cairo_surface_destroy (draw (layout, (int)width, 150));
      }
}

/* More merges than are shown are counted. */
static void
test_left_out (void)
{
  g_autoptr (GString) word = g_string_new (NULL);
  g_autoptr (SemExplainSteps) steps = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (word, "hotdog");
  steps = explain (bpe, word->str, 0);
  g_assert_cmpuint (sem_explain_steps_get_n (steps), ==, SEM_EXPLAIN_MAX_STEPS + 1);
}

static void
test_find_word (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (bpe, strlen (bpe));
  g_autoptr (SemTokenizer) tokenizer = sem_tokenizer_new_from_json (bytes, NULL);
  g_autoptr (SemExplanation) two = sem_tokenizer_explain (tokenizer, " hot  dog ", -1, NULL, NULL);
  g_autoptr (SemExplanation) none = sem_tokenizer_explain (tokenizer, "  ", -1, NULL, NULL);
  static const gsize expected[] = { 0, 0, 0, 0, 1, 1, 1, 1, 1, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (sem_explanation_find_word (two, i), ==, expected[i]);
  g_assert_cmpuint (sem_explanation_find_word (none, 0), ==, G_MAXSIZE);
}

/* All steps of WordPiece and Unigram, BPE on its way. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  g_autoptr (SemTextContext) text = sem_text_context_new (NULL, 1.0);
  gboolean is_bpe = strstr (name, "bpe") != NULL;
  g_autoptr (SemExplainSteps) steps = explain (is_bpe                             ? bpe
                                               : strstr (name, "unigram") != NULL ? unigram
                                                                                  : wordpiece,
                                               "Hotdog", 0);
  g_autoptr (SemLayout) layout = NULL;
  cairo_surface_t *image;

  if (!sem_golden_has_fonts ())
    return;
  layout = lay_out (steps, is_bpe ? 5 : sem_explain_steps_get_n (steps), text, 360.0);
  image = draw (layout, 360, (int)layout->content_height);
  sem_golden_check (image, name);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  sem_golden_init (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/steps/wordpiece", test_wordpiece);
  g_test_add_func ("/draw/steps/bpe", test_bpe);
  g_test_add_func ("/draw/steps/unigram", test_unigram);
  g_test_add_func ("/draw/steps/word-level", test_word_level);
  g_test_add_func ("/draw/steps/pick", test_pick);
  g_test_add_func ("/draw/steps/step", test_step);
  g_test_add_func ("/draw/steps/extremes", test_extremes);
  g_test_add_func ("/draw/steps/left-out", test_left_out);
  g_test_add_func ("/draw/steps/find-word", test_find_word);
  g_test_add_data_func ("/draw/steps/golden/wordpiece", "steps-wordpiece-light-1x", test_golden);
  g_test_add_data_func ("/draw/steps/golden/bpe", "steps-bpe-light-1x", test_golden);
  g_test_add_data_func ("/draw/steps/golden/unigram", "steps-unigram-light-1x", test_golden);
  return g_test_run ();
}
