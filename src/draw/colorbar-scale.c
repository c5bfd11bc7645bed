/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges, ticks, numbers and the histogram behind the colour bar. */
#include "draw/colorbar-scale.h"

#include <math.h>

#define SMALLEST_RANGE 1e-6

static void
set_range (SemValueScale *self, double min, double max)
{
  if (!isfinite (min) || !isfinite (max))
    {
      min = -1.0;
      max = 1.0;
    }
  self->min = MIN (min, max);
  self->max = MAX (min, max);
  if (self->max - self->min < SMALLEST_RANGE * MAX (1.0, fabs (self->max)))
    {
      double half = MAX (0.05, 0.05 * fabs (self->max));

      self->min -= half;
      self->max += half;
    }
}

void
sem_value_scale_init (SemValueScale *self,
                      const SemViewOptions *options,
                      SemMetric metric,
                      const SemPairStatistics *statistics)
{
  const gboolean any = statistics && statistics->n_pairs > 0;
  const double largest = any ? MAX (fabs (statistics->min), fabs (statistics->max)) : 1.0;

  self->reversed = metric == SEM_METRIC_EUCLIDEAN;
  switch (options->range)
    {
    case SEM_RANGE_UNIT:
      set_range (self, 0.0, metric == SEM_METRIC_COSINE ? 1.0 : largest);
      break;
    case SEM_RANGE_STRETCH:
      set_range (self, any ? statistics->percentile_2 : -1.0,
                 any ? statistics->percentile_98 : 1.0);
      break;
    case SEM_RANGE_CUSTOM:
      set_range (self, options->range_min, options->range_max);
      break;
    case SEM_RANGE_FULL:
    default:
      if (metric == SEM_METRIC_COSINE)
        set_range (self, -1.0, 1.0);
      else
        set_range (self, metric == SEM_METRIC_DOT ? -largest : 0.0, largest);
    }
}

void
sem_value_scale_get_shades (const SemValueScale *self,
                            const SemTheme *theme,
                            const SemColorMap *map,
                            SemRgba shades[SEM_N_SHADES])
{
  for (gsize i = 0; i < SEM_N_SHADES; i++)
    {
      double value = self->min + (self->max - self->min) * (double)i / (SEM_N_SHADES - 1);

      shades[i] = sem_theme_map_value (theme, map, value, self->min, self->max);
    }
}

gsize
sem_ticks (double min, double max, gsize max_ticks, double *ticks, double *step)
{
  static const double steps[] = { 1.0, 2.0, 5.0, 10.0 };
  double rough, power;
  gsize n = 0;

  *step = 0.0;
  if (!(max > min) || !isfinite (max - min) || max_ticks < 2)
    return 0;
  rough = (max - min) / (double)(max_ticks - 1);
  power = pow (10.0, floor (log10 (rough)));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double first;

      *step = steps[i] * power;
      first = ceil (min / *step - 1e-9);
      n = 0;
      while ((first + (double)n) * *step <= max + 1e-9 * *step && n <= max_ticks)
        n++;
      if (n <= max_ticks)
        {
          /* Adding 0.0 turns a negative zero into zero. */
          for (gsize tick = 0; tick < n; tick++)
            ticks[tick] = (first + (double)tick) * *step + 0.0;
          return n;
        }
    }
  return 0;
}

void
sem_format_value (double value, guint decimals, const char *minus, char *text, gsize size)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  const char *from = digits;
  double magnitude = fabs (value);

  if (!isfinite (value))
    {
      g_strlcpy (text, "–", size);
      return;
    }
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  g_ascii_formatd (digits, sizeof digits, magnitude >= 9.995 ? "%.3g" : format, magnitude);
  if (g_ascii_strtod (digits, NULL) == 0.0)
    {
      g_strlcpy (text, "0", size);
      return;
    }
  if (magnitude == 1.0)
    g_strlcpy (digits, "1", sizeof digits);
  if (digits[0] == '0' && digits[1] == '.')
    from++;
  g_snprintf (text, size, "%s%s", value < 0.0 ? minus : "", from);
}

static void
count_row (SemHistogram *self, const double *row, gsize n, double min, double max)
{
  const double per_bin = (double)self->n_bins / (max - min);

  for (gsize i = 0; i < n; i++)
    {
      double value = row[i];

      if (value < min)
        self->below++;
      else if (value > max)
        self->above++;
      else if (value == value)
        {
          gsize bin = (gsize)((value - min) * per_bin);

          self->bins[MIN (bin, self->n_bins - 1)]++;
        }
    }
}

void
sem_histogram_init (SemHistogram *self,
                    const SemMatrix *values,
                    gboolean symmetric,
                    double min,
                    double max,
                    gsize n_bins)
{
  const gsize n_rows = values ? sem_matrix_get_n_rows (values) : 0;
  const gsize n_cols = values ? sem_matrix_get_n_cols (values) : 0;

  *self = (SemHistogram){ .n_bins = n_bins, .bins = g_new0 (guint32, n_bins) };
  for (gsize row = 0; row < n_rows; row++)
    {
      gsize first = symmetric ? row + 1 : 0;

      if (first < n_cols)
        count_row (self, sem_matrix_get_row (values, row) + first, n_cols - first, min, max);
    }
  for (gsize i = 0; i < n_bins; i++)
    self->largest = MAX (self->largest, self->bins[i]);
}

void
sem_histogram_clear (SemHistogram *self)
{
  g_clear_pointer (&self->bins, g_free);
}
