/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte reader, and the safetensors reader on good files, on one bad file per check, and on the
 * shared samples. */
#include "core/error.h"
#include "core/model/byte-reader.h"
#include "core/model/safetensors.h"
#include "model-test.h"

#include <string.h>

static void
test_byte_reader (void)
{
  static const guint8 bytes[] = { 1, 2, 0, 3, 0, 0, 0, 0xff };
  SemByteReader reader;
  guint8 small = 0;
  guint16 medium = 0;
  guint32 large = 77;
  g_autoptr (GError) error = NULL;
  sem_byte_reader_init (&reader, bytes, sizeof bytes);
  g_assert_true (sem_byte_reader_u8 (&reader, "a", &small, &error));
  g_assert_true (sem_byte_reader_u16 (&reader, "b", &medium, &error));
  g_assert_cmpuint (small, ==, 1);
  g_assert_cmpuint (medium, ==, 2);
  g_assert_true (sem_byte_reader_u32 (&reader, "c", &large, &error));
  g_assert_cmpuint (large, ==, 3);
  g_assert_false (sem_byte_reader_u32 (&reader, "d", &large, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED);
  g_assert_cmpstr (error->message, ==, "field 'd' needs 4 bytes at offset 7, 1 left");
  g_assert_cmpuint (large, ==, 3);
  g_assert_cmpuint (sem_byte_reader_get_left (&reader), ==, 1);
}

static void
test_huge_request (void)
{
  SemByteReader reader;
  g_autoptr (GError) error = NULL;
  sem_byte_reader_init (&reader, "abc", 3);
  g_assert_false (sem_byte_reader_skip (&reader, "all", G_MAXUINT64, &error));
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED);
  g_assert_cmpuint (reader.position, ==, 0);
}

typedef struct
{
  const char *name;
  const char *header;
  gsize n_data;
  int code;            /* -1: opens */
  const char *message; /* a part of it */
} Case;

static const Case cases[] = {
  { "one", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}", 24, -1, NULL },
  { "padded", "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}      ", 3, -1,
    NULL },
  { "metadata", "{\"__metadata__\":{\"format\":\"pt\"}}", 0, -1, NULL },
  { "scalar", "{\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4, -1, NULL },
  { "no-rows", "{\"s\":{\"dtype\":\"F32\",\"shape\":[0,8],\"data_offsets\":[0,0]}}", 0, -1, NULL },
  { "half-bytes", "{\"s\":{\"dtype\":\"F4\",\"shape\":[2,2],\"data_offsets\":[0,2]}}", 2, -1,
    NULL },
  { "not-json", "{not json}", 0, SEM_FORMAT_ERROR_BAD_VALUE, "header is not valid JSON at byte" },
  { "array", "[1,2,3,4]", 0, SEM_FORMAT_ERROR_BAD_VALUE, "does not begin with '{'" },
  { "blank-first", " {}", 0, SEM_FORMAT_ERROR_BAD_VALUE, "does not begin with '{'" },
  { "number", "{\"a\":3}", 0, SEM_FORMAT_ERROR_BAD_VALUE, "tensor 'a': not an object" },
  { "twice",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
    "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
    2, SEM_FORMAT_ERROR_BAD_VALUE, "duplicate" },
  { "empty-name", "{\"\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_BAD_VALUE, "empty or non-UTF-8 name" },
  { "no-dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,1]}}", 1, SEM_FORMAT_ERROR_BAD_VALUE,
    "tensor 'a': no \"dtype\" string" },
  { "unknown-dtype", "{\"a\":{\"dtype\":\"F13\",\"shape\":[4],\"data_offsets\":[0,16]}}", 16,
    SEM_FORMAT_ERROR_UNSUPPORTED, "tensor 'a': unknown dtype \"F13\"" },
  { "no-shape", "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}}", 1, SEM_FORMAT_ERROR_BAD_VALUE,
    "no \"shape\" array" },
  { "negative-shape", "{\"a\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_BAD_VALUE, "\"shape\"[0] is not a non-negative integer" },
  { "real-shape", "{\"a\":{\"dtype\":\"U8\",\"shape\":[1.5],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_BAD_VALUE, "\"shape\"[0] is not a non-negative integer" },
  { "many-dimensions",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_LIMIT, "9 dimensions, at most 8 are allowed" },
  { "overflow",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296,16],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_LIMIT, "the shape overflows 64 bits" },
  { "byte-overflow",
    "{\"a\":{\"dtype\":\"F64\",\"shape\":[4611686018427387904],\"data_offsets\":[0,1]}}", 1,
    SEM_FORMAT_ERROR_BAD_VALUE, "no whole number of bytes" },
  { "no-offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1, SEM_FORMAT_ERROR_BAD_VALUE,
    "\"data_offsets\" is not two" },
  { "swapped", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}", 16,
    SEM_FORMAT_ERROR_BAD_VALUE, "data ends at 0, before its begin at 16" },
  { "past-end", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", 8,
    SEM_FORMAT_ERROR_TRUNCATED, "data ends at 16, the file has 8 bytes of data" },
  { "mismatch", "{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,16]}}", 16,
    SEM_FORMAT_ERROR_BAD_VALUE, "the shape needs 20 bytes, data_offsets span 16" },
  { "overlap",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
    "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}}",
    6, SEM_FORMAT_ERROR_BAD_VALUE,
    "tensor 'b': data begins at 2, the one before it ends at 4 (overlap)" },
  { "gap",
    "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
    "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}}",
    9, SEM_FORMAT_ERROR_BAD_VALUE,
    "tensor 'b': data begins at 5, the one before it ends at 4 (gap)" },
  { "left-over", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 5,
    SEM_FORMAT_ERROR_BAD_VALUE, "the tensors end at 4, the file has 5 bytes of data" },
  { "bad-metadata", "{\"__metadata__\":7}", 0, SEM_FORMAT_ERROR_BAD_VALUE,
    "\"__metadata__\" is not an object" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = model_test_safetensors (c->header, NULL, c->n_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTensorFile) file = sem_safetensors_open (bytes, &error);
  if (c->code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (file);
      return;
    }
  g_assert_null (file);
  g_assert_error (error, SEM_FORMAT_ERROR, c->code);
  model_test_assert_sentence (error, c->message);
}

static void
test_values (void)
{
  const float values[] = { 1.0f, -2.5f, 3.0f, 0.0f, 1e-3f, 7.0f };
  g_autoptr (GBytes) bytes
      = model_test_safetensors ("{\"m\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}"
                                ",\"__metadata__\":{\"x\":\"y\"}}",
                                (const guint8 *)values, sizeof values);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTensorFile) file = sem_safetensors_open (bytes, &error);
  g_assert_no_error (error);
  const SemTensor *tensor = sem_tensor_file_find (file, "m");
  g_assert_nonnull (tensor);
  g_assert_cmpuint (tensor->n_dims, ==, 2);
  g_assert_cmpuint (tensor->shape[0], ==, 2);
  g_assert_cmpuint (tensor->shape[1], ==, 3);
  double read[6];
  sem_dtype_to_f64 (tensor->dtype, tensor->data, 6, read);
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpfloat (read[i], ==, (double)values[i]);
  g_assert_cmpstr (sem_tensor_file_get_metadata (file, "x"), ==, "y");
}

static void
test_nested_bomb (void)
{
  g_autoptr (GString) header = g_string_new (NULL);
  for (int i = 0; i < 100000; i++)
    g_string_append (header, "{\"a\":");
  g_autoptr (GBytes) bytes = model_test_safetensors (header->str, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTensorFile) file = sem_safetensors_open (bytes, &error);
  g_assert_null (file);
  g_assert_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE);
  model_test_assert_sentence (error, "maximum parsing depth");
}

/* Every prefix of a good file is refused and none crashes. */
static void
test_truncations (void)
{
  g_autoptr (GBytes) bytes = model_test_safetensors (cases[0].header, NULL, cases[0].n_data);
  gsize length = g_bytes_get_size (bytes);
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemTensorFile) file = sem_safetensors_open (part, &error);
      g_assert_null (file);
      g_assert_nonnull (error);
    }
}

/* shared/models/bad/README.tsv: which of its safetensors files open, and what is said of the
 * others. */
static void
test_shared_bad (void)
{
  static const struct
  {
    const char *file, *message;
  } files[] = {
    { "st_hdrlen_past_eof", "safetensors header" },
    { "st_not_json", "not valid JSON" },
    { "st_offsets_swapped", "before its begin" },
    { "st_size_mismatch", "needs 20 bytes" },
    { "st_unknown_dtype", "unknown dtype" },
    { "st_deep_json", "maximum parsing depth" },
    { "st_scalar", NULL },
    { "st_empty_dim", NULL },
  };
  g_autofree char *folder = model_test_find_shared ("models/bad");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/bad is not here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.safetensors", folder, files[i].file);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = sem_file_map (path, &error);
      g_assert_no_error (error);
      g_autoptr (SemTensorFile) file = sem_safetensors_open (bytes, &error);
      if (files[i].message == NULL)
        g_assert_no_error (error);
      else
        model_test_assert_sentence (error, files[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/byte-reader/fields", test_byte_reader);
  g_test_add_func ("/byte-reader/huge-request", test_huge_request);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/safetensors/case/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/safetensors/values", test_values);
  g_test_add_func ("/safetensors/nested-bomb", test_nested_bomb);
  g_test_add_func ("/safetensors/truncations", test_truncations);
  g_test_add_func ("/safetensors/shared-bad", test_shared_bad);
  return g_test_run ();
}
