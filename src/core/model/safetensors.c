/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reader of safetensors: the header is parsed and checked, the data is left where it is. */
#include "core/model/safetensors.h"

#include "core/error.h"
#include "core/model/byte-reader.h"

#include <jansson.h>

#define MAX_HEADER 100000000
#define MAX_TENSORS 1000000

typedef struct
{
  guint64 begin, end;
  const char *name;
} Extent;

static const SemDtype known_dtypes[] = {
  SEM_DTYPE_F64,     SEM_DTYPE_F32,     SEM_DTYPE_F16,     SEM_DTYPE_BF16,    SEM_DTYPE_F8_E4M3,
  SEM_DTYPE_F8_E5M2, SEM_DTYPE_F8_E8M0, SEM_DTYPE_F6_E2M3, SEM_DTYPE_F6_E3M2, SEM_DTYPE_F4,
  SEM_DTYPE_C64,     SEM_DTYPE_I64,     SEM_DTYPE_U64,     SEM_DTYPE_I32,     SEM_DTYPE_U32,
  SEM_DTYPE_I16,     SEM_DTYPE_U16,     SEM_DTYPE_I8,      SEM_DTYPE_U8,      SEM_DTYPE_BOOL,
};

static gboolean
refuse (GError **error, SemFormatError code, const char *name, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Sets an error about one tensor; always FALSE. */
static gboolean
refuse (GError **error, SemFormatError code, const char *name, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SEM_FORMAT_ERROR, code, "tensor '%s': %s", name, what);
  return FALSE;
}

static gboolean
read_dtype (const char *name, json_t *entry, SemDtype *dtype, GError **error)
{
  const char *text = json_string_value (json_object_get (entry, "dtype"));
  if (text == NULL)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, name, "no \"dtype\" string");
  for (gsize i = 0; i < G_N_ELEMENTS (known_dtypes); i++)
    if (g_str_equal (text, sem_dtype_get_name (known_dtypes[i])))
      {
        *dtype = known_dtypes[i];
        return TRUE;
      }
  return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED, name, "unknown dtype \"%.20s\"", text);
}

static gboolean
read_count (json_t *value, guint64 *out)
{
  if (!json_is_integer (value) || json_integer_value (value) < 0)
    return FALSE;
  *out = (guint64)json_integer_value (value);
  return TRUE;
}

static gboolean
read_shape (json_t *entry, SemTensor *tensor, GError **error)
{
  json_t *shape = json_object_get (entry, "shape");
  if (!json_is_array (shape))
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name, "no \"shape\" array");
  if (json_array_size (shape) > SEM_TENSOR_MAX_DIMS)
    return refuse (error, SEM_FORMAT_ERROR_LIMIT, tensor->name,
                   "%zu dimensions, at most %d are allowed", json_array_size (shape),
                   SEM_TENSOR_MAX_DIMS);
  tensor->n_dims = (guint)json_array_size (shape);
  tensor->n_elements = 1;
  for (guint i = 0; i < tensor->n_dims; i++)
    {
      if (!read_count (json_array_get (shape, i), &tensor->shape[i]))
        return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                       "\"shape\"[%u] is not a non-negative integer", i);
      if (!g_uint64_checked_mul (&tensor->n_elements, tensor->n_elements, tensor->shape[i]))
        return refuse (error, SEM_FORMAT_ERROR_LIMIT, tensor->name, "the shape overflows 64 bits");
    }
  return TRUE;
}

static gboolean
read_offsets (json_t *entry, SemTensor *tensor, gsize data_size, Extent *extent, GError **error)
{
  json_t *offsets = json_object_get (entry, "data_offsets");
  if (!json_is_array (offsets) || json_array_size (offsets) != 2
      || !read_count (json_array_get (offsets, 0), &extent->begin)
      || !read_count (json_array_get (offsets, 1), &extent->end))
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                   "\"data_offsets\" is not two non-negative integers");
  if (extent->end < extent->begin)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                   "data ends at %" G_GUINT64_FORMAT ", before its begin at %" G_GUINT64_FORMAT,
                   extent->end, extent->begin);
  if (extent->end > data_size)
    return refuse (error, SEM_FORMAT_ERROR_TRUNCATED, tensor->name,
                   "data ends at %" G_GUINT64_FORMAT ", the file has %" G_GSIZE_FORMAT
                   " bytes of data",
                   extent->end, data_size);
  guint64 needed;
  if (!sem_dtype_get_size (tensor->dtype, tensor->n_elements, &needed))
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                   "the shape is no whole number of bytes");
  if (needed != extent->end - extent->begin)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, tensor->name,
                   "the shape needs %" G_GUINT64_FORMAT
                   " bytes, data_offsets span %" G_GUINT64_FORMAT,
                   needed, extent->end - extent->begin);
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

/* One after the other, no gap, no overlap, nothing left over. */
static gboolean
check_layout (GArray *extents, gsize data_size, GError **error)
{
  g_array_sort (extents, compare_extents);
  guint64 position = 0;
  for (guint i = 0; i < extents->len; i++)
    {
      const Extent *extent = &g_array_index (extents, Extent, i);
      if (extent->begin != position)
        return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, extent->name,
                       "data begins at %" G_GUINT64_FORMAT
                       ", the one before it ends at %" G_GUINT64_FORMAT " (%s)",
                       extent->begin, position, extent->begin < position ? "overlap" : "gap");
      position = extent->end;
    }
  if (position == data_size)
    return TRUE;
  g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "the tensors end at %" G_GUINT64_FORMAT ", the file has %" G_GSIZE_FORMAT
               " bytes of data",
               position, data_size);
  return FALSE;
}

static gboolean
read_metadata (SemTensorFile *file, json_t *metadata, GError **error)
{
  const char *key;
  json_t *value;
  if (!json_is_object (metadata))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "\"__metadata__\" is not an object");
      return FALSE;
    }
  json_object_foreach (metadata, key, value) if (json_is_string (value))
      sem_tensor_file_set_metadata (file, key, json_string_value (value));
  return TRUE;
}

static gboolean
read_tensors (SemTensorFile *file,
              json_t *root,
              const guint8 *data,
              gsize data_size,
              GError **error)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  const char *name;
  json_t *entry;
  json_object_foreach (root, name, entry)
  {
    if (g_str_equal (name, "__metadata__"))
      {
        if (!read_metadata (file, entry, error))
          return FALSE;
        continue;
      }
    SemTensor tensor = { .name = (char *)name };
    Extent extent = { .name = name };
    if (!json_is_object (entry))
      return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, name, "not an object");
    if (!read_dtype (name, entry, &tensor.dtype, error) || !read_shape (entry, &tensor, error)
        || !read_offsets (entry, &tensor, data_size, &extent, error))
      return FALSE;
    tensor.data = data + extent.begin;
    tensor.n_bytes = (gsize)(extent.end - extent.begin);
    if (!sem_tensor_file_add (file, &tensor, error))
      return FALSE;
    g_array_append_val (extents, extent);
  }
  return check_layout (extents, data_size, error);
}

static json_t *
parse_header (const guint8 *header, gsize length, GError **error)
{
  json_error_t trouble;
  if (length == 0 || header[0] != '{')
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the safetensors header does not begin with '{'");
      return NULL;
    }
  json_t *root = json_loadb ((const char *)header, length, JSON_REJECT_DUPLICATES, &trouble);
  if (root == NULL)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "the safetensors header is not valid JSON at byte %d: %s", trouble.position,
                   trouble.text);
      return NULL;
    }
  if (json_object_size (root) > MAX_TENSORS)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "%zu tensors, at most %d are allowed", json_object_size (root), MAX_TENSORS);
      g_clear_pointer (&root, json_decref);
    }
  return root;
}

SemTensorFile *
sem_safetensors_open (GBytes *bytes, GError **error)
{
  SemByteReader reader;
  gsize length;
  const guint8 *base = g_bytes_get_data (bytes, &length), *header;
  guint64 header_size;
  sem_byte_reader_init (&reader, base, length);
  if (!sem_byte_reader_u64 (&reader, "safetensors header length", &header_size, error))
    return NULL;
  if (header_size > MAX_HEADER)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "safetensors header of %" G_GUINT64_FORMAT " bytes, at most %d are allowed",
                   header_size, MAX_HEADER);
      return NULL;
    }
  if (!sem_byte_reader_bytes (&reader, "safetensors header", header_size, &header, error))
    return NULL;
  json_t *root = parse_header (header, (gsize)header_size, error);
  if (root == NULL)
    return NULL;
  g_autoptr (SemTensorFile) file = sem_tensor_file_new (&sem_safetensors_format, bytes);
  sem_tensor_file_set_header_size (file, reader.position);
  gboolean good = read_tensors (file, root, base + reader.position,
                                sem_byte_reader_get_left (&reader), error);
  json_decref (root);
  return good ? g_steal_pointer (&file) : NULL;
}

static gboolean
sniff (const guint8 *head, gsize length)
{
  if (length < 10 || head[8] != '{')
    return FALSE;
  return head[5] == 0 && head[6] == 0 && head[7] == 0; /* a header length below a terabyte */
}

static const char *const suffixes[] = { ".safetensors", NULL };

const SemTensorFormatClass sem_safetensors_format = {
  "safetensors", "safetensors", suffixes, sniff, sem_safetensors_open,
};
