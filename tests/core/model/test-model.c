/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening models: families by their tensor names, shards, model2vec's weights and mapping, FP8,
 * halves that are missing, words with lists beside them, refusals, and the shared samples. */
#include "core/error.h"
#include "core/model/catalog.h"
#include "core/model/embedding-choice.h"
#include "core/model/model-query.h"
#include "model-test.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <math.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

#define VOCAB "[UNK]\n[CLS]\n[SEP]\n[PAD]\nsun\nmoon\n"

static char *
make_tokenizer_folder (void)
{
  char *folder = model_test_make_folder ();
  model_test_write (folder, "vocab.txt", VOCAB, -1);
  return folder;
}

static void
add_weights (const char *folder, const char *name, const char *header, const void *data, gsize n)
{
  g_autoptr (GBytes) bytes = model_test_safetensors (header, data, n);
  model_test_write_bytes (folder, name, bytes);
}

static void
test_ranks (void)
{
  static const struct
  {
    const char *family, *name;
  } inputs[] = {
    { "BERT", "bert.embeddings.word_embeddings.weight" },
    { "RoBERTa", "roberta.embeddings.word_embeddings.weight" },
    { "DistilBERT", "distilbert.embeddings.word_embeddings.weight" },
    { "MPNet", "mpnet.embeddings.word_embeddings.weight" },
    { "ALBERT", "albert.embeddings.word_embeddings.weight" },
    { "ELECTRA", "electra.embeddings.word_embeddings.weight" },
    { "DeBERTa", "deberta.embeddings.word_embeddings.weight" },
    { "bare BERT", "embeddings.word_embeddings.weight" },
    { "T5", "shared.weight" },
    { "GPT-2", "transformer.wte.weight" },
    { "bare GPT-2", "wte.weight" },
    { "GPT-NeoX", "gpt_neox.embed_in.weight" },
    { "Llama, Mistral, Qwen, Gemma, Phi", "model.embed_tokens.weight" },
    { "Gemma 3", "language_model.model.embed_tokens.weight" },
    { "Phi-1", "transformer.embd.wte.weight" },
    { "ModernBERT", "model.embeddings.tok_embeddings.weight" },
    { "static", "embedding.weight" },
    { "model2vec", "embeddings" },
    { "GGUF", "token_embd.weight" },
  };
  static const char *const others[] = {
    "lm_head.weight",
    "embeddings.position_embeddings.weight",
    "transformer.wpe.weight",
    "embeddings.LayerNorm.weight",
    "model.embed_tokens_per_layer.weight",
    "my_embeddings_x",
    "",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (sem_embedding_rank_name (inputs[i].name) >= 100)
      g_error ("%s: %s is not known", inputs[i].family, inputs[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (sem_embedding_rank_name (others[i]), ==, G_MAXUINT);
  g_assert_cmpuint (sem_embedding_rank_name ("encoder.embed_tokens.weight"), <,
                    sem_embedding_rank_name ("decoder.embed_tokens.weight"));
}

static void
test_choice (void)
{
  g_autofree char *folder = make_tokenizer_folder ();
  float data[34];
  for (gsize i = 0; i < G_N_ELEMENTS (data); i++)
    data[i] = (float)i;
  add_weights (
      folder, "model.safetensors",
      "{\"lm_head.weight\":{\"dtype\":\"F32\",\"shape\":[6,2],\"data_offsets\":[0,48]},"
      "\"model.embed_tokens.weight\":{\"dtype\":\"F32\",\"shape\":[6,2],\"data_offsets\":[48,96]},"
      "\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[10],\"data_offsets\":[96,136]}}",
      data, sizeof data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double row[2];
  g_assert_true (sem_model_read_row (model, 4, row));
  g_assert_cmpfloat (row[0], ==, 20.0);
  const char *const *candidates = sem_model_get_candidates (model);
  g_assert_cmpstr (candidates[0], ==, "lm_head.weight");
  g_assert_null (candidates[1]);
  const SemModelOpenOptions options = { .tensor = "lm_head.weight" };
  g_autoptr (SemModel) output = sem_model_open (folder, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sem_model_read_row (output, 4, row));
  g_assert_cmpfloat (row[0], ==, 8.0);
  const SemModelOpenOptions vector = { .tensor = "model.norm.weight" };
  g_assert_null (sem_model_open (folder, &vector, NULL, &error));
  model_test_assert_sentence (error, "has 1 dimensions, an embedding matrix has 2");
  g_clear_error (&error);
  const SemModelOpenOptions missing = { .tensor = "nothing" };
  g_assert_null (sem_model_open (folder, &missing, NULL, &error));
  model_test_assert_sentence (error, "there is no tensor 'nothing'");
  model_test_remove (folder);
}

/* A vocabulary larger than the matrix, and the reverse. */
static void
test_sizes_differ (void)
{
  g_autofree char *folder = make_tokenizer_folder ();
  const float data[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
  add_weights (folder, "model.safetensors",
               "{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[0,32]}}", data,
               32);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double row[2] = { 7.0, 7.0 };
  g_assert_false (sem_model_read_row (model, 5, row));
  g_assert_cmpfloat (row[0], ==, 0.0);
  g_assert_cmpfloat (row[1], ==, 0.0);
  g_assert_false (sem_model_read_row (model, G_MAXUINT32, row));
  add_weights (folder, "model.safetensors",
               "{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[8,2],\"data_offsets\":[0,64]}}", data,
               64);
  g_autoptr (SemModel) larger = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sem_model_get_n_rows (larger), ==, 8);
  g_assert_true (sem_model_read_row (larger, 7, row));
  g_assert_cmpfloat (row[1], ==, 16.0);
  model_test_remove (folder);
}

static void
test_mapping (void)
{
  g_autofree char *folder = make_tokenizer_folder ();
  struct
  {
    gint8 matrix[6];
    guint8 pad[2];
    gint32 mapping[6];
    float weights[6];
  } data = { { 1, -2, 3, 4, -128, 127 }, { 0, 0 }, { 0, 1, 2, 2, 1, 0 }, { 1, 1, 0.5f, 2, 3, 4 } };
  add_weights (folder, "model.safetensors",
               "{\"embeddings\":{\"dtype\":\"I8\",\"shape\":[3,2],\"data_offsets\":[0,6]},"
               "\"pad\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[6,8]},"
               "\"mapping\":{\"dtype\":\"I32\",\"shape\":[6],\"data_offsets\":[8,32]},"
               "\"weights\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[32,56]}}",
               &data, sizeof data);
  model_test_write (folder, "config.json", "{\"model_type\":\"model2vec\",\"normalize\":true}", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double row[2];
  float rows[12];
  g_assert_cmpuint (sem_model_get_n_rows (model), ==, 6);
  g_assert_true (sem_model_read_row (model, 3, row));
  g_assert_cmpfloat (row[0], ==, -128.0);
  g_assert_cmpfloat (row[1], ==, 127.0);
  sem_model_read_rows_f32 (model, 0, 6, rows);
  g_assert_cmpfloat (rows[9], ==, 4.0f);
  g_assert_cmpfloat (sem_model_get_token_weight (model, 2), ==, 0.5);
  g_assert_cmpfloat (sem_model_get_token_weight (model, 99), ==, 1.0);
  g_assert_true (sem_model_get_normalizes (model));
  data.mapping[4] = 3;
  add_weights (folder, "model.safetensors",
               "{\"embeddings\":{\"dtype\":\"I8\",\"shape\":[3,2],\"data_offsets\":[0,6]},"
               "\"pad\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[6,8]},"
               "\"mapping\":{\"dtype\":\"I32\",\"shape\":[6],\"data_offsets\":[8,32]},"
               "\"weights\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[32,56]}}",
               &data, sizeof data);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  model_test_assert_sentence (error, "tensor 'mapping': entry 4 is 3, the matrix has 3 rows");
  model_test_remove (folder);
}

static void
test_fp8 (void)
{
  /* E4M3: 0x38 = 1, 0xb8 = -1, 0x7e = 448, 0x01 = 2^-9; E5M2: 0x3c = 1, 0x7b = 57344, 0x01 = 2^-16.
   */
  static const guint8 codes[12] = { 0x38, 0xb8, 0x7e, 0x01, 0, 0, 0, 0, 0, 0, 0, 0x80 };
  g_autofree char *folder = make_tokenizer_folder ();
  struct
  {
    guint8 matrix[12];
    float scale;
  } data;
  memcpy (data.matrix, codes, sizeof codes);
  data.scale = 0.25f;
  add_weights (folder, "model.safetensors",
               "{\"wte.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[6,2],\"data_offsets\":[0,12]},"
               "\"wte.weight_scale\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[12,16]}}",
               &data, sizeof data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  double row[2];
  sem_model_read_row (model, 0, row);
  g_assert_cmpfloat (row[0], ==, 0.25);
  g_assert_cmpfloat (row[1], ==, -0.25);
  sem_model_read_row (model, 1, row);
  g_assert_cmpfloat (row[0], ==, 112.0);
  g_assert_cmpfloat (row[1], ==, 0.25 / 512.0);
  add_weights (folder, "model.safetensors",
               "{\"wte.weight\":{\"dtype\":\"F8_E5M2\",\"shape\":[6,2],\"data_offsets\":[0,12]},"
               "\"wte.weight_scale\":{\"dtype\":\"U16\",\"shape\":[2],\"data_offsets\":[12,16]}}",
               &data, sizeof data);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  model_test_assert_sentence (error,
                              "has 2 scales for 6 rows: only one, or one per row, is unambiguous");
  model_test_remove (folder);
}

static void
test_shards (void)
{
  g_autofree char *folder = make_tokenizer_folder ();
  const float data[12] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
  add_weights (
      folder, "model-00001-of-00002.safetensors",
      "{\"model.embed_tokens.weight\":{\"dtype\":\"F32\",\"shape\":[6,2],\"data_offsets\":[0,48]}}",
      data, 48);
  model_test_write (
      folder, "model.safetensors.index.json",
      "{\"weight_map\":{\"model.embed_tokens.weight\":\"model-00001-of-00002.safetensors\","
      "\"lm_head.weight\":\"model-00002-of-00002.safetensors\"}}",
      -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model
      = sem_model_open (folder, NULL, NULL, &error); /* the second shard is not needed */
  g_assert_no_error (error);
  double row[2];
  sem_model_read_row (model, 5, row);
  g_assert_cmpfloat (row[1], ==, 11.0);
  g_assert_cmpstr (sem_model_get_candidates (model)[0], ==, "lm_head.weight");
  model_test_write (folder, "model.safetensors.index.json",
                    "{\"weight_map\":{\"model.embed_tokens.weight\":\"../../etc/passwd\"}}", -1);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  model_test_assert_sentence (error, "is not in a file of this folder");
  g_clear_error (&error);
  model_test_write (folder, "model.safetensors.index.json",
                    "{\"weight_map\":{\"shared.weight\":\"model-00001-of-00002.safetensors\"}}",
                    -1);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  model_test_assert_sentence (error, "the index says that tensor 'shared.weight' is in");
  model_test_remove (folder);
}

static void
test_halves (void)
{
  g_autofree char *folder = make_tokenizer_folder ();
  const SemModelOpenOptions window = { .tokenizer_only_ok = TRUE };
  g_autoptr (GError) error = NULL;
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING);
  g_clear_error (&error);
  g_autoptr (SemModel) model = sem_model_open (folder, &window, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sem_model_get_n_rows (model), ==, 0);
  g_assert_nonnull (strstr (sem_model_get_why_no_vectors (model), "no weights"));
  model_test_write (folder, "pytorch_model.bin", "PK\003\004xxxxxxxxxxxxxx", -1);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  model_test_assert_sentence (error, "is a PyTorch pickle");
  g_assert_nonnull (strstr (error->message, "safe_serialization=True"));
  g_clear_error (&error);
  g_autofree char *pickle = g_build_filename (folder, "weights.pt", NULL);
  model_test_write (folder, "weights.pt", "\x80\x02}q\x00.", 6);
  g_assert_null (sem_model_open (pickle, NULL, NULL, &error));
  model_test_assert_sentence (error, "weights.pt is a PyTorch pickle");
  g_clear_error (&error);
  g_autofree char *vocab = g_build_filename (folder, "vocab.txt", NULL);
  g_remove (vocab);
  g_assert_null (sem_model_open (folder, NULL, NULL, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING);
  model_test_assert_sentence (error, "has no tokenizer");
  g_clear_error (&error);
  g_assert_null (sem_model_open ("/nonexistent/folder", NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  model_test_remove (folder);
}

static void
check_words (const char *path, const char *word, double first, GError **error)
{
  g_autoptr (SemModel) model = sem_model_open (path, NULL, NULL, error);
  guint32 id;
  double row[2];
  g_assert_nonnull (model);
  g_assert_cmpstr (sem_tokenizer_get_kind (sem_model_get_tokenizer (model)), ==, "Words");
  g_assert_true (sem_tokenizer_find (sem_model_get_tokenizer (model), word, &id));
  g_assert_true (sem_model_read_row (model, id, row));
  g_assert_cmpfloat (row[0], ==, first);
}

static void
test_lists_beside (void)
{
  g_autofree char *folder = model_test_make_folder ();
  g_autofree char *tensors = g_build_filename (folder, "tensors.tsv", NULL);
  g_autofree char *array = g_build_filename (folder, "v.npy", NULL);
  g_autoptr (GError) error = NULL;
  model_test_write (folder, "tensors.tsv", "1\t2\n3\t4\n", -1);
  model_test_write (folder, "metadata.tsv", "word\tcount\nsun\t9\nmoon\t8\n", -1);
  check_words (tensors, "moon", 3.0, &error);
  check_words (folder, "moon", 3.0, &error); /* the folder as well as the file */
  model_test_write (folder, "metadata.tsv", "sun\nmoon\n", -1);
  check_words (tensors, "sun", 1.0, &error);
  model_test_write (folder, "metadata.tsv", "sun\nmoon\nmars\nvenus\n", -1);
  g_assert_null (sem_model_open (tensors, NULL, NULL, &error));
  model_test_assert_sentence (error, "metadata.tsv has 4 words for 2 vectors");
  g_clear_error (&error);

  const float values[] = { 5.0f, 6.0f, 7.0f, 8.0f };
  g_autoptr (GByteArray) npy = g_byte_array_new ();
  const char *header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n";
  guint8 start[10] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guint8)strlen (header), 0 };
  g_byte_array_append (npy, start, sizeof start);
  g_byte_array_append (npy, (const guint8 *)header, (guint)strlen (header));
  g_byte_array_append (npy, (const guint8 *)values, sizeof values);
  model_test_write (folder, "v.npy", npy->data, npy->len);
  model_test_write (folder, "v.txt", "sun\nmoon\n", -1);
  check_words (array, "moon", 7.0, &error);
  model_test_write (folder, "v.npy", npy->data, npy->len - 1);
  g_assert_null (sem_model_open (array, NULL, NULL, &error));
  model_test_assert_sentence (error, "field 'npy array' needs 16 bytes");
  model_test_remove (folder);
}

/* Words are cut by Unicode rules; what is not in the list is marked. */
static void
test_words_tokenizer (void)
{
  g_autofree char *folder = model_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "w.vec", NULL);
  g_autoptr (GError) error = NULL;
  model_test_write (folder, "w.vec", "4 2\nearth 1 2\nplanet 3 4\n. 5 6\nearth 9 9\n", -1);
  g_autoptr (SemModel) model = sem_model_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SemEncoding) encoding
      = sem_tokenizer_encode (sem_model_get_tokenizer (model), "Earth, un-heard planet.", -1,
                              SEM_ENCODE_TEMPLATE, NULL, &error);
  g_assert_no_error (error);
  static const struct
  {
    guint32 id, start, end;
    gboolean unknown;
    const char *piece;
  } expected[] = {
    { 0, 0, 5, FALSE, "earth" }, { 4, 5, 6, TRUE, "," },       { 4, 7, 9, TRUE, "un" },
    { 4, 9, 10, TRUE, "-" },     { 4, 10, 15, TRUE, "heard" }, { 1, 16, 22, FALSE, "planet" },
    { 2, 22, 23, FALSE, "." },
  };
  gsize n;
  const SemToken *tokens = sem_encoding_get_tokens (encoding, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (tokens[i].id, ==, expected[i].id);
      g_assert_cmpuint (tokens[i].start, ==, expected[i].start);
      g_assert_cmpuint (tokens[i].end, ==, expected[i].end);
      g_assert_cmpint ((tokens[i].flags & SEM_TOKEN_UNKNOWN) != 0, ==, expected[i].unknown);
      g_assert_cmpstr (sem_encoding_get_piece (encoding, i), ==, expected[i].piece);
    }
  double row[2] = { 1.0, 1.0 };
  g_assert_false (sem_model_read_row (model, 4, row));
  g_assert_cmpfloat (row[0], ==, 0.0);
  model_test_remove (folder);
}

/* The places of other programs, made here; with a broken link, a damaged file and a folder that may
 * not be read. */
static void
test_catalog (void)
{
  g_autofree char *home = model_test_make_folder ();
  g_autofree char *snapshot
      = g_build_filename (home, "hub", "models--org--tiny", "snapshots", "abc", NULL);
  g_autofree char *refs = g_build_filename (home, "hub", "models--org--tiny", "refs", NULL);
  g_autofree char *broken
      = g_build_filename (home, "hub", "models--org--gone", "snapshots", "abc", NULL);
  g_autofree char *llama = g_build_filename (home, "llama", NULL);
  g_autofree char *manifests = g_build_filename (home, "ollama", "manifests", "registry.ollama.ai",
                                                 "library", "tiny", NULL);
  g_autofree char *blobs = g_build_filename (home, "ollama", "blobs", NULL),
                  *ollama = g_build_filename (home, "ollama", NULL);
  g_autofree char *link = g_build_filename (broken, "model.safetensors", NULL);
  const char *const folders[] = { snapshot, refs, broken, llama, manifests, blobs };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_assert_cmpint (g_mkdir_with_parents (folders[i], 0700), ==, 0);
  const float data[12] = { 0 };
  add_weights (snapshot, "model.safetensors",
               "{\"wte.weight\":{\"dtype\":\"F32\",\"shape\":[6,2],\"data_offsets\":[0,48]}}", data,
               48);
  model_test_write (snapshot, "config.json", "{\"model_type\":\"gpt2\"}", -1);
  model_test_write (refs, "main", "abc\n", -1);
  g_assert_cmpint (symlink ("/nonexistent/blob", link), ==, 0);
  model_test_write (llama, "damaged.gguf", "GGUF\003", -1);
  model_test_write (manifests, "latest",
                    "{\"layers\":[{\"mediaType\":\"application/"
                    "vnd.ollama.image.model\",\"digest\":\"sha256:beef\"}]}",
                    -1);
  model_test_write (blobs, "sha256-beef", "GGUF\003", -1);
  g_setenv ("HF_HOME", home, TRUE);
  g_unsetenv ("HF_HUB_CACHE");
  g_setenv ("LLAMA_CACHE", llama, TRUE);
  g_setenv ("OLLAMA_MODELS", ollama, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = sem_catalog_scan (NULL, &error);
  g_assert_no_error (error);
  guint n_found = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const SemCatalogEntry *entry = g_ptr_array_index (entries, i);
      if (g_str_equal (entry->name, "org/tiny"))
        {
          n_found++;
          g_assert_cmpstr (entry->kind, ==, "gpt2");
          g_assert_cmpuint (entry->n_rows, ==, 6);
          g_assert_cmpuint (entry->dim, ==, 2);
          g_assert_cmpstr (entry->source, ==, "Hugging Face");
          g_assert_null (entry->problem);
        }
      else if (g_str_equal (entry->name, "damaged") || g_str_equal (entry->name, "tiny:latest"))
        {
          n_found++;
          g_assert_nonnull (entry->problem);
        }
    }
  g_assert_cmpuint (n_found, ==, 3);
  g_autofree char *found = sem_catalog_find_path ("org/tiny");
  g_assert_cmpstr (found, ==, snapshot);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (sem_catalog_scan (cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  model_test_remove (home);
}

static void
test_shared_stories (void)
{
  static const char *const folders[] = { "hf", "hf-f16", "hf-bf16" };
  g_autofree char *folder = model_test_find_shared ("models/stories260K");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "expected.json", NULL) : NULL;
  json_error_t trouble;
  g_autoptr (json_t) expected = path != NULL ? json_load_file (path, 0, &trouble) : NULL;
  if (expected == NULL)
    {
      g_test_skip ("shared/models/stories260K is not here");
      return;
    }
  json_t *first = json_object_get (expected, "embedding_row_403_first8");
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *file = g_build_filename (folder, folders[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemModel) model = sem_model_open (file, NULL, NULL, &error);
      g_assert_no_error (error);
      double row[64], tolerance = i == 0 ? 1e-9 : i == 1 ? 1e-3 : 8e-3;
      g_assert_cmpstr (sem_tokenizer_get_piece (sem_model_get_tokenizer (model), 403), ==,
                       json_string_value (json_object_get (expected, "piece_403")));
      g_assert_true (sem_model_read_row (model, 403, row));
      for (gsize j = 0; j < json_array_size (first); j++)
        {
          double want = json_number_value (json_array_get (first, j));
          g_assert_cmpfloat_with_epsilon (row[j], want, tolerance * fmax (1e-3, fabs (want)));
        }
    }
}

/* What model2vec's own encode() gives for two texts (its Rust port's test data): means of the
 * tokens' rows, of unit length. */
static void
test_shared_sentences (void)
{
  static const char *const folders[] = { "test-model-float32", "test-model-sentence-transformers" };
  g_autofree char *folder = model_test_find_shared ("models/model2vec");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/model2vec is not here");
      return;
    }
  g_autoptr (GString) hellos = g_string_new ("hello");
  for (int i = 1; i < 1000; i++)
    g_string_append (hellos, " hello");
  const struct
  {
    const char *file, *text;
  } sentences[]
      = { { "embeddings_short.json", "hello world" }, { "embeddings_long.json", hellos->str } };
  for (gsize i = 0; i < G_N_ELEMENTS (folders) * G_N_ELEMENTS (sentences); i++)
    {
      g_autofree char *path = g_build_filename (folder, folders[i / 2], NULL);
      g_autofree char *golden = g_build_filename (folder, sentences[i % 2].file, NULL);
      g_autoptr (json_t) expected = json_load_file (golden, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemModel) model = sem_model_open (path, NULL, NULL, &error);
      g_assert_no_error (error);
      double row[2];
      g_assert_true (sem_model_query (model, sentences[i % 2].text, row, NULL, &error));
      double norm = hypot (row[0], row[1]);
      for (gsize j = 0; j < 2; j++)
        g_assert_cmpfloat_with_epsilon (
            row[j] / norm, json_number_value (json_array_get (json_array_get (expected, 0), j)),
            1e-5);
    }
}

/* llama.cpp's own cases: texts between marks in .inp, one line of ids for each in .out. */
static void
check_gguf_vocab (const char *folder, const char *name)
{
  const SemModelOpenOptions window = { .tokenizer_only_ok = TRUE };
  g_autofree char *path = g_build_filename (folder, name, NULL),
                  *in = g_strconcat (path, ".inp", NULL);
  g_autofree char *out = g_strconcat (path, ".out", NULL), *texts = NULL, *lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemModel) model = sem_model_open (path, &window, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (sem_model_get_why_no_vectors (model), "no tensors"));
  g_assert_true (g_file_get_contents (in, &texts, NULL, NULL)
                 && g_file_get_contents (out, &lines, NULL, NULL));
  g_auto (GStrv) text = g_strsplit (texts, "\n__ggml_vocab_test__\n", -1);
  g_auto (GStrv) expected = g_strsplit (lines, "\n", -1);
  guint n_wrong = 0, n = 0;
  for (; text[n] != NULL && expected[n] != NULL && text[n + 1] != NULL; n++)
    {
      g_autoptr (SemEncoding) encoding = sem_tokenizer_encode (
          sem_model_get_tokenizer (model), text[n], -1, SEM_ENCODE_DEFAULT, NULL, &error);
      g_assert_no_error (error);
      gsize n_tokens;
      const SemToken *tokens = sem_encoding_get_tokens (encoding, &n_tokens);
      g_autoptr (GString) found = g_string_new (NULL);
      for (gsize i = 0; i < n_tokens; i++)
        g_string_append_printf (found, "%s%u", i > 0 ? " " : "", tokens[i].id);
      if (!g_str_equal (found->str, g_strstrip (expected[n])))
        {
          g_test_message ("%s: '%s': %s, expected %s", name, text[n], found->str, expected[n]);
          n_wrong++;
        }
    }
  g_test_message ("%s: %u texts, %u wrong", name, n, n_wrong);
  g_assert_cmpuint (n, >=, 20);
  g_assert_cmpuint (n_wrong, ==, 0);
}

static void
test_shared_gguf_vocab (void)
{
  g_autofree char *folder = model_test_find_shared ("models/gguf-vocab");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/gguf-vocab is not here");
      return;
    }
  check_gguf_vocab (folder, "ggml-vocab-bert-bge.gguf");
  check_gguf_vocab (folder, "ggml-vocab-gpt-2.gguf");
  check_gguf_vocab (folder, "ggml-vocab-phi-3.gguf");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/ranks", test_ranks);
  g_test_add_func ("/model/choice", test_choice);
  g_test_add_func ("/model/sizes-differ", test_sizes_differ);
  g_test_add_func ("/model/mapping", test_mapping);
  g_test_add_func ("/model/fp8", test_fp8);
  g_test_add_func ("/model/shards", test_shards);
  g_test_add_func ("/model/halves", test_halves);
  g_test_add_func ("/model/lists-beside", test_lists_beside);
  g_test_add_func ("/model/words-tokenizer", test_words_tokenizer);
  g_test_add_func ("/model/catalog", test_catalog);
  g_test_add_func ("/model/shared-sentences", test_shared_sentences);
  g_test_add_func ("/model/shared-gguf-vocab", test_shared_gguf_vocab);
  g_test_add_func ("/model/shared-stories", test_shared_stories);
  return g_test_run ();
}
