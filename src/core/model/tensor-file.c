/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common part of all tensor files, and the registry of their formats. */
#include "core/model/tensor-file.h"

#include "core/error.h"
#include "core/model/gguf.h"
#include "core/model/npy.h"
#include "core/model/safetensors.h"

struct _SemTensorFile
{
  gatomicrefcount ref_count;
  const SemTensorFormatClass *format;
  GBytes *bytes;
  gsize header_size;
  GPtrArray *tensors;   /* of SemTensor */
  GHashTable *by_name;  /* borrowed name -> SemTensor */
  GHashTable *metadata; /* char * -> char * */
  gpointer extra;
  GDestroyNotify destroy_extra;
};

static const SemTensorFormatClass *const formats[] = {
  &sem_gguf_format,
  &sem_npy_format,
  &sem_safetensors_format,
  NULL,
};

const SemTensorFormatClass *const *
sem_tensor_formats_get (void)
{
  return formats;
}

const SemTensorFormatClass *
sem_tensor_format_guess (const char *name, GBytes *bytes)
{
  gsize length;
  const guint8 *head = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; formats[i] != NULL; i++)
    if (formats[i]->sniff (head, length))
      return formats[i];
  for (gsize i = 0; formats[i] != NULL; i++)
    for (gsize j = 0; formats[i]->suffixes[j] != NULL; j++)
      if (g_str_has_suffix (name, formats[i]->suffixes[j]))
        return formats[i];
  return NULL;
}

static void
free_tensor (gpointer data)
{
  SemTensor *tensor = data;
  g_free (tensor->name);
  g_free (tensor);
}

SemTensorFile *
sem_tensor_file_new (const SemTensorFormatClass *format, GBytes *bytes)
{
  SemTensorFile *self = g_new0 (SemTensorFile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->format = format;
  self->bytes = g_bytes_ref (bytes);
  self->tensors = g_ptr_array_new_with_free_func (free_tensor);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

gboolean
sem_tensor_file_add (SemTensorFile *self, const SemTensor *tensor, GError **error)
{
  if (tensor->name[0] == '\0' || !g_utf8_validate (tensor->name, -1, NULL))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "tensor %u has an empty or non-UTF-8 name", self->tensors->len);
      return FALSE;
    }
  if (g_hash_table_contains (self->by_name, tensor->name))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "tensor name '%s' occurs twice", tensor->name);
      return FALSE;
    }
  SemTensor *copy = g_new (SemTensor, 1);
  *copy = *tensor;
  copy->name = g_strdup (tensor->name);
  g_ptr_array_add (self->tensors, copy);
  g_hash_table_insert (self->by_name, copy->name, copy);
  return TRUE;
}

void
sem_tensor_file_set_metadata (SemTensorFile *self, const char *key, const char *value)
{
  g_hash_table_replace (self->metadata, g_strdup (key), g_strdup (value));
}

void
sem_tensor_file_set_extra (SemTensorFile *self, gpointer extra, GDestroyNotify destroy)
{
  self->extra = extra;
  self->destroy_extra = destroy;
}

gpointer
sem_tensor_file_get_extra (const SemTensorFile *self)
{
  return self->extra;
}

void
sem_tensor_file_set_header_size (SemTensorFile *self, gsize n_bytes)
{
  self->header_size = n_bytes;
}

SemTensorFile *
sem_tensor_file_ref (SemTensorFile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_tensor_file_unref (SemTensorFile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->destroy_extra != NULL)
    self->destroy_extra (self->extra);
  g_hash_table_unref (self->metadata);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->tensors);
  g_bytes_unref (self->bytes);
  g_free (self);
}

const SemTensorFormatClass *
sem_tensor_file_get_format (const SemTensorFile *self)
{
  return self->format;
}

gsize
sem_tensor_file_get_n (const SemTensorFile *self)
{
  return self->tensors->len;
}

const SemTensor *
sem_tensor_file_get (const SemTensorFile *self, gsize i)
{
  g_return_val_if_fail (i < self->tensors->len, NULL);
  return g_ptr_array_index (self->tensors, i);
}

const SemTensor *
sem_tensor_file_find (const SemTensorFile *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

const char *
sem_tensor_file_get_metadata (const SemTensorFile *self, const char *key)
{
  return g_hash_table_lookup (self->metadata, key);
}

GBytes *
sem_tensor_file_get_bytes (const SemTensorFile *self)
{
  return self->bytes;
}

gsize
sem_tensor_file_get_header_size (const SemTensorFile *self)
{
  return self->header_size;
}
