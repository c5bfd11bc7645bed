/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Average linkage by nearest-neighbour chains, and optimal leaf ordering by dynamic programming. */
#include "core/analysis/order.h"

#include <math.h>
#include <string.h>

static SemOrder *
order_new (gsize n)
{
  SemOrder *self = g_new0 (SemOrder, 1);
  self->n = n;
  self->units = g_new (guint32, MAX (n, 1));
  self->places = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    self->units[i] = self->places[i] = (guint32)i;
  return self;
}

static void
fill_places (SemOrder *self)
{
  for (gsize i = 0; i < self->n; i++)
    self->places[self->units[i]] = (guint32)i;
}

void
sem_order_free (SemOrder *self)
{
  g_free (self->units);
  g_free (self->places);
  g_free (self->merges);
  g_free (self);
}

SemOrder *
sem_order_copy (const SemOrder *self)
{
  SemOrder *copy = g_memdup2 (self, sizeof *self);
  copy->units = g_memdup2 (self->units, MAX (self->n, 1) * sizeof *self->units);
  copy->places = g_memdup2 (self->places, MAX (self->n, 1) * sizeof *self->places);
  if (self->merges != NULL)
    copy->merges = g_memdup2 (self->merges, (self->n - 1) * sizeof *self->merges);
  return copy;
}

SemOrder *
sem_order_typed (gsize n)
{
  return order_new (n);
}

typedef struct
{
  const double *row;
  guint32 first;
} ByUnit;

static int
compare_by_unit (gconstpointer a, gconstpointer b, gpointer data)
{
  const ByUnit *by = data;
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  if (x == by->first || y == by->first)
    return x == by->first ? (y == by->first ? 0 : -1) : 1;
  if (by->row[x] != by->row[y])
    return by->row[x] > by->row[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

SemOrder *
sem_order_by_unit (const SemMatrix *similarity, gsize unit)
{
  SemOrder *self = order_new (sem_matrix_get_n_rows (similarity));
  if (unit >= self->n)
    return self;
  ByUnit by = { sem_matrix_get_row (similarity, unit), (guint32)unit };
  g_qsort_with_data (self->units, (gint)self->n, sizeof *self->units, compare_by_unit, &by);
  fill_places (self);
  return self;
}

/* --- linkage --- */

typedef struct
{
  gsize n;
  double *d; /* n x n distances between the clusters that are left, kept symmetric; slot i stands
                for a cluster */
  guint32 *size; /* units in the cluster of a slot, 0 when it was merged away */
  SemMerge *raw; /* merges in the order they were found; left and right are slots */
} Linkage;

static gsize
find_nearest (const Linkage *self, gsize slot, gsize before)
{
  gsize best = before;
  const double *row = self->d + slot * self->n;
  double smallest = before != G_MAXSIZE ? row[before] : INFINITY;
  for (gsize j = 0; j < self->n; j++)
    if (j != slot && self->size[j] > 0 && row[j] < smallest)
      {
        smallest = row[j];
        best = j;
      }
  return best;
}

/* The merged cluster takes the higher slot, as SciPy's does. */
static void
merge_slots (Linkage *self, gsize a, gsize b, gsize index)
{
  gsize n = self->n;
  if (a > b)
    {
      gsize swapped = a;
      a = b;
      b = swapped;
    }
  double na = self->size[a], nb = self->size[b];
  self->raw[index]
      = (SemMerge){ (guint32)a, (guint32)b, self->size[a] + self->size[b], self->d[a * n + b] };
  self->size[b] += self->size[a];
  self->size[a] = 0;
  for (gsize j = 0; j < n; j++)
    if (j != b && self->size[j] > 0)
      self->d[b * n + j] = self->d[j * n + b]
          = (na * self->d[a * n + j] + nb * self->d[b * n + j]) / (na + nb);
}

static gboolean
link_all (Linkage *self, GCancellable *cancellable, GError **error)
{
  gsize n = self->n, length = 0, done = 0;
  g_autofree gsize *chain = g_new (gsize, n + 1);
  while (done + 1 < n)
    {
      if (length == 0)
        {
          gsize first = 0;
          while (self->size[first] == 0)
            first++;
          chain[length++] = first;
        }
      for (;;)
        {
          gsize top = chain[length - 1], before = length > 1 ? chain[length - 2] : G_MAXSIZE;
          gsize next = find_nearest (self, top, before);
          if (next == before)
            break;
          chain[length++] = next;
        }
      length -= 2;
      merge_slots (self, chain[length], chain[length + 1], done++);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_merges (gconstpointer a, gconstpointer b, gpointer data)
{
  const SemMerge *x = *(SemMerge *const *)a, *y = *(SemMerge *const *)b;
  if (x->height != y->height)
    return x->height < y->height ? -1 : 1;
  return x < y ? -1 : x > y;
}

static guint32
find_root (guint32 *parent, guint32 x)
{
  while (parent[x] != x)
    x = parent[x] = parent[parent[x]];
  return x;
}

/* Sorts the merges by height and names clusters by the merge that made them: the slots of a raw
 * merge are members. */
static void
label_merges (const Linkage *self, SemMerge *merges)
{
  gsize n = self->n;
  g_autofree SemMerge **sorted = g_new (SemMerge *, n);
  g_autofree guint32 *parent = g_new (guint32, 2 * n);
  for (gsize i = 0; i + 1 < n; i++)
    sorted[i] = &self->raw[i];
  g_qsort_with_data (sorted, (gint)n - 1, sizeof *sorted, compare_merges, NULL);
  for (gsize i = 0; i < 2 * n; i++)
    parent[i] = (guint32)i;
  for (gsize i = 0; i + 1 < n; i++)
    {
      guint32 a = find_root (parent, sorted[i]->left), b = find_root (parent, sorted[i]->right);
      merges[i] = (SemMerge){ MIN (a, b), MAX (a, b), sorted[i]->size, sorted[i]->height };
      parent[a] = parent[b] = (guint32)(n + i);
    }
}

/* --- leaves --- */

/* The units of every cluster as a run of one array: a cluster's run is its left child's followed by
 * its right child's. */
typedef struct
{
  gsize n;
  const SemMerge *merges;
  guint32 *leaves; /* n, in dendrogram order */
  guint32 *start;  /* 2n - 1: where a cluster's run begins */
  double *cost; /* n x n: for u, w in different children of their common cluster, the least sum of
                   an order of that cluster that begins with u and ends with w */
  const double *d; /* n x n distances between units */
} Leaves;

static gsize
get_size (const Leaves *self, guint32 cluster)
{
  return cluster < self->n ? 1 : self->merges[cluster - self->n].size;
}

static void
lay_out_leaves (Leaves *self)
{
  gsize n = self->n;
  self->start[2 * n - 2] = 0;
  for (gsize i = n - 1; i-- > 0;)
    {
      const SemMerge *merge = &self->merges[i];
      self->start[merge->left] = self->start[n + i];
      self->start[merge->right] = self->start[n + i] + (guint32)get_size (self, merge->left);
    }
  for (gsize i = 0; i < n; i++)
    self->leaves[self->start[i]] = (guint32)i;
}

/* A unit's run is one place, so whether a cluster has it is a comparison of places. */
static gboolean
is_in (const Leaves *self, guint32 cluster, guint32 unit)
{
  guint32 place = self->start[unit];
  return place >= self->start[cluster] && place < self->start[cluster] + get_size (self, cluster);
}

/* Where an order of `cluster` that has `unit` at one end can have its other end: the child without
 * it, or the unit itself. */
static void
get_other_end (const Leaves *self, guint32 cluster, guint32 unit, gsize *first, gsize *n)
{
  *first = self->start[cluster];
  *n = 1;
  if (cluster < self->n)
    return;
  const SemMerge *merge = &self->merges[cluster - self->n];
  gsize n_left = get_size (self, merge->left);
  gboolean in_left = is_in (self, merge->left, unit);
  if (in_left)
    *first += n_left;
  *n = in_left ? get_size (self, merge->right) : n_left;
}

static double
get_cost (const Leaves *self, guint32 u, guint32 w)
{
  return u == w ? 0.0 : self->cost[u * self->n + w];
}

/* The least cost of an order of left then right that begins with u and ends with w, given reach[k],
 * the least of "left from u, and a step to k". */
static void
cost_merge (Leaves *self, const SemMerge *merge, double *reach)
{
  gsize n_left = get_size (self, merge->left), n_right = get_size (self, merge->right);
  const guint32 *left = self->leaves + self->start[merge->left];
  const guint32 *right = self->leaves + self->start[merge->right];
  for (gsize i = 0; i < n_left; i++)
    {
      guint32 u = left[i];
      gsize first, n_ends;
      get_other_end (self, merge->left, u, &first, &n_ends);
      for (gsize k = 0; k < n_right; k++)
        {
          double least = INFINITY;
          const double *to = self->d + right[k] * self->n;
          for (gsize m = 0; m < n_ends; m++)
            least = MIN (least,
                         get_cost (self, u, self->leaves[first + m]) + to[self->leaves[first + m]]);
          reach[right[k]] = least;
        }
      for (gsize k = 0; k < n_right; k++)
        {
          guint32 w = right[k];
          gsize first_right, n_begins;
          double least = INFINITY;
          get_other_end (self, merge->right, w, &first_right, &n_begins);
          for (gsize b = 0; b < n_begins; b++)
            {
              guint32 begin = self->leaves[first_right + b];
              least = MIN (least, reach[begin] + get_cost (self, begin, w));
            }
          self->cost[u * self->n + w] = self->cost[w * self->n + u] = least;
        }
    }
}

/* Writes the best order of cluster that begins with u and ends with w; recursion is as deep as the
 * tree, at most SEM_ORDER_OPTIMAL_MAX. */
static guint32 *
write_order (const Leaves *self, guint32 cluster, guint32 u, guint32 w, guint32 *out)
{
  if (cluster < self->n)
    {
      *out = cluster;
      return out + 1;
    }
  const SemMerge *merge = &self->merges[cluster - self->n];
  guint32 near = is_in (self, merge->left, u) ? merge->left : merge->right;
  guint32 far = near == merge->left ? merge->right : merge->left;
  gsize first_near, n_near, first_far, n_far;
  get_other_end (self, near, u, &first_near, &n_near);
  get_other_end (self, far, w, &first_far, &n_far);
  double least = INFINITY;
  guint32 end = u, begin = w;
  for (gsize i = 0; i < n_near; i++)
    for (gsize j = 0; j < n_far; j++)
      {
        guint32 m = self->leaves[first_near + i], k = self->leaves[first_far + j];
        double sum = get_cost (self, u, m) + self->d[m * self->n + k] + get_cost (self, k, w);
        if (sum < least)
          {
            least = sum;
            end = m;
            begin = k;
          }
      }
  out = write_order (self, near, u, end, out);
  return write_order (self, far, begin, w, out);
}

static gboolean
order_optimally (Leaves *self, guint32 *out, GCancellable *cancellable, GError **error)
{
  gsize n = self->n;
  g_autofree double *cost = g_new0 (double, n *n);
  g_autofree double *reach = g_new (double, n);
  self->cost = cost;
  for (gsize i = 0; i + 1 < n; i++)
    {
      cost_merge (self, &self->merges[i], reach);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  const SemMerge *top = &self->merges[n - 2];
  double least = INFINITY;
  guint32 u = 0, w = 0;
  for (gsize i = 0; i < get_size (self, top->left); i++)
    for (gsize j = 0; j < get_size (self, top->right); j++)
      {
        guint32 a = self->leaves[self->start[top->left] + i],
                b = self->leaves[self->start[top->right] + j];
        if (cost[a * n + b] < least)
          {
            least = cost[a * n + b];
            u = a;
            w = b;
          }
      }
  write_order (self, (guint32)(2 * n - 2), u, w, out);
  return TRUE;
}

static double *
copy_distances (const SemMatrix *similarity)
{
  gsize n = sem_matrix_get_n_rows (similarity);
  double *d = g_new (double, n *n);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      d[i * n + j] = i == j ? 0.0 : 1.0 - sem_matrix_get (similarity, i, j);
  return d;
}

static void
reverse (guint32 *values, gsize n)
{
  for (gsize i = 0; i < n / 2; i++)
    {
      guint32 swapped = values[i];
      values[i] = values[n - 1 - i];
      values[n - 1 - i] = swapped;
    }
}

SemOrder *
sem_order_clustered (const SemMatrix *similarity, GCancellable *cancellable, GError **error)
{
  gsize n = sem_matrix_get_n_rows (similarity);
  g_autoptr (SemOrder) self = order_new (n);
  if (n < 2)
    return g_steal_pointer (&self);
  g_autofree double *distances = copy_distances (similarity);
  g_autofree guint32 *size = g_new (guint32, n);
  g_autofree SemMerge *raw = g_new (SemMerge, n);
  for (gsize i = 0; i < n; i++)
    size[i] = 1;
  Linkage linkage = { n, distances, size, raw };
  if (!link_all (&linkage, cancellable, error))
    return NULL;
  self->merges = g_new (SemMerge, n - 1);
  label_merges (&linkage, self->merges);

  g_autofree guint32 *start = g_new (guint32, 2 * n - 1);
  Leaves leaves = { .n = n, .merges = self->merges, .leaves = self->units, .start = start };
  lay_out_leaves (&leaves);
  if (n <= SEM_ORDER_OPTIMAL_MAX)
    {
      /* Linkage has overwritten its copy. */
      g_autofree double *fresh = copy_distances (similarity);
      g_autofree guint32 *best = g_new (guint32, n);
      leaves.d = fresh;
      if (!order_optimally (&leaves, best, cancellable, error))
        return NULL;
      memcpy (self->units, best, n * sizeof *best);
      self->optimal = TRUE;
    }
  if (self->units[0] > self->units[n - 1])
    reverse (self->units, n);
  fill_places (self);
  return g_steal_pointer (&self);
}
