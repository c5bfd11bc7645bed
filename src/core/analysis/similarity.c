/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Similarity matrices by one symmetric matrix product, cut into tiles for all processors when it is
 * large. */
#include "core/analysis/similarity.h"

#include "core/analysis/linalg.h"
#include "core/analysis/parallel.h"
#include "core/analysis/vector-clones.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

#define TILE 256
/* Cosines of more rows than this are computed in single precision (see the header). */
#define SINGLE_PRECISION_FROM 768
/* Dimensions summed in one go: shorter sums, smaller rounding. */
#define CHUNK 128
/* Side of the blocks that a tile is mirrored in: their rows and columns both stay in the cache. */
#define BLOCK 16
/* A centred row this much smaller than what was subtracted is rounding, not direction: it counts as
 * zero. */
#define ZERO_AFTER_CENTERING 1e-13

static gboolean
check_finite (const double *row, gsize n, const char *what, gsize index, GError **error)
{
  for (gsize j = 0; j < n; j++)
    if (!isfinite (row[j]))
      {
        g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE,
                     "%s %" G_GSIZE_FORMAT " has no finite number in dimension %" G_GSIZE_FORMAT,
                     what, index, j);
        return FALSE;
      }
  return TRUE;
}

static void
add_rows (const SemMatrix *rows, double *sum)
{
  gsize n = sem_matrix_get_n_rows (rows), d = sem_matrix_get_n_cols (rows);
  for (gsize i = 0; i < n; i++)
    {
      const double *row = sem_matrix_get_row (rows, i);
      for (gsize j = 0; j < d; j++)
        sum[j] += row[j];
    }
}

/* One row made ready for the product: mean (or NULL) subtracted, and for cosine scaled to length 1
 * (or left 0). */
static gboolean
prepare_row (const double *row,
             gsize d,
             gsize index,
             SemMetric metric,
             const double *mean,
             double mean_norm,
             double *out,
             GError **error)
{
  if (!check_finite (row, d, "row", index, error))
    return FALSE;
  for (gsize j = 0; j < d; j++)
    out[j] = mean != NULL ? row[j] - mean[j] : row[j];
  double norm = sem_linalg_norm (d, out);
  if (norm <= ZERO_AFTER_CENTERING * mean_norm)
    memset (out, 0, d * sizeof *out);
  else if (metric == SEM_METRIC_COSINE)
    {
      double scale = 1.0 / norm;
      for (gsize j = 0; j < d; j++)
        out[j] = isinf (scale) ? out[j] / norm : out[j] * scale;
    }
  return TRUE;
}

static SemMatrix *
prepare_rows (const SemMatrix *rows, SemMetric metric, const double *mean, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), d = sem_matrix_get_n_cols (rows);
  g_autoptr (SemMatrix) copy = sem_matrix_new (n, d, error);
  if (copy == NULL)
    return NULL;
  double mean_norm = mean != NULL ? sem_linalg_norm (d, mean) : 0.0;
  for (gsize i = 0; i < n; i++)
    if (!prepare_row (sem_matrix_get_row (rows, i), d, i, metric, mean, mean_norm,
                      sem_matrix_get_data (copy) + i * d, error))
      return NULL;
  return g_steal_pointer (&copy);
}

/* The same for cosines in single precision, a tile of rows a task. */
typedef struct
{
  const SemMatrix *rows;
  const double *mean;
  double mean_norm;
  float *out;
  GError **errors; /* one place for each task */
} Preparation;

/* prepare_row() for ordinary rows, whose squares neither overflow nor vanish, in fewer passes:
 * FALSE leaves a row to it. */
SEM_VECTOR_CLONES static gboolean
prepare_ordinary_row (const double *row, gsize d, const double *mean, double mean_norm, float *out)
{
  double sums[8] = { 0.0 }, sum = 0.0, norm;
  gsize whole = d - d % G_N_ELEMENTS (sums);
  for (gsize j = 0; j < whole; j += G_N_ELEMENTS (sums))
    for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
      {
        double value = mean != NULL ? row[j + i] - mean[j + i] : row[j + i];
        sums[i] += value * value;
      }
  for (gsize j = whole; j < d; j++)
    sum += mean != NULL ? (row[j] - mean[j]) * (row[j] - mean[j]) : row[j] * row[j];
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    sum += sums[i];
  norm = sqrt (sum);
  if (!(sum > 1e-200 && sum < 1e200) || norm <= ZERO_AFTER_CENTERING * mean_norm)
    return FALSE;
  double scale = 1.0 / norm;
  for (gsize j = 0; j < d; j++)
    out[j] = (float)((mean != NULL ? row[j] - mean[j] : row[j]) * scale);
  return TRUE;
}

static void
prepare_tile_f32 (gsize task, gpointer data)
{
  Preparation *self = data;
  gsize n = sem_matrix_get_n_rows (self->rows), d = sem_matrix_get_n_cols (self->rows);
  g_autofree double *row = g_new (double, d);
  for (gsize i = task * TILE; i < MIN (n, (task + 1) * TILE) && self->errors[task] == NULL; i++)
    {
      const double *source = sem_matrix_get_row (self->rows, i);
      if (!prepare_ordinary_row (source, d, self->mean, self->mean_norm, self->out + i * d)
          && prepare_row (source, d, i, SEM_METRIC_COSINE, self->mean, self->mean_norm, row,
                          &self->errors[task]))
        for (gsize j = 0; j < d; j++)
          self->out[i * d + j] = (float)row[j];
    }
}

static float *
prepare_rows_f32 (const SemMatrix *rows, const double *mean, GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), d = sem_matrix_get_n_cols (rows),
        n_tiles = (n + TILE - 1) / TILE;
  g_autofree float *out = g_new (float, n *d);
  g_autofree GError **errors = g_new0 (GError *, n_tiles);
  Preparation job = { rows, mean, mean != NULL ? sem_linalg_norm (d, mean) : 0.0, out, errors };
  sem_parallel_for (n_tiles, prepare_tile_f32, &job);
  gboolean done = TRUE;
  for (gsize i = 0; i < n_tiles; i++)
    if (errors[i] != NULL && done)
      {
        g_propagate_error (error, errors[i]);
        done = FALSE;
      }
    else
      g_clear_error (&errors[i]);
  return done ? g_steal_pointer (&out) : NULL;
}

static double
distance (const double *a, const double *b, gsize d)
{
  double sum = 0;
  for (gsize j = 0; j < d; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sqrt (sum);
}

/* A cosine beyond this is that of two parallel rows, blurred by the rounding of their lengths: the
 * same word at two places is as similar to itself as on the diagonal, not 0.9999999999999998. */
#define PARALLEL (1.0 - 1e-13)

/* From the inner product of two rows to the metric's value.  |a|^2 + |b|^2 - 2 ab cancels when the
 * rows are close: then the distance is summed anew. */
static double
finish_value (SemMetric metric,
              double product,
              const double *a,
              const double *b,
              gsize d,
              double aa,
              double bb)
{
  if (metric == SEM_METRIC_COSINE)
    return fabs (product) > PARALLEL ? copysign (1.0, product) : product;
  if (metric == SEM_METRIC_DOT)
    return product;
  double squared = aa + bb - 2.0 * product;
  return squared > 1e-4 * (aa + bb) ? sqrt (squared) : distance (a, b, d);
}

/* --- n x n --- */

typedef struct
{
  const double *rows;
  const float *single; /* instead of rows */
  gsize n, d, n_tiles; /* tiles in a row */
  SemMetric metric;
  double *squared; /* |row|^2, for distances */
  double *out;
  GCancellable *cancellable;
} Product;

/* Tasks are the tiles on and above the diagonal, row by row: the first row and column of one. */
static void
place_tile (gsize task, gsize n_tiles, gsize *i0, gsize *j0)
{
  gsize tile_i = 0;
  while (task >= n_tiles - tile_i)
    task -= n_tiles - tile_i++;
  *i0 = tile_i * TILE;
  *j0 = (tile_i + task) * TILE;
}

/* One tile and its mirror image. */
static void
compute_tile (gsize task, gpointer data)
{
  Product *self = data;
  gsize i0, j0;
  place_tile (task, self->n_tiles, &i0, &j0);
  gsize ni = MIN (TILE, self->n - i0), nj = MIN (TILE, self->n - j0);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  const double *a = self->rows + i0 * self->d, *b = self->rows + j0 * self->d;
  double *out = self->out + i0 * self->n + j0;
  if (i0 == j0)
    sem_linalg_syrk (FALSE, ni, self->d, a, self->d, 0.0, out, self->n);
  else
    sem_linalg_gemm (FALSE, TRUE, ni, nj, self->d, 1.0, a, self->d, b, self->d, 0.0, out, self->n);
  for (gsize i = 0; i < ni; i++)
    for (gsize j = i0 == j0 ? i : 0; j < nj; j++)
      {
        double value
            = finish_value (self->metric, out[i * self->n + j], a + i * self->d, b + j * self->d,
                            self->d, self->squared[i0 + i], self->squared[j0 + j]);
        if (i0 + i == j0 + j)
          value = self->metric == SEM_METRIC_COSINE      ? (value > 0.5 ? 1.0 : 0.0)
                  : self->metric == SEM_METRIC_EUCLIDEAN ? 0.0
                                                         : value;
        out[i * self->n + j] = value;
        self->out[(j0 + j) * self->n + i0 + i] = value;
      }
}

/* Clamps a tile and writes it to its place and to its mirror image, block by block. */
SEM_VECTOR_CLONES static void
store_tile (const float *tile, gsize ni, gsize nj, gsize n, double *out, double *mirror)
{
  for (gsize i0 = 0; i0 < ni; i0 += BLOCK)
    for (gsize j0 = 0; j0 < nj; j0 += BLOCK)
      {
        gsize i1 = MIN (i0 + BLOCK, ni), j1 = MIN (j0 + BLOCK, nj);
        double block[BLOCK][BLOCK]; /* the other way round */
        for (gsize i = i0; i < i1; i++)
          for (gsize j = j0; j < j1; j++)
            {
              double value = (double)CLAMP (tile[i * TILE + j], -1.0f, 1.0f);
              out[i * n + j] = value;
              block[j - j0][i - i0] = value;
            }
        for (gsize j = j0; j < j1; j++)
          memcpy (mirror + j * n + i0, block[j - j0], (i1 - i0) * sizeof (double));
      }
}

/* A tile on the diagonal has only its upper triangle. */
static void
store_diagonal_tile (const float *tile, gsize n_tile, gsize n, double *out)
{
  for (gsize i = 0; i < n_tile; i++)
    {
      out[i * n + i] = tile[i * TILE + i] > 0.5f ? 1.0 : 0.0;
      for (gsize j = i + 1; j < n_tile; j++)
        out[i * n + j] = out[j * n + i] = (double)CLAMP (tile[i * TILE + j], -1.0f, 1.0f);
    }
}

static void
compute_tile_f32 (gsize task, gpointer data)
{
  Product *self = data;
  gsize i0, j0, n = self->n, d = self->d;
  place_tile (task, self->n_tiles, &i0, &j0);
  gsize ni = MIN (TILE, n - i0), nj = MIN (TILE, n - j0);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_autofree float *tile = g_new (float, TILE *TILE);
  for (gsize k = 0; k < d; k += CHUNK)
    {
      const float *a = self->single + i0 * d + k, *b = self->single + j0 * d + k;
      float beta = k > 0 ? 1.0f : 0.0f;
      if (i0 == j0)
        sem_linalg_syrk_f32 (FALSE, ni, MIN (CHUNK, d - k), a, d, beta, tile, TILE);
      else
        sem_linalg_gemm_f32 (FALSE, TRUE, ni, nj, MIN (CHUNK, d - k), 1.0f, a, d, b, d, beta, tile,
                             TILE);
    }
  if (i0 == j0)
    store_diagonal_tile (tile, ni, n, self->out + i0 * n + i0);
  else
    store_tile (tile, ni, nj, n, self->out + i0 * n + j0, self->out + j0 * n + i0);
}

/* All tiles in doubles, for any metric. */
static gboolean
fill_double (Product *self, const SemMatrix *rows, const double *mean, GError **error)
{
  g_autoptr (SemMatrix) ready = prepare_rows (rows, self->metric, mean, error);
  if (ready == NULL)
    return FALSE;
  g_autofree double *squared = g_new (double, MAX (self->n, 1));
  self->rows = sem_matrix_get_data (ready);
  self->squared = squared;
  for (gsize i = 0; i < self->n; i++)
    squared[i] = sem_linalg_dot (self->d, self->rows + i * self->d, self->rows + i * self->d);
  if (self->d > 0)
    sem_parallel_for (self->n_tiles * (self->n_tiles + 1) / 2, compute_tile, self);
  return TRUE;
}

static gboolean
fill_single (Product *self, const SemMatrix *rows, const double *mean, GError **error)
{
  g_autofree float *single = prepare_rows_f32 (rows, mean, error);
  if (single == NULL)
    return FALSE;
  self->single = single;
  sem_parallel_for (self->n_tiles * (self->n_tiles + 1) / 2, compute_tile_f32, self);
  return TRUE;
}

SemMatrix *
sem_similarity_matrix (const SemMatrix *rows,
                       SemMetric metric,
                       gboolean centered,
                       GCancellable *cancellable,
                       GError **error)
{
  gsize n = sem_matrix_get_n_rows (rows), d = sem_matrix_get_n_cols (rows);
  g_autofree double *mean = NULL;
  if (centered && n > 0)
    {
      mean = g_new0 (double, MAX (d, 1));
      add_rows (rows, mean);
      for (gsize j = 0; j < d; j++)
        mean[j] /= (double)n;
    }
  /* Without dimensions no product is made, and all stays zero. */
  g_autoptr (SemMatrix) result = (d > 0 ? sem_matrix_new_unset : sem_matrix_new) (n, n, error);
  if (result == NULL)
    return NULL;
  Product product = { .n = n,
                      .d = d,
                      .n_tiles = (n + TILE - 1) / TILE,
                      .metric = metric,
                      .out = sem_matrix_get_data (result),
                      .cancellable = cancellable };
  gboolean single = metric == SEM_METRIC_COSINE && n > SINGLE_PRECISION_FROM && d > 0;
  if (!(single ? fill_single : fill_double) (&product, rows, mean, error))
    return NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&result);
}

SemMatrix *
sem_similarity_between (const SemMatrix *a,
                        const SemMatrix *b,
                        SemMetric metric,
                        gboolean centered,
                        GCancellable *cancellable,
                        GError **error)
{
  gsize n = sem_matrix_get_n_rows (a), m = sem_matrix_get_n_rows (b), d = sem_matrix_get_n_cols (a);
  if (d != sem_matrix_get_n_cols (b))
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE,
                   "vectors of %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT
                   " dimensions cannot be compared",
                   d, sem_matrix_get_n_cols (b));
      return NULL;
    }
  g_autofree double *mean = NULL;
  if (centered && n + m > 0)
    {
      mean = g_new0 (double, MAX (d, 1));
      add_rows (a, mean);
      add_rows (b, mean);
      for (gsize j = 0; j < d; j++)
        mean[j] /= (double)(n + m);
    }
  g_autoptr (SemMatrix) left = prepare_rows (a, metric, mean, error);
  g_autoptr (SemMatrix) right = left != NULL ? prepare_rows (b, metric, mean, error) : NULL;
  g_autoptr (SemMatrix) result = right != NULL ? sem_matrix_new (n, m, error) : NULL;
  if (result == NULL)
    return NULL;
  double *out = sem_matrix_get_data (result);
  const double *rows_a = sem_matrix_get_data (left), *rows_b = sem_matrix_get_data (right);
  if (n > 0 && m > 0 && d > 0)
    sem_linalg_gemm (FALSE, TRUE, n, m, d, 1.0, rows_a, d, rows_b, d, 0.0, out, m);
  for (gsize i = 0; i < n; i++)
    {
      const double *x = rows_a + i * d;
      double xx = sem_linalg_dot (d, x, x);
      for (gsize j = 0; j < m; j++)
        {
          const double *y = rows_b + j * d;
          out[i * m + j]
              = finish_value (metric, out[i * m + j], x, y, d, xx, sem_linalg_dot (d, y, y));
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&result);
}
