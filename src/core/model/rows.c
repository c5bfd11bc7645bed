/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedding matrix, read row by row from whatever stores it. */
#include "core/model/rows.h"

#include "core/error.h"

#include <string.h>

#define MAX_ROWS (G_GUINT64_CONSTANT (1) << 31)
#define MAX_DIM (G_GUINT64_CONSTANT (1) << 20)

struct _SemRows
{
  gatomicrefcount ref_count;
  gsize n, dim;
  SemDtype dtype;
  const guint8 *base; /* NULL for computed rows */
  gsize row_bytes;
  guint64 *offsets; /* scattered rows: from base */
  float *owned;
  double *scales; /* NULL, or one per row */
  SemRowFunc read;
  gpointer data;
  GDestroyNotify destroy;
  SemTensorFile *file;
  GBytes *bytes;
};

static SemRows *
new_rows (SemDtype dtype, gsize n, gsize dim)
{
  SemRows *self = g_new0 (SemRows, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->dtype = dtype;
  self->n = n;
  self->dim = dim;
  return self;
}

static gboolean
check_shape (const SemTensor *tensor, GError **error)
{
  if (tensor->n_dims != 2)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "tensor '%s' has %u dimensions, an embedding matrix has 2", tensor->name,
                 tensor->n_dims);
  else if (tensor->shape[0] == 0 || tensor->shape[1] == 0)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "tensor '%s' is empty (%" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT ")",
                 tensor->name, tensor->shape[0], tensor->shape[1]);
  else if (tensor->shape[0] > MAX_ROWS || tensor->shape[1] > MAX_DIM)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                 "tensor '%s' is %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT
                 ", at most 2147483648 x 1048576 are allowed",
                 tensor->name, tensor->shape[0], tensor->shape[1]);
  else if (sem_dtype_is_real (tensor->dtype) && !sem_dtype_is_readable (tensor->dtype))
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                 "tensor '%s' is stored as %s, which this version does not read", tensor->name,
                 sem_dtype_get_name (tensor->dtype));
  else if (!sem_dtype_is_readable (tensor->dtype)
           || (!sem_dtype_is_real (tensor->dtype) && tensor->dtype != SEM_DTYPE_I8
               && tensor->dtype != SEM_DTYPE_U8))
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                 "tensor '%s' holds %s, which is not a type of embedding values", tensor->name,
                 sem_dtype_get_name (tensor->dtype));
  else if (tensor->shape[1] % sem_dtype_get_block_elements (tensor->dtype) != 0)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "tensor '%s' has rows of %" G_GUINT64_FORMAT
                 " values, %s comes in blocks of %" G_GSIZE_FORMAT,
                 tensor->name, tensor->shape[1], sem_dtype_get_name (tensor->dtype),
                 sem_dtype_get_block_elements (tensor->dtype));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_scales (SemRows *self, const SemTensor *scales, GError **error)
{
  if (!sem_dtype_is_readable (scales->dtype) || sem_dtype_get_block_elements (scales->dtype) != 1
      || (scales->n_elements != 1 && scales->n_elements != self->n))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "tensor '%s' has %" G_GUINT64_FORMAT " scales for %" G_GSIZE_FORMAT
                   " rows: only one, or one per row, is unambiguous",
                   scales->name, scales->n_elements, self->n);
      return FALSE;
    }
  self->scales = g_new (double, self->n);
  sem_dtype_to_f64 (scales->dtype, scales->data, (gsize)scales->n_elements, self->scales);
  for (gsize i = 1; scales->n_elements == 1 && i < self->n; i++)
    self->scales[i] = self->scales[0];
  return TRUE;
}

SemRows *
sem_rows_new_tensor (SemTensorFile *file,
                     const SemTensor *tensor,
                     const SemTensor *scales,
                     GError **error)
{
  if (!check_shape (tensor, error))
    return NULL;
  g_autoptr (SemRows) self
      = new_rows (tensor->dtype, (gsize)tensor->shape[0], (gsize)tensor->shape[1]);
  self->file = sem_tensor_file_ref (file);
  self->base = tensor->data;
  self->row_bytes = self->dim / sem_dtype_get_block_elements (tensor->dtype)
                    * sem_dtype_get_block_bytes (tensor->dtype);
  if (scales != NULL && !read_scales (self, scales, error))
    return NULL;
  return g_steal_pointer (&self);
}

SemRows *
sem_rows_new_scattered (GBytes *bytes, guint64 *offsets, gsize n, gsize dim)
{
  SemRows *self = new_rows (SEM_DTYPE_F32, n, dim);
  self->bytes = g_bytes_ref (bytes);
  self->base = g_bytes_get_data (bytes, NULL);
  self->offsets = offsets;
  self->row_bytes = dim * sizeof (float);
  return self;
}

SemRows *
sem_rows_new_owned (float *values, gsize n, gsize dim)
{
  SemRows *self = new_rows (SEM_DTYPE_F32, n, dim);
  self->owned = values;
  return self;
}

SemRows *
sem_rows_new_computed (SemDtype stored,
                       gsize n,
                       gsize dim,
                       SemRowFunc read,
                       gpointer data,
                       GDestroyNotify destroy)
{
  SemRows *self = new_rows (stored, n, dim);
  self->read = read;
  self->data = data;
  self->destroy = destroy;
  return self;
}

SemRows *
sem_rows_ref (SemRows *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_rows_unref (SemRows *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_pointer (&self->file, sem_tensor_file_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->offsets);
  g_free (self->owned);
  g_free (self->scales);
  g_free (self);
}

gsize
sem_rows_get_n (const SemRows *self)
{
  return self->n;
}

gsize
sem_rows_get_dim (const SemRows *self)
{
  return self->dim;
}

SemDtype
sem_rows_get_dtype (const SemRows *self)
{
  return self->dtype;
}

static const guint8 *
find_row (const SemRows *self, gsize row)
{
  return self->base + (self->offsets != NULL ? (gsize)self->offsets[row] : row * self->row_bytes);
}

void
sem_rows_read (const SemRows *self, gsize row, double *out)
{
  g_return_if_fail (row < self->n);
  if (self->base != NULL)
    {
      sem_dtype_to_f64 (self->dtype, find_row (self, row), self->dim, out);
      for (gsize i = 0; self->scales != NULL && i < self->dim; i++)
        out[i] *= self->scales[row];
      return;
    }
  const float *values;
  g_autofree float *scratch = NULL;
  if (self->owned != NULL)
    values = self->owned + row * self->dim;
  else
    {
      values = scratch = g_new (float, self->dim);
      self->read (self->data, row, scratch);
    }
  for (gsize i = 0; i < self->dim; i++)
    out[i] = values[i];
}

void
sem_rows_read_f32 (const SemRows *self, gsize first, gsize n, float *out)
{
  g_return_if_fail (first <= self->n && n <= self->n - first);
  if (self->owned != NULL)
    memcpy (out, self->owned + first * self->dim, n * self->dim * sizeof *out);
  for (gsize i = 0; self->owned == NULL && i < n; i++)
    {
      float *row = out + i * self->dim;
      if (self->base == NULL)
        self->read (self->data, first + i, row);
      else
        sem_dtype_to_f32 (self->dtype, find_row (self, first + i), self->dim, row);
      for (gsize j = 0; self->scales != NULL && j < self->dim; j++)
        row[j] = (float)(row[j] * self->scales[first + i]);
    }
}

const float *
sem_rows_get_f32 (const SemRows *self)
{
  if (self->owned != NULL)
    return self->owned;
  if (self->base == NULL || self->dtype != SEM_DTYPE_F32 || self->offsets != NULL
      || self->scales != NULL || G_BYTE_ORDER != G_LITTLE_ENDIAN
      || (guintptr)self->base % sizeof (float) != 0)
    return NULL;
  return (const float *)(gconstpointer)self->base;
}
