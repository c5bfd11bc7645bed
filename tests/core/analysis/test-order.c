/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linkage against SciPy, leaf order against the plain recurrence and brute force; Procrustes
 * against SciPy. */
#include "core/analysis/order.h"

#include "core/analysis/procrustes.h"
#include "core/analysis/similarity.h"
#include "golden.h"

static double
measure_length (const SemOrder *order, const SemMatrix *cosine)
{
  double sum = 0.0;
  for (gsize i = 1; i < order->n; i++)
    sum += 1.0 - sem_matrix_get (cosine, order->units[i - 1], order->units[i]);
  return sum;
}

static void
check_permutation (const SemOrder *order)
{
  for (gsize i = 0; i < order->n; i++)
    {
      g_assert_cmpuint (order->units[i], <, order->n);
      g_assert_cmpuint (order->places[order->units[i]], ==, i);
    }
}

static void
test_scipy (gconstpointer name)
{
  json_t *golden = golden_load (name);
  const json_t *expected = json_object_get (golden, "cluster");
  g_autoptr (SemMatrix) rows = golden_matrix (json_object_get (golden, "rows"));
  g_autoptr (SemMatrix) cosine = sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, NULL);
  g_autoptr (SemOrder) order = sem_order_clustered (cosine, NULL, NULL);
  gsize n = order->n;
  check_permutation (order);
  g_assert_true (order->optimal);
  for (gsize i = 0; i + 1 < n; i++)
    {
      const json_t *merge = json_array_get (json_object_get (expected, "merges"), i);
      gint64 a = json_integer_value (json_array_get (merge, 0)),
             b = json_integer_value (json_array_get (merge, 1));
      golden_assert_close (order->merges[i].height, json_number_value (json_array_get (
                                                        json_object_get (expected, "heights"), i)));
      g_assert_cmpint (
          order->merges[i].size, ==,
          json_integer_value (json_array_get (json_object_get (expected, "sizes"), i)));
      g_assert_cmpint (order->merges[i].left, ==, MIN (a, b));
      g_assert_cmpint (order->merges[i].right, ==, MAX (a, b));
    }
  golden_assert_close (measure_length (order, cosine), golden_number (expected, "length"));
  g_assert_cmpfloat (measure_length (order, cosine), <=,
                     golden_number (expected, "scipy_length") + 1e-9);
  g_assert_cmpuint (order->units[0], <, order->units[n - 1]);
  json_decref (golden);
}

/* Every order of a tree this small, by brute force over the turnings of its merges. */
static double
find_shortest (const SemOrder *order, const SemMatrix *cosine)
{
  gsize n = order->n;
  double shortest = INFINITY;
  for (guint turned = 0; turned < 1u << (n - 1); turned++)
    {
      GArray *runs[16] = { NULL };
      for (gsize i = 0; i < n; i++)
        {
          guint32 unit = (guint32)i;
          runs[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_array_append_val (runs[i], unit);
        }
      for (gsize i = 0; i + 1 < n; i++)
        {
          guint32 a = order->merges[i].left, b = order->merges[i].right;
          if (turned & (1u << i))
            {
              guint32 swapped = a;
              a = b;
              b = swapped;
            }
          runs[n + i] = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_array_append_vals (runs[n + i], runs[a]->data, runs[a]->len);
          g_array_append_vals (runs[n + i], runs[b]->data, runs[b]->len);
        }
      const SemOrder candidate = { .n = n, .units = (guint32 *)(gpointer)runs[2 * n - 2]->data };
      shortest = MIN (shortest, measure_length (&candidate, cosine));
      for (gsize i = 0; i < 2 * n - 1; i++)
        g_array_unref (runs[i]);
    }
  return shortest;
}

static void
test_brute_force (void)
{
  for (guint32 seed = 0; seed < 12; seed++)
    {
      g_autoptr (SemMatrix) rows = golden_random (2 + seed % 7, 4, seed);
      g_autoptr (SemMatrix) cosine
          = sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, NULL);
      g_autoptr (SemOrder) order = sem_order_clustered (cosine, NULL, NULL);
      check_permutation (order);
      golden_assert_close (measure_length (order, cosine), find_shortest (order, cosine));
    }
}

/* Ties everywhere, nothing at all, and more than the limit of the optimal order. */
static void
test_shapes (void)
{
  for (gsize n = 0; n < 4; n++)
    {
      g_autoptr (SemMatrix) same = sem_matrix_new (n, n, NULL);
      g_autoptr (SemOrder) order = sem_order_clustered (same, NULL, NULL);
      g_assert_cmpuint (order->n, ==, n);
      check_permutation (order);
    }
  gsize many = SEM_ORDER_OPTIMAL_MAX + 50;
  g_autoptr (SemMatrix) rows = golden_random (many, 5, 8);
  g_autoptr (SemMatrix) cosine = sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, NULL);
  g_autoptr (SemOrder) order = sem_order_clustered (cosine, NULL, NULL);
  check_permutation (order);
  g_assert_false (order->optimal);
  g_autoptr (SemOrder) typed = sem_order_typed (many);
  g_assert_cmpfloat (measure_length (order, cosine), <, measure_length (typed, cosine) / 4);
}

static void
test_by_unit (void)
{
  g_autoptr (SemMatrix) rows = golden_random (20, 5, 8);
  g_autoptr (SemMatrix) cosine = sem_similarity_matrix (rows, SEM_METRIC_COSINE, FALSE, NULL, NULL);
  g_autoptr (SemOrder) order = sem_order_by_unit (cosine, 7);
  check_permutation (order);
  g_assert_cmpuint (order->units[0], ==, 7);
  for (gsize i = 1; i < 20; i++)
    g_assert_true (sem_matrix_get (cosine, 7, order->units[i])
                   <= sem_matrix_get (cosine, 7, order->units[i - 1]));
}

static void
test_procrustes (void)
{
  json_t *golden = golden_load ("procrustes.json");
  g_autoptr (SemMatrix) from = golden_matrix (json_object_get (golden, "from"));
  g_autoptr (SemMatrix) to = golden_matrix (json_object_get (golden, "to"));
  g_autoptr (SemProcrustes) fit = sem_procrustes_fit (from, to, FALSE, NULL);
  g_autoptr (SemMatrix) fitted = sem_procrustes_apply (fit, from, NULL);
  for (gsize i = 0; i < 9; i++)
    golden_assert_close (fit->rotation[i],
                         json_number_value (json_array_get (
                             json_array_get (json_object_get (golden, "rotation"), i / 3), i % 3)));
  golden_compare (fitted, json_object_get (golden, "fitted"));
  golden_assert_close (fit->disparity, golden_number (golden, "disparity"));
  g_autoptr (SemProcrustes) scaled = sem_procrustes_fit (from, to, TRUE, NULL);
  g_assert_cmpfloat (scaled->disparity, <, fit->disparity);
  /* Against itself: nothing moves. */
  g_autoptr (SemProcrustes) same = sem_procrustes_fit (to, to, TRUE, NULL);
  g_autoptr (SemMatrix) moved = sem_procrustes_apply (same, to, NULL);
  golden_compare (moved, json_object_get (golden, "to"));
  g_assert_cmpfloat (same->disparity, <, 1e-12);
  json_decref (golden);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  static const char *const NAMES[] = { "wide", "tall", "square", "groups" };
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/order/scipy/%s", NAMES[i]);
      g_test_add_data_func_full (path, g_strdup_printf ("%s.json", NAMES[i]), test_scipy, g_free);
    }
  g_test_add_func ("/order/brute-force", test_brute_force);
  g_test_add_func ("/order/shapes", test_shapes);
  g_test_add_func ("/order/by-unit", test_by_unit);
  g_test_add_func ("/order/procrustes", test_procrustes);
  return g_test_run ();
}
