/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the files of a model into a temporary folder, opens it, and takes the folder away again:
 * what is open is mapped. */
#include "sample.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const vocabulary[]
    = { "[PAD]",  "[UNK]", "[CLS]", "[SEP]", "[MASK]",   ".",      ",",      "earth",
        "planet", "sun",   "moon",  "star",  "solar",    "system", "orbits", "bread",
        "cheese", "hot",   "##dog", "food",  "is",       "a",      "in",     "the",
        "and",    "us",    "are",   "un",    "##believ", "##able", "hi",     "##s",
        "king",   "queen", "man",   "woman", "你",       "好",     "مرحبا",  "##ness",
        "dog",    "cat",   "red",   "blue",  "of",       "to",     "one",    "two" };
#define N_VOCABULARY G_N_ELEMENTS (vocabulary)

static void
write_file (const char *folder, const char *name, const char *data, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
}

/* A hash of two numbers, -64 .. 63 (the mixer of MurmurHash3). */
static float
mix (gsize a, gsize b)
{
  guint32 h = (guint32)a * 0x9e3779b9u + (guint32)b * 0x85ebca77u + 1u;

  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  h ^= h >> 16;
  return (float)(h >> 25) - 64.0f;
}

/* Multiples of 1/128, which every float holds exactly; six neighbours of the vocabulary share a
 * direction. */
static float
make_value (gsize id, gsize dimension)
{
  return (mix (id + 1000, dimension) + 1.5f * mix (id / 6, dimension)) / 64.0f;
}

static void
write_weights (const char *folder, gsize dim)
{
  gsize size = N_VOCABULARY * dim * sizeof (float);
  g_autofree char *shape = g_strdup_printf (
      "{\"embeddings.word_embeddings.weight\":{\"dtype\":\"F32\",\"shape\":[%lu,%lu],"
      "\"data_offsets\":[0,%lu]}}",
      (gulong)N_VOCABULARY, (gulong)dim, (gulong)size);
  g_autofree char *header = g_strdup_printf ("%-*s", (int)((strlen (shape) + 7) / 8 * 8), shape);
  guint64 length = GUINT64_TO_LE (strlen (header));
  g_autoptr (GByteArray) file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)&length, 8);
  g_byte_array_append (file, (const guint8 *)header, (guint)strlen (header));
  for (gsize i = 0; i < N_VOCABULARY * dim; i++)
    {
      float value = make_value (i / dim, i % dim);

      g_byte_array_append (file, (const guint8 *)&value, sizeof value);
    }
  write_file (folder, "model.safetensors", (const char *)file->data, (gssize)file->len);
}

/* A folder of this name, which pictures show, in a temporary one. */
static char *
make_folder (const char *name)
{
  g_autofree char *parent = g_dir_make_tmp ("semblance-sample-XXXXXX", NULL);
  char *folder = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  return folder;
}

static SemModel *
open_and_remove (const char *folder)
{
  static const char *const names[] = { "vocab.txt", "tokenizer_config.json", "tokenizer.json",
                                       "config.json", "model.safetensors" };
  SemModelOpenOptions options = { .tokenizer_only_ok = TRUE };
  g_autoptr (GError) error = NULL;
  SemModel *model = sem_model_open (folder, &options, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  {
    g_autofree char *parent = g_path_get_dirname (folder);

    g_assert_cmpint (g_rmdir (parent), ==, 0);
  }
  return model;
}

SemModel *
sem_sample_model_new (gsize dim)
{
  g_autofree char *name = g_strdup_printf ("sample-%lu", (gulong)dim);
  g_autofree char *folder = make_folder (name);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (gsize i = 0; i < N_VOCABULARY; i++)
    g_string_append_printf (lines, "%s\n", vocabulary[i]);
  write_file (folder, "vocab.txt", lines->str, -1);
  write_file (folder, "tokenizer_config.json", "{\"do_lower_case\":true}", -1);
  write_file (folder, "config.json", "{\"model_type\":\"bert\"}", -1);
  write_weights (folder, dim);
  return open_and_remove (folder);
}

SemModel *
sem_sample_byte_model_new (void)
{
  g_autofree char *folder = make_folder ("sample-bytes");
  g_autoptr (GString) json = g_string_new (
      "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"
      "\"normalizer\":null,\"pre_tokenizer\":null,\"post_processor\":null,"
      "\"decoder\":{\"type\":\"ByteFallback\"},\"model\":{\"type\":\"BPE\",\"dropout\":null,"
      "\"unk_token\":null,\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,"
      "\"fuse_unk\":false,\"byte_fallback\":true,\"vocab\":{\"a\":256,\"b\":257,\" \":258");

  for (int i = 0; i < 256; i++)
    g_string_append_printf (json, ",\"<0x%02X>\":%d", i, i);
  g_string_append (json, "},\"merges\":[]}}");
  write_file (folder, "tokenizer.json", json->str, -1);
  return open_and_remove (folder);
}

SemAnalysis *
sem_sample_analysis_new (SemModel *model, const char *text, gboolean special)
{
  SemAnalysisOptions options = { .special = special };
  g_autoptr (GError) error = NULL;
  SemAnalysis *analysis
      = sem_analysis_new (model, text, strlen (text), &options, NULL, NULL, &error);

  g_assert_no_error (error);
  return analysis;
}
