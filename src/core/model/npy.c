/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reader of .npy: the header is a Python literal, of which only the three known keys are
 * understood. */
#include "core/model/npy.h"

#include "core/error.h"
#include "core/model/byte-reader.h"

#include <string.h>

#define MAX_HEADER 65536

static const struct
{
  const char *descr;
  SemDtype dtype;
} known_types[] = {
  { "<f8", SEM_DTYPE_F64 }, { "<f4", SEM_DTYPE_F32 }, { "<f2", SEM_DTYPE_F16 },
  { "|i1", SEM_DTYPE_I8 },  { "|u1", SEM_DTYPE_U8 },  { "<i2", SEM_DTYPE_I16 },
  { "<i4", SEM_DTYPE_I32 }, { "<i8", SEM_DTYPE_I64 },
};

static gboolean
refuse (GError **error, SemFormatError code, const char *what, const char *found)
{
  g_autofree char *shown = g_utf8_make_valid (found, MIN ((gssize)strlen (found), 60));
  g_set_error (error, SEM_FORMAT_ERROR, code, "npy header: %s: %s", what, shown);
  return FALSE;
}

/* The text after 'key': in the dictionary, or NULL. */
static const char *
find_key (const char *header, const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("'%s'", key);
  const char *place = strstr (header, quoted);
  if (place == NULL)
    return NULL;
  place += strlen (quoted);
  place += strspn (place, " ");
  if (*place != ':')
    return NULL;
  return place + 1 + strspn (place + 1, " ");
}

static gboolean
read_descr (const char *header, SemDtype *dtype, GError **error)
{
  const char *text = find_key (header, "descr");
  if (text == NULL || *text != '\'')
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "no 'descr' string", header);
  for (gsize i = 0; i < G_N_ELEMENTS (known_types); i++)
    if (g_str_has_prefix (text + 1, known_types[i].descr)
        && text[1 + strlen (known_types[i].descr)] == '\'')
      {
        *dtype = known_types[i].dtype;
        return TRUE;
      }
  return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED, "this 'descr' is not read", text);
}

static gboolean
read_shape (const char *header, SemTensor *tensor, GError **error)
{
  const char *text = find_key (header, "shape");
  if (text == NULL || *text != '(')
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "no 'shape' tuple", header);
  tensor->n_elements = 1;
  const char *p = text + 1 + strspn (text + 1, " ");
  while (*p != ')')
    {
      char *end;
      guint64 size = g_ascii_isdigit (*p) ? g_ascii_strtoull (p, &end, 10) : G_MAXUINT64;
      if (size == G_MAXUINT64 || tensor->n_dims == SEM_TENSOR_MAX_DIMS
          || !g_uint64_checked_mul (&tensor->n_elements, tensor->n_elements, size))
        return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "this 'shape' is not allowed", text);
      tensor->shape[tensor->n_dims++] = size;
      p = end + strspn (end, " ");
      if (*p != ',' && *p != ')')
        return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "this 'shape' is not allowed", text);
      if (*p == ',')
        p += 1 + strspn (p + 1, " ");
    }
  return TRUE;
}

static gboolean
parse_header (const char *header, SemTensor *tensor, GError **error)
{
  const char *order = find_key (header, "fortran_order");
  if (!read_descr (header, &tensor->dtype, error) || !read_shape (header, tensor, error))
    return FALSE;
  if (order == NULL || (!g_str_has_prefix (order, "False") && !g_str_has_prefix (order, "True")))
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "no 'fortran_order'", header);
  if (g_str_has_prefix (order, "True") && tensor->n_dims > 1)
    return refuse (error, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "column-major order is not read; save with order='C'", order);
  return TRUE;
}

static gboolean
read_preamble (SemByteReader *reader, char **header, GError **error)
{
  const guint8 *magic, *text;
  guint8 major, minor;
  guint16 short_length = 0;
  guint32 length = 0;
  if (!sem_byte_reader_bytes (reader, "npy magic", 6, &magic, error))
    return FALSE;
  if (memcmp (magic, "\x93NUMPY", 6) != 0)
    return refuse (error, SEM_FORMAT_ERROR_BAD_VALUE, "the file does not begin with \\x93NUMPY",
                   "");
  if (!sem_byte_reader_u8 (reader, "npy version", &major, error)
      || !sem_byte_reader_u8 (reader, "npy version", &minor, error))
    return FALSE;
  if (major < 1 || major > 3)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "npy version %u.%u, versions 1 to 3 are read", major, minor);
      return FALSE;
    }
  if (major == 1 ? !sem_byte_reader_u16 (reader, "npy header length", &short_length, error)
                 : !sem_byte_reader_u32 (reader, "npy header length", &length, error))
    return FALSE;
  length = major == 1 ? short_length : length;
  if (length > MAX_HEADER)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                   "npy header of %u bytes, at most %d are allowed", length, MAX_HEADER);
      return FALSE;
    }
  if (!sem_byte_reader_bytes (reader, "npy header", length, &text, error))
    return FALSE;
  *header = g_strndup ((const char *)text, length);
  return TRUE;
}

SemTensorFile *
sem_npy_open (GBytes *bytes, GError **error)
{
  SemByteReader reader;
  SemTensor tensor = { .name = (char *)SEM_NPY_TENSOR };
  g_autofree char *header = NULL;
  gsize length;
  guint64 n_bytes;
  sem_byte_reader_init (&reader, g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  if (!read_preamble (&reader, &header, error) || !parse_header (header, &tensor, error))
    return NULL;
  if (!sem_dtype_get_size (tensor.dtype, tensor.n_elements, &n_bytes))
    {
      refuse (error, SEM_FORMAT_ERROR_LIMIT, "the shape overflows 64 bits", header);
      return NULL;
    }
  g_autoptr (SemTensorFile) file = sem_tensor_file_new (&sem_npy_format, bytes);
  sem_tensor_file_set_header_size (file, reader.position);
  if (!sem_byte_reader_bytes (&reader, "npy array", n_bytes, &tensor.data, error))
    return NULL;
  tensor.n_bytes = (gsize)n_bytes;
  return sem_tensor_file_add (file, &tensor, error) ? g_steal_pointer (&file) : NULL;
}

static gboolean
sniff (const guint8 *head, gsize length)
{
  return length >= 6 && memcmp (head, "\x93NUMPY", 6) == 0;
}

static const char *const suffixes[] = { ".npy", NULL };

const SemTensorFormatClass sem_npy_format = { "npy", "NumPy array", suffixes, sniff, sem_npy_open };
