/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokenizers from small vocabularies made here: each model, loader, hostile file, the explanation,
 * the comparison. */
#include "core/error.h"
#include "core/tokenizer/explain.h"
#include "core/tokenizer/gguf-vocab.h"
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/tokenizer-private.h"

#include <string.h>

#define BERT_JSON                                                                                  \
  "{\"added_tokens\":[{\"id\":0,\"content\":\"[UNK]\",\"special\":true,\"normalized\":false},"     \
  "{\"id\":1,\"content\":\"[CLS]\",\"special\":true,\"normalized\":false},"                        \
  "{\"id\":99,\"content\":\"[NEW]\",\"special\":false,\"normalized\":false,\"lstrip\":true}],"     \
  "\"normalizer\":{\"type\":\"BertNormalizer\",\"lowercase\":true},\"pre_tokenizer\":{\"type\":"   \
  "\"BertPreTokenizer\"},"                                                                         \
  "\"post_processor\":{\"type\":\"BertProcessing\",\"cls\":[\"[CLS]\",1],\"sep\":[\"[SEP]\",2]},"  \
  "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true},"                       \
  "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,"  \
  "\"[SEP]\":2,"                                                                                   \
  "\"un\":3,\"##aff\":4,\"##able\":5,\"!\":6,\"cafe\":7,\"##s\":8}}}"
#define BPE_JSON                                                                                   \
  "{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},\"decoder\":{\"type\":"  \
  "\"ByteLevel\"},"                                                                                \
  "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"c\":2,\"ab\":3,\"abc\":4,\"\u0120\":"  \
  "5,\"\u0120ab\":6,"                                                                              \
  "\"bc\":7},\"merges\":[\"a b\",[\"ab\",\"c\"],\"\u0120 ab\",\"b c\"]}}"
#define UNIGRAM_JSON                                                                               \
  "{\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"a\",-1.0],[\"b\",-" \
  "1.0],[\"ab\",-1.5],"                                                                            \
  "[\"ba\",-3.0]]}}"

static SemTokenizer *
from_text (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return sem_tokenizer_new_from_json (bytes, error);
}

static SemTokenizer *
need (const char *json)
{
  GError *error = NULL;
  SemTokenizer *t = from_text (json, &error);

  g_assert_no_error (error);
  return t;
}

/* "id:piece[start,end] .." of a text. */
static char *
dump (SemTokenizer *t, const char *text, guint flags)
{
  GError *error = NULL;
  g_autoptr (SemEncoding) enc = sem_tokenizer_encode (t, text, -1, flags, NULL, &error);
  GString *s = g_string_new (NULL);
  const SemToken *tokens;
  gsize n;

  g_assert_no_error (error);
  tokens = sem_encoding_get_tokens (enc, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (s, "%s%u:%s[%d,%d]", i > 0 ? " " : "", tokens[i].id,
                            sem_encoding_get_piece (enc, i), (int)tokens[i].start,
                            (int)tokens[i].end);
  return g_string_free (s, FALSE);
}

static void
check (SemTokenizer *t, const char *text, const char *want)
{
  g_autofree char *fast = dump (t, text, 0), *general = dump (t, text, SEM_ENCODE_GENERAL);

  g_assert_cmpstr (fast, ==, want);
  g_assert_cmpstr (general, ==, want);
}

static void
test_wordpiece (void)
{
  g_autoptr (SemTokenizer) t = need (BERT_JSON);
  g_autofree char *with_template = dump (t, "un", SEM_ENCODE_TEMPLATE), *decoded = NULL;
  guint32 ids[] = { 1, 3, 4, 5, 6, 2 }, id;

  check (t, "Unaffable!", "3:un[0,2] 4:##aff[2,5] 5:##able[5,9] 6:![9,10]");
  check (t, "caf\303\251S", "7:cafe[0,5] 8:##s[5,6]");
  check (t, "xyz un", "0:[UNK][0,3] 3:un[4,6]");
  check (t, "un  [NEW]un", "3:un[0,2] 9:  [NEW][2,9] 3:un[9,11]");
  check (t, "\342\200\203un\013aff", "3:un[3,5] 4:##aff[6,9]");
  check (t, "", "");
  g_assert_cmpstr (with_template, ==, "1:[CLS][-1,-1] 3:un[0,2] 2:[SEP][-1,-1]");
  decoded = sem_tokenizer_decode (t, ids, G_N_ELEMENTS (ids), TRUE);
  g_assert_cmpstr (decoded, ==, "unaffable! [SEP]");
  g_assert_true (sem_tokenizer_find (t, "##aff", &id));
  g_assert_cmpuint (id, ==, 4);
  g_assert_false (sem_tokenizer_find (t, "aff", &id));
  g_assert_cmpstr (sem_tokenizer_get_piece (t, 9), ==, "[NEW]");
  g_assert_cmpuint (sem_tokenizer_get_vocab_size (t), ==, 10);
}

static void
test_bpe (void)
{
  g_autoptr (SemTokenizer) t = need (BPE_JSON);
  g_autoptr (GString) longer = g_string_new (NULL);
  g_autofree char *dumped = NULL;

  check (t, "abc", "4:abc[0,3]");
  check (t, "abcbc", "4:abc[0,3] 7:bc[3,5]");
  check (t, "c ab", "2:c[0,1] 6:\304\240ab[1,4]");
  /* Past the length where the heap takes over. */
  for (guint i = 0; i < 100; i++)
    g_string_append (longer, "abc");
  dumped = dump (t, longer->str, 0);
  g_assert_true (g_str_has_suffix (dumped, " 4:abc[297,300]"));
}

static void
test_unigram (void)
{
  g_autoptr (SemTokenizer) t = need (UNIGRAM_JSON);
  g_autoptr (SemEncoding) enc = NULL;
  const char *piece;
  gsize length;

  check (t, "ab", "3:ab[0,2]");
  check (t, "aba", "3:ab[0,2] 1:a[2,3]");
  check (t, "axyb", "1:a[0,1] 0:xy[1,3] 2:b[3,4]");
  /* An unknown shows its text, a NUL in it too. */
  enc = sem_tokenizer_encode (t, "ax\0yb", 5, 0, NULL, NULL);
  piece = sem_encoding_get_piece_bytes (enc, 1, &length);
  g_assert_cmpmem (piece, length, "x\0y", 3);
}

/* Blanks beside added tokens, as the Rust library 0.23 takes them. */
static void
test_added_blanks (void)
{
  static const struct
  {
    const char *content;
    gboolean left, right;
    const char *text, *want;
  } cases[] = {
    { " ", TRUE, TRUE, "a   a", "0:a[0,1] 2:   [1,4] 0:a[4,5]" },
    { " ", FALSE, TRUE, "   ", "2:   [0,3] 2:  [1,3] 2: [2,3]" },
    { " ", TRUE, FALSE, "  ", "2: [0,1] 2: [1,2]" },
    { " x", TRUE, TRUE, "a x  x  a", "0:a[0,1] 2: x  [1,5] 2:x  [5,8] 0:a[8,9]" },
    { " x", FALSE, TRUE, "a x  x  a", "0:a[0,1] 2: x  [1,5] 2: x  [4,8] 0:a[8,9]" },
    { "x", TRUE, FALSE, "a x  x  a", "0:a[0,1] 2: x[1,3] 2:  x[3,6] 0:a[6,9]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"added_tokens\":[{\"content\":\"%s\",\"lstrip\":%s,\"rstrip\":%s,\"normalized\":false}"
          "],"
          "\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"a\",\"vocab\":{\"a\":0,\"aa\":1}}}",
          cases[i].content, cases[i].left ? "true" : "false", cases[i].right ? "true" : "false");
      g_autoptr (SemTokenizer) t = need (json);

      check (t, cases[i].text, cases[i].want);
    }
}

static void
test_refused (void)
{
  static const char *const bad[][2] = {
    { "", "JSON" },
    { "[]", "expected an object" },
    { "{\"version\":\"1.0\",\"added_tokens\":[]}", "model" },
    { "{\"model\":{\"type\":\"Frobnicate\",\"vocab\":{}}}", "model.type" },
    { "{\"model\":{\"type\":\"WordPiece\",\"vocab\":[]}}", "model.vocab" },
    { "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":-1}}}", "model.vocab" },
    { "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":99999999999}}}", "model.vocab" },
    { "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}", "model.merges" },
    { "{\"model\":{\"type\":\"BPE\",\"dropout\":0.1,\"vocab\":{\"a\":0},\"merges\":[]}}",
      "model.dropout" },
    { "{\"model\":{\"type\":\"Unigram\",\"unk_id\":7,\"vocab\":[[\"a\",-1]]}}", "model.unk_id" },
    { "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(unclosed\"},\"behavior\":"
      "\"Isolated\"},"
      "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}}}",
      "pre_tokenizer.pattern" },
    { "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a&&b]\"},\"behavior\":"
      "\"Isolated\"},"
      "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}}}",
      "Oniguruma" },
    { "{\"normalizer\":{\"type\":\"Strange\"},\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}"
      "}}",
      "normalizer.type" },
    { "{\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"////\"},"
      "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}}}",
      "precompiled_charsmap" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemTokenizer) t = from_text (bad[i][0], &error);

      g_assert_null (t);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, bad[i][1]));
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_deep_json (void)
{
  g_autoptr (GString) s = g_string_new ("{\"normalizer\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (s, "[");
  g_assert_null (from_text (s->str, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE);
}

static void
test_bad_text (void)
{
  g_autoptr (SemTokenizer) t = need (BERT_JSON);
  g_autoptr (GError) error = NULL;

  g_assert_null (sem_tokenizer_encode (t, "ab\377", 3, 0, NULL, &error));
  g_assert_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "byte 2"));
}

static void
test_vocab_txt (void)
{
  g_autoptr (GBytes) vocab = g_bytes_new_static ("[UNK]\n[CLS]\r\n[SEP]\nun\n##s", 25);
  g_autoptr (GBytes) config = g_bytes_new_static ("{\"do_lower_case\":false}", 23),
                     empty = g_bytes_new_static ("", 0);
  g_autoptr (SemTokenizer) t = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dumped = NULL;

  t = sem_tokenizer_new_from_vocab (vocab, config, &error);
  g_assert_no_error (error);
  dumped = dump (t, "uns Uns", SEM_ENCODE_TEMPLATE);
  g_assert_cmpstr (dumped, ==, "1:[CLS][-1,-1] 3:un[0,2] 4:##s[2,3] 0:[UNK][4,7] 2:[SEP][-1,-1]");
  g_assert_null (sem_tokenizer_new_from_vocab (empty, NULL, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED);
}

static void
test_tiktoken (void)
{
  /* a b c ab abc " ab" */
  const char *ranks = "YQ== 0\nYg== 1\nYw== 2\nIA== 3\nYWI= 4\nYWJj 5\nIGFi 6\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (ranks, strlen (ranks)),
                     junk = g_bytes_new_static ("x y z", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTokenizer) t
      = sem_tokenizer_new_from_tiktoken (bytes, "cl100k_base.tiktoken", &error);

  g_assert_no_error (error);
  check (t, "abc ab", "5:abc[0,3] 6:\304\240ab[3,6]");
  g_assert_null (sem_tokenizer_new_from_tiktoken (junk, "x", &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE);
}

static void
put_spm_piece (GByteArray *a, const char *piece, float score, guint8 type)
{
  guint8 head[] = { 0x0a, (guint8)(2 + strlen (piece) + 5 + 2), 0x0a, (guint8)strlen (piece) },
         tail[7] = { 0x15 };

  memcpy (tail + 1, &score, 4);
  tail[5] = 0x18;
  tail[6] = type;
  g_byte_array_append (a, head, sizeof head);
  g_byte_array_append (a, (const guint8 *)piece, (guint)strlen (piece));
  g_byte_array_append (a, tail, sizeof tail);
}

/* a and b first, their score is the higher one; then the mark with both. */
static void
check_spm_merges (SemTokenizer *t)
{
  g_autoptr (SemExplanation) why = sem_tokenizer_explain (t, "ab", -1, NULL, NULL);
  const SemExplainWord *w = g_ptr_array_index (why->words, 0);
  const SemBpeMerge *first, *second;

  g_assert_cmpuint (w->symbols->len, ==, 3);
  g_assert_cmpuint (g_array_index (w->symbols, SemPiece, 1).id, ==, 2);
  g_assert_cmpuint (w->merges->len, ==, 2);
  first = &g_array_index (w->merges, SemBpeMerge, 0);
  second = &g_array_index (w->merges, SemBpeMerge, 1);
  g_assert_cmpuint (first->rank, ==, 1);
  g_assert_cmpuint (first->start, ==, 3);
  g_assert_cmpuint (first->middle, ==, 4);
  g_assert_cmpuint (first->result, ==, 4);
  g_assert_cmpuint (second->left, ==, 1);
  g_assert_cmpuint (second->right, ==, 4);
  g_assert_cmpuint (second->result, ==, 5);
  g_assert_cmpuint (second->end, ==, 5);
}

static void
test_sentencepiece (void)
{
  for (guint8 type = 1; type <= 2; type++)
    {
      g_autoptr (GByteArray) a = g_byte_array_new ();
      guint8 trainer[] = { 0x12, 2, 0x18, type };
      g_autoptr (GBytes) bytes = NULL, cut = NULL;
      g_autoptr (SemTokenizer) t = NULL;
      g_autoptr (GError) error = NULL;

      put_spm_piece (a, "<unk>", 0, 2);
      put_spm_piece (a, "\342\226\201", -3, 1);
      put_spm_piece (a, "a", -2, 1);
      put_spm_piece (a, "b", -2, 1);
      put_spm_piece (a, "ab", -1, 1);
      put_spm_piece (a, "\342\226\201ab", -1.5f, 1);
      g_byte_array_append (a, trainer, sizeof trainer);
      bytes = g_bytes_new (a->data, a->len);
      cut = g_bytes_new (a->data, a->len - 1);
      t = sem_tokenizer_new_from_sentencepiece (bytes, &error);
      g_assert_no_error (error);
      check (t, "ab  b", "5:\342\226\201ab[0,2] 1:\342\226\201[2,3] 3:b[4,5]");
      if (type == 2)
        check_spm_merges (t);
      g_assert_null (sem_tokenizer_new_from_sentencepiece (cut, &error));
      g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE);
    }
}

typedef struct
{
  const char *settings; /* of trainer and normalizer, as bytes of the protocol buffer */
  gsize length;
  const char *text, *unigram, *bpe; /* bpe NULL: the same */
} SpmCase;

#define SPM(bytes) bytes, sizeof (bytes) - 1
#define NORMALIZER(n) "\032" n
#define TRAINER(n) "\022" n

static const SpmCase spm_cases[] = {
  /* Extra blanks go, one is put before. */
  { SPM (""), " ab  b ", "7:\342\226\201ab[1,3] 3:\342\226\201[3,4] 5:b[5,6]", NULL },
  { SPM (""), "   ", "", NULL },
  /* Control symbols are not found in a text; what is unknown in a row is one, and shows its text.
   */
  { SPM (""), "<s>", "3:\342\226\201[0,1] 0:<s>[0,3]", "3:\342\226\201[0,1] 0:<unk>[0,3]" },
  /* User-defined symbols are always cut out, and no blank is put after them. */
  { SPM (""), "a<sep>b", "3:\342\226\201[0,1] 4:a[0,1] 8:<sep>[1,6] 5:b[6,7]", NULL },
  { SPM (""), "<sep>ab", "3:\342\226\201[0,1] 8:<sep>[0,5] 6:ab[5,7]", NULL },
  /* A mark at the end goes as a blank does. */
  { SPM (""), "a\342\226\201", "3:\342\226\201[0,1] 4:a[0,1]", NULL },
  /* remove_extra_whitespaces: false */
  { SPM (NORMALIZER ("\002\040\000")), " b ",
    "3:\342\226\201[0,1] 3:\342\226\201[0,1] 9:b\342\226\201[1,3]", NULL },
  /* add_dummy_prefix: false */
  { SPM (NORMALIZER ("\002\030\000")), "ab", "6:ab[0,2]", NULL },
  /* escape_whitespaces: false */
  { SPM (NORMALIZER ("\002\050\000")), "a", "0: [0,1] 4:a[0,1]", "0:<unk>[0,1] 4:a[0,1]" },
  /* treat_whitespace_as_suffix */
  { SPM (TRAINER ("\003\300\001\001")), "a b", "4:a[0,1] 3:\342\226\201[1,2] 9:b\342\226\201[2,3]",
    NULL },
  /* byte_fallback */
  { SPM (TRAINER ("\003\230\002\001")), "\303\251",
    "3:\342\226\201[0,2] 10:<0xC3>[0,2] 11:<0xA9>[0,2]", NULL },
  { SPM (""), "\303\251", "3:\342\226\201[0,2] 0:\303\251[0,2]",
    "3:\342\226\201[0,2] 0:<unk>[0,2]" },
};

/* An unused piece is no token, but BPE joins by way of it: "abc" through the unused "ab", which
 * alone comes apart again; "cab" the way it was joined. */
static void
test_sentencepiece_unused (void)
{
  static const char *const texts[] = { "ab", "abc", "cab" }, *const want[]
                                                             = { "1:a[0,1] 2:b[1,2]", "5:abc[0,3]",
                                                                 "3:c[0,1] 1:a[1,2] 2:b[2,3]" };

  for (guint8 type = 1; type <= 2; type++)
    {
      g_autoptr (GByteArray) a = g_byte_array_new ();
      const guint8 settings[] = { 0x12, 2, 0x18, type, 0x1a, 2, 0x18, 0 };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (SemTokenizer) t = NULL;
      g_autoptr (GError) error = NULL;

      put_spm_piece (a, "<unk>", 0, 2);
      put_spm_piece (a, "a", -5, 1);
      put_spm_piece (a, "b", -5, 1);
      put_spm_piece (a, "c", -5, 1);
      put_spm_piece (a, "ab", -1, 5);
      put_spm_piece (a, "abc", -2, 1);
      put_spm_piece (a, "cab", -2, 5);
      g_byte_array_append (a, settings, sizeof settings);
      bytes = g_bytes_new (a->data, a->len);
      t = sem_tokenizer_new_from_sentencepiece (bytes, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        check (t, texts[i], want[i]);
    }
}

static SemTokenizer *
new_spm (const SpmCase *c, guint8 kind)
{
  g_autoptr (GByteArray) a = g_byte_array_new ();
  const guint8 trainer[] = { 0x12, 2, 0x18, kind };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SemTokenizer *tokenizer;

  put_spm_piece (a, "<unk>", 0, 2);
  put_spm_piece (a, "<s>", 0, 3);
  put_spm_piece (a, "</s>", 0, 3);
  put_spm_piece (a, "\342\226\201", -3, 1);
  put_spm_piece (a, "a", -2, 1);
  put_spm_piece (a, "b", -2, 1);
  put_spm_piece (a, "ab", -1, 1);
  put_spm_piece (a, "\342\226\201ab", -1.5f, 1);
  put_spm_piece (a, "<sep>", 0, 4);
  put_spm_piece (a, "b\342\226\201", -1.25f, 1);
  put_spm_piece (a, "<0xC3>", 0, 6);
  put_spm_piece (a, "<0xA9>", 0, 6);
  g_byte_array_append (a, trainer, sizeof trainer);
  g_byte_array_append (a, (const guint8 *)c->settings, (guint)c->length);
  bytes = g_bytes_new (a->data, a->len);
  tokenizer = sem_tokenizer_new_from_sentencepiece (bytes, &error);
  g_assert_no_error (error);
  return tokenizer;
}

/* What sentencepiece does with its own files, where the Hugging Face library does otherwise. */
static void
test_sentencepiece_settings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spm_cases); i++)
    for (guint8 kind = 1; kind <= 2; kind++)
      {
        const SpmCase *c = &spm_cases[i];
        g_autoptr (SemTokenizer) t = new_spm (c, kind);
        guint32 id;

        check (t, c->text, kind == 2 && c->bpe != NULL ? c->bpe : c->unigram);
        g_assert_true (sem_tokenizer_find (t, "</s>", &id) && id == 2);
        g_assert_true (sem_tokenizer_is_special (t, 2));
        g_assert_false (sem_tokenizer_is_special (t, 8));
      }
}

static void
test_gguf (void)
{
  static const char *const pieces[]
      = { "[UNK]", "[CLS]", "[SEP]", "\342\226\201un", "s", "\342\226\201!" };
  g_autoptr (SemTokenizer) t = NULL;
  g_autoptr (GError) error = NULL;
  SemGgufVocab v;

  sem_gguf_vocab_init (&v);
  v.model = "bert";
  v.pieces = pieces;
  v.n_pieces = G_N_ELEMENTS (pieces);
  v.unk = 0;
  t = sem_tokenizer_new_from_gguf_vocab (&v, &error);
  g_assert_no_error (error);
  check (t, "UNs!", "3:un[0,2] 4:##s[2,3] 5:![3,4]");
  v.model = "nothing";
  g_assert_null (sem_tokenizer_new_from_gguf_vocab (&v, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED);
}

static SemTokenizer *
new_gguf_bpe (const char *pre, const char *name, GError **error)
{
  static const char *const pieces[]
      = { "a", "b", "A", "1", "2", "\304\240", "'", "s", "q", "z", "<|x|>", "aA", "<s>", "12" };
  static const gint32 types[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 3, 1 };
  static const char *const merges[] = { "a A", "1 2" };
  SemGgufVocab v;

  sem_gguf_vocab_init (&v);
  v.model = "gpt2";
  v.pre = pre;
  v.name = name;
  v.pieces = pieces;
  v.types = types;
  v.n_pieces = G_N_ELEMENTS (pieces);
  v.merges = merges;
  v.n_merges = G_N_ELEMENTS (merges);
  v.bos = 12;
  return sem_tokenizer_new_from_gguf_vocab (&v, error);
}

/* Names of llama.cpp, and what makes one differ from the next. */
static void
test_gguf_names (void)
{
  static const char *const names[]
      = { "gpt-2",     "jina-v2-code", "llama-bpe",  "glm4",           "qwen2",       "qwen35",
          "laguna",    "seed-coder",   "bailingmoe", "gpt-4o",         "tekken",      "exaone-moe",
          "starcoder", "falcon",       "default",    "deepseek-coder", "deepseek-v3", "chameleon",
          "bloom",     "viking",       "megrez" };
  g_autoptr (SemTokenizer) qwen = NULL, gpt4o = NULL, phi = NULL, tekken = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dumped = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SemTokenizer) t = new_gguf_bpe (names[i], NULL, &error);
      g_autofree char *some = NULL;

      g_assert_no_error (error);
      some = dump (t, "ab A12 b", 0);
      g_assert_true (g_str_has_prefix (some, "0:a[0,1] 1:b[1,2]"));
    }
  g_assert_null (new_gguf_bpe ("superbpe-2", NULL, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED);
  qwen = new_gguf_bpe ("qwen2", NULL, NULL);
  gpt4o = new_gguf_bpe ("gpt-4o", NULL, NULL);
  tekken = new_gguf_bpe ("tekken", NULL, NULL);
  phi = new_gguf_bpe ("gpt-2", "My Phi-3 mini", NULL);
  check (qwen, "aA12", "11:aA[0,2] 3:1[2,3] 4:2[3,4]");
  check (gpt4o, "aA12", "0:a[0,1] 2:A[1,2] 13:12[2,4]");
  check (phi, "a<|x|>  b<s> b",
         "0:a[0,1] 10:<|x|>  [1,8] 1:b[8,9] 12:<s>[9,12] 5:\304\240[12,13] 1:b[13,14]");
  dumped = dump (tekken, "b", SEM_ENCODE_TEMPLATE);
  g_assert_cmpstr (dumped, ==, "12:<s>[-1,-1] 1:b[0,1]");
}

static void
test_explain (void)
{
  g_autoptr (SemTokenizer) bert = need (BERT_JSON), bpe = need (BPE_JSON),
                           unigram = need (UNIGRAM_JSON);
  g_autoptr (SemExplanation) a = sem_tokenizer_explain (bert, "Uns", -1, NULL, NULL);
  g_autoptr (SemExplanation) b = sem_tokenizer_explain (bpe, "abc", -1, NULL, NULL);
  g_autoptr (SemExplanation) c = sem_tokenizer_explain (unigram, "ab", -1, NULL, NULL);
  g_autofree char *json = sem_tokenizer_explain_to_json (b);
  const SemExplainWord *w = g_ptr_array_index (a->words, 0);
  const SemExplainEdge *e;

  g_assert_cmpuint (w->tries->len, ==, 3); /* uns, un, ##s */
  g_assert_cmpuint (g_array_index (w->tries, SemExplainTry, 0).id, ==, G_MAXUINT32);
  g_assert_cmpuint (g_array_index (w->tries, SemExplainTry, 1).id, ==, 3);
  w = g_ptr_array_index (b->words, 0);
  g_assert_cmpuint (w->symbols->len, ==, 3);
  g_assert_cmpuint (w->merges->len, ==, 2);
  g_assert_cmpuint (g_array_index (w->merges, SemBpeMerge, 1).result, ==, 4);
  g_assert_nonnull (strstr (json, "\"merges\":[{\"rank\":0"));
  w = g_ptr_array_index (c->words, 0);
  g_assert_cmpuint (w->edges->len, ==, 3); /* a, ab, b */
  e = &g_array_index (w->edges, SemExplainEdge, 1);
  g_assert_true (e->on_path);
  g_assert_cmpfloat (e->best, ==, -1.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/wordpiece", test_wordpiece);
  g_test_add_func ("/tokenizer/bpe", test_bpe);
  g_test_add_func ("/tokenizer/unigram", test_unigram);
  g_test_add_func ("/tokenizer/added-blanks", test_added_blanks);
  g_test_add_func ("/tokenizer/refused", test_refused);
  g_test_add_func ("/tokenizer/deep-json", test_deep_json);
  g_test_add_func ("/tokenizer/bad-text", test_bad_text);
  g_test_add_func ("/tokenizer/vocab-txt", test_vocab_txt);
  g_test_add_func ("/tokenizer/tiktoken", test_tiktoken);
  g_test_add_func ("/tokenizer/sentencepiece", test_sentencepiece);
  g_test_add_func ("/tokenizer/sentencepiece-unused", test_sentencepiece_unused);
  g_test_add_func ("/tokenizer/sentencepiece-settings", test_sentencepiece_settings);
  g_test_add_func ("/tokenizer/gguf", test_gguf);
  g_test_add_func ("/tokenizer/gguf-names", test_gguf_names);
  g_test_add_func ("/tokenizer/explain", test_explain);
  return g_test_run ();
}
