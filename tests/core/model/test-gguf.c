/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The GGUF reader on a file made here, on one bad file per check, on cut files, and on the shared
 * samples; ggml's dequantised values as reference. */
#include "core/error.h"
#include "core/model/gguf.h"
#include "model-test.h"

#include <jansson.h>
#include <math.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Writing a GGUF file, field by field. */
static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8)(value >> (8 * i));
      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_string (GByteArray *out, const char *text)
{
  put (out, strlen (text), 8);
  g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text));
}

typedef struct
{
  const char *name;
  const char *magic;
  guint32 version;
  guint64 n_tensors, n_entries;
  guint32 entry_type, item_type;
  guint64 n_items;
  const char *tensor;
  guint32 n_dims;
  guint64 rows, columns;
  guint32 type;
  guint64 offset;
  gsize n_data;
  gboolean twice; /* the entry, and the tensor with it */
  int code;
  const char *message;
} Case;

#define GOOD                                                                                       \
  .magic = "GGUF", .version = 3, .n_tensors = 1, .n_entries = 2, .entry_type = 4,                  \
  .tensor = "token_embd.weight", .n_dims = 2, .rows = 2, .columns = 32, .type = 2, .n_data = 36,   \
  .code = -1

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const Case cases[] = {
  { GOOD, .name = "good" },
  { GOOD, .name = "version-2", .version = 2 },
  { GOOD, .name = "magic", .magic = "GGML", .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "does not begin with \"GGUF\"" },
  { GOOD, .name = "version-1", .version = 1, .code = SEM_FORMAT_ERROR_UNSUPPORTED,
    .message = "GGUF version 1," },
  { GOOD, .name = "big-endian", .version = 3u << 24, .code = SEM_FORMAT_ERROR_UNSUPPORTED,
    .message = "(big-endian)" },
  { GOOD, .name = "many-tensors", .n_tensors = G_GUINT64_CONSTANT (1) << 60,
    .code = SEM_FORMAT_ERROR_LIMIT,
    .message = "number of tensors is 1152921504606846976, at most" },
  { GOOD, .name = "many-entries", .n_entries = G_GUINT64_CONSTANT (1) << 60,
    .code = SEM_FORMAT_ERROR_LIMIT,
    .message = "number of metadata entries is 1152921504606846976, at most" },
  { GOOD, .name = "entry-type", .entry_type = 13, .code = SEM_FORMAT_ERROR_UNSUPPORTED,
    .message = "entry 'some.entry' is of type 13" },
  { GOOD, .name = "array-of-arrays", .entry_type = 9, .item_type = 9,
    .code = SEM_FORMAT_ERROR_UNSUPPORTED, .message = "is an array of type 9" },
  { GOOD, .name = "array-length", .entry_type = 9, .item_type = 8,
    .n_items = G_GUINT64_CONSTANT (1) << 61, .code = SEM_FORMAT_ERROR_TRUNCATED,
    .message = "has 2305843009213693952 items" },
  { GOOD, .name = "twice", .twice = TRUE, .n_entries = 3, .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "'some.entry' occurs twice" },
  { GOOD, .name = "no-name", .tensor = "", .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "tensor name before offset" },
  { GOOD, .name = "no-dimensions", .n_dims = 0, .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "number of dimensions must be 1 to 4, it is 0" },
  { GOOD, .name = "five-dimensions", .n_dims = 5, .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "it is 5" },
  { GOOD, .name = "overflow", .rows = G_GUINT64_CONSTANT (1) << 62, .code = SEM_FORMAT_ERROR_LIMIT,
    .message = "overflows 64 bits" },
  { GOOD, .name = "unknown-type", .type = 99, .code = SEM_FORMAT_ERROR_UNSUPPORTED,
    .message = "'token_embd.weight': unknown ggml type 99" },
  { GOOD, .name = "removed-type", .type = 4, .code = SEM_FORMAT_ERROR_UNSUPPORTED,
    .message = "unknown ggml type 4" },
  { GOOD, .name = "blocks", .columns = 33, .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "blocks do not divide rows of 33" },
  { GOOD, .name = "unaligned", .offset = 1, .code = SEM_FORMAT_ERROR_BAD_VALUE,
    .message = "not aligned at offset 1" },
  { GOOD, .name = "past-end", .offset = 32, .code = SEM_FORMAT_ERROR_TRUNCATED,
    .message = "needs 36 bytes at data offset 32" },
  { GOOD, .name = "no-data", .n_data = 0, .code = SEM_FORMAT_ERROR_TRUNCATED,
    .message = "the file has 0 bytes of data" },
};
#pragma GCC diagnostic pop

static GBytes *
make_file (const Case *c)
{
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, (const guint8 *)c->magic, 4);
  put (out, c->version, 4);
  put (out, c->n_tensors, 8);
  put (out, c->n_entries, 8);
  put_string (out, "general.name");
  put (out, SEM_GGUF_STRING, 4);
  put_string (out, "sample");
  for (int i = 0; i < (c->twice ? 2 : 1); i++)
    {
      put_string (out, "some.entry");
      put (out, c->entry_type, 4);
      if (c->entry_type == SEM_GGUF_ARRAY)
        {
          put (out, c->item_type, 4);
          put (out, c->n_items, 8);
        }
      else
        put (out, 258, 4);
    }
  put_string (out, c->tensor);
  put (out, c->n_dims, 4);
  put (out, c->columns, 8);
  put (out, c->rows, 8);
  put (out, c->type, 4);
  put (out, c->offset, 8);
  while (c->n_data > 0 && out->len % 32 != 0)
    put (out, 0, 1);
  for (gsize i = 0; i < c->n_data; i++)
    put (out, i % 18 == 0 ? 0 : i % 18 == 1 ? 0x3c : i * 37, 1); /* scale 1.0 */
  return g_byte_array_free_to_bytes (out);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = make_file (c);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemTensorFile) file = sem_gguf_open (bytes, &error);
  if (c->code >= 0)
    {
      g_assert_null (file);
      g_assert_error (error, SEM_FORMAT_ERROR, c->code);
      model_test_assert_sentence (error, c->message);
      return;
    }
  g_assert_no_error (error);
  gint64 number = 0;
  g_assert_true (sem_gguf_value_get_integer (sem_gguf_find (file, "some.entry"), &number));
  g_assert_cmpint (number, ==, 258);
  g_assert_cmpstr (sem_tensor_file_get_metadata (file, "general.name"), ==, "sample");
  const SemTensor *tensor = sem_tensor_file_find (file, "token_embd.weight");
  g_assert_cmpuint (tensor->shape[0], ==, 2);
  g_assert_cmpuint (tensor->shape[1], ==, 32);
  float row[64];
  sem_dtype_to_f32 (tensor->dtype, tensor->data, 64, row);
  /* Byte 2 of the block is 2 * 37 = 0x4a: low nibble 10, high 4; both less 8, times 1. */
  g_assert_cmpfloat (row[0], ==, 2.0f);
  g_assert_cmpfloat (row[16], ==, -4.0f);
}

static void
test_truncations (void)
{
  g_autoptr (GBytes) bytes = make_file (&cases[0]);
  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemTensorFile) file = sem_gguf_open (part, &error);
      g_assert_null (file);
      g_assert_nonnull (error);
    }
}

/* The largest |found - expected| relative to the largest expected value of the row. */
static double
compare_to_reference (const char *path, const char *reference, const char *name, SemDtype *dtype)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sem_file_map (path, &error);
  g_assert_no_error (error);
  g_autoptr (SemTensorFile) file = sem_gguf_open (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) expected = sem_file_map (reference, &error);
  g_assert_no_error (error);
  const SemTensor *tensor = sem_tensor_file_find (file, name);
  g_assert_nonnull (tensor);
  g_assert_cmpuint (g_bytes_get_size (expected), ==, tensor->n_elements * sizeof (float));
  const float *want = g_bytes_get_data (expected, NULL);
  g_autofree double *found = g_new (double, tensor->n_elements);
  sem_dtype_to_f64 (tensor->dtype, tensor->data, (gsize)tensor->n_elements, found);
  *dtype = tensor->dtype;
  double worst = 0.0;
  for (gsize i = 0; i < tensor->n_elements; i++)
    {
      double scale = fmax (fabs ((double)want[i]), 1e-30);
      worst = fmax (worst, fabs (found[i] - (double)want[i]) / scale);
    }
  return worst;
}

static SemDtype
find_dtype (const char *name)
{
  for (guint i = 0; i < SEM_N_DTYPES; i++)
    if (g_str_equal (sem_dtype_get_name ((SemDtype)i), name))
      return (SemDtype)i;
  g_error ("no type is called %s", name);
}

/* Are the blocks of a golden file read as it says? */
static void
check_golden_blocks (const char *name, gsize n_cases)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "model", name, NULL);
  json_error_t trouble;
  g_autoptr (json_t) cases_json = json_load_file (path, 0, &trouble);
  g_assert_nonnull (cases_json);
  gsize i;
  json_t *one;
  json_array_foreach (cases_json, i, one)
  {
    SemDtype dtype = find_dtype (json_string_value (json_object_get (one, "type")));
    const char *hex = json_string_value (json_object_get (one, "block"));
    json_t *values = json_object_get (one, "values");
    guint8 block[512];
    double found[256];
    gsize n = sem_dtype_get_block_bytes (dtype);
    g_assert_cmpuint (strlen (hex), ==, 2 * n);
    g_assert_cmpuint (json_array_size (values), ==, sem_dtype_get_block_elements (dtype));
    for (gsize j = 0; j < n; j++)
      block[j] = (guint8)(g_ascii_xdigit_value (hex[2 * j]) * 16
                          + g_ascii_xdigit_value (hex[2 * j + 1]));
    sem_dtype_to_f64 (dtype, block, json_array_size (values), found);
    for (gsize j = 0; j < json_array_size (values); j++)
      {
        double want = json_number_value (json_array_get (values, j));
        g_assert_cmpfloat_with_epsilon (found[j], want, fabs (want) * 1e-6 + 1e-300);
      }
  }
  g_assert_cmpuint (json_array_size (cases_json), ==, n_cases);
}

/* Worked out bit by bit in tests/oracle/ggml-blocks.py. */
static void
test_golden_blocks (void)
{
  check_golden_blocks ("ggml-blocks.json", 18);
}

/* By gguf-py: tests/oracle/ggml-codebooks.py. */
static void
test_golden_codebooks (void)
{
  check_golden_blocks ("ggml-iq-blocks.json", 21);
}

static void
test_shared_quants (void)
{
  g_autofree char *folder = model_test_find_shared ("models/gguf-quants");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint n_types = 0;
  if (dir == NULL)
    {
      g_test_skip ("shared/models/gguf-quants is not here");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, ".ref.f32"))
        continue;
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".ref.f32"));
      g_autofree char *path = g_strdup_printf ("%s/%s.gguf", folder, stem);
      g_autofree char *reference = g_build_filename (folder, name, NULL);
      SemDtype dtype;
      double worst = compare_to_reference (path, reference, "token_embd.weight", &dtype);
      g_test_message ("%s: %s, worst relative error %g", stem, sem_dtype_get_name (dtype), worst);
      g_assert_cmpfloat (worst, <=, 1e-6);
      n_types++;
    }
  g_assert_cmpuint (n_types, ==, 12);
}

static void
test_shared_stories (void)
{
  static const char *const types[] = { "q4_0", "q5_1", "q8_0" };
  g_autofree char *folder = model_test_find_shared ("models/stories260K");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/stories260K is not here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/stories260K-%s.gguf", folder, types[i]);
      g_autofree char *reference
          = g_strdup_printf ("%s/stories260K-%s.token_embd.ref.f32", folder, types[i]);
      SemDtype dtype;
      g_assert_cmpfloat (compare_to_reference (path, reference, "token_embd.weight", &dtype), <=,
                         1e-6);
    }
}

/* The comparison can fail: another type's values are not these. */
static void
test_comparison_fails (void)
{
  g_autofree char *folder = model_test_find_shared ("models/gguf-quants");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/gguf-quants is not here");
      return;
    }
  g_autofree char *path = g_build_filename (folder, "glove-q4_0.gguf", NULL);
  g_autofree char *reference = g_build_filename (folder, "glove-q4_1.ref.f32", NULL);
  SemDtype dtype;
  g_assert_cmpfloat (compare_to_reference (path, reference, "token_embd.weight", &dtype), >, 1e-3);
}

static void
test_shared_bad (void)
{
  static const struct
  {
    const char *file, *message;
  } files[] = {
    { "gguf_truncated_header", "number of tensors is 47, at most 30 fit in this file" },
    { "gguf_bad_magic", "does not begin with \"GGUF\"" },
    { "gguf_version_99", "GGUF version 99" },
    { "gguf_huge_kv_count", "number of metadata entries is" },
    { "gguf_huge_tensor_count", "number of tensors is" },
  };
  g_autofree char *folder = model_test_find_shared ("models/bad");
  if (folder == NULL)
    {
      g_test_skip ("shared/models/bad is not here");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.gguf", folder, files[i].file);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = sem_file_map (path, &error);
      g_assert_no_error (error);
      g_autoptr (SemTensorFile) file = sem_gguf_open (bytes, &error);
      g_assert_null (file);
      model_test_assert_sentence (error, files[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gguf/case/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/gguf/truncations", test_truncations);
  g_test_add_func ("/gguf/golden-blocks", test_golden_blocks);
  g_test_add_func ("/gguf/golden-codebooks", test_golden_codebooks);
  g_test_add_func ("/gguf/shared-quants", test_shared_quants);
  g_test_add_func ("/gguf/shared-stories", test_shared_stories);
  g_test_add_func ("/gguf/comparison-fails", test_comparison_fails);
  g_test_add_func ("/gguf/shared-bad", test_shared_bad);
  return g_test_run ();
}
