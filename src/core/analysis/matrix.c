/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reference-counted matrix of doubles. */
#include "core/analysis/matrix.h"

#include "core/error.h"

#include <sys/mman.h>

#define MAX_BYTES (G_GUINT64_CONSTANT (64) << 30)
/* From here on memory comes in large pages: touching 32 MB in 4 KiB pages costs as much as
 * computing the cosines in it. */
#define LARGE_BYTES ((gsize)4 << 20)

struct _SemMatrix
{
  gatomicrefcount ref_count;
  gsize n_rows, n_cols;
  gsize mapped; /* bytes of a mapping; 0: data is from the heap */
  double *data;
};

/* The memory of the large matrix last let go.  The system may take its pages back whenever it needs
 * them (MADV_FREE); a larger one is not kept at all. */
#define MAX_SPARE_BYTES ((gsize)64 << 20)
static GMutex spare_lock;
static void *spare_data;
static gsize spare_bytes;

static void *
take_spare (gsize bytes, gsize *mapped)
{
  void *data = NULL;
  g_mutex_lock (&spare_lock);
  if (spare_data != NULL && spare_bytes >= bytes && spare_bytes / 2 <= bytes)
    {
      data = g_steal_pointer (&spare_data);
      *mapped = spare_bytes;
    }
  g_mutex_unlock (&spare_lock);
  return data;
}

static void
unmap_data (void *data, gsize bytes)
{
#ifdef MADV_FREE
  if (bytes <= MAX_SPARE_BYTES && madvise (data, bytes, MADV_FREE) == 0)
    {
      void *older;
      gsize older_bytes;
      g_mutex_lock (&spare_lock);
      older = spare_data;
      older_bytes = spare_bytes;
      spare_data = data;
      spare_bytes = bytes;
      g_mutex_unlock (&spare_lock);
      data = older;
      bytes = older_bytes;
    }
#endif
  if (data != NULL)
    munmap (data, bytes);
}

static void
map_data (SemMatrix *self, gsize bytes)
{
  void *data = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED)
    return;
#ifdef MADV_HUGEPAGE
  madvise (data, bytes, MADV_HUGEPAGE);
#endif
  self->data = data;
  self->mapped = bytes;
}

static SemMatrix *
matrix_new (gsize n_rows, gsize n_cols, gboolean zeros, GError **error)
{
  gsize n, bytes;
  if (!g_size_checked_mul (&n, n_rows, n_cols) || !g_size_checked_mul (&bytes, n, sizeof (double))
      || bytes > MAX_BYTES)
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "a matrix of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                   " numbers is larger than the allowed 64 GiB",
                   n_rows, n_cols);
      return NULL;
    }
  SemMatrix *self = g_new0 (SemMatrix, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_rows = n_rows;
  self->n_cols = n_cols;
  if (bytes >= LARGE_BYTES && !zeros)
    self->data = take_spare (bytes, &self->mapped);
  if (bytes >= LARGE_BYTES && self->data == NULL)
    map_data (self, bytes);
  if (self->data == NULL)
    self->data = zeros ? g_new0 (double, MAX (n, 1)) : g_new (double, MAX (n, 1));
  return self;
}

SemMatrix *
sem_matrix_new (gsize n_rows, gsize n_cols, GError **error)
{
  return matrix_new (n_rows, n_cols, TRUE, error);
}

SemMatrix *
sem_matrix_new_unset (gsize n_rows, gsize n_cols, GError **error)
{
  return matrix_new (n_rows, n_cols, FALSE, error);
}

SemMatrix *
sem_matrix_ref (SemMatrix *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_matrix_unref (SemMatrix *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->mapped > 0)
    unmap_data (self->data, self->mapped);
  else
    g_free (self->data);
  g_free (self);
}

gsize
sem_matrix_get_n_rows (const SemMatrix *self)
{
  return self->n_rows;
}

gsize
sem_matrix_get_n_cols (const SemMatrix *self)
{
  return self->n_cols;
}

double *
sem_matrix_get_data (SemMatrix *self)
{
  return self->data;
}

const double *
sem_matrix_get_row (const SemMatrix *self, gsize row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);
  return self->data + row * self->n_cols;
}

double
sem_matrix_get (const SemMatrix *self, gsize row, gsize col)
{
  g_return_val_if_fail (row < self->n_rows && col < self->n_cols, 0.0);
  return self->data[row * self->n_cols + col];
}
