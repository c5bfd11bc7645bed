/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reader of GGUF: every length is checked against what is left before anything is believed. */
#include "core/model/gguf.h"

#include "core/error.h"
#include "core/model/byte-reader.h"

#include <string.h>

#define MAX_ENTRIES 1000000
#define MAX_TENSORS 1000000
#define MAX_KEY 65535
#define MAX_NAME 1024
#define MAX_METADATA_STRING 65536
#define MAX_ALIGNMENT (1 << 20)
#define DEFAULT_ALIGNMENT 32
/* The least that an entry and a tensor take: counts beyond what the file can hold are refused at
 * once. */
#define MIN_ENTRY_BYTES 13
#define MIN_TENSOR_BYTES 32

static const guint8 item_sizes[SEM_GGUF_N_TYPES] = {
  [SEM_GGUF_U8] = 1,  [SEM_GGUF_I8] = 1,  [SEM_GGUF_U16] = 2, [SEM_GGUF_I16] = 2,
  [SEM_GGUF_U32] = 4, [SEM_GGUF_I32] = 4, [SEM_GGUF_F32] = 4, [SEM_GGUF_BOOL] = 1,
  [SEM_GGUF_U64] = 8, [SEM_GGUF_I64] = 8, [SEM_GGUF_F64] = 8,
};

/* ggml's type numbers; gaps are types that were removed. */
static const gint8 ggml_types[] = {
  [0] = SEM_DTYPE_F32,
  [1] = SEM_DTYPE_F16,
  [2] = SEM_DTYPE_Q4_0,
  [3] = SEM_DTYPE_Q4_1,
  [4] = -1,
  [5] = -1,
  [6] = SEM_DTYPE_Q5_0,
  [7] = SEM_DTYPE_Q5_1,
  [8] = SEM_DTYPE_Q8_0,
  [9] = SEM_DTYPE_Q8_1,
  [10] = SEM_DTYPE_Q2_K,
  [11] = SEM_DTYPE_Q3_K,
  [12] = SEM_DTYPE_Q4_K,
  [13] = SEM_DTYPE_Q5_K,
  [14] = SEM_DTYPE_Q6_K,
  [15] = SEM_DTYPE_Q8_K,
  [16] = SEM_DTYPE_IQ2_XXS,
  [17] = SEM_DTYPE_IQ2_XS,
  [18] = SEM_DTYPE_IQ3_XXS,
  [19] = SEM_DTYPE_IQ1_S,
  [20] = SEM_DTYPE_IQ4_NL,
  [21] = SEM_DTYPE_IQ3_S,
  [22] = SEM_DTYPE_IQ2_S,
  [23] = SEM_DTYPE_IQ4_XS,
  [24] = SEM_DTYPE_I8,
  [25] = SEM_DTYPE_I16,
  [26] = SEM_DTYPE_I32,
  [27] = SEM_DTYPE_I64,
  [28] = SEM_DTYPE_F64,
  [29] = SEM_DTYPE_IQ1_M,
  [30] = SEM_DTYPE_BF16,
  [31] = -1,
  [32] = -1,
  [33] = -1,
  [34] = SEM_DTYPE_TQ1_0,
  [35] = SEM_DTYPE_TQ2_0,
  [36] = -1,
  [37] = -1,
  [38] = -1,
  [39] = SEM_DTYPE_MXFP4,
};

typedef struct
{
  guint64 begin, end;
  const SemTensor *tensor;
} Extent;

static gboolean
read_string (SemByteReader *reader,
             const char *field,
             guint64 limit,
             const char **text,
             gsize *length,
             GError **error)
{
  guint64 n;
  const guint8 *bytes;
  if (!sem_byte_reader_u64 (reader, field, &n, error))
    return FALSE;
  if (n > limit)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "%s of %" G_GUINT64_FORMAT " bytes at offset %" G_GSIZE_FORMAT
                   ", at most %" G_GUINT64_FORMAT " are allowed",
                   field, n, reader->position, limit);
      return FALSE;
    }
  if (!sem_byte_reader_bytes (reader, field, n, &bytes, error))
    return FALSE;
  *text = (const char *)bytes;
  *length = (gsize)n;
  return TRUE;
}

/* A name or key as a C string. */
static char *
dup_name (SemByteReader *reader, const char *field, guint64 limit, GError **error)
{
  const char *text;
  gsize length;
  if (!read_string (reader, field, limit, &text, &length, error))
    return NULL;
  if (length > 0 && g_utf8_validate (text, (gssize)length, NULL))
    return g_strndup (text, length);
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "%s before offset %" G_GSIZE_FORMAT " is empty or not UTF-8", field,
               reader->position);
  return NULL;
}

static gboolean
check_type (guint32 type, gboolean in_array, const char *key, GError **error)
{
  if (type < SEM_GGUF_N_TYPES && !(in_array && type == SEM_GGUF_ARRAY))
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED, "entry '%s' %s of type %u",
               key, in_array ? "is an array" : "is", type);
  return FALSE;
}

static gboolean
read_array (SemByteReader *reader, const char *key, SemGgufValue *value, GError **error)
{
  guint32 type;
  if (!sem_byte_reader_u32 (reader, key, &type, error) || !check_type (type, TRUE, key, error)
      || !sem_byte_reader_u64 (reader, key, &value->n, error))
    return FALSE;
  value->item_type = (SemGgufType)type;
  guint64 least = type == SEM_GGUF_STRING ? 8 : item_sizes[type];
  if (value->n > sem_byte_reader_get_left (reader) / least)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                   "entry '%s' has %" G_GUINT64_FORMAT " items, %" G_GSIZE_FORMAT " bytes are left",
                   key, value->n, sem_byte_reader_get_left (reader));
      return FALSE;
    }
  value->data = reader->base + reader->position;
  if (type != SEM_GGUF_STRING)
    return sem_byte_reader_skip (reader, key, value->n * least, error);
  const char *text;
  gsize length;
  for (guint64 i = 0; i < value->n; i++)
    if (!read_string (reader, key, G_MAXINT32, &text, &length, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_value (SemByteReader *reader, const char *key, SemGgufValue *value, GError **error)
{
  guint32 type;
  const char *text;
  gsize length;
  if (!sem_byte_reader_u32 (reader, key, &type, error) || !check_type (type, FALSE, key, error))
    return FALSE;
  value->type = value->item_type = (SemGgufType)type;
  value->n = 1;
  value->data = reader->base + reader->position;
  gboolean good = type == SEM_GGUF_ARRAY ? read_array (reader, key, value, error)
                  : type == SEM_GGUF_STRING
                      ? read_string (reader, key, G_MAXINT32, &text, &length, error)
                      : sem_byte_reader_skip (reader, key, item_sizes[type], error);
  value->n_bytes
      = (gsize)(reader->base + reader->position - value->data); /* an array's items only */
  return good;
}

static void
keep_metadata (SemTensorFile *file, const char *key, const SemGgufValue *value)
{
  gsize length;
  const char *text = sem_gguf_value_get_string (value, &length);
  if (text == NULL || length > MAX_METADATA_STRING || !g_str_has_prefix (key, "general.")
      || !g_utf8_validate (text, (gssize)length, NULL))
    return;
  g_autofree char *copy = g_strndup (text, length);
  sem_tensor_file_set_metadata (file, key, copy);
}

static gboolean
read_entries (SemByteReader *reader,
              SemTensorFile *file,
              GHashTable *entries,
              guint64 n,
              GError **error)
{
  for (guint64 i = 0; i < n; i++)
    {
      g_autofree char *key = dup_name (reader, "metadata key", MAX_KEY, error);
      g_autofree SemGgufValue *value = g_new0 (SemGgufValue, 1);
      if (key == NULL || !read_value (reader, key, value, error))
        return FALSE;
      if (g_hash_table_contains (entries, key))
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                       "metadata key '%s' occurs twice", key);
          return FALSE;
        }
      keep_metadata (file, key, value);
      g_hash_table_insert (entries, g_steal_pointer (&key), g_steal_pointer (&value));
    }
  return TRUE;
}

static gboolean
refuse_tensor (GError **error,
               SemFormatError code,
               const char *name,
               const char *what,
               guint64 found)
{
  g_set_error (error, SEM_FORMAT_ERROR, code, "tensor '%s': %s %" G_GUINT64_FORMAT, name, what,
               found);
  return FALSE;
}

static gboolean
read_shape (SemByteReader *reader, SemTensor *tensor, GError **error)
{
  guint32 n_dims;
  if (!sem_byte_reader_u32 (reader, "number of dimensions", &n_dims, error))
    return FALSE;
  if (n_dims < 1 || n_dims > 4)
    return refuse_tensor (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                          "number of dimensions must be 1 to 4, it is", n_dims);
  tensor->n_dims = n_dims;
  tensor->n_elements = 1;
  for (guint i = 0; i < n_dims; i++)
    {
      guint64 *size = &tensor->shape[n_dims - 1 - i];
      if (!sem_byte_reader_u64 (reader, "dimension", size, error))
        return FALSE;
      if (!g_uint64_checked_mul (&tensor->n_elements, tensor->n_elements, *size))
        return refuse_tensor (error, SEM_FORMAT_ERROR_LIMIT, tensor->name,
                              "the shape overflows 64 bits at dimension", i);
    }
  return TRUE;
}

static gboolean
read_type (SemByteReader *reader, SemTensor *tensor, GError **error)
{
  guint32 type;
  guint64 n_bytes;
  if (!sem_byte_reader_u32 (reader, "tensor type", &type, error))
    return FALSE;
  if (type >= G_N_ELEMENTS (ggml_types) || ggml_types[type] < 0)
    return refuse_tensor (error, SEM_FORMAT_ERROR_UNSUPPORTED, tensor->name, "unknown ggml type",
                          type);
  tensor->dtype = (SemDtype)ggml_types[type];
  guint64 row = tensor->shape[tensor->n_dims - 1];
  if (row % sem_dtype_get_block_elements (tensor->dtype) != 0
      || !sem_dtype_get_size (tensor->dtype, tensor->n_elements, &n_bytes))
    return refuse_tensor (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                          "the type's blocks do not divide rows of", row);
  if (n_bytes > G_MAXSIZE / 2)
    return refuse_tensor (error, SEM_FORMAT_ERROR_LIMIT, tensor->name,
                          "too large, bytes:", n_bytes);
  tensor->n_bytes = (gsize)n_bytes;
  return TRUE;
}

/* offsets: of each tensor, checked once the place of the data is known. */
static gboolean
read_tensors (SemByteReader *reader, GArray *tensors, GArray *offsets, guint64 n, GError **error)
{
  for (guint64 i = 0; i < n; i++)
    {
      SemTensor tensor = { 0 };
      guint64 offset;
      g_autofree char *name = dup_name (reader, "tensor name", MAX_NAME, error);
      tensor.name = name;
      if (name == NULL || !read_shape (reader, &tensor, error)
          || !read_type (reader, &tensor, error)
          || !sem_byte_reader_u64 (reader, "tensor offset", &offset, error))
        return FALSE;
      tensor.name = g_steal_pointer (&name);
      g_array_append_val (tensors, tensor);
      g_array_append_val (offsets, offset);
    }
  return TRUE;
}

static int
compare_extents (gconstpointer a, gconstpointer b)
{
  const Extent *left = a, *right = b;
  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return (left->end > right->end) - (left->end < right->end);
}

static gboolean
check_overlaps (GArray *extents, GError **error)
{
  g_array_sort (extents, compare_extents);
  for (guint i = 1; i < extents->len; i++)
    {
      const Extent *before = &g_array_index (extents, Extent, i - 1);
      const Extent *here = &g_array_index (extents, Extent, i);
      if (here->begin < before->end)
        return refuse_tensor (error, SEM_FORMAT_ERROR_BAD_VALUE, here->tensor->name,
                              "its data overlaps the one before it at offset", here->begin);
    }
  return TRUE;
}

static gboolean
place_tensors (SemTensorFile *file,
               GArray *tensors,
               GArray *offsets,
               const guint8 *data,
               gsize size,
               guint64 alignment,
               GError **error)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  for (guint i = 0; i < tensors->len; i++)
    {
      SemTensor *tensor = &g_array_index (tensors, SemTensor, i);
      guint64 offset = g_array_index (offsets, guint64, i);
      if (offset % alignment != 0)
        return refuse_tensor (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                              "its data is not aligned at offset", offset);
      if (offset > size || tensor->n_bytes > size - offset)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                       "tensor '%s' needs %" G_GSIZE_FORMAT
                       " bytes at data offset %" G_GUINT64_FORMAT ", the file has %" G_GSIZE_FORMAT
                       " bytes of data",
                       tensor->name, tensor->n_bytes, offset, size);
          return FALSE;
        }
      tensor->data = data + offset;
      if (!sem_tensor_file_add (file, tensor, error))
        return FALSE;
      Extent extent = { offset, offset + tensor->n_bytes, tensor };
      if (tensor->n_bytes > 0)
        g_array_append_val (extents, extent);
    }
  return check_overlaps (extents, error);
}

static gboolean
find_alignment (GHashTable *entries, guint64 *alignment, GError **error)
{
  const SemGgufValue *value = g_hash_table_lookup (entries, "general.alignment");
  gint64 number = DEFAULT_ALIGNMENT;
  if (value != NULL
      && (!sem_gguf_value_get_integer (value, &number) || number < 1 || number > MAX_ALIGNMENT
          || (number & (number - 1)) != 0))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "general.alignment is not a power of two up to %d", MAX_ALIGNMENT);
      return FALSE;
    }
  *alignment = (guint64)number;
  return TRUE;
}

static gboolean
read_count (SemByteReader *reader,
            const char *what,
            guint64 limit,
            guint64 least_bytes,
            guint64 *n,
            GError **error)
{
  if (!sem_byte_reader_u64 (reader, what, n, error))
    return FALSE;
  guint64 room = sem_byte_reader_get_left (reader) / least_bytes;
  if (*n <= MIN (limit, room))
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
               "%s is %" G_GUINT64_FORMAT ", at most %" G_GUINT64_FORMAT " fit in this file", what,
               *n, MIN (limit, room));
  return FALSE;
}

static gboolean
read_preamble (SemByteReader *reader, guint64 *n_tensors, guint64 *n_entries, GError **error)
{
  const guint8 *magic;
  guint32 version;
  if (!sem_byte_reader_bytes (reader, "magic", 4, &magic, error))
    return FALSE;
  if (memcmp (magic, "GGUF", 4) != 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the file does not begin with \"GGUF\"");
      return FALSE;
    }
  if (!sem_byte_reader_u32 (reader, "version", &version, error))
    return FALSE;
  if (version != 2 && version != 3)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "GGUF version %u%s, versions 2 and 3 in little-endian order are read", version,
                   (version & 0xffff) == 0 ? " (big-endian)" : "");
      return FALSE;
    }
  return read_count (reader, "number of tensors", MAX_TENSORS, MIN_TENSOR_BYTES, n_tensors, error)
         && read_count (reader, "number of metadata entries", MAX_ENTRIES, MIN_ENTRY_BYTES,
                        n_entries, error);
}

static void
clear_tensor_name (gpointer data)
{
  g_free (((SemTensor *)data)->name);
}

SemTensorFile *
sem_gguf_open (GBytes *bytes, GError **error)
{
  SemByteReader reader;
  gsize length;
  const guint8 *base = g_bytes_get_data (bytes, &length);
  guint64 n_tensors, n_entries, alignment;
  sem_byte_reader_init (&reader, base, length);
  if (!read_preamble (&reader, &n_tensors, &n_entries, error))
    return NULL;
  g_autoptr (SemTensorFile) file = sem_tensor_file_new (&sem_gguf_format, bytes);
  GHashTable *entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sem_tensor_file_set_extra (file, entries, (GDestroyNotify)g_hash_table_unref);
  if (!read_entries (&reader, file, entries, n_entries, error)
      || !find_alignment (entries, &alignment, error))
    return NULL;
  g_autoptr (GArray) tensors = g_array_new (FALSE, FALSE, sizeof (SemTensor));
  g_array_set_clear_func (tensors, clear_tensor_name);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!read_tensors (&reader, tensors, offsets, n_tensors, error))
    return NULL;
  sem_tensor_file_set_header_size (file, reader.position);
  guint64 start = (reader.position + alignment - 1) / alignment * alignment;
  gsize size = start < length ? length - (gsize)start : 0;
  if (!place_tensors (file, tensors, offsets, base + MIN (start, length), size, alignment, error))
    return NULL;
  return g_steal_pointer (&file);
}

const SemGgufValue *
sem_gguf_find (const SemTensorFile *file, const char *key)
{
  g_return_val_if_fail (sem_tensor_file_get_format (file) == &sem_gguf_format, NULL);
  return g_hash_table_lookup (sem_tensor_file_get_extra (file), key);
}

double
sem_gguf_value_get_number (const SemGgufValue *value, guint64 i)
{
  SemByteReader reader;
  guint8 u8 = 0;
  guint16 u16 = 0;
  guint32 u32 = 0;
  guint64 u64 = 0;
  float f32 = 0.0f;
  double f64 = 0.0;
  g_return_val_if_fail (i < value->n && item_sizes[value->item_type] != 0, 0.0);
  gsize size = item_sizes[value->item_type];
  sem_byte_reader_init (&reader, value->data + (gsize)i * size, size);
  switch (value->item_type)
    {
    case SEM_GGUF_F32:
      sem_byte_reader_f32 (&reader, "item", &f32, NULL);
      return f32;
    case SEM_GGUF_F64:
      sem_byte_reader_f64 (&reader, "item", &f64, NULL);
      return f64;
    case SEM_GGUF_U64:
    case SEM_GGUF_I64:
      sem_byte_reader_u64 (&reader, "item", &u64, NULL);
      return value->item_type == SEM_GGUF_U64 ? (double)u64 : (double)(gint64)u64;
    case SEM_GGUF_U32:
    case SEM_GGUF_I32:
      sem_byte_reader_u32 (&reader, "item", &u32, NULL);
      return value->item_type == SEM_GGUF_U32 ? (double)u32 : (double)(gint32)u32;
    case SEM_GGUF_U16:
    case SEM_GGUF_I16:
      sem_byte_reader_u16 (&reader, "item", &u16, NULL);
      return value->item_type == SEM_GGUF_U16 ? (double)u16 : (double)(gint16)u16;
    default:
      sem_byte_reader_u8 (&reader, "item", &u8, NULL);
      return value->item_type == SEM_GGUF_I8 ? (double)(gint8)u8 : (double)u8;
    }
}

gboolean
sem_gguf_value_get_integer (const SemGgufValue *value, gint64 *out)
{
  if (value == NULL || item_sizes[value->type] == 0 || value->type == SEM_GGUF_F32
      || value->type == SEM_GGUF_F64)
    return FALSE;
  double number = sem_gguf_value_get_number (value, 0);
  if (number < -0x1p53 || number > 0x1p53)
    return FALSE;
  *out = (gint64)number;
  return TRUE;
}

const char *
sem_gguf_value_next_string (const SemGgufValue *value, gsize *cursor, gsize *length)
{
  SemByteReader reader;
  guint64 n;
  const guint8 *bytes;
  if (value->item_type != SEM_GGUF_STRING || *cursor >= value->n_bytes)
    return NULL;
  sem_byte_reader_init (&reader, value->data, value->n_bytes);
  reader.position = *cursor;
  if (!sem_byte_reader_u64 (&reader, "length", &n, NULL)
      || !sem_byte_reader_bytes (&reader, "string", n, &bytes, NULL))
    return NULL;
  *cursor = reader.position;
  *length = (gsize)n;
  return (const char *)bytes;
}

const char *
sem_gguf_value_get_string (const SemGgufValue *value, gsize *length)
{
  gsize cursor = 0;
  if (value == NULL || value->type != SEM_GGUF_STRING)
    return NULL;
  return sem_gguf_value_next_string (value, &cursor, length);
}

static gboolean
sniff (const guint8 *head, gsize length)
{
  return length >= 4 && memcmp (head, "GGUF", 4) == 0;
}

static const char *const suffixes[] = { ".gguf", NULL };

const SemTensorFormatClass sem_gguf_format = { "gguf", "GGUF", suffixes, sniff, sem_gguf_open };
