/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vocab.json with merges.txt, and tiktoken's rank files. */
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/byte-level.h"
#include "core/tokenizer/component-text.h"
#include "core/tokenizer/spm-bpe.h"
#include "core/tokenizer/tokenizer-files.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

#define CLIP_NORMALIZER                                                                            \
  "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},"                                    \
  "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\\\\s+\"},\"content\":\" "                       \
  "\"},{\"type\":\"Lowercase\"}]}"
#define CLIP_PRETOKENIZER                                                                          \
  "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":"          \
  "\"'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+\"},"                 \
  "\"behavior\":\"Removed\",\"invert\":true},"                                                     \
  "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}]}"
#define REGEX_PRETOKENIZER(regex)                                                                  \
  "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"" regex  \
  "\"},"                                                                                           \
  "\"behavior\":\"Isolated\",\"invert\":false},"                                                   \
  "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}]}"
#define CL100K                                                                                     \
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}|"            \
  " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"
#define O200K                                                                                      \
  "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?[\\\\p{Lu}\\\\p{Lt}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]*[\\\\p{Ll}\\\\p{"  \
  "Lm}\\\\p{Lo}\\\\p{M}]+"                                                                         \
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"                                                                 \
  "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?[\\\\p{Lu}\\\\p{Lt}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]+[\\\\p{Ll}\\\\p{"  \
  "Lm}\\\\p{Lo}\\\\p{M}]*"                                                                         \
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n/]*|"         \
  "\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"

static gboolean
bad_line (GError **error, const char *what, gsize line, const char *problem)
{
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "%s: line %" G_GSIZE_FORMAT " %s", what, line, problem);
  return FALSE;
}

/* The next line without its end; FALSE at the end of the text. */
static gboolean
next_line (const char **at, const char *end, const char **line, gsize *length)
{
  const char *stop;
  gsize n = (gsize)(end - *at);

  if (n == 0)
    return FALSE;
  stop = memchr (*at, '\n', n);
  if (stop != NULL)
    n = (gsize)(stop - *at);
  *line = *at;
  *at += stop != NULL ? n + 1 : n;
  *length = n > 0 && (*line)[n - 1] == '\r' ? n - 1 : n;
  return TRUE;
}

static gboolean
needs_a_piece (const SemBpeAdder *adder, GError **error)
{
  return bad_line (error, "merges.txt", adder->bad_number,
                   "needs a piece that is not in the vocabulary");
}

static gboolean
read_merge_lines (GBytes *bytes, SemTokModel *model, GError **error)
{
  gsize size, length, n = 0;
  const char *const version = "#version";
  const char *data = g_bytes_get_data (bytes, &size), *at = data != NULL ? data : "",
             *end = at + size, *line, *bad;
  g_auto (SemBpeAdder) adder;

  sem_bpe_adder_init (&adder, model);
  if (size > 0 && !sem_utf8_validate (at, size, &bad))
    return bad_line (error, "merges.txt", 0, "is not UTF-8");
  while (next_line (&at, end, &line, &length))
    {
      const char *blank = memchr (line, ' ', length);

      n++;
      /* The last line ends where the file ends, not with a NUL. */
      if (length == 0
          || (length >= strlen (version) && memcmp (line, version, strlen (version)) == 0))
        continue;
      if (blank == NULL || blank == line
          || memchr (blank + 1, ' ', (gsize)(line + length - blank - 1)) != NULL)
        return bad_line (error, "merges.txt", n, "is not two pieces with a blank between them");
      if (!sem_bpe_adder_add (&adder, (SemVocabKey){ line, (gsize)(blank - line) },
                              (SemVocabKey){ blank + 1, (gsize)(line + length - blank - 1) }, n))
        return needs_a_piece (&adder, error);
    }
  return sem_bpe_adder_finish (&adder) || needs_a_piece (&adder, error);
}

static void
add_specials (SemTokenizerParts *parts, gboolean clip)
{
  static const char *const names[]
      = { "<s>",           "<pad>",           "</s>",         "<unk>",     "<mask>",
          "<|endoftext|>", "<|startoftext|>", "<|im_start|>", "<|im_end|>" };
  const SemVocab *vocab = parts->model->vocab;
  guint32 first = sem_vocab_find (vocab, clip ? "<|startoftext|>" : "<s>", clip ? 15 : 3);
  guint32 last = sem_vocab_find (vocab, clip ? "<|endoftext|>" : "</s>", clip ? 13 : 4);

  parts->added = sem_added_tokens_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    sem_tokenizer_parts_add_special (parts, names[i]);
  if (first != SEM_VOCAB_NONE && last != SEM_VOCAB_NONE)
    parts->post = sem_post_processor_new_pair (first, last);
}

SemTokenizer *
sem_tokenizer_new_from_merges (GBytes *vocab_bytes, GBytes *merges, GError **error)
{
  g_auto (SemTokenizerParts) parts = { 0 };
  SemBpeOptions options = { 0 };
  gsize size;
  const char *text = g_bytes_get_data (vocab_bytes, &size), *bad;
  SemVocab *vocab;
  gboolean clip;

  if (size == 0 || !sem_utf8_validate (text, size, &bad))
    {
      bad_line (error, "vocab.json", 0, "is empty or not UTF-8");
      return NULL;
    }
  vocab = sem_vocab_read_object ((SemJsonRange){ text, text + size }, "vocab.json", error);
  if (vocab == NULL)
    return NULL;
  clip = sem_vocab_find (vocab, "a</w>", 5) != SEM_VOCAB_NONE;
  if (clip)
    options = (SemBpeOptions){ .unknown = "<|endoftext|>", .suffix = "</w>" };
  parts.model = sem_bpe_new (vocab, &options);
  if (!read_merge_lines (merges, parts.model, error))
    return NULL;
  if (clip)
    parts.normalizer = sem_normalizer_new_from_text (CLIP_NORMALIZER, NULL);
  parts.pretokenizer
      = sem_pretokenizer_new_from_text (clip ? CLIP_PRETOKENIZER : SEM_BYTE_LEVEL_GPT2, NULL);
  parts.decoder = sem_decoder_new_byte_level ();
  add_specials (&parts, clip);
  return sem_tokenizer_new_take (&parts, error);
}

/* --- tiktoken
 * ------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *pretokenizer;
  struct
  {
    const char *content;
    guint32 id;
  } specials[6];
} encodings[] = {
  { "cl100k_base",
    REGEX_PRETOKENIZER (CL100K),
    { { "<|endoftext|>", 100257 },
      { "<|fim_prefix|>", 100258 },
      { "<|fim_middle|>", 100259 },
      { "<|fim_suffix|>", 100260 },
      { "<|endofprompt|>", 100276 } } },
  { "o200k_base",
    REGEX_PRETOKENIZER (O200K),
    { { "<|endoftext|>", 199999 }, { "<|endofprompt|>", 200018 } } },
  { "p50k_base", SEM_BYTE_LEVEL_GPT2, { { "<|endoftext|>", 50256 } } },
  { "r50k_base", SEM_BYTE_LEVEL_GPT2, { { "<|endoftext|>", 50256 } } },
  { "gpt2", SEM_BYTE_LEVEL_GPT2, { { "<|endoftext|>", 50256 } } },
};

static gboolean
add_rank_line (SemVocab *vocab,
               GArray *scores,
               const char *line,
               gsize length,
               gsize n,
               GError **error)
{
  const char *blank = memchr (line, ' ', length);
  g_autofree char *code = blank != NULL ? g_strndup (line, (gsize)(blank - line)) : NULL;
  g_autofree char *number
      = blank != NULL ? g_strndup (blank + 1, (gsize)(line + length - blank - 1)) : NULL;
  g_autofree guchar *bytes = NULL;
  g_autoptr (GString) letters = g_string_new (NULL);
  guint64 rank;
  gsize size;

  if (blank == NULL
      || !g_ascii_string_to_unsigned (number, 10, 0, SEM_VOCAB_MAX_ID - 1, &rank, NULL))
    return bad_line (error, "ranks", n, "is not base64, a blank and a number");
  bytes = g_base64_decode (code, &size);
  if (size == 0)
    return bad_line (error, "ranks", n, "is not base64, a blank and a number");
  for (gsize i = 0; i < size; i++)
    g_string_append_unichar (letters, sem_byte_level_char (bytes[i]));
  if (rank >= scores->len)
    g_array_set_size (scores, (guint)rank + 1);
  g_array_index (scores, float, rank) = -(float)rank;
  return sem_vocab_add (vocab, letters->str, letters->len, (guint32)rank)
         || bad_line (error, "ranks", n, "is beyond the limits of a vocabulary");
}

SemTokenizer *
sem_tokenizer_new_from_tiktoken (GBytes *bytes, const char *name, GError **error)
{
  g_auto (SemTokenizerParts) parts = { 0 };
  g_autoptr (SemVocab) vocab = sem_vocab_new ();
  g_autoptr (GArray) scores = g_array_new (FALSE, TRUE, sizeof (float));
  gsize size, length, n = 0;
  const char *data = g_bytes_get_data (bytes, &size), *at = data != NULL ? data : "",
             *end = at + size, *line;
  guint which = 0;

  while (next_line (&at, end, &line, &length))
    {
      n++;
      if (length > 0 && !add_rank_line (vocab, scores, line, length, n, error))
        return NULL;
    }
  if (vocab->n_entries == 0)
    {
      bad_line (error, "ranks", 0, "is missing: the file is empty");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (strstr (name, encodings[i].name) != NULL)
      which = i;
  for (guint i = 0; i < 6 && encodings[which].specials[i].content != NULL; i++)
    if (encodings[which].specials[i].id < vocab->n_ids + 1000
        && sem_vocab_get (vocab, encodings[which].specials[i].id, NULL) == NULL)
      sem_vocab_add (vocab, encodings[which].specials[i].content,
                     strlen (encodings[which].specials[i].content),
                     encodings[which].specials[i].id);
  sem_vocab_index (vocab);
  g_array_set_size (scores, (guint)vocab->n_ids);
  parts.model = sem_spm_bpe_new (g_steal_pointer (&vocab),
                                 (float *)(void *)g_array_free (g_steal_pointer (&scores), FALSE),
                                 NULL, SEM_VOCAB_NONE, FALSE);
  parts.pretokenizer = sem_pretokenizer_new_from_text (encodings[which].pretokenizer, error);
  parts.decoder = sem_decoder_new_byte_level ();
  parts.added = sem_added_tokens_new ();
  for (guint i = 0; i < 6 && encodings[which].specials[i].content != NULL; i++)
    sem_tokenizer_parts_add_special (&parts, encodings[which].specials[i].content);
  return parts.pretokenizer != NULL ? sem_tokenizer_new_take (&parts, error) : NULL;
}
