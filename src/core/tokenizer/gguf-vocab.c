/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokenizer.ggml.* to the same parts a tokenizer.json gives, set as llama.cpp works (checked
 * against its ggml-vocab-*.gguf.out files). */
#include "core/tokenizer/gguf-vocab.h"
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/component-text.h"
#include "core/tokenizer/scan.h"
#include "core/tokenizer/spm-bpe.h"
#include "core/tokenizer/unigram.h"
#include "core/tokenizer/unicode-data.h"
#include "core/tokenizer/wordpiece.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

#define MARK "\342\226\201"
#define MARKS_DECODER                                                                              \
  "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"" MARK     \
  "\"},\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"}]}"
#define GPT2 SEM_REGEX_GPT2
#define CL100K(digits) SEM_REGEX_CL100K (SEM_REGEX_BOTH_CASES, digits)
#define O200K(contractions, digits)                                                                \
  SEM_REGEX_O200K (SEM_REGEX_NO_LOWER, SEM_REGEX_NO_UPPER, contractions, digits)
#define BLOOM " ?[^(\\s|.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c)]+"
#define CASED                                                                                      \
  "A-Za-z\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01ba\u01bc-\u01bf\u01c4-\u0293"                  \
  "\u0295-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c"             \
  "\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u0531-\u0556\u10a0-\u10c5"                 \
  "\u13a0-\u13f5\u13f8-\u13fd\u1c90-\u1cba\u1cbd-\u1cbf\u1d00-\u1d2b\u1d6b-\u1d77"                 \
  "\u1d79-\u1d9a\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59"           \
  "\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fbc\u1fbe\u1fc2-\u1fc4\u1fc6-\u1fcc"            \
  "\u1fd0-\u1fd3\u1fd6-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ff4\u1ff6-\u1ffc\u2102\u2107"                  \
  "\u210a-\u2113\u2115\u2119-\u211d\u2124\u2126\u2128\u212a-\u212d\u212f-\u2134\u2139"             \
  "\u213c-\u213f\u2145-\u2149\u214e\u2183\u2184\u2c00-\u2c7b\u2c7e-\u2ce4\u2ceb-\u2cee"            \
  "\u2cf2\u2cf3\ua640-\ua66d\ua680-\ua69b\ua722-\ua76f\ua771-\ua787\ua78b-\ua78e"                  \
  "\uab70-\uabbf\ufb00-\ufb06\ufb13-\ufb17\uff21-\uff3a\uff41-\uff5a\U00010400-\U0001044f"         \
  "\U000104b0-\U000104d3\U000104d8-\U000104fb\U00010c80-\U00010cb2\U00010cc0-\U00010cf2"           \
  "\U000118a0-\U000118df\U0001e900-\U0001e943"
#define KANA_AND_HAN "\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff"
/* llama.cpp's own idea of Han. */
#define HAN                                                                                        \
  "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002a6df\U0002a700-\U0002ebef\uf900-\ufaff"              \
  "\U0002f800-\U0002fa1f"
#define ASIAN                                                                                      \
  "\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\u3040-\u309f\u30a0-\u30ff\uff65-\uff9f"                 \
  "\u2f00-\u2fdf\u0e40-\u0e7f\u0e80-\u0eff\u1780-\u17ff\u1000-\u109f\uaa60-\uaa7f"                 \
  "\ua9e0-\ua9ff\uac00-\ud7af\u1100-\u11ff"
/* Where a file has general categories of letters, llama.cpp sees letters. */
#define ANY_CASE_O200K(digits)                                                                     \
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+" SEM_REGEX_BOTH_CASES "?|" digits                         \
  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" SEM_REGEX_LINES
#define ASCII_SIGN "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]"
#define SIGNS_BEFORE_WORDS                                                                         \
  ASCII_SIGN "[A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+"
#define MAX_PATTERNS 6

/* Named pre-tokenizers: the expressions are applied one after another, each to the pieces of the
 * one before.  Where llama.cpp has code instead of an expression (kimi-k2, afmoe, tiny_aya) or cuts
 * at empty matches (superbpe), the expressions here cut at the same places. */
static const struct
{
  const char *names;               /* between bars */
  gboolean ignore_merges, add_bos; /* unless the file says otherwise */
  gboolean plain;       /* pieces are text, not bytes as letters; bytes are a last resort */
  gboolean marks;       /* and blanks U+2581 */
  gboolean whole_lines; /* line ends in a row are one piece when there is such a one */
  const char *patterns[MAX_PATTERNS];
} pre_tokenizers[] = {
  { "|gpt-2|phi-2|jina-es|jina-de|jina-v2-es|jina-v2-de|jina-v2-en|gigachat|a.x-4.0|mellum|"
    "modern-bert|mpt|olmo|jais|trillion|granite-docling|exaone4|",
    .patterns = { GPT2 } },
  { "|jina-v1-en|jina-v2-code|roberta-bpe|", .patterns = { GPT2 } },
  { "|llama3|llama-v3|llama-bpe|falcon3|falcon-h1|pixtral|midm-2.0|lfm2|jina-v5-nano|",
    .ignore_merges = TRUE, .add_bos = TRUE, .patterns = { CL100K ("\\p{N}{1,3}") } },
  { "|dbrx|smaug-bpe|chatglm-bpe|glm4|", .patterns = { CL100K ("\\p{N}{1,3}") } },
  { "|qwen2|stablelm2|deepseek-r1-qwen|kormo|f2llmv2|hunyuan|solar-open|megrez|grok-2|",
    .patterns = { CL100K ("\\p{N}") } },
  { "|qwen35|",
    .patterns = { SEM_REGEX_BOTH_CASES "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| "
                                       "?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|" SEM_REGEX_LINES } },
  { "|ufakzeka|",
    .patterns
    = { "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" SEM_REGEX_LINES } },
  { "|laguna|", .patterns = { "[^\\n]+|[\\n]+", CL100K ("\\p{N}") } },
  { "|seed-coder|",
    .patterns = { SEM_REGEX_BOTH_CASES "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1}| "
                                       "?[^\\s\\p{L}\\p{N}\\r\\n]+|" SEM_REGEX_LINES } },
  { "|bailingmoe|bailingmoe2|llada-moe|",
    .patterns
    = { "'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| "
        "?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+" } },
  { "|gpt-4o|llama4|kanana2|talkie|minimax-m2|",
    .patterns = { O200K (SEM_REGEX_BOTH_CASES "?", "\\p{N}{1,3}") } },
  { "|tekken|", .ignore_merges = TRUE, .add_bos = TRUE, .patterns = { O200K ("", "\\p{N}") } },
  { "|exaone-moe|",
    .patterns
    = { SEM_REGEX_BOTH_CASES "|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| "
                             "?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+" } },
  { "|starcoder|refact|command-r|smollm|codeshell|exaone|minerva-7b|mellum2|",
    .patterns = { "\\p{N}", GPT2 } },
  { "|falcon|", .patterns = { "[\\p{P}\\$\\+<=>\\^~\\|`]+", GPT2, "[0-9][0-9][0-9]" } },
  { "|default|", .patterns = { "[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]" } },
  { "|deepseek-coder|", .patterns = { "[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+",
                                      "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+", "\\p{N}" } },
  { "|deepseek-v3|hunyuan-dense|joyai-llm|hy_v4|",
    .patterns
    = { "\\p{N}{1,3}", "[" KANA_AND_HAN "]+", SIGNS_BEFORE_WORDS "[\\r\\n]*|" SEM_REGEX_LINES } },
  { "|spark2_5|", .patterns = { "\\p{N}{1,3}", "[" KANA_AND_HAN "]+",
                                SIGNS_BEFORE_WORDS "|[\\r\\n]|\\s+(?!\\S)|\\s+", "\\p{N}" } },
  { "|afmoe|", .patterns = { SEM_REGEX_THREES, "[" ASIAN "]+",
                             SIGNS_BEFORE_WORDS "[\\r\\n]*|" SEM_REGEX_LINES } },
  { "|tiny_aya|cohere2moe|", .patterns = { SEM_REGEX_THREES, ANY_CASE_O200K ("\\p{N}{1,3}") } },
  { "|superbpe|", .patterns = { "\\p{N}+", SEM_REGEX_BEFORE_THREES } },
  { "|youtu|", .ignore_merges = TRUE,
    .patterns
    = { "[\uac00-\ud7a3\u3131-\u318e]+|[\uff01\u2026\u201c\u201d\u2018\u2019\u2014\uff1a\uff1b"
        "\uff0c\u3001-\u303f\ufe30-\ufe4f]+|[\u3105-\u312f]+|[" KANA_AND_HAN "]+",
        ANY_CASE_O200K ("\\p{N}") } },
  { "|granite-embed-multi-97m|", .ignore_merges = TRUE,
    .patterns = { SEM_REGEX_O200K (SEM_REGEX_NO_LOWER_M,
                                   SEM_REGEX_NO_UPPER_M,
                                   SEM_REGEX_BOTH_CASES "?",
                                   "\\p{N}{1,3}") } },
  { "|kimi-k2|",
    .patterns = { "[" HAN "]+|[^\\r\\n\\p{L}\\p{N}]?[^\\P{L}" HAN "]+" SEM_REGEX_BOTH_CASES
                  "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" SEM_REGEX_LINES } },
  { "|minicpm5|", .ignore_merges = TRUE, .patterns = { "\\p{N}{1,3}", CL100K ("\\p{N}+") } },
  { "|jais-2|",
    .patterns = { SEM_REGEX_BOTH_CASES
                  "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*"
                  "[\\r\\n]+|\\s{512}(?!\\S)|\\s{256}(?!\\S)|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}"
                  "(?!\\S)|\\s{16}(?!\\S)|\\s{8}(?!\\S)|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s{1}" } },
  { "|deepseek-llm|",
    .patterns = { "[\\r\\n]", "\\s?[" CASED "]+",
                  "\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+", "\\s+\\z",
                  "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+", "\\p{N}+" } },
  { "|gemma4|granite-embed-multi-311m|", .plain = TRUE, .marks = TRUE, .whole_lines = TRUE,
    .patterns = { "[^\\n]+|[\\n]+" } },
  { "|sarvam-moe|", .plain = TRUE, .marks = TRUE, .patterns = { "[^\\n]+|[\\n]+" } },
  { "|whitespace|", .plain = TRUE, .patterns = { "\\S+" } },
  { "|chameleon|", .add_bos = TRUE,
    .patterns = { "<sentinel:[0-9]+>", "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z", "([\\t\\n]|    |  )",
                  "\\p{N}", "[\\p{P}!-/:-@\\[-`{-~]", GPT2 } },
  { "|bloom|gpt3-finnish|poro-chat|", .patterns = { BLOOM } },
  { "|viking|", .patterns = { BLOOM, "\\p{N}" } },
};

void
sem_gguf_vocab_init (SemGgufVocab *v)
{
  memset (v, 0, sizeof *v);
  v->bos = v->eos = v->unk = v->sep = v->pad = v->mask = -1;
  v->add_bos = v->add_eos = v->add_sep = v->add_space_prefix = v->remove_extra_whitespaces = -1;
}

static gboolean
unsupported (GError **error, const char *key, const char *value)
{
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
               "tokenizer.ggml.%s: '%.60s' is not known here", key, value);
  return FALSE;
}

/* BERT's pieces are stored with a mark at the start of a word instead of "##" inside one. */
static gboolean
add_bert_piece (SemVocab *vocab, const char *piece, guint32 id)
{
  gsize length = strlen (piece);
  g_autofree char *inside = NULL;

  if (length > 3 && memcmp (piece, MARK, 3) == 0)
    return sem_vocab_add (vocab, piece + 3, length - 3, id);
  if (length > 1 && piece[0] == '[' && piece[length - 1] == ']')
    return sem_vocab_add (vocab, piece, length, id);
  inside = g_strconcat ("##", piece, NULL);
  return sem_vocab_add (vocab, inside, length + 2, id);
}

static SemVocab *
make_vocab (const SemGgufVocab *v, gboolean bert, GError **error)
{
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  const char *bad;

  if (v->n_pieces == 0 || v->n_pieces > SEM_VOCAB_MAX_ID)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "tokenizer.ggml.tokens: %" G_GSIZE_FORMAT " pieces, 1 to %u are allowed",
                   v->n_pieces, SEM_VOCAB_MAX_ID);
      return NULL;
    }
  for (gsize i = 0; i < v->n_pieces; i++)
    if (!sem_utf8_validate (v->pieces[i], strlen (v->pieces[i]), &bad)
        || !(bert ? add_bert_piece (vocab, v->pieces[i], (guint32)i)
                  : sem_vocab_add (vocab, v->pieces[i], strlen (v->pieces[i]), (guint32)i)))
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "tokenizer.ggml.tokens: piece %" G_GSIZE_FORMAT " is not UTF-8 or too long",
                     i);
        return NULL;
      }
  if (!sem_vocab_check_lengths (vocab, "tokenizer.ggml.tokens", error))
    return NULL;
  sem_vocab_index (vocab);
  return g_steal_pointer (&vocab);
}

static gboolean
missing_piece (const SemBpeAdder *adder, GError **error)
{
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "tokenizer.ggml.merges: entry %" G_GSIZE_FORMAT
               " needs the piece '%.60s', which is not there",
               adder->bad_number, adder->missing);
  return FALSE;
}

static gboolean
add_merges (const SemGgufVocab *v, SemTokModel *model, GError **error)
{
  g_auto (SemBpeAdder) adder;

  sem_bpe_adder_init (&adder, model);
  for (gsize i = 0; i < v->n_merges; i++)
    {
      const char *merge = v->merges[i], *blank = *merge != '\0' ? strchr (merge + 1, ' ') : NULL;

      if (blank == NULL || blank[1] == '\0')
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                       "tokenizer.ggml.merges: entry %" G_GSIZE_FORMAT
                       " is not two pieces with a blank between them",
                       i);
          return FALSE;
        }
      if (!sem_bpe_adder_add (&adder, (SemVocabKey){ merge, (gsize)(blank - merge) },
                              (SemVocabKey){ blank + 1, strlen (blank + 1) }, i))
        return missing_piece (&adder, error);
    }
  return sem_bpe_adder_finish (&adder) || missing_piece (&adder, error);
}

static SemPretokenizer *
make_pretokenizer (const char *const patterns[MAX_PATTERNS], gboolean plain, GError **error)
{
  json_t *list = json_array (), *root;
  SemPretokenizer *self;

  for (guint i = 0; i < MAX_PATTERNS && patterns[i] != NULL
                    && !(i == 0 && patterns[1] == NULL && strcmp (patterns[0], GPT2) == 0);
       i++)
    json_array_append_new (list,
                           json_pack ("{s:s,s:{s:s},s:s,s:b}", "type", "Split", "pattern", "Regex",
                                      patterns[i], "behavior", "Isolated", "invert", 0));
  if (!plain)
    json_array_append_new (list,
                           json_pack ("{s:s,s:b,s:b}", "type", "ByteLevel", "add_prefix_space", 0,
                                      "use_regex", json_array_size (list) == 0));
  root = json_pack ("{s:s,s:o}", "type", "Sequence", "pretokenizers", list);
  self = sem_pretokenizer_new_from_json (root, "pre_tokenizer", error);
  json_decref (root);
  return self;
}

/* "gemma4" is gpt2 with the pre-tokenizer of that name. */
static gboolean
is_bpe (const SemGgufVocab *v)
{
  return strcmp (v->model, "gpt2") == 0 || strcmp (v->model, "gemma4") == 0;
}

static gsize
find_pre_tokenizer (const SemGgufVocab *v)
{
  gboolean gemma4 = strcmp (v->model, "gemma4") == 0;
  g_autofree char *name = g_strdup_printf ("|%s|", gemma4           ? v->model
                                                   : v->pre != NULL ? v->pre
                                                                    : "default");
  gsize i = 0;

  while (i < G_N_ELEMENTS (pre_tokenizers) && strstr (pre_tokenizers[i].names, name) == NULL)
    i++;
  return i;
}

static gboolean
make_gpt2 (const SemGgufVocab *v, SemTokenizerParts *parts, GError **error)
{
  SemBpeOptions options = { 0 };
  SemVocab *vocab;
  gsize i = find_pre_tokenizer (v);

  if (i == G_N_ELEMENTS (pre_tokenizers))
    return unsupported (error, "pre", v->pre);
  options.ignore_merges = pre_tokenizers[i].ignore_merges;
  options.whole_lines = pre_tokenizers[i].whole_lines;
  options.byte_fallback = pre_tokenizers[i].plain;
  vocab = make_vocab (v, FALSE, error);
  if (vocab == NULL)
    return FALSE;
  parts->model = sem_bpe_new (vocab, &options);
  parts->pretokenizer
      = make_pretokenizer (pre_tokenizers[i].patterns, pre_tokenizers[i].plain, error);
  if (pre_tokenizers[i].marks)
    parts->normalizer = sem_normalizer_new_from_text (SEM_BLANKS_TO_MARKS, error);
  parts->decoder = pre_tokenizers[i].plain ? sem_decoder_new_from_text (MARKS_DECODER, error)
                                           : sem_decoder_new_byte_level ();
  return parts->pretokenizer != NULL && parts->decoder != NULL
         && (parts->normalizer != NULL || !pre_tokenizers[i].marks)
         && add_merges (v, parts->model, error);
}

static guint32
special_id (const SemGgufVocab *v, gint64 id)
{
  return id >= 0 && (guint64)id < v->n_pieces ? (guint32)id : SEM_VOCAB_NONE;
}

static gboolean
finite_scores (const SemGgufVocab *v, GError **error)
{
  for (gsize i = 0; v->scores != NULL && i < v->n_pieces; i++)
    if (!isfinite (v->scores[i]))
      {
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "tokenizer.ggml.scores: entry %" G_GSIZE_FORMAT " is not a number", i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
make_llama (const SemGgufVocab *v, SemTokenizerParts *parts, GError **error)
{
  SemVocab *vocab = finite_scores (v, error) ? make_vocab (v, FALSE, error) : NULL;
  float *scores;

  if (vocab == NULL)
    return FALSE;
  scores = g_new0 (float, v->n_pieces);
  if (v->scores != NULL)
    memcpy (scores, v->scores, v->n_pieces * sizeof *scores);
  parts->model
      = sem_spm_bpe_new (vocab, scores, NULL, special_id (v, v->unk >= 0 ? v->unk : 0), TRUE);
  parts->normalizer = sem_normalizer_new_from_text (
      v->add_space_prefix == 0 ? SEM_BLANKS_TO_MARKS : SEM_LLAMA_NORMALIZER, error);
  parts->decoder = sem_decoder_new_from_text (SEM_LLAMA_DECODER, error);
  return parts->normalizer != NULL && parts->decoder != NULL;
}

static gboolean
make_t5 (const SemGgufVocab *v, SemTokenizerParts *parts, GError **error)
{
  SemVocab *vocab = finite_scores (v, error) ? make_vocab (v, FALSE, error) : NULL;
  const SemSentencepieceOptions options = { .charsmap = v->charsmap,
                                            .charsmap_length = v->charsmap_length,
                                            .trim = v->remove_extra_whitespaces != 0,
                                            .prefix = v->add_space_prefix != 0 };
  double *scores;

  if (vocab == NULL)
    return FALSE;
  scores = g_new0 (double, v->n_pieces);
  for (gsize i = 0; v->scores != NULL && i < v->n_pieces; i++)
    scores[i] = (double)v->scores[i];
  parts->model = sem_unigram_new (vocab, scores, special_id (v, v->unk >= 0 ? v->unk : 2), FALSE);
  parts->normalizer = sem_normalizer_new_sentencepiece (&options, error);
  parts->decoder = sem_decoder_new_metaspace ();
  return parts->normalizer != NULL;
}

static gboolean
make_bert (const SemGgufVocab *v, SemTokenizerParts *parts, GError **error)
{
  SemVocab *vocab = make_vocab (v, TRUE, error);
  guint32 unknown = special_id (v, v->unk >= 0 ? v->unk : 100);

  if (vocab == NULL)
    return FALSE;
  parts->model = sem_wordpiece_new (
      vocab, unknown != SEM_VOCAB_NONE ? sem_vocab_get (vocab, unknown, NULL) : "[UNK]", "##", 2,
      G_MAXUINT32);
  parts->normalizer = sem_normalizer_new_llama_bert ();
  parts->pretokenizer = sem_pretokenizer_new_from_text ("{\"type\":\"WhitespaceSplit\"}", error);
  parts->decoder = sem_decoder_new_wordpiece ("##", TRUE);
  return parts->pretokenizer != NULL;
}

/* What llama.cpp puts around a text, by default and by the file's own switches. */
static void
add_template (const SemGgufVocab *v, gboolean bos, gboolean eos, SemTokenizerParts *parts)
{
  gint64 last = v->sep >= 0 && strcmp (v->model, "bert") == 0 ? v->sep : v->eos;

  parts->post = sem_post_processor_new_empty ();
  if ((v->add_bos < 0 ? bos : v->add_bos) && special_id (v, v->bos) != SEM_VOCAB_NONE)
    sem_post_processor_add (parts->post, FALSE, (guint32)v->bos);
  if ((v->add_eos < 0 ? eos : v->add_eos) && special_id (v, last) != SEM_VOCAB_NONE)
    sem_post_processor_add (parts->post, TRUE, (guint32)last);
}

static gboolean
contains_any (const char *name, const char *const *parts)
{
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  for (; lower != NULL && *parts != NULL; parts++)
    if (strstr (lower, *parts) != NULL)
      return TRUE;
  return FALSE;
}

/* What llama.cpp knows of some models by their names alone: tokens that take the blanks beside
 * them. */
static void
set_blanks_by_name (const SemGgufVocab *v, const char *piece, SemAddedToken *flags)
{
  static const char *const phi[] = { "phi-3", "phi3", NULL };
  static const char *const jina[] = { "jina-v2-de", "jina-v2-es", "jina-v2-code", NULL };
  static const char *const modern[] = { "modern-bert", NULL };

  if (contains_any (v->pre, jina))
    flags->lstrip = strcmp (piece, "<mask>") == 0;
  else if (contains_any (v->name, phi))
    flags->rstrip = strcmp (piece, "<unk>") != 0 && strcmp (piece, "<s>") != 0
                    && strcmp (piece, "<|endoftext|>") != 0;
  else if (contains_any (v->name, modern))
    flags->lstrip = strcmp (piece, "[MASK]") == 0;
}

static void
add_typed_tokens (const SemGgufVocab *v, SemTokenizerParts *parts)
{
  parts->added = sem_added_tokens_new ();
  for (gsize i = 0; v->types != NULL && i < v->n_pieces; i++)
    {
      SemAddedToken flags = { 0 };
      gsize length;
      const char *piece = sem_vocab_get (parts->model->vocab, (guint32)i, &length);

      flags.special
          = v->types[i] == SEM_GGUF_TOKEN_CONTROL || v->types[i] == SEM_GGUF_TOKEN_UNKNOWN;
      if (piece != NULL && length > 0
          && (v->types[i] == SEM_GGUF_TOKEN_USER_DEFINED || v->types[i] == SEM_GGUF_TOKEN_CONTROL))
        {
          set_blanks_by_name (v, piece, &flags);
          sem_added_tokens_add (parts->added, parts->model->vocab, piece, length, &flags);
        }
    }
}

SemTokenizer *
sem_tokenizer_new_from_gguf_vocab (const SemGgufVocab *v, GError **error)
{
  g_auto (SemTokenizerParts) parts = { 0 };
  SemGgufVocab bert = *v;
  gboolean fine;

  if (v->model == NULL)
    fine = unsupported (error, "model", "(missing)");
  else if (is_bpe (v))
    fine = make_gpt2 (v, &parts, error);
  else if (strcmp (v->model, "llama") == 0)
    fine = make_llama (v, &parts, error);
  else if (strcmp (v->model, "t5") == 0)
    fine = make_t5 (v, &parts, error);
  else if (strcmp (v->model, "bert") == 0)
    fine = make_bert (v, &parts, error);
  else
    fine = unsupported (error, "model", v->model);
  if (!fine)
    return NULL;
  if (strcmp (v->model, "bert") == 0)
    {
      bert.bos = v->bos >= 0 ? v->bos : 101;
      bert.sep = v->sep >= 0 ? v->sep : 102;
      add_template (&bert, TRUE, TRUE, &parts);
    }
  else
    add_template (v,
                  strcmp (v->model, "llama") == 0
                      || (is_bpe (v) && pre_tokenizers[find_pre_tokenizer (v)].add_bos),
                  strcmp (v->model, "t5") == 0, &parts);
  add_typed_tokens (v, &parts);
  return sem_tokenizer_new_take (&parts, error);
}
