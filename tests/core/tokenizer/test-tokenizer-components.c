/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single normalizers and pre-tokenizers against the reference library: on texts (golden/components)
 * and on every code point (golden/unicode). */
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/unicode-data.h"
#include "golden-util.h"

#include <string.h>

static gboolean
check_normalizer (const SemNormalizer *n,
                  const json_t *line,
                  SemNormText *text,
                  SemNormText *scratch)
{
  const json_t *in = json_object_get (line, "text"), *want = json_object_get (line, "out");
  gboolean keeps = sem_normalizer_keeps (n, json_string_value (in), json_string_length (in));
  gboolean same;

  sem_norm_text_set_original (text, json_string_value (in), json_string_length (in), 0);
  g_assert_true (sem_normalizer_apply (n, text, scratch, NULL));
  same = text->len == json_string_length (want)
         && memcmp (text->bytes, json_string_value (want), text->len) == 0;
  /* The shortcut may only say yes where nothing changes. */
  if (keeps)
    g_assert_cmpmem (text->bytes, text->len, json_string_value (in), json_string_length (in));
  return same;
}

static gboolean
check_pieces (const SemNormText *text,
              const GArray *splits,
              const char *original,
              const json_t *want)
{
  if (json_array_size (want) != splits->len)
    return FALSE;
  for (guint i = 0; i < splits->len; i++)
    {
      const SemSplit *s = &g_array_index (splits, SemSplit, i);
      const json_t *item = json_array_get (want, i), *piece = json_array_get (item, 0),
                   *span = json_array_get (item, 1);
      SemSpan got = sem_norm_text_span (text, s->start, s->end);

      if (json_string_length (piece) != s->end - s->start
          || memcmp (json_string_value (piece), text->bytes + s->start, s->end - s->start) != 0
          || json_integer_value (json_array_get (span, 0))
                 != g_utf8_pointer_to_offset (original, original + got.start)
          || json_integer_value (json_array_get (span, 1))
                 != g_utf8_pointer_to_offset (original, original + got.end))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_pretokenizer (const SemPretokenizer *p,
                    const json_t *line,
                    SemNormText *text,
                    SemNormText *scratch)
{
  const json_t *in = json_object_get (line, "text");
  GArray *splits = g_array_new (FALSE, FALSE, sizeof (SemSplit)),
         *spare = g_array_new (FALSE, FALSE, sizeof (SemSplit));
  SemSplit whole = { 0, json_string_length (in) };
  gboolean same;

  sem_norm_text_set_original (text, json_string_value (in), whole.end, 0);
  if (whole.end > 0)
    g_array_append_val (splits, whole);
  g_assert_true (sem_pretokenizer_apply (p, text, scratch, &splits, &spare, NULL));
  same = check_pieces (text, splits, json_string_value (in), json_object_get (line, "out"));
  g_array_unref (splits);
  g_array_unref (spare);
  return same;
}

static void
test_component (gconstpointer data)
{
  g_autofree char *relative = g_build_filename ("golden", "components", data, NULL);
  g_autofree char *path = golden_path (relative);
  g_autoptr (SemNormalizer) normalizer = NULL;
  g_autoptr (SemPretokenizer) pretokenizer = NULL;
  SemNormText text = { 0 }, scratch = { 0 };
  GError *error = NULL;
  GPtrArray *lines;
  const json_t *node;
  guint wrong = 0;

  if (path == NULL)
    return;
  lines = golden_lines (path);
  node = json_object_get (lines->pdata[0], "component");
  if (g_str_has_prefix (data, "norm_"))
    normalizer = sem_normalizer_new_from_json (node, "component", &error);
  else
    pretokenizer = sem_pretokenizer_new_from_json (node, "component", &error);
  g_assert_no_error (error);
  for (guint i = 1; i < lines->len; i++)
    if (!(normalizer != NULL ? check_normalizer (normalizer, lines->pdata[i], &text, &scratch)
                             : check_pretokenizer (pretokenizer, lines->pdata[i], &text, &scratch)))
      {
        g_autofree char *shown = json_dumps (lines->pdata[i], JSON_ENSURE_ASCII);

        if (wrong++ < 3)
          {
            g_autofree char *got = g_strescape (g_strndup (text.bytes, text.len), NULL);

            g_test_message ("%s: got %.300s\n  %.800s", (const char *)data, got, shown);
          }
      }
  g_test_message ("%s: %u lines, %u wrong", (const char *)data, lines->len - 1, wrong);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (lines->len, >, 100);
  golden_free (lines);
  sem_norm_text_clear (&text);
  sem_norm_text_clear (&scratch);
}

/* --- every code point
 * ------------------------------------------------------------------------------------ */

static SemNormalizer *
normalizer_from_text (const char *json)
{
  json_t *node = json_loads (json, 0, NULL);
  SemNormalizer *n = sem_normalizer_new_from_json (node, "normalizer", NULL);

  json_decref (node);
  g_assert_nonnull (n);
  return n;
}

static void
test_every_code_point (gconstpointer data)
{
  g_autofree char *relative = g_build_filename ("golden", "unicode", data, NULL);
  g_autofree char *path = golden_path (relative), *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) want = g_hash_table_new (NULL, NULL);
  g_autoptr (SemNormalizer) n = NULL;
  SemNormText text = { 0 }, scratch = { 0 };
  guint wrong = 0;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  lines = g_strsplit (content, "\n", -1);
  *strstr (lines[0], " ;") = '\0';
  n = normalizer_from_text (lines[0] + 2);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_hash_table_insert (want, GUINT_TO_POINTER (g_ascii_strtoull (lines[i], NULL, 16) + 1),
                         strstr (lines[i], "->") + 2);
  for (guint32 cp = 0; cp < 0x110000; cp++)
    {
      g_autoptr (GString) expected = g_string_new (NULL);
      const char *row;
      char utf8[6];

      if (cp >= 0xd800 && cp < 0xe000)
        continue;
      row = g_hash_table_lookup (want, GUINT_TO_POINTER (cp + 1));
      if (row == NULL)
        g_string_append_len (expected, utf8, (gssize)sem_utf8_put (cp, utf8));
      else
        for (char *p = (char *)row; *p == ' ' && p[1] != '\0';)
          g_string_append_len (expected, utf8,
                               (gssize)sem_utf8_put ((guint32)g_ascii_strtoull (p, &p, 16), utf8));
      sem_norm_text_set_original (&text, utf8, sem_utf8_put (cp, utf8), 0);
      g_assert_true (sem_normalizer_apply (n, &text, &scratch, NULL));
      /* A character that is removed may leave no buffer at all. */
      if (text.len != expected->len
          || (text.len > 0 && memcmp (text.bytes, expected->str, text.len) != 0))
        if (wrong++ < 5)
          g_test_message ("%s: U+%04X is wrong", (const char *)data, cp);
    }
  g_assert_cmpuint (wrong, ==, 0);
  sem_norm_text_clear (&text);
  sem_norm_text_clear (&scratch);
}

/* sentencepiece's own normalizer with its default map (nmt_nfkc): longest entries, not graphemes;
 * what its own tests say of it. */
static void
test_sentencepiece_map (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "      ", "" },
    { "\343\200\200", "" },
    { "  A  B  C  ", "\342\226\201A\342\226\201B\342\226\201C" },
    { "   \357\274\241\357\274\242\357\274\243   ", "\342\226\201ABC" },
    { "\342\221\240\342\221\241\342\221\242", "\342\226\201123" },
    { " \357\275\270\357\276\236\357\275\260\357\275\270\357\276\236\357\276\231 ",
      "\342\226\201\343\202\260\343\203\274\343\202\260\343\203\253" },
    { "I saw a\343\200\200 \343\200\200girl",
      "\342\226\201I\342\226\201saw\342\226\201a\342\226\201girl" },
  };
  g_autofree char *path = golden_path ("tokenizers/spm-test-1k/tokenizer.json");
  g_autofree guchar *map = NULL;
  g_autoptr (SemNormalizer) normalizer = NULL;
  SemSentencepieceOptions options = { .trim = TRUE, .prefix = TRUE };
  SemNormText text = { 0 }, scratch = { 0 };
  json_t *root;

  if (path == NULL)
    return;
  root = json_load_file (path, JSON_ALLOW_NUL, NULL);
  map = g_base64_decode (
      json_string_value (json_object_get (
          json_array_get (json_object_get (json_object_get (root, "normalizer"), "normalizers"), 0),
          "precompiled_charsmap")),
      &options.charsmap_length);
  options.charsmap = map;
  normalizer = sem_normalizer_new_sentencepiece (&options, NULL);
  g_assert_nonnull (normalizer);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sem_norm_text_set_original (&text, cases[i][0], strlen (cases[i][0]), 0);
      g_assert_true (sem_normalizer_apply (normalizer, &text, &scratch, NULL));
      sem_norm_text_append_char (&text, 0, (SemSpan){ 0, 0 });
      g_assert_cmpstr (text.bytes, ==, cases[i][1]);
    }
  sem_norm_text_clear (&text);
  sem_norm_text_clear (&scratch);
  json_decref (root);
}

static void
add_components (void)
{
  const char *shared = g_getenv ("SEMBLANCE_SHARED"), *source = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *folder = shared != NULL
                                ? g_build_filename (shared, "golden", "components", NULL)
                                : g_build_filename (source != NULL ? source : ".", "..", "..",
                                                    "shared", "golden", "components", NULL);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      /* One entry, so that the skipping is listed. */
      g_test_add_data_func ("/tokenizer/components/all", "norm_nfc.jsonl", test_component);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/tokenizer/components/%s", name);

      g_test_add_data_func_full (path, g_strdup (name), test_component, g_free);
    }
  g_dir_close (dir);
}

int
main (int argc, char **argv)
{
  static const char *const tables[] = { "norm_bert_chinese.txt",
                                        "norm_bert_clean.txt",
                                        "norm_bert_lowercase.txt",
                                        "norm_bert_strip_accents.txt",
                                        "norm_bert_uncased.txt",
                                        "norm_lowercase.txt",
                                        "norm_nfc.txt",
                                        "norm_nfd.txt",
                                        "norm_nfkc.txt",
                                        "norm_nfkd.txt",
                                        "norm_nmt.txt",
                                        "norm_strip_accents.txt" };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  add_components ();
  g_test_add_func ("/tokenizer/sentencepiece-map", test_sentencepiece_map);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tokenizer/unicode/%s", tables[i]);

      g_test_add_data_func (path, tables[i], test_every_code_point);
    }
  return g_test_run ();
}
