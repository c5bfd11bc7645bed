/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning the pieces of a WordPiece tokenizer. */
#include "core/train/vocabulary.h"
#include "core/train/piece-merger.h"
#include "core/error.h"

#include <jansson.h>
#include <string.h>
#include <utf8proc.h>

static const char *const SPECIAL_TOKENS[] = { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" };

/* Blocks whose letters are Latin; a character of them is always a piece. */
static const struct
{
  gint32 first, last;
} LATIN_BLOCKS[] = {
  { 0x00a1, 0x024f }, /* Latin-1 Supplement, Extended-A, Extended-B */
  { 0x0250, 0x02ff }, /* IPA Extensions, Spacing Modifier Letters */
  { 0x1e00, 0x1eff }, /* Latin Extended Additional */
  { 0x2c60, 0x2c7f }, /* Latin Extended-C */
  { 0xfb00, 0xfb06 }, /* ligatures */
  { 0xff41, 0xff5a }, /* full-width small letters */
};

/* Small blocks of signs and alphabets that turn up in English text. */
static const struct
{
  gint32 first, last;
} COMMON_BLOCKS[] = {
  { 0x0391, 0x03ce }, /* Greek */
  { 0x0430, 0x045f }, /* Cyrillic */
  { 0x05d0, 0x05ea }, /* Hebrew */
  { 0x2010, 0x2027 }, /* dashes, quotation marks */
  { 0x2030, 0x203f }, /* other punctuation */
  { 0x2070, 0x209c }, /* superscripts and subscripts */
  { 0x20a0, 0x20bf }, /* currencies */
  { 0x2100, 0x2127 }, /* letter-like symbols */
  { 0x2190, 0x2199 }, /* arrows */
  { 0x2200, 0x2265 }, /* mathematics */
};

/* Regular endings are always pieces: what is not a whole word should be cut into a stem and an
 * ending, which is where is_inflected() trusts it to keep its meaning. */
static const char *const ENDING_PIECES[] = {
  "##s",  "##es",  "##ed", "##d",    "##ing",  "##ings", "##ding",  "##ting", "##ning",
  "##er", "##ers", "##ly", "##ness", "##able", "##ment", "##ments", "##less", "##ful",
};

/* Words of this program's own subject, which people type to see how they are cut; kept whole when
 * the corpus has them. */
static const char *const SUBJECT_WORDS[] = {
  "hotdog",     "embed",   "embedding", "embeddings", "token",     "tokens",
  "vector",     "vectors", "cosine",    "similarity", "tokenizer", "dimension",
  "dimensions", "neuron",  "neural",    "classroom",  "chatbot",   "internet",
};

#define INFLECTED_DIVISOR 4
#define MIN_CHARACTER_COUNT 40 /* other characters: how often the corpus must have them */
#define MAX_OTHER_CHARACTERS 1200

typedef struct
{
  GPtrArray *pieces;
  GHashTable *known;
} Builder;

static gboolean
add_piece (Builder *builder, const char *piece)
{
  char *copy;

  if (*piece == '\0' || g_hash_table_contains (builder->known, piece))
    return FALSE;
  copy = g_strdup (piece);
  g_ptr_array_add (builder->pieces, copy);
  g_hash_table_add (builder->known, copy);
  return TRUE;
}

static gboolean
is_punctuation (gint32 c)
{
  utf8proc_category_t category = utf8proc_category (c);

  if (c < 128)
    return !g_ascii_isalnum ((gchar)c);
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

static gboolean
is_ideograph (gint32 c)
{
  return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff)
         || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x2fa1f);
}

/* Does BERT's normalizer leave this character as it is?  Only such characters can reach the
 * vocabulary. */
static gboolean
survives_normalization (gint32 c)
{
  utf8proc_int32_t decomposed[8];
  int boundary = 0;
  utf8proc_category_t category = utf8proc_category (c);

  if (category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_MN
      || category >= UTF8PROC_CATEGORY_ZS || utf8proc_tolower (c) != c)
    return FALSE;
  return utf8proc_decompose_char (c, decomposed, 8, UTF8PROC_DECOMPOSE, &boundary) == 1
         && decomposed[0] == c;
}

static void
add_character (Builder *builder, gint32 c)
{
  char piece[8] = "##";

  if (!survives_normalization (c))
    return;
  piece[2 + utf8proc_encode_char (c, (utf8proc_uint8_t *)piece + 2)] = '\0';
  add_piece (builder, piece + 2);
  if (!is_punctuation (c) && !is_ideograph (c))
    add_piece (builder, piece);
}

typedef struct
{
  gint32 character;
  guint64 count;
} CharacterCount;

static int
compare_characters (gconstpointer a, gconstpointer b)
{
  const CharacterCount *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->character < y->character ? -1 : x->character > y->character;
}

static void
add_characters_of_corpus (Builder *builder, const SemCorpus *corpus)
{
  const guint64 *counts = sem_corpus_get_counts (corpus);
  g_autofree guint64 *totals = g_new0 (guint64, 0x110000);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CharacterCount));

  for (guint32 i = 0; i < sem_corpus_get_n_words (corpus); i++)
    for (const char *p = sem_corpus_get_word (corpus, i); *p != '\0'; p = g_utf8_next_char (p))
      totals[g_utf8_get_char (p)] += counts[i];
  for (gint32 c = 128; c < 0x110000; c++)
    if (totals[c] >= MIN_CHARACTER_COUNT)
      {
        CharacterCount entry = { c, totals[c] };

        g_array_append_val (found, entry);
      }
  g_array_sort (found, compare_characters);
  for (guint i = 0; i < MIN (found->len, MAX_OTHER_CHARACTERS); i++)
    add_character (builder, g_array_index (found, CharacterCount, i).character);
}

static void
add_characters (Builder *builder, const SemCorpus *corpus)
{
  for (gint32 c = 33; c < 127; c++)
    add_character (builder, c);
  for (gsize b = 0; b < G_N_ELEMENTS (LATIN_BLOCKS); b++)
    for (gint32 c = LATIN_BLOCKS[b].first; c <= LATIN_BLOCKS[b].last; c++)
      add_character (builder, c);
  for (gsize b = 0; b < G_N_ELEMENTS (COMMON_BLOCKS); b++)
    for (gint32 c = COMMON_BLOCKS[b].first; c <= COMMON_BLOCKS[b].last; c++)
      add_character (builder, c);
  add_characters_of_corpus (builder, corpus);
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

static gboolean
is_plain (const char *word)
{
  return word[strspn (word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

typedef struct
{
  guint32 word;
  guint64 score;
} WordScore;

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const WordScore *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->word < y->word ? -1 : x->word > y->word;
}

/* Is the word a more frequent one with a regular ending?  Cut in two it keeps its meaning, so that
 * its place is better given to a word that would not. */
static gboolean
is_inflected (const SemCorpus *corpus, guint32 word)
{
  static const char *const ENDINGS[] = { "s", "es", "ed", "d", "ing", "ly" };
  const char *text = sem_corpus_get_word (corpus, word);

  for (gsize i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (g_str_has_suffix (text, ENDINGS[i]) && strlen (text) >= strlen (ENDINGS[i]) + 3)
      {
        g_autofree char *stem = g_strndup (text, strlen (text) - strlen (ENDINGS[i]));

        /* Words are numbered by falling count. */
        if (sem_corpus_find (corpus, stem) < word)
          return TRUE;
      }
  return FALSE;
}

/* Names fill most of a frequency list of an encyclopedia below rank 10 000; a dictionary's
 * headwords are preferred to them, and words with anything but small ASCII letters in them
 * (transliterations, codes) come last. */
static GArray *
score_words (const SemCorpus *corpus,
             const SemRelations *relations,
             const SemVocabularyOptions *options)
{
  const guint64 *counts = sem_corpus_get_counts (corpus);
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (WordScore));

  for (guint32 i = 0; i < sem_corpus_get_n_words (corpus); i++)
    {
      const char *word = sem_corpus_get_word (corpus, i);
      WordScore score = { i, counts[i] };

      if (!is_plain (word) && !is_number (word))
        score.score /= 8;
      else if (relations != NULL && sem_relations_is_headword (relations, i))
        score.score *= options->headword_factor;
      if (is_inflected (corpus, i))
        score.score /= INFLECTED_DIVISOR;
      g_array_append_val (scores, score);
    }
  g_array_sort (scores, compare_scores);
  return scores;
}

static void
add_chosen (Builder *builder, const SemCorpus *corpus)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENDING_PIECES); i++)
    add_piece (builder, ENDING_PIECES[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (SUBJECT_WORDS); i++)
    if (sem_corpus_find (corpus, SUBJECT_WORDS[i]) < sem_corpus_get_n_words (corpus))
      add_piece (builder, SUBJECT_WORDS[i]);
}

/* Adds whole words until the vocabulary has `until` pieces. */
static void
add_words (Builder *builder,
           const SemCorpus *corpus,
           const SemRelations *relations,
           const SemVocabularyOptions *options,
           guint32 until)
{
  g_autoptr (GArray) scores = score_words (corpus, relations, options);
  guint32 n_numbers = 0;

  for (guint i = 0; i < scores->len && builder->pieces->len < until; i++)
    {
      const char *word = sem_corpus_get_word (corpus, g_array_index (scores, WordScore, i).word);

      if (is_number (word) && n_numbers++ >= options->max_numbers)
        continue;
      add_piece (builder, word);
    }
}

GPtrArray *
sem_vocabulary_learn (const SemCorpus *corpus,
                      const SemRelations *relations,
                      const SemVocabularyOptions *options,
                      GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SemPieceMerger) merger = NULL;
  Builder builder = { pieces, known };
  char *piece;

  if (options->size < SEM_VOCABULARY_MIN_SIZE || options->size > SEM_VOCABULARY_MAX_SIZE)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "vocabulary size: found %u, allowed are %d to %d", options->size,
                   SEM_VOCABULARY_MIN_SIZE, SEM_VOCABULARY_MAX_SIZE);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (SPECIAL_TOKENS); i++)
    add_piece (&builder, SPECIAL_TOKENS[i]);
  add_characters (&builder, corpus);
  add_chosen (&builder, corpus);
  add_words (&builder, corpus, relations, options,
             options->size - (guint32)(options->subword_share * (double)options->size));
  if (pieces->len >= options->size)
    return g_steal_pointer (&pieces);

  merger = sem_piece_merger_new (corpus, known);
  while (pieces->len < options->size && (piece = sem_piece_merger_next (merger)) != NULL)
    {
      add_piece (&builder, piece);
      g_free (piece);
    }
  return g_steal_pointer (&pieces);
}

/* --- tokenizer.json
 * --------------------------------------------------------------------------------------------- */

static json_t *
make_added_tokens (void)
{
  json_t *added = json_array ();

  for (gsize i = 0; i < G_N_ELEMENTS (SPECIAL_TOKENS); i++)
    json_array_append_new (added,
                           json_pack ("{s:i,s:s,s:b,s:b,s:b,s:b,s:b}", "id", (int)i, "content",
                                      SPECIAL_TOKENS[i], "single_word", 0, "lstrip", 0, "rstrip", 0,
                                      "normalized", 0, "special", 1));
  return added;
}

static json_t *
make_template (void)
{
  return json_pack ("{s:s,"
                    "s:[{s:{s:s,s:i}},{s:{s:s,s:i}},{s:{s:s,s:i}}],"
                    "s:[{s:{s:s,s:i}},{s:{s:s,s:i}},{s:{s:s,s:i}},{s:{s:s,s:i}},{s:{s:s,s:i}}],"
                    "s:{s:{s:s,s:[i],s:[s]},s:{s:s,s:[i],s:[s]}}}",
                    "type", "TemplateProcessing", "single", "SpecialToken", "id", "[CLS]",
                    "type_id", 0, "Sequence", "id", "A", "type_id", 0, "SpecialToken", "id",
                    "[SEP]", "type_id", 0, "pair", "SpecialToken", "id", "[CLS]", "type_id", 0,
                    "Sequence", "id", "A", "type_id", 0, "SpecialToken", "id", "[SEP]", "type_id",
                    0, "Sequence", "id", "B", "type_id", 1, "SpecialToken", "id", "[SEP]",
                    "type_id", 1, "special_tokens", "[CLS]", "id", "[CLS]", "ids", 2, "tokens",
                    "[CLS]", "[SEP]", "id", "[SEP]", "ids", 3, "tokens", "[SEP]");
}

char *
sem_vocabulary_to_json (GPtrArray *pieces)
{
  json_t *vocab = json_object ();
  json_t *root;
  char *text, *copy;

  for (guint i = 0; i < pieces->len; i++)
    json_object_set_new (vocab, g_ptr_array_index (pieces, i), json_integer (i));
  root = json_pack ("{s:s,s:n,s:n,s:o,s:{s:s,s:b,s:b,s:n,s:b},s:{s:s},s:o,s:{s:s,s:s,s:b},s:{s:s,s:"
                    "s,s:s,s:i,s:o}}",
                    "version", "1.0", "truncation", "padding", "added_tokens", make_added_tokens (),
                    "normalizer", "type", "BertNormalizer", "clean_text", 1, "handle_chinese_chars",
                    1, "strip_accents", "lowercase", 1, "pre_tokenizer", "type", "BertPreTokenizer",
                    "post_processor", make_template (), "decoder", "type", "WordPiece", "prefix",
                    "##", "cleanup", 1, "model", "type", "WordPiece", "unk_token", "[UNK]",
                    "continuing_subword_prefix", "##", "max_input_chars_per_word", 100, "vocab",
                    vocab);
  text = json_dumps (root, JSON_COMPACT | JSON_PRESERVE_ORDER);
  json_decref (root);
  copy = g_strdup (text);
  free (text);
  return copy;
}
