/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact nearest neighbours by cosine, at the speed of reading the matrix once.
 *
 * Two steps.  A pass in single precision over all rows, on the machine's cores, gives each row a
 * score whose error is bounded (see score_error); then every row that could be among the k best
 * within that bound is computed again in double precision from the stored values, and only those
 * numbers are compared and returned.  Rows are converted block by block into a scratch that stays
 * in the cache, so no copy of the matrix is ever made.  Row norms come out of the first pass over a
 * model and are kept with it. */
#include "core/analysis/neighbors.h"

#include "core/analysis/parallel.h"
#include "core/analysis/vector-clones.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

#define ROWS_PER_BLOCK 512 /* a task; cancellation is looked at in between */
#define SCRATCH_FLOATS 16384

/* Squared norms outside are left to double precision: floats would over- or underflow. */
#define SMALLEST_SQUARE 1e-30f
#define LARGEST_SQUARE 1e30f

#define N_LANES 8
#define N_ACCUMULATORS 2
#define ROWS_AT_ONCE 4
typedef float Lanes __attribute__ ((vector_size (N_LANES * sizeof (float)), aligned (4)));

typedef struct
{
  SemModel *model;
  GCancellable *cancellable;
  const float *rows;  /* all rows in place, or NULL */
  const float *query; /* of unit length */
  gsize n, dim;
  const float *known_norms; /* NULL: to be computed */
  float *norms;
  float *scores; /* cosine, or NAN where doubles must decide */
} Pass;

static inline float
add_lanes (const Lanes *accumulators)
{
  float sum = 0.0f;
  for (int lane = 0; lane < N_LANES; lane++)
    {
      float part = 0.0f;
      for (int i = 0; i < N_ACCUMULATORS; i++)
        part += accumulators[i][lane];
      sum += part;
    }
  return sum;
}

/* out[i] = rows[i] . query, for n rows of dim floats; n is 1 or ROWS_AT_ONCE, a constant where it
 * is called, so that the query is loaded once for all of them and every sum has its register. */
static inline __attribute__ ((always_inline)) void
multiply_some (const float *rows, gsize n, gsize dim, const float *query, float *out)
{
  const gsize step = N_LANES * N_ACCUMULATORS, whole = dim - dim % step;
  Lanes sums[ROWS_AT_ONCE][N_ACCUMULATORS] = { { { 0.0f } } };
  for (gsize j = 0; j < whole; j += step)
    for (gsize part = 0; part < N_ACCUMULATORS; part++)
      {
        const Lanes wanted = *(const Lanes *)(query + j + part * N_LANES);
        for (gsize i = 0; i < n; i++)
          sums[i][part] += *(const Lanes *)(rows + i * dim + j + part * N_LANES) * wanted;
      }
  for (gsize i = 0; i < n; i++)
    {
      out[i] = add_lanes (sums[i]);
      for (gsize j = whole; j < dim; j++)
        out[i] += rows[i * dim + j] * query[j];
    }
}

SEM_VECTOR_CLONES static void
multiply_rows (const float *rows, gsize n, gsize dim, const float *query, float *out)
{
  gsize i = 0;
  for (; i + ROWS_AT_ONCE <= n; i += ROWS_AT_ONCE)
    multiply_some (rows + i * dim, ROWS_AT_ONCE, dim, query, out + i);
  for (; i < n; i++)
    multiply_some (rows + i * dim, 1, dim, query, out + i);
}

/* out[i] = rows[i] . rows[i]. */
SEM_VECTOR_CLONES static void
square_rows (const float *rows, gsize n, gsize dim, float *out)
{
  const gsize step = N_LANES * N_ACCUMULATORS, whole = dim - dim % step;
  for (gsize i = 0; i < n; i++)
    {
      const float *row = rows + i * dim;
      Lanes sums[N_ACCUMULATORS] = { { 0.0f } };
      for (gsize j = 0; j < whole; j += step)
        for (gsize part = 0; part < N_ACCUMULATORS; part++)
          {
            Lanes values = *(const Lanes *)(row + j + part * N_LANES);
            sums[part] += values * values;
          }
      float sum = add_lanes (sums);
      for (gsize j = whole; j < dim; j++)
        sum += row[j] * row[j];
      out[i] = sum;
    }
}

static void
score_rows (Pass *pass, gsize first, gsize n, const float *rows)
{
  float *scores = pass->scores + first;
  const float *norms = pass->known_norms != NULL ? pass->known_norms + first : pass->norms + first;
  multiply_rows (rows, n, pass->dim, pass->query, scores);
  if (pass->known_norms == NULL)
    {
      float *squares = pass->norms + first;
      square_rows (rows, n, pass->dim, squares);
      for (gsize i = 0; i < n; i++)
        squares[i] = squares[i] > SMALLEST_SQUARE && squares[i] < LARGEST_SQUARE
                         ? sqrtf (squares[i])
                         : NAN;
    }
  for (gsize i = 0; i < n; i++)
    scores[i] /= norms[i];
}

static void
run_block (gsize block, gpointer data)
{
  Pass *pass = data;
  if (g_cancellable_is_cancelled (pass->cancellable))
    return;
  gsize first = block * ROWS_PER_BLOCK, end = MIN (pass->n, first + ROWS_PER_BLOCK);
  if (pass->rows != NULL)
    {
      score_rows (pass, first, end - first, pass->rows + first * pass->dim);
      return;
    }
  gsize per_scratch = CLAMP (SCRATCH_FLOATS / pass->dim, 1, ROWS_PER_BLOCK);
  g_autofree float *scratch = g_new (float, per_scratch * pass->dim);
  for (gsize row = first; row < end; row += per_scratch)
    {
      gsize part = MIN (per_scratch, end - row);
      sem_model_read_rows_f32 (pass->model, row, part, scratch);
      score_rows (pass, row, part, scratch);
    }
}

/* Bound of |score - cosine|: each lane adds dim / (lanes * accumulators) products, each addition
 * and product rounds by at most 2^-24, the parts are then added up; numerator, norm and the
 * rounding of the query count, hence the factor. */
static double
score_error (gsize dim)
{
  return 4.0 * ((double)dim / (N_LANES * N_ACCUMULATORS) + N_LANES * N_ACCUMULATORS + N_LANES + 4)
         * 0x1p-24;
}

/* Keeps the k largest of what it is fed; heap[0] is the least of them. */
static void
push_heap (float *heap, gsize *n, gsize k, float value)
{
  gsize i;
  if (*n < k)
    {
      i = (*n)++;
      for (; i > 0 && heap[(i - 1) / 2] > value; i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
      heap[i] = value;
      return;
    }
  if (value <= heap[0])
    return;
  for (i = 0; 2 * i + 1 < k;)
    {
      gsize child = 2 * i + 1;
      child += child + 1 < k && heap[child + 1] < heap[child];
      if (heap[child] >= value)
        break;
      heap[i] = heap[child];
      i = child;
    }
  heap[i] = value;
}

/* The score below which a row cannot be among the k best. */
static double
find_threshold (const Pass *pass, gsize k, GHashTable *excluded)
{
  g_autofree float *heap = g_new (float, k);
  gsize n = 0;
  for (gsize i = 0; i < pass->n; i++)
    if (!isnan (pass->scores[i]) && (n < k || pass->scores[i] > heap[0])
        && !g_hash_table_contains (excluded, GUINT_TO_POINTER (i)))
      push_heap (heap, &n, k, pass->scores[i]);
  return n < k ? -INFINITY : (double)heap[0] - 2.0 * score_error (pass->dim);
}

/* The cosine from the stored values in double precision; NAN for a zero row or one that is not
 * finite. */
static double
compute_cosine (SemModel *model, guint32 id, const double *query, double query_norm, double *row)
{
  gsize dim = sem_model_get_dim (model);
  double dot = 0.0, square = 0.0;
  sem_model_read_row (model, id, row);
  for (gsize i = 0; i < dim; i++)
    {
      dot += row[i] * query[i];
      square += row[i] * row[i];
    }
  if (!(square > 0.0) || !isfinite (square) || !isfinite (dot))
    return NAN;
  return CLAMP (dot / (sqrt (square) * query_norm), -1.0, 1.0);
}

static int
compare_neighbors (gconstpointer a, gconstpointer b)
{
  const SemNeighbor *left = a, *right = b;
  if (left->cosine != right->cosine)
    return left->cosine > right->cosine ? -1 : 1;
  return (left->id > right->id) - (left->id < right->id);
}

static GArray *
collect (const Pass *pass, const double *query, double query_norm, gsize k, GHashTable *excluded)
{
  double threshold = find_threshold (pass, k, excluded);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (SemNeighbor));
  g_autofree double *row = g_new (double, pass->dim);
  for (gsize i = 0; i < pass->n && !g_cancellable_is_cancelled (pass->cancellable); i++)
    {
      if (pass->scores[i] < threshold || g_hash_table_contains (excluded, GUINT_TO_POINTER (i)))
        continue;
      SemNeighbor neighbor = { (guint32)i, 0.0 };
      neighbor.cosine = compute_cosine (pass->model, neighbor.id, query, query_norm, row);
      if (!isnan (neighbor.cosine))
        g_array_append_val (found, neighbor);
    }
  g_array_sort (found, compare_neighbors);
  if (found->len > k)
    g_array_set_size (found, (guint)k);
  return found;
}

static gboolean
check_query (SemModel *model, const double *query, double *norm, GError **error)
{
  double square = 0.0;
  if (sem_model_get_n_rows (model) == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING, "the model has no vectors");
      return FALSE;
    }
  for (gsize i = 0; i < sem_model_get_dim (model); i++)
    square += query[i] * query[i];
  if (!isfinite (square))
    {
      g_set_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_NOT_FINITE,
                   "the vector whose neighbours are asked for has a value that is not finite");
      return FALSE;
    }
  *norm = sqrt (square);
  return TRUE;
}

GArray *
sem_neighbors_find (SemModel *model,
                    const double *query,
                    gsize k,
                    const guint32 *exclude,
                    gsize n_exclude,
                    GCancellable *cancellable,
                    GError **error)
{
  double norm;
  gsize n = sem_model_get_n_rows (model), dim = sem_model_get_dim (model);
  if (!check_query (model, query, &norm, error))
    return NULL;
  if (norm == 0.0 || k == 0)
    return g_array_new (FALSE, FALSE, sizeof (SemNeighbor));
  g_autoptr (GHashTable) excluded = g_hash_table_new (NULL, NULL);
  for (gsize i = 0; i < n_exclude; i++)
    g_hash_table_add (excluded, GUINT_TO_POINTER (exclude[i]));
  g_autofree float *unit = g_new (float, dim);
  for (gsize i = 0; i < dim; i++)
    unit[i] = (float)(query[i] / norm);
  g_autofree float *scores = g_new (float, n);
  const float *known = sem_model_get_row_norms (model);
  g_autofree float *norms = known == NULL ? g_new (float, n) : NULL;
  Pass pass = { .model = model,
                .cancellable = cancellable,
                .rows = sem_model_get_rows_f32 (model),
                .query = unit,
                .n = n,
                .dim = dim,
                .known_norms = known,
                .norms = norms,
                .scores = scores };
  sem_parallel_for ((n + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK, run_block, &pass);
  g_autoptr (GArray) found = NULL;
  if (!g_cancellable_is_cancelled (cancellable))
    {
      if (norms != NULL)
        sem_model_keep_row_norms (model, g_steal_pointer (&norms));
      found = collect (&pass, query, norm, MIN (k, n), excluded);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !sem_model_check_files (model, error))
    return NULL;
  return g_steal_pointer (&found);
}
