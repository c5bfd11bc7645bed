/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meaning of a heatmap's colours: ranges, ticks, numbers and the histogram. */
#include "plots-sample.h"

#include "draw/colorbar.h"

#include <math.h>

static void
test_ranges (void)
{
  const SemPairStatistics pairs = {
    .mean = 0.3, .min = -0.2, .max = 0.9, .percentile_2 = -0.1, .percentile_98 = 0.8, .n_pairs = 10
  };
  const SemPairStatistics equal = { 0.5, 0.5, 0.5, 0.5, 0.5, 3 }, none = { 0 };
  static const struct
  {
    SemRangeKind range;
    SemMetric metric;
    guint statistics;
    double custom_min, custom_max, min, max;
  } cases[] = {
    { SEM_RANGE_FULL, SEM_METRIC_COSINE, 0, 0, 0, -1.0, 1.0 },
    { SEM_RANGE_UNIT, SEM_METRIC_COSINE, 0, 0, 0, 0.0, 1.0 },
    { SEM_RANGE_STRETCH, SEM_METRIC_COSINE, 0, 0, 0, -0.1, 0.8 },
    { SEM_RANGE_STRETCH, SEM_METRIC_COSINE, 1, 0, 0, 0.45, 0.55 },
    { SEM_RANGE_STRETCH, SEM_METRIC_COSINE, 2, 0, 0, -1.0, 1.0 },
    { SEM_RANGE_CUSTOM, SEM_METRIC_COSINE, 0, 0.7, -0.3, -0.3, 0.7 },
    { SEM_RANGE_CUSTOM, SEM_METRIC_COSINE, 0, NAN, 1.0, -1.0, 1.0 },
    { SEM_RANGE_CUSTOM, SEM_METRIC_COSINE, 0, -INFINITY, INFINITY, -1.0, 1.0 },
    { SEM_RANGE_FULL, SEM_METRIC_DOT, 0, 0, 0, -0.9, 0.9 },
    { SEM_RANGE_FULL, SEM_METRIC_EUCLIDEAN, 0, 0, 0, 0.0, 0.9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SemViewOptions options = SEM_VIEW_OPTIONS_INIT;
      const SemPairStatistics *statistics[] = { &pairs, &equal, &none };
      SemValueScale scale;

      options.range = cases[i].range;
      options.range_min = cases[i].custom_min;
      options.range_max = cases[i].custom_max;
      sem_value_scale_init (&scale, &options, cases[i].metric, statistics[cases[i].statistics]);
      g_assert_cmpfloat_with_epsilon (scale.min, cases[i].min, 1e-12);
      g_assert_cmpfloat_with_epsilon (scale.max, cases[i].max, 1e-12);
      g_assert_cmpint (scale.reversed, ==, cases[i].metric == SEM_METRIC_EUCLIDEAN);
    }
}

static void
test_positions (void)
{
  const SemValueScale scale = { -1.0, 1.0, FALSE }, distance = { 0.0, 4.0, TRUE };

  g_assert_cmpfloat (sem_value_scale_get_position (&scale, -1.0), ==, 0.0);
  g_assert_cmpfloat (sem_value_scale_get_position (&scale, 0.0), ==, 0.5);
  g_assert_cmpfloat (sem_value_scale_get_position (&scale, 7.0), ==, 1.0);
  g_assert_cmpfloat (sem_value_scale_get_position (&scale, NAN), ==, 0.5);
  g_assert_cmpfloat (sem_value_scale_get_position (&distance, 0.0), ==, 1.0);
  g_assert_cmpfloat (sem_value_scale_get_position (&distance, 4.0), ==, 0.0);
}

/* 0 is the neutral colour of the surface's neighbourhood, whatever the range around it. */
static void
test_zero_is_neutral (void)
{
  for (guint kind = 0; kind < SEM_N_THEMES; kind++)
    {
      const SemTheme *theme = sem_theme_get ((SemThemeKind)kind);
      const SemValueScale scale = { -0.5, 1.0, FALSE };
      SemRgba shades[SEM_N_SHADES];

      sem_value_scale_get_shades (&scale, theme, NULL, shades);
      g_assert_cmpfloat (
          sem_rgba_distance (shades[sem_value_scale_get_shade (&scale, 0.0)], theme->map_neutral),
          <, 0.02);
      g_assert_cmpfloat (sem_rgba_distance (shades[SEM_N_SHADES - 1], theme->map_neutral), >, 0.2);
    }
}

static void
test_ticks (void)
{
  static const struct
  {
    double min, max;
    gsize max_ticks, n;
    double first, last, step;
  } cases[] = {
    { -1.0, 1.0, 5, 5, -1.0, 1.0, 0.5 },    { 0.0, 1.0, 6, 6, 0.0, 1.0, 0.2 },
    { -0.13, 0.87, 5, 5, 0.0, 0.8, 0.2 },   { 0.0, 12.0, 5, 3, 0.0, 10.0, 5.0 },
    { 0.81, 0.99, 5, 4, 0.85, 0.95, 0.05 },
  };
  double ticks[16], step;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = sem_ticks (cases[i].min, cases[i].max, cases[i].max_ticks, ticks, &step);

      g_assert_cmpuint (n, <=, cases[i].max_ticks);
      g_assert_cmpuint (n, >=, 2);
      g_assert_cmpfloat_with_epsilon (step, cases[i].step, 1e-12);
      g_assert_cmpfloat_with_epsilon (ticks[0], cases[i].first, 1e-12);
      g_assert_cmpfloat_with_epsilon (ticks[n - 1], cases[i].last, 1e-12);
    }
  g_assert_cmpuint (sem_ticks (1.0, 1.0, 5, ticks, &step), ==, 0);
  g_assert_cmpuint (sem_ticks (NAN, 1.0, 5, ticks, &step), ==, 0);
  g_assert_cmpuint (sem_ticks (-INFINITY, INFINITY, 5, ticks, &step), ==, 0);
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    guint decimals;
    const char *text;
  } cases[] = {
    { 0.714, 1, ".7" },    { 0.714, 2, ".71" },   { -0.14, 1, "-.1" }, { -0.04, 1, "0" },
    { 0.0, 2, "0" },       { 1.0, 1, "1" },       { 0.97, 1, "1.0" },  { -1.0, 2, "-1" },
    { 12.345, 2, "12.3" }, { -234.5, 1, "-234" }, { NAN, 1, "–" },     { 1e9, 1, "1e+09" },
    { 0.5, 0, "0" },       { 1.5, 1, "1.5" },
  };
  char text[32];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sem_format_value (cases[i].value, cases[i].decimals, SEM_NARROW_MINUS, text, sizeof text);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  sem_format_value (-0.3, 1, SEM_MINUS, text, sizeof text);
  g_assert_cmpstr (text, ==, "−.3");
}

/* Every pair is counted once, the diagonal never. */
static void
test_histogram (void)
{
  g_autoptr (Sample) sample = sample_new (40);
  static const double ranges[][2] = { { -1.0, 1.0 }, { 0.0, 1.0 }, { 0.2, 0.3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      SemHistogram histogram;
      gsize sum = 0, below = 0;

      sem_histogram_init (&histogram, sample->similarity, TRUE, ranges[i][0], ranges[i][1], 20);
      for (gsize bin = 0; bin < 20; bin++)
        sum += histogram.bins[bin];
      for (gsize a = 0; a < 40; a++)
        for (gsize b = a + 1; b < 40; b++)
          below += sem_matrix_get (sample->similarity, a, b) < ranges[i][0];
      g_assert_cmpuint (sum + histogram.below + histogram.above, ==, 40 * 39 / 2);
      g_assert_cmpuint (histogram.below, ==, below);
      sem_histogram_clear (&histogram);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/colorbar/ranges", test_ranges);
  g_test_add_func ("/colorbar/positions", test_positions);
  g_test_add_func ("/colorbar/zero-is-neutral", test_zero_is_neutral);
  g_test_add_func ("/colorbar/ticks", test_ticks);
  g_test_add_func ("/colorbar/numbers", test_numbers);
  g_test_add_func ("/colorbar/histogram", test_histogram);
  return g_test_run ();
}
